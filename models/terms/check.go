package terms

import (
	"slices"
	"time"

	"dangol/models/calendar"
)

// Facts are what is known about a shop when its terms are checked. Zero values mean unknown.
type Facts struct {
	MedianTicket  Money   // of an order
	MedianGapDays int     // between two visits of the median customer
	MarginPercent int     // of sales
	Spend12m      []Money // what each customer spent in the last 12 months, in any order
}

// Warning is something that the terms do which their author may not want.
type Warning struct {
	Code    string         // stable, one of the constants below
	Pointer string         // the part of the document that causes it
	Args    map[string]any // numbers that the words need
}

// The warnings.
const (
	FirstRewardLate     = "first_reward_late"     // visit, days: after the 4th visit or 90 days of the median customer
	FirstRewardNever    = "first_reward_never"    // not within two years of the median customer
	MostNeverReach      = "most_never_reach"      // percent of customers who do not spend enough in a year
	DiscountAboveMargin = "discount_above_margin" // discount, margin: percent
	ExpiryBelowGap      = "expiry_below_gap"      // months, days
	TierUnreachable     = "tier_unreachable"      // tier: nobody spent that much
	TierTooEasy         = "tier_too_easy"         // tier, percent
	CouponBelowValue    = "coupon_below_value"    // coupon: its minimum is below what it takes off
	RulesOverlap        = "rules_overlap"         // rule, other: both pay for the same money
)

// What counts as late, and as a tier that is no distinction.
const (
	lateVisit  = 4
	lateDays   = 90
	easyShare  = 60
	halfOfThem = 50
)

// Check looks for promises that disappoint the customer or ruin the shop. A document with faults has no warnings yet.
func Check(draft *Terms, facts Facts) []Warning {
	p, err := Compile(*draft, 0)
	if err != nil {
		return nil
	}
	c := checker{program: p, terms: draft, facts: facts}
	c.firstReward()
	c.discount()
	c.expiry()
	c.tiers()
	c.coupons()
	c.overlaps()
	return c.found
}

type checker struct {
	program *Program
	terms   *Terms
	facts   Facts
	found   []Warning
}

func (c *checker) warn(code string, at pointer, args map[string]any) {
	c.found = append(c.found, Warning{Code: code, Pointer: string(at), Args: args})
}

func (c *checker) firstReward() {
	if c.facts.MedianTicket == 0 || c.terms.Redemption("") == nil {
		return
	}
	visit, days := c.program.FirstReward(c.facts.MedianTicket, c.facts.MedianGapDays)
	switch {
	case visit == 0:
		c.warn(FirstRewardNever, "/redemptions/0", nil)
		return
	case visit > lateVisit || c.facts.MedianGapDays > 0 && days > lateDays:
		c.warn(FirstRewardLate, "/redemptions/0/minimum", map[string]any{"visit": visit, "days": days})
	}
	needed := c.facts.MedianTicket * int64(visit)
	short := shareOf(c.facts.Spend12m, func(spent Money) bool { return spent < needed })
	if short > halfOfThem {
		c.warn(MostNeverReach, "/redemptions/0/minimum", map[string]any{"percent": short})
	}
}

// mostVisits is how long FirstReward looks ahead.
const mostVisits = 100

// FirstReward plays a new member who spends the ticket every so many days (0: a week), and tells at which visit, and how
// many days after the first, the points can be used; visit 0 is never.
func (p *Program) FirstReward(ticket Money, gap int) (visit, days int) {
	if gap == 0 {
		gap = 7
	}
	first := calendar.NewDate(2026, time.January, 1)
	timeline := NewTimeline(time.UTC, TellNobody, Version{Program: p})
	m := &Member{Joined: first}
	for visit = 1; visit <= mostVisits; visit++ {
		day := first.AddDays((visit - 1) * gap)
		timeline.Settle(m, day)
		if points, _ := p.Redeemable(m, &Request{Day: day, Total: ticket}); points > 0 {
			return visit, int(day - first)
		}
		order := p.terms.typical(ticket)
		order.At, order.Day = day.In(time.UTC), day
		p.Accrue(m, order)
	}
	return 0, 0
}

// discount compares what the best customers get back with what the shop keeps.
func (c *checker) discount() {
	if c.facts.MarginPercent == 0 || c.facts.MedianTicket == 0 {
		return
	}
	order := c.terms.typical(c.facts.MedianTicket)
	if plan := c.terms.Tiers; plan != nil {
		order.Tier = plan.Tiers[len(plan.Tiers)-1].Code
	}
	awards, _ := c.program.Quote(&Member{Orders: 1}, order)
	var worth Money
	for _, a := range awards {
		worth += c.terms.Unit(a.Unit).Worth.Of(a.Points)
	}
	if discount := share(worth, 100, c.facts.MedianTicket); discount > int64(c.facts.MarginPercent) {
		c.warn(DiscountAboveMargin, "/earning", map[string]any{"discount": discount, "margin": c.facts.MarginPercent})
	}
}

func (c *checker) expiry() {
	for i := range c.terms.Units {
		e := &c.terms.Units[i].Expiry
		if (e.Kind == Rolling || e.Kind == Inactivity && e.Months > 0) && e.Months*30 < c.facts.MedianGapDays {
			c.warn(ExpiryBelowGap, pointer("/units").index(i).key("expiry").key("months"),
				map[string]any{"months": e.Months, "days": c.facts.MedianGapDays})
		}
	}
}

func (c *checker) tiers() {
	if plan := c.terms.Tiers; plan == nil || plan.Metric != MetricSpend || len(c.facts.Spend12m) == 0 {
		return
	}
	for i, tier := range c.terms.Tiers.Tiers {
		if tier.Threshold == 0 || len(tier.All)+len(tier.Any) > 0 {
			continue
		}
		at := pointer("/tiers/tiers").index(i).key("threshold")
		reach := func(spent Money) bool { return spent >= tier.Threshold }
		if !slices.ContainsFunc(c.facts.Spend12m, reach) {
			c.warn(TierUnreachable, at, map[string]any{"tier": tier.Code})
		} else if percent := shareOf(c.facts.Spend12m, reach); percent > easyShare {
			c.warn(TierTooEasy, at, map[string]any{"tier": tier.Code, "percent": percent})
		}
	}
}

// shareOf is the percentage of customers of whom something is true, rounded down.
func shareOf(spend []Money, is func(Money) bool) int {
	n := 0
	for _, spent := range spend {
		if is(spent) {
			n++
		}
	}
	return n * 100 / max(len(spend), 1)
}

func (c *checker) coupons() {
	for i := range c.terms.Coupons {
		if coupon := &c.terms.Coupons[i]; coupon.Minimum < coupon.Amount {
			c.warn(CouponBelowValue, pointer("/coupons").index(i).key("minimum"), map[string]any{"coupon": coupon.Code})
		}
	}
}

// overlaps finds pairs of rules that both pay for the same money of an ordinary purchase.
func (c *checker) overlaps() {
	rules := c.terms.Earning
	for i := range rules {
		for j := range i {
			if paysForMoney(&rules[i]) && paysForMoney(&rules[j]) && overlap(&rules[i].If, &rules[j].If) {
				c.warn(RulesOverlap, pointer("/earning").index(i), map[string]any{"rule": rules[i].Code, "other": rules[j].Code})
			}
		}
	}
}

func paysForMoney(r *Rule) bool {
	return r.When == OnPurchase && (r.Award.Kind == Rate || r.Award.Kind == PerAmount)
}

// overlap reports whether one purchase can meet both conditions with the same goods.
func overlap(a, b *Conditions) bool {
	return meet(a.Categories, b.Categories) && meet(a.SKUs, b.SKUs) &&
		common(a.Tiers, b.Tiers) && common(a.Channels, b.Channels) && common(a.Stores, b.Stores)
}

// common reports whether two lists share a code; an empty list is all codes.
func common(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(code string) bool { return slices.Contains(b, code) })
}

func meet(a, b Selection) bool {
	switch {
	case len(a.Only) > 0 && len(b.Only) > 0:
		return common(a.Only, b.Only)
	case len(a.Only) > 0:
		return slices.ContainsFunc(a.Only, func(code string) bool { return !slices.Contains(b.Except, code) })
	case len(b.Only) > 0:
		return meet(b, a)
	default:
		return true
	}
}
