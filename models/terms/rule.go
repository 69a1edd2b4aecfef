package terms

// Rule is one way to earn. All rules that apply to an order pay; each is rounded once, at its end.
type Rule struct {
	Code     string     `json:"code"`
	Unit     string     `json:"unit"`
	Name     Text       `json:"name"`
	When     When       `json:"when"`
	If       Conditions `json:"if,omitzero"`
	Award    Formula    `json:"award"`
	Tiers    []Factor   `json:"tiers,omitempty"` // a tier that is not named has factor 1
	Rounding Rounding   `json:"rounding,omitzero"`
	Cap      Points     `json:"cap,omitempty"` // at most this for one order; 0: none
	Limits   []Limit    `json:"limits,omitempty"`
	Hold     Hold       `json:"hold,omitzero"`
	Expiry   Expiry     `json:"expiry,omitzero"` // of its points; empty: as the unit says
}

// When names the event that a rule rewards.
type When string

// The events of this chapter.
const (
	OnPurchase      When = "purchase"
	OnFirstPurchase When = "first_purchase" // the member's first order that was not returned
)

// Conditions must all hold. Items restrict what of the order counts; the other conditions decide about all of it.
type Conditions struct {
	MinAmount  Money     `json:"min_amount,omitempty"` // of the counting goods, after discounts, before points pay
	Categories Selection `json:"categories,omitzero"`
	SKUs       Selection `json:"skus,omitzero"`
	Tiers      []string  `json:"tiers,omitempty"`
	Channels   []string  `json:"channels,omitempty"`
	Stores     []string  `json:"stores,omitempty"`
}

// Selection chooses among codes: Only these, or all Except these. Naming both is refused.
type Selection struct {
	Only   []string `json:"only,omitempty"`
	Except []string `json:"except,omitempty"`
}

// IsZero reports whether everything is chosen.
func (s Selection) IsZero() bool { return len(s.Only) == 0 && len(s.Except) == 0 }

// IsZero reports whether there is no condition at all.
func (c Conditions) IsZero() bool {
	return c.MinAmount == 0 && c.Categories.IsZero() && c.SKUs.IsZero() &&
		len(c.Tiers) == 0 && len(c.Channels) == 0 && len(c.Stores) == 0
}

// Formula says how much a rule pays.
type Formula struct {
	Kind   FormulaKind `json:"kind"`
	Rate   Ratio       `json:"rate,omitzero"`    // rate: points for each minor unit of money
	Every  Money       `json:"every,omitempty"`  // per_amount: for each whole amount of this
	Points Points      `json:"points,omitempty"` // per_amount, per_unit, fixed
	Coupon string      `json:"coupon,omitempty"` // coupon: the kind that is given
}

// FormulaKind names the ways to compute an award.
type FormulaKind string

// The formulas.
const (
	PerAmount FormulaKind = "per_amount" // Points for each whole Every; floors inside the rule
	Rate      FormulaKind = "rate"       // the basis times an exact ratio, rounded as Rounding says
	PerUnit   FormulaKind = "per_unit"   // Points for each item bought
	Fixed     FormulaKind = "fixed"      // Points for the order
	AnyCoupon FormulaKind = "coupon"     // a coupon for the next order, which goes when this one is returned
)

// Factor multiplies a rule's award for the members of a tier.
type Factor struct {
	Tier   string `json:"tier"`
	Factor Ratio  `json:"factor"`
}

// Rounding says where, how and to what the award is rounded. The zero value is down, to one, once an order.
type Rounding struct {
	Scope RoundingScope `json:"scope,omitempty"`
	Mode  RoundingMode  `json:"mode,omitempty"`
	To    Points        `json:"to,omitempty"` // 1, 10, 100 …; 0 is 1
}

// RoundingScope says whether each line is rounded or the order once.
type RoundingScope string

// The scopes.
const (
	PerOrder RoundingScope = "order"
	PerLine  RoundingScope = "line"
)

// RoundingMode says which way.
type RoundingMode string

// The modes.
const (
	Floor  RoundingMode = "floor"
	HalfUp RoundingMode = "half_up"
	Ceil   RoundingMode = "ceil"
)

// Limit bounds what one member can have of a rule in a period: that many times, or that many points. Beyond it the
// award is cut to what is left, or, with Reject, falls away whole.
type Limit struct {
	Per    LimitPeriod `json:"per"`
	Times  int64       `json:"times,omitempty"`
	Points Points      `json:"points,omitempty"`
	Reject bool        `json:"reject,omitempty"`
}

// LimitPeriod is the span over which a limit counts, by business date.
type LimitPeriod string

// The periods.
const (
	PerLife  LimitPeriod = "life"
	PerDay   LimitPeriod = "day"
	PerMonth LimitPeriod = "month"
)

// Redemption lets members pay with a unit.
type Redemption struct {
	Unit     string `json:"unit"`
	Minimum  Points `json:"minimum,omitempty"`         // fewest points at a time
	Step     Points `json:"step,omitempty"`            // whole multiples only; 0 is 1
	Share    int    `json:"share"`                     // percent of the order that points may pay, 1 to 100
	Beyond   Beyond `json:"beyond,omitempty"`          // clamp unless it says refuse
	OwnOrder bool   `json:"own_order,omitempty"`       // points of an order may pay for that same order
	Item     *Item  `json:"item,omitempty"`            // the points buy a thing instead of paying money
	Minutes  int    `json:"reserve_minutes,omitempty"` // how long a checkout may set points aside; 0: 15
}

// Beyond says what becomes of a request beyond the limits.
type Beyond string

// What becomes of it.
const (
	Clamp  Beyond = "clamp"
	Refuse Beyond = "refuse"
)

// Item is what Step points buy: a drink up to an amount.
type Item struct {
	Name Text  `json:"name"`
	UpTo Money `json:"up_to"` // its price at most, minor units
}
