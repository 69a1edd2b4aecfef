package imports

import (
	"strconv"
	"strings"
	"time"

	"dangol/models/calendar"
)

// DateOrder says how dates such as 03/04/2026 are meant. Dates that begin with the year need no order.
type DateOrder string

// The orders.
const (
	DayFirst   DateOrder = "dmy"
	MonthFirst DateOrder = "mdy"
)

// moment is when something happened, as a cell says it.
type moment struct {
	day     calendar.Date
	clock   time.Duration // since midnight
	hasTime bool
	offset  *time.Location // "+09:00", "Z"; nil: the shop's zone
	serial  bool           // a spreadsheet's day number, repaired
}

// at is the moment in the shop's zone; without a time of day it is the first of the day.
func (m moment) at(zone *time.Location) time.Time {
	if !m.hasTime {
		return m.day.In(zone)
	}
	if m.offset != nil {
		zone = m.offset
	}
	year, month, day := m.day.Date()
	whole := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Add(m.clock)
	return time.Date(year, month, day, whole.Hour(), whole.Minute(), whole.Second(), whole.Nanosecond(), zone)
}

// Years that a file may speak of. Before the first lies more often a wrong column than an old shop.
const firstYear, lastYear = 1970, 2200

// serialEpoch is day 0 of a spreadsheet's dates (1900-03-01 onwards, which is all that matters).
var serialEpoch = calendar.NewDate(1899, time.December, 30)

const firstSerial, lastSerial = 25_569, 109_574 // 1970-01-01 … 2199-12-31

// parseMoment reads 2026-11-22, 2026.11.22, 2026. 11. 22., 2026/11/22, 20261122, 2026년 11월 22일, 22/11/2026 in the given
// order, and a spreadsheet's day number; each with a time behind it or without.
func parseMoment(text string, order DateOrder) (moment, string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return moment{}, "date_missing"
	}
	if m, ok := parseSerial(text); ok {
		return m, ""
	}
	numbers, rest := dateNumbers(text)
	m := moment{}
	var code string
	if m.day, code = dateOf(numbers, order); code != "" {
		return moment{}, code
	}
	if rest != "" {
		if m.clock, m.offset, code = parseClock(rest); code != "" {
			return moment{}, code
		}
		m.hasTime = true
	}
	return m, ""
}

func parseSerial(text string) (moment, bool) {
	whole, fraction, dotted := strings.Cut(text, ".")
	if len(whole) != 5 && len(whole) != 6 {
		return moment{}, false
	}
	days, err := strconv.Atoi(whole)
	if err != nil || days < firstSerial || days > lastSerial {
		return moment{}, false
	}
	m := moment{day: serialEpoch.AddDays(days), serial: true}
	if dotted {
		part, err := strconv.ParseFloat("0."+fraction, 64)
		if err != nil {
			return moment{}, false
		}
		m.hasTime = true
		m.clock = min((time.Duration(part * float64(24*time.Hour))).Round(time.Second), 24*time.Hour-time.Second)
	}
	return m, true
}

// dateNumbers takes the digits of a date off the beginning of text; eight digits in a row are cut as YYYYMMDD. What is
// left is the time of day.
func dateNumbers(text string) (numbers []string, rest string) {
	if len(text) >= 8 && isDigits(text[:8]) && (len(text) == 8 || !isDigit(text[8])) {
		return []string{text[:4], text[4:6], text[6:8]}, trimDateEnd(text[8:])
	}
	if len(text) == 14 && isDigits(text) { // 20261122150405
		return []string{text[:4], text[4:6], text[6:8]}, text[8:10] + ":" + text[10:12] + ":" + text[12:]
	}
	for len(numbers) < 3 {
		n := 0
		for n < len(text) && isDigit(text[n]) {
			n++
		}
		if n == 0 {
			return nil, ""
		}
		numbers = append(numbers, text[:n])
		text = text[n:]
		if len(numbers) < 3 {
			text = strings.TrimLeft(trimAny(text, "년", "월", "-", ".", "/"), " ")
		}
	}
	return numbers, trimDateEnd(text)
}

// trimDateEnd takes off what may follow the day: "일", ".", "(일)", "T".
func trimDateEnd(text string) string {
	text = strings.TrimSpace(trimAny(text, "일", "."))
	if strings.HasPrefix(text, "(") {
		if end := strings.IndexByte(text, ')'); end > 0 {
			text = text[end+1:]
		}
	}
	return strings.TrimSpace(trimAny(text, "T", ","))
}

// trimAny takes off the first of the prefixes that text has.
func trimAny(text string, prefixes ...string) string {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(text, p); ok {
			return rest
		}
	}
	return text
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// dateOf puts three numbers in their places. A year has four digits: with two nobody knows the century.
func dateOf(numbers []string, order DateOrder) (calendar.Date, string) {
	if len(numbers) != 3 {
		return 0, "date_unreadable"
	}
	y, m, d := numbers[0], numbers[1], numbers[2]
	switch {
	case len(y) == 4:
	case len(d) == 4 && order == MonthFirst:
		m, d, y = numbers[0], numbers[1], numbers[2]
	case len(d) == 4 && order == DayFirst:
		d, m, y = numbers[0], numbers[1], numbers[2]
	case len(d) == 4:
		return 0, "date_order"
	case len(y) == 2 && len(d) == 2:
		return 0, "date_year"
	default:
		return 0, "date_unreadable"
	}
	return makeDate(y, m, d)
}

func makeDate(y, m, d string) (calendar.Date, string) {
	year, _ := strconv.Atoi(y)
	month, _ := strconv.Atoi(m)
	day, _ := strconv.Atoi(d)
	date := calendar.NewDate(year, time.Month(month), day)
	switch {
	case month < 1 || month > 12 || day < 1 || date.Day() != day:
		return 0, "date_not_there"
	case year < firstYear || year > lastYear:
		return 0, "date_range"
	}
	return date, ""
}

// parseClock reads 15:04, 15:04:05, 오후 3:04, 3:04 PM, 15:04:05.678+09:00.
func parseClock(text string) (time.Duration, *time.Location, string) {
	text, offset := cutOffset(strings.TrimSpace(text))
	text, half := cutHalf(text)
	text = strings.TrimSpace(strings.NewReplacer("시 ", ":", "시", ":", "분 ", ":", "분", "", "초", "").Replace(text))
	text = strings.TrimSuffix(text, ":")
	parts := strings.Split(text, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, nil, "time_unreadable"
	}
	hour, minute, second, ok := clockNumbers(parts)
	if !ok {
		return 0, nil, "time_unreadable"
	}
	switch {
	case half != 0 && (hour < 1 || hour > 12), hour > 23, minute > 59, second >= 60:
		return 0, nil, "time_not_there"
	case half == 'a' && hour == 12:
		hour = 0
	case half == 'p' && hour < 12:
		hour += 12
	}
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second*float64(time.Second)).Round(time.Millisecond), offset, ""
}

func clockNumbers(parts []string) (hour, minute int, second float64, ok bool) {
	hour, err1 := strconv.Atoi(parts[0])
	minute, err2 := strconv.Atoi(parts[1])
	var err3 error
	if len(parts) == 3 {
		second, err3 = strconv.ParseFloat(parts[2], 64)
	}
	return hour, minute, second, err1 == nil && err2 == nil && err3 == nil && hour >= 0 && minute >= 0 && second >= 0
}

// cutOffset takes "Z" or "+09:00" off the end.
func cutOffset(text string) (string, *time.Location) {
	if rest, ok := strings.CutSuffix(text, "Z"); ok {
		return rest, time.UTC
	}
	at := strings.LastIndexAny(text, "+-")
	if at < 4 {
		return text, nil
	}
	for _, layout := range []string{"-07:00", "-0700", "-07"} {
		if t, err := time.Parse(layout, text[at:]); err == nil {
			_, seconds := t.Zone()
			return strings.TrimSpace(text[:at]), time.FixedZone("", seconds)
		}
	}
	return text, nil
}

// cutHalf takes 오전, 오후, AM or PM off; half is 'a', 'p' or 0.
func cutHalf(text string) (rest string, half byte) {
	lower := strings.ToLower(text)
	for _, mark := range []struct {
		word string
		half byte
	}{{"오전", 'a'}, {"오후", 'p'}, {"a.m.", 'a'}, {"p.m.", 'p'}, {"am", 'a'}, {"pm", 'p'}} {
		if before, after, ok := strings.Cut(lower, mark.word); ok {
			return strings.TrimSpace(before + after), mark.half
		}
	}
	return text, 0
}

// GuessOrder tells the order of slashed dates from samples: the one in which all of them exist. Where both do, or none,
// it says so, and the shop must say it.
func GuessOrder(samples []string) (order DateOrder, sure bool) {
	fits := map[DateOrder]bool{DayFirst: true, MonthFirst: true}
	needed := false
	for _, text := range samples {
		if _, code := parseMoment(text, ""); code != "date_order" {
			continue
		}
		needed = true
		for order := range fits {
			if _, code := parseMoment(text, order); code != "" {
				fits[order] = false
			}
		}
	}
	switch {
	case !needed:
		return "", true
	case fits[DayFirst] && !fits[MonthFirst]:
		return DayFirst, true
	case fits[MonthFirst] && !fits[DayFirst]:
		return MonthFirst, true
	}
	return "", false
}
