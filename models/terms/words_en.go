package terms

import (
	"strings"

	"dangol/models/calendar"
)

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

	sentenceRate: func(percent, unit string) string { return "Earn " + percent + " back in " + unit + "." },
	sentenceItem: func(thing, points string) string { return "Earn " + points + " for " + lowerFirst(thing) + "." },
	sentence:     englishSentence,
	quoted:       func(name string) string { return "“" + name + "”" },
	sentenceUse:  func(minimum string) string { return "Use them from " + minimum + "." },
	sentenceSwap: func(points, thing string) string { return "Trade " + points + " for " + thing + "." },
	sentenceCoupon: func(coupon, minimum, memberDays string) string {
		var bounds []string
		if minimum != "" {
			bounds = append(bounds, "on "+minimum+" or more")
		}
		if memberDays != "0" {
			bounds = append(bounds, "after "+counted(memberDays, "day")+" as a member")
		}
		return englishSentence("Get "+coupon+" for your birthday.", bounds, "")
	},
	sentenceNothing: "",

	headings: headings("How you earn", "How you use them", "When they expire", "Tiers", "Birthday", "If you return something"),

	rate: func(when, percent, unit string) string {
		return when + " you earn " + percent + " back in " + unit + "."
	},
	ratio: func(when, every, points string) string {
		return when + " you earn " + points + " per " + every + "."
	},
	perPart: func(every string) string { return "Part of " + every + " counts too, in proportion." },
	per: func(when, every, points string) string {
		return when + " you earn " + points + " for every full " + every + "."
	},
	perWhole:   func(every string) string { return "What is left below a full " + every + " doesn't count." },
	perItem:    func(when, points string) string { return when + " you earn " + points + " for each item." },
	fixed:      func(when, points string) string { return when + " you get " + points + "." },
	when:       englishWhen,
	tierRates:  func(list []string) string { return strings.Join(list, ", ") + "." },
	tierRate:   func(tier, percent string) string { return tier + " earns " + percent },
	tierFactor: func(tier, times string) string { return tier + " earns a total of " + times + " times as much" },
	tierTimes: func(tier, times string) string {
		return tier + " earns a total of " + times + " times the usual amount"
	},
	rounding: func(mode RoundingMode, to string, perLine bool) string {
		scope := "Rounded "
		if perLine {
			scope = "Each item is rounded "
		}
		return scope + strings.TrimPrefix(englishMode[mode]+" ", "half up ") + "to the nearest " + to + "."
	},
	cap: func(points string) string { return "Up to " + points + " at a time." },
	limitTimes: func(per LimitPeriod, times string) string {
		return englishTimes(times) + " " + englishPeriod[per] + "."
	},
	limit: func(per LimitPeriod, points string) string {
		return "Up to " + points + " " + englishPeriod[per] + "."
	},
	holdDays: func(days string, happening bool) string {
		if happening {
			return "Available " + counted(days, "day") + " later."
		}
		return "Available " + counted(days, "day") + " after the purchase."
	},
	nextVisit: "Usable from your next visit.",
	basis:     englishBasis,

	pay:   englishPay,
	codes: englishCodes,
	notSpent: func(unit string, tiers bool) string {
		if !tiers {
			return "We only count your " + unit + "; you can't spend them."
		}
		return "Your " + unit + " count toward your tier only; you can't spend them."
	},
	neverEnds: func(unit string) string { return "There's no expiry date on your " + unit + "." },
	span:      englishSpan,
	life:      englishLife,
	notices: "We'll tell you 2 months, 1 month and 3 days before they expire. " +
		"If we can't reach you, they don't expire but last another month at a time.",

	birthday: func(lead, coupon string) string {
		if lead == "0" {
			return "Get " + coupon + " on your birthday."
		}
		return "Get " + coupon + " " + counted(lead, "day") + " before your birthday."
	},
	birthdayUse: func(after, minimum string) string {
		until := "Use it up to " + counted(after, "day") + " after your birthday"
		if after == "0" {
			until = "Use it by the end of your birthday"
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
		return "Once a year, after " + counted(days, "day") + " as a member."
	},
	leapDay: map[string]string{
		"":          "Born on February 29? In other years we celebrate on February 28.",
		"feb28":     "Born on February 29? In other years we celebrate on February 28.",
		"mar1":      "Born on February 29? In other years we celebrate on March 1.",
		"leap_only": "Born on February 29? We celebrate in leap years only.",
	},
	lunar: "Lunar birthdays follow the Korean lunar calendar each year.",
	leapMonth: map[calendar.LeapMonth]string{
		"":                   "Born in a lunar leap month? We celebrate in the plain month of the same number.",
		calendar.PlainMonth:  "Born in a lunar leap month? We celebrate in the plain month of the same number.",
		calendar.InLeapMonth: "Born in a lunar leap month? We celebrate in the leap month in years that have it, otherwise in the plain month.",
	},
	amountOff: func(amount, _ string) string {
		return article(amount) + " " + amount + " coupon"
	},
	percentOff: func(percent, most, _ string) string {
		if most == "" {
			return "a coupon for " + percent + " off"
		}
		return "a coupon for " + percent + " off (up to " + most + ")"
	},

	sumOf: func(parts []string, result string) string { return strings.Join(parts, " ") + " = " + result },
	total: func(amount string) string { return "Total " + amount },
	less: map[Op]func(string, string) string{
		OpShipping: func(amount, _ string) string { return "− delivery " + amount },
		OpPoints:   func(amount, unit string) string { return "− paid with " + unit + " " + amount },
		OpDiscount: func(amount, _ string) string { return "+ discount " + amount },
		OpTax:      func(amount, _ string) string { return "− tax " + amount },
		OpGoodsTax: func(amount, tax string) string { return "− the goods' part of the " + tax + " tax " + amount },
	},
	rateOf: func(amount, percent, result string) string { return percent + " of " + amount + " = " + result },
	perOf: func(amount, every, points, result string) string {
		return amount + " at " + points + " per " + every + " = " + result
	},
	itemsOf: func(count, points, result string) string {
		return counted(count, "item") + " × " + points + " = " + result
	},
	fixedOf: func(points string) string { return "Fixed: " + points },
	tierOf:  func(times, result string) string { return "× " + times + " for your tier = " + result },
	eligibleOf: func(part, whole, result string) string {
		return part + " of " + whole + " in items counts → " + result
	},
	roundOf: func(mode RoundingMode, to, result string) string {
		return "rounded " + englishMode[mode] + " to " + to + " = " + result
	},
	linesOf: "Each item separately",
	lineOf:  func(amount, result string) string { return amount + " → " + result + " so far" },
	capOf:   func(most, result string) string { return "up to " + most + " at a time = " + result },
	limitOf: func(left, result string) string { return "up to the " + left + " still left = " + result },

	bonus: englishBonus,

	missAmount: func(amount, rule, points string) string {
		return "Spend " + amount + " more to earn “" + rule + "”, " + points
	},
	missItem: func(item, rule, points string) string {
		return "Add “" + item + "” to earn “" + rule + "”, " + points
	},
	missTier: func(tier, amount, rule, points string) string {
		return "As " + tier + " (" + amount + " more) you'd earn “" + rule + "”, " + points
	},
}

var (
	englishPeriod = map[LimitPeriod]string{PerLife: "per member", PerDay: "a day", PerWeek: "a week", PerMonth: "a month", PerYear: "a year"}
	englishMode   = map[RoundingMode]string{"": "down", Floor: "down", HalfUp: "half up", Ceil: "up"}
)

func englishTimes(times string) string {
	if times == "1" {
		return "Once"
	}
	return "Up to " + times + " times"
}

// counted writes "1 day", "7 days".
func counted(n, noun string) string {
	if n == "1" {
		return n + " " + noun
	}
	return n + " " + noun + "s"
}

func englishBasis(b Basis, unit string) string {
	tax := ", tax included. "
	if b.BeforeTax {
		tax = ", before tax. "
	}
	s := "Based on what you pay after discounts" + tax
	switch {
	case b.Items:
		return englishItems(b, unit)
	case b.BeforeDiscounts:
		s = "Based on prices before discounts" + tax
	}
	if unit == "" {
		if b.Shipping {
			return s + "Delivery counts too."
		}
		return s + "Delivery doesn't count."
	}
	paid := "anything paid with " + unit
	switch {
	case b.Shipping && b.PointsPaid:
		return s + "Delivery and " + paid + " count too."
	case b.Shipping:
		return s + "Delivery counts, but not " + paid + "."
	case b.PointsPaid:
		return s + "Delivery doesn't count, but " + paid + " does."
	default:
		return s + "Delivery and " + paid + " don't count."
	}
}

func englishItems(b Basis, unit string) string {
	s := "Based on the price of each item, tax included. "
	if b.BeforeTax {
		s = "Based on the price of each item, before tax. "
	}
	if unit != "" {
		return s + "Delivery doesn't count; discounts on the whole order and anything paid with " + unit + " aren't subtracted."
	}
	return s + "Delivery doesn't count; discounts on the whole order aren't subtracted."
}

// article is the one before an amount as it is read: "an" before eight, eleven and eighteen.
func article(amount string) string {
	digits := strings.TrimLeft(amount, "₩$€¥£₽")
	whole, _, _ := strings.Cut(digits, ".")
	first, _, _ := strings.Cut(whole, ",")
	if strings.HasPrefix(first, "8") || first == "11" || first == "18" {
		return "an"
	}
	return "a"
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
