package terms

import "dangol/models/calendar"

// Reward is something that members take for points.
type Reward struct {
	Code      string        `json:"code"`
	Name      Text          `json:"name"`
	Kind      RewardKind    `json:"kind"`
	Unit      string        `json:"unit"`
	Price     Points        `json:"price"`
	Tiers     []TierPrice   `json:"tiers,omitempty"`  // tiers with another price, or without the reward
	Coupon    string        `json:"coupon,omitempty"` // coupon: the kind that is given
	Into      string        `json:"into,omitempty"`   // credit: the unit that is credited, and
	Credit    Points        `json:"credit,omitempty"` // how much of it
	Auto      bool          `json:"auto,omitempty"`   // taken by itself as soon as the points are there
	Stock     Quota         `json:"stock,omitzero"`
	PerMember Quota         `json:"per_member,omitzero"`
	From      calendar.Date `json:"from,omitzero"`  // first day
	Until     calendar.Date `json:"until,omitzero"` // last day
}

// RewardKind says what a reward is.
type RewardKind string

// The kinds.
const (
	RewardCoupon   RewardKind = "coupon"   // a discount, a free item, shipping: a coupon of the document
	RewardCodes    RewardKind = "codes"    // a code of somebody else's, imported, each given once
	RewardCredit   RewardKind = "credit"   // store credit: another unit, which pays as money does
	RewardSent     RewardKind = "sent"     // a thing that is handed over or sent
	RewardDonation RewardKind = "donation" // a gift to a cause
)

// TierPrice is what a reward costs the members of a tier. A price of 0 is: they cannot have it.
type TierPrice struct {
	Tier  string `json:"tier"`
	Price Points `json:"price,omitempty"`
}

// Quota is so many in a period; zero is no bound.
type Quota struct {
	Per   LimitPeriod `json:"per"`
	Times int64       `json:"times"`
}

// Period is how a counter calls the quota's period in which a day falls.
func (q Quota) Period(day calendar.Date) string { return q.Per.name(day) }

// on reports whether a reward is to be had on a day.
func (r *Reward) on(day calendar.Date) bool {
	return (r.From.IsZero() || r.From <= day) && (r.Until.IsZero() || day <= r.Until)
}

// price is what a reward costs the members of a tier; ok is false if they cannot have it.
func (r *Reward) price(tier string) (price Points, ok bool) {
	for i := range r.Tiers {
		if r.Tiers[i].Tier == tier {
			return r.Tiers[i].Price, r.Tiers[i].Price > 0
		}
	}
	return r.Price, true
}

// Reward finds a reward by its code, or nil.
func (t *Terms) Reward(code string) *Reward {
	for i := range t.Rewards {
		if t.Rewards[i].Code == code {
			return &t.Rewards[i]
		}
	}
	return nil
}
