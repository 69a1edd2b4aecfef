package terms

import "strings"

var englishTiers = tierWords{
	tierBase: func(tier string) string { return "Everyone starts as " + tier + "." },
	tierAt: func(tier, amount, window string) string {
		return "You become " + tier + " once you've spent at least " + amount + " " + window + "."
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
	byHand: func(tier string) string { return tier + " is by invitation." },
	stays:  func(tier string) string { return "Once you reach " + tier + ", you never drop below it." },
	welcome: func(tier, gift, once string) string {
		return "When you become " + tier + ", you get " + gift + strings.Replace(", once in "+once, " in a ", " a ", 1) + "."
	},
	both:  func(a, b string) string { return a + " and " + b },
	perks: func(tier string, list []string) string { return tier + " benefits: " + strings.Join(list, ", ") + "." },
	window: func(w Window, months string) string {
		switch w.Kind {
		case CalendarMonth:
			return "in a calendar month"
		case CalendarQuarter:
			return "in a calendar quarter"
		case CalendarHalf:
			return "in a half-year (January–June, July–December)"
		case CalendarYear:
			return "in a calendar year"
		case MemberYear:
			return "in a membership year (from the day you joined)"
		case Lifetime:
			return "in total"
		case NoWindow:
			return "now"
		default:
			return "in the last " + counted(months, "month")
		}
	},
	periodOf: map[WindowKind]string{CalendarMonth: "month", CalendarQuarter: "quarter", CalendarHalf: "half-year", CalendarYear: "year", MemberYear: "membership year"},
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
			return amount + " available"
		default:
			return name + " " + amount
		}
	},
	welcomeOf: func(tier, points string) string { return "For becoming " + tier + ": " + points },
	tierUp:    func(bool) string { return "You move up right away." },
	upNext:    func(period string) string { return "You move up on the first day of the next " + period + "." },
	validity: func(v Validity, span, period string) string {
		switch v.Kind {
		case ValidForMonths:
			return "You keep a tier for at least " + span + "."
		case ValidPeriod:
			return "You keep a tier to the end of that " + period + "."
		case ValidNextPeriod:
			return "You keep a tier to the end of the following " + period + "."
		case ValidNextYear:
			return "You keep a tier to the end of the following year."
		case ValidToDate:
			return "You keep a tier until the next " + englishMonths[v.Month] + " " + itoa(v.Day) + "."
		default:
			return "We review tiers every day."
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
		return "After that, you keep it for another " + strings.Join(parts, " and ") + "."
	},
	review:    englishReview,
	downNever: "Once you reach a tier, you keep it.",
}

func englishAsks(m Metric, name, amount, window string) string {
	switch m {
	case MetricEarned:
		return "at least " + amount + " earned " + window
	case MetricBalance:
		return "at least " + amount + " in hand"
	case MetricNumber:
		return lowerFirst(name) + " of at least " + amount
	case MetricOrders:
		return "at least " + counted(amount, "order") + " " + window
	case MetricVisits:
		return "at least " + counted(amount, "visit") + " " + window
	default:
		return "at least " + amount + " spent " + window
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
	s := "We review tiers on day " + r.day + " of each month. "
	switch r.day {
	case "":
		s = ""
	case "0":
		s = "We review your tier when that time ends. "
	}
	if r.spending {
		s += "If you haven't spent enough by then, you "
	} else {
		s += "If you no longer qualify, you "
	}
	if r.grace != "0" {
		s += "keep the tier for " + counted(r.grace, "more month")
		if end := map[Period]string{MonthPeriod: "month", QuarterPeriod: "quarter", HalfPeriod: "half-year", YearPeriod: "year"}[r.graceTo]; end != "" {
			s += ", to the end of that " + end + ","
		}
		s += " and then "
	}
	if r.down == DownFull {
		return s + "move to the tier you qualify for."
	}
	return s + "move down one tier."
}
