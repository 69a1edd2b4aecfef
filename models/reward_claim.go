package models

import "time"

// RewardClaim is a reward that a member has taken for points.
type RewardClaim struct {
	MerchantID    int64
	ID            int64
	ProgramID     int64
	Reward        string // code
	Version       int    // the terms by which it was claimed
	AccountID     int64  // that paid
	Source        string // "pos"; "auto": by itself
	ExternalID    string
	Cause         string // of the entries that pay; the coupon that it gave has the same
	Points        int64
	State         ClaimState
	ReservedUntil *time.Time
	Code          *string // somebody else's code that was given
	StoreID       *int64
	StaffID       *int64
	At            time.Time // business time
	BusinessDate  time.Time // a date
	DecidedAt     *time.Time
}

// ClaimState is where a claim stands.
type ClaimState string

// The states. The last three are for good.
const (
	ClaimReserved  ClaimState = "reserved"  // its points are set aside
	ClaimIssued    ClaimState = "issued"    // paid; its coupon is not used, its thing not handed over yet
	ClaimRedeemed  ClaimState = "redeemed"  // the member has had it
	ClaimCancelled ClaimState = "cancelled" // the points are back
	ClaimExpired   ClaimState = "expired"   // the points are back, because nobody confirmed in time
)

// CanBecome says whether a claim may go from one state to another.
func (s ClaimState) CanBecome(to ClaimState) bool {
	switch s {
	case ClaimReserved:
		return to != ClaimReserved
	case ClaimIssued:
		return to == ClaimRedeemed || to == ClaimCancelled
	}
	return false
}

// ClaimParams asks for a reward.
type ClaimParams struct {
	ExternalID string // the request's own id
	Program    string // code; empty: the shop's only programme
	Reward     string // code
	Customer   CustomerRef
	Reserve    bool // set the points aside only, until Confirm or Cancel
}
