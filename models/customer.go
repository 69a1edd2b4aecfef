package models

import (
	"strings"
	"time"
	"unicode"
)

// Customer is a person who buys. Name, phone and e-mail are personal data: they are shown masked and never enter the ledger.
type Customer struct {
	MerchantID    int64
	ID            int64
	Name          string
	Phone         *string // E.164
	Email         *string // lower case
	ExternalID    *string // the shop's own number for this customer
	BirthCalendar *string // "solar", "lunar" or "lunar_leap"
	BirthYear     *int
	BirthMonth    *int
	BirthDay      *int
	BirthSetAt    *time.Time
	StoreID       *int64
	Source        string
	Locale        string
	Version       int
	CreatedAt     time.Time
	UpdatedAt     time.Time
	MergedInto    *int64 // the customer who goes on in place of this one; nil: nobody
}

// CustomerParams is what enrolment, the API and an import say about a customer. Nil leaves a value as it is.
type CustomerParams struct {
	Name       *string
	Phone      *string // as typed; normalised by NormalPhone
	Email      *string
	ExternalID *string
	Birth      *Birth
	Locale     *string
	StoreID    *int64
	Source     string
	Version    int        // the version that was read; 0: whatever stands
	Agreed     *Agreement // enrolment: what they agreed to; nil: nobody asked, and nothing is written down
}

// Birth is a birthday as the customer says it.
type Birth struct {
	Calendar string // "solar", "lunar", "lunar_leap"
	Year     int    // 0: not told
	Month    int
	Day      int
}

// Limits of text fields, in characters.
const (
	MaxName       = 60
	MaxExternalID = 80
)

// NormalPhone turns a number as people write it (010-1234-5678, +82 10 1234 5678, 02-123-4567, full-width digits) into
// E.164, and a Korean mobile number that lost its leading zero in a spreadsheet (1012345678) as well.
// ok is false for anything that is no whole number.
func NormalPhone(s string) (phone string, ok bool) {
	var digits strings.Builder
	plus := false
	for i, r := range strings.TrimSpace(s) {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case r >= '０' && r <= '９':
			digits.WriteRune('0' + (r - '０'))
		case (r == '+' || r == '＋') && i == 0:
			plus = true
		case r == '-' || r == ' ' || r == '.' || r == '(' || r == ')' || r == '‐' || r == '–' || r == '\u00a0':
		default:
			return "", false
		}
	}
	d := digits.String()
	switch {
	case plus && strings.HasPrefix(d, "820"):
		d = "82" + d[3:] // +82 010…, a common slip
	case plus:
	case strings.HasPrefix(d, "0082"):
		d = "82" + strings.TrimPrefix(d[4:], "0")
	case strings.HasPrefix(d, "0"):
		d = "82" + d[1:]
	case len(d) == 10 && strings.HasPrefix(d, "10"):
		d = "82" + d
	case strings.HasPrefix(d, "8210") && len(d) == 12:
	case len(d) == 8 && d[0] == '1': // 1588-1234
		d = "82" + d
	default:
		return "", false
	}
	if strings.HasPrefix(d, "8210") && len(d) != 12 {
		return "", false
	}
	if len(d) < 8 || len(d) > 15 {
		return "", false
	}
	return "+" + d, true
}

// CleanText trims and folds white space and says whether what is left is printable text without control or
// direction-changing characters and no longer than limit characters.
func CleanText(s string, limit int) (clean string, ok bool) {
	clean = strings.Join(strings.Fields(s), " ")
	n := 0
	for _, r := range clean {
		n++
		if r == unicode.ReplacementChar || unicode.IsControl(r) || isBidi(r) {
			return clean, false
		}
	}
	return clean, n <= limit
}

func isBidi(r rune) bool {
	return r == '\u200e' || r == '\u200f' || (r >= '\u202a' && r <= '\u202e') || (r >= '\u2066' && r <= '\u2069')
}

// NormalEmail lower-cases an address and says whether it has the shape of one.
func NormalEmail(s string) (email string, ok bool) {
	email = strings.ToLower(strings.TrimSpace(s))
	at := strings.LastIndexByte(email, '@')
	if at < 1 || at > len(email)-4 || len(email) > 254 || strings.ContainsAny(email, " \t\r\n<>,;\"") {
		return email, false
	}
	return email, strings.Contains(email[at+2:], ".") && !strings.HasSuffix(email, ".")
}
