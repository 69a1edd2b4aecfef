package terms

import "strings"

// whenWords are the conditions of a rule, written out; empty where there is none.
type whenWords struct {
	event    string // instead of buying
	where    string // a condition, as a clause of its own
	buys     bool   // which says that one buys
	first    bool
	goods    string // "분류가 ‘drink’인 상품"
	minimum  string
	tiers    []string
	stores   []string
	channels []string
}

// codeWords say in one language what a code is of which a document has no name.
type codeWords struct{ store, channel, category, payment func(code string) string }

var koreanCodes = codeWords{
	store:    func(code string) string { return "매장 ‘" + code + "’" },
	channel:  func(code string) string { return channelName(code, "매장", "온라인", "‘"+code+"’") },
	category: func(code string) string { return "분류 ‘" + code + "’ 상품" },
	payment:  func(code string) string { return "결제 수단 ‘" + code + "’" },
}

var englishCodes = codeWords{
	store:    func(code string) string { return "the store “" + code + "”" },
	channel:  func(code string) string { return channelName(code, "our stores", "our online shop", "“"+code+"”") },
	category: func(code string) string { return "goods in the category “" + code + "”" },
	payment:  func(code string) string { return "the payment method “" + code + "”" },
}

// channelName is what the channels are called that every shop has, or another's code.
func channelName(code, store, online, other string) string {
	switch code {
	case "store":
		return store
	case "online":
		return online
	default:
		return other
	}
}

// buying is how Korean says that every purchase counts.
const buying = "사실 때마다"

func koreanWhen(w whenWords) string {
	var parts []string
	add := func(applies bool, part string) {
		if applies {
			parts = append(parts, part)
		}
	}
	add(len(w.tiers) > 0, josa(strings.Join(w.tiers, "·")+" 등급", "이/가"))
	add(len(w.stores) > 0, strings.Join(w.stores, "·")+"에서")
	add(len(w.channels) > 0, strings.Join(w.channels, "·")+"에서")
	if w.event != "" {
		add(w.goods != "", josa(w.goods, "으로/로"))
		add(w.minimum != "", w.minimum+" 이상")
		if w.where != "" {
			if stem, ok := strings.CutSuffix(w.event, "시면"); ok {
				w.event = stem + "시고"
			}
			w.event += ", " + w.where
		}
		return strings.Join(append(parts, w.event), " ")
	}
	add(w.goods != "", josa(w.goods, "을/를"))
	add(w.minimum != "", w.minimum+" 이상")
	switch {
	case w.where == "" && w.first:
		add(true, "처음 사시면")
	case w.where == "":
		add(true, buying)
	case w.first:
		add(true, "처음 사실 때, "+w.where)
	case len(parts) > 0 || !w.buys:
		add(true, "사실 때, "+w.where)
	default:
		add(true, w.where)
	}
	return strings.Join(parts, " ")
}

// koreanOnce says of a rule that counts what is bought at once, not what adds up.
func koreanOnce(when string) string { return strings.Replace(when, buying, "한 번에 사실 때", 1) }

func englishWhen(w whenWords) string {
	s, asked := "Every time you buy", strings.TrimPrefix(w.where, "when you ")
	if w.first {
		s = "The first time you buy"
	}
	of, bare := " for ", s
	if w.event != "" {
		s, of, bare = strings.TrimSuffix(w.event, ","), " of ", ""
		if w.goods != "" {
			w.goods = "with " + w.goods
		}
	}
	if w.goods != "" {
		s += " " + w.goods
	}
	if w.minimum != "" {
		s += of + w.minimum + " or more"
	}
	if len(w.stores) > 0 {
		s += " at " + strings.Join(w.stores, " or ")
	}
	if len(w.channels) > 0 {
		s += " through " + strings.Join(w.channels, " or ")
	}
	if len(w.tiers) > 0 {
		s += " as " + strings.Join(w.tiers, " or ")
	}
	switch {
	case s == bare && strings.HasPrefix(asked, "buy "):
		s += strings.TrimPrefix(asked, "buy")
	case asked != "":
		s += ", if you " + asked
	}
	return s + ","
}
