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
	lasts     func(unit, span, end string) string
	onDates   func(unit string, dates []string) string
	yearDay   func(d YearDay) string
	atLeast   func(span string) string
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
	givenEnd: func(month int) string { return "다음 " + strconv.Itoa(month) + "월의 마지막 날" },
	lasts: func(unit, span, end string) string {
		return josa(unit, "은/는") + " 받은 날부터 " + span + koreanEnd(end) + " 쓸 수 있어요."
	},
	onDates: func(unit string, dates []string) string {
		return josa(unit, "은/는") + " 해마다 " + strings.Join(dates, ", ") + "까지 쓸 수 있어요."
	},
	yearDay: func(d YearDay) string { return strconv.Itoa(d.Month) + "월 " + strconv.Itoa(d.Day) + "일" },
	atLeast: func(span string) string {
		return "받은 날부터 적어도 " + span + " 동안은 쓸 수 있어요."
	},
	inactive: func(unit, span, end string, by []string) string {
		return josa(unit, "은/는") + " 마지막으로 " + strings.TrimSuffix(strings.Join(by, "거나 "), "시") + "신 날부터 " + span + koreanEnd(end) + " 쓸 수 있어요. 그때마다 기한이 모두 늘어나요."
	},
	by:     map[Activity]string{ByPurchase: "사시", ByEarning: "받으시", ByUsing: "쓰시"},
	ofTier: func(unit, tier string) string { return tier + " 등급의 " + unit },
	ofRule: func(unit, rule string) string { return "‘" + rule + "’ " + unit },
	holdSpan: func(span, end, plus string, happening bool) string {
		since, of := "구매하신 날부터 ", "구매하신 "
		if happening {
			since, of = "그날부터 ", "그 "
		}
		switch {
		case end == "":
			return since + span + " 뒤에 들어와요."
		case span != "":
			span = since + span + " 뒤, "
		default:
			end = strings.Replace(end, "그 ", of, 1)
		}
		if plus != "" {
			return span + end + "이 지나고 " + plus + " 뒤에 들어와요."
		}
		return span + end + "이 지나면 들어와요."
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
		return "“" + strings.Join(rules, "”, “") + "” 혜택은 ‘" + josa(partner+"’", "과/와") + " 함께 드려요."
	},
}

// koreanEnd says how far a span goes.
func koreanEnd(end string) string {
	if end == "" {
		return " 동안"
	}
	return ", " + end + "까지"
}

var englishLife = lifeWords{
	days: func(n string) string { return counted(n, "day") },
	ends: map[RoundUp]string{
		ToMonth: "the end of that month", ToQuarter: "the end of that quarter", ToHalfYear: "the end of that half-year", ToYear: "the end of that year",
	},
	givenEnd: func(month int) string { return "the end of the next " + englishMonths[month%13] },
	lasts: func(unit, span, end string) string {
		return "You keep your " + unit + " for " + span + " from the day you get them" + englishEnd(end) + "."
	},
	onDates: func(unit string, dates []string) string {
		return "You keep your " + unit + " until the next " + strings.Join(dates, " or ") + "."
	},
	yearDay: func(d YearDay) string { return englishMonths[d.Month%13] + " " + strconv.Itoa(d.Day) },
	atLeast: func(span string) string { return "You always have at least " + span + "." },
	inactive: func(unit, span, end string, by []string) string {
		return "You keep your " + unit + " for " + span + " after you last " + strings.Join(by, " or ") + englishEnd(end) + ". Each time you do, that time starts again for all of them."
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
		case span != "":
			span = ", " + span + since
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

func englishEnd(end string) string {
	if end == "" {
		return ""
	}
	return ", to " + end
}

var englishMonths = [...]string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
