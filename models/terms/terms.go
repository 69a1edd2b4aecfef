package terms

import (
	"cmp"

	"dangol/models"
)

// Points count a unit in its smallest part; Money counts a currency in its minor unit. Both are plain integers: no
// float ever touches a balance.
type (
	Points = int64
	Money  = int64
)

// Schema is the version of the document's shape that this package writes and reads.
const Schema = 1

// Terms is what a programme promises, as one document. The order of its fields is the order of the canonical text;
// everything it refers to, it refers to by code. Lists that may be empty are left out of the text when they are.
type Terms struct {
	Schema      int          `json:"schema"`
	Name        Text         `json:"name"`
	Currency    string       `json:"currency"` // ISO 4217, the merchant's
	Enrolment   Enrolment    `json:"enrolment,omitzero"`
	Units       []Unit       `json:"units,omitempty"` // the first is the default
	Basis       Basis        `json:"basis,omitzero"`
	Earning     []Rule       `json:"earning,omitempty"`
	Redemptions []Redemption `json:"redemptions,omitempty"` // at most one a unit
	Refunds     Refunds      `json:"refunds,omitzero"`
	Tiers       *TierPlan    `json:"tiers,omitempty"`
	Occasions   []Occasion   `json:"occasions,omitempty"`
	Coupons     []CouponKind `json:"coupons,omitempty"`
	Grants      []GrantLimit `json:"grants,omitempty"`
	Comparison  Comparison   `json:"comparison,omitzero"`
	Groups      []Group      `json:"groups,omitempty"` // of earning rules, or of coupon kinds, that compete
	Rewards     []Reward     `json:"rewards,omitempty"`
	Transfers   []Transfer   `json:"transfers,omitempty"` // at most one a unit
	Causes      []Cause      `json:"causes,omitempty"`
	Plans       []Plan       `json:"plans,omitempty"`
	Referral    *Referral    `json:"referral,omitempty"`
	Partners    []Partner    `json:"partners,omitempty"`
}

// Text is a name in both languages.
type Text struct {
	Ko string `json:"ko"`
	En string `json:"en"`
}

// In gives the text for a locale, "ko" unless it says "en", or what there is.
func (t Text) In(locale string) string {
	if locale == "en" {
		return cmp.Or(t.En, t.Ko)
	}
	return cmp.Or(t.Ko, t.En)
}

// Enrolment says how customers become members.
type Enrolment struct {
	Automatic bool `json:"automatic,omitempty"` // every known customer, at the first order
}

// Unit is what is counted: points, won, stamps.
type Unit struct {
	Code     string   `json:"code"`
	Kind     UnitKind `json:"kind"`
	Name     Text     `json:"name"`            // 포인트, point
	Plural   Text     `json:"plural,omitzero"` // 포인트, points
	Suffix   Text     `json:"suffix,omitzero"` // written after a number: P, 원, 개
	Decimals int      `json:"decimals,omitempty"`
	Worth    Worth    `json:"worth,omitzero"`
	Expiry   Expiry   `json:"expiry"`
	Most     Points   `json:"most,omitempty"` // what is earned never takes a member's balance above this; 0: no bound
}

// plural is the name of several; the name itself where there is no other.
func (u *Unit) plural(locale string) string { return cmp.Or(u.Plural.In(locale), u.Name.In(locale)) }

// UnitKind says whether a unit can be spent or only counts.
type UnitKind string

// The kinds of unit.
const (
	Spendable  UnitKind = "spendable"
	Qualifying UnitKind = "qualifying"
)

// Worth is what points stand for: Money for each Points of them. Zero: nothing in money.
type Worth struct {
	Money  Money  `json:"money"`
	Points Points `json:"points"`
}

// Basis says what of an order counts for earning. The zero value is the usual promise: what is paid after discounts,
// tax included, without shipping and without what points paid.
type Basis struct {
	BeforeDiscounts bool `json:"before_discounts,omitempty"`
	Shipping        bool `json:"shipping,omitempty"`
	PointsPaid      bool `json:"points_paid,omitempty"`
	BeforeTax       bool `json:"before_tax,omitempty"`
	Items           bool `json:"items,omitempty"` // the lines' own amounts: discounts on the whole order do not lower them
}

// Refunds says what happens when more must be taken back than is there.
type Refunds struct {
	Shortfall    Shortfall `json:"shortfall,omitempty"`     // deficit unless it says forgive
	CourtesyDays int       `json:"courtesy_days,omitempty"` // life of points given back to a lot that ended meanwhile; 0: 30
}

// Shortfall names the policies for a refund that finds too few points.
type Shortfall string

// The policies.
const (
	Deficit Shortfall = "deficit" // the account owes; the next earning fills it
	Forgive Shortfall = "forgive" // what is not there is let go
)

// GrantLimit bounds what a role may give by hand in the default unit. A role without a line may give nothing.
type GrantLimit struct {
	Role   models.Role `json:"role"`
	Once   Points      `json:"once,omitempty"`    // 0: no limit
	PerDay Points      `json:"per_day,omitempty"` // 0: no limit
}

// Comparison keeps a share of the people whom a message would reach from getting it, so that its effect can be told.
type Comparison struct {
	Percent  int `json:"percent,omitempty"`
	Audience int `json:"audience,omitempty"` // only from this many people on
}
