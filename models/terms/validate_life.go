package terms

import (
	"slices"

	"dangol/models/calendar"
)

// Bounds of how long points last and wait.
const (
	maxMonths = 600
	maxDays   = 18_250
	maxDates  = 20 // of a year
	maxWait   = 365
)

// unitEnds comes after the tiers, which it may name.
func (v *validator) unitEnds() {
	for i := range v.terms.Units {
		v.expiry(pointer("/units").index(i).key("expiry"), &v.terms.Units[i].Expiry)
	}
}

// expiry checks how points of a unit or of a rule end.
func (v *validator) expiry(at pointer, e *Expiry) {
	v.ends(at, e)
	if e.Kind == Inactivity {
		v.activities(at.key("by"), e.By)
	} else if len(e.By) > 0 {
		v.add(at.key("by"), "only_with", "field", string(Inactivity))
	}
	seen := map[string]bool{}
	for i := range e.Tiers {
		at, t := at.key("tiers").index(i), &e.Tiers[i]
		v.known(at.key("tier"), t.Tier, v.tiers)
		if seen[t.Tier] {
			v.add(at.key("tier"), "taken", "value", t.Tier)
		}
		seen[t.Tier] = true
		if len(t.Expiry.Tiers) > 0 {
			v.within(at.key("expiry").key("tiers"), int64(len(t.Expiry.Tiers)), 0, 0)
			continue
		}
		v.expiry(at.key("expiry"), &t.Expiry)
	}
}

// ends checks the figures that the kind wants, and that there are no others.
func (v *validator) ends(at pointer, e *Expiry) {
	oneOf(&v.faults, at.key("kind"), e.Kind, Never, Rolling, RollingDays, OnDates, Inactivity)
	months, days := bounds{}, bounds{}
	switch e.Kind {
	case Rolling:
		months = bounds{1, maxMonths}
	case RollingDays:
		days = bounds{1, maxDays}
	case OnDates:
		months = bounds{0, maxMonths}
	case Inactivity:
		months, days = bounds{0, maxMonths}, bounds{0, maxDays}
		if (e.Months > 0) == (e.Days > 0) {
			v.add(at, "exactly_one", "fields", []string{"months", "days"})
		}
	}
	v.within(at.key("months"), int64(e.Months), months.least, months.most)
	v.within(at.key("days"), int64(e.Days), days.least, days.most)
	v.roundUp(at, e.Until, e.Month, e.Kind == Rolling || e.Kind == RollingDays || e.Kind == Inactivity)
	v.fixedDates(at.key("dates"), e)
}

type bounds struct{ least, most int64 }

// roundUp checks the end to which a day is moved; rounds says whether there is a day that can be.
func (v *validator) roundUp(at pointer, to RoundUp, month int, rounds bool) {
	if !rounds {
		oneOf(&v.faults, at.key("until"), to, "")
	} else {
		oneOf(&v.faults, at.key("until"), to, "", ToDay, ToMonth, ToQuarter, ToHalfYear, ToYear, ToGivenMonth)
	}
	given := bounds{}
	if to == ToGivenMonth {
		given = bounds{1, 12}
	}
	v.within(at.key("month"), int64(month), given.least, given.most)
}

func (v *validator) fixedDates(at pointer, e *Expiry) {
	if e.Kind != OnDates {
		v.within(at, int64(len(e.Dates)), 0, 0)
		return
	}
	v.within(at, int64(len(e.Dates)), 1, maxDates)
	for i, d := range e.Dates {
		v.within(at.index(i).key("month"), int64(d.Month), 1, 12)
		if d.Month >= 1 && d.Month <= 12 {
			v.within(at.index(i).key("day"), int64(d.Day), 1, int64(calendar.NewDate(2028, 1, 1).AddMonths(d.Month-1).EndOfMonth().Day()))
		}
		if slices.Contains(e.Dates[:i], d) {
			v.add(at.index(i), "taken", "value", d)
		}
	}
}

func (v *validator) activities(at pointer, by []Activity) {
	v.within(at, int64(len(by)), 1, 3)
	for i, activity := range by {
		oneOf(&v.faults, at.index(i), activity, ByPurchase, ByEarning, ByUsing)
		if slices.Contains(by[:i], activity) {
			v.add(at.index(i), "taken", "value", string(activity))
		}
	}
}

// hold checks that one thing at most says when it ends.
func (v *validator) hold(at pointer, h *Hold) {
	v.within(at.key("days"), int64(h.Days), 0, maxWait)
	v.within(at.key("months"), int64(h.Months), 0, 12)
	v.roundUp(at, h.Until, h.Month, h.Months > 0 || h.Until != ToDay)
	v.within(at.key("plus_months"), int64(h.Plus), 0, 12)
	if h.Plus > 0 && (h.Until == "" || h.Until == ToDay) {
		v.add(at.key("plus_months"), "only_with", "field", "until")
	}
	v.within(at.key("within_days"), int64(h.Within), 0, maxWait)
	if h.Within > 0 && h.Event == "" {
		v.add(at.key("within_days"), "only_with", "field", "event")
	}
	if h.Event != "" && !validCode(h.Event) {
		v.add(at.key("event"), "malformed", "value", h.Event)
	}
	ways := 0
	for _, said := range []bool{h.Days > 0, h.Months > 0 || h.Until != "", !h.Date.IsZero(), h.Event != ""} {
		if said {
			ways++
		}
	}
	if ways > 1 {
		v.add(at, "exactly_one", "fields", []string{"days", "months", "date", "event"})
	}
}
