package terms

import (
	"strconv"
	"strings"

	"dangol/models/calendar"
)

// language is one language's way of saying what terms promise. Each field is a sentence, or a part of one, with the
// figures that it needs already written out; what is said when, the callers decide, the same for both.
type language struct {
	tierWords
	money  func(amount, currency string) string // "12,000" of KRW
	points func(n string, one bool, u *Unit) string

	// the programme in one sentence
	sentence        func(given string, bounds []string, used string) string
	sentenceRate    func(percent, unit string) string
	sentenceItem    func(thing, points string) string
	quoted          func(name string) string
	sentenceUse     func(minimum string) string
	sentenceSwap    func(points, thing string) string
	sentenceCoupon  func(coupon, minimum, memberDays string) string
	sentenceNothing string

	headings headingWords

	// earning
	rate       func(when, percent, unit string) string
	ratio      func(when, every, points string) string // in proportion
	perPart    func(every string) string
	per        func(when, every, points string) string // for whole amounts
	perWhole   func(every string) string
	perItem    func(when, points string) string
	fixed      func(when, points string) string
	when       func(w whenWords) string
	tierRates  func(list []string) string
	tierRate   func(tier, percent string) string
	tierFactor func(tier, times string) string // of what was just said
	tierTimes  func(tier, times string) string // of the usual, where a multiple was just said
	rounding   func(mode RoundingMode, to string, perLine bool) string
	cap        func(points string) string
	limitTimes func(per LimitPeriod, times string) string
	limit      func(per LimitPeriod, points string) string
	holdDays   func(days string, happening bool) string
	nextVisit  string
	basis      func(b Basis, unit string) string

	// using
	pay       payWords
	codes     codeWords
	notSpent  func(unit string, tiers bool) string
	neverEnds func(unit string) string
	span      func(months int) string
	notices   string
	life      lifeWords

	// birthday and coupons
	birthday     func(lead, coupon string) string
	birthdayUse  func(after, minimum string) string
	birthdayOnce func(memberDays string) string
	leapDay      map[string]string
	lunar        string
	leapMonth    map[calendar.LeapMonth]string
	amountOff    func(amount, name string) string
	percentOff   func(percent, most, name string) string

	// why
	sumOf      func(parts []string, result string) string
	total      func(amount string) string
	less       map[Op]func(amount, of string) string // of: the unit's name, or for OpGoodsTax all of the tax
	rateOf     func(amount, percent, result string) string
	perOf      func(amount, every, points, result string) string
	itemsOf    func(count, points, result string) string
	fixedOf    func(points string) string
	tierOf     func(times, result string) string
	eligibleOf func(part, whole, result string) string
	roundOf    func(mode RoundingMode, to, result string) string
	linesOf    string
	lineOf     func(amount, result string) string
	capOf      func(most, result string) string
	limitOf    func(left, result string) string

	bonus bonusWords

	missAmount func(amount, rule, points string) string
	missItem   func(item, rule, points string) string
	missTier   func(tier, amount, rule, points string) string
}

// headingWords are the headings of the terms page.
type headingWords struct{ earn, use, last, tiers, birthday, refund string }

func headings(earn, use, last, tiers, birthday, refund string) headingWords {
	return headingWords{earn, use, last, tiers, birthday, refund}
}

// speaker writes figures of one document in one language.
type speaker struct {
	*language
	terms  *Terms
	locale string
}

func (t *Terms) speak(locale string) speaker {
	if locale == "en" {
		return speaker{&english, t, "en"}
	}
	return speaker{&korean, t, "ko"}
}

// won writes money of the document's currency, from minor units.
func (s speaker) won(amount Money) string {
	return s.money(scaled(amount, decimalsOf(s.terms.Currency)), s.terms.Currency)
}

// pts writes points of a unit: "1,240P", "3개".
func (s speaker) pts(n Points, u *Unit) string {
	return s.points(scaled(n, u.Decimals), n == tenTo(u.Decimals), u)
}

// name is the unit's name as it stands alone.
func (s speaker) name(u *Unit) string { return u.plural(s.locale) }

func (s speaker) number(n int) string { return grouped(itoa(n)) }

// percent writes a ratio as a percentage without needless zeros: 2/100 is "2%", 1/300 is "0.33%".
func (s speaker) percent(r Ratio) string {
	hundredths := scale(r.Num, 10_000, r.Den, HalfUp, 1)
	return trimZeros(scaled(hundredths, 2)) + "%"
}

// times writes a factor: 3/2 is "1.5", 1/3 stays as it is.
func (s speaker) times(r Ratio) string {
	if !isExact(r, 100) {
		return grouped(strconv.FormatInt(r.Num, 10)) + "/" + grouped(strconv.FormatInt(r.Den, 10))
	}
	return trimZeros(scaled(scale(r.Num, 100, r.Den, HalfUp, 1), 2))
}

// isExact reports whether a ratio is a whole number of such parts. What was damaged may be a ratio to nothing.
func isExact(r Ratio, parts int64) bool { return r.Den != 0 && r.Num*parts%r.Den == 0 }

// tenTo is a power of ten.
func tenTo(decimals int) int64 {
	n := int64(1)
	for range decimals {
		n *= 10
	}
	return n
}

// isMoney reports whether the unit reads like money, one for one, so that a rate is a percentage by number and by worth.
func (s speaker) isMoney(u *Unit) bool {
	return u.Worth.Money > 0 && u.Worth.Money == u.Worth.Points && u.Decimals == decimalsOf(s.terms.Currency)
}

// decimalsOf says how many minor units a currency has, as a power of ten.
func decimalsOf(currency string) int {
	switch currency {
	case "KRW", "JPY", "VND":
		return 0
	default:
		return 2
	}
}

// scaled writes n parts of a power of ten: 1250 with 2 decimals is "12.50".
func scaled(n int64, decimals int) string {
	digits := strconv.FormatInt(n, 10)
	if decimals == 0 {
		return grouped(digits)
	}
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	cut := len(digits) - decimals
	return grouped(digits[:cut]) + "." + digits[cut:]
}

// grouped writes "1234500" as "1,234,500".
func grouped(digits string) string {
	var b strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && digits[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	return b.String()
}

func itoa(n int) string { return strconv.Itoa(n) }

// symbol stands before an amount of a currency.
func symbol(currency string) string {
	switch currency {
	case "KRW":
		return "₩"
	case "USD":
		return "$"
	case "EUR":
		return "€"
	case "JPY":
		return "¥"
	case "GBP":
		return "£"
	case "RUB":
		return "₽"
	default:
		return currency + " "
	}
}

func trimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
