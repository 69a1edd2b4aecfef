package terms

import (
	"slices"

	"dangol/models/conditions"
)

// Misfit is an offer that did not apply, and the first of its conditions that failed.
type Misfit struct {
	Offer     int // index of the offer; −1 for a gift that no offer gives
	Code      string
	Ref       string
	Condition MissKind
	By        int64  // amount: money; units: things that are missing; where: so much of the field, if it is a number
	Wants     string // the code that would do: a category, a thing, a tier; together: the offer that goes before; where: the field
	Off       Money  // amount, units: what it would take off then

	Where conditions.Condition // where: what does not hold, of the kind's own condition
}

// The conditions of offers, beside those of rules.
const (
	MissUnits    MissKind = "units"    // By more of what counts
	MissChannel  MissKind = "channel"  // bought elsewhere
	MissStore    MissKind = "store"    // bought in another store
	MissDay      MissKind = "day"      // not on this day
	MissStock    MissKind = "stock"    // nothing is left of it
	MissPlan     MissKind = "plan"     // without a plan
	MissWhere    MissKind = "where"    // a condition of the kind's own does not hold
	MissTogether MissKind = "together" // not together with another offer
	MissNothing  MissKind = "nothing"  // there is nothing to take off
	MissGift     MissKind = "gift"     // not a gift, or the second one
)

// facts are what a kind's own condition may ask about: the cart before offers and without gifts, and the member.
func (t *till) facts() facts {
	cart := t.cart
	if asksForGift(cart) {
		cart = withoutGifts(cart)
	}
	return facts{t.program, t.member, cart, t.tier}
}

func withoutGifts(cart *Purchase) *Purchase {
	bare := *cart
	bare.Lines = nil
	for _, line := range cart.Lines {
		if line.Gift {
			bare.Total -= line.Amount
		} else {
			bare.Lines = append(bare.Lines, line)
		}
	}
	return &bare
}

// Bars names the first condition of a kind that does not hold of who uses a coupon, when, where, and in which order,
// leaving out which things count and how many: for a counter that has no more of an order than its sum, and sees the
// things itself. What nobody knows of the order does not hold. Without a condition nothing bars the coupon.
func (p *Program) Bars(m *Member, cart *Purchase, k *CouponKind) Misfit {
	t := till{program: p, member: m, cart: cart, tier: p.tierFor(m, cart)}
	miss := t.bars(k)
	miss.Code = k.Code
	return miss
}

func (t *till) bars(k *CouponKind) Misfit {
	day := t.cart.Day
	switch {
	case !k.On(day):
		return Misfit{Condition: MissDay}
	case !anyOf(k.If.Channels, t.cart.Channel):
		return Misfit{Condition: MissChannel}
	case !anyOf(k.If.Stores, t.cart.Store):
		return Misfit{Condition: MissStore}
	case !anyOf(k.If.Tiers, t.tier):
		return Misfit{Condition: MissTier, Wants: firstOf(k.If.Tiers)}
	case len(k.Plans) > 0 && !t.member.holds(day, func(plan string) bool { return slices.Contains(k.Plans, plan) }):
		return Misfit{Condition: MissPlan, Wants: k.Plans[0]}
	case !t.holds(k):
		return t.unmet(k)
	}
	return Misfit{}
}

// holds reports whether a kind's own condition holds.
func (t *till) holds(k *CouponKind) bool {
	return k.If.Where.IsZero() || t.program.filter(k).where.Holds(t.facts())
}

// unmet says what of a kind's own condition does not hold: the one comparison that failed, else all of it.
func (t *till) unmet(k *CouponKind) Misfit {
	found := Misfit{Condition: MissWhere, Where: k.If.Where}
	if miss, single := t.program.filter(k).where.Missing(t.facts()); single {
		found.Wants, found.By = string(miss.Field), max(miss.By, 0)
		if found.Where = conditions.Where(miss.Field, miss.Is, miss.Value); miss.Not {
			found.Where = conditions.Not(found.Where)
		}
	}
	return found
}

// wanted is a code that counts for the kind; empty where anything does.
func (k *CouponKind) wanted() string {
	if len(k.Rates) > 0 {
		return k.Rates[0].SKU
	}
	return firstOf(slices.Concat(k.If.SKUs.Only, k.If.Categories.Only))
}

// wantedLine is a line that counts for the kind.
func (t *till) wantedLine(k *CouponKind) (Line, bool) {
	line := Line{Quantity: 1, SKU: firstOf(k.If.SKUs.Only), Category: firstOf(k.If.Categories.Only)}
	if len(k.Rates) > 0 {
		line.SKU = k.Rates[0].SKU
	}
	return line, t.program.counts(k, &basketLine{Line: line})
}

// explainMisses finds, for each offer that misses an amount, how much more makes it apply: what is missing of its
// minimum or, where other offers move with the cart, what a search finds. What more money does not help keeps no amount.
func (t *till) explainMisses(offers []Offer, done *Priced) {
	for i := range done.Unfit {
		miss := &done.Unfit[i]
		if miss.Condition == MissAmount {
			t.explainMiss(offers, miss)
		}
	}
}

func (t *till) explainMiss(offers []Offer, miss *Misfit) {
	k := offers[miss.Offer].Kind
	line, ok := t.wantedLine(k)
	if k.phase() == phaseGift {
		line, ok = Line{Quantity: 1}, true
	}
	if !ok {
		miss.By = 0
		return
	}
	taken := func(extra Money) Money { return t.takenWith(offers, miss, line, extra) }
	if taken(miss.By) == 0 {
		miss.By = search(func(extra Money) bool { return taken(extra) > 0 })
	}
	switch miss.Off = taken(miss.By); {
	case miss.Off == 0:
		miss.By = 0
	case k.phase() == phaseGift && !asksForGift(t.cart):
		miss.Off = 0 // nobody knows which gift that will be
	}
}

// takenWith is what an offer takes off once the cart has more of what counts.
func (t *till) takenWith(offers []Offer, miss *Misfit, line Line, extra Money) Money {
	more := *t
	more.cart = suppose(t.cart, line, offers[miss.Offer].Kind.perItem()).with(extra)
	if offers[miss.Offer].Kind.phase() == phaseGift {
		more.cart = withWish(more.cart, miss.Wants)
	}
	priced := more.best(offers)
	for i := range priced.Discounts {
		if priced.Discounts[i].Offer == miss.Offer {
			return priced.Discounts[i].Off
		}
	}
	return 0
}

// withWish is the cart with the gift in it that it was too small for, if it is not there.
func withWish(cart *Purchase, sku string) *Purchase {
	if asksForGift(cart) {
		return cart
	}
	wished := *cart
	wished.Lines = append(append([]Line(nil), cart.Lines...), Line{SKU: sku, Quantity: 1, Amount: giftPrice, Gift: true})
	wished.Total += giftPrice
	return &wished
}

func asksForGift(cart *Purchase) bool {
	return slices.ContainsFunc(cart.Lines, func(l Line) bool { return l.Gift })
}

// giftPrice is what a gift that is not in the cart is taken to cost: more than any pool asks.
const giftPrice Money = 1_000_000
