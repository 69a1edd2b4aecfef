package customers

import (
	"slices"
	"strconv"
	"strings"

	"dangol/models"
	"dangol/models/hangul"
)

// query is what somebody typed into a search box, taken apart.
type query struct {
	digits string // of a phone number; national or with the country's code
	words  []span // parts of a name, an address or a number of the shop's own, longest first
	whole  bool   // nothing but digits was typed: words holds them once more, as a number of the shop's own
}

// span is a range [from, to) of tokens, with what a found token's customer must have besides.
type span struct {
	from, to string
	email    string // the whole of what was typed of an address; empty: none
}

// parse takes a search text apart. Errors: models.Invalid at field "q" for unprintable or overlong text.
func parse(q string) (parsed query, err error) {
	clean, ok := models.CleanText(q, 100)
	if !ok {
		return parsed, models.InvalidField("q", "bad_text", map[string]any{"limit": 100})
	}
	clean = strings.ToLower(clean)
	if digits, ok := phoneDigits(clean); ok {
		from, to := hangul.Range(fold(clean))
		return query{digits: digits, words: []span{{from: from, to: to}}, whole: true}, nil
	}
	for _, word := range strings.Fields(clean) {
		if digits, ok := phoneDigits(word); ok && len(digits) >= tail && parsed.digits == "" {
			parsed.digits = digits
			continue
		}
		parsed.words = append(parsed.words, spansOf(word)...)
	}
	slices.SortStableFunc(parsed.words, func(a, b span) int { return len(b.from) - len(a.from) })
	return parsed, nil
}

// spansOf gives the ranges that a customer's tokens must meet for a word: one, or two where initials follow syllables
// (김ㅁㅈ: a token in 김ㅁ, and ㄱㅁㅈ among the initials).
func spansOf(word string) []span {
	if local, _, isEmail := strings.Cut(word, "@"); isEmail && local != "" {
		return []span{{from: local, to: local + "\x01", email: word}}
	}
	head := word
	var spans []span
	if hangul.HasInitial(word) && hangul.HasSyllable(word) {
		from, to := hangul.Range(hangul.Initials(word))
		spans = append(spans, span{from: from, to: to})
		head = untilInitial(word)
	}
	from, to := hangul.Range(head)
	return append(spans, span{from: from, to: to})
}

// untilInitial cuts a word behind the first initial consonant that follows a syllable; a range cannot say more.
func untilInitial(word string) string {
	seen := false
	for i, r := range word {
		if hangul.IsSyllable(r) {
			seen = true
		} else if seen && hangul.IsInitial(r) {
			return word[:i+len(string(r))]
		}
	}
	return word
}

// phoneDigits gives the digits of a text that holds nothing but digits and what people put between them.
func phoneDigits(s string) (string, bool) {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune("-+.() ", r):
			return -1
		}
		return 'x'
	}, s)
	return digits, digits != "" && !strings.Contains(digits, "x")
}

// ending is what a stored number must end with: without the zero that only the national form has.
func (q query) ending() string {
	if len(q.digits) > tail+4 {
		return strings.TrimPrefix(q.digits, "0")
	}
	return q.digits
}

func param(n int) string { return "$" + strconv.Itoa(n) }

// likePrefix is the pattern of texts that begin with s, whatever s contains.
func likePrefix(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s) + "%"
}
