package terms

import (
	"dangol/models/calendar"
	"dangol/models/conditions"
)

// basket is a cart while offers are applied to it.
type basket struct {
	lines    []basketLine
	shipping Money
	day      calendar.Date
	discount Money // what the shop has taken off by itself
	whole    Money // of the lines, before offers
}

// basketLine is a line of the cart. Where lines do not add up to the cart's goods, they count in their proportion.
type basketLine struct {
	Line
	list    Money // before offers
	left    Money // now
	coded   Money // taken off by offers that somebody shows
	free    int64
	rest    bool // what the cart costs beyond its lines
	given   bool // the gift, at its price
	removed bool // a gift that is not given
}

// newBasket makes the basket; a cart without lines is one piece that nothing about single things can see into.
func newBasket(cart *Purchase) basket {
	b := basket{shipping: cart.Shipping, day: cart.Day, discount: cart.Discount}
	goods, sum, before := cart.Goods(), Money(0), Money(0)
	whole := Money(0)
	for i := range cart.Lines {
		whole += cart.Lines[i].Amount
	}
	for i := range cart.Lines {
		sum += cart.Lines[i].Amount
		line := basketLine{Line: cart.Lines[i], list: cart.Lines[i].Amount}
		if whole != goods {
			line.list = share(goods, sum, whole) - before
		}
		before += line.list
		line.left = line.list
		b.lines = append(b.lines, line)
	}
	if before < goods {
		b.lines = append(b.lines, basketLine{list: goods - before, left: goods - before, rest: true})
	}
	for i := range b.lines {
		if l := &b.lines[i]; !l.Gift {
			b.whole += l.list
		}
	}
	return b
}

// part is what of a basket an offer looks at.
type part struct {
	lines []int
	units int64
	left  Money // what they cost now
	base  Money // what a minimum is held against
}

// part finds the lines that count for a kind.
func (b *basket) part(k *CouponKind, of *Program) part {
	var p part
	var listed Money
	for i := range b.lines {
		l := &b.lines[i]
		if l.Gift || l.Free || !of.counts(k, l) {
			continue
		}
		p.lines = append(p.lines, i)
		if !l.rest {
			p.units += l.Quantity - l.free
		}
		p.left += l.left
		p.base += l.list - l.coded
		listed += l.list
	}
	if listed == b.whole {
		p.base += b.discount
	} else {
		p.base += share(b.discount, listed, b.whole)
	}
	return p
}

// counts reports whether a line counts for a kind.
func (p *Program) counts(k *CouponKind, l *basketLine) bool {
	if !k.perItem() {
		return true
	}
	f := p.filter(k)
	return !l.rest && f.categories.admits(l.Category) && f.skus.admits(l.SKU) && f.labels.admitsAny(l.Labels) && (f.rates == nil || f.rates[l.SKU])
}

// filter is a kind made ready; one of an older version is made ready each time.
func (p *Program) filter(k *CouponKind) *couponFilter {
	if f := p.filters[k.Code]; f != nil && f.kind == k {
		return f
	}
	return compileCoupon(k)
}

// couponFilter is a kind's items as sets, and its own condition.
type couponFilter struct {
	kind       *CouponKind
	where      *conditions.Compiled
	categories filter
	skus       filter
	labels     filter
	rates      map[string]bool
}

func compileCoupon(k *CouponKind) *couponFilter {
	f := &couponFilter{kind: k, where: compileWhere(k.If.Where), categories: compileFilter(k.If.Categories), skus: compileFilter(k.If.SKUs), labels: compileFilter(k.If.Labels)}
	for i := range k.Rates {
		if f.rates == nil {
			f.rates = map[string]bool{}
		}
		f.rates[k.Rates[i].SKU] = true
	}
	return f
}

// take spreads an amount over lines in proportion to what they cost, and notes it as shown or come by itself.
func (b *basket) take(off Money, lines []int, whole Money, coded bool) {
	var sum, taken Money
	for _, i := range lines {
		sum += b.lines[i].left
		part := Cumulative(off, sum, whole) - taken
		taken += part
		b.lines[i].reduce(part, coded)
	}
}

func (l *basketLine) reduce(off Money, coded bool) {
	l.left -= off
	if coded {
		l.coded += off
	}
}
