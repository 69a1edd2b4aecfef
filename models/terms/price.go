package terms

import (
	"cmp"
	"slices"
)

// Offer is something that may take money off a cart: a coupon that the customer shows, or what the terms give to all.
type Offer struct {
	Kind      *CouponKind
	Ref       string // names it in the answer: a coupon's code; empty for what nobody has to show
	UnitsLeft int64  // of a kind with a stock of things: how many are left
}

// Payment asks to pay a part with points. Points of 0 pay nothing; All pays as much as the limits allow.
type Payment struct {
	Unit   string
	Points Points
	All    bool
}

// Priced is what a cart costs, and why.
type Priced struct {
	Discounts []Discount // in the order of application
	Unfit     []Misfit   // the offers that did not apply, and the gifts that left the cart
	Lines     []PricedLine
	Goods     Money // after discounts, the gift included
	Shipping  Money
	Points    Points  // that pay a part of Goods and Shipping
	Worth     Money   // in money
	Refused   Refusal // why points that were asked for do not pay
	Total     Money   // Goods and Shipping; Worth of it points pay, the rest is paid by other means
}

// Discount is what one offer took off.
type Discount struct {
	Offer int // its index
	Code  string
	Ref   string
	Off   Money
	Units int64 // things that became cheaper or free
	Why   Explanation
}

// PricedLine is a line of the cart, after discounts.
type PricedLine struct {
	Amount  Money
	Free    int64 // units that an offer gives for nothing, or nearly: they never earn
	Removed bool  // a gift that the cart is too small for
}

// Price finds what a cart costs. It applies the offers in their fixed order (S-R5): what applies by itself to single
// things, what somebody shows for single things, what is about the whole order, shipping, points, and last the gift
// beside the cart, which looks at what is to be paid. A minimum counts what the cart costs before discounts that come by
// themselves and after those that somebody shows (S-E6). The order in which offers are named changes nothing.
//
// The cart's Total is what is to be paid before these offers; its Discount is what the shop has taken off by itself.
func (p *Program) Price(m *Member, cart *Purchase, offers []Offer, pay Payment) Priced {
	t := till{program: p, member: m, cart: cart, pay: pay, tier: p.tierFor(m, cart)}
	done := t.best(offers)
	t.explainMisses(offers, &done)
	return done
}

// till prices one cart, as often as that takes.
type till struct {
	program *Program
	member  *Member
	cart    *Purchase
	pay     Payment
	tier    string
}

// best lets each exclusive group stand alone, and everything else together, and keeps what costs the customer least.
func (t *till) best(offers []Offer) Priced {
	alone := t.exclusive(offers)
	best := t.price(offers, func(o *Offer) bool { return !slices.Contains(alone, o.Kind.Group) })
	for _, group := range alone {
		only := t.price(offers, func(o *Offer) bool { return o.Kind.Group == group })
		if only.Total < best.Total {
			best = only
		}
	}
	return best
}

// exclusive lists the exclusive groups among the offers.
func (t *till) exclusive(offers []Offer) (groups []string) {
	for i := range offers {
		group := offers[i].Kind.Group
		if t.program.group(group) == GroupExclusive && !slices.Contains(groups, group) {
			groups = append(groups, group)
		}
	}
	slices.Sort(groups)
	return groups
}

// group is the mode of a group, empty for none.
func (p *Program) group(code string) GroupMode {
	if g := p.terms.group(code); g != nil {
		return g.Mode
	}
	return ""
}

// The phases in which offers apply.
const (
	phaseAutomatic = iota // to single things, by themselves
	phaseSpecific         // to single things
	phaseOrder            // to the whole order
	phaseShipping
	phaseGift
)

func (k *CouponKind) phase() int {
	switch {
	case len(k.Gifts) > 0:
		return phaseGift
	case k.Shipping:
		return phaseShipping
	case !k.perItem():
		return phaseOrder
	case k.Get == GetAutomatic:
		return phaseAutomatic
	default:
		return phaseSpecific
	}
}

// price applies the offers that are let in; the others it turns away as not going together.
func (t *till) price(offers []Offer, let func(*Offer) bool) Priced {
	r := round{till: t, offers: offers, basket: newBasket(t.cart), chosen: map[string]int{}}
	for _, i := range t.program.inOrder(offers) {
		switch o := &offers[i]; {
		case !let(o):
			r.turnAway(i, Misfit{Condition: MissTogether})
		case o.Kind.phase() != phaseGift:
			r.offer(i)
		}
	}
	r.payWithPoints()
	for _, i := range t.program.inOrder(offers) {
		if let(&offers[i]) && offers[i].Kind.phase() == phaseGift {
			r.gift(i)
		}
	}
	return r.sum()
}

// inOrder is the order in which offers apply: by phase, then as the document lists their kinds, then by their names.
func (p *Program) inOrder(offers []Offer) []int {
	order := make([]int, len(offers))
	for i := range order {
		order[i] = i
	}
	place := func(i int) int {
		code := offers[i].Kind.Code
		return slices.IndexFunc(p.terms.Coupons, func(k CouponKind) bool { return k.Code == code })
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &offers[i], &offers[j]
		return cmp.Or(a.Kind.phase()-b.Kind.phase(), place(i)-place(j), cmp.Compare(a.Kind.Code, b.Kind.Code), cmp.Compare(a.Ref, b.Ref))
	})
	return order
}

// Automatic lists what a program offers to every member by itself on a day.
func (p *Program) Automatic() (offers []Offer) {
	for i := range p.terms.Coupons {
		if k := &p.terms.Coupons[i]; k.Get == GetAutomatic {
			offers = append(offers, Offer{Kind: k})
		}
	}
	return offers
}

// Purchase is the cart as it would be bought, for what it would earn. What a free item still costs does not earn; of tax
// as much is left as of the money that contains it.
func (d *Priced) Purchase(cart *Purchase) Purchase {
	bought := *cart
	bought.Total, bought.Shipping, bought.PaidWithPoints = d.Total, d.Shipping, cart.PaidWithPoints+d.Worth
	bought.Tax = share(cart.Tax, d.Total, max(cart.Total, 1))
	bought.Lines = nil
	for i := range d.Discounts {
		bought.Discount += d.Discounts[i].Off
	}
	for i := range d.Lines {
		if line := d.Lines[i]; !line.Removed {
			bought.Lines = append(bought.Lines, line.split(cart.Lines[i])...)
		}
	}
	return bought
}

// split is a line as the free and the other units of it.
func (l PricedLine) split(line Line) []Line {
	line.Tax = share(line.Tax, l.Amount, max(line.Amount, 1))
	line.Amount = l.Amount
	line.Gift = false
	if l.Free == 0 {
		return []Line{line}
	}
	free := line
	free.Free, free.Quantity = true, l.Free
	free.Amount = share(line.Amount, l.Free, line.Quantity)
	line.Tax -= share(line.Tax, free.Amount, max(line.Amount, 1))
	line.Amount, line.Quantity = line.Amount-free.Amount, line.Quantity-l.Free
	if line.Quantity == 0 {
		free.Amount += line.Amount
		return []Line{free}
	}
	return []Line{free, line}
}
