package terms

import (
	"strings"

	"dangol/models/calendar"
)

// korean says it in plain 해요체: no word that only a bookkeeper uses.
var korean = language{
	tierWords: koreanTiers,

	money: func(amount, currency string) string {
		if currency == "KRW" {
			return amount + "원"
		}
		return symbol(currency) + amount
	},
	points: func(n string, _ bool, u *Unit) string {
		if u.Suffix.Ko != "" {
			return n + u.Suffix.Ko
		}
		return n + " " + u.Name.In("ko")
	},

	sentenceRate: func(percent, unit string) string {
		return "쓴 돈의 " + josa(percent, "을/를") + " " + josa(unit, "으로/로") + " 드려요."
	},
	sentenceItem: func(thing, points string) string { return thing + "에 " + josa(points, "을/를") + " 드려요." },
	sentence:     koreanSentence,
	sentenceUse:  func(minimum string) string { return minimum + "부터 쓸 수 있어요." },
	quoted:       func(name string) string { return "‘" + name + "’" },
	sentenceSwap: func(points, thing string) string {
		return josa(points, "을/를") + " 모으면 " + josa(thing, "을/를") + " 드려요."
	},
	sentenceCoupon: func(coupon, minimum, memberDays string) string {
		var bounds []string
		if minimum != "" {
			bounds = append(bounds, minimum+" 이상 사실 때")
		}
		if memberDays != "0" {
			bounds = append(bounds, "가입하고 "+memberDays+"일이 지난 분께")
		}
		return koreanSentence("생일에는 "+josa(coupon, "을/를")+" 드려요.", bounds, "")
	},
	sentenceNothing: "차곡차곡 쌓여요.",

	headings: headings("이렇게 쌓여요", "이렇게 써요", "언제까지 쓸 수 있나요?", "등급", "생일", "환불하시면"),

	rate: func(when, percent, unit string) string {
		return when + " 낸 돈의 " + josa(percent, "을/를") + " " + josa(unit, "으로/로") + " 드려요."
	},
	ratio: func(when, every, points string) string {
		return when + " " + every + "당 " + points + "꼴로 드려요."
	},
	perPart: func(every string) string {
		return josa(every, "이/가") + " 안 되는 돈도 비율대로 계산해요."
	},
	per: func(when, every, points string) string {
		return koreanOnce(when) + " " + josa(every, "을/를") + " 채울 때마다 " + points + "씩 드려요."
	},
	perWhole: func(every string) string {
		return josa(every, "이/가") + " 안 되는 나머지는 세지 않아요."
	},
	perItem: func(when, points string) string {
		return when + " 한 개에 " + josa(points, "을/를") + " 드려요."
	},
	fixed:     func(when, points string) string { return when + " " + josa(points, "을/를") + " 드려요." },
	when:      koreanWhen,
	tierRates: func(list []string) string { return strings.Join(list, ", ") + " 드려요." },
	tierRate:  func(tier, percent string) string { return josa(tier, "은/는") + " " + josa(percent, "을/를") },
	tierFactor: func(tier, times string) string {
		return josa(tier, "은/는") + " 모두 합쳐 " + times + "배를"
	},
	tierTimes: func(tier, times string) string {
		return josa(tier, "은/는") + " 모두 합쳐 평소의 " + times + "배를"
	},
	rounding: func(mode RoundingMode, to string, perLine bool) string {
		scope := ""
		if perLine {
			scope = "상품마다 "
		}
		return scope + to + " 미만은 " + koreanMode(mode) + "."
	},
	cap: func(points string) string { return "한 번에 " + points + "까지 드려요." },
	limitTimes: func(per LimitPeriod, times string) string {
		if times == "1" {
			return koreanPeriod[per] + " 한 번만 드려요."
		}
		return koreanPeriod[per] + " " + times + "번까지 드려요."
	},
	limit: func(per LimitPeriod, points string) string {
		return koreanPeriod[per] + " " + points + "까지 드려요."
	},
	holdDays: func(days string, happening bool) string {
		if happening {
			return "그날부터 " + days + "일 뒤에 들어와요."
		}
		return "구매하신 날부터 " + days + "일 뒤에 들어와요."
	},
	nextVisit: "다음 방문부터 쓸 수 있어요.",
	basis:     koreanBasis,

	pay:   koreanPay,
	codes: koreanCodes,
	notSpent: func(unit string, tiers bool) string {
		if !tiers {
			return josa(unit, "은/는") + " 세기만 하고 쓰지 않아요."
		}
		return josa(unit, "은/는") + " 등급을 정하는 데만 쓰이고, 내거나 바꾸는 데는 쓸 수 없어요."
	},
	neverEnds: func(unit string) string { return josa(unit, "은/는") + " 기한이 없어요." },
	span:      koreanSpan,
	life:      koreanLife,
	notices:   "기한이 끝나기 2개월, 1개월, 3일 전에 알려 드려요. 알려 드리지 못하면 사라지지 않고 한 달씩 늘어나요.",

	birthday: func(lead, coupon string) string {
		if lead == "0" {
			return "생일에 " + josa(coupon, "을/를") + " 드려요."
		}
		return "생일 " + lead + "일 전에 " + josa(coupon, "을/를") + " 드려요."
	},
	birthdayUse: func(after, minimum string) string {
		until := "생일 " + after + "일 뒤까지"
		if after == "0" {
			until = "생일까지"
		}
		if minimum == "" {
			return until + " 쓸 수 있어요."
		}
		return until + ", " + minimum + " 이상 사실 때 쓸 수 있어요."
	},
	birthdayOnce: func(days string) string {
		if days == "0" {
			return "한 해에 한 번 드려요."
		}
		return "한 해에 한 번, 가입하고 " + days + "일이 지난 분께 드려요."
	},
	leapDay: map[string]string{
		"":          "2월 29일에 태어나신 분은 그날이 없는 해에 2월 28일로 챙겨 드려요.",
		"feb28":     "2월 29일에 태어나신 분은 그날이 없는 해에 2월 28일로 챙겨 드려요.",
		"mar1":      "2월 29일에 태어나신 분은 그날이 없는 해에 3월 1일로 챙겨 드려요.",
		"leap_only": "2월 29일에 태어나신 분은 그날이 있는 해에 챙겨 드려요.",
	},
	lunar: "음력 생일은 해마다 그해의 양력 날짜로 챙겨 드려요.",
	leapMonth: map[calendar.LeapMonth]string{
		"":                   "윤달에 태어나신 분은 같은 달의 평달로 챙겨 드려요.",
		calendar.PlainMonth:  "윤달에 태어나신 분은 같은 달의 평달로 챙겨 드려요.",
		calendar.InLeapMonth: "윤달에 태어나신 분은 그 윤달이 드는 해에는 윤달로, 다른 해에는 평달로 챙겨 드려요.",
	},
	amountOff: func(amount, name string) string { return amount + " 쿠폰" },
	percentOff: func(percent, most, name string) string {
		if most == "" {
			return percent + " 할인 쿠폰"
		}
		return percent + " 할인 쿠폰(" + most + "까지)"
	},

	sumOf: func(parts []string, result string) string { return strings.Join(parts, " ") + " = " + result },
	total: func(amount string) string { return "결제 금액 " + amount },
	less: map[Op]func(string, string) string{
		OpShipping: func(amount, _ string) string { return "− 배송비 " + amount },
		OpPoints:   func(amount, unit string) string { return "− " + josa(unit, "으로/로") + " 낸 돈 " + amount },
		OpDiscount: func(amount, _ string) string { return "+ 할인 " + amount },
		OpTax:      func(amount, _ string) string { return "− 세금 " + amount },
		OpGoodsTax: func(amount, tax string) string { return "− 세금 " + tax + " 가운데 상품 몫 " + amount },
	},
	rateOf: func(amount, percent, result string) string { return amount + "의 " + percent + " = " + result },
	perOf: func(amount, every, points, result string) string {
		return amount + ", " + every + "마다 " + points + " = " + result
	},
	itemsOf: func(count, points, result string) string {
		return "상품 " + count + "개 × " + points + " = " + result
	},
	fixedOf: func(points string) string { return "정해진 " + points },
	tierOf:  func(times, result string) string { return "등급 혜택 " + times + "배 = " + result },
	eligibleOf: func(part, whole, result string) string {
		return "상품 " + whole + " 가운데 쌓이는 상품 " + part + " → " + result
	},
	roundOf: func(mode RoundingMode, to, result string) string {
		noun := map[RoundingMode]string{HalfUp: "반올림", Ceil: "올림"}[mode]
		if noun == "" {
			noun = "버림"
		}
		return to + " 미만 " + noun + " = " + result
	},
	linesOf: "상품마다 따로 계산해요",
	lineOf:  func(amount, result string) string { return amount + " → 더해서 " + result },
	capOf:   func(most, result string) string { return "한 번에 " + most + "까지 = " + result },
	limitOf: func(left, result string) string { return "아직 받을 수 있는 " + left + "까지 = " + result },

	bonus: koreanBonus,

	missAmount: func(amount, rule, points string) string {
		return amount + " 더 사시면 ‘" + rule + "’ " + josa(points, "을/를") + " 받아요"
	},
	missItem: func(item, rule, points string) string {
		return "‘" + item + "’ 상품을 함께 사시면 ‘" + rule + "’ " + josa(points, "을/를") + " 받아요"
	},
	missTier: func(tier, amount, rule, points string) string {
		return tier + " 등급(" + amount + " 더)부터 ‘" + rule + "’ " + josa(points, "을/를") + " 받아요"
	},
}

var koreanPeriod = map[LimitPeriod]string{PerLife: "한 분에", PerDay: "하루에", PerWeek: "한 주에", PerMonth: "한 달에", PerYear: "한 해에"}

func koreanMode(mode RoundingMode) string {
	switch mode {
	case HalfUp:
		return "반올림해요"
	case Ceil:
		return "올려 드려요"
	default:
		return "끝자리를 버려요"
	}
}

func koreanBasis(b Basis, unit string) string {
	first := "할인한 뒤 내는 돈으로 계산하고, "
	switch {
	case b.Items:
		return koreanItems(b, unit)
	case b.BeforeDiscounts:
		first = "할인하기 전 값으로 계산하고, "
	}
	switch {
	case b.BeforeTax:
		first += "세금은 넣지 않고, "
	default:
		first += "세금은 넣고, "
	}
	paid := josa(unit, "으로/로") + " 낸 돈"
	switch {
	case unit == "" && b.Shipping:
		return first + "배송비도 넣어요."
	case unit == "":
		return first + "배송비는 빼요."
	case b.Shipping && b.PointsPaid:
		return first + "배송비와 " + paid + "도 넣어요."
	case b.Shipping:
		return first + paid + "은 빼요."
	case b.PointsPaid:
		return first + "배송비는 빼고, " + paid + "은 넣어요."
	default:
		return first + "배송비와 " + paid + "은 빼요."
	}
}

func koreanItems(b Basis, unit string) string {
	s := "상품마다 적힌 값으로 계산하고, 세금은 넣어요. "
	if b.BeforeTax {
		s = "상품마다 적힌 값으로 계산하고, 세금은 넣지 않아요. "
	}
	if unit != "" {
		unit = "이나 " + josa(unit, "으로/로") + " 낸 돈"
	}
	return s + "배송비는 넣지 않고, 주문 전체에서 빼 드리는 할인" + unit + "은 빼지 않아요."
}

func koreanSpan(months int) string {
	if months%12 == 0 {
		return grouped(itoa(months/12)) + "년"
	}
	return grouped(itoa(months)) + "개월"
}
