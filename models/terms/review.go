package terms

import (
	"time"

	"dangol/models/calendar"
)

// turn is an event by which a tier may change.
type turn struct {
	day    calendar.Date
	at     time.Time
	source string
}

// highest is the tier that a member deserves by what was reached or, higher, by the floor that was set by hand (S-T3) and
// by the tiers below which nobody falls.
func (p *Program) highest(m *Member, reached int, day calendar.Date) int {
	reached = max(reached, p.floor(m, day))
	for i := p.rank(m); i > reached; i-- {
		if p.tiers[i].Lasting {
			return i
		}
	}
	return reached
}

// floor is the rank below which a member does not fall on a day, because it was set by hand; -1 if there is none.
func (p *Program) floor(m *Member, day calendar.Date) int {
	if m.Tier.Floor == "" || !m.Tier.FloorUntil.IsZero() && m.Tier.FloorUntil < day {
		return -1
	}
	return p.terms.Tiers.index(m.Tier.Floor)
}

// deserved is the tier that a member deserves on a day.
func (p *Program) deserved(m *Member, day calendar.Date) int {
	return p.highest(m, p.reached(m, day), day)
}

// rise lifts a member at once to a tier that is reached (S-T2).
func (p *Program) rise(m *Member, t turn, out *Outcome) {
	if plan := p.terms.Tiers; plan == nil || plan.Upgrade == UpNextPeriod {
		return
	}
	if rank := p.deserved(m, t.day); rank > p.rank(m) {
		p.move(m, rank, TierUp, t.day, t, out)
	}
}

// promote lifts a member as a period begins to the tier that the last one brought.
func (p *Program) promote(m *Member, t turn, out *Outcome) {
	plan := p.terms.Tiers
	if plan.Upgrade != UpNextPeriod {
		return
	}
	if first, _ := plan.period(m.Joined, t.day); first != t.day {
		return
	}
	measured := plan.lastOf(t.day)
	if rank := p.reached(m, measured); rank > p.rank(m) {
		p.move(m, rank, TierUp, measured, t, out)
	}
}

// lastOf is the day through which the period is measured that ends as a day begins: a window that moves holds that day.
func (plan *TierPlan) lastOf(day calendar.Date) calendar.Date {
	if plan.Window.periodic() {
		return day - 1
	}
	return day
}

// review judges a member as a day begins: on review days and where a version begins.
func (p *Program) review(m *Member, day calendar.Date, at time.Time, first bool, out *Outcome) {
	if p.terms.Tiers == nil {
		return
	}
	t := turn{day, at, "review:" + day.String()}
	if first && p.remap(m, t, out) {
		return
	}
	p.rise(m, t, out)
	p.promote(m, t, out)
	if p.judgedOn(day) && p.rank(m) > p.base() && m.Tier.Until <= day {
		p.judge(m, t, out)
	}
}

// judgedOn reports whether held tiers are judged on a day.
func (p *Program) judgedOn(day calendar.Date) bool {
	plan := p.terms.Tiers
	return plan.Validity.Kind == NoValidity || plan.anyDay() || day.Day() == max(plan.ReviewDay, 1)
}

// anyDay reports whether a tier is judged as soon as its validity ends. What is never lost need not be looked at each day.
func (plan *TierPlan) anyDay() bool { return plan.AtEnd && plan.Downgrade != DownNever }

// remap turns a tier whose meaning the beginning version changes into what it says, and reports whether it did.
func (p *Program) remap(m *Member, t turn, out *Outcome) bool {
	mapped, ok := p.mapping[m.Tier.Code]
	if !ok {
		return false
	}
	if mapped.AtOnce {
		p.move(m, p.deserved(m, t.day), TierMapped, t.day, t, out)
		return true
	}
	until := m.Tier.Until
	p.move(m, p.terms.Tiers.index(mapped.To), TierMapped, t.day, t, out)
	p.valid(m, until, out)
	return true
}

// verdict on a held tier: the tier that is deserved, the day through which that was measured, and from which day on it
// is valid.
type judgement struct {
	rank            int
	measured, valid calendar.Date
}

// weigh judges a held tier by the window that ends with the day. Where the window begins anew, what the period brought
// in which the validity ended counts as well, if it makes the tier last beyond the day; where tiers rise with the next
// period, only that counts.
func (p *Program) weigh(m *Member, day calendar.Date) judgement {
	plan := p.terms.Tiers
	now := judgement{p.reached(m, day), day, day}
	if plan.Window.periodic() {
		first, _ := plan.Window.period(m.Joined, day)
		last := judgement{p.reached(m, first-1), first - 1, first - 1}
		switch {
		case plan.Upgrade == UpNextPeriod:
			now = judgement{last.rank, last.measured, day}
		case last.rank > now.rank && plan.outlasts(m, first, day):
			now = last
		}
	}
	now.rank = p.highest(m, now.rank, day)
	return now
}

// outlasts reports whether a tier that was met in the period before the one that begins with first is valid beyond a day.
func (plan *TierPlan) outlasts(m *Member, first, day calendar.Date) bool {
	switch plan.Validity.Kind {
	case NoValidity:
		return false
	case ValidForMonths:
		return !m.Tier.Until.IsZero() && m.Tier.Until <= first
	default:
		return plan.until(m.Joined, first-1) > day
	}
}

// judge keeps a tier that is still deserved for another validity; else it begins the grace, or ends it. A review inside the
// grace decides nothing: it is held only where something else is due on its day.
func (p *Program) judge(m *Member, t turn, out *Outcome) {
	plan, rank, found := p.terms.Tiers, p.rank(m), p.weigh(m, t.day)
	graced := m.Tier.GraceUntil > t.day
	switch {
	case graced && plan.Validity.Kind != NoValidity:
	case found.rank >= rank:
		p.keep(m, rank, found, t, out)
	case plan.Downgrade == DownNever:
	case plan.Grace > 0 && m.Tier.GraceUntil.IsZero():
		m.Tier.GraceUntil = plan.graceUntil(t.day)
	case graced:
	default:
		p.fall(m, p.fallen(rank, found.rank), found, t, out)
	}
}

// fall brings a member down. A tier that a period has brought is then as safe as if the member had held no higher one.
func (p *Program) fall(m *Member, rank int, found judgement, t turn, out *Outcome) {
	p.move(m, rank, TierDown, found.measured, t, out)
	if rank == found.rank {
		p.valid(m, p.terms.Tiers.until(m.Joined, found.valid), out)
	}
}

// fallen is where a member lands who held one tier and deserves another.
func (p *Program) fallen(rank, deserved int) int {
	if p.terms.Tiers.Downgrade != DownOneStep {
		return deserved
	}
	for rank--; rank > deserved && p.tiers[rank].ByHand; rank-- {
	}
	return rank
}

// keep renews the validity of a tier. Without a validity there is nothing to renew and nothing to tell.
func (p *Program) keep(m *Member, rank int, found judgement, t turn, out *Outcome) {
	plan := p.terms.Tiers
	if plan.Validity.Kind == NoValidity {
		m.Tier.GraceUntil = 0
		return
	}
	since := m.Tier.Since
	p.move(m, rank, TierKept, found.measured, t, out)
	m.Tier.Since = since
	p.valid(m, plan.until(m.Joined, found.valid), out)
}

// move gives a member a tier from a day on and writes it down. Measured is the last day of the window that was looked at.
func (p *Program) move(m *Member, rank int, why TierReason, measured calendar.Date, t turn, out *Outcome) {
	plan := p.terms.Tiers
	change := TierChange{
		Reason: why, From: m.Tier.Code, To: p.codeOf(rank), Amount: p.amount(m, measured), Readings: p.readings(m, measured),
		WindowFrom: plan.Window.from(m.Joined, measured), WindowTo: measured,
		Until: plan.until(m.Joined, t.day), At: t.at, Day: t.day, Source: t.source,
	}
	was := p.rank(m)
	m.Tier.Code, m.Tier.Since, m.Tier.Until, m.Tier.GraceUntil = change.To, t.day, change.Until, 0
	out.Tiers = append(out.Tiers, change)
	if rank > was && (why == TierUp || why == TierSet) {
		p.welcome(m, rank, t, out)
	}
}

// valid sets until when the tier is safe that was just given.
func (p *Program) valid(m *Member, until calendar.Date, out *Outcome) {
	m.Tier.Until = until
	out.Tiers[len(out.Tiers)-1].Until = until
}
