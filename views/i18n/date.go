package i18n

import (
	"fmt"
	"time"

	"dangol/models/calendar"
)

var (
	koreanDays    = [...]string{"일", "월", "화", "수", "목", "금", "토"}
	englishMonths = [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
)

// Date writes "2026. 11. 22." or "Nov 22, 2026".
func (p *Printer) Date(d calendar.Date) string {
	year, month, day := d.Date()
	if p.Locale == English {
		return fmt.Sprintf("%s %d, %d", englishMonths[month-1], day, year)
	}
	return fmt.Sprintf("%d. %d. %d.", year, month, day)
}

// Day writes a date of about now, with its weekday: "11. 22. (일)", "Sun, Nov 22".
func (p *Printer) Day(d calendar.Date) string {
	_, month, day := d.Date()
	if p.Locale == English {
		return fmt.Sprintf("%s, %s %d", d.Weekday().String()[:3], englishMonths[month-1], day)
	}
	return fmt.Sprintf("%d. %d. (%s)", month, day, koreanDays[d.Weekday()])
}

// ShortDate writes month and day: "11. 22.", "Nov 22".
func (p *Printer) ShortDate(d calendar.Date) string { return p.monthDay(d.Month(), d.Day()) }

func (p *Printer) monthDay(month time.Month, day int) string {
	if p.Locale == English {
		return fmt.Sprintf("%s %d", englishMonths[month-1], day)
	}
	return fmt.Sprintf("%d. %d.", month, day)
}

// LongDate writes "2026년 11월 22일" or "November 22, 2026".
func (p *Printer) LongDate(d calendar.Date) string {
	year, month, day := d.Date()
	if p.Locale == English {
		return fmt.Sprintf("%s %d, %d", month, day, year)
	}
	return fmt.Sprintf("%d년 %d월 %d일", year, month, day)
}

// Month writes "2026년 11월" or "November 2026".
func (p *Printer) Month(d calendar.Date) string {
	if p.Locale == English {
		return fmt.Sprintf("%s %d", d.Month(), d.Year())
	}
	return fmt.Sprintf("%d년 %d월", d.Year(), d.Month())
}

// Range writes a span of days; the year stands only where it differs from the shop's present one.
func (p *Printer) Range(from, to calendar.Date) string {
	if from.Year() == to.Year() && to.Year() == p.today().Year() {
		return p.ShortDate(from) + "–" + p.ShortDate(to)
	}
	return p.Date(from) + " – " + p.Date(to)
}

func (p *Printer) today() calendar.Date { return calendar.DateOf(p.Now, p.Zone) }

// Time writes "오후 3:05" or "3:05 PM".
func (p *Printer) Time(t time.Time) string {
	hour, minute := t.In(p.Zone).Hour(), t.In(p.Zone).Minute()
	twelve := (hour+11)%12 + 1
	if p.Locale == English {
		return fmt.Sprintf("%d:%02d %s", twelve, minute, pick(hour < 12, "AM", "PM"))
	}
	return fmt.Sprintf("%s %d:%02d", pick(hour < 12, "오전", "오후"), twelve, minute)
}

func pick(first bool, yes, no string) string {
	if first {
		return yes
	}
	return no
}

// DateTime writes day and time; the year only where it is not the present one.
func (p *Printer) DateTime(t time.Time) string {
	day := calendar.DateOf(t, p.Zone)
	if day.Year() == p.today().Year() {
		return p.Day(day) + " " + p.Time(t)
	}
	return p.Date(day) + " " + p.Time(t)
}

// Ago writes how long ago within a day, and the date beyond.
func (p *Printer) Ago(t time.Time) string {
	since := p.Now.Sub(t)
	switch {
	case since < 0 || since >= 24*time.Hour:
		return p.DateTime(t)
	case since < time.Minute:
		return p.Common.JustNow
	case since < time.Hour:
		return p.Common.MinutesAgo(int64(since / time.Minute))
	}
	return p.Common.HoursAgo(int64(since / time.Hour))
}

// Stamp is a moment for <time datetime>.
func (p *Printer) Stamp(t time.Time) string { return t.In(p.Zone).Format(time.RFC3339) }

// Birthday writes a birthday as it was told: "11. 20.", "음 11. 20.", "음 윤 6. 3.".
func (p *Printer) Birthday(kind string, month, day int) string {
	text := p.monthDay(time.Month(month), day)
	switch kind {
	case "lunar":
		return p.Common.Lunar(text)
	case "lunar_leap":
		return p.Common.LunarLeap(text)
	}
	return text
}

// Duration writes how long in its two largest units: "2일 3시간", "4 min 10 s".
func (p *Printer) Duration(d time.Duration) string {
	parts := []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, p.Common.UnitDay}, {time.Hour, p.Common.UnitHour}, {time.Minute, p.Common.UnitMinute}, {time.Second, p.Common.UnitSecond}}
	for i, part := range parts {
		if d < part.size && part.size > time.Second {
			continue
		}
		text := fmt.Sprintf("%d%s", d/part.size, part.name)
		if rest := d % part.size; i+1 < len(parts) && rest >= parts[i+1].size {
			text += fmt.Sprintf(" %d%s", rest/parts[i+1].size, parts[i+1].name)
		}
		return text
	}
	return ""
}
