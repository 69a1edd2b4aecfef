package terms

import (
	"slices"
	"time"

	"dangol/models/calendar"
)

// Settle runs the day steps of every day after m.SettledTo through day: activations, tiers, ends of lots; the oldest day
// first, going from one day on which something is due to the next. One call over a year does what daily calls do.
func (t *Timeline) Settle(m *Member, through calendar.Date) Outcome {
	var out Outcome
	t.settle(m, through, &out)
	return out
}

func (t *Timeline) settle(m *Member, through calendar.Date, out *Outcome) {
	for day := t.NextDue(m); !day.IsZero() && day <= through; day = t.NextDue(m) {
		t.begin(m, day, out)
		m.SettledTo = day
	}
	m.SettledTo = max(m.SettledTo, through)
}

// begin runs the steps with which a day begins, in their fixed order (S-P5).
func (t *Timeline) begin(m *Member, day calendar.Date, out *Outcome) {
	at := day.In(t.zone)
	for i := range m.Accounts {
		t.activateDue(&m.Accounts[i], day, at, out)
		m.Accounts[i].cancelDue(day, at, out)
	}
	program := t.on(day)
	if program != nil {
		program.claimByItself(m, day, at, out)
	}
	if program != nil && !program.tracks.balance {
		program.review(m, day, at, t.begins(day), out)
	}
	for i := range m.Accounts {
		a := &m.Accounts[i]
		t.expireDue(a, day, at, program != nil && program.spared(m, a.Unit), out)
	}
	if program != nil && program.tracks.balance {
		program.review(m, day, at, t.begins(day), out)
	}
}

func (t *Timeline) activateDue(a *Account, day calendar.Date, at time.Time, out *Outcome) {
	for _, lot := range a.due(func(l *Lot) bool { return l.activatesBy(day) }) {
		a.activate(lot, at, out)
		if t.tracks.earns(a.Unit) { // what is pending was earned: gifts are given at once
			a.Earned.Add(calendar.DateOf(lot.EarnedAt, t.zone), lot.Remaining)
		}
	}
}

// expireDue ends the lots whose last day is past, and prolongs those whose owner was not told, or whose tier spares them.
func (t *Timeline) expireDue(a *Account, day calendar.Date, at time.Time, spared bool, out *Outcome) {
	for _, lot := range a.due(func(l *Lot) bool { return l.endsBefore(day) }) {
		switch {
		case spared:
			a.spare(lot, ForTier, at, out)
		case t.told(&lot):
			a.expire(lot.Seq, at, out)
		default:
			a.spare(lot, ForUntold, at, out)
		}
	}
}

// due copies the lots of which something is due, oldest entry first: what is done to them changes the list.
func (a *Account) due(is func(*Lot) bool) []Lot {
	var due []Lot
	for i := range a.Lots {
		if is(&a.Lots[i]) {
			due = append(due, a.Lots[i])
		}
	}
	slices.SortFunc(due, func(x, y Lot) int { return int(x.Seq - y.Seq) })
	return due
}

func (l *Lot) endsBefore(day calendar.Date) bool {
	return l.Bucket == Available && !l.ExpiresOn.IsZero() && l.ExpiresOn < day
}

// told reports whether the lot may end on its last day: a point is taken away only from somebody who was told.
func (t *Timeline) told(l *Lot) bool {
	latest := l.ExpiresOn.AddDays(-NoticeDays)
	switch t.telling {
	case TellNobody:
		return true
	case TellByOutbox:
		return calendar.DateOf(l.EarnedAt, t.zone) <= latest
	default:
		return !l.ToldOn.IsZero() && l.ToldOn <= latest
	}
}

// spare gives a lot one more month. Whoever was told too late of one end was told in time of the next.
func (a *Account) spare(lot Lot, why ExtensionReason, at time.Time, out *Outcome) {
	a.Lots = slices.DeleteFunc(a.Lots, func(l Lot) bool { return l.Seq == lot.Seq })
	next := monthLater(lot.ExpiresOn)
	out.Extensions = append(out.Extensions, Extension{Unit: a.Unit, Lot: lot.Seq, Reason: why, From: lot.ExpiresOn, To: next, At: at})
	lot.ExpiresOn = next
	a.open(lot)
}

// monthLater keeps an end of month an end of month.
func monthLater(day calendar.Date) calendar.Date {
	if day == day.EndOfMonth() {
		return day.AddDays(1).EndOfMonth()
	}
	return day.AddMonths(1)
}

// NextDue is the first day after m.SettledTo on which a day step may change something; zero if there is none.
func (t *Timeline) NextDue(m *Member) calendar.Date {
	from := max(m.SettledTo, m.Joined) + 1
	next := earliest{from: from}
	for i := range m.Accounts {
		for j := range m.Accounts[i].Lots {
			next.meet(m.Accounts[i].Lots[j].dueOn())
		}
	}
	for _, first := range t.firsts {
		if first >= from {
			next.meet(first)
		}
	}
	if program := t.on(from); program != nil {
		next.meet(program.reviewDue(m, from))
		next.meet(program.dueForRewards(m, from))
	}
	return next.day
}

// dueOn is the day on which a lot's hold ends or is cancelled, or on which it is past; zero if none of these will be.
func (l *Lot) dueOn() calendar.Date {
	switch {
	case l.Bucket == Pending && l.Awaits != "":
		return l.CancelsOn
	case l.Bucket == Pending:
		return l.ActivatesOn
	case l.ExpiresOn.IsZero():
		return 0
	default:
		return l.ExpiresOn + 1
	}
}

// earliest keeps the first of the days that it meets; days before from are overdue and count as from, no day as none.
type earliest struct{ from, day calendar.Date }

func (e *earliest) meet(day calendar.Date) {
	if day.IsZero() {
		return
	}
	if day = max(day, e.from); e.day.IsZero() || day < e.day {
		e.day = day
	}
}
