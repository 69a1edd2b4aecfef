package terms

import (
	"slices"

	"dangol/models/calendar"
)

// Spend is qualifying money by business date, ascending. A loader may give a whole month as one day of it, as long as no
// window that will be asked about begins or ends inside that month.
type Spend []DaySpend

// DaySpend is the money of one day.
type DaySpend struct {
	Day    calendar.Date
	Amount Money
}

// Add puts money (negative: returned) on a day.
func (s *Spend) Add(day calendar.Date, amount Money) {
	at, found := slices.BinarySearchFunc(*s, day, func(d DaySpend, day calendar.Date) int { return int(d.Day - day) })
	if found {
		(*s)[at].Amount += amount
		return
	}
	*s = slices.Insert(*s, at, DaySpend{Day: day, Amount: amount})
}

// Sum is the money of the days in (after, through].
func (s Spend) Sum(after, through calendar.Date) Money {
	var sum Money
	for i := len(s) - 1; i >= 0 && s[i].Day > after; i-- {
		if s[i].Day <= through {
			sum += s[i].Amount
		}
	}
	return sum
}
