package terms

import (
	"time"

	"dangol/models/calendar"
)

// Purchase is an order as the rules see it. Money is in minor units.
type Purchase struct {
	Source         string // its cause: "order:pos:A17"
	At             time.Time
	Day            calendar.Date // business date
	Total          Money         // after discounts; tax, shipping and what points paid included
	Shipping       Money
	Tax            Money // contained in the total, on goods and shipping
	Discount       Money
	PaidWithPoints Money // money's worth of the points that paid
	Channel        string
	Store          string
	Payments       []string // how it was paid, words of the till's; none: unknown
	Labels         []string // of the whole order; its lines have them too
	Minute         int      // of the day in the shop's zone, from 1 on; 0: unknown. See MinuteOf
	Lines          []Line
	Tier           string  // tier held then, for an order older than what the member has; empty: the tier held now
	Before         *Before // what the member had before it, for an order that is amended; nil: what the member has now

	happening *Happening // it is none of these, but an event that was made to look like a purchase
}

// Before is what conditions ask about of a member's past, as it stood before an order.
type Before struct {
	Orders   int64
	Points   Points // available, of the default unit
	Spend12m Money
}

// Happening is an event that is no purchase: a review, a check-in, an enrolment. Rules count its Amount and Quantity as
// they do a purchase's; it qualifies for nothing.
type Happening struct {
	Source   string // its cause: "event:shop:E17"
	Kind     When
	Name     string // custom: the event's name
	At       time.Time
	Day      calendar.Date
	Amount   Money // money that it is about, such as a reload; 0: none
	Quantity int64 // of whatever it counts, such as kilometres; 0: one
	Channel  string
	Store    string
	Minute   int               // as a purchase's
	Numbers  map[string]int64  // what conditions may ask, by the field's code: "rating", "photo" (1), "property:km"
	Texts    map[string]string // likewise
}

// purchase is the event as the rules see it.
func (h *Happening) purchase() *Purchase {
	return &Purchase{Source: h.Source, At: h.At, Day: h.Day, Total: h.Amount, Channel: h.Channel, Store: h.Store, Minute: h.Minute, happening: h}
}

// Line is one line of an order, its amount after discounts of its own. Where the lines do not add up to the goods of the
// order, what is counted of it is shared in their proportion.
type Line struct {
	SKU      string
	Category string
	Quantity int64
	Amount   Money
	Tax      Money // contained in the amount
	Labels   []string
	Free     bool // a free item that points or a reward bought; it never earns
	Gift     bool // the customer asks for it as the gift beside the cart; see GiftPool
}

// Goods is what the order's goods cost: the total without shipping.
func (p *Purchase) Goods() Money { return p.Total - p.Shipping }

// Spend is what qualifies for tiers: goods without what points paid.
func (p *Purchase) Spend() Money { return max(p.Goods()-p.PaidWithPoints, 0) }

// Refund gives back Amount of what an order's goods cost. History says what the order did.
type Refund struct {
	Source  string // its own cause: "refund:pos:R3"
	At      time.Time
	Day     calendar.Date
	Amount  Money
	History History
}

// Request asks to pay with points.
type Request struct {
	Source string // its own cause: "redeem:pos:R9"
	Order  string // the order's source, when it is known
	At     time.Time
	Day    calendar.Date
	Unit   string // empty: the default unit
	Points Points // 0: as many as the limits allow
	Total  Money  // what is to be paid, of which points may pay a share; 0: not known
	Beyond Beyond // what becomes of a request beyond the limits; empty: as the terms say
}

// Grant gives (or, negative, takes) points by hand.
type Grant struct {
	Source string // "grant:81"
	Reason string // a code, kept as the movement's rule
	At     time.Time
	Day    calendar.Date
	Unit   string // empty: the default unit
	Points Points
	Expiry calendar.Date // last day; zero: as the unit says
}

// History is what an order has done so far; HistoryOf makes it from the order's movements.
type History struct {
	Source   string
	At       time.Time
	Day      calendar.Date
	Store    string
	Whole    Money // goods, what can be returned
	Spend    Money // what qualified for tiers
	Returned Money // so far
	Awards   []Given
	Payments []Paid
	Closed   []Lot // lots that payments took from and that are not open any more; a lot in neither place has ended
}

// Given is an award of the order: how much was earned and how much of it has been taken back.
type Given struct {
	Unit    string
	Rule    string
	Version int
	Seq     int64   // of the entry that gave it
	More    []int64 // of those that filled a deficit, were further parts, or came with an amendment
	Points  Points
	Revoked Points
}

// Paid is a redemption: what it took from which lots, in the order of consumption, and how much has been given back.
type Paid struct {
	Unit     string
	Seq      int64 // of its entry
	Points   Points
	Restored Points
	Uses     []LotUse
}
