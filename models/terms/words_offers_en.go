package terms

import "strings"

var englishOffers = offerWords{
	heading: "Coupons",
	rewards: "Rewards",
	reward:  func(points, thing string) string { return "Get “" + thing + "” for " + points + "." },
	auto: func(points, thing string) string {
		return "When you reach " + points + ", we automatically trade them for “" + thing + "”."
	},
	tierPrice: func(tier, points string) string { return tier + " members: " + points + "." },
	tierNone:  func(tier string) string { return "Not available to " + tier + " members." },
	quota: func(per LimitPeriod, n string, each bool) string {
		span := map[LimitPeriod]string{PerLife: "", PerDay: " a day", PerMonth: " a month"}[per]
		if each {
			return "Up to " + counted(n, "time") + span + " per person."
		}
		return n + " available in total" + span + "."
	},
	shipping: func(most string) string { return englishUpTo("free delivery", most, "") },
	freeItem: func(most, price string) string {
		if price != "" {
			return englishUpTo("one item for "+price, most, " off")
		}
		return englishUpTo("one free item", most, " off")
	},
	gift: func(from, price string, things []string, days string) string {
		return "one of the items " + strings.Join(things, ", ") + " for " + price + " when you spend " + from + " or more, not counting delivery" + days
	},
	span: func(from, until string) string {
		if from != "" {
			from = ", from " + from
		}
		if until != "" {
			until = ", until " + until
		}
		return from + until
	},
	rate:     func(thing, percent string) string { return percent + " off the item " + thing },
	line:     func(name, what string) string { return "“" + name + "”: " + what },
	only:     func(goods string) string { return "Only for " + goods + "." },
	minimum:  func(amount string) string { return "On orders of " + amount + " or more." },
	minUnits: func(n string) string { return "When you buy " + n + " or more." },
	maxUnits: func(n string) string { return "Up to " + counted(n, "item") + " at a time." },
	days: func(n string, later bool) string {
		first := "the day you get it"
		if later {
			first = "the first day you can use it"
		}
		if n == "1" {
			return "Valid only on " + first + "."
		}
		return "Valid for " + n + " days, counting " + first + "."
	},
	after: func(n string) string { return "Valid from " + counted(n, "day") + " after you get it." },
	window: func(from, until string) string {
		switch {
		case from == "":
			return "Valid until " + until + "."
		case until == "":
			return "Valid from " + from + "."
		}
		return "Valid from " + from + " until " + until + "."
	},
	where:   func(stores []string) string { return "Only at " + strings.Join(stores, " or ") + "." },
	through: func(channels []string) string { return "Only through " + strings.Join(channels, " or ") + "." },
	tiers:   func(tiers []string) string { return "Only for " + strings.Join(tiers, ", ") + " members." },
	when:    func(condition string) string { return "You can use it " + condition + "." },
	get: map[Getting]string{
		GetAutomatic: "Applied automatically, with nothing to show.",
		GetStaff:     "Tell us when you pay. Everything must be on one receipt.",
	},
	shared:    func(code string) string { return "Give the code “" + code + "” when you pay." },
	stock:     func(n string) string { return n + " available in total." },
	unitStock: func(n string) string { return "For " + counted(n, "item") + " in total." },
	perMember: func(n string) string { return "Up to " + counted(n, "time") + " per person." },
	group: func(mode GroupMode, names []string) string {
		one := "Of " + strings.Join(names, ", ") + " we use one at a time, "
		switch mode {
		case GroupBest:
			return one + "the one that saves you most."
		case GroupFirst:
			return one + "the one listed first."
		default:
			return one + "and no other coupon with it."
		}
	},
	together: "Coupons can be combined unless it says otherwise.",
	kind: map[RewardKind]string{
		RewardCodes: "You get a code for it.", RewardSent: "We hand it over or send it to you.", RewardDonation: "We donate it for you.",
	},
	credits: func(points string) string { return "That adds " + points + " to your balance." },
	coupon:  func(name string) string { return "It comes as the coupon “" + name + "”." },

	countsOf:  func(amount string) string { return amount + " counts" },
	percentOf: func(percent, result string) string { return percent + " off = " + result },
	amountOf:  func(amount string) string { return "Fixed: " + amount },
	atMost:    func(most string) string { return "up to " + most },
	left:      func(left string) string { return "only " + left + " is left to pay" },
	itemOf:    func(price, now, off string) string { return "item at " + price + " for " + now + " = " + off },
	rateOf: func(amount, percent, result string) string {
		return percent + " of " + amount + " → " + result + " so far"
	},
	missAmount: func(amount, name, off string) string {
		return "Spend " + amount + " more to use “" + name + "”" + inBrackets(off, " off")
	},
	missUnits: func(n, name string) string { return "Add " + n + " more to use “" + name + "”" },
	missItem: func(thing, name string) string {
		if thing == "" {
			return "Nothing in the cart works with “" + name + "”"
		}
		return "Add “" + thing + "” to use “" + name + "”"
	},
	missTier:  func(tier, name string) string { return "“" + name + "” is for " + tier + " members" },
	missWhere: func(condition, name string) string { return "You can use “" + name + "” " + condition },
	missTogether: func(name, other string) string {
		if other == "" || other == name {
			return "“" + name + "” can't be combined with other coupons"
		}
		return "“" + name + "” can't be combined with “" + other + "”"
	},
	missGift: func(thing string) string { return "“" + thing + "” can't be added to this cart as a gift" },
	miss: map[MissKind]func(string) string{
		MissChannel: func(name string) string { return "“" + name + "” can't be used here" },
		MissStore:   func(name string) string { return "“" + name + "” can't be used at this store" },
		MissDay:     func(name string) string { return "“" + name + "” can't be used today" },
		MissStock:   func(name string) string { return "“" + name + "” has run out" },
		MissNothing: func(name string) string { return "“" + name + "” has nothing to take off" },
	},
}

func englishUpTo(what, most, word string) string {
	return what + strings.Replace(inBrackets(most, word), "(", "(up to ", 1)
}
