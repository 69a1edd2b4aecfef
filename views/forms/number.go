package forms

import (
	"strconv"
	"strings"

	"dangol/models"
)

// Amount reads money as people type it ("12,000", "12000원", "$12.50", full-width digits) into minor units. decimals is the
// currency's. The error is models.Invalid at field: required, or bad_amount for anything else.
func Amount(field, text string, decimals int) (int64, error) {
	cleaned := strings.Map(digit, strings.TrimSpace(text))
	if cleaned == "" {
		return 0, models.InvalidField(field, pick(strings.TrimSpace(text) == "", "required", "bad_amount"), nil)
	}
	whole, fraction, _ := strings.Cut(cleaned, ".")
	if len(fraction) > decimals || strings.ContainsAny(cleaned, "?") {
		return 0, models.InvalidField(field, "bad_amount", nil)
	}
	minor, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", decimals-len(fraction)), 10, 64)
	if err != nil {
		return 0, models.InvalidField(field, "bad_amount", nil)
	}
	return minor, nil
}

// digit keeps what makes a number, drops what people write around it, and marks everything else as wrong.
func digit(r rune) rune {
	switch {
	case r >= '0' && r <= '9', r == '.':
		return r
	case r >= '０' && r <= '９':
		return '0' + (r - '０')
	case r == ',' || r == ' ' || r == '원' || r == '₩' || r == '$' || r == 'P' || r == '개' || r == '%':
		return -1
	}
	return '?'
}

// Count reads a whole number; an empty text is zero. The error is models.Invalid at field.
func Count(field, text string) (int64, error) {
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	n, err := Amount(field, text, 0)
	if err != nil {
		return 0, models.InvalidField(field, "bad_number", nil)
	}
	return n, nil
}

// Percent reads "2", "2.5" or "2,5" into hundredths of a percent.
// The error is models.Invalid at field: required, or bad_number for anything else.
func Percent(field, text string) (int64, error) {
	n, err := Amount(field, strings.ReplaceAll(text, ",", "."), 2)
	if err != nil && strings.TrimSpace(text) != "" {
		err = models.InvalidField(field, "bad_number", nil)
	}
	return n, err
}

func pick(first bool, yes, no string) string {
	if first {
		return yes
	}
	return no
}
