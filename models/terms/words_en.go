package terms

import "strings"

// english says the same as korean.
var english = language{
	tierWords: englishTiers,

	money: func(amount, currency string) string { return symbol(currency) + amount },
	points: func(n string, one bool, u *Unit) string {
		if suffix := u.Suffix.En; suffix != "" {
			return n + suffix
		}
		if one {
			return n + " " + u.Name.In("en")
		}
		return n + " " + u.plural("en")
	},

	sentenceRate:    func(percent, unit string) string { return "You get " + percent + " of what you spend in " + unit },
	sentencePer:     func(every, points string) string { return "You get " + points + " for every " + every },
	sentenceItem:    func(thing, points string) string { return "You get " + points + " for " + lowerFirst(thing) },
	sentenceFixed:   func(points string) string { return "You get " + points + " each time" },
	sentenceEvent:   func(event, points string) string { return event + " you get " + points },
	quoted:          func(name string) string { return "“" + name + "”" },
	sentenceUse:     func(minimum string) string { return ", to use from " + minimum + " on." },
	sentenceSwap:    func(points, thing string) string { return "; " + points + " are worth " + thing + "." },
	sentenceCoupon:  func(coupon string) string { return "On your birthday there is " + coupon + "." },
	sentenceNothing: ".",

	headings: headings("How you earn", "How you use them", "How long they last", "Tiers", "Birthday", "If you return something"),

	rate: func(when, percent, unit string) string {
		return when + " you get " + percent + " of what you pay in " + unit + "."
	},
	per: func(when, every, points string) string {
		return when + " you get " + points + " for every " + every + "."
	},
	perItem:    func(thing, points string) string { return "You get " + points + " for " + lowerFirst(thing) + "." },
	fixed:      func(when, points string) string { return when + " you get " + points + "." },
	when:       englishWhen,
	tierRates:  func(list []string) string { return strings.Join(list, ", ") + "." },
	tierRate:   func(tier, percent string) string { return tier + " gets " + percent },
	tierFactor: func(tier, times string) string { return tier + " gets " + times + " times as much" },
	rounding: func(mode RoundingMode, to string, perLine bool) string {
		scope := "It is rounded "
		if perLine {
			scope = "Each item is rounded "
		}
		return scope + englishMode[mode] + " to " + to + "."
	},
	cap: func(points string) string { return "At most " + points + " at a time." },
	limitTimes: func(per LimitPeriod, times string) string {
		return englishTimes(times) + " " + englishPeriod[per] + "."
	},
	limit: func(per LimitPeriod, points string) string {
		return "At most " + points + " " + englishPeriod[per] + "."
	},
	holdDays: func(days string, happening bool) string {
		if happening {
			return "They arrive " + counted(days, "day") + " later."
		}
		return "They arrive " + counted(days, "day") + " after the purchase."
	},
	nextVisit: "You can use them from your next visit on.",
	basis:     englishBasis,

	worth: func(points, money string) string { return points + " is worth " + money + "." },
	useFrom: func(minimum, step string) string {
		return "You can use them from " + minimum + " on, in steps of " + step + "."
	},
	useShare: func(percent string, all bool) string {
		if all {
			return "They can pay for all of an order."
		}
		return "They can pay for up to " + percent + " of an order."
	},
	notOwn: func(unit string) string {
		return "What a purchase earns in " + unit + " can be used from the next one on."
	},
	swap: func(points, thing, upTo string) string {
		return "For " + points + " you get " + thing + " (up to " + upTo + ")."
	},
	notSpent: func(unit string, tiers bool) string {
		if !tiers {
			return "Your " + unit + " are only counted, not spent."
		}
		return "Your " + unit + " count towards your tier."
	},
	neverEnds: func(unit string) string { return "Your " + unit + " do not end." },
	rolling: func(unit, span string) string {
		return "Your " + unit + " last " + span + " from the day you get them, to the end of that month."
	},
	span: englishSpan,
	life: englishLife,
	notices: "We tell you 2 months, 1 month and 3 days before they end. " +
		"If we could not tell you, they do not end but last a month longer, again and again.",

	birthday: func(lead, coupon string) string {
		if lead == "0" {
			return "On your birthday you get " + coupon + "."
		}
		return "You get " + coupon + " " + counted(lead, "day") + " before your birthday."
	},
	birthdayUse: func(after, minimum string) string {
		until := "You can use it until " + counted(after, "day") + " after your birthday"
		if after == "0" {
			until = "You can use it until your birthday"
		}
		if minimum == "" {
			return until + "."
		}
		return until + ", on a purchase of " + minimum + " or more."
	},
	birthdayOnce: func(days string) string {
		if days == "0" {
			return "Once a year."
		}
		return "Once a year, for members of at least " + counted(days, "day") + "."
	},
	leapDay: map[string]string{
		"":          "If you were born on 29 February, it is 28 February in other years.",
		"feb28":     "If you were born on 29 February, it is 28 February in other years.",
		"mar1":      "If you were born on 29 February, it is 1 March in other years.",
		"leap_only": "If you were born on 29 February, it is in leap years only.",
	},
	lunar: "A birthday by the Korean lunar calendar falls on its own day each year.",
	refund: func(unit string) string {
		return "The " + unit + " that the purchase earned go back to the shop, " +
			"and those that you paid with come back to you and last as long as before."
	},
	owes: func(unit string) string {
		return "If too few are left, the next " + unit + " that you earn make up for it."
	},
	amountOff: func(amount, _ string) string {
		return "a coupon for " + amount
	},
	percentOff: func(percent, most, _ string) string {
		if most == "" {
			return "a coupon for " + percent + " off"
		}
		return "a coupon for " + percent + " off (at most " + most + ")"
	},

	sumOf: func(parts []string, result string) string { return strings.Join(parts, " ") + " = " + result },
	total: func(amount string) string { return "Total " + amount },
	less: map[Op]func(string, string) string{
		OpShipping: func(amount, _ string) string { return "− delivery " + amount },
		OpPoints:   func(amount, unit string) string { return "− paid with " + unit + " " + amount },
		OpDiscount: func(amount, _ string) string { return "+ discount " + amount },
		OpTax:      func(amount, _ string) string { return "− tax " + amount },
	},
	rateOf: func(amount, percent, result string) string { return percent + " of " + amount + " = " + result },
	perOf: func(amount, every, points, result string) string {
		return amount + " at " + points + " for every " + every + " = " + result
	},
	itemsOf: func(count, points, result string) string {
		return counted(count, "item") + " × " + points + " = " + result
	},
	fixedOf: func(points string) string { return "A fixed " + points },
	tierOf:  func(times, result string) string { return "times " + times + " for the tier = " + result },
	eligibleOf: func(part, whole, result string) string {
		return part + " of " + whole + " in goods count → " + result
	},
	roundOf: func(mode RoundingMode, to, result string) string {
		return "rounded " + englishMode[mode] + " to " + to + " = " + result
	},
	linesOf: "Each item by itself",
	lineOf:  func(amount, result string) string { return amount + " → together " + result },
	capOf:   func(most, result string) string { return "at most " + most + " at a time = " + result },
	limitOf: func(left, result string) string { return "at most the " + left + " still left = " + result },

	bonus: englishBonus,

	missAmount: func(amount, rule, points string) string { return amount + " more earns “" + rule + "”, " + points },
	missItem: func(item, rule, points string) string {
		return "With “" + item + "” you earn “" + rule + "”, " + points
	},
	missTier: func(tier, amount, rule, points string) string {
		return "As " + tier + " (" + amount + " more) you earn “" + rule + "”, " + points
	},
}

var (
	englishPeriod = map[LimitPeriod]string{PerLife: "for each member", PerDay: "a day", PerWeek: "a week", PerMonth: "a month", PerYear: "a year"}
	englishMode   = map[RoundingMode]string{"": "down", Floor: "down", HalfUp: "half up", Ceil: "up"}
)

func englishTimes(times string) string {
	if times == "1" {
		return "Once"
	}
	return "At most " + times + " times"
}

// counted writes "1 day", "7 days".
func counted(n, noun string) string {
	if n == "1" {
		return n + " " + noun
	}
	return n + " " + noun + "s"
}

func englishWhen(w whenWords) string {
	if w.event != "" {
		if w.minimum != "" {
			w.event = strings.TrimSuffix(w.event, ",") + " of " + w.minimum + " or more,"
		}
		return strings.TrimSuffix(w.event+" "+w.where+",", " ,")
	}
	s := "Each time you buy"
	if w.first {
		s = "When you first buy"
	}
	if where := strings.TrimPrefix(w.where, "when you "); strings.HasPrefix(where, "buy ") {
		s += strings.TrimPrefix(where, "buy")
	} else if where != "" {
		s += " and " + where
	}
	if len(w.only) > 0 {
		s += " " + strings.Join(w.only, " or ")
	}
	if len(w.except) > 0 {
		s += " anything but " + strings.Join(w.except, " or ")
	}
	if w.minimum != "" {
		s += " for " + w.minimum + " or more"
	}
	if len(w.channels)+len(w.stores) > 0 {
		s += " at " + strings.Join(append(w.channels, w.stores...), " or ")
	}
	if len(w.tiers) > 0 {
		s += " as " + strings.Join(w.tiers, " or ")
	}
	return s + ","
}

func englishBasis(b Basis, unit string) string {
	tax := "tax included, "
	if b.BeforeTax {
		tax = "tax not included, "
	}
	s := "What counts is what you pay after discounts, " + tax
	switch {
	case b.Items:
		return "What counts is the price of each item."
	case b.BeforeDiscounts:
		s = "What counts is the price before discounts, " + tax
	}
	if unit == "" {
		if b.Shipping {
			return s + "with delivery."
		}
		return s + "without delivery."
	}
	paid := "what " + unit + " pay."
	switch {
	case b.Shipping && b.PointsPaid:
		return s + "with delivery and with " + paid
	case b.Shipping:
		return s + "with delivery but without " + paid
	case b.PointsPaid:
		return s + "without delivery but with " + paid
	default:
		return s + "without delivery and without " + paid
	}
}

// lowerFirst fits a name into a sentence: "A drink" becomes "a drink".
func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func englishSpan(months int) string {
	if months%12 == 0 {
		return counted(itoa(months/12), "year")
	}
	return counted(itoa(months), "month")
}
