package i18n

import (
	"fmt"
	"strconv"
	"strings"
)

// Signs that typesetting wants: a minus as wide as a plus, and a dash for what is not known.
const (
	minusSign = "−"
	// Unknown stands where there is no number; zero is written as zero.
	Unknown = "–"
)

// Number writes 1234500 as "1,234,500".
func (p *Printer) Number(n int64) string {
	if n < 0 {
		return minusSign + grouped(strconv.FormatInt(n, 10)[1:])
	}
	return grouped(strconv.FormatInt(n, 10))
}

func grouped(digits string) string {
	var b strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	return b.String()
}

// scaled writes n hundredths, thousandths …; all decimals always, so that columns stand.
func (p *Printer) scaled(n int64, decimals int) string {
	if decimals == 0 {
		return p.Number(n)
	}
	sign, digits := "", strconv.FormatInt(n, 10)
	if n < 0 {
		sign, digits = minusSign, digits[1:]
	}
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	cut := len(digits) - decimals
	return sign + grouped(digits[:cut]) + "." + digits[cut:]
}

// Money writes minor units in the shop's currency: "12,000원", "₩12,000", "$12.50".
func (p *Printer) Money(minor int64) string { return p.MoneyIn(minor, p.Currency) }

// MoneyIn writes minor units of a currency.
func (p *Printer) MoneyIn(minor int64, currency string) string {
	amount := p.scaled(minor, Decimals(currency))
	if currency == "KRW" && p.Locale == Korean {
		return amount + "원"
	}
	if strings.HasPrefix(amount, minusSign) {
		return minusSign + symbol(currency) + strings.TrimPrefix(amount, minusSign)
	}
	return symbol(currency) + amount
}

// Decimals says how many minor units a currency has, as a power of ten.
func Decimals(currency string) int {
	switch currency {
	case "KRW", "JPY", "VND":
		return 0
	}
	return 2
}

func symbol(currency string) string {
	switch currency {
	case "KRW":
		return "₩"
	case "JPY":
		return "¥"
	case "USD":
		return "$"
	case "EUR":
		return "€"
	case "GBP":
		return "£"
	}
	return currency + " "
}

// MoneyUnit is what stands beside an input of money: "원", "$".
func (p *Printer) MoneyUnit() string {
	if p.Currency == "KRW" && p.Locale == Korean {
		return "원"
	}
	return strings.TrimSpace(symbol(p.Currency))
}

// Amount writes minor units without currency, as an input holds them: "12,000", "12.50".
func (p *Printer) Amount(minor int64) string { return p.scaled(minor, Decimals(p.Currency)) }

// MoneyShort writes about how much, for axes and narrow cells: "123만원", "1.23억원", "₩1.23M".
func (p *Printer) MoneyShort(minor int64) string {
	whole := minor
	for range Decimals(p.Currency) {
		whole /= 10
	}
	short := p.Short(whole)
	if p.Currency == "KRW" && p.Locale == Korean {
		return short + "원"
	}
	if rest, negative := strings.CutPrefix(short, minusSign); negative {
		return minusSign + symbol(p.Currency) + rest
	}
	return symbol(p.Currency) + short
}

// Short writes about how many, with three digits that count: "123만", "1.23억"; "1.2K", "34.5M". Cut, never rounded up.
func (p *Printer) Short(n int64) string {
	steps := []step{{100_000_000, "억"}, {10_000, "만"}}
	if p.Locale == English {
		steps = []step{{1_000_000_000, "B"}, {1_000_000, "M"}, {1_000, "K"}}
	}
	if n < 0 {
		return minusSign + short(-n, steps)
	}
	return short(n, steps)
}

type step struct {
	size int64
	name string
}

func short(n int64, steps []step) string {
	for _, s := range steps {
		if n < s.size {
			continue
		}
		whole, hundredths := n/s.size, n%s.size/(s.size/100)
		text := grouped(strconv.FormatInt(whole, 10))
		if digits := 3 - len(text); digits > 0 && hundredths > 0 {
			text = strings.TrimSuffix(strings.TrimRight(text+fmt.Sprintf(".%02d", hundredths)[:1+digits], "0"), ".")
		}
		return text + s.name
	}
	return grouped(strconv.FormatInt(n, 10))
}

// Points writes a balance in the shop's unit: "1,240P", "3개", "1,240 pts".
func (p *Printer) Points(n int64) string { return p.PointsIn(n, p.Unit) }

// PointsIn writes a balance in a unit of its own, for programmes with several.
func (p *Printer) PointsIn(n int64, unit Unit) string {
	suffix := unit.Suffix
	if n == 1 && unit.Decimals == 0 && unit.One != "" {
		suffix = unit.One
	}
	return p.scaled(n, unit.Decimals) + suffix
}

// SignedPoints writes a movement: "+1,200P", "−300P", "0P".
func (p *Printer) SignedPoints(n int64) string { return p.SignedPointsIn(n, p.Unit) }

// SignedPointsIn is SignedPoints in a unit of its own.
func (p *Printer) SignedPointsIn(n int64, unit Unit) string {
	if n > 0 {
		return "+" + p.PointsIn(n, unit)
	}
	return p.PointsIn(n, unit)
}

// Percent writes a ratio in tenths of a percent: 58 is "5.8%".
func (p *Printer) Percent(tenths int64) string { return p.scaled(tenths, 1) + "%" }

// Rate writes a rate in hundredths of a percent without needless zeros: 200 is "2", 150 is "1.5".
func (p *Printer) Rate(hundredths int64) string {
	return strings.TrimSuffix(strings.TrimRight(p.scaled(hundredths, 2), "0"), ".")
}

// Change writes a difference in tenths of a percent with its sign.
func (p *Printer) Change(tenths int64) string {
	if tenths > 0 {
		return "+" + p.Percent(tenths)
	}
	return p.Percent(tenths)
}

// plural picks the English form of a count.
func plural(n int64, one, many string) string {
	text := figure(n)
	if n == 1 {
		return text + " " + one
	}
	return text + " " + many
}

// count writes a Korean count with its counter: "1,204명".
func count(n int64, counter string) string { return figure(n) + counter }

// figure writes a number inside a sentence of a catalogue.
func figure(n int64) string { return (&Printer{}).Number(n) }
