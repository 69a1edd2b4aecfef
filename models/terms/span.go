package terms

import "slices"

// Span says which days of a series are asked about: how far back windows reach from the first day that is settled or
// posted, and inside which months they begin or end, where a month as one sum would not do.
type Span struct {
	Months  int   // this many months back, and to the first of that month
	Ever    bool  // from the beginning
	Rolling []int // windows of so many months move with the day
	Back    int   // they end on the last day as well, or so many months before it
	Joined  bool  // windows begin, or end, on anniversaries of joining
}

// IsZero reports whether nothing is asked.
func (r Span) IsZero() bool { return r.Months == 0 && !r.Ever }

// UnitSpan is the span of the points earned of a unit.
type UnitSpan struct {
	Unit string
	Span
}

// open widens a span by a window, under a plan or of a rule. A period that has ended is still looked at when its tiers are judged.
func (r *Span) open(w Window, plan *TierPlan) {
	r.Joined = r.Joined || w.Kind == MemberYear
	if plan != nil {
		r.Back = max(r.Back, plan.Window.length())
		r.Joined = r.Joined || plan.Window.Kind == MemberYear
	}
	switch w.Kind {
	case Lifetime:
		r.Ever = true
	case RollingMonths:
		r.Months = max(r.Months, w.Months+r.Back)
		if !slices.Contains(r.Rolling, w.Months) {
			r.Rolling = append(r.Rolling, w.Months)
		}
	default:
		r.Months = max(r.Months, w.length()+r.Back)
	}
}

// length is how many months the periods of a window have, 0 for a window that moves.
func (w Window) length() int {
	if w.Kind == MemberYear {
		return 12
	}
	return w.Kind.months()
}

func (r *Span) widen(more Span) {
	r.Months, r.Back = max(r.Months, more.Months), max(r.Back, more.Back)
	r.Ever, r.Joined = r.Ever || more.Ever, r.Joined || more.Joined
	for _, months := range more.Rolling {
		if !slices.Contains(r.Rolling, months) {
			r.Rolling = append(r.Rolling, months)
		}
	}
}

// measure adds what a measure asks about.
func (n *Needs) measure(c *Criterion, plan *TierPlan) {
	switch c.Metric {
	case MetricSpend:
		n.Spend.open(c.Window, plan)
	case MetricOrders, MetricVisits:
		n.Bought.open(c.Window, plan)
	case MetricNumber:
		n.Numbers = true
	case MetricEarned:
		reach := UnitSpan{Unit: c.Unit}
		reach.open(c.Window, plan)
		n.earned(reach)
	}
}

func (n *Needs) earned(more UnitSpan) {
	for i := range n.Earned {
		if n.Earned[i].Unit == more.Unit {
			n.Earned[i].widen(more.Span)
			return
		}
	}
	n.Earned = append(n.Earned, more)
}

// Track widens what is asked about a member's past by what other terms ask.
func (n *Needs) Track(more Needs) {
	n.Spend.widen(more.Spend)
	n.Bought.widen(more.Bought)
	for _, earned := range more.Earned {
		n.earned(earned)
	}
	n.Numbers = n.Numbers || more.Numbers
	n.Plans = n.Plans || more.Plans
}

// Days are all days that are asked about of the money spent, or of orders and visits.
func (n *Needs) Days() Span {
	var days Span
	days.widen(n.Spend)
	days.widen(n.Bought)
	return days
}
