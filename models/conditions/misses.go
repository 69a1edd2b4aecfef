package conditions

// Miss is the one comparison that kept a condition from holding.
type Miss struct {
	Field Field
	Is    Is
	Value Value // what would satisfy it, or with Not what must not be
	Not   bool
	By    int64 // numbers: so much more is needed; below zero, so much less; 0 for codes, texts, days and times
}

// Missing tells which single comparison failed, if exactly one did; of several alternatives the nearest, by number, else
// the first. What is not known cannot be made good and is not told.
func (c *Compiled) Missing(facts Facts) (Miss, bool) {
	if c == nil || c.root == nil {
		return Miss{}, false
	}
	m, found := c.root.missing(facts)
	return m, found == one
}

// failing is how many comparisons stand in the way.
type failing uint8

const (
	none failing = iota
	one
	many // or one that nobody can help
)

func (n *node) missing(facts Facts) (Miss, failing) {
	switch {
	case n.leaf != nil:
		return n.missingLeaf(facts)
	case n.any:
		return n.missingAny(facts)
	}
	var only Miss
	found := none
	for i := range n.kids {
		m, f := n.kids[i].missing(facts)
		if f == none {
			continue
		}
		if found != none || f == many {
			return Miss{}, many
		}
		only, found = m, one
	}
	return only, found
}

func (n *node) missingAny(facts Facts) (Miss, failing) {
	var nearest Miss
	found := many
	for i := range n.kids {
		switch m, f := n.kids[i].missing(facts); {
		case f == none:
			return Miss{}, none
		case f == one && (found == many || m.nearer(nearest)):
			nearest, found = m, one
		}
	}
	return nearest, found
}

// nearer compares distances; codes have none and stay where they are.
func (m Miss) nearer(than Miss) bool {
	return m.Field == than.Field && m.By != 0 && than.By != 0 && max(m.By, -m.By) < max(than.By, -than.By)
}

func (n *node) missingLeaf(facts Facts) (Miss, failing) {
	l := n.leaf
	answer := l.ask(facts)
	if n.not {
		answer = yes - answer
	}
	switch answer {
	case yes:
		return Miss{}, none
	case unknown:
		return Miss{}, many
	}
	return Miss{Field: l.Field, Is: l.Is, Value: l.Value, Not: n.not, By: n.distance(facts)}, one
}

// distance is how far a number is from where the comparison holds, by the shortest way.
func (n *node) distance(facts Facts) int64 {
	l := n.leaf
	if !l.kind.Numeric(l.Is) {
		return 0
	}
	have, _ := facts.Number(l.Field)
	switch {
	case n.not:
		return l.wayOut(have)
	case have < l.low:
		return l.low - have
	default:
		return l.high - have
	}
}

// wayOut is how far a number that must not be between low and high is from the outside.
func (l *leaf) wayOut(have int64) int64 {
	switch {
	case l.Is == AtLeast:
		return l.low - 1 - have
	case l.Is == AtMost, l.high-have <= have-l.low:
		return l.high + 1 - have
	default:
		return l.low - 1 - have
	}
}
