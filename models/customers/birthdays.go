package customers

import (
	"time"

	"dangol/models/calendar"
	"dangol/models/store"
)

// birthdays walks the days of the month until the page is full: one small query a day, in a large shop one in all.
func birthdays(tx *store.Tx, today calendar.Date, from cursor, limit int) ([]place, error) {
	keys := birthsOf(today.FirstOfMonth(), today.EndOfMonth())
	var all []place
	for day := from.Day; day <= today.EndOfMonth() && len(all) < limit; day++ {
		k := keys[day]
		found, err := placesBy(tx, birthdaySQL, cursor{Day: day, ID: from.ID}, limit-len(all), k.calendars, k.months, k.days)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
		from.ID = 0
	}
	return all, nil
}

// births are birthdays as customers say them, as columns.
type births struct {
	calendars []string
	months    []int32
	days      []int32
}

// birthsOf says for each day which birthdays fall on it, by asking the calendar where every birthday there can be falls.
func birthsOf(from, through calendar.Date) map[calendar.Date]*births {
	keys := map[calendar.Date]*births{}
	for day := from; day <= through; day++ {
		keys[day] = &births{}
	}
	for _, b := range calendar.Birthdays(from, through, calendar.Rules{}) {
		for _, o := range b.Between(from, through, calendar.Rules{}) {
			keys[o.Date].add(b)
		}
	}
	return keys
}

func (k *births) add(b calendar.Birthday) {
	k.calendars = append(k.calendars, string(b.Calendar))
	k.months = append(k.months, int32(b.Month))
	k.days = append(k.days, int32(b.Day))
}

// birthday is the noun's birthday for the calendar; ok is false for who has told none.
func birthday(calendarName *string, month, day *int) (b calendar.Birthday, ok bool) {
	if calendarName == nil || month == nil || day == nil {
		return b, false
	}
	return calendar.Birthday{Calendar: calendar.Calendar(*calendarName), Month: time.Month(*month), Day: *day}, true
}
