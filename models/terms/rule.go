package terms

import (
	"slices"

	"dangol/models/conditions"
)

// Rule is one way to earn. All rules that apply to an event pay, unless Groups or Last say otherwise; each is rounded
// once, at its end. A rule that multiplies or adds is a bonus: it pays on top of what the other rules, its bases, pay.
// Where rules compete, the earlier in the document goes before the later.
type Rule struct {
	Code     string     `json:"code"`
	Unit     string     `json:"unit"`
	Name     Text       `json:"name"`
	When     When       `json:"when"`
	If       Conditions `json:"if,omitzero"`
	Award    Formula    `json:"award"`
	Tiers    []Factor   `json:"tiers,omitempty"` // of a bonus: of what it multiplies by or adds; a tier that is not named has factor 1
	Rounding Rounding   `json:"rounding,omitzero"`
	Cap      Points     `json:"cap,omitempty"` // at most this for one order; 0: none
	Limits   []Limit    `json:"limits,omitempty"`
	Hold     Hold       `json:"hold,omitzero"`
	Parts    Parts      `json:"parts,omitzero"`  // in which its award comes
	Expiry   Expiry     `json:"expiry,omitzero"` // of its points; empty: as the unit says
	Event    string     `json:"event,omitempty"` // custom: the event's name
	Reach    *Reach     `json:"reach,omitempty"` // threshold: what has to be reached
	Group    string     `json:"group,omitempty"` // competes with the other rules of the group, as Terms.Groups says
	Last     bool       `json:"last,omitempty"`  // if it pays, no later rule of the document does; where it is a bonus, no later bonus. What lowers still lowers (S-E3)
	Chance   *Chance    `json:"chance,omitempty"`
}

// IsBonus reports whether a rule pays on top of other rules.
func (r *Rule) IsBonus() bool { return r.Award.Kind == Times || r.Award.Kind == Plus }

// worksOn reports whether a bonus works on what a base of its unit pays: on those that it names, or else on every one that
// counts money or items.
func (r *Rule) worksOn(base *Rule) bool {
	if len(r.Award.Of) > 0 {
		return slices.Contains(r.Award.Of, base.Code)
	}
	return base.Award.Kind != Fixed && base.Award.Kind != AnyCoupon
}

// When names the event that a rule rewards.
type When string

// The events. Those up to OnThreshold come with a purchase; the others are a Happening, of which the first three are the
// member's own days: nobody reports them.
const (
	OnPurchase      When = "purchase"
	OnFirstPurchase When = "first_purchase" // the member's first order that was not returned
	OnThreshold     When = "threshold"      // the order with which qualifying money reaches an amount

	OnEnrolment   When = "enrolment"   // the member joined
	OnBirthday    When = "birthday"    // by the calendar that the member counts by
	OnAnniversary When = "anniversary" // so many whole years since the member joined

	OnProfile  When = "profile" // completed
	OnReview   When = "review"
	OnReferral When = "referral" // somebody whom the member has brought qualified
	OnReferred When = "referred" // the member was brought, and qualified
	OnShare    When = "share"
	OnCheckIn  When = "check_in"
	OnSurvey   When = "survey"
	OnQuiz     When = "quiz"
	OnCustom   When = "custom" // whatever a shop's own systems report, by name
)

// Happenings are the events that are no purchase and that somebody reports. OwnDays come by themselves.
var (
	Happenings = []When{OnProfile, OnReview, OnReferral, OnReferred, OnShare, OnCheckIn, OnSurvey, OnQuiz, OnCustom}
	OwnDays    = []When{OnEnrolment, OnBirthday, OnAnniversary}
)

// Rule finds an earning rule by its code, or nil.
func (t *Terms) Rule(code string) *Rule {
	for i := range t.Earning {
		if t.Earning[i].Code == code {
			return &t.Earning[i]
		}
	}
	return nil
}

// Reach is an amount of qualifying money within a window. The order that reaches it pays; how often in a period, the
// rule's limits say.
type Reach struct {
	Amount Money  `json:"amount"`
	Window Window `json:"window"`
}

// Chance makes a rule a surprise: one purchase in OneIn pays, which one is drawn from the seed and the event's source,
// the same each time it is asked.
type Chance struct {
	OneIn int64  `json:"one_in"`
	Seed  string `json:"seed"`
}

// Group says how earning rules, or coupon kinds, go together that name it. Those in no group all apply.
type Group struct {
	Code string    `json:"code"`
	Mode GroupMode `json:"mode"`
}

// GroupMode is what a group lets apply. To apply means: its conditions hold and it would give something.
type GroupMode string

// The modes.
const (
	GroupBest      GroupMode = "best"      // the one that gives most
	GroupFirst     GroupMode = "first"     // the first in the order of the document
	GroupExclusive GroupMode = "exclusive" // one, the first rule or the best coupon, and beside it none that is not of the group
)

// Conditions must all hold. Items restrict what of the order counts; the other conditions decide about all of it.
type Conditions struct {
	MinAmount  Money     `json:"min_amount,omitempty"` // of the counting goods, after discounts, before points pay
	Categories Selection `json:"categories,omitzero"`
	SKUs       Selection `json:"skus,omitzero"`
	Labels     Selection `json:"labels,omitzero"` // a line with any of them
	Tiers      []string  `json:"tiers,omitempty"`
	Channels   []string  `json:"channels,omitempty"`
	Stores     []string  `json:"stores,omitempty"`

	Where conditions.Condition `json:"where,omitzero"` // whatever else, of the event or the cart, and of the member
}

// Selection chooses among codes: Only these, or all Except these. Naming both is refused.
type Selection struct {
	Only   []string `json:"only,omitempty"`
	Except []string `json:"except,omitempty"`
}

// IsZero reports whether everything is chosen.
func (s Selection) IsZero() bool { return len(s.Only) == 0 && len(s.Except) == 0 }

// items reports whether the conditions look into the order's lines.
func (c *Conditions) items() bool {
	return !c.Categories.IsZero() || !c.SKUs.IsZero() || !c.Labels.IsZero()
}

// IsZero reports whether there is no condition at all.
func (c Conditions) IsZero() bool {
	return c.MinAmount == 0 && c.Categories.IsZero() && c.SKUs.IsZero() && c.Labels.IsZero() &&
		len(c.Tiers) == 0 && len(c.Channels) == 0 && len(c.Stores) == 0 && c.Where.IsZero()
}

// Formula says how much a rule pays.
type Formula struct {
	Kind   FormulaKind `json:"kind"`
	Rate   Ratio       `json:"rate,omitzero"`    // rate: points for each minor unit of money; times: the factor
	Every  Money       `json:"every,omitempty"`  // per_amount: for each whole amount of this
	Points Points      `json:"points,omitempty"` // per_amount, per_unit, per_line, fixed, plus
	Coupon string      `json:"coupon,omitempty"` // coupon: the kind that is given
	Of     []string    `json:"of,omitempty"`     // times, plus: the bases; empty: every rule of the unit that counts money or items
}

// FormulaKind names the ways to compute an award.
type FormulaKind string

// The formulas.
const (
	PerAmount FormulaKind = "per_amount" // Points for each whole Every; floors inside the rule
	Rate      FormulaKind = "rate"       // the basis times an exact ratio, rounded as Rounding says
	PerUnit   FormulaKind = "per_unit"   // Points for each item bought
	EachLine  FormulaKind = "per_line"   // Points for each different thing bought
	Fixed     FormulaKind = "fixed"      // Points for the event
	AnyCoupon FormulaKind = "coupon"     // a coupon for the next order, which goes when this one is returned
	Times     FormulaKind = "times"      // bonus: the bases pay Rate-fold on what this rule counts; factors multiply (S-E2)
	Plus      FormulaKind = "plus"       // bonus: Points more, if a base pays
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

// Limit bounds what can be had of a rule in a period: that many times, or that many points, by one member or, Shared, by
// all of them together, which is a budget. Beyond it the award is cut to what is left, or, with Reject, falls away whole.
type Limit struct {
	Per    LimitPeriod `json:"per"`
	Times  int64       `json:"times,omitempty"`
	Points Points      `json:"points,omitempty"`
	Reject bool        `json:"reject,omitempty"`
	Shared bool        `json:"shared,omitempty"`
}

// LimitPeriod is the span over which a limit counts, by business date.
type LimitPeriod string

// The periods. Weeks are ISO weeks, from Monday.
const (
	PerLife  LimitPeriod = "life"
	PerDay   LimitPeriod = "day"
	PerWeek  LimitPeriod = "week"
	PerMonth LimitPeriod = "month"
	PerYear  LimitPeriod = "year"
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
