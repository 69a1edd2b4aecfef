package conditions

import (
	"math"
	"slices"
	"time"

	"dangol/models"
	"dangol/models/calendar"
)

// Facts are what is known of an order, a line, a member, an event. Numbers are money in minor units, counts, days, points;
// dates (calendar.Date), times of day in minutes, and 1 for yes. The weekday is not asked: it follows from Date.
type Facts interface {
	// Number gives a field's number; known is false where there is none.
	Number(f Field) (n int64, known bool)
	// Any reports whether has is true of one of the field's codes or texts. A field without any is known, and has none;
	// known is false where the source does not say.
	Any(f Field, has func(string) bool) (found, known bool)
}

// Compiled is a condition ready to be asked. It is immutable; nil always holds.
type Compiled struct {
	condition Condition
	root      *node
}

// node is a group, or a leaf. Negations stand at the leaves only.
type node struct {
	any  bool // of kids one is enough
	kids []node
	leaf *leaf
	not  bool // the leaf must not hold
}

// leaf is a comparison with its value read.
type leaf struct {
	Condition
	kind      Kind
	low, high int64               // numbers, dates; times: low counts, high does not
	days      [7]bool             // weekdays
	has       func(s string) bool // texts
}

// truth is one of three answers; and is the least, or the greatest.
type truth int8

const (
	no truth = iota
	unknown
	yes
)

func truthOf(holds bool) truth {
	if holds {
		return yes
	}
	return no
}

// Compile makes an evaluator. Errors: models.Invalid with what Validate finds, whatever the scope.
func Compile(c Condition) (*Compiled, error) {
	if faults := c.Validate("", Anywhere, nil); len(faults) > 0 {
		return nil, models.Faults(faults).Err()
	}
	if c.IsZero() {
		return &Compiled{}, nil
	}
	root := compile(c, false)
	return &Compiled{condition: c, root: &root}, nil
}

// Condition is the document that was compiled.
func (c *Compiled) Condition() Condition {
	if c == nil {
		return Condition{}
	}
	return c.condition
}

// compile moves negations down: not (a and b) is (not a) or (not b), also where something is not known.
func compile(c Condition, not bool) node {
	switch {
	case c.Not != nil:
		return compile(*c.Not, !not)
	case c.Field != "":
		return node{leaf: newLeaf(c), not: not}
	}
	n := node{any: (len(c.Any) > 0) != not}
	for _, kid := range append(slices.Clone(c.All), c.Any...) {
		n.kids = append(n.kids, compile(kid, not))
	}
	return n
}

func newLeaf(c Condition) *leaf {
	spec, _ := Find(c.Field)
	l := &leaf{Condition: c, kind: spec.Kind, low: math.MinInt64, high: math.MaxInt64}
	switch {
	case spec.Kind.Numeric(c.Is):
		l.bounds(c.Value.Numbers)
	case spec.Kind == DayOf:
		l.bounds(dates(c.Value.Texts))
	case spec.Kind == TimeOf:
		l.low, _ = minutes(c.Value.Texts[0])
		l.high, _ = minutes(c.Value.Texts[1])
	case spec.Kind == WeekdayOf:
		for _, day := range c.Value.Texts {
			l.days[slices.Index(Weekdays[:], day)] = true
		}
	case c.Is == In:
		l.has = among(c.Value.Texts)
	}
	return l
}

func (l *leaf) bounds(n []int64) {
	if l.Is != AtMost {
		l.low = n[0]
	}
	if l.Is != AtLeast {
		l.high = n[len(n)-1]
	}
}

func dates(texts []string) (days []int64) {
	for _, s := range texts {
		day, _ := calendar.Parse(s)
		days = append(days, int64(day))
	}
	return days
}

// few is how many texts are quicker looked through than looked up.
const few = 8

func among(texts []string) func(string) bool {
	if len(texts) <= few {
		return func(s string) bool { return slices.Contains(texts, s) }
	}
	set := make(map[string]bool, len(texts))
	for _, s := range texts {
		set[s] = true
	}
	return func(s string) bool { return set[s] }
}

// Holds asks. It allocates nothing unless the facts do.
func (c *Compiled) Holds(facts Facts) bool {
	return c == nil || c.root == nil || c.root.ask(facts) == yes
}

func (n *node) ask(facts Facts) truth {
	if n.leaf != nil {
		answer := n.leaf.ask(facts)
		if n.not {
			answer = yes - answer
		}
		return answer
	}
	if n.any {
		return n.most(facts)
	}
	return n.least(facts)
}

// least is what all of the kids together answer.
func (n *node) least(facts Facts) truth {
	answer := yes
	for i := 0; i < len(n.kids) && answer > no; i++ {
		answer = min(answer, n.kids[i].ask(facts))
	}
	return answer
}

// most is what any of the kids answers.
func (n *node) most(facts Facts) truth {
	answer := no
	for i := 0; i < len(n.kids) && answer < yes; i++ {
		answer = max(answer, n.kids[i].ask(facts))
	}
	return answer
}

func (l *leaf) ask(facts Facts) truth {
	if l.has != nil {
		found, known := facts.Any(l.Field, l.has)
		if !known {
			return unknown
		}
		return truthOf(found)
	}
	n, known := facts.Number(l.asks())
	if !known {
		return unknown
	}
	return truthOf(l.fits(n))
}

// asks is the field whose number is needed: the weekday is that of the date.
func (l *leaf) asks() Field {
	if l.kind == WeekdayOf {
		return Date
	}
	return l.Field
}

func (l *leaf) fits(n int64) bool {
	switch l.kind {
	case YesNo:
		return n != 0
	case WeekdayOf:
		return l.days[weekday(n)]
	case TimeOf:
		if l.low > l.high { // over midnight
			return n >= l.low || n < l.high
		}
		return n >= l.low && n < l.high
	default:
		return n >= l.low && n <= l.high
	}
}

func weekday(day int64) time.Weekday { return calendar.Date(day).Weekday() } //nolint:gosec // days are dates
