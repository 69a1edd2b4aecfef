package conditions

import "strings"

func (s Speaker) english(n *node, form Form) string {
	said := s.englishNode(n, form, false)
	switch form {
	case Who:
		return "customers who " + said
	case Goods:
		return "goods whose " + said
	default:
		return "when you " + said
	}
}

// englishNode says a node; inside a group of the other kind its parts are held together by either and both.
func (s Speaker) englishNode(n *node, form Form, inside bool) string {
	if n.leaf != nil {
		return s.englishLeaf(n.leaf, form, n.not)
	}
	if len(n.kids) == 1 {
		return s.englishNode(&n.kids[0], form, inside)
	}
	parts := make([]string, len(n.kids))
	for i := range n.kids {
		parts[i] = s.englishNode(&n.kids[i], form, true)
	}
	joint, hold := " and ", "both "
	if n.any {
		joint, hold = " or ", "either "
	}
	last := len(parts) - 1
	said := strings.Join(parts[:last], ", ") + joint + parts[last]
	if inside {
		said = hold + said
	}
	return said
}

func (s Speaker) englishLeaf(l *leaf, form Form, not bool) string {
	if form == Goods {
		return s.englishGoods(l, not)
	}
	words := englishWords[l.Field]
	if prefix, name := l.Field.Own(); prefix != "" {
		words = englishWord{yes: "have", no: "do not have", before: " " + name + " "}
	}
	if l.Is == AtMost && words.atMost != nil {
		words = *words.atMost
	}
	verb := words.yes
	if not {
		verb = words.no
	}
	switch {
	case l.kind == YesNo:
		return verb + words.before
	case l.kind == Soon && l.Value.Numbers[0] == 0:
		return verb + " a birthday today"
	}
	return verb + words.before + s.englishValue(l, words) + words.after
}

func (s Speaker) englishGoods(l *leaf, not bool) string {
	verb := " is "
	if not {
		verb = " is not "
	}
	noun := map[Field]string{Amount: "amount", Items: "quantity", Category: "category", SKU: "item number", Label: "label"}[l.Field]
	return noun + verb + s.englishValue(l, englishWord{})
}

func (s Speaker) englishValue(l *leaf, words englishWord) string {
	if l.kind.Numeric(l.Is) {
		v := s.numbers(l, func(_ int64, text string) string { return text })
		if l.kind == Soon || words.bare {
			return v[0] + unitOf(words.unit, l.Value.Numbers[0])
		}
		unit := unitOf(words.unit, l.Value.Numbers[len(v)-1])
		more, less := " or more", " or fewer"
		if l.kind == Money {
			less = " or less"
		}
		return map[Is]string{
			AtLeast: v[0] + more + unit, AtMost: v[0] + less + unit, Equals: "exactly " + v[0] + unit, Between: v[0] + " to " + v[len(v)-1] + unit,
		}[l.Is]
	}
	texts := s.names(l)
	switch l.kind {
	case DayOf:
		return map[Is]string{AtLeast: "on " + texts[0] + " or later", AtMost: "on " + texts[0] + " or earlier", Between: "from " + texts[0] + " to " + texts[len(texts)-1]}[l.Is]
	case TimeOf:
		return "between " + texts[0] + " and " + texts[1]
	}
	last := len(texts) - 1
	if last == 0 {
		return texts[0]
	}
	return strings.Join(texts[:last], ", ") + " or " + texts[last]
}

// unitOf is " day" or " days"; a unit that only stands behind a number.
func unitOf(unit string, n int64) string {
	if unit == "" || n == 1 {
		return unit
	}
	return unit + "s"
}

// englishWord is how a field is said: the verb or its negation, before, the value with its unit, after.
type englishWord struct {
	yes, no, before, unit, after string
	bare                         bool // the number alone, without "or more"
	atMost                       *englishWord
}

func have(before, unit, after string) englishWord {
	return englishWord{yes: "have", no: "have not", before: before, unit: unit, after: after}
}

func does(verb, before, unit, after string) englishWord {
	return englishWord{yes: verb, no: "do not " + verb, before: before, unit: unit, after: after}
}

var englishWords = map[Field]englishWord{
	Amount:     does("spend", " ", "", ""),
	Total:      does("pay", " ", "", " in all"),
	Items:      does("buy", " ", " item", ""),
	Lines:      does("buy", " ", " kind", " of goods"),
	SKU:        does("buy", " the item ", "", ""),
	Category:   does("buy", " ", "", ""),
	Label:      does("buy", " something marked “", "", "”"),
	Store:      does("buy", " at ", "", ""),
	Channel:    does("buy", " ", "", ""),
	Payment:    does("pay", " by ", "", ""),
	Date:       does("buy", " ", "", ""),
	Weekday:    does("buy", " on a ", "", ""),
	Time:       does("buy", " ", "", ""),
	FirstOrder: does("buy", " for the first time", "", ""),

	Tier:          does("hold", " ", "", ""),
	Plan:          does("hold", " the plan ", "", ""),
	MemberDays:    have(" been a member for ", " day", ""),
	Joined:        {yes: "joined", no: "did not join", before: " "},
	Orders:        have(" ordered ", " time", ""),
	Visits:        have(" visited ", " time", ""),
	Spend12m:      have(" spent ", "", " in the last 12 months"),
	SpendEver:     have(" spent ", "", " so far"),
	AverageTicket: does("spend", " ", "", " at a time on average"),
	AwayDays: {yes: "have", no: "have not", before: " been away for ", unit: " day",
		atMost: &englishWord{yes: "have", no: "have not", before: " visited within the last ", unit: " day", bare: true}},
	Points:        does("have", " ", "", " to use"),
	BirthdayIn:    does("have", " a birthday within ", " day", ""),
	BirthdayMonth: does("have", " a birthday this month", "", ""),
	HomeStore:     does("go", " to ", "", " most often"),
	Consent:       have(" agreed to receive news", "", ""),
	MapPart:       does("stand", " on the map among “", "", "”"),
	Segment:       does("belong", " to the group “", "", "”"),

	Event:  does("do", " ", "", ""),
	Rating: does("give", " ", " star", ""),
	Length: does("write", " ", " character", ""),
	Photo:  does("add", " a photo", "", ""),
	Video:  does("add", " a video", "", ""),
	DeliveredDays: {yes: "do so", no: "do not do so", before: " ", unit: " day", after: " after the delivery",
		atMost: &englishWord{yes: "do so", no: "do not do so", before: " within ", unit: " day", after: " of the delivery", bare: true}},
}
