package models

import "time"

// Coupon is one customer's coupon, usable once within its days. What it is worth was fixed when it was issued.
type Coupon struct {
	MerchantID   int64
	ID           int64
	ProgramID    int64
	Kind         string // the coupon kind's code
	Version      int    // the terms under which it was issued
	MembershipID int64
	Code         string // 14 symbols, the last a check symbol
	Cause        string // "birthday:solar:2026", "give:7"
	Amount       int64  // money off, minor units
	Percent      int    // or hundredths of the order
	Most         int64  // percent: at most this much off; 0: no bound
	Minimum      int64  // smallest order
	ValidFrom    time.Time
	ValidUntil   time.Time // both dates, both usable
	IssuedAt     time.Time
	IssuedBy     *int64
	UsedAt       *time.Time
	UsedOn       *time.Time // a date
	UsedBy       *int64
	UsedStoreID  *int64
	OrderID      *int64
	RevokedAt    *time.Time
}

// CouponStatus is what can be done with a coupon on a day.
type CouponStatus string

// The states of a coupon.
const (
	CouponEarly   CouponStatus = "early"   // its window has not begun
	CouponUsable  CouponStatus = "usable"  // now
	CouponUsed    CouponStatus = "used"    // once and done, until the use is undone
	CouponEnded   CouponStatus = "ended"   // its window is over
	CouponRevoked CouponStatus = "revoked" // taken back, for good
)

// Status says what can be done with the coupon on a date (its midnight in UTC).
func (c *Coupon) Status(on time.Time) CouponStatus {
	switch {
	case c.RevokedAt != nil:
		return CouponRevoked
	case c.UsedAt != nil:
		return CouponUsed
	case on.Before(c.ValidFrom):
		return CouponEarly
	case on.After(c.ValidUntil):
		return CouponEnded
	}
	return CouponUsable
}

// Discount is what the coupon takes off an order, in minor units: never more than the order, nothing below the minimum.
// A percentage is rounded down.
func (c *Coupon) Discount(order int64) int64 {
	if order < c.Minimum {
		return 0
	}
	off := c.Amount
	if c.Percent > 0 {
		off = order/100*int64(c.Percent) + order%100*int64(c.Percent)/100
		if c.Most > 0 {
			off = min(off, c.Most)
		}
	}
	return min(off, order)
}

// CouponUse names a coupon that is handed over at the counter.
type CouponUse struct {
	Code       string // as typed
	CustomerID int64  // whose it must be; 0: whoever brings it
	Order      int64  // the order's amount before the coupon, minor units
}
