package terms

import "dangol/models/calendar"

// reviewDue is the first day from a day on, under this version, on which a review may change something; zero: none.
func (p *Program) reviewDue(m *Member, from calendar.Date) calendar.Date {
	plan := p.terms.Tiers
	if plan == nil {
		return 0
	}
	next := earliest{from: from}
	next.meet(p.riseDue(m, from))
	next.meet(p.fallDue(m, from))
	return next.day
}

// riseDue is the day on which a member rises without any event: the next one if something has been reached meanwhile, or
// the beginning of a period.
func (p *Program) riseDue(m *Member, from calendar.Date) calendar.Date {
	plan := p.terms.Tiers
	if plan.Upgrade != UpNextPeriod {
		if p.deserved(m, from) > p.rank(m) {
			return from
		}
		return 0
	}
	first, next := plan.period(m.Joined, from)
	if first == from && p.reached(m, plan.lastOf(from)) > p.rank(m) {
		return from
	}
	if p.reached(m, plan.lastOf(next)) > p.rank(m) {
		return next
	}
	return 0
}

// fallDue is the day on which a held tier is judged.
func (p *Program) fallDue(m *Member, from calendar.Date) calendar.Date {
	plan := p.terms.Tiers
	switch {
	case p.rank(m) <= p.base(), plan.Downgrade == DownNever && plan.Validity.Kind == NoValidity:
		return 0
	case plan.Validity.Kind == NoValidity:
		return p.nightDue(m, from)
	}
	day := max(from, m.Tier.Until, m.Tier.GraceUntil)
	if plan.anyDay() {
		return day
	}
	return onDay(day, max(plan.ReviewDay, 1))
}

// nightDue is fallDue for tiers without validity, which are judged every night: the next night is due for a member who
// has fallen short, else the one on which the first of what was counted leaves a window, or a floor ends.
func (p *Program) nightDue(m *Member, from calendar.Date) calendar.Date {
	if p.deserved(m, from) < p.rank(m) {
		return max(from, m.Tier.GraceUntil)
	}
	if m.Tier.GraceUntil != 0 { // met again: the grace ends
		return from
	}
	next := earliest{from: from}
	if floor := m.Tier.FloorUntil; floor >= from {
		next.meet(floor + 1)
	}
	for i := range p.measures {
		window := p.measures[i].Window
		if first := m.series(&p.measures[i]).first(window.before(m.Joined, from)); first != 0 {
			next.meet(window.leaves(m.Joined, first))
		}
	}
	return next.day
}

// projected is the tier that a member holds after the next review, and any grace, if nothing more comes.
func (p *Program) projected(m *Member, day calendar.Date) int {
	rank := p.rank(m)
	if rise := p.riseDue(m, day+1); rise != 0 {
		plan := p.terms.Tiers
		if plan.Upgrade == UpNextPeriod {
			return max(rank, p.reached(m, plan.lastOf(rise)))
		}
		return p.deserved(m, rise)
	}
	on := p.fallDue(m, day+1)
	if on == 0 || p.terms.Tiers.Downgrade == DownNever {
		return rank
	}
	if found := p.weigh(m, on); found.rank < rank {
		return p.fallen(rank, found.rank)
	}
	return rank
}
