package calendar

import (
	"strconv"
	"time"
)

// Calendar is the calendar by which somebody counts a birthday.
type Calendar string

// The calendars.
const (
	Solar     Calendar = "solar"
	Lunar     Calendar = "lunar"
	LunarLeap Calendar = "lunar_leap" // born in a leap month
)

// Birthday is a day of the year as its owner says it: "29 February", "음 11/20", "음 윤6/1".
type Birthday struct {
	Calendar Calendar
	Month    time.Month
	Day      int
}

// Rules say what becomes of a birthday in a year that does not have it. The zero value is the usual choice.
type Rules struct {
	LeapDay   LeapDay   `json:"leap_day,omitempty"`
	LeapMonth LeapMonth `json:"leap_month,omitempty"`
}

// LeapDay says where 29 February falls in a common year; Feb28 unless it says otherwise.
type LeapDay string

// The choices for 29 February.
const (
	Feb28    LeapDay = "feb28"
	Mar1     LeapDay = "mar1"
	LeapOnly LeapDay = "leap_only"
)

// LeapMonth says when births in a leap month are celebrated; PlainMonth unless it says otherwise.
type LeapMonth string

// The choices for births in a leap month.
const (
	PlainMonth  LeapMonth = "plain" // always in the plain month of the same number
	InLeapMonth LeapMonth = "leap"  // in the leap month in years that have that one, else in the plain month
)

// Occurrence is a birthday in one year of its own calendar.
type Occurrence struct {
	Date   Date
	Period string // "solar:2026" or "lunar:2026": once in each
}

// Between gives the occurrences of a birthday within [from, through], in order. A lunar birthday falls once in a lunar
// year, so a solar year may have two of them or none; after LastLunar there are none.
func (b Birthday) Between(from, through Date, rules Rules) []Occurrence {
	var found []Occurrence
	for year := from.Year() - 1; year <= through.Year(); year++ {
		if day, ok := b.in(year, rules); ok && day >= from && day <= through {
			found = append(found, Occurrence{Date: day, Period: b.period(year)})
		}
	}
	return found
}

// Valid reports whether the calendar has such a day in some year.
func (b Birthday) Valid() bool {
	switch b.Calendar {
	case Solar:
		const leapYear = 2000
		return b.Month >= 1 && b.Month <= 12 && b.Day >= 1 && NewDate(leapYear, b.Month, b.Day).Month() == b.Month
	case Lunar, LunarLeap:
		return b.Month >= 1 && b.Month <= 12 && b.Day >= 1 && b.Day <= 30
	default:
		return false
	}
}

// in is the day of the birthday in a year of its own calendar.
func (b Birthday) in(year int, rules Rules) (Date, bool) {
	if !b.Valid() {
		return 0, false
	}
	if b.Calendar == Solar {
		return b.solar(year, rules.LeapDay)
	}
	leap, _ := LunarLeapMonth(year)
	inLeap := b.Calendar == LunarLeap && rules.LeapMonth == InLeapMonth && leap == b.Month
	return lastLunarDay(LunarDate{Year: year, Month: b.Month, Day: b.Day, Leap: inLeap})
}

// solar moves 29 February where the year has none.
func (b Birthday) solar(year int, rule LeapDay) (Date, bool) {
	day := NewDate(year, b.Month, b.Day)
	if day.Month() == b.Month {
		return day, true
	}
	switch rule {
	case LeapOnly:
		return 0, false
	case Mar1:
		return day, true
	default:
		return day - 1, true
	}
}

// lastLunarDay takes the 29th where a month has no 30th.
func lastLunarDay(l LunarDate) (Date, bool) {
	day, ok := l.Date()
	if !ok && l.Day == 30 {
		l.Day = 29
		return l.Date()
	}
	return day, ok
}

func (b Birthday) period(year int) string {
	if b.Calendar == Solar {
		return "solar:" + strconv.Itoa(year)
	}
	return "lunar:" + strconv.Itoa(year)
}

// Birthdays lists all birthdays, as their owners say them, of which one falls within [from, through].
func Birthdays(from, through Date, rules Rules) (all []Birthday) {
	for _, c := range []Calendar{Solar, Lunar, LunarLeap} {
		for month := time.January; month <= time.December; month++ {
			for day := 1; day <= 31; day++ {
				if b := (Birthday{Calendar: c, Month: month, Day: day}); len(b.Between(from, through, rules)) > 0 {
					all = append(all, b)
				}
			}
		}
	}
	return all
}
