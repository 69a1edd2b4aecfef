package terms

// Accrue posts a purchase: awards, the order count, the qualifying money, and a tier that it reaches. The member must
// have been settled to the purchase's day. Awards count by the tier held before it.
func (p *Program) Accrue(m *Member, order *Purchase) Outcome {
	out := Outcome{Spend: order.Spend(), Day: order.Day}
	out.Awards, out.Misses = p.Quote(m, order)
	for i := range out.Awards {
		p.post(m, order, &out.Awards[i], &out)
	}
	m.Orders++
	m.Spend.Add(order.Day, out.Spend)
	today := max(order.Day, m.SettledTo)
	p.claimByItself(m, today, order.At, &out)
	p.rise(m, today, order.At, order.Source, &out)
	p.welcome(0, &out)
	p.active(m, ByPurchase, "", order.Day, order.At, &out)
	return out
}

// Quote says what a purchase would earn, and what it narrowly misses. It changes nothing.
func (p *Program) Quote(m *Member, order *Purchase) ([]Award, []Miss) {
	var (
		awards []Award
		misses []Miss
		work   = sum{steps: make([]Step, 0, 5*len(p.rules))}
		tier   = p.tierFor(m, order)
	)
	for i := range p.rules {
		r := &p.rules[i]
		points, verdict := p.assess(m, r, order, tier, &work)
		if points > 0 {
			if awards == nil {
				awards = make([]Award, 0, len(p.rules))
			}
			awards = append(awards, p.award(r, order, tier, points, work.taken()))
		} else if verdict.near() {
			misses = p.miss(misses, m, r, order, tier, verdict)
		}
	}
	return awards, nearest(misses)
}

// award dates the points of a rule.
func (p *Program) award(r *rule, order *Purchase, tier string, points Points, steps []Step) Award {
	a := Award{
		Rule: r.index, Code: r.Code, Unit: r.unit.Code, Points: points,
		Why: Explanation{Version: p.version, Rule: r.index, Steps: steps},
	}
	if r.Award.Kind == AnyCoupon {
		return Award{Rule: r.index, Code: r.Code, Coupon: r.Award.Coupon, Why: Explanation{Version: p.version, Rule: r.index}}
	}
	p.date(&a, r, order.Day, tier)
	return a
}

// verdict is what of a rule's conditions failed.
type verdict uint8

const (
	failsHard   verdict = 1 << iota // for good, or by something that nobody changes at a till
	failsTier                       // another tier would do
	failsItem                       // nothing in the order counts
	failsAmount                     // more of it would do
)

// near reports whether exactly one thing failed that could have been different.
func (v verdict) near() bool { return v == failsTier || v == failsItem || v == failsAmount }

// assess computes what a rule pays for an order; 0 comes with what failed. The steps are left in work.
func (p *Program) assess(m *Member, r *rule, order *Purchase, tier string, work *sum) (Points, verdict) {
	work.begin()
	counting := r.count(order)
	if failed := p.check(m, r, order, tier, counting); failed != 0 {
		return 0, failed
	}
	r.compute(order, p.terms.Basis, tier, counting, work)
	if r.Cap > 0 && work.value > r.Cap {
		work.do(OpCap, r.Cap, 0)
	}
	m.cut(r, order.Day, work)
	if work.value <= 0 {
		work.drop()
		return 0, r.whyNothing(order, p.terms.Basis, counting)
	}
	return work.value, 0
}

// check names the conditions that fail.
func (p *Program) check(m *Member, r *rule, order *Purchase, tier string, c counting) (failed verdict) {
	if r.When == OnFirstPurchase && m.Orders > 0 ||
		!anyOf(r.If.Channels, order.Channel) || !anyOf(r.If.Stores, order.Store) || m.usedUp(r, order.Day) {
		return failsHard
	}
	if !anyOf(r.If.Tiers, tier) {
		failed |= failsTier
	}
	if r.perItem && c.part == 0 && c.items == 0 {
		return failed | failsItem
	}
	if c.of(order.Goods()) < r.If.MinAmount {
		failed |= failsAmount
	}
	return failed
}

// whyNothing tells whether a rule whose conditions hold pays nothing only because the amount is too small.
func (r *rule) whyNothing(order *Purchase, basis Basis, c counting) verdict {
	if r.Award.Kind == PerAmount && c.of(basis.of(order)) < r.Award.Every {
		return failsAmount
	}
	return failsHard
}

func anyOf(codes []string, code string) bool {
	for _, c := range codes {
		if c == code {
			return true
		}
	}
	return len(codes) == 0
}

// counting is what of an order's lines a rule looks at: part of the whole, and how many items.
type counting struct {
	part, whole int64
	items       int64
}

// count looks at the lines. An order without lines is one piece that no rule about items can see into: it counts whole
// unless the rule wants particular ones.
func (r *rule) count(order *Purchase) counting {
	if len(order.Lines) == 0 {
		if r.categories.only != nil || r.skus.only != nil {
			return counting{part: 0, whole: 1}
		}
		return counting{part: 1, whole: 1}
	}
	var c counting
	for i := range order.Lines {
		line := &order.Lines[i]
		c.whole += line.Amount
		if r.counts(line) {
			c.part += line.Amount
			c.items += line.Quantity
		}
	}
	return c
}

// counts reports whether a line earns by this rule. Free items never do.
func (r *rule) counts(line *Line) bool {
	return !line.Free && r.categories.admits(line.Category) && r.skus.admits(line.SKU)
}

// of is the counting part of an amount.
func (c counting) of(amount Money) Money {
	if c.part == c.whole {
		return amount
	}
	return share(amount, c.part, c.whole)
}

// compute takes the steps from the order's money to the points.
func (r *rule) compute(order *Purchase, basis Basis, tier string, c counting, work *sum) {
	award := &r.Award
	switch award.Kind {
	case PerAmount:
		basis.compute(order, c, work)
		work.do(OpPer, award.Every, award.Points)
	case Rate:
		basis.compute(order, c, work)
		work.do(OpRate, award.Rate.Num, award.Rate.Den)
	case PerUnit:
		work.do(OpItems, c.items, award.Points)
	case Fixed:
		work.do(OpFixed, award.Points, 0)
	case AnyCoupon:
		work.do(OpFixed, 1, 0)
	}
	if factor, ok := r.factorOf(tier); ok {
		work.do(OpTier, factor.Num, factor.Den)
	}
	r.round(order, c, work)
}

// compute takes the steps from the order's total to what counts of it.
func (b Basis) compute(order *Purchase, c counting, work *sum) {
	work.do(OpTotal, order.Total, 0)
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

// of is what of an order counts before a rule looks at its items.
func (b Basis) of(order *Purchase) Money {
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
	case work.num == work.den && to == 1:
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
