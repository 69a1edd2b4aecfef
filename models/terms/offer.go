package terms

import (
	"cmp"
	"slices"
)

// round is one way through the offers.
type round struct {
	*till
	offers []Offer
	basket basket
	chosen map[string]int // by group: the offer that may apply
	priced Priced
}

func (r *round) turnAway(i int, miss Misfit) {
	miss.Offer, miss.Code, miss.Ref = i, r.offers[i].Kind.Code, r.offers[i].Ref
	r.priced.Unfit = append(r.priced.Unfit, miss)
}

// offer applies an offer, unless a condition fails or another one of its group goes before it.
func (r *round) offer(i int) {
	try := r.try(i)
	if try.miss.Condition != "" {
		r.turnAway(i, try.miss)
		return
	}
	if winner, ok := r.choose(i); ok && winner != i {
		r.turnAway(i, Misfit{Condition: MissTogether, Wants: r.offers[winner].Kind.Code})
		return
	}
	r.apply(i, &try)
}

// choose decides a group when the first of its offers that fits has its turn.
func (r *round) choose(i int) (winner int, ok bool) {
	group := r.offers[i].Kind.Group
	mode := r.program.group(group)
	if mode == "" {
		return 0, false
	}
	if winner, ok = r.chosen[group]; ok {
		return winner, true
	}
	winner = i
	if mode != GroupFirst {
		winner = r.bestOf(group)
	}
	r.chosen[group] = winner
	return winner, true
}

// bestOf finds which offer of a group takes most off. Of two that both take all, the smaller one is used (S-R6).
func (r *round) bestOf(group string) int {
	var fit []int
	off, face := map[int]Money{}, map[int]Money{}
	for _, i := range r.program.inOrder(r.offers) {
		if k := r.offers[i].Kind; k.Group == group && k.phase() != phaseGift {
			if try := r.try(i); try.miss.Condition == "" {
				fit = append(fit, i)
				off[i], face[i] = try.off, max(try.off, k.Amount)
			}
		}
	}
	return slices.MinFunc(fit, func(i, j int) int { return cmp.Or(cmp.Compare(off[j], off[i]), cmp.Compare(face[i], face[j])) })
}

// attempt is what an offer would take off the basket as it is, or why it would not.
type attempt struct {
	miss  Misfit
	off   Money
	units int64
	part  part
	each  []Money // by place in part.lines, where the lines are not taken in proportion
	free  []int64 // by place in part.lines
	work  sum
}

// try works out an offer without applying it.
func (r *round) try(i int) attempt {
	o := &r.offers[i]
	a := attempt{part: r.basket.part(o.Kind, r.program)}
	if a.miss = r.fails(o, &a.part); a.miss.Condition != "" {
		return a
	}
	a.work.begin()
	switch k := o.Kind; {
	case k.Shipping:
		a.work.do(OpCounts, r.basket.shipping, 0)
	case k.FreeItem != nil:
		r.freeItem(k, &a)
	case len(k.Rates) > 0:
		r.rated(o, &a)
	case k.Percent > 0:
		a.work.do(OpCounts, a.part.left, 0)
		a.work.do(OpPercentOff, int64(k.Percent), 0)
	default:
		a.work.do(OpAmountOff, k.Amount, 0)
	}
	if most := o.Kind.Most; most > 0 && a.work.value > most {
		a.work.do(OpAtMost, most, 0)
	}
	if left := a.left(o.Kind, &r.basket); a.work.value > left {
		a.work.do(OpLeft, left, 0)
	}
	if a.off = a.work.value; a.off <= 0 {
		a.miss = Misfit{Condition: MissNothing}
	}
	return a
}

func (a *attempt) left(k *CouponKind, b *basket) Money {
	if k.Shipping {
		return b.shipping
	}
	return a.part.left
}

// fails names the first condition that fails.
func (r *round) fails(o *Offer, p *part) Misfit {
	k := o.Kind
	if miss := r.bars(k); miss.Condition != "" {
		return miss
	}
	switch {
	case k.perItem() && p.units == 0:
		return Misfit{Condition: MissItem, Wants: k.wanted()}
	case p.units < k.MinUnits:
		return Misfit{Condition: MissUnits, By: k.MinUnits - p.units, Wants: k.wanted()}
	case p.base < k.Minimum:
		return Misfit{Condition: MissAmount, By: k.Minimum - p.base}
	case k.UnitStock > 0 && o.UnitsLeft <= 0:
		return Misfit{Condition: MissStock}
	}
	return Misfit{}
}

// freeItem takes the dearest thing that counts.
func (r *round) freeItem(k *CouponKind, a *attempt) {
	best, unit := -1, Money(0)
	for place, i := range a.part.lines {
		l := &r.basket.lines[i]
		if units := l.Quantity - l.free; units > 0 && (best < 0 || l.left/units > unit) {
			best, unit = place, l.left/units
		}
	}
	price := min(k.FreeItem.Price, unit)
	a.work.do(OpItemOff, unit, price)
	if most := k.FreeItem.UpTo; most > 0 && a.work.value > most {
		a.work.do(OpAtMost, most, 0)
	}
	a.each, a.free = make([]Money, len(a.part.lines)), make([]int64, len(a.part.lines))
	a.each[best], a.free[best], a.units = a.work.value, 1, 1
}

// rated takes its rate off each thing, as many of them as the order may have, those first that save most.
func (r *round) rated(o *Offer, a *attempt) {
	k, left := o.Kind, a.part.units
	if k.MaxUnits > 0 {
		left = min(left, k.MaxUnits)
	}
	if k.UnitStock > 0 {
		left = min(left, o.UnitsLeft)
	}
	a.each = make([]Money, len(a.part.lines))
	for _, place := range r.bySaving(k, a.part.lines) {
		l := &r.basket.lines[a.part.lines[place]]
		units := min(left, l.Quantity-l.free)
		if units <= 0 {
			continue
		}
		left, a.units = left-units, a.units+units
		before := a.work.value
		a.work.do(OpRateOff, share(l.left, units, l.Quantity), k.rate(l.SKU))
		a.each[place] = a.work.value - before
	}
}

func (r *round) bySaving(k *CouponKind, lines []int) []int {
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
	}
	saving := func(place int) Money {
		l := &r.basket.lines[lines[place]]
		return share(l.left/max(l.Quantity, 1), k.rate(l.SKU), 100)
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(saving(j), saving(i)) })
	return order
}

// apply takes what an attempt found off the basket.
func (r *round) apply(i int, a *attempt) {
	o, coded := &r.offers[i], r.offers[i].Kind.Get != GetAutomatic
	switch {
	case o.Kind.Shipping:
		r.basket.shipping -= a.off
	case a.each != nil:
		for place, off := range a.each {
			r.basket.lines[a.part.lines[place]].reduce(off, coded)
		}
		for place, n := range a.free {
			r.basket.lines[a.part.lines[place]].free += n
		}
	default:
		r.basket.take(a.off, a.part.lines, a.part.left, coded)
	}
	r.note(i, a.off, a.units, &a.work)
}

func (r *round) note(i int, off Money, units int64, work *sum) {
	o := &r.offers[i]
	why := Explanation{Version: r.program.version, Rule: r.program.place(o.Kind.Code), Steps: work.taken()}
	r.priced.Discounts = append(r.priced.Discounts, Discount{Offer: i, Code: o.Kind.Code, Ref: o.Ref, Off: off, Units: units, Why: why})
}

// place is where the document lists a coupon kind; 0 for one of an older version.
func (p *Program) place(code string) int {
	return max(slices.IndexFunc(p.terms.Coupons, func(k CouponKind) bool { return k.Code == code }), 0)
}

// payWithPoints lets points pay what they may.
func (r *round) payWithPoints() {
	if r.pay.Points == 0 && !r.pay.All {
		return
	}
	request := Request{At: r.cart.At, Day: r.cart.Day, Order: r.cart.Source, Unit: r.pay.Unit, Points: r.pay.Points, Total: r.basket.toPay()}
	if r.pay.All {
		request.Points, request.Beyond = 0, Clamp
	}
	how := r.program.terms.Redemption(request.Unit)
	if how == nil {
		r.priced.Refused = Refusal{Code: NotRedeemable, Asked: request.Points}
		return
	}
	if request.Total == 0 { // which a request takes for "not known"
		r.priced.Refused = Refusal{Code: AboveShare, Asked: request.Points}
		return
	}
	points, refusal := r.program.allowed(how, r.member.look(how.Unit), &request)
	if refusal.Refused() {
		r.priced.Refused = refusal
		return
	}
	r.priced.Points, r.priced.Worth = points, r.program.worth(how, points, &request)
}

func (b *basket) goods() (goods Money) {
	for i := range b.lines {
		if !b.lines[i].Gift {
			goods += b.lines[i].left
		}
	}
	return goods
}

func (b *basket) toPay() Money { return b.goods() + b.shipping }

// sum writes down what the basket came to.
func (r *round) sum() Priced {
	r.removeGifts()
	done, b := &r.priced, &r.basket
	for i := range b.lines {
		l := &b.lines[i]
		done.Goods += l.left
		if !l.rest {
			done.Lines = append(done.Lines, PricedLine{Amount: l.left, Free: l.free, Removed: l.removed})
		}
	}
	done.Shipping = b.shipping
	done.Total = done.Goods + done.Shipping
	return *done
}
