package terms

import "strings"

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
	gift      func(from, price string, things []string, days string) string
	span      func(from, until string) string
	rate      func(thing, percent string) string
	line      func(name, what string) string
	only      func(goods string) string
	minimum   func(amount string) string
	minUnits  func(n string) string
	maxUnits  func(n string) string
	days      func(n string, later bool) string
	after     func(n string) string
	window    func(from, until string) string
	where     func(stores []string) string
	through   func(channels []string) string
	tiers     func(tiers []string) string
	when      func(condition string) string
	get       map[Getting]string
	shared    func(code string) string
	stock     func(n string) string
	unitStock func(n string) string
	perMember func(n string) string
	group     func(mode GroupMode, names []string) string
	together  string
	kind      map[RewardKind]string
	credits   func(points string) string
	coupon    func(name string) string

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
	missWhere    func(condition, name string) string
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
		return josa(points, "이/가") + " 모이면 저절로 " + josa("‘"+thing+"’", "으로/로") + " 바꿔 드려요."
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
		return upTo("한 개 무료", most, "까지 빼 드려요")
	},
	gift: func(from, price string, things []string, days string) string {
		return days + "배송비를 빼고 내실 돈이 " + from + " 이상이면 상품 번호 " + strings.Join(things, ", ") + " 가운데 한 개를 " + price + "에"
	},
	span: func(from, until string) string {
		if from != "" {
			from += "부터 "
		}
		if until != "" {
			until += "까지 "
		}
		return from + until
	},
	rate: func(thing, percent string) string {
		return "상품 번호 " + josa(thing, "은/는") + " " + percent + " 할인"
	},
	line:     func(name, what string) string { return "‘" + name + "’: " + what },
	only:     func(goods string) string { return goods + "에만 쓸 수 있어요." },
	minimum:  func(amount string) string { return amount + " 이상 사실 때 쓸 수 있어요." },
	minUnits: func(n string) string { return n + "개 이상 사실 때 쓸 수 있어요." },
	maxUnits: func(n string) string { return "한 번에 " + n + "개까지예요." },
	days: func(n string, later bool) string {
		first := "받은 날"
		if later {
			first = "쓸 수 있게 된 날"
		}
		if n == "1" {
			return first + " 하루만 쓸 수 있어요."
		}
		return josa(first, "을/를") + " 포함해 " + n + "일 동안 쓸 수 있어요."
	},
	after: func(n string) string { return "받고 " + n + "일 뒤부터 쓸 수 있어요." },
	window: func(from, until string) string {
		switch {
		case from == "":
			return until + "까지 쓸 수 있어요."
		case until == "":
			return from + "부터 쓸 수 있어요."
		}
		return from + "부터 " + until + "까지 쓸 수 있어요."
	},
	where:   func(stores []string) string { return strings.Join(stores, ", ") + "에서만 쓸 수 있어요." },
	through: func(channels []string) string { return strings.Join(channels, ", ") + "에서만 쓸 수 있어요." },
	tiers:   func(tiers []string) string { return strings.Join(tiers, ", ") + " 등급만 쓸 수 있어요." },
	when:    func(condition string) string { return condition + " 쓸 수 있어요." },
	get: map[Getting]string{
		GetAutomatic: "보여 주지 않으셔도 자동으로 빼 드려요.",
		GetStaff:     "계산하실 때 직원에게 말씀해 주세요. 한 영수증으로 함께 사셔야 해요.",
	},
	shared: func(code string) string {
		return "계산하실 때 코드 " + josa("‘"+code+"’", "을/를") + " 알려 주세요."
	},
	stock:     func(n string) string { return "모두 " + n + "번까지예요." },
	unitStock: func(n string) string { return "모두 " + n + "개까지예요." },
	perMember: func(n string) string { return "한 분이 " + n + "번까지 쓸 수 있어요." },
	group: func(mode GroupMode, names []string) string {
		one := strings.Join(names, ", ") + " 쿠폰은 한 번에 하나만, "
		switch mode {
		case GroupBest:
			return one + "가장 많이 빼 드리는 것으로 써요."
		case GroupFirst:
			return one + "먼저 적힌 것으로 써요."
		default:
			return one + "다른 쿠폰 없이 써요."
		}
	},
	together: "함께 쓸 수 없다고 적지 않은 쿠폰은 서로 함께 쓸 수 있어요.",
	kind: map[RewardKind]string{
		RewardCodes: "쓸 수 있는 코드를 드려요.", RewardSent: "직접 건네 드리거나 보내 드려요.", RewardDonation: "저희가 대신 기부해요.",
	},
	credits: func(points string) string { return "그러면 " + josa(points, "이/가") + " 쌓여요." },
	coupon:  func(name string) string { return "‘" + name + "’ 쿠폰으로 드려요." },

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
	missWhere: func(condition, name string) string {
		return josa("‘"+name+"’", "은/는") + " " + condition + " 쓸 수 있어요"
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

func upTo(what, most, word string) string {
	if most == "" {
		return what
	}
	return what + "(" + most + word + ")"
}

func inBrackets(amount, word string) string {
	if amount == "" {
		return ""
	}
	return " (" + amount + word + ")"
}
