package terms

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

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
	if rapid.IntRange(0, 3).Draw(t, "asks") == 0 {
		k.If.Where = rapid.SampledFrom(asks).Draw(t, "what").where
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
		k.MaxUnits, k.If = rapid.Int64Range(0, 3).Draw(t, "units"), where(k.If.Where)
	case 4:
		gift := oneWon()
		gift.Code, gift.Group, gift.If.Where = k.Code, k.Group, k.If.Where
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

// asksFor reports whether a kind's own condition holds for a cart, as the table of them says.
func asksFor(k *CouponKind, cart *Purchase) bool {
	for _, ask := range asks {
		if bytes.Equal(ask.where.Encode(), k.If.Where.Encode()) {
			return ask.holds(cart)
		}
	}
	return true
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
			if !asksFor(&p.terms.Coupons[d.Offer], cart) {
				t.Fatalf("%+v applies to what it does not ask for", d)
			}
			if back, err := Decode(d.Why.Encode()); err != nil || !slices.Equal(back.Steps, d.Why.Steps) {
				t.Fatalf("%+v became %+v, %v", d.Why, back, err)
			}
		}
		for _, miss := range got.Unfit {
			if miss.Condition == MissWhere && asksFor(&p.terms.Coupons[miss.Offer], cart) {
				t.Fatalf("%+v does not apply to what it asks for", miss)
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
