package conditions

import (
	"slices"
	"strconv"
	"strings"
)

// Form is whose condition it is, which decides the shape of its sentence.
type Form uint8

// The forms.
const (
	When  Form = iota // of an order or an event, to the customer: "when you spend …"; empty where nothing is asked
	Who               // of customers, to the staff: "customers who …"
	Goods             // of lines: "goods whose …"
)

// Speaker has the words that a shop brings to a sentence. All but the locale may be missing.
type Speaker struct {
	Locale string                            // "ko" or "en"
	Money  func(minor int64) string          // "30,000원"
	Points func(n int64) string              // "1,000P"
	Name   func(f Field, code string) string // of a tier, a store, a group …; empty: the code itself
}

// clause is a Korean comparison: a text and what somebody does, or without a verb a text that is so.
type clause struct {
	text string
	verb *verb
	not  bool
}

// Sentence says a condition in one sentence without a full stop. Negations are said of the single comparisons.
func (c Condition) Sentence(s Speaker, form Form) string {
	if c.IsZero() {
		return s.anything(form)
	}
	n := compile(c, false)
	if s.Locale == "en" {
		return s.english(&n, form)
	}
	return s.korean(&n, form)
}

// Sentence says the condition: see Condition.Sentence.
func (c *Compiled) Sentence(s Speaker, form Form) string { return c.Condition().Sentence(s, form) }

func (s Speaker) anything(form Form) string {
	words := map[Form][2]string{When: {"", ""}, Who: {"모든 손님", "all customers"}, Goods: {"모든 상품", "all goods"}}[form]
	if s.Locale == "en" {
		return words[1]
	}
	return words[0]
}

// names writes codes and texts as their owners call them.
func (s Speaker) names(l *leaf) (names []string) {
	for _, code := range l.Value.Texts {
		names = append(names, s.name(l.Field, code))
	}
	return names
}

func (s Speaker) name(f Field, code string) string {
	if s.Name != nil {
		if name := s.Name(f, code); name != "" {
			return name
		}
	}
	if words, ok := ownWords[code]; ok && (f == Weekday || f == Channel) {
		if s.Locale == "en" {
			return words[1]
		}
		return words[0]
	}
	return code
}

// ownWords are the codes that no shop names.
var ownWords = map[string][2]string{
	"sun": {"일요일", "Sunday"}, "mon": {"월요일", "Monday"}, "tue": {"화요일", "Tuesday"}, "wed": {"수요일", "Wednesday"},
	"thu": {"목요일", "Thursday"}, "fri": {"금요일", "Friday"}, "sat": {"토요일", "Saturday"},
	"store": {"매장", "in the shop"}, "online": {"온라인", "online"},
}

// numbers writes the values of a comparison with numbers, each with its unit.
func (s Speaker) numbers(l *leaf, unit func(n int64, text string) string) (texts []string) {
	for _, n := range l.Value.Numbers {
		texts = append(texts, unit(n, s.number(l.kind, n)))
	}
	return texts
}

func (s Speaker) number(kind Kind, n int64) string {
	switch {
	case kind == Money && s.Money != nil:
		return s.Money(n)
	case kind == PointsOf && s.Points != nil:
		return s.Points(n)
	default:
		return grouped(n)
	}
}

// grouped writes 1234500 as "1,234,500".
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	var b strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	return sign + b.String()
}

// whole reports whether a time of day is a full hour.
func whole(times []string) bool {
	return !slices.ContainsFunc(times, func(t string) bool { return !strings.HasSuffix(t, ":00") })
}
