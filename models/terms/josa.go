package terms

import (
	"strings"

	"dangol/models/hangul"
)

// josa appends the particle that fits the sound on which a word ends: see hangul.Josa. An amount with the sign of its
// currency before it is read with its name after it: $10.00 is 10달러.
func josa(word, pair string) string {
	for sign, name := range currencyNames {
		if amount, ok := strings.CutPrefix(word, sign); ok && amount != "" && strings.Trim(amount, "0123456789,.") == "" {
			return word + strings.TrimPrefix(hangul.Josa(name, pair), name)
		}
	}
	return hangul.Josa(word, pair)
}

var currencyNames = map[string]string{"$": "달러", "€": "유로", "¥": "엔", "£": "파운드", "₽": "루블"}
