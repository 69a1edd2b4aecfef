package terms

import (
	"slices"
	"strings"
)

// offerWords say in one language what coupons promise, what they took off and why not.
type offerWords struct {
	heading   string
	rewards   string
	reward    func(points, thing string) string
	auto      func(points, thing string) string
	tierPrice func(tier, points string) string
	tierNone  func(tier string) string
	quota     func(per LimitPeriod, n string, each bool) string
	shipping  func(most string) string
	freeItem  func(upTo, price string) string
	gift      func(from, price string, things []string) string
	rate      func(thing, percent string) string
	line      func(name, what string) string
	only      func(things []string) string
	except    func(things []string) string
	minimum   func(amount string) string
	minUnits  func(n string) string
	maxUnits  func(n string) string
	days      func(n string) string
	after     func(n string) string
	window    func(from, until string) string
	where     func(channels, stores []string) string
	tiers     func(tiers []string) string
	get       map[Getting]string
	shared    func(code string) string
	stock     func(n string) string
	unitStock func(n string) string
	perMember func(n string) string
	group     map[GroupMode]string

	countsOf  func(amount string) string
	percentOf func(percent, result string) string
	amountOf  func(amount string) string
	atMost    func(most string) string
	left      func(left string) string
	itemOf    func(price, now, off string) string
	rateOf    func(amount, percent, result string) string

	missAmount   func(amount, name, off string) string
	missUnits    func(n, name string) string
	missItem     func(thing, name string) string
	missTier     func(tier, name string) string
	missTogether func(name, other string) string
	missGift     func(thing string) string
	miss         map[MissKind]func(name string) string
}

func (s speaker) offerWords() *offerWords {
	if s.locale == "en" {
		return &englishOffers
	}
	return &koreanOffers
}

var koreanOffers = offerWords{
	heading: "쿠폰",
	rewards: "선물",
	reward: func(points, thing string) string {
		return josa(points, "으로/로") + " " + josa("‘"+thing+"’", "을/를") + " 받을 수 있어요."
	},
	auto: func(points, thing string) string {
		return josa(points, "이/가") + " 모이면 " + josa("‘"+thing+"’", "을/를") + " 자동으로 드려요."
	},
	tierPrice: func(tier, points string) string { return tier + " 등급은 " + points + "예요." },
	tierNone:  func(tier string) string { return tier + " 등급은 받을 수 없어요." },
	quota: func(per LimitPeriod, n string, each bool) string {
		if each {
			return map[LimitPeriod]string{PerLife: "한 분이 ", PerDay: "한 분이 하루에 ", PerMonth: "한 분이 한 달에 "}[per] + n + "번까지예요."
		}
		return map[LimitPeriod]string{PerLife: "모두 ", PerDay: "하루에 모두 ", PerMonth: "한 달에 모두 "}[per] + n + "개까지예요."
	},
	shipping: func(most string) string { return upTo("배송비 무료", most, "까지") },
	freeItem: func(most, price string) string {
		if price != "" {
			return upTo("한 개를 "+price+"에", most, "까지 할인")
		}
		return upTo("한 개 무료", most, "까지")
	},
	gift: func(from, price string, things []string) string {
		return "배송비를 빼고 내실 돈이 " + from + " 이상이면 " + strings.Join(things, ", ") + " 가운데 한 개를 " + price + "에"
	},
	rate:     func(thing, percent string) string { return thing + " " + percent },
	line:     func(name, what string) string { return "‘" + name + "’: " + what },
	only:     func(things []string) string { return strings.Join(things, ", ") + "에 쓸 수 있어요." },
	except:   func(things []string) string { return strings.Join(things, ", ") + "에는 쓸 수 없어요." },
	minimum:  func(amount string) string { return amount + " 이상 사실 때 쓸 수 있어요." },
	minUnits: func(n string) string { return n + "개 이상 사실 때 쓸 수 있어요." },
	maxUnits: func(n string) string { return "한 번에 " + n + "개까지예요." },
	days:     func(n string) string { return "받은 날부터 " + n + "일 동안 쓸 수 있어요." },
	after:    func(n string) string { return "받고 " + n + "일 뒤부터 쓸 수 있어요." },
	window: func(from, until string) string {
		switch {
		case from == "":
			return until + "까지 쓸 수 있어요."
		case until == "":
			return from + "부터 쓸 수 있어요."
		}
		return from + "부터 " + until + "까지 쓸 수 있어요."
	},
	where: func(channels, stores []string) string {
		return strings.Join(slices.Concat(stores, channelNames(channels, "매장", "온라인")), ", ") + "에서 쓸 수 있어요."
	},
	tiers: func(tiers []string) string { return strings.Join(tiers, ", ") + " 등급만 쓸 수 있어요." },
	get: map[Getting]string{
		GetAutomatic: "보여 주지 않으셔도 자동으로 빼 드려요.",
		GetStaff:     "계산하실 때 직원에게 말씀해 주세요. 한 영수증으로 함께 사셔야 해요.",
	},
	shared:    func(code string) string { return "코드는 " + code + "예요." },
	stock:     func(n string) string { return "모두 " + n + "번까지예요." },
	unitStock: func(n string) string { return "모두 " + n + "개까지예요." },
	perMember: func(n string) string { return "한 분이 " + n + "번까지 쓸 수 있어요." },
	group: map[GroupMode]string{
		GroupBest:      "비슷한 쿠폰이 여러 장이면 가장 많이 빼 드리는 하나를 써요.",
		GroupFirst:     "비슷한 쿠폰이 여러 장이면 먼저 적힌 하나를 써요.",
		GroupExclusive: "다른 쿠폰과 같이 쓸 수 없어요.",
	},

	countsOf:  func(amount string) string { return "할인되는 금액 " + amount },
	percentOf: func(percent, result string) string { return percent + " 할인 = " + result },
	amountOf:  func(amount string) string { return "정해진 " + amount },
	atMost:    func(most string) string { return most + "까지 빼 드려요" },
	left:      func(left string) string { return "내실 돈이 " + left + "이라 그만큼만 빼 드려요" },
	itemOf:    func(price, now, off string) string { return price + "짜리를 " + now + "에 = " + off },
	rateOf: func(amount, percent, result string) string {
		return amount + "의 " + percent + " → 더해서 " + result
	},

	missAmount: func(amount, name, off string) string {
		return amount + " 더 사시면 " + josa("‘"+name+"’", "을/를") + " 쓸 수 있어요" + inBrackets(off, " 할인")
	},
	missUnits: func(n, name string) string {
		return n + "개 더 사시면 " + josa("‘"+name+"’", "을/를") + " 쓸 수 있어요"
	},
	missItem: func(thing, name string) string {
		if thing == "" {
			return "‘" + name + "’에 맞는 상품이 없어요"
		}
		return "‘" + thing + "’ 상품을 함께 사시면 " + josa("‘"+name+"’", "을/를") + " 쓸 수 있어요"
	},
	missTier: func(tier, name string) string {
		return tier + " 등급부터 " + josa("‘"+name+"’", "을/를") + " 쓸 수 있어요"
	},
	missTogether: func(name, other string) string {
		if other == "" || other == name {
			return josa("‘"+name+"’", "은/는") + " 다른 쿠폰과 같이 쓸 수 없어요"
		}
		return "‘" + other + "’ 쿠폰을 써서 " + josa("‘"+name+"’", "은/는") + " 같이 쓸 수 없어요"
	},
	missGift: func(thing string) string {
		return "‘" + thing + "’ 상품은 이 장바구니에 덤으로 담을 수 없어요"
	},
	miss: map[MissKind]func(string) string{
		MissChannel: func(name string) string { return josa("‘"+name+"’", "은/는") + " 여기서 쓸 수 없어요" },
		MissStore: func(name string) string {
			return josa("‘"+name+"’", "은/는") + " 이 매장에서 쓸 수 없어요"
		},
		MissDay:     func(name string) string { return josa("‘"+name+"’", "은/는") + " 오늘 쓸 수 없어요" },
		MissStock:   func(name string) string { return josa("‘"+name+"’", "은/는") + " 모두 나갔어요" },
		MissNothing: func(name string) string { return "‘" + name + "’ 쿠폰으로 뺄 금액이 없어요" },
	},
}

var englishOffers = offerWords{
	heading: "Coupons",
	rewards: "Rewards",
	reward:  func(points, thing string) string { return "Get “" + thing + "” for " + points + "." },
	auto: func(points, thing string) string {
		return "Reach " + points + " and you get “" + thing + "” automatically."
	},
	tierPrice: func(tier, points string) string { return tier + " members: " + points + "." },
	tierNone:  func(tier string) string { return "Not available to " + tier + " members." },
	quota: func(per LimitPeriod, n string, each bool) string {
		span := map[LimitPeriod]string{PerLife: "", PerDay: " a day", PerMonth: " a month"}[per]
		if each {
			return "Up to " + counted(n, "time") + span + " per person."
		}
		return n + " available in total" + span + "."
	},
	shipping: func(most string) string { return englishUpTo("free delivery", most, "") },
	freeItem: func(most, price string) string {
		if price != "" {
			return englishUpTo("one item for "+price, most, " off")
		}
		return englishUpTo("one free item", most, "")
	},
	gift: func(from, price string, things []string) string {
		return "one of " + strings.Join(things, ", ") + " for " + price + " when you spend " + from + " or more, not counting delivery"
	},
	rate:     func(thing, percent string) string { return thing + " " + percent },
	line:     func(name, what string) string { return "“" + name + "”: " + what },
	only:     func(things []string) string { return "For " + strings.Join(things, ", ") + "." },
	except:   func(things []string) string { return "Not for " + strings.Join(things, ", ") + "." },
	minimum:  func(amount string) string { return "On orders of " + amount + " or more." },
	minUnits: func(n string) string { return "When you buy " + n + " or more." },
	maxUnits: func(n string) string { return "Up to " + counted(n, "item") + " at a time." },
	days:     func(n string) string { return "Valid for " + counted(n, "day") + " from the day you get it." },
	after:    func(n string) string { return "Valid from " + counted(n, "day") + " after you get it." },
	window: func(from, until string) string {
		switch {
		case from == "":
			return "Valid until " + until + "."
		case until == "":
			return "Valid from " + from + "."
		}
		return "Valid from " + from + " until " + until + "."
	},
	where: func(channels, stores []string) string {
		return "Valid at " + strings.Join(slices.Concat(stores, channelNames(channels, "our stores", "our online shop")), ", ") + "."
	},
	tiers: func(tiers []string) string { return "Only for " + strings.Join(tiers, ", ") + " members." },
	get: map[Getting]string{
		GetAutomatic: "Applied automatically, with nothing to show.",
		GetStaff:     "Tell us when you pay. Everything must be on one receipt.",
	},
	shared:    func(code string) string { return "The code is " + code + "." },
	stock:     func(n string) string { return n + " available in total." },
	unitStock: func(n string) string { return "For " + counted(n, "item") + " in total." },
	perMember: func(n string) string { return "Up to " + counted(n, "time") + " per person." },
	group: map[GroupMode]string{
		GroupBest:      "If you have several like it, we use the one that saves you most.",
		GroupFirst:     "If you have several like it, we use the one listed first.",
		GroupExclusive: "Can't be combined with other coupons.",
	},

	countsOf:  func(amount string) string { return amount + " counts" },
	percentOf: func(percent, result string) string { return percent + " off = " + result },
	amountOf:  func(amount string) string { return "Fixed: " + amount },
	atMost:    func(most string) string { return "up to " + most },
	left:      func(left string) string { return "only " + left + " is left to pay" },
	itemOf:    func(price, now, off string) string { return "item at " + price + " for " + now + " = " + off },
	rateOf: func(amount, percent, result string) string {
		return percent + " of " + amount + " → " + result + " so far"
	},
	missAmount: func(amount, name, off string) string {
		return "Spend " + amount + " more to use “" + name + "”" + inBrackets(off, " off")
	},
	missUnits: func(n, name string) string { return "Add " + n + " more to use “" + name + "”" },
	missItem: func(thing, name string) string {
		if thing == "" {
			return "Nothing in the cart works with “" + name + "”"
		}
		return "Add “" + thing + "” to use “" + name + "”"
	},
	missTier: func(tier, name string) string { return "“" + name + "” is for " + tier + " members" },
	missTogether: func(name, other string) string {
		if other == "" || other == name {
			return "“" + name + "” can't be combined with other coupons"
		}
		return "“" + name + "” can't be combined with “" + other + "”"
	},
	missGift: func(thing string) string { return "“" + thing + "” can't be added to this cart as a gift" },
	miss: map[MissKind]func(string) string{
		MissChannel: func(name string) string { return "“" + name + "” can't be used here" },
		MissStore:   func(name string) string { return "“" + name + "” can't be used at this store" },
		MissDay:     func(name string) string { return "“" + name + "” can't be used today" },
		MissStock:   func(name string) string { return "“" + name + "” has run out" },
		MissNothing: func(name string) string { return "“" + name + "” has nothing to take off" },
	},
}

func upTo(what, most, word string) string {
	if most == "" {
		return what
	}
	return what + "(" + most + word + ")"
}

func englishUpTo(what, most, word string) string {
	return what + strings.Replace(inBrackets(most, word), "(", "(up to ", 1)
}

func inBrackets(amount, word string) string {
	if amount == "" {
		return ""
	}
	return " (" + amount + word + ")"
}

func channelNames(codes []string, store, online string) (names []string) {
	for _, code := range codes {
		switch code {
		case "store":
			code = store
		case "online":
			code = online
		}
		names = append(names, code)
	}
	return names
}
