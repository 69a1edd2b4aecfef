package terms

import (
	"slices"

	"dangol/models"
)

// mostMisses is how many near misses are worth telling.
const mostMisses = 3

// nearest keeps the smallest misses.
func nearest(misses []Miss) []Miss {
	slices.SortStableFunc(misses, func(a, b Miss) int { return int(a.By - b.By) })
	return misses[:min(len(misses), mostMisses)]
}

// miss adds what would have made a rule pay, if one thing would.
func (p *Program) miss(misses []Miss, m *Member, r *rule, order *Purchase, tier string, failed verdict) []Miss {
	var (
		found Miss
		ok    bool
	)
	if failed == failsTier {
		found, ok = p.missTier(m, r, order)
	} else {
		found, ok = p.missAmount(m, r, order, tier, failed)
	}
	if !ok {
		return misses
	}
	found.Rule, found.Code = r.index, r.Code
	return append(misses, found)
}

// missTier names the next tier that the rule wants, and how much spending leads there.
func (p *Program) missTier(m *Member, r *rule, order *Purchase) (Miss, bool) {
	plan := p.terms.Tiers
	if plan == nil {
		return Miss{}, false
	}
	for rank := p.rank(m) + 1; rank < len(plan.Tiers); rank++ {
		tier := &plan.Tiers[rank]
		if !slices.Contains(r.If.Tiers, tier.Code) {
			continue
		}
		points, _ := p.assess(m, r, order, tier.Code, &sum{})
		by := tier.Threshold - p.qualifying(m, order.Day)
		return Miss{Condition: MissTier, By: by, Wants: tier.Code, Points: points}, points > 0 && by > 0
	}
	return Miss{}, false
}

// missAmount finds how much more, of something that counts, makes the rule pay. It tries what the terms suggest and,
// where discounts shared among the lines make that wrong, searches.
func (p *Program) missAmount(m *Member, r *rule, order *Purchase, tier string, failed verdict) (Miss, bool) {
	wants, ok := r.wanted()
	if !ok {
		return Miss{}, false
	}
	more := suppose(order, wants, r.perItem)
	pays := func(extra Money) Points {
		points, _ := p.assess(m, r, more.with(extra), tier, &sum{})
		return points
	}
	by := p.suggest(r, order, failed)
	if pays(by) == 0 || by > 1 && pays(by-1) > 0 {
		by = search(func(extra Money) bool { return pays(extra) > 0 })
	}
	found := Miss{Condition: MissAmount, By: by, Points: pays(by)}
	if failed == failsItem {
		found.Condition, found.Wants = MissItem, wants.Category+wants.SKU
	}
	return found, found.Points > 0
}

// suggest is the amount that is missing where nothing is shared among lines.
func (p *Program) suggest(r *rule, order *Purchase, failed verdict) Money {
	if failed == failsItem {
		return max(r.If.MinAmount, 1)
	}
	c := r.count(order)
	if short := r.If.MinAmount - c.of(order.Goods()); short > 0 {
		return short
	}
	return max(r.Award.Every-c.of(p.terms.Basis.of(order)), 1)
}

// wanted is a line that the rule counts. A rule that names both categories and goods asks for something that cannot be
// said in one word.
func (r *rule) wanted() (Line, bool) {
	line := Line{Quantity: 1}
	categories, skus := r.If.Categories.Only, r.If.SKUs.Only
	if len(categories) > 0 {
		line.Category = categories[0]
	}
	if len(skus) > 0 {
		line.SKU = skus[0]
	}
	return line, (len(categories) == 0 || len(skus) == 0) && r.counts(&line)
}

// supposed is an order with one more line.
type supposed struct {
	order Purchase
	total Money
}

func suppose(order *Purchase, line Line, perItem bool) *supposed {
	s := &supposed{order: *order, total: order.Total}
	if len(order.Lines) > 0 || perItem {
		s.order.Lines = append(slices.Clone(order.Lines), line)
	}
	return s
}

// with is the order with that line at an amount.
func (s *supposed) with(extra Money) *Purchase {
	s.order.Total = s.total + extra
	if n := len(s.order.Lines); n > 0 {
		s.order.Lines[n-1].Amount = extra
	}
	return &s.order
}

// search finds the least amount that is enough, by doubling and halving; the most if none is.
func search(enough func(Money) bool) Money {
	low, high := Money(0), Money(1) // low is not enough
	for high < models.MaxMoney && !enough(high) {
		low, high = high, 2*high
	}
	for high-low > 1 {
		if middle := low + (high-low)/2; enough(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}
