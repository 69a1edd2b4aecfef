package terms

import (
	"fmt"
	"math/big"
	"slices"
	"time"
)

// What a member does, as the second engine sees it.

func (o *naiveOrder) award(rule *Rule) *naiveAward {
	return o.awards[slices.IndexFunc(o.awards, func(a *naiveAward) bool { return a.rule == rule })]
}

// buy posts an order; paid is the money that points pay of it.
func (n *naive) buy(o *naiveOrder, lines []Line, paid int64) {
	for _, c := range n.earns(o, lines, paid) {
		o.awards = append(o.awards, &naiveAward{rule: c.rule, given: c.points})
		n.count(c.rule, o.day, c.points, +1)
		for nth, points := range inParts(c) {
			if points > 0 {
				n.gain(n.lotOf(c.rule, o, points, nth))
				n.active(ByEarning)
			}
		}
	}
	o.qualifies = max(o.total-paid, 0)
	n.orders++
	n.spend[o.day] += o.qualifies
	n.rise()
	n.active(ByPurchase)
}

// inParts is what comes at once and what later.
func inParts(c naiveCredit) (parts []int64) {
	left := c.points
	for range c.rule.Parts.Of - 1 {
		parts = append(parts, c.points/int64(c.rule.Parts.Of))
		left -= c.points / int64(c.rule.Parts.Of)
	}
	return append(parts, left)
}

// lotOf is what a rule gives, the nth part of it: pending until its hold ends, and from then on for as long as it lasts.
func (n *naive) lotOf(r *Rule, o *naiveOrder, points int64, nth int) *naiveLot {
	l := &naiveLot{left: points, earned: o.day, order: o, rule: r, moveable: r.Expiry.Kind == ""}
	if r.Hold.NextVisit {
		l.usable = o.day.Add(day24)
	}
	switch h := r.Hold; {
	case h.Event != "":
		l.pending, l.awaits = true, h.Event
		if h.Within > 0 {
			l.cancels = o.day.AddDate(0, 0, h.Within+1)
		}
		return l
	case h.Days > 0:
		l.arrives = o.day.AddDate(0, 0, h.Days)
	case h.Months > 0 && h.Until != "":
		l.arrives = endOfPeriod(monthsAfter(o.day, h.Months), h.Until, h.Month)
		if h.Until != ToDay {
			l.arrives = l.arrives.Add(day24)
		}
	case h.Months > 0:
		l.arrives = monthsAfter(o.day, h.Months)
	}
	l.pending = l.arrives.After(o.day)
	from := o.day
	if l.pending {
		from = l.arrives
	}
	if nth > 0 {
		from = monthsAfter(from, nth*r.Parts.Months).AddDate(0, 0, nth*r.Parts.Days)
		l.arrives, l.pending = from, true
	}
	l.ends = n.lasts(r, from)
	return l
}

// meets reports whether a rule is about an order at all.
func (n *naive) meets(r *Rule, o *naiveOrder, lines []Line, paid int64) bool {
	goods, _, _ := n.counts(r, lines, o, paid)
	if r.When == OnFirstPurchase && n.orders > 0 || goods < 0 || goods < r.If.MinAmount {
		return false
	}
	for _, limit := range r.Limits {
		if limit.Times+limit.Points <= n.counters[counterOf(r, limit, o.day)] {
			return false
		}
	}
	plan := n.doc.Tiers
	return len(r.If.Tiers) == 0 || plan != nil && slices.Contains(r.If.Tiers, plan.Tiers[n.tier].Code)
}

// exactly is what a rule that is no bonus pays for an order, before it is rounded.
func (n *naive) exactly(r *Rule, o *naiveOrder, lines []Line, paid int64) *big.Rat {
	_, money, units := n.counts(r, lines, o, paid)
	exact := new(big.Rat)
	switch a := r.Award; a.Kind {
	case Fixed:
		exact.SetInt64(a.Points)
	case PerUnit:
		exact.SetInt64(units * a.Points)
	case PerAmount:
		exact.SetInt64(max(money, 0) / a.Every * a.Points)
	case Rate:
		exact.Mul(big.NewRat(max(money, 0), 1), big.NewRat(a.Rate.Num, a.Rate.Den))
	}
	return exact.Mul(exact, n.byTier(r))
}

// bounded is what the cap and the limits of a rule leave.
func (n *naive) bounded(r *Rule, o *naiveOrder, points int64) int64 {
	if r.Cap > 0 {
		points = min(points, r.Cap)
	}
	for _, limit := range r.Limits {
		left := limit.Points - n.counters[counterOf(r, limit, o.day)]
		switch {
		case limit.Points > 0 && points > left && limit.Reject:
			return 0
		case limit.Points > 0:
			points = min(points, left)
		}
	}
	return points
}

// counts is what of an order's goods and of its money a rule looks at, and how many things; goods below 0: none of it.
func (n *naive) counts(r *Rule, lines []Line, o *naiveOrder, paid int64) (goods, money, units int64) {
	total, money := o.total, n.basis(o, lines)
	if !n.doc.Basis.PointsPaid {
		money -= paid
	}
	if len(r.If.SKUs.Only) == 0 && r.Award.Kind != PerUnit {
		return total, money, 0
	}
	var counting, whole int64
	for _, l := range lines {
		whole += l.Amount
		if len(r.If.SKUs.Only) == 0 || slices.Contains(r.If.SKUs.Only, l.SKU) {
			counting += l.Amount
			units += l.Quantity
		}
	}
	switch {
	case counting == 0 && units == 0:
		if len(lines) == 0 && len(r.If.SKUs.Only) == 0 {
			return total, money, 0
		}
		return -1, 0, 0
	case counting == whole:
		return total, money, units
	}
	return portion(total, counting, whole), portion(max(money, 0), counting, whole), units
}

// basis is the money of an order that counts: its goods, with the shipping if the terms say so, with or without the tax in
// what counts, which the lines tell or the order in proportion.
func (n *naive) basis(o *naiveOrder, lines []Line) int64 {
	var told int64
	for _, l := range lines {
		told += l.Tax
	}
	switch b := n.doc.Basis; {
	case b.BeforeTax && b.Shipping:
		return o.total + o.shipping - o.tax
	case b.Shipping:
		return o.total + o.shipping
	case b.BeforeTax && told > 0 && o.shipping > 0:
		return o.total - min(told, o.tax)
	case b.BeforeTax && o.tax > 0:
		return o.total - floor(big.NewRat(o.tax*o.total, o.total+o.shipping))
	}
	return o.total
}

func rounded(exact *big.Rat, r Rounding) int64 {
	to := max(r.To, 1)
	steps := new(big.Rat).Quo(exact, big.NewRat(to, 1))
	whole := floor(steps)
	rest := new(big.Rat).Sub(steps, big.NewRat(whole, 1))
	if r.Mode == Ceil && rest.Sign() > 0 || r.Mode == HalfUp && rest.Cmp(big.NewRat(1, 2)) >= 0 {
		whole++
	}
	return whole * to
}

func counterOf(r *Rule, limit Limit, day time.Time) string {
	year, week := day.ISOWeek()
	return r.Code + map[LimitPeriod]string{
		PerDay: day.Format("2006-01-02"), PerWeek: fmt.Sprint(year, "w", week), PerMonth: day.Format("2006-01"), PerYear: day.Format("2006"), PerLife: "",
	}[limit.Per]
}

func (n *naive) count(r *Rule, day time.Time, points, direction int64) {
	for _, limit := range r.Limits {
		by := direction
		if limit.Points > 0 {
			by *= points
		}
		key := counterOf(r, limit, day)
		n.counters[key] = max(n.counters[key]+by, 0)
	}
}

// give gives points by hand, or takes them; it reports whether there were enough.
func (n *naive) give(points int64) bool {
	if points < 0 {
		if n.sum((*naiveLot).available) < -points {
			return false
		}
		n.take(-points, (*naiveLot).available)
		return true
	}
	n.gain(&naiveLot{left: points, earned: n.today, ends: n.lasts(nil, n.today), moveable: true})
	n.active(ByEarning)
	return true
}

// deliver reports what awards of an order wait for.
func (n *naive) deliver(o *naiveOrder) {
	for _, l := range slices.Clone(n.lots) {
		if l.left > 0 && l.pending && l.awaits == "delivered" && l.order == o {
			l.ends = n.lasts(l.rule, n.today)
			n.arrive(l)
		}
	}
}

// hand gives points to another member, each lot by itself; it reports whether that was allowed.
func (n *naive) hand(to *naive, points, today int64) bool {
	how := n.doc.Transfers[0]
	mine := func(l *naiveLot) bool { return !l.pending && !l.usable.After(n.today) }
	if points < max(how.Minimum, 1) || how.Once > 0 && points > how.Once || how.PerDay > 0 && points+today > how.PerDay || points > n.sum(mine) {
		return false
	}
	parts, _ := n.take(points, mine)
	n.active(ByUsing)
	for _, part := range parts {
		l := &naiveLot{left: part.points, earned: part.lot.earned, ends: part.lot.ends, moveable: true}
		if how.Reset {
			l.earned, l.ends = n.today, to.lasts(nil, n.today)
		}
		to.gain(l)
	}
	to.active(ByEarning)
	return true
}
