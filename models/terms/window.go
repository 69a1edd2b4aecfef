package terms

import (
	"time"

	"dangol/models/calendar"
)

// months is how many months a period of a calendar window has, 0 for the other windows.
func (kind WindowKind) months() int {
	switch kind {
	case CalendarMonth:
		return 1
	case CalendarQuarter:
		return 3
	case CalendarHalf:
		return 6
	case CalendarYear:
		return 12
	default:
		return 0
	}
}

// periodic reports whether a window begins anew instead of moving with the day.
func (w Window) periodic() bool { return w.Kind == MemberYear || w.Kind.months() > 0 }

// period is the first day of the period of a periodic window in which a day lies, and the first of the next one.
func (w Window) period(joined, day calendar.Date) (first, next calendar.Date) {
	if w.Kind == MemberYear {
		return memberYear(joined, day)
	}
	return stretch(w.Kind.months(), day)
}

// stretch is the part of the calendar of so many months in which a day lies.
func stretch(months int, day calendar.Date) (first, next calendar.Date) {
	year, month, _ := day.Date()
	first = calendar.NewDate(year, month-(month-1)%time.Month(months), 1)
	return first, first.AddMonths(months)
}

// memberYear is the year between two anniversaries in which a day lies; who joined on 29 February has them on the 28th
// where there is none.
func memberYear(joined, day calendar.Date) (first, next calendar.Date) {
	years := day.Year() - joined.Year()
	if joined.AddMonths(12*years) > day {
		years--
	}
	return joined.AddMonths(12 * years), joined.AddMonths(12 * (years + 1))
}

// before is the last day that a window which ends with day leaves out.
func (w Window) before(joined, day calendar.Date) calendar.Date {
	switch {
	case w.periodic():
		first, _ := w.period(joined, day)
		return first - 1
	case w.Kind == RollingMonths:
		return day.AddMonths(-w.Months)
	default:
		return beginning
	}
}

// from is the first day of a window that ends with day; zero: it has no beginning.
func (w Window) from(joined, day calendar.Date) calendar.Date {
	if before := w.before(joined, day); before != beginning {
		return before + 1
	}
	return 0
}

// beginning is before every day that anything could have been counted on.
const beginning calendar.Date = -1 << 20

// leaves is the first day whose window does not hold a day any more; zero: there is none. Months are of different
// lengths, so the day found by adding months is corrected until subtracting them agrees.
func (w Window) leaves(joined, day calendar.Date) calendar.Date {
	switch {
	case w.periodic():
		_, next := w.period(joined, day)
		return next
	case w.Kind != RollingMonths:
		return 0
	}
	d := day.AddMonths(w.Months)
	for w.before(joined, d) < day {
		d++
	}
	for w.before(joined, d-1) >= day {
		d--
	}
	return d
}

// period is the one in which a day lies: of the window or, where that has none, the month that begins with the review day.
func (plan *TierPlan) period(joined, day calendar.Date) (first, next calendar.Date) {
	if plan.Window.periodic() {
		return plan.Window.period(joined, day)
	}
	next = onDay(day+1, max(plan.ReviewDay, 1))
	return next.AddMonths(-1), next
}

// onDay is the first date from a date on with that day of the month.
func onDay(from calendar.Date, day int) calendar.Date {
	if d := from.FirstOfMonth().AddDays(day - 1); d >= from {
		return d
	}
	return from.FirstOfMonth().AddMonths(1).AddDays(day - 1)
}

// until is the first day on which a tier reached on a day may be judged; zero: every day.
func (plan *TierPlan) until(joined, day calendar.Date) (end calendar.Date) {
	v := &plan.Validity
	switch v.Kind {
	case ValidForMonths:
		end = day.AddMonths(v.Months)
	case ValidPeriod:
		_, end = plan.period(joined, day)
	case ValidNextPeriod:
		_, next := plan.period(joined, day)
		_, end = plan.period(joined, next)
	case ValidNextYear:
		end = calendar.NewDate(day.Year()+2, 1, 1)
	case ValidToDate:
		end = v.date(day.Year()) + 1
		if end <= day {
			end = v.date(day.Year()+1) + 1
		}
	default:
		return 0
	}
	return end.AddMonths(v.ExtendMonths).AddDays(v.ExtendDays)
}

func (v *Validity) date(year int) calendar.Date {
	return calendar.NewDate(year, time.Month(v.Month), v.Day)
}

// graceUntil is the day on which the grace of a member ends who fails a review on a day.
func (plan *TierPlan) graceUntil(day calendar.Date) calendar.Date {
	end := day.AddMonths(plan.Grace)
	if months := plan.GraceTo.months(); months > 0 {
		_, end = stretch(months, end-1)
	}
	return end
}

func (p Period) months() int {
	switch p {
	case MonthPeriod:
		return 1
	case QuarterPeriod:
		return 3
	case HalfPeriod:
		return 6
	case YearPeriod:
		return 12
	default:
		return 0
	}
}
