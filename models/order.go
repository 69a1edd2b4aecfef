package models

import (
	"slices"
	"time"
)

// Order is one receipt, exactly once by (merchant, source, external id).
type Order struct {
	MerchantID     int64
	ID             int64
	Source         string
	ExternalID     string
	CustomerID     *int64
	MembershipID   *int64
	StoreID        *int64
	Channel        string
	PlacedAt       time.Time
	BusinessDate   time.Time // a date
	HasTime        bool
	Total          int64
	Shipping       int64
	Discount       int64
	PaidWithPoints int64
	Tax            int64
	Payments       []string
	Labels         []string
	Basis          int64
	Refunded       int64
	ContentHash    []byte
	ImportID       *int64
	StaffID        *int64
	RecordedAt     time.Time
	WithdrawnAt    *time.Time
	Revision       int // of its content, from 1
}

// OrderParams is a purchase as a till, the counter or a file tells it. Money is in minor units.
type OrderParams struct {
	ExternalID     string
	PlacedAt       time.Time // zero: now
	HasTime        bool
	Store          string // code; empty: the actor's
	Channel        string // "store" (default) or "online"
	Customer       *CustomerRef
	Currency       string
	Total          int64 // paid: tax and shipping included, after discounts, what points paid included
	Shipping       int64
	Discount       int64
	PaidWithPoints int64    // money's worth of the points used on this order
	Tax            int64    // contained in the total; 0: what the lines contain
	Payments       []string // how it was paid, words of the till's; a set
	Labels         []string // of the whole order, so of each of its lines; a set
	Redemption     string   // external id of the redemption that paid part of it
	Coupon         string   // code of the customer's coupon that was used on it; what it took off is part of Discount
	Coupons        []string // further codes that were used on it: of coupons, shared ones, of kinds that staff switch on
	Lines          []OrderLine
	Revision       int // of the content; a later one replaces what is there, an earlier one does nothing; 0 is 1
}

// OrderLine is one line of a receipt.
type OrderLine struct {
	SKU      string
	Name     string
	Category string
	Quantity int
	Amount   int64    // minor units, after line discounts
	Tax      int64    `json:",omitempty"` // contained in the amount
	Labels   []string `json:",omitempty"` // a set
}

// Equal reports whether two lines say the same.
func (l OrderLine) Equal(other OrderLine) bool {
	return l.SKU == other.SKU && l.Name == other.Name && l.Category == other.Category && l.Quantity == other.Quantity && l.Amount == other.Amount &&
		l.Tax == other.Tax && slices.Equal(l.Labels, other.Labels)
}

// CouponCodes are all codes that were used on the order.
func (p *OrderParams) CouponCodes() []string {
	if p.Coupon == "" {
		return p.Coupons
	}
	return append([]string{p.Coupon}, p.Coupons...)
}

// CustomerRef names a customer: exactly one field is set.
type CustomerRef struct {
	ID         int64
	ExternalID string
	Phone      string // as typed
	Email      string
}

// RefundParams is money given back for an order.
type RefundParams struct {
	ExternalID      string // the refund's own id
	OrderExternalID string
	Amount          int64 // minor units
	RefundedAt      time.Time
	Cancels         bool // the whole order, as if it had never been placed; without an amount
}

// OrderEventParams is something that happened to an order and that points may wait for.
type OrderEventParams struct {
	ExternalID      string // the report's own id
	OrderExternalID string
	Event           string // a code: "delivered"
	HappenedAt      time.Time
}

// MaxLines bounds the lines of one order, MaxWords the labels of an order or a line, and the ways to pay.
const (
	MaxLines = 500
	MaxWords = 20
)

// MaxMoney bounds any amount of money in one request, in minor units: a hundred billion.
const MaxMoney = 100_000_000_000
