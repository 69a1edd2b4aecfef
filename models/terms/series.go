package terms

import (
	"slices"

	"dangol/models/calendar"
)

// Series is what was counted by business date, ascending: money, points, orders, visits. A loader may give a whole month
// as its first day, as long as no window that will be asked about begins or ends inside that month.
type Series []DayAmount

// DayAmount is what one day counts.
type DayAmount struct {
	Day    calendar.Date
	Amount int64
}

// Add counts an amount (negative: taken back) on a day.
func (s *Series) Add(day calendar.Date, amount int64) {
	at, found := slices.BinarySearchFunc(*s, day, func(d DayAmount, day calendar.Date) int { return int(d.Day - day) })
	if found {
		(*s)[at].Amount += amount
		return
	}
	*s = slices.Insert(*s, at, DayAmount{Day: day, Amount: amount})
}

// Sum is what the days in (after, through] count.
func (s Series) Sum(after, through calendar.Date) int64 {
	var sum int64
	for i := len(s) - 1; i >= 0 && s[i].Day > after; i-- {
		if s[i].Day <= through {
			sum += s[i].Amount
		}
	}
	return sum
}

// first is the first day after a day on which something was counted; zero if there is none.
func (s Series) first(after calendar.Date) calendar.Date {
	for i := range s {
		if s[i].Day > after {
			return s[i].Day
		}
	}
	return 0
}

// Visit is a business date at a store: how many orders made it, returned ones too.
type Visit struct {
	Day    calendar.Date
	Store  string
	Orders int64
}

// Note counts an order towards tiers and towards the number of orders, whether or not it earns.
func (m *Member) Note(day calendar.Date, store string, spend Money) {
	m.Orders++
	m.Spend.Add(day, spend)
	m.Bought.Add(day, 1)
	visit := m.visit(day, store)
	if visit.Orders++; visit.Orders == 1 {
		m.Visits.Add(day, 1)
	}
}

// forget takes an order off that has never been; one that was returned stays a visit.
func (m *Member) forget(day calendar.Date, store string) {
	visit := m.visit(day, store)
	if visit.Orders--; visit.Orders == 0 {
		m.Visits.Add(day, -1)
	}
}

func (m *Member) visit(day calendar.Date, store string) *Visit {
	at := slices.IndexFunc(m.Seen, func(v Visit) bool { return v.Day == day && v.Store == store })
	if at < 0 {
		at = len(m.Seen)
		m.Seen = append(m.Seen, Visit{Day: day, Store: store})
	}
	return &m.Seen[at]
}

// number is the value of a custom number, 0 if none was ever given.
func (m *Member) number(code string) int64 {
	for i := range m.Numbers {
		if m.Numbers[i].Code == code {
			return m.Numbers[i].Value
		}
	}
	return 0
}

// set gives a custom number its value.
func (m *Member) set(n NumberValue) {
	for i := range m.Numbers {
		if m.Numbers[i].Code == n.Code {
			m.Numbers[i] = n
			return
		}
	}
	m.Numbers = append(m.Numbers, n)
}
