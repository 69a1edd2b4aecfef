package imports

import (
	"fmt"
	"strconv"
	"strings"

	"dangol/models"
	"dangol/models/calendar"
)

// parsePhone reads a number and says whether a spreadsheet had taken its leading zero. What a spreadsheet has rounded
// (1.01235E+09) is lost and refused under a code of its own.
func parsePhone(text string) (phone string, repaired bool, code string) {
	if strings.ContainsAny(text, "eE") && strings.Contains(text, "+") {
		return "", false, "phone_rounded"
	}
	text = strings.TrimSuffix(strings.TrimPrefix(text, "'"), ".0")
	phone, ok := models.NormalPhone(text)
	if !ok {
		return "", false, "phone_unreadable"
	}
	return phone, strings.HasPrefix(text, "10"), ""
}

// parseBirth reads a birthday: 1990-03-05, 19900305, 1990년 3월 5일, 3/5, 03-05, 0305, each after 음력, 윤 or 양력 where
// that is said; (음) as well.
func parseBirth(text string) (models.Birth, string) {
	b := models.Birth{Calendar: "solar"}
	switch {
	case strings.Contains(text, "윤"):
		b.Calendar = "lunar_leap"
	case strings.Contains(text, "음"):
		b.Calendar = "lunar"
	}
	text = strings.TrimSpace(strings.NewReplacer("음력", "", "양력", "", "윤달", "", "윤", "", "(음)", "", "(양)", "", "음", "", "양", "").Replace(text))
	y, m, d := birthNumbers(text)
	b.Year, _ = strconv.Atoi(y)
	b.Month, _ = strconv.Atoi(m)
	b.Day, _ = strconv.Atoi(d)
	if !birthExists(b) || y != "" && (b.Year < 1900 || b.Year > 2100) {
		return models.Birth{}, "birth_unreadable"
	}
	return b, ""
}

func birthNumbers(text string) (y, m, d string) {
	if len(text) == 4 && isDigits(text) {
		return "", text[:2], text[2:]
	}
	if numbers, rest := dateNumbers(text); len(numbers) == 3 && rest == "" && len(numbers[0]) == 4 {
		return numbers[0], numbers[1], numbers[2]
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '-' || r == '/' || r == '.' || r == ' ' || r == '월' || r == '일' })
	if len(parts) == 2 {
		return "", parts[0], parts[1]
	}
	return "", "", ""
}

// birthExists says whether some year has the day: 29 February and lunar 30 do.
func birthExists(b models.Birth) bool {
	if b.Month < 1 || b.Month > 12 || b.Day < 1 {
		return false
	}
	if b.Calendar != "solar" {
		return b.Day <= 30
	}
	return b.Day <= calendar.NewDate(2000, 1, 1).AddMonths(b.Month-1).EndOfMonth().Day()
}

// writeBirth and readBirth carry a birthday through the staging table: "lunar 1990-03-05".
func writeBirth(b models.Birth) string {
	return fmt.Sprintf("%s %d-%d-%d", b.Calendar, b.Year, b.Month, b.Day)
}

func readBirth(text string) (b models.Birth, err error) {
	_, err = fmt.Sscanf(text, "%s %d-%d-%d", &b.Calendar, &b.Year, &b.Month, &b.Day)
	return b, err
}
