package terms

import (
	"slices"
	"time"

	"dangol/models/calendar"
)

// Expiry says how long a lot lasts from the day on which it becomes usable (S-P1), its last day included (S-P3). Months
// clamp to the month's end: 31 January and one month is 28 February.
type Expiry struct {
	Kind   ExpiryKind   `json:"kind"`
	Months int          `json:"months,omitempty"` // rolling, inactivity: so many; dates: at least so many
	Days   int          `json:"days,omitempty"`   // rolling_days, inactivity (instead of months)
	Until  RoundUp      `json:"until,omitempty"`  // rounded up to that end; empty: rolling to its month's, the others not
	Month  int          `json:"month,omitempty"`  // with until a given month: 1 to 12
	Dates  []YearDay    `json:"dates,omitempty"`  // dates: the next of these, at most 20
	By     []Activity   `json:"by,omitempty"`     // inactivity: what counts as activity
	Tiers  []TierExpiry `json:"tiers,omitempty"`  // what members of a tier have instead
}

// ExpiryKind names the ways in which a lot ends.
type ExpiryKind string

// The kinds of expiry.
const (
	Never       ExpiryKind = "never"
	Rolling     ExpiryKind = "rolling"
	RollingDays ExpiryKind = "rolling_days"
	OnDates     ExpiryKind = "dates"      // fixed days of the calendar
	Inactivity  ExpiryKind = "inactivity" // rolling, but every activity prolongs all lots of the unit
)

// RoundUp moves a day to the end of a period that it lies in (S-P4).
type RoundUp string

// The ends.
const (
	ToDay        RoundUp = "day" // not at all
	ToMonth      RoundUp = "month"
	ToQuarter    RoundUp = "quarter"
	ToHalfYear   RoundUp = "half_year"
	ToYear       RoundUp = "year"
	ToGivenMonth RoundUp = "given_month" // the next end of Month
)

// YearDay is a day of every year; 29 February is the 28th where there is none.
type YearDay struct {
	Month int `json:"month"`
	Day   int `json:"day"`
}

// Activity is what a member does.
type Activity string

// The activities.
const (
	ByPurchase Activity = "purchase" // an order, whether or not it earns
	ByEarning  Activity = "earn"     // points of the unit, by a rule, by hand or from somebody else
	ByUsing    Activity = "redeem"   // points of the unit, whatever for
)

// TierExpiry is an expiry for the holders of a tier, by the tier held when the points come. Points that would end while
// their owner holds a tier whose points never do are prolonged by a month, and again.
type TierExpiry struct {
	Tier   string `json:"tier"`
	Expiry Expiry `json:"expiry"`
}

// IsZero reports whether nothing is said.
func (e Expiry) IsZero() bool { return e.Kind == "" }

// For is what the holders of a tier have.
func (e *Expiry) For(tier string) *Expiry {
	for i := range e.Tiers {
		if e.Tiers[i].Tier == tier {
			return &e.Tiers[i].Expiry
		}
	}
	return e
}

// LastDay is the last day of a lot that becomes usable on a day; zero if it never ends.
func (e *Expiry) LastDay(from calendar.Date) calendar.Date {
	switch e.Kind {
	case Rolling:
		return e.round(from.AddMonths(e.Months), ToMonth)
	case RollingDays, Inactivity:
		return e.round(from.AddDays(e.Days).AddMonths(e.Months), ToDay)
	case OnDates:
		return e.next(from.AddMonths(e.Months))
	default:
		return 0
	}
}

func (e *Expiry) round(day calendar.Date, otherwise RoundUp) calendar.Date {
	if e.Until != "" {
		otherwise = e.Until
	}
	return otherwise.end(day, e.Month)
}

// end is the last day of the period in which a day lies.
func (to RoundUp) end(day calendar.Date, month int) calendar.Date {
	var wait int // so many months
	switch now := int(day.Month()); to {
	case ToMonth:
		return day.EndOfMonth()
	case ToQuarter:
		wait = 2 - (now-1)%3
	case ToHalfYear:
		wait = 5 - (now-1)%6
	case ToYear:
		wait = 12 - now
	case ToGivenMonth:
		wait = (month - now + 12) % 12
	default:
		return day
	}
	return day.FirstOfMonth().AddMonths(wait).EndOfMonth()
}

// next is the first of the fixed dates that is not before a day.
func (e *Expiry) next(day calendar.Date) (first calendar.Date) {
	for year := day.Year(); first.IsZero() && year <= day.Year()+1; year++ {
		for _, d := range e.Dates {
			if on := d.in(year); on >= day && (first.IsZero() || on < first) {
				first = on
			}
		}
	}
	return first
}

func (d YearDay) in(year int) calendar.Date {
	month := calendar.NewDate(year, time.Month(d.Month), 1)
	return min(month.AddDays(d.Day-1), month.EndOfMonth())
}

// expiry is how the points of a unit end for a member: as the rule that gives them says, else the unit.
func (u *Unit) expiry(own *Expiry, tier string) *Expiry {
	if own != nil && !own.IsZero() {
		return own.For(tier)
	}
	return u.Expiry.For(tier)
}

// lastDay is the last day of points of a unit that a member can use from a day on.
func (p *Program) lastDay(m *Member, u *Unit, from calendar.Date) calendar.Date {
	return u.expiry(nil, p.TierOf(m)).LastDay(from)
}

// active prolongs the member's points of every unit that lives by this activity; unit is the one whose points moved.
func (p *Program) active(m *Member, what Activity, unit string, day calendar.Date, at time.Time, out *Outcome) {
	for i := range p.terms.Units {
		u := &p.terms.Units[i]
		e := u.Expiry.For(p.TierOf(m))
		if e.Kind == Inactivity && slices.Contains(e.By, what) && (what == ByPurchase || u.Code == unit) {
			m.Account(u.Code).prolong(e.LastDay(day), p.ownEnd, at, out)
		}
	}
}

// ownEnd reports whether a lot ends as its rule says, whatever the unit's others do.
func (p *Program) ownEnd(l *Lot) bool {
	for i := range p.rules {
		if r := &p.rules[i]; r.Code == l.Rule {
			return !r.Expiry.IsZero()
		}
	}
	return false
}

// prolong moves the last day of every lot that would end before a day, but for those that are kept out of it. Whoever was
// told of the old end was not told of the new one.
func (a *Account) prolong(last calendar.Date, except func(*Lot) bool, at time.Time, out *Outcome) {
	for i := range a.Lots {
		l := &a.Lots[i]
		if l.ExpiresOn.IsZero() || l.ExpiresOn >= last || except(l) {
			continue
		}
		out.Extensions = append(out.Extensions, Extension{Unit: a.Unit, Lot: l.Seq, Reason: ForActivity, From: l.ExpiresOn, To: last, At: at})
		l.ExpiresOn, l.ToldOn = last, 0
	}
	a.Sort()
}

// spared reports whether a member's lots of a unit do not end now because of the tier that is held.
func (p *Program) spared(m *Member, unit string) bool {
	u := p.Unit(unit)
	return u != nil && len(u.Expiry.Tiers) > 0 && u.Expiry.For(p.TierOf(m)).Kind == Never
}
