package terms

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
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

func TestPrice(t *testing.T) {
	for _, c := range []struct {
		name  string
		kinds []CouponKind
		cart  *Purchase
		total Money
		off   []Money // in the order of application
		miss  []MissKind
	}{
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
		{"48: offers without a group add up", []CouponKind{{Amount: 1_000}, {Amount: 2_000}}, cartOf(0, cake), 3_000, []Money{1_000, 2_000}, nil},
		{"48: the best of a group", []CouponKind{{Amount: 1_000, Group: "best"}, {Amount: 2_000, Group: "best"}}, cartOf(0, cake), 4_000, []Money{2_000}, []MissKind{MissTogether}},
		{"48: the first of a group", []CouponKind{{Amount: 1_000, Group: "first"}, {Amount: 2_000, Group: "first"}}, cartOf(0, cake), 5_000, []Money{1_000}, []MissKind{MissTogether}},
		{"48: the first that fits", []CouponKind{{Amount: 1_000, Minimum: 9_000, Group: "first"}, {Amount: 2_000, Group: "first"}}, cartOf(0, cake), 4_000, []Money{2_000}, []MissKind{MissAmount}},
		{"48: exclusive, when it is better", []CouponKind{{Amount: 2_500, Group: "only"}, {Amount: 1_000}, {Amount: 1_000}}, cartOf(0, cake), 3_500, []Money{2_500}, []MissKind{MissTogether, MissTogether}},
		{"48: not exclusive, when that is better", []CouponKind{{Amount: 1_500, Group: "only"}, {Amount: 1_000}, {Amount: 1_000}}, cartOf(0, cake), 4_000, []Money{1_000, 1_000}, []MissKind{MissTogether}},
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

// drawKind makes a kind of any sort, with conditions that a small cart may miss.
func drawKind(t *rapid.T) CouponKind {
	k := CouponKind{
		Code:    rapid.SampledFrom([]string{"k1", "k2", "k3"}).Draw(t, "code"),
		Minimum: rapid.SampledFrom([]Money{0, 0, 5_000, 20_000}).Draw(t, "minimum"),
		Group:   rapid.SampledFrom([]string{"", "", "best", "first", "only"}).Draw(t, "group"),
		Get:     rapid.SampledFrom([]Getting{GetGiven, GetGiven, GetAutomatic}).Draw(t, "get"),
	}
	if rapid.Bool().Draw(t, "drinks") {
		k.If = drinks()
	}
	switch rapid.IntRange(0, 5).Draw(t, "sort") {
	case 0:
		k.Percent, k.Most = rapid.IntRange(1, 100).Draw(t, "percent"), rapid.SampledFrom([]Money{0, 1_500}).Draw(t, "most")
	case 1:
		k.Shipping = true
	case 2:
		k.FreeItem = &FreeItem{UpTo: rapid.SampledFrom([]Money{0, 4_000}).Draw(t, "up to"), Price: rapid.SampledFrom([]Money{0, 500}).Draw(t, "price")}
	case 3:
		k.Rates = []SKURate{{"latte", rapid.IntRange(1, 100).Draw(t, "rate")}, {"cake", 30}}
		k.MaxUnits, k.If = rapid.Int64Range(0, 3).Draw(t, "units"), Conditions{}
	case 4:
		gift := oneWon()
		gift.Code, gift.Group = k.Code, k.Group
		return gift
	default:
		k.Amount = rapid.Int64Range(1, 30_000).Draw(t, "amount")
	}
	return k
}

func drawCart(t *rapid.T) *Purchase {
	var lines []Line
	for range rapid.IntRange(0, 4).Draw(t, "lines") {
		line := rapid.SampledFrom([]Line{lattes, cake, mocha, {SKU: "sock", Gift: true}}).Draw(t, "line")
		line.Quantity, line.Amount = rapid.Int64Range(1, 4).Draw(t, "quantity"), rapid.Int64Range(0, 20_000).Draw(t, "amount")
		lines = append(lines, line)
	}
	cart := cartOf(rapid.SampledFrom([]Money{0, 3_000}).Draw(t, "shipping"), lines...)
	if len(lines) == 0 {
		cart.Total += rapid.Int64Range(0, 30_000).Draw(t, "total")
	}
	cart.Discount = rapid.SampledFrom([]Money{0, 0, 2_000}).Draw(t, "discount")
	return cart
}

func drawCase(t *rapid.T) (*Program, *Purchase) {
	kinds := rapid.SliceOfN(rapid.Custom(drawKind), 1, 5).Draw(t, "kinds")
	for i := range kinds {
		kinds[i].Code = string(rune('a' + i))
	}
	doc := withCoupons(kinds...)
	if _, err := Compile(doc, 1); err != nil {
		t.Fatal(err)
	}
	return compile(t, doc), drawCart(t)
}

func TestPricesAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, cart := drawCase(t)
		m := &Member{Accounts: []Account{{Unit: "p", Available: 4_000, Lots: []Lot{{Bucket: Available, Remaining: 4_000}}}}}
		pay := Payment{All: rapid.Bool().Draw(t, "points")}
		got := p.Price(m, cart, offersOf(p), pay)
		if got.Total < 0 || got.Shipping < 0 || got.Goods < 0 || got.Worth > got.Total {
			t.Fatalf("below nothing: %+v", got)
		}
		off, gifts := Money(0), Money(0)
		for _, d := range got.Discounts {
			off += d.Off
			if d.Off <= 0 && p.terms.Coupons[p.place(d.Code)].Gifts == nil || d.Why.Recompute() != d.Off {
				t.Fatalf("a discount of %d, explained as %d", d.Off, d.Why.Recompute())
			}
			if back, err := Decode(d.Why.Encode()); err != nil || !slices.Equal(back.Steps, d.Why.Steps) {
				t.Fatalf("%+v became %+v, %v", d.Why, back, err)
			}
		}
		for i, l := range got.Lines {
			if l.Removed {
				gifts += cart.Lines[i].Amount
			} else if cart.Lines[i].Gift {
				gifts += cart.Lines[i].Amount - cart.Lines[i].Amount/cart.Lines[i].Quantity // one of them
			}
			if l.Amount < 0 || l.Free > cart.Lines[i].Quantity {
				t.Fatalf("line %d: %+v", i, l)
			}
		}
		if got.Total+off+gifts != cart.Total {
			t.Fatalf("%d in the cart, %d to pay, %d off, %d in gifts that are not given", cart.Total, got.Total, off, gifts)
		}
		if seen := len(got.Discounts) + len(got.Unfit); seen < len(p.terms.Coupons) {
			t.Fatalf("%d offers, of %d something is said", len(p.terms.Coupons), seen)
		}
		offers := rapid.Permutation(offersOf(p)).Draw(t, "another order")
		again := p.Price(m, cart, offers, pay)
		if again.Total != got.Total || again.Points != got.Points || !slices.Equal(again.Lines, got.Lines) {
			t.Fatalf("%+v, asked in another order %+v", got, again)
		}
	})
}

func TestWhatAMissSaysMakesItApply(t *testing.T) { // §40
	rapid.Check(t, func(t *rapid.T) {
		p, cart := drawCase(t)
		got := p.Price(&Member{}, cart, offersOf(p), Payment{})
		for _, miss := range got.Unfit {
			if miss.Condition != MissAmount || miss.By == 0 {
				continue
			}
			k := &p.terms.Coupons[miss.Offer]
			line := Line{SKU: "more", Quantity: 1, Amount: miss.By, Category: firstOf(k.If.Categories.Only)}
			if len(k.Rates) > 0 {
				line.SKU = k.Rates[0].SKU
			}
			more := *cart
			more.Total += miss.By
			if len(cart.Lines) > 0 || k.perItem() {
				more.Lines = append(slices.Clone(cart.Lines), line)
			}
			if len(k.Gifts) > 0 {
				more = *withWish(&more, miss.Wants)
			}
			then := p.Price(&Member{}, &more, offersOf(p), Payment{})
			i := slices.IndexFunc(then.Discounts, func(d Discount) bool { return d.Offer == miss.Offer })
			if i < 0 || miss.Off > 0 && then.Discounts[i].Off != miss.Off {
				t.Fatalf("%d more of %+v should take %d off: %+v", miss.By, line, miss.Off, then)
			}
		}
	})
}
