package terms

import "strings"

var englishTiers = tierWords{
	tierBase: func(tier string) string { return "Everybody begins as " + tier + "." },
	tierAt: func(tier, amount, window string) string {
		return "You become " + tier + " when you spend " + amount + " or more " + window + "."
	},
	tierMeets: func(tier string, all, any []string) string {
		s := "You become " + tier + " with "
		switch {
		case len(any) == 0:
			return s + listedAs(all, "and") + "."
		case len(all) == 0:
			return s + listedAs(any, "or") + "."
		default:
			return s + listedAs(all, "and") + ", and with " + listedAs(any, "or") + "."
		}
	},
	asks:   englishAsks,
	byHand: func(tier string) string { return tier + " is given by us." },
	stays:  func(tier string) string { return "Once you are " + tier + ", you do not fall below it." },
	welcome: func(tier, gift, once string) string {
		return "When you become " + tier + " you get " + gift + ", once in " + once + "."
	},
	both:  func(a, b string) string { return a + " and " + b },
	perks: func(tier string, list []string) string { return "As " + tier + ": " + strings.Join(list, ", ") + "." },
	window: func(w Window, months string) string {
		switch w.Kind {
		case CalendarMonth:
			return "in a calendar month"
		case CalendarQuarter:
			return "in a calendar quarter"
		case CalendarHalf:
			return "in a half of the year"
		case CalendarYear:
			return "in a calendar year"
		case MemberYear:
			return "in a year since you joined"
		case Lifetime:
			return "in all"
		case NoWindow:
			return "now"
		default:
			return "in the last " + counted(months, "month")
		}
	},
	periodOf: map[WindowKind]string{CalendarMonth: "month", CalendarQuarter: "quarter", CalendarHalf: "half-year", CalendarYear: "year", MemberYear: "year of membership"},
	one:      func(period string) string { return "a " + period },
	measureOf: func(m Metric, name, amount string) string {
		switch m {
		case MetricOrders:
			return counted(amount, "order")
		case MetricVisits:
			return counted(amount, "visit")
		case MetricSpend:
			return amount + " spent"
		case MetricEarned:
			return amount + " earned"
		case MetricBalance:
			return amount + " to use"
		default:
			return name + " " + amount
		}
	},
	welcomeOf: func(tier, points string) string { return "For becoming " + tier + ": " + points },
	tierUp:    func(bool) string { return "You rise at once." },
	upNext:    func(period string) string { return "You rise on the first day of the next " + period + "." },
	validity: func(v Validity, span, period string) string {
		switch v.Kind {
		case ValidForMonths:
			return "A tier is yours for at least " + span + "."
		case ValidPeriod:
			return "A tier is yours to the end of that " + period + "."
		case ValidNextPeriod:
			return "A tier is yours to the end of the following " + period + "."
		case ValidNextYear:
			return "A tier is yours to the end of the following year."
		case ValidToDate:
			return "A tier is yours to the next " + itoa(v.Day) + " " + englishMonths[v.Month] + "."
		default:
			return "Tiers are looked at every day."
		}
	},
	extended: func(months, days string) string {
		var parts []string
		if months != "0" {
			parts = append(parts, counted(months, "month"))
		}
		if days != "0" {
			parts = append(parts, counted(days, "day"))
		}
		return "And for " + strings.Join(parts, " and ") + " longer."
	},
	review:    englishReview,
	downNever: "A tier, once reached, is not lost.",
}

func englishAsks(m Metric, name, amount, window string) string {
	switch m {
	case MetricEarned:
		return amount + " or more earned " + window
	case MetricBalance:
		return amount + " or more in hand"
	case MetricNumber:
		return lowerFirst(name) + " of " + amount + " or more"
	case MetricOrders:
		return counted(amount, "order") + " or more " + window
	case MetricVisits:
		return counted(amount, "visit") + " or more " + window
	default:
		return amount + " or more spent " + window
	}
}

// listedAs joins a list: "a, b and c".
func listedAs(list []string, word string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " " + word + " " + list[last]
}

func englishReview(r reviewWords) string {
	s := "On day " + r.day + " of each month we look again. "
	if r.day == "0" {
		s = "When that time ends we look again. "
	}
	if r.spending {
		s += "If you spent too little by then, you "
	} else {
		s += "If you do not meet it any more, you "
	}
	if r.grace != "0" {
		s += "keep the tier for " + counted(r.grace, "more month")
		if end := map[Period]string{MonthPeriod: "month", QuarterPeriod: "quarter", HalfPeriod: "half-year", YearPeriod: "year"}[r.graceTo]; end != "" {
			s += ", to the end of that " + end + ","
		}
		s += " and then "
	}
	if r.down == DownFull {
		return s + "fall to the tier that fits."
	}
	return s + "fall one step."
}
