package terms

import (
	"slices"
	"testing"
)

// coupons is a document of these kinds; each is called after its place, unless it has a code.
func withCoupons(kinds ...CouponKind) Terms {
	doc := one(Rule{Award: rate(1, 100)})
	doc.Groups = []Group{{"best", GroupBest}, {"first", GroupFirst}, {"only", GroupExclusive}}
	for i, k := range kinds {
		if k.Code == "" {
			k.Code = string(rune('a' + i))
		}
		k.Name = Text{En: "coupon"}
		if k.Days == 0 && k.Get != GetAutomatic && k.Get != GetStaff {
			k.Days = 30
		}
		doc.Coupons = append(doc.Coupons, k)
	}
	return doc
}

// offersOf shows every kind of a program once.
func offersOf(p *Program) (offers []Offer) {
	for i := range p.terms.Coupons {
		offers = append(offers, Offer{Kind: &p.terms.Coupons[i], UnitsLeft: p.terms.Coupons[i].UnitStock})
	}
	return offers
}

func drinks() Conditions { return Conditions{Categories: Selection{Only: []string{"drink"}}} }

func cartOf(shipping Money, lines ...Line) *Purchase {
	c := &Purchase{At: at("2026-11-22"), Day: day("2026-11-22"), Shipping: shipping, Total: shipping, Lines: lines, Channel: "store"}
	for _, l := range lines {
		c.Total += l.Amount
	}
	return c
}

var (
	lattes = Line{SKU: "latte", Category: "drink", Quantity: 2, Amount: 9_000}
	cake   = Line{SKU: "cake", Category: "cake", Quantity: 1, Amount: 6_000}
	mocha  = Line{SKU: "mocha", Category: "drink", Quantity: 1, Amount: 5_500}
)

// pricing is a cart and what coupons make of it.
type pricing struct {
	name  string
	kinds []CouponKind
	cart  *Purchase
	total Money
	off   []Money // in the order of application
	miss  []MissKind
}

func TestPrice(t *testing.T) {
	for _, c := range []pricing{
		{"an amount", []CouponKind{{Amount: 3_000}}, cartOf(0, cake), 3_000, []Money{3_000}, nil},
		{"never below nothing", []CouponKind{{Amount: 9_000}}, cartOf(0, cake), 0, []Money{6_000}, nil},
		{"a percentage, rounded down", []CouponKind{{Percent: 15}}, cartOf(0, Line{Quantity: 1, Amount: 999}), 850, []Money{149}, nil},
		{"a percentage has its most", []CouponKind{{Percent: 50, Most: 2_000}}, cartOf(0, cake), 4_000, []Money{2_000}, nil},
		{"only drinks", []CouponKind{{Percent: 10, If: drinks()}}, cartOf(0, lattes, cake), 14_100, []Money{900}, nil},
		{"shipping", []CouponKind{{Shipping: true}}, cartOf(3_000, cake), 6_000, []Money{3_000}, nil},
		{"shipping up to", []CouponKind{{Shipping: true, Most: 2_500}}, cartOf(3_000, cake), 6_500, []Money{2_500}, nil},
		{"no shipping, no coupon", []CouponKind{{Shipping: true}}, cartOf(0, cake), 6_000, nil, []MissKind{MissNothing}},
		{"a free drink, the dearest", []CouponKind{{FreeItem: &FreeItem{}, If: drinks()}}, cartOf(0, lattes, mocha), 9_000, []Money{5_500}, nil},
		{"a free drink up to", []CouponKind{{FreeItem: &FreeItem{UpTo: 4_500}, If: drinks()}}, cartOf(0, mocha), 1_000, []Money{4_500}, nil},
		{"a drink for 1,000", []CouponKind{{FreeItem: &FreeItem{Price: 1_000}, If: drinks()}}, cartOf(0, mocha), 1_000, []Money{4_500}, nil},
		{"two free drinks are two drinks", []CouponKind{{FreeItem: &FreeItem{}, If: drinks()}, {FreeItem: &FreeItem{}, If: drinks()}}, cartOf(0, mocha, cake), 6_000, []Money{5_500}, []MissKind{MissItem}},
		{"no drink", []CouponKind{{FreeItem: &FreeItem{}, If: drinks()}}, cartOf(0, cake), 6_000, nil, []MissKind{MissItem}},
		{"S-R5: things first, then the order", []CouponKind{{Percent: 10}, {Amount: 1_000, If: drinks()}}, cartOf(0, lattes), 7_200, []Money{1_000, 800}, nil},
		{"S-R5: what comes by itself is first of all", []CouponKind{{Percent: 50, If: drinks()}, {Amount: 1_000, If: drinks(), Get: GetAutomatic}}, cartOf(0, lattes), 4_000, []Money{1_000, 4_000}, nil},
		{"S-E6: a minimum counts what came by itself", []CouponKind{{Percent: 50, If: drinks(), Get: GetAutomatic}, {Amount: 1_000, Minimum: 9_000}}, cartOf(0, lattes), 3_500, []Money{4_500, 1_000}, nil},
		{"S-E6: and not what a code took off", []CouponKind{{Amount: 1_000}, {Amount: 1_000, Minimum: 9_000}}, cartOf(0, lattes), 8_000, []Money{1_000}, []MissKind{MissAmount}},
		{"D-48: offers without a group add up", []CouponKind{{Amount: 1_000}, {Amount: 2_000}}, cartOf(0, cake), 3_000, []Money{1_000, 2_000}, nil},
		{"D-48: the best of a group", []CouponKind{{Amount: 1_000, Group: "best"}, {Amount: 2_000, Group: "best"}}, cartOf(0, cake), 4_000, []Money{2_000}, []MissKind{MissTogether}},
		{"D-48: the first of a group", []CouponKind{{Amount: 1_000, Group: "first"}, {Amount: 2_000, Group: "first"}}, cartOf(0, cake), 5_000, []Money{1_000}, []MissKind{MissTogether}},
		{"D-48: the first that fits", []CouponKind{{Amount: 1_000, Minimum: 9_000, Group: "first"}, {Amount: 2_000, Group: "first"}}, cartOf(0, cake), 4_000, []Money{2_000}, []MissKind{MissAmount}},
		{"D-48: exclusive, when it is better", []CouponKind{{Amount: 2_500, Group: "only"}, {Amount: 1_000}, {Amount: 1_000}}, cartOf(0, cake), 3_500, []Money{2_500}, []MissKind{MissTogether, MissTogether}},
		{"D-48: not exclusive, when that is better", []CouponKind{{Amount: 1_500, Group: "only"}, {Amount: 1_000}, {Amount: 1_000}}, cartOf(0, cake), 4_000, []Money{1_000, 1_000}, []MissKind{MissTogether}},
		{"S-R6: of two that are larger than the cart, the smaller", []CouponKind{{Amount: 9_000, Group: "best"}, {Amount: 7_000, Group: "best"}}, cartOf(0, cake), 0, []Money{6_000}, []MissKind{MissTogether}},
		{"another channel", []CouponKind{{Amount: 1_000, If: Conditions{Channels: []string{"online"}}}}, cartOf(0, cake), 6_000, nil, []MissKind{MissChannel}},
		{"another store", []CouponKind{{Amount: 1_000, If: Conditions{Stores: []string{"main"}}}}, cartOf(0, cake), 6_000, nil, []MissKind{MissStore}},
		{"not any more", []CouponKind{{Amount: 1_000, Until: day("2026-11-21")}}, cartOf(0, cake), 6_000, nil, []MissKind{MissDay}},
		{"three drinks at least", []CouponKind{{Amount: 1_000, If: drinks(), MinUnits: 3}}, cartOf(0, lattes), 9_000, nil, []MissKind{MissUnits}},
		{"three drinks", []CouponKind{{Amount: 1_000, If: drinks(), MinUnits: 3}}, cartOf(0, lattes, mocha), 13_500, []Money{1_000}, nil},
		{"§33: a rate a thing", []CouponKind{{Rates: []SKURate{{"latte", 50}, {"mocha", 30}, {"tea", 15}}, Get: GetStaff}}, cartOf(0, lattes, mocha, cake), 9_000 - 4_500 + 5_500 - 1_650 + 6_000, []Money{6_150}, nil},
		{"§33: so many in one order", []CouponKind{{Rates: []SKURate{{"latte", 50}, {"mocha", 30}}, MaxUnits: 1, Get: GetStaff}}, cartOf(0, lattes, mocha), 14_500 - 2_250, []Money{2_250}, nil},
		{"§33: so many are left", []CouponKind{{Rates: []SKURate{{"latte", 50}}, UnitStock: 1, Get: GetStaff}}, cartOf(0, lattes), 9_000 - 2_250, []Money{2_250}, nil},
		{"a cart without lines", []CouponKind{{Percent: 10}, {Amount: 500, If: drinks()}}, &Purchase{Day: day("2026-11-22"), Total: 10_000}, 9_000, []Money{1_000}, []MissKind{MissItem}},
		{"lines that do not add up", []CouponKind{{Percent: 50, If: drinks()}}, &Purchase{Day: day("2026-11-22"), Total: 7_500, Lines: []Line{lattes, cake}}, 5_250, []Money{2_250}, nil},
	} {
		c.check(t)
	}
}

func (c *pricing) check(t *testing.T) {
	p := compile(t, withCoupons(c.kinds...))
	got := p.Price(&Member{}, c.cart, offersOf(p), Payment{})
	var off []Money
	var miss []MissKind
	for _, d := range got.Discounts {
		off = append(off, d.Off)
		if d.Why.Recompute() != d.Off {
			t.Errorf("%s: took %d off, explained as %d", c.name, d.Off, d.Why.Recompute())
		}
	}
	for _, m := range got.Unfit {
		miss = append(miss, m.Condition)
	}
	if got.Total != c.total || !slices.Equal(off, c.off) || !slices.Equal(miss, c.miss) {
		t.Errorf("%s: total %d, off %v, missed %v; want %d, %v, %v", c.name, got.Total, off, miss, c.total, c.off, c.miss)
	}
}

// oneWon is the seed's promise: a thing for 1 won from a cart of 800, of a pool that changes.
func oneWon() CouponKind {
	return CouponKind{Code: "gift", Get: GetAutomatic, Gifts: []GiftPool{
		{From: 800, Price: 1, SKUs: []string{"sock"}, End: day("2026-11-30")},
		{From: 800, Price: 1, SKUs: []string{"pen"}, Begin: day("2026-12-01")},
		{From: 2_000, Price: 1, SKUs: []string{"mug"}},
	}}
}

func TestAGiftBesideTheCart(t *testing.T) { // §34
	sock := Line{SKU: "sock", Quantity: 1, Amount: 300, Gift: true}
	mug, pen := sock, sock
	mug.SKU, pen.SKU = "mug", "pen"
	goods := func(amount Money) Line { return Line{SKU: "shirt", Quantity: 1, Amount: amount} }
	for _, c := range []struct {
		name    string
		cart    *Purchase
		points  Points
		total   Money
		removed bool
		miss    MissKind
		by      int64
	}{
		{"from 800", cartOf(500, goods(800), sock), 0, 800 + 500 + 1, false, "", 0},
		{"shipping does not count", cartOf(500, goods(799), sock), 0, 799 + 500, true, MissAmount, 1},
		{"a coupon brings it below", cartOf(0, goods(1_000), sock), 0, 1_000, true, MissAmount, 0},
		{"points bring it below", cartOf(0, goods(1_000), sock), 300, 1_000, true, MissAmount, 300 - 200},
		{"another band", cartOf(0, goods(1_999), mug), 0, 1_999, true, MissAmount, 1},
		{"a larger cart has all the pools", cartOf(0, goods(2_000), sock), 0, 2_001, false, "", 0},
		{"not in these days", cartOf(0, goods(900), pen), 0, 900, true, MissItem, 0},
		{"one an order", cartOf(0, goods(2_000), sock, mug), 0, 2_001, false, MissGift, 0},
		{"nobody has asked yet", cartOf(0, goods(700)), 0, 700, false, MissAmount, 100},
	} {
		kinds := []CouponKind{oneWon()}
		if c.name == "a coupon brings it below" {
			kinds = append(kinds, CouponKind{Amount: 250})
			c.total, c.by = 750, 50
		}
		p := compile(t, withCoupons(kinds...))
		m := &Member{Accounts: []Account{{Unit: "p", Available: 300, Lots: []Lot{{Bucket: Available, Remaining: 300}}}}}
		got := p.Price(m, c.cart, offersOf(p), Payment{Points: c.points})
		var miss Misfit
		if len(got.Unfit) > 0 {
			miss = got.Unfit[0]
		}
		removed := len(c.cart.Lines) > 1 && got.Lines[1].Removed
		if got.Total != c.total || removed != c.removed || miss.Condition != c.miss || miss.By != c.by {
			t.Errorf("%s: total %d, removed %v, %+v; want %d, %v, %s by %d", c.name, got.Total, removed, miss, c.total, c.removed, c.miss, c.by)
		}
	}
}

func TestFreeUnitsDoNotEarn(t *testing.T) { // D-47
	doc := withCoupons(CouponKind{FreeItem: &FreeItem{UpTo: 4_000}, If: drinks()}, CouponKind{Percent: 10})
	doc.Earning[0].Award = Formula{Kind: PerUnit, Points: 1}
	p := compile(t, doc)
	cart := cartOf(0, lattes, cake)
	priced := p.Price(&Member{}, cart, offersOf(p), Payment{})
	bought := priced.Purchase(cart)
	awards, _ := p.Quote(&Member{}, &bought)
	if awards[0].Points != 2 || bought.Total != priced.Total {
		t.Errorf("one latte and one cake earn: %+v of %+v", awards, bought)
	}
	sum := Money(0)
	for _, l := range bought.Lines {
		sum += l.Amount
	}
	if sum != priced.Goods {
		t.Errorf("lines come to %d, goods to %d", sum, priced.Goods)
	}
}

func TestPointsPayAfterDiscounts(t *testing.T) { // S-R3, S-R5
	p := compile(t, withCoupons(CouponKind{Amount: 4_000}))
	m := &Member{Accounts: []Account{{Unit: "p", Available: 9_000, Lots: []Lot{{Bucket: Available, Remaining: 9_000}}}}}
	got := p.Price(m, cartOf(500, cake), offersOf(p), Payment{All: true})
	if got.Points != 2_500 || got.Worth != 2_500 || got.Total != 2_500 {
		t.Errorf("no more than is left to pay: %+v", got)
	}
	if got = p.Price(m, cartOf(0, Line{Quantity: 1, Amount: 4_000}), offersOf(p), Payment{Points: 100}); got.Points != 0 || !got.Refused.Refused() {
		t.Errorf("nothing is left to pay: %+v", got)
	}
}
