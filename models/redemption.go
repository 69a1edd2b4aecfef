package models

import "time"

// Redemption is points used as money, once by (merchant, source, external id).
type Redemption struct {
	MerchantID    int64
	ID            int64
	AccountID     int64
	Source        string
	ExternalID    string
	Points        int64
	Worth         int64  // money, minor units
	OrderTotal    *int64 // what was to be paid
	Restored      int64  // points given back since
	OrderID       *int64 // the order that it paid for, once that is known
	StoreID       *int64
	StaffID       *int64
	At            time.Time // business time
	BusinessDate  time.Time // a date
	ReversedAt    *time.Time
	State         RedemptionState
	ReservedUntil *time.Time // of a reservation: from then on the points are back
}

// RedemptionState is where a redemption stands.
type RedemptionState string

// The states. All but the first are for good; what was redeemed may be reversed.
const (
	PointsReserved  RedemptionState = "reserved"  // set aside for a checkout
	PointsRedeemed  RedemptionState = "redeemed"  // paid
	PointsCancelled RedemptionState = "cancelled" // given back by the checkout
	PointsExpired   RedemptionState = "expired"   // given back because the checkout did not end in time
)

// RedemptionParams asks to use points.
type RedemptionParams struct {
	ExternalID string // the request's own id
	Program    string // code; empty: the shop's only programme
	Unit       string // code; empty: the programme's first
	Customer   CustomerRef
	Points     int64 // in the unit's smallest part
	OrderTotal int64 // what is to be paid, minor units; 0: unknown, no share is checked
	Reserve    bool  `json:",omitempty"` // set the points aside only, until Confirm or Cancel
	Refuse     bool  // a request beyond the limits is refused even where the terms would clamp it
}

// TransferParams is what one member gives to another.
type TransferParams struct {
	ExternalID string
	Program    string // empty: the default one
	Unit       string // empty: the default one
	From, To   CustomerRef
	Points     int64
}

// DonationParams is what a member gives to a cause.
type DonationParams struct {
	ExternalID string
	Program    string // empty: the default one
	Customer   CustomerRef
	Cause      string // code
	Points     int64
}
