// Package occasions gives what falls due on a day of the member's own: the birthday coupon, and what rules pay on birthdays
// and on the day of joining. It works set-based, a day at a time, and shows beforehand who will get which coupon, and who
// will not and why.
package occasions

import (
	"time"

	"dangol/models/calendar"
)

// birthdays are all days of the year, in every calendar, that fall into a span: at most about 1,100 rows however many
// customers there are. They are kept by column, as unnest takes them.
type birthdays struct {
	calendar   []string
	month, day []int32
	fallsOn    []calendar.Date
	period     []string
}

// between calculates the birthdays that fall on a day from from through through.
func between(from, through calendar.Date, rules calendar.Rules) (b birthdays) {
	for _, kind := range []calendar.Calendar{calendar.Solar, calendar.Lunar, calendar.LunarLeap} {
		for month := time.January; month <= time.December; month++ {
			for day := 1; day <= longest(kind, month); day++ {
				b.add(calendar.Birthday{Calendar: kind, Month: month, Day: day}, from, through, rules)
			}
		}
	}
	return b
}

// longest is the last day that a month can have.
func longest(kind calendar.Calendar, month time.Month) int {
	if kind != calendar.Solar {
		return 30
	}
	return calendar.NewDate(2024, month, 1).EndOfMonth().Day() // a leap year
}

func (b *birthdays) add(birthday calendar.Birthday, from, through calendar.Date, rules calendar.Rules) {
	for _, o := range birthday.Between(from, through, rules) {
		b.calendar = append(b.calendar, string(birthday.Calendar))
		b.month = append(b.month, int32(birthday.Month))
		b.day = append(b.day, int32(birthday.Day))
		b.fallsOn = append(b.fallsOn, o.Date)
		b.period = append(b.period, o.Period)
	}
}
