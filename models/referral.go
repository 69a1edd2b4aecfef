package models

// ReferralParams says that somebody came with a member's code.
type ReferralParams struct {
	ExternalID string
	Code       string // as it was typed
	Friend     CustomerRef
}

// ReferralState is where a referral stands.
type ReferralState string

// The states.
const (
	ReferralPending  ReferralState = "pending"  // until the friend's first order can be returned no more
	ReferralRewarded ReferralState = "rewarded" // it counts, and the rules have paid
	ReferralRejected ReferralState = "rejected"
	ReferralReversed ReferralState = "reversed" // it counted until something of the order was returned
)

// ReferralReason says why a referral does not count.
type ReferralReason string

// The reasons.
const (
	ReferralSelf     ReferralReason = "self"
	ReferralContact  ReferralReason = "same_contact"     // both have the same address for mail
	ReferralCircular ReferralReason = "circular"         // the friend has brought the member
	ReferralAlready  ReferralReason = "customer_already" // the friend had bought before, or was brought already
	ReferralLate     ReferralReason = "late"             // no first order in time
	ReferralSmall    ReferralReason = "too_small"        // it was below the minimum
	ReferralReturned ReferralReason = "returned"         // of it something was returned
	ReferralLimit    ReferralReason = "limit"            // the member has brought as many as count
	ReferralLeft     ReferralReason = "left"             // one of the two is no member
)
