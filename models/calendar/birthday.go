package calendar

import "time"

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

// Between gives the occurrences of a birthday within [from, through], by the rules.
func (b Birthday) Between(from, through Date, rules Rules) []Occurrence {
	panic("calendar: in the next commit")
}
