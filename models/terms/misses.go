package terms

import (
	"slices"
	"strings"

	"dangol/models"
)

// mostMisses is how many near misses are worth telling.
const mostMisses = 3

// near is a rule that one thing has kept from paying.
type near struct {
	rule   *rule
	failed verdict
}

// miss notes that a rule does not pay.
func (e *evaluation) miss(r *rule, failed verdict) {
	if !e.quiet && failed.near() {
		e.nearly = append(e.nearly, near{r, failed})
	}
}

// misses says what would have made rules pay, the smallest first.
func (e *evaluation) misses() []Miss {
	var misses []Miss
	for _, n := range e.nearly {
		var (
			found Miss
			ok    bool
		)
		if n.failed == failsTier {
			found, ok = e.missTier(n.rule)
		} else {
			found, ok = e.missAmount(n.rule, n.failed)
		}
		if ok {
			found.Rule, found.Code = n.rule.index, n.rule.Code
			misses = append(misses, found)
		}
	}
	slices.SortStableFunc(misses, func(a, b Miss) int { return int(a.By - b.By) })
	return misses[:min(len(misses), mostMisses)]
}

// supposing is what a rule pays if the order or the tier were another. Where rules work together, all of them are asked.
func (e *evaluation) supposing(r *rule, order *Purchase, tier string) (points Points) {
	other := evaluation{program: e.program, member: e.member, order: order, was: e.was, tier: tier, quiet: true}
	if p := e.program; !p.hasBonus && !p.competes && !p.bounded {
		points, _ = other.assess(r)
		return points
	}
	other.run()
	for _, a := range other.awards {
		if a.Rule == r.index {
			points += max(a.Points, 1) // of a coupon: one
		}
	}
	return points
}

// missTier names the next tier that the rule wants, and how much spending leads there.
func (e *evaluation) missTier(r *rule) (Miss, bool) {
	p, m := e.program, e.member
	plan := p.terms.Tiers
	if plan == nil || plan.Metric != MetricSpend || len(p.measures) > 1 {
		return Miss{}, false
	}
	for rank := p.rank(m) + 1; rank < len(plan.Tiers); rank++ {
		tier := &plan.Tiers[rank]
		if !anyOf(r.If.Tiers, tier.Code) {
			continue
		}
		points := e.supposing(r, e.order, tier.Code)
		if points == 0 {
			continue
		}
		by := tier.Threshold - p.amount(m, e.order.Day)
		return Miss{Condition: MissTier, By: by, Wants: tier.Code, Points: points}, points > 0 && by > 0
	}
	return Miss{}, false
}

// missAmount finds how much more, of something that counts, makes the rule pay. It tries what the terms suggest and,
// where discounts shared among the lines make that wrong, searches.
func (e *evaluation) missAmount(r *rule, failed verdict) (Miss, bool) {
	wants, ok := r.wanted()
	if !ok {
		return Miss{}, false
	}
	more := suppose(e.order, wants, r.perItem)
	pays := func(extra Money) Points { return e.supposing(r, more.with(extra), e.tier) }
	by := e.program.suggest(r, e.order, failed)
	if pays(by) == 0 || by > 1 && pays(by-1) > 0 {
		by = search(func(extra Money) bool { return pays(extra) > 0 })
	}
	found := Miss{Condition: MissAmount, By: by, Points: pays(by)}
	if failed == failsItem {
		found.Condition, found.Wants = MissItem, wants.Category+wants.SKU+strings.Join(wants.Labels, "")
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

// wanted is a line that the rule counts. A rule that names more than one of categories, goods and labels asks for something
// that cannot be said in one word.
func (r *rule) wanted() (Line, bool) {
	line, named := Line{Quantity: 1}, 0
	for _, each := range []struct {
		only []string
		set  func(string)
	}{
		{r.If.Categories.Only, func(code string) { line.Category = code }},
		{r.If.SKUs.Only, func(code string) { line.SKU = code }},
		{r.If.Labels.Only, func(code string) { line.Labels = []string{code} }},
	} {
		if len(each.only) > 0 {
			each.set(each.only[0])
			named++
		}
	}
	return line, named <= 1 && r.counts(&line)
}

// supposed is an order with one more line.
type supposed struct {
	order Purchase
	total Money
}

func suppose(order *Purchase, line Line, perItem bool) *supposed {
	s := &supposed{order: *order, total: order.Total}
	line.Labels = append(line.Labels, order.Labels...)
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
