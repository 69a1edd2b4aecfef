package terms

import (
	"strconv"
	"strings"
)

// lifeWords say how long points last and when they come.
type lifeWords struct {
	days      func(n string) string
	ends      map[RoundUp]string
	givenEnd  func(month int) string
	since     map[bool]string // the day from which points last; true: of those that some rule holds
	lasts     func(unit, since, span, end string) string
	onDates   func(unit, since, span string, dates []string) string // span: at least so long after since
	yearDay   func(d YearDay) string
	inactive  func(unit, span, end string, by []string) string
	by        map[Activity]string
	ofTier    func(unit, tier string) string
	ofRule    func(unit, rule string) string
	holdSpan  func(span, end, plus string, happening bool) string
	holdDate  func(date string) string
	holdEvent func(event string) string
	reported  func(code string) string
	within    func(days string, happening bool) string
	events    map[string]string
	already   func(before, result string) string
	parts     func(n, every string) string
	part      func(n, of, result string) string
	gives     func(unit, least string) string
	giveOnce  func(points string) string
	giveDay   func(points string) string
	giveKeeps func(reset bool) string
	giveTo    func(unit, cause, least string) string
	shareTo   func(percent, cause string) string
	together  func(rules []string, partner string) string
}

var koreanLife = lifeWords{
	days: func(n string) string { return n + "일" },
	ends: map[RoundUp]string{
		ToMonth: "그 달의 마지막 날", ToQuarter: "그 분기의 마지막 날", ToHalfYear: "그 반기의 마지막 날", ToYear: "그 해의 마지막 날",
	},
	givenEnd: func(month int) string { return "처음 오는 " + strconv.Itoa(month) + "월의 마지막 날" },
	since:    map[bool]string{false: "받은 날", true: "들어온 날"},
	lasts: func(unit, since, span, end string) string {
		return josa(unit, "은/는") + " " + koreanDay(since, span, end) + "까지 쓸 수 있어요."
	},
	onDates: func(unit, since, span string, dates []string) string {
		if span != "" {
			since = koreanDay(since, span, "")
		}
		first := "부터 처음 오는 " + dates[0]
		if len(dates) > 1 {
			first = "부터 " + strings.Join(dates, ", ") + " 가운데 먼저 오는 날"
		}
		return josa(unit, "은/는") + " " + since + first + "까지 쓸 수 있어요."
	},
	yearDay: func(d YearDay) string { return strconv.Itoa(d.Month) + "월 " + strconv.Itoa(d.Day) + "일" },
	inactive: func(unit, span, end string, by []string) string {
		last := "마지막으로 " + strings.TrimSuffix(strings.Join(by, "거나 "), "시") + "신 날"
		return josa(unit, "은/는") + " " + koreanDay(last, span, end) + "까지 쓸 수 있어요. 그때마다 기한이 모두 늘어나요."
	},
	by:     map[Activity]string{ByPurchase: "사시", ByEarning: "받으시", ByUsing: "쓰시"},
	ofTier: func(unit, tier string) string { return tier + " 등급의 " + unit },
	ofRule: func(unit, rule string) string { return "‘" + rule + "’ " + unit },
	holdSpan: func(span, end, plus string, happening bool) string {
		since, of := "구매하신 날", "구매하신 "
		if happening {
			since, of = "그날", "그 "
		}
		period, lies := strings.CutPrefix(end, "그 ")
		switch {
		case end == "":
			return since + "부터 " + span + " 뒤에 들어와요."
		case span != "":
			end = koreanDay(since, span, end)
		case lies:
			end = of + period
		default:
			end = since + "부터 " + end
		}
		if plus != "" {
			return end + "이 지나고 " + plus + " 뒤에 들어와요."
		}
		return end + "이 지나면 들어와요."
	},
	holdDate:  func(date string) string { return date + "에 들어와요." },
	holdEvent: func(event string) string { return event + " 들어와요." },
	reported:  func(code string) string { return josa("‘"+code+"’", "이/가") + " 확인되면" },
	within: func(days string, happening bool) string {
		since := "구매하신 날부터 "
		if happening {
			since = "그날부터 "
		}
		return since + days + "일 안에 그렇게 되지 않으면 들어오지 않아요."
	},
	events: map[string]string{
		"delivered": "배송이 끝나면", "confirmed": "구매가 확정되면", "qualified": "조건이 채워지면", "paid": "결제가 끝나면", "shipped": "상품이 발송되면",
	},
	already: func(before, result string) string { return "− 이미 드린 " + before + " = " + result },
	parts: func(n, every string) string {
		return "똑같이 " + n + "번에 나누어 " + every + "마다 드리고, 나누어떨어지지 않는 것은 마지막에 드려요."
	},
	part: func(n, of, result string) string {
		return of + "번에 나눈 것 가운데 " + n + "번째 = " + result
	},
	gives: func(unit, least string) string {
		return josa(unit, "을/를") + " 다른 분께 " + least + "부터 드릴 수 있어요."
	},
	giveOnce: func(points string) string { return "한 번에 " + points + "까지 드릴 수 있어요." },
	giveDay:  func(points string) string { return "하루에 " + points + "까지 드릴 수 있어요." },
	giveKeeps: func(reset bool) string {
		if reset {
			return "받으신 분께는 그날 새로 받은 것과 같아요."
		}
		return "기한은 원래 그대로예요."
	},
	giveTo: func(unit, cause, least string) string {
		return josa(unit, "을/를") + " " + least + "부터 ‘" + cause + "’에 기부할 수 있어요."
	},
	shareTo: func(percent, cause string) string {
		return "쓰신 돈의 " + josa(percent, "을/를") + " 가게가 ‘" + cause + "’에 기부해요."
	},
	together: func(rules []string, partner string) string {
		return "‘" + strings.Join(rules, "’, ‘") + "’ 혜택은 ‘" + josa(partner+"’", "과/와") + " 함께 드려요."
	},
}

// koreanDay names the day that lies a span after another, or the end to which that day is rounded up.
func koreanDay(since, span, end string) string {
	day := since + "부터 " + span + " 뒤 그날"
	switch period, lies := strings.CutPrefix(end, "그 "); {
	case end == "":
		return day
	case lies:
		return day + "이 든 " + period
	default:
		return day + "부터 " + end
	}
}

var englishLife = lifeWords{
	days: func(n string) string { return counted(n, "day") },
	ends: map[RoundUp]string{
		ToMonth: "the end of that month", ToQuarter: "the end of that quarter", ToHalfYear: "the end of that half-year", ToYear: "the end of that year",
	},
	givenEnd: func(month int) string { return "the next end of " + englishMonths[month%13] },
	since:    map[bool]string{false: "the day you get them", true: "the day they become available"},
	lasts: func(unit, since, span, end string) string {
		return "You keep your " + unit + " for " + span + " after " + since + englishEnd(end) + "."
	},
	onDates: func(unit, since, span string, dates []string) string {
		if span != "" {
			since = "that is at least " + span + " after " + since
		} else {
			since = "on or after " + since
		}
		return "You keep your " + unit + " until the first " + strings.Join(dates, " or ") + " " + since + "."
	},
	yearDay: func(d YearDay) string { return englishMonths[d.Month%13] + " " + strconv.Itoa(d.Day) },
	inactive: func(unit, span, end string, by []string) string {
		return "You keep your " + unit + " for " + span + " after the day you last " + strings.Join(by, " or ") + englishEnd(end) + ". Each time you do, that time starts again for all of them."
	},
	by:     map[Activity]string{ByPurchase: "bought something", ByEarning: "earned some", ByUsing: "used some"},
	ofTier: func(unit, tier string) string { return tier + " " + unit },
	ofRule: func(unit, rule string) string { return unit + " from “" + rule + "”" },
	holdSpan: func(span, end, plus string, happening bool) string {
		since, that := " after the purchase", " of the purchase"
		if happening {
			since, that = " later", ""
		}
		switch {
		case end == "":
			return "Available " + span + since + "."
		case span != "" && strings.Contains(end, "that "):
			end, span = strings.Replace(end, "that ", "the ", 1), " that lies "+span+since
		case span != "":
			span = " that comes " + span + since + " or after that"
		case that != "":
			end = strings.Replace(end, "that ", "the ", 1) + that
		}
		return "Available " + strings.TrimPrefix(plus+" after ", " ") + end + span + "."
	},
	holdDate:  func(date string) string { return "Available on " + date + "." },
	holdEvent: func(event string) string { return "Available once " + event + "." },
	reported:  func(code string) string { return "“" + code + "” is reported" },
	within: func(days string, happening bool) string {
		if happening {
			return "If that doesn't happen within " + counted(days, "day") + ", nothing is added."
		}
		return "If that doesn't happen within " + counted(days, "day") + " of the purchase, nothing is added."
	},
	events: map[string]string{
		"delivered": "the order is delivered", "confirmed": "the purchase is confirmed", "qualified": "the conditions are met",
		"paid": "the order is paid for", "shipped": "the order ships",
	},
	already: func(before, result string) string { return "− " + before + " already given = " + result },
	parts: func(n, every string) string {
		return "You get it in " + n + " equal parts, each " + every + " after the one before; what doesn't divide comes with the last."
	},
	part: func(n, of, result string) string { return "part " + n + " of " + of + " = " + result },
	gives: func(unit, least string) string {
		return "You can give " + unit + " to other members, starting at " + least + "."
	},
	giveOnce: func(points string) string { return "You can give up to " + points + " at a time." },
	giveDay:  func(points string) string { return "You can give up to " + points + " a day." },
	giveKeeps: func(reset bool) string {
		if reset {
			return "For the person who gets them, they count as earned that day."
		}
		return "The expiry date stays the same."
	},
	giveTo: func(unit, cause, least string) string {
		return "You can donate " + unit + " to “" + cause + "”, starting at " + least + "."
	},
	shareTo: func(percent, cause string) string {
		return "We donate " + percent + " of what you spend to “" + cause + "”."
	},
	together: func(rules []string, partner string) string {
		return "“" + strings.Join(rules, "”, “") + "” is offered together with “" + partner + "”."
	},
}

// englishEnd says how far what lasts for a span goes on.
func englishEnd(end string) string {
	switch period, lies := strings.CutPrefix(end, "the end of that "); {
	case end == "":
		return ""
	case lies:
		return ", and then to the end of the " + period + " in which that time runs out"
	default:
		return ", and then to " + end
	}
}

var englishMonths = [...]string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
