package terms

import "dangol/models/calendar"

// TierOf is the code of the tier whose benefits a member has; empty if the terms have none, or none for everybody.
func (p *Program) TierOf(m *Member) string {
	if rank := p.rank(m); rank >= 0 {
		return p.terms.Tiers.Tiers[rank].Code
	}
	return ""
}

// tierFor is the tier by which a purchase counts: the one held at its time.
func (p *Program) tierFor(m *Member, order *Purchase) string {
	if order.Tier != "" {
		return order.Tier
	}
	return p.TierOf(m)
}

// rank is the place of the held tier in the plan, −1 for none. What nobody holds by name is the tier that everybody has.
func (p *Program) rank(m *Member) int {
	plan := p.terms.Tiers
	if plan == nil {
		return -1
	}
	if rank := plan.index(m.Tier.Code); rank >= 0 {
		return rank
	}
	if mapped, ok := p.mapping[m.Tier.Code]; ok {
		return plan.index(mapped.To)
	}
	return p.base()
}

func (plan *TierPlan) index(code string) int {
	for i := range plan.Tiers {
		if plan.Tiers[i].Code == code {
			return i
		}
	}
	return -1
}

// Standing is where a member stands on a day: what S-T5 asks to be shown. Amounts are of the plan's metric.
type Standing struct {
	Tier       string // held
	Next       string // the next higher one that can be reached, empty at the top
	Amount     int64  // in the window
	ToNext     int64  // how much more reaches Next
	ToKeep     int64  // how much more keeps the held tier at its next review
	Until      calendar.Date
	GraceUntil calendar.Date // a review was failed: the tier is held through the day before; zero: none was
	WindowFrom calendar.Date // zero: the window has no beginning
	WindowTo   calendar.Date // the window's last day; zero: it moves with the day, or has no end
	ReviewOn   calendar.Date // the next day on which the tier is judged; zero: none
	Reached    string        // what the measures give by themselves today
	Projected  string        // what is held after the next review, and any grace, if nothing more comes
	Floor      string        // set by hand
	FloorUntil calendar.Date
	Measures   []Measured // everything that the held and the next tier ask, in the order of the document
}

// Measured is where a member stands with one measure.
type Measured struct {
	Criterion       // what it is; AtLeast is not used
	Value     int64 // today
	Keep      int64 // what the held tier asks of it; 0: nothing
	Next      int64 // what the next tier asks
	KeepAny   bool  // of the held tier's Any: one of these is enough
	NextAny   bool
}

// Standing says where a member stands on a day; zero if the terms have no tiers.
func (p *Program) Standing(m *Member, day calendar.Date) Standing {
	plan := p.terms.Tiers
	if plan == nil {
		return Standing{}
	}
	rank, next := p.rank(m), p.above(m)
	s := Standing{
		Tier: p.TierOf(m), Amount: p.amount(m, day), Until: m.Tier.Until, GraceUntil: m.Tier.GraceUntil,
		Floor: m.Tier.Floor, FloorUntil: m.Tier.FloorUntil,
		WindowFrom: plan.Window.from(m.Joined, day), ReviewOn: p.reviewDue(m, day+1), Projected: p.codeOf(p.projected(m, day)),
		Reached: p.codeOf(p.reached(m, day)),
	}
	if plan.Window.periodic() {
		_, ends := plan.Window.period(m.Joined, day)
		s.WindowTo = ends - 1
	}
	if rank >= 0 {
		s.ToKeep = max(plan.Tiers[rank].Threshold-s.Amount, 0)
	}
	if next >= 0 {
		s.Next, s.ToNext = plan.Tiers[next].Code, max(plan.Tiers[next].Threshold-s.Amount, 0)
	}
	s.Measures = p.measured(m, day, rank, next)
	return s
}

// above is the next tier that a member can reach by themselves, −1 at the top.
func (p *Program) above(m *Member) int {
	for i := p.rank(m) + 1; i < len(p.tiers); i++ {
		if !p.tiers[i].ByHand {
			return i
		}
	}
	return -1
}

func (p *Program) codeOf(rank int) string {
	if rank < 0 {
		return ""
	}
	return p.tiers[rank].Code
}

// measured lists what the held tier and the next one ask, and how far the member is.
func (p *Program) measured(m *Member, day calendar.Date, held, next int) (all []Measured) {
	for i := range p.measures {
		row := Measured{Criterion: p.measures[i], Value: m.value(&p.measures[i], day)}
		row.Keep, row.KeepAny = p.asked(held, row.Criterion)
		row.Next, row.NextAny = p.asked(next, row.Criterion)
		if row.Keep > 0 || row.Next > 0 || i == 0 {
			all = append(all, row)
		}
	}
	return all
}

// asked is how much of a measure a tier asks, and whether something else would do instead.
func (p *Program) asked(rank int, of Criterion) (least int64, instead bool) {
	if rank < 0 {
		return 0, false
	}
	for _, c := range p.tiers[rank].all {
		if c.same(of) {
			least = max(least, c.AtLeast)
		}
	}
	if least > 0 {
		return least, false
	}
	for _, c := range p.tiers[rank].any {
		if c.same(of) {
			return c.AtLeast, true
		}
	}
	return 0, false
}

// same reports whether two criteria measure the same.
func (c Criterion) same(of Criterion) bool {
	c.AtLeast, of.AtLeast = 0, 0
	return c == of
}
