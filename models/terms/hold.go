package terms

import (
	"time"

	"dangol/models/calendar"
)

// Hold delays an award: it is pending, visible and of no use, until its hold ends as a day begins. At most one of Days,
// Months or Until, Date and Event says when. NextVisit gives it at once but lets nobody spend it before the next business date.
type Hold struct {
	Days      int           `json:"days,omitempty"` // until local midnight of the order's date plus so many
	NextVisit bool          `json:"next_visit,omitempty"`
	Months    int           `json:"months,omitempty"`
	Until     RoundUp       `json:"until,omitempty"`       // through the end of the period in which the order, or that many months later, lies
	Month     int           `json:"month,omitempty"`       // with until a given month: 1 to 12
	Plus      int           `json:"plus_months,omitempty"` // with until: and so many months more
	Date      calendar.Date `json:"date,omitzero"`         // until this date; what comes later is not held
	Event     string        `json:"event,omitempty"`       // until this is reported of the order: "delivered"
	Within    int           `json:"within_days,omitempty"` // event: cancelled if it has not come by the end of so many days; 0: waits for ever
}

// PaysLater reports whether points of some purchase are not there on the spot.
func (t *Terms) PaysLater() bool {
	return t.any(func(r *Rule) bool {
		hold := r.Hold
		hold.NextVisit = false
		return hold != Hold{} && (r.When == OnPurchase || r.When == OnFirstPurchase)
	})
}

// ends is the day on which a hold of an order of a day ends; zero if there is none, or if an event ends it.
func (h *Hold) ends(day calendar.Date) calendar.Date {
	switch {
	case h.Days > 0:
		return day.AddDays(h.Days)
	case h.Months > 0 && (h.Until == "" || h.Until == ToDay):
		return day.AddMonths(h.Months)
	case h.Months > 0 || h.Until != "":
		return (h.Until.end(day.AddMonths(h.Months), h.Month) + 1).AddMonths(h.Plus)
	case h.Date > day:
		return h.Date
	default:
		return 0
	}
}

// date says from when to when the points of an award live. Those that wait for an event get their last day when it comes
// (S-P1).
func (p *Program) date(a *Award, r *rule, day calendar.Date, tier string) {
	if r.Hold.NextVisit {
		a.UsableFrom = day.AddDays(1)
	}
	if r.Hold.Event != "" {
		a.Awaits = r.Hold.Event
		if r.Hold.Within > 0 {
			a.CancelsOn = day.AddDays(r.Hold.Within + 1)
		}
		return
	}
	a.ActivatesOn = r.Hold.ends(day)
	first, expiry := max(day, a.ActivatesOn), r.unit.expiry(&r.Expiry, tier)
	a.ExpiresOn = expiry.LastDay(first)
	for n := 1; n < r.Parts.Of; n++ {
		on := r.Parts.after(first, n)
		a.Later = append(a.Later, Part{on, expiry.LastDay(on)})
	}
}

// Happened is the report of an event that awards of an order wait for.
type Happened struct {
	Event string // as Hold.Event names it
	Order string // the order's source
	At    time.Time
	Day   calendar.Date
}

// Release ends the holds of an order that wait for an event. p is the version of the order. The points last from the
// event's day on, by the tier that is held now. What has been cancelled meanwhile, or taken back, does not come again; an
// event that nothing waits for does nothing.
func (p *Program) Release(m *Member, e *Happened) Outcome {
	out := Outcome{Day: e.Day}
	for i := range m.Accounts {
		a := &m.Accounts[i]
		waiting := a.due(func(l *Lot) bool { return l.Bucket == Pending && l.Awaits == e.Event && l.Source == e.Order })
		for _, lot := range waiting {
			lot.ExpiresOn = p.expiryOf(m, a.Unit, lot.Rule).LastDay(e.Day)
			a.activate(lot, e.At, &out)
			if p.tracks.earns(a.Unit) {
				a.Earned.Add(calendar.DateOf(lot.EarnedAt, p.zone), lot.Remaining)
			}
		}
	}
	return out
}

// expiryOf is how points of a rule end for a member; a rule or a unit that is gone says nothing, and they never do.
func (p *Program) expiryOf(m *Member, unit, code string) *Expiry {
	u := p.Unit(unit)
	if u == nil {
		return &Expiry{Kind: Never}
	}
	for i := range p.rules {
		if r := &p.rules[i]; r.Code == code {
			return u.expiry(&r.Expiry, p.TierOf(m))
		}
	}
	return u.expiry(nil, p.TierOf(m))
}

// cancelDue takes back what waited for an event that has not come in time (S-P2).
func (a *Account) cancelDue(day calendar.Date, at time.Time, out *Outcome) {
	for _, lot := range a.due(func(l *Lot) bool { return l.Awaits != "" && !l.CancelsOn.IsZero() && l.CancelsOn <= day }) {
		mv := Movement{Kind: CancelHold, Bucket: Pending, At: at, OccurredAt: at, Source: lotSource("cancel", lot.Seq), Reverses: lot.Seq}
		a.claw(mv, lot.Remaining, func(l *Lot) bool { return l.Seq == lot.Seq }, nil, out)
	}
}

// activatesBy reports whether a lot's hold has ended as a day begins.
func (l *Lot) activatesBy(day calendar.Date) bool {
	return l.Bucket == Pending && l.Awaits == "" && l.ActivatesOn <= day
}
