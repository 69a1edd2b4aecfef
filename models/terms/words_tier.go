package terms

import (
	"cmp"
	"strings"
)

// tierWords is how a language speaks of tiers.
type tierWords struct {
	tierBase  func(tier string) string
	tierAt    func(tier, amount, window string) string
	tierMeets func(tier string, all, any []string) string
	asks      func(m Metric, name, amount, window string) string // one thing that a tier asks
	byHand    func(tier string) string
	stays     func(tier string) string
	welcome   func(tier, gift string, once string) string
	both      func(a, b string) string
	perks     func(tier string, list []string) string
	window    func(w Window, months string) string
	periodOf  map[WindowKind]string
	one       func(period string) string
	measureOf func(m Metric, name, amount string) string
	welcomeOf func(tier, points string) string // an explanation
	tierUp    func(spending bool) string
	upNext    func(period string) string
	validity  func(v Validity, span, period string) string
	extended  func(months, days string) string
	review    func(r reviewWords) string
	downNever string
}

// reviewWords are the figures of a review.
type reviewWords struct {
	day      string // "0": when the validity ends; empty: every day, which was said
	down     Downgrade
	grace    string // "0": none
	graceTo  Period
	spending bool // only money is asked for
}

var koreanTiers = tierWords{
	tierBase: func(tier string) string { return "처음에는 모두 " + tier + " 등급이에요." },
	tierAt: func(tier, amount, window string) string {
		return window + " " + amount + " 이상 사시면 " + tier + " 등급이 돼요."
	},
	tierMeets: func(tier string, all, any []string) string {
		then := tier + " 등급이 돼요."
		either := strings.Join(any, " 또는 ") + "이면 "
		switch {
		case len(any) == 0 && len(all) == 1:
			return all[0] + "이면 " + then
		case len(any) == 0:
			return josa(strings.Join(all, ", "), "을/를") + " 모두 채우시면 " + then
		case len(all) == 0:
			return either + then
		default:
			return josa(strings.Join(all, ", "), "을/를") + " 채우고 " + either + then
		}
	},
	asks:   koreanAsks,
	byHand: func(tier string) string { return tier + " 등급은 저희가 따로 드려요." },
	stays: func(tier string) string {
		return tier + " 등급은 한 번 받으면 그 아래로 내려가지 않아요."
	},
	welcome: func(tier, gift, once string) string {
		return tier + " 등급이 되면 " + josa(gift, "을/를") + " 드려요. " + once + "에 한 번만 드려요."
	},
	both:  func(a, b string) string { return josa(a, "과/와") + " " + b },
	perks: func(tier string, list []string) string { return tier + " 혜택: " + strings.Join(list, ", ") + "." },
	window: func(w Window, months string) string {
		switch w.Kind {
		case CalendarMonth:
			return "한 달(1일~말일) 동안"
		case CalendarQuarter:
			return "한 분기(석 달) 동안"
		case CalendarHalf:
			return "반년(1~6월, 7~12월) 동안"
		case CalendarYear:
			return "한 해(1월 1일~12월 31일) 동안"
		case MemberYear:
			return "가입한 날부터 1년씩"
		case Lifetime:
			return "지금까지 모두"
		case NoWindow:
			return "지금"
		default:
			return "최근 " + months + "개월 동안"
		}
	},
	periodOf: map[WindowKind]string{CalendarMonth: "달", CalendarQuarter: "분기", CalendarHalf: "반기", CalendarYear: "해", MemberYear: "가입 연차"},
	one:      func(period string) string { return "한 " + period },
	measureOf: func(m Metric, name, amount string) string {
		what := map[Metric]string{MetricSpend: "구매", MetricEarned: "적립한 " + name, MetricOrders: "구매", MetricVisits: "방문", MetricBalance: "쓸 수 있는 " + name}[m]
		if m == MetricOrders || m == MetricVisits {
			amount += "번"
		}
		return cmp.Or(what, name) + " " + amount
	},
	welcomeOf: func(tier, points string) string { return tier + " 등급이 되어 " + points },
	tierUp:    koreanUp,
	upNext:    func(period string) string { return "등급은 다음 " + period + "의 첫날에 올라가요." },
	validity: func(v Validity, span, period string) string {
		switch v.Kind {
		case ValidForMonths:
			return "받은 등급은 적어도 " + span + " 동안 그대로예요."
		case ValidPeriod:
			return "받은 등급은 그 " + period + "의 마지막 날까지 그대로예요."
		case ValidNextPeriod:
			return "받은 등급은 다음 " + period + "의 마지막 날까지 그대로예요."
		case ValidNextYear:
			return "받은 등급은 다음 해 12월 31일까지 그대로예요."
		case ValidToDate:
			return "받은 등급은 " + itoa(v.Month) + "월 " + itoa(v.Day) + "일까지 그대로예요."
		default:
			return "등급은 매일 다시 확인해요."
		}
	},
	extended: func(months, days string) string {
		var parts []string
		if months != "0" {
			parts = append(parts, months+"개월")
		}
		if days != "0" {
			parts = append(parts, days+"일")
		}
		return "그 뒤로 " + strings.Join(parts, " ") + " 더 드려요."
	},
	review:    koreanReview,
	downNever: "한 번 받은 등급은 내려가지 않아요.",
}

func koreanAsks(m Metric, name, amount, window string) string {
	what := map[Metric]string{MetricSpend: "구매 금액", MetricOrders: "구매", MetricVisits: "방문"}[m]
	switch m {
	case MetricEarned:
		return window + " " + name + " " + amount + " 이상 적립"
	case MetricBalance:
		return "지금 가진 " + name + " " + amount + " 이상"
	case MetricNumber:
		return name + " " + amount + " 이상"
	case MetricOrders, MetricVisits:
		return window + " " + what + " " + amount + "번 이상"
	default:
		return window + " " + what + " " + amount + " 이상"
	}
}

func koreanReview(r reviewWords) string {
	short := "조건이 모자라면 "
	if r.spending {
		short = "금액이 모자라면 "
	}
	s := "매월 " + r.day + "일에 다시 확인하고, " + short
	switch r.day {
	case "":
		s = short
	case "0":
		s = "그 기간이 끝나면 다시 확인하고, " + short
	}
	if r.grace != "0" {
		s += r.grace + "개월을 더 기다렸다가 "
		if end := map[Period]string{MonthPeriod: "그달", QuarterPeriod: "그 분기", HalfPeriod: "그 반기", YearPeriod: "그해"}[r.graceTo]; end != "" {
			s += end + "이 끝나면 "
		}
	}
	switch {
	case r.down == DownFull && r.spending:
		return s + "그때 금액에 맞는 등급으로 내려가요."
	case r.down == DownFull:
		return s + "그때 조건에 맞는 등급으로 내려가요."
	default:
		return s + "한 단계만 내려가요."
	}
}

func koreanUp(spending bool) string {
	if spending {
		return "금액을 채우시면 바로 올라가요."
	}
	return "조건을 채우시면 바로 올라가요."
}
