package customers

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"dangol/models"
)

// ParseBirth reads a birthday as people write it: "1987-03-15", "870315", "3/15", "3월 15일", "음력 11.20",
// "윤 6/1", "lunar 1960-11-20", "leap lunar 6/1". calendar ("solar", "lunar", "lunar_leap") is what a form's own
// choice says; a word in the text overrides it; empty means solar. Errors: models.Invalid at field "birth".
func ParseBirth(text, calendar string) (models.Birth, error) {
	digits, said := splitCalendar(strings.ToLower(strings.TrimSpace(text)))
	if said != "" {
		calendar = said
	}
	if calendar == "" {
		calendar = "solar"
	}
	b, ok := birthNumbers(digits)
	b.Calendar = calendar
	if !ok {
		return b, models.InvalidField("birth", "bad_date", nil)
	}
	return b, CheckBirth(b)
}

// splitCalendar takes the words that name a calendar out of the text.
func splitCalendar(s string) (rest, calendar string) {
	for _, w := range []struct{ word, calendar string }{
		{"leap", "lunar_leap"}, {"윤달", "lunar_leap"}, {"윤", "lunar_leap"},
		{"lunar", "lunar"}, {"음력", "lunar"}, {"음", "lunar"},
		{"solar", "solar"}, {"양력", "solar"}, {"양", "solar"},
	} {
		if !strings.Contains(s, w.word) {
			continue
		}
		s = strings.ReplaceAll(s, w.word, " ")
		if calendar == "" {
			calendar = w.calendar
		}
	}
	return strings.TrimSpace(strings.NewReplacer("(", "", ")", "").Replace(s)), calendar
}

var (
	compactBirth = regexp.MustCompile(`^(\d{4}|\d{2})?(\d{2})(\d{2})$`)
	spacedBirth  = regexp.MustCompile(`^(?:(\d{4}|\d{2})\s*[-./년\s]\s*)?(\d{1,2})\s*[-./월\s]\s*(\d{1,2})\s*[.일]?$`)
)

func birthNumbers(s string) (b models.Birth, ok bool) {
	m := compactBirth.FindStringSubmatch(s)
	if m == nil {
		m = spacedBirth.FindStringSubmatch(s)
	}
	if m == nil {
		return b, false
	}
	b.Year, _ = strconv.Atoi(m[1]) // digits by the pattern; none is 0, not told
	b.Month, _ = strconv.Atoi(m[2])
	b.Day, _ = strconv.Atoi(m[3])
	if len(m[1]) == 2 {
		b.Year += century(b.Year)
	}
	return b, true
}

// century completes a two-digit year: nobody who buys here is younger than about ten or older than a hundred and ten.
func century(year int) int {
	if year <= 20 {
		return 2000
	}
	return 1900
}

// CheckBirth says whether the calendar has such a day in some year: 29 February yes, 30 February no, lunar 30 of any
// month yes. Errors: models.Invalid at field "birth".
func CheckBirth(b models.Birth) error {
	longest := 30
	switch b.Calendar {
	case "lunar", "lunar_leap":
	case "solar":
		longest = daysIn(b.Year, time.Month(b.Month))
	default:
		return models.InvalidField("birth", "bad_calendar", nil)
	}
	if b.Month < 1 || b.Month > 12 || b.Day < 1 || b.Day > longest {
		return models.InvalidField("birth", "bad_date", nil)
	}
	if b.Year != 0 && (b.Year < 1900 || b.Year > 2100) {
		return models.InvalidField("birth", "bad_year", nil)
	}
	return nil
}

// daysIn is the length of a solar month; of an unknown year, the longest that it can have.
func daysIn(year int, month time.Month) int {
	if year == 0 {
		year = 2000
	}
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
