package terms

import "dangol/models/calendar"

// CouponKind is a coupon as a promise. It says exactly one thing that it takes off: an amount, a percentage, the
// shipping, the price of one thing, of things from pools, or a rate a thing.
type CouponKind struct {
	Code    string `json:"code"`
	Name    Text   `json:"name"`
	Amount  Money  `json:"amount,omitempty"`
	Percent int    `json:"percent,omitempty"` // 1 to 100, instead of Amount
	Most    Money  `json:"most,omitempty"`    // percent, shipping: at most this much off; 0: no bound
	Minimum Money  `json:"minimum,omitempty"` // smallest order; where only some items count, of these
	Days    int    `json:"days"`              // valid this many days from its issue, unless an occasion says otherwise

	Shipping bool       `json:"shipping,omitempty"`  // the shipping is free
	FreeItem *FreeItem  `json:"free_item,omitempty"` // one of the things that count is free
	Gifts    []GiftPool `json:"gifts,omitempty"`     // one thing beside the cart, for a fixed price
	Rates    []SKURate  `json:"rates,omitempty"`     // each of these things is so much cheaper

	If       Conditions    `json:"if,omitzero"`          // which items count, and where and for whom it is; no min_amount
	MinUnits int64         `json:"min_units,omitempty"`  // fewest of the items that count
	MaxUnits int64         `json:"max_units,omitempty"`  // rates: at most so many in one order
	After    int           `json:"after_days,omitempty"` // can be used from this many days after its issue
	From     calendar.Date `json:"from,omitzero"`        // first day of all, and
	Until    calendar.Date `json:"until,omitzero"`       // last day of all, whenever it was issued

	Get       Getting `json:"get,omitempty"`        // how one comes to it; empty: it is given to a member
	Shared    string  `json:"shared,omitempty"`     // shared: the code that everybody may type
	Stock     int64   `json:"stock,omitempty"`      // staff, shared: at most so many are ever used
	UnitStock int64   `json:"unit_stock,omitempty"` // rates: at most so many things in all
	PerMember int64   `json:"per_member,omitempty"` // staff, shared: at most so many by one member
	Group     string  `json:"group,omitempty"`      // of which offers it is one; see Group

	Plans []string `json:"plans,omitempty"` // only while a member has one of these plans
}

// Getting says how a coupon comes to somebody.
type Getting string

// The ways.
const (
	GetGiven     Getting = ""          // a member has it, with a code of its own
	GetAutomatic Getting = "automatic" // every member has it, nobody shows anything
	GetStaff     Getting = "staff"     // staff switch it on for one receipt
	GetShared    Getting = "shared"    // whoever knows the code, which is the same for all
)

// FreeItem is one thing that costs Price, up to an amount: a drink of up to 4,500 for nothing. Of several that count it
// is the dearest.
type FreeItem struct {
	UpTo  Money `json:"up_to,omitempty"` // no more than this is taken off; 0: no bound
	Price Money `json:"price,omitempty"` // what it still costs
}

// GiftPool is what may be added for Price once From is to be paid, shipping apart and after every discount.
type GiftPool struct {
	From  Money         `json:"from"`
	Price Money         `json:"price,omitempty"`
	SKUs  []string      `json:"skus"`
	Begin calendar.Date `json:"begin,omitzero"` // its first day
	End   calendar.Date `json:"end,omitzero"`   // its last day
}

// SKURate is what is taken off a thing.
type SKURate struct {
	SKU     string `json:"sku"`
	Percent int    `json:"percent"`
}

// perItem reports whether the kind looks at some items only.
func (k *CouponKind) perItem() bool {
	return k.If.items() || k.FreeItem != nil || len(k.Rates) > 0
}

// On reports whether a day lies within the days of all coupons of the kind.
func (k *CouponKind) On(day calendar.Date) bool {
	return (k.From.IsZero() || k.From <= day) && (k.Until.IsZero() || day <= k.Until)
}

// Window is the days on which a coupon that is issued on a day can be used. It ends before it begins where the kind is
// over already.
func (k *CouponKind) Window(issued calendar.Date) (from, until calendar.Date) {
	from, until = max(issued.AddDays(k.After), k.From), k.Until
	if last := from.AddDays(k.Days - 1); k.Days > 0 && (until.IsZero() || last < until) {
		until = last
	}
	return from, until
}

// rate is what is taken off a thing, in percent.
func (k *CouponKind) rate(sku string) int64 {
	for i := range k.Rates {
		if k.Rates[i].SKU == sku {
			return int64(k.Rates[i].Percent)
		}
	}
	return 0
}

// on reports whether the pool is open on a day.
func (g *GiftPool) on(day calendar.Date) bool {
	return (g.Begin.IsZero() || g.Begin <= day) && (g.End.IsZero() || day <= g.End)
}
