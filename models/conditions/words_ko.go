package conditions

import (
	"strconv"
	"strings"

	"dangol/models/calendar"
	"dangol/models/hangul"
)

// verb is a Korean verb whose stem ends on a vowel, in the forms that a condition needs: 사고, 샀고, 산.
type verb struct {
	stem, past, adnominal string
	done                  bool // it is about what has been: 샀고 rather than 사고
}

var (
	buy    = verb{stem: "사", past: "샀", adnominal: "산"}
	pay    = verb{stem: "내", past: "냈", adnominal: "낸"}
	spent  = verb{"쓰", "썼", "쓴", true}
	came   = verb{"오", "왔", "온", true}
	bought = verb{"사", "샀", "산", true}
	became = verb{stem: "되", past: "됐", adnominal: "된"}
	joined = verb{"가입하", "가입했", "가입한", true}
	agreed = verb{"동의하", "동의했", "동의한", true}
	belong = verb{stem: "속하", past: "속했", adnominal: "속한"}
	posted = verb{stem: "올리", past: "올렸", adnominal: "올린"}
	wrote  = verb{stem: "쓰", past: "썼", adnominal: "쓴"}
	given  = verb{stem: "주", past: "줬", adnominal: "준"}
)

// honorific speaks to the customer.
func (v verb) honorific() verb {
	return verb{v.stem + "시", v.stem + "셨", v.stem + "신", v.done}
}

// ending is how a clause goes on: with and, with or, before a noun, or as the condition of what follows.
type ending uint8

const (
	andThen ending = iota
	orElse
	ofNoun
	ifSo
)

func (v *verb) end(e ending) string {
	base, past := v.stem, ""
	if v.done {
		base, past = v.past, "으"
	}
	return [...]string{base + "고", base + "거나", v.adnominal, base + past + "면"}[e]
}

// notEnd negates: 사지 않고. The stem is the plain one, the honour stands behind.
func (v *verb) notEnd(e ending, honour bool) string {
	switch {
	case honour && v.done:
		return v.stem + [...]string{"지 않으셨고", "지 않으셨거나", "지 않으신", "지 않으셨으면"}[e]
	case honour:
		return v.stem + [...]string{"지 않으시고", "지 않으시거나", "지 않으신", "지 않으시면"}[e]
	case v.done:
		return v.stem + [...]string{"지 않았고", "지 않았거나", "지 않은", "지 않았으면"}[e]
	}
	return v.stem + [...]string{"지 않고", "지 않거나", "지 않은", "지 않으면"}[e]
}

// ko writes a clause with its ending.
func (c clause) ko(e ending, honour bool) string {
	switch {
	case c.verb != nil && c.not:
		return c.text + c.verb.notEnd(e, honour)
	case c.verb != nil && honour:
		v := c.verb.honorific()
		return c.text + v.end(e)
	case c.verb != nil:
		return c.text + c.verb.end(e)
	case c.not:
		return hangul.Josa(c.text, "이/가") + [...]string{" 아니고", " 아니거나", " 아닌", " 아니면"}[e]
	}
	return c.text + [...]string{"이고", "이거나", "인", "이면"}[e]
}

func (s Speaker) korean(n *node, form Form) string {
	switch form {
	case Who:
		return s.koreanNode(n, form, ofNoun) + " 손님"
	case Goods:
		return s.koreanNode(n, form, ofNoun) + " 상품"
	default:
		return s.koreanNode(n, form, ifSo)
	}
}

// koreanNode says a node with its ending; a group inside another becomes a case of its own.
func (s Speaker) koreanNode(n *node, form Form, e ending) string {
	if n.leaf != nil {
		c := s.koreanLeaf(n.leaf, form)
		c.not = n.not
		return c.ko(e, form == When)
	}
	join := andThen
	if n.any {
		join = orElse
	}
	parts := make([]string, len(n.kids))
	for i := range n.kids {
		end := join
		if i == len(n.kids)-1 {
			end = e
		}
		parts[i] = s.koreanKid(&n.kids[i], form, end)
	}
	return strings.Join(parts, ", ")
}

func (s Speaker) koreanKid(kid *node, form Form, e ending) string {
	switch {
	case len(kid.kids) == 1:
		return s.koreanKid(&kid.kids[0], form, e)
	case kid.leaf == nil:
		return clause{text: "(" + s.koreanNode(kid, form, ofNoun) + ") 경우"}.ko(e, false)
	}
	return s.koreanNode(kid, form, e)
}

// koreanLeaf says a comparison.
func (s Speaker) koreanLeaf(l *leaf, form Form) clause {
	if form == Goods {
		return s.koreanGoods(l)
	}
	if prefix, name := l.Field.Own(); prefix != "" {
		return clause{text: hangul.Josa(name, "이/가") + " " + s.koreanValue(l, "")}
	}
	words := koreanWords[l.Field]
	text := words.before
	switch {
	case l.kind == Soon && l.Value.Numbers[0] == 0:
		return clause{text: "생일이 오늘"}
	case l.Is == AtMost && words.atMost != "":
		return clause{text: strings.Replace(words.atMost, "%", s.koreanNumbers(l, words.unit)[0], 1), verb: words.atMostVerb}
	case l.kind != YesNo:
		text += s.koreanValue(l, words.unit)
	}
	if words.josa != "" {
		text = hangul.Josa(text, words.josa)
	}
	return clause{text: text + words.after, verb: words.verb}
}

func (s Speaker) koreanNumbers(l *leaf, unit string) []string {
	return s.numbers(l, func(_ int64, text string) string { return text + unit })
}

func (s Speaker) koreanValue(l *leaf, unit string) string {
	switch {
	case l.kind.Numeric(l.Is):
		v := s.koreanNumbers(l, unit)
		return map[Is]string{AtLeast: v[0] + " 이상", AtMost: v[0] + " 이하", Equals: "딱 " + v[0], Between: v[0] + "~" + v[len(v)-1]}[l.Is]
	case l.kind == DayOf:
		return koreanDays(l)
	case l.kind == TimeOf:
		return koreanTimes(l.Value.Texts)
	case l.kind == WeekdayOf:
		return strings.Join(s.names(l), "·")
	}
	return koreanOr(s.names(l))
}

// koreanOr joins names: "음료나 빵".
func koreanOr(names []string) string {
	last := len(names) - 1
	for i := range last {
		names[i] = hangul.Josa(names[i], "이나/나")
	}
	return strings.Join(names, " ")
}

func koreanDays(l *leaf) string {
	var days []string
	for _, text := range l.Value.Texts {
		day, _ := calendar.Parse(text)
		year, month, d := day.Date()
		days = append(days, strconv.Itoa(year)+"년 "+strconv.Itoa(int(month))+"월 "+strconv.Itoa(d)+"일")
	}
	return map[Is]string{AtLeast: days[0] + "부터", AtMost: days[0] + "까지", Between: days[0] + "부터 " + days[len(days)-1] + "까지"}[l.Is]
}

func koreanTimes(times []string) string {
	if !whole(times) {
		return times[0] + "~" + times[1]
	}
	from, to := strings.TrimSuffix(times[0], ":00"), strings.TrimSuffix(times[1], ":00")
	return strings.TrimPrefix(from, "0") + "~" + strings.TrimPrefix(to, "0") + "시"
}

// koreanGoods says a comparison of a line.
func (s Speaker) koreanGoods(l *leaf) clause {
	subject := map[Field]string{Amount: "금액이 ", Items: "수량이 ", Category: "분류가 ", SKU: "상품 번호가 ", Label: "표시가 "}[l.Field]
	return clause{text: subject + s.koreanValue(l, koreanWords[l.Field].unit)}
}

// koreanWord is how a field is said: before, the value with its unit and particle, after, and a verb or that it is so.
type koreanWord struct {
	before, unit, josa, after string
	verb                      *verb
	atMost                    string // AtMost is said otherwise: % is the number
	atMostVerb                *verb
}

var koreanWords = map[Field]koreanWord{
	Amount:     {after: " ", verb: &buy},
	Total:      {before: "모두 ", after: " ", verb: &pay},
	Items:      {unit: "개", after: " ", verb: &buy},
	Lines:      {unit: "가지", after: " ", verb: &buy},
	SKU:        {before: "상품 ", josa: "을/를", after: " ", verb: &buy},
	Category:   {josa: "을/를", after: " ", verb: &buy},
	Label:      {before: "‘", after: "’ 표시가 있는 상품을 ", verb: &buy},
	Store:      {after: "에서 ", verb: &buy},
	Channel:    {after: "에서 ", verb: &buy},
	Payment:    {josa: "으로/로", after: " ", verb: &pay},
	Date:       {after: " ", verb: &buy},
	Weekday:    {after: "에 ", verb: &buy},
	Time:       {after: "에 ", verb: &buy},
	FirstOrder: {before: "첫 구매"},

	Tier:          {after: " 등급"},
	Plan:          {after: " 회원권을 ", verb: &wrote},
	MemberDays:    {before: "가입한 지 ", unit: "일", after: " ", verb: &became},
	Joined:        {after: " ", verb: &joined},
	Orders:        {before: "지금까지 ", unit: "번", after: " ", verb: &bought},
	Visits:        {before: "지금까지 ", unit: "번", after: " ", verb: &came},
	Spend12m:      {before: "최근 12개월 동안 ", after: " ", verb: &spent},
	SpendEver:     {before: "지금까지 ", after: " ", verb: &spent},
	AverageTicket: {before: "한 번에 쓰는 돈이 평균 "},
	AwayDays:      {before: "안 온 지 ", unit: "일", after: " ", verb: &became, atMost: "최근 % 안에 ", atMostVerb: &came},
	Points:        {before: "쓸 수 있는 포인트가 "},
	BirthdayIn:    {unit: "일", atMost: "생일이 % 안"},
	BirthdayMonth: {before: "생일이 이번 달"},
	HomeStore:     {before: "가장 자주 가는 매장이 "},
	Consent:       {before: "소식 받기에 ", verb: &agreed},
	MapPart:       {before: "단골 지도에서 ‘", after: "’"},
	Segment:       {before: "‘", after: "’ 그룹에 ", verb: &belong},

	Event:         {before: "한 일이 "},
	Rating:        {before: "별점을 ", unit: "점", after: " ", verb: &given},
	Length:        {unit: "자", after: " ", verb: &wrote},
	Photo:         {before: "사진을 ", verb: &posted},
	Video:         {before: "동영상을 ", verb: &posted},
	DeliveredDays: {before: "배송받은 지 ", unit: "일", after: " ", verb: &became, atMost: "배송받은 지 % 안"},
}
