package terms

import "strings"

// measureWords say in one language how amounts and times are measured, where a document asks for some.
type measureWords struct {
	calendar func(periods []LimitPeriod) string
	minimum  func(paid string, items bool) string // of rules; paid: the units that pay, empty for none
	coupon   string                               // the minimum of coupons
	spend    func(paid string) string
	judged   func(j judged, months, period string) string
}

// judged is which periods a review looks at.
type judged int

const (
	judgedRolling judged = iota // the months before
	judgedLast                  // the period that has ended
	judgedEither                // that, or already the new one
	judgedNow                   // the one in which it falls
	judgedUntil                 // that, and the one in which the tier ran out
)

func (s speaker) measureWords() *measureWords {
	if s.locale == "en" {
		return &englishMeasures
	}
	return &koreanMeasures
}

var koreanMeasures = measureWords{
	calendar: func(periods []LimitPeriod) string {
		said := map[LimitPeriod]string{PerWeek: "한 주는 월요일부터 일요일까지", PerMonth: "한 달은 1일부터 말일까지", PerYear: "한 해는 1월 1일부터 12월 31일까지"}
		var list []string
		for _, per := range periods {
			list = append(list, said[per])
		}
		return strings.Join(list, ", ") + "예요. 가게가 있는 곳의 시간으로 봐요."
	},
	minimum: func(paid string, items bool) string {
		s := "‘얼마 이상’은 할인한 뒤의 상품값으로 봐요. "
		if items {
			s = "‘얼마 이상’은 할인한 뒤의 상품값으로, 정해진 상품이 있으면 그 상품만 봐요. "
		}
		if paid == "" {
			return s + "세금은 넣고, 배송비는 빼요."
		}
		return s + "세금과 " + josa(paid, "으로/로") + " 낸 돈은 넣고, 배송비는 빼요."
	},
	coupon: "쿠폰의 ‘얼마 이상’은 상품값으로 봐요. 함께 쓰시는 다른 쿠폰은 뺀 뒤, 자동 할인은 빼기 전 값이에요. 세금은 넣고, 배송비는 빼요.",
	spend: func(paid string) string {
		if paid != "" {
			paid = ", " + josa(paid, "으로/로") + " 낸 돈"
		}
		return "사신 금액은 할인한 뒤의 상품값으로, 세금을 넣어 계산해요. 배송비" + paid + ", 환불하신 돈은 빼요."
	},
	judged: func(j judged, months, period string) string {
		switch j {
		case judgedRolling:
			return "다시 확인할 때는 그날까지 최근 " + months + "개월을 봐요."
		case judgedLast:
			return "다시 확인할 때는 막 끝난 " + josa(period, "을/를") + " 봐요."
		case judgedEither:
			return "다시 확인할 때는 막 끝난 " + josa(period, "을/를") + " 보고, 새 " + period + "에 벌써 채우셨으면 그것도 인정해요."
		case judgedNow:
			return "다시 확인할 때는 그날이 든 " + period + "만 봐요."
		default:
			return "다시 확인할 때는 그날이 든 " + josa(period, "을/를") + " 보고, 등급을 지키는 기간이 바로 앞 " + period + "에 끝났으면 그 " + period + "도 봐요."
		}
	},
}

var englishMeasures = measureWords{
	calendar: func(periods []LimitPeriod) string {
		said := map[LimitPeriod]string{PerWeek: "week (Monday to Sunday)", PerMonth: "month", PerYear: "year"}
		var list []string
		for _, per := range periods {
			list = append(list, said[per])
		}
		return "Limits go by calendar " + listedAs(list, "and") + ", in our local time."
	},
	minimum: func(paid string, items bool) string {
		s := "Minimums are measured on goods after discounts, "
		if items {
			s = "Minimums are measured on goods after discounts (only those a rule is for), "
		}
		if paid == "" {
			return s + "with tax but without delivery."
		}
		return s + "with tax but without delivery; what you pay with " + paid + " counts too."
	},
	coupon: "A coupon's minimum is measured on goods before automatic discounts and after other coupons you use, with tax but without delivery.",
	spend: func(paid string) string {
		if paid != "" {
			paid = ", anything paid with " + paid
		}
		return "What you've spent means goods after discounts, tax included. Delivery" + paid + " and anything you return don't count."
	},
	judged: func(j judged, months, period string) string {
		switch j {
		case judgedRolling:
			return "A review looks at the last " + counted(months, "month") + " up to that day."
		case judgedLast:
			return "A review looks at the " + period + " that has just ended."
		case judgedEither:
			return "A review looks at the " + period + " that has just ended, or at the new one if you already qualify in it."
		case judgedNow:
			return "A review only looks at the " + period + " it falls in."
		default:
			return "A review looks at the " + period + " it falls in, and at the one before if your tier ran out in it."
		}
	},
}
