package terms

import "slices"

// counting is what of an order's lines a rule looks at: part of the whole, how many items, and of how many kinds.
type counting struct {
	part, whole  int64
	tax          int64 // contained in the part, as the lines tell
	items, kinds int64
}

// nothing reports that no line counts.
func (c counting) nothing() bool { return c.part == 0 && c.items == 0 }

// of is the counting part of an amount.
func (c counting) of(amount Money) Money {
	if c.part == c.whole {
		return amount
	}
	return share(amount, c.part, c.whole)
}

// count looks at the lines. An order without lines is one piece that no rule about items can see into: it counts whole
// unless the rule wants particular ones.
func (r *rule) count(order *Purchase) counting {
	if len(order.Lines) == 0 {
		return r.countWhole(order)
	}
	var c counting
	for i := range order.Lines {
		line := &order.Lines[i]
		c.whole += line.Amount
		if r.counts(line) {
			c.part += line.Amount
			c.tax += line.Tax
			c.items += line.Quantity
			c.kinds++
		}
	}
	return c
}

func (r *rule) countWhole(order *Purchase) counting {
	if r.categories.only != nil || r.skus.only != nil || !r.labels.admitsAny(order.Labels) {
		return counting{part: 0, whole: 1}
	}
	c := counting{part: 1, whole: 1}
	if h := order.happening; h != nil {
		c.items, c.kinds = max(h.Quantity, 1), 1
	}
	return c
}

// counts reports whether a line earns by this rule. Free items never do.
func (r *rule) counts(line *Line) bool {
	return !line.Free && r.categories.admits(line.Category) && r.skus.admits(line.SKU) && r.labels.admitsAny(line.Labels)
}

// admitsAny is admits for a line's labels: one of the wanted is enough, one of the unwanted too much.
func (f filter) admitsAny(codes []string) bool {
	return (f.only == nil || slices.ContainsFunc(codes, func(code string) bool { return f.only[code] })) &&
		!slices.ContainsFunc(codes, func(code string) bool { return f.except[code] })
}

// compute takes the steps from the event's money to the points of a base.
func (e *evaluation) compute(r *rule, c counting) {
	award, work := &r.Award, &e.work
	switch award.Kind {
	case PerAmount:
		e.program.terms.Basis.compute(e.order, c, work)
		work.do(OpPer, award.Every, award.Points)
	case Rate:
		e.program.terms.Basis.compute(e.order, c, work)
		work.do(OpRate, award.Rate.Num, award.Rate.Den)
	case PerUnit:
		work.do(OpItems, c.items, award.Points)
	case EachLine:
		work.do(OpKinds, c.kinds, award.Points)
	case Fixed:
		work.do(OpFixed, award.Points, 0)
	case AnyCoupon:
		work.do(OpFixed, 1, 0)
	}
	if factor, ok := r.factorOf(e.tier); ok {
		work.do(OpTier, factor.Num, factor.Den)
	}
	if len(e.bonuses) > 0 {
		e.reduce(r)
	}
	r.round(e.order, c, work)
}

// compute takes the steps from the order's total to what counts of it.
func (b Basis) compute(order *Purchase, c counting, work *sum) {
	if b.Items && len(order.Lines) > 0 {
		work.do(OpGoods, c.part, 0)
		if c.tax > 0 && b.BeforeTax {
			work.do(OpTax, c.tax, 0)
		}
		return
	}
	work.do(OpTotal, order.Total, 0)
	if order.Tax > 0 && b.BeforeTax {
		b.untax(order, work)
	}
	if order.Shipping > 0 && !b.Shipping {
		work.do(OpShipping, order.Shipping, 0)
	}
	if order.PaidWithPoints > 0 && !b.PointsPaid {
		work.do(OpPoints, order.PaidWithPoints, 0)
	}
	if order.Discount > 0 && b.BeforeDiscounts {
		work.do(OpDiscount, order.Discount, 0)
	}
	if c.part != c.whole {
		work.do(OpEligible, c.part, c.whole)
	}
}

// untax takes the step from the order's total to the total without tax; or, where shipping does not count, which goes whole
// and with its tax, without that of the goods: what the lines tell of it, else the tax in proportion to the goods.
func (b Basis) untax(order *Purchase, work *sum) {
	if b.Shipping || order.Shipping <= 0 {
		work.do(OpTax, order.Tax, 0)
		return
	}
	var told Money
	for i := range order.Lines {
		told += order.Lines[i].Tax
	}
	if told > 0 {
		work.do(OpTax, min(told, order.Tax), 0)
	} else {
		work.do(OpGoodsTax, order.Tax, order.Shipping)
	}
}

// of is what of an order counts before a rule looks at its items.
func (b Basis) of(order *Purchase) Money {
	b.Items = false
	var work sum
	work.begin()
	b.compute(order, counting{part: 1, whole: 1}, &work)
	return work.value
}

func (r *rule) factorOf(tier string) (Ratio, bool) {
	for i := range r.Tiers {
		if r.Tiers[i].Tier == tier {
			return r.Tiers[i].Factor, true
		}
	}
	return Ratio{}, false
}

// round ends the exact factor: once for the order, or line by line.
func (r *rule) round(order *Purchase, c counting, work *sum) {
	mode, to := r.Rounding.Mode.number(), max(r.Rounding.To, 1)
	switch {
	case work.num == work.den && work.den > 0 && to == 1:
	case r.Rounding.Scope == PerLine && len(order.Lines) > 0:
		r.roundLines(order, c, mode, to, work)
	default:
		work.do(OpRound, mode, to)
	}
}

// roundLines shares the value among the counting lines and rounds each line's product by itself.
func (r *rule) roundLines(order *Purchase, c counting, mode, to int64, work *sum) {
	value := work.value
	work.do(OpLines, mode, to)
	for i := range order.Lines {
		if line := &order.Lines[i]; r.counts(line) {
			work.do(OpLine, share(value, line.Amount, c.part), 0)
		}
	}
}
