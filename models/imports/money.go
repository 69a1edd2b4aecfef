package imports

import (
	"strconv"
	"strings"

	"dangol/models"
)

// decimals of the currencies that a file may be in; those not named have two.
var decimals = map[string]int{"KRW": 0, "JPY": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "JOD": 3}

func decimalsOf(currency string) int {
	if n, ok := decimals[currency]; ok {
		return n
	}
	return 2
}

// currencyMarks may stand before or behind an amount.
var currencyMarks = []string{"₩", "￦", "\\", "원", "$", "US$", "€", "£", "¥", "円"}

// parseMoney reads an amount as files have it: 1234, 1,234, 1,234원, ₩1,234, 12.34, to the currency's minor units. A
// negative amount (−, or in brackets) is refused: it is a refund, which an import does not know.
func parseMoney(text, currency string) (amount int64, code string) {
	digits, code := stripMoney(text, currency)
	if code != "" {
		return 0, code
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	if whole, code = ungroup(whole); code != "" {
		return 0, code
	}
	if fraction, code = minorDigits(fraction, decimalsOf(currency)); code != "" {
		return 0, code
	}
	amount, err := strconv.ParseInt(whole+fraction, 10, 64)
	switch {
	case err != nil && len(whole) > 12, amount > models.MaxMoney:
		return 0, "amount_too_large"
	case err != nil:
		return 0, "amount_unreadable"
	}
	return amount, ""
}

// stripMoney takes marks and signs off.
func stripMoney(text, currency string) (digits, code string) {
	s := strings.TrimSpace(text)
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		return "", "amount_negative"
	}
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSuffix(s, currency), currency))
	negative := false
	for range 3 { // "-₩1,234", "₩ -1,234", "1,234원"
		for _, sign := range []string{"-", "−", "–", "△", "▲"} {
			if rest, ok := strings.CutPrefix(s, sign); ok {
				s, negative = strings.TrimSpace(rest), true
			}
		}
		for _, mark := range currencyMarks {
			s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, mark), mark))
		}
		s = strings.TrimPrefix(s, "+")
	}
	switch {
	case s == "":
		return "", "amount_missing"
	case strings.Trim(s, "0123456789.,") != "":
		return "", "amount_unreadable"
	case negative && strings.Trim(s, "0.,") != "":
		return "", "amount_negative"
	}
	return s, ""
}

// ungroup takes the commas out of 1,234,567 and refuses 12,34.
func ungroup(whole string) (digits, code string) {
	groups := strings.Split(whole, ",")
	for i, g := range groups[1:] {
		if len(g) != 3 || i == 0 && (groups[0] == "" || len(groups[0]) > 3) {
			return "", "amount_unreadable"
		}
	}
	digits = strings.Join(groups, "")
	if digits == "" {
		digits = "0"
	}
	return digits, ""
}

// minorDigits brings the digits behind the point to the currency's number; more than that must be zeros.
func minorDigits(fraction string, n int) (digits, code string) {
	if strings.Contains(fraction, ",") || strings.Contains(fraction, ".") {
		return "", "amount_unreadable"
	}
	if len(fraction) > n {
		if strings.Trim(fraction[n:], "0") != "" {
			return "", "amount_decimals"
		}
		fraction = fraction[:n]
	}
	return fraction + strings.Repeat("0", n-len(fraction)), ""
}

// parseCount reads a whole number of things or points: 3, 1,200, 3개, 120P.
func parseCount(text string, most int64) (n int64, code string) {
	s := strings.TrimSpace(text)
	for _, mark := range []string{"개", "점", "P", "p", "포인트", "원"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, mark))
	}
	negative := strings.HasPrefix(s, "-")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if strings.Trim(fraction, "0") != "" || strings.Trim(whole, "0123456789,") != "" || whole == "" {
		return 0, "count_unreadable"
	}
	whole, code = ungroup(whole)
	if code != "" {
		return 0, "count_unreadable"
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	switch {
	case negative && n != 0:
		return 0, "count_negative"
	case err != nil || n > most:
		return 0, "count_too_large"
	}
	return n, ""
}
