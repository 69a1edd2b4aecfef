package models

// SubscriptionState is where a paid membership stands.
type SubscriptionState string

// The states.
const (
	SubscriptionTrial     SubscriptionState = "trial"     // for nothing, and then active
	SubscriptionActive    SubscriptionState = "active"    // to its period's end, and on where the plan renews
	SubscriptionCancelled SubscriptionState = "cancelled" // to its period's end
	SubscriptionEnded     SubscriptionState = "ended"
)

// SubscriptionEnd says why a paid membership ended.
type SubscriptionEnd string

// The reasons.
const (
	EndCancelled  SubscriptionEnd = "cancelled"
	EndUnpaid     SubscriptionEnd = "unpaid"      // nobody said that it was paid in time
	EndOver       SubscriptionEnd = "over"        // its plan does not renew
	EndNotOffered SubscriptionEnd = "not_offered" // the terms have no such plan any more
	EndLeft       SubscriptionEnd = "left"        // the member left the programme
)

// SubscriptionParams begins a paid membership today.
type SubscriptionParams struct {
	ExternalID string
	Program    string // empty: the only one
	Customer   CustomerRef
	Plan       string // code
}

// SubscriptionPayment says that the shop was paid for the present period.
type SubscriptionPayment struct {
	Subscription string // its external id
	ExternalID   string // the payment's own
	Amount       int64  // minor units
}
