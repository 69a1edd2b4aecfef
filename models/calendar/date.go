// Package calendar knows dates and nothing else: business dates, the Korean lunar calendar, and the days on which
// birthdays fall. It is pure; what the time is now, and where, its callers say.
package calendar

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Date is a calendar day, counted in days since 1970-01-01. It has no zone: a business date is a date in its
// merchant's zone, and becomes a moment only through In. The zero value is 1970-01-01 and serves as "no date",
// since no shop's history begins there.
type Date int32

const (
	layout        = "2006-01-02"
	secondsPerDay = 86_400
)

// ErrDate says that a text is no date.
var ErrDate = errors.New("calendar: a date is written YYYY-MM-DD")

// NewDate gives the date of a year, month and day; values beyond their range carry over, as time.Date does.
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// DateOf gives the date on which t falls at loc.
func DateOf(t time.Time, loc *time.Location) Date {
	year, month, day := t.In(loc).Date()
	return NewDate(year, month, day)
}

// Parse reads "2026-11-22". It returns ErrDate for anything else, also for days that no month has.
func Parse(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return 0, fmt.Errorf("%w: %q", ErrDate, s)
	}
	return Date(t.Unix() / secondsPerDay), nil
}

// MustParse is Parse for constants in code; it panics on a text that is no date.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// IsZero reports whether d stands for "no date".
func (d Date) IsZero() bool { return d == 0 }

// utc is the midnight of d in UTC, on which the standard library can calculate.
func (d Date) utc() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// Date gives year, month and day at once.
func (d Date) Date() (year int, month time.Month, day int) { return d.utc().Date() }

// Year is the calendar year.
func (d Date) Year() int { return d.utc().Year() }

// Month is the calendar month.
func (d Date) Month() time.Month { return d.utc().Month() }

// Day is the day of the month, from 1.
func (d Date) Day() int { return d.utc().Day() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// AddDays moves by n days.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// AddMonths moves by n months and clamps to the end of the month: 31 January and one month is 28 February.
func (d Date) AddMonths(n int) Date {
	year, month, day := d.Date()
	months := year*12 + int(month) - 1 + n
	year, month = months/12, time.Month(months%12+1)
	return civil(year, month, min(day, daysIn(year, month)))
}

// civil is NewDate for a day that is there, in a year of our era. Years begin in March, so that the leap day ends one.
func civil(year int, month time.Month, day int) Date {
	year, months := year-int(14-month)/12, (int(month)+9)%12
	return Date(365*year + year/4 - year/100 + year/400 + (153*months+2)/5 + day - 719_469)
}

// daysIn is the length of a month.
func daysIn(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	default:
		return 31
	}
}

// FirstOfMonth is the first day of d's month.
func (d Date) FirstOfMonth() Date { return d.AddDays(1 - d.Day()) }

// Monday of the date's ISO week.
func (d Date) Monday() Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// EndOfMonth is the last day of d's month.
func (d Date) EndOfMonth() Date {
	year, month, day := d.Date()
	return d.AddDays(daysIn(year, month) - day)
}

// FirstOfYear is 1 January of d's year.
func (d Date) FirstOfYear() Date { return NewDate(d.Year(), time.January, 1) }

// In is the moment at which d begins at loc. Where the clocks are put forward over midnight, it is the first
// moment after the gap.
func (d Date) In(loc *time.Location) time.Time {
	year, month, day := d.Date()
	t := time.Date(year, month, day, 0, 0, 0, 0, loc)
	if t.Day() != day {
		return t.Add(time.Duration(24-t.Hour()) * time.Hour)
	}
	return t
}

// String writes "2026-11-22".
func (d Date) String() string { return string(d.append(make([]byte, 0, len(layout)))) }

func (d Date) append(b []byte) []byte { return d.utc().AppendFormat(b, layout) }

// MarshalText writes the date as JSON and forms have it; "no date" is the empty text.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return []byte{}, nil
	}
	return d.append(nil), nil
}

// UnmarshalText reads what MarshalText wrote, or returns ErrDate.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	*d, err = Parse(string(text))
	return err
}

// Value stores the date; "no date" is NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.utc(), nil
}

// Scan reads a date column, given as time, text or NULL.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = 0
	case time.Time:
		*d = DateOf(v, v.Location())
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	default:
		return errors.New("calendar: cannot read a date from " + strconv.Quote(fmt.Sprintf("%T", src)))
	}
	return nil
}
