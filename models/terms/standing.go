package terms

import (
	"time"

	"dangol/models/calendar"
)

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
	return plan.reached(0)
}

func (plan *TierPlan) index(code string) int {
	for i := range plan.Tiers {
		if plan.Tiers[i].Code == code {
			return i
		}
	}
	return -1
}

// reached is the highest tier whose threshold an amount meets, −1 for none.
func (plan *TierPlan) reached(amount Money) int {
	for i := len(plan.Tiers) - 1; i >= 0; i-- {
		if plan.Tiers[i].Threshold <= amount {
			return i
		}
	}
	return -1
}

// before is the last day that a window which ends with day leaves out.
func (w Window) before(day calendar.Date) calendar.Date {
	if w.Kind == CalendarYear {
		return day.FirstOfYear() - 1
	}
	return day.AddMonths(-w.Months)
}

// Standing is where a member stands on a day: what S-T5 asks to be shown.
type Standing struct {
	Tier       string // held
	Next       string // the next higher one, empty at the top
	Amount     Money  // qualifying, in the window
	ToNext     Money  // how much more reaches Next
	ToKeep     Money  // how much more keeps the held tier at its next review
	Until      calendar.Date
	WindowFrom calendar.Date
}

// Standing says where a member stands on a day; zero if the terms have no tiers.
func (p *Program) Standing(m *Member, day calendar.Date) Standing {
	plan := p.terms.Tiers
	if plan == nil {
		return Standing{}
	}
	rank, amount, from := p.rank(m), p.qualifying(m, day), plan.Window.before(day)+1
	s := Standing{Tier: p.TierOf(m), Amount: amount, WindowFrom: from, Until: m.Tier.Until}
	if rank >= 0 {
		s.ToKeep = max(plan.Tiers[rank].Threshold-amount, 0)
	}
	if rank+1 < len(plan.Tiers) {
		s.Next = plan.Tiers[rank+1].Code
		s.ToNext = max(plan.Tiers[rank+1].Threshold-amount, 0)
	}
	return s
}

// qualifying is the metric over the window that ends with day.
func (p *Program) qualifying(m *Member, day calendar.Date) Money {
	return m.Spend.Sum(p.terms.Tiers.Window.before(day), day)
}

// deserved is the tier that the metric gives or, higher, the floor that was set by hand (S-T1, S-T3).
func (p *Program) deserved(m *Member, day calendar.Date, amount Money) int {
	plan := p.terms.Tiers
	rank := plan.reached(amount)
	if m.Tier.Floor != "" && (m.Tier.FloorUntil.IsZero() || m.Tier.FloorUntil >= day) {
		rank = max(rank, plan.index(m.Tier.Floor))
	}
	return rank
}

// rise lifts a member at once to a tier that is reached (S-T2).
func (p *Program) rise(m *Member, day calendar.Date, at time.Time, source string, out *Outcome) {
	if p.terms.Tiers == nil {
		return
	}
	amount := p.qualifying(m, day)
	if rank := p.deserved(m, day, amount); rank > p.rank(m) {
		p.move(m, rank, TierUp, amount, day, at, source, out)
	}
}

// review judges a member as a day begins: on review days and where a version begins.
func (p *Program) review(m *Member, day calendar.Date, at time.Time, first bool, out *Outcome) {
	if p.terms.Tiers == nil {
		return
	}
	source := "review:" + day.String()
	if first && p.remap(m, day, at, source, out) {
		return
	}
	p.rise(m, day, at, source, out)
	if p.judgedOn(day) && p.rank(m) > p.terms.Tiers.reached(0) && m.Tier.Until <= day {
		p.judge(m, day, at, source, out)
	}
}

// judgedOn reports whether held tiers are judged on a day.
func (p *Program) judgedOn(day calendar.Date) bool {
	return p.terms.Tiers.Validity.Kind == NoValidity || day.Day() == p.terms.Tiers.ReviewDay
}

// remap turns a tier whose meaning the beginning version changes into what it says, and reports whether it did.
func (p *Program) remap(m *Member, day calendar.Date, at time.Time, source string, out *Outcome) bool {
	mapped, ok := p.mapping[m.Tier.Code]
	if !ok {
		return false
	}
	amount := p.qualifying(m, day)
	if mapped.AtOnce {
		p.move(m, p.deserved(m, day, amount), TierMapped, amount, day, at, source, out)
		return true
	}
	until := m.Tier.Until
	p.move(m, p.terms.Tiers.index(mapped.To), TierMapped, amount, day, at, source, out)
	m.Tier.Until = until
	return true
}

// judge keeps a tier that is still deserved for another validity; else it begins the grace, or ends it.
func (p *Program) judge(m *Member, day calendar.Date, at time.Time, source string, out *Outcome) {
	plan := p.terms.Tiers
	amount := p.qualifying(m, day)
	rank, deserved := p.rank(m), p.deserved(m, day, amount)
	switch {
	case deserved == rank:
		p.keep(m, rank, amount, day, at, source, out)
	case plan.Downgrade == DownNever:
	case plan.Grace > 0 && m.Tier.GraceUntil.IsZero():
		m.Tier.GraceUntil = day.AddMonths(plan.Grace)
	case m.Tier.GraceUntil > day:
	case plan.Downgrade == DownOneStep:
		p.move(m, rank-1, TierDown, amount, day, at, source, out)
	default:
		p.move(m, deserved, TierDown, amount, day, at, source, out)
	}
}

// keep renews the validity of a tier. Without a validity there is nothing to renew and nothing to tell.
func (p *Program) keep(m *Member, rank int, amount Money, day calendar.Date, at time.Time, source string, out *Outcome) {
	if p.terms.Tiers.Validity.Kind == NoValidity {
		m.Tier.GraceUntil = 0
		return
	}
	since := m.Tier.Since
	p.move(m, rank, TierKept, amount, day, at, source, out)
	m.Tier.Since = since
}

// move gives a member a tier from a day on and writes it down.
func (p *Program) move(m *Member, rank int, why TierReason, amount Money, day calendar.Date, at time.Time, source string, out *Outcome) {
	plan := p.terms.Tiers
	change := TierChange{
		Reason: why, From: m.Tier.Code, Amount: amount, At: at, Day: day, Source: source,
		WindowFrom: plan.Window.before(day) + 1, WindowTo: day, Until: plan.Validity.until(day),
	}
	if rank >= 0 {
		change.To = plan.Tiers[rank].Code
	}
	m.Tier.Code, m.Tier.Since, m.Tier.Until, m.Tier.GraceUntil = change.To, day, change.Until, 0
	out.Tiers = append(out.Tiers, change)
}

// until is the first day on which a tier reached on a day may be judged; zero: every day.
func (v Validity) until(day calendar.Date) calendar.Date {
	switch v.Kind {
	case ValidForMonths:
		return day.AddMonths(v.Months)
	case ValidNextYear:
		return calendar.NewDate(day.Year()+2, 1, 1)
	default:
		return 0
	}
}

// reviewDue is the first day from a day on, under this version, on which a review may change something.
func (p *Program) reviewDue(m *Member, from calendar.Date) calendar.Date {
	plan := p.terms.Tiers
	if plan == nil || p.rank(m) <= plan.reached(0) || plan.Downgrade == DownNever && plan.Validity.Kind == NoValidity {
		return 0
	}
	if plan.Validity.Kind == NoValidity {
		return p.nightDue(m, from)
	}
	return onDay(max(from, m.Tier.Until, m.Tier.GraceUntil), plan.ReviewDay)
}

// onDay is the first date from a date on with that day of the month.
func onDay(from calendar.Date, day int) calendar.Date {
	if d := from.FirstOfMonth().AddDays(day - 1); d >= from {
		return d
	}
	return from.FirstOfMonth().AddMonths(1).AddDays(day - 1)
}

// nightDue is reviewDue for tiers without validity, which are judged every night: the next night is due for a member who
// has fallen short, else the one on which the first money leaves the window, or a floor ends.
func (p *Program) nightDue(m *Member, from calendar.Date) calendar.Date {
	if p.deserved(m, from, p.qualifying(m, from)) < p.rank(m) {
		return max(from, m.Tier.GraceUntil)
	}
	next, window := earliest{from: from}, p.terms.Tiers.Window
	if floor := m.Tier.FloorUntil; floor >= from {
		next.meet(floor + 1)
	}
	before := window.before(from)
	for _, spent := range m.Spend {
		if spent.Day > before {
			next.meet(window.leaves(spent.Day))
			break
		}
	}
	return next.day
}

// leaves is the first day whose window does not hold a day any more. Months are of different lengths, so the day found
// by adding months is corrected until subtracting them agrees.
func (w Window) leaves(day calendar.Date) calendar.Date {
	if w.Kind == CalendarYear {
		return calendar.NewDate(day.Year()+1, 1, 1)
	}
	d := day.AddMonths(w.Months)
	for w.before(d) < day {
		d++
	}
	for w.before(d-1) >= day {
		d--
	}
	return d
}
