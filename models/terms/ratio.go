package terms

import (
	"fmt"
	"strconv"
	"strings"
)

// Ratio is an exact fraction, written "2/100" in documents.
type Ratio struct {
	Num int64
	Den int64
}

// Percent is n hundredths.
func Percent(n int64) Ratio { return Ratio{n, 100} }

// IsZero reports whether the ratio is absent.
func (r Ratio) IsZero() bool { return r == Ratio{} }

// MarshalText writes "2/100".
func (r Ratio) MarshalText() ([]byte, error) {
	return strconv.AppendInt(append(strconv.AppendInt(nil, r.Num, 10), '/'), r.Den, 10), nil
}

// UnmarshalText reads "2/100" and, for people, "2%" and "1.5".
func (r *Ratio) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	num, den, fraction := strings.Cut(s, "/")
	var err error
	if fraction {
		if r.Num, err = strconv.ParseInt(num, 10, 64); err == nil {
			r.Den, err = strconv.ParseInt(den, 10, 64)
		}
	} else {
		*r, err = parseDecimal(s)
	}
	if err != nil {
		return fmt.Errorf("terms: %q is no ratio", s)
	}
	return nil
}

// parseDecimal reads "2%", "1.5" or "2.5%" exactly.
func parseDecimal(s string) (Ratio, error) {
	r := Ratio{Den: 1}
	if body, ok := strings.CutSuffix(s, "%"); ok {
		s, r.Den = strings.TrimSpace(body), 100
	}
	whole, decimals, _ := strings.Cut(s, ".")
	if len(decimals) > 6 {
		return Ratio{}, strconv.ErrRange
	}
	for range decimals {
		r.Den *= 10
	}
	var err error
	r.Num, err = strconv.ParseInt(whole+decimals, 10, 64)
	return r, err
}
