package customers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dangol/models"
	"dangol/models/hangul"
)

// tail is how many digits of a phone number find its owner; longer endings are compared with the number itself.
const tail = 4

// Tokens are the texts under which a customer is found: each suffix of the name that begins a syllable or a word, the
// same of its initial consonants, the last four digits of the phone behind a '#', the local part of the e-mail address,
// and the shop's own number. A search is a prefix of one of them.
func Tokens(name string, phone, email, externalID *string) []string {
	folded := fold(name)
	tokens := suffixes(name, folded)
	if hangul.HasSyllable(folded) {
		tokens = append(tokens, suffixes(name, hangul.Initials(folded))...)
	}
	if phone != nil && len(*phone) > tail {
		tokens = append(tokens, phoneToken(*phone))
	}
	if email != nil {
		local, _, _ := strings.Cut(*email, "@")
		tokens = append(tokens, local)
	}
	if externalID != nil {
		tokens = append(tokens, fold(*externalID))
	}
	slices.Sort(tokens)
	return slices.DeleteFunc(slices.Compact(tokens), func(s string) bool { return s == "" })
}

// TokensOf is Tokens for a customer.
func TokensOf(c *models.Customer) []string { return Tokens(c.Name, c.Phone, c.Email, c.ExternalID) }

func phoneToken(digits string) string { return "#" + digits[len(digits)-tail:] }

// fold makes texts comparable: lower case, no spaces.
func fold(s string) string {
	return strings.ReplaceAll(strings.ToLower(s), " ", "")
}

// suffixes cuts the folded name, or its initials, where a syllable or a word begins. Both have as many runes as the name
// without its spaces.
func suffixes(name, folded string) (all []string) {
	begins := true // a word
	rest := folded
	for _, r := range name {
		if r == ' ' {
			begins = true
			continue
		}
		if begins || hangul.IsSyllable(r) {
			all = append(all, rest)
		}
		begins = hangul.IsSyllable(r)
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
	}
	return all
}
