package terms

import (
	"slices"
	"testing"

	"dangol/models"
	"dangol/models/conditions"
)

// asks are conditions of coupons, and what they mean to drawn carts, which are of a Sunday and of a first order.
var asks = []struct {
	where conditions.Condition
	holds func(cart *Purchase) bool
}{
	{conditions.Where(conditions.Amount, conditions.AtLeast, conditions.Number(10_000)), func(cart *Purchase) bool { return bare(cart) >= 10_000 }},
	{conditions.Not(conditions.Where(conditions.Amount, conditions.AtLeast, conditions.Number(25_000))), func(cart *Purchase) bool { return bare(cart) < 25_000 }},
	{conditions.Where(conditions.Category, conditions.In, conditions.Text("cake")), func(cart *Purchase) bool {
		return slices.ContainsFunc(cart.Lines, func(l Line) bool { return l.Category == "cake" })
	}},
	{conditions.Where(conditions.Weekday, conditions.In, conditions.Text("sat", "sun")), func(*Purchase) bool { return true }},
	{conditions.Where(conditions.Orders, conditions.AtLeast, conditions.Number(1)), func(*Purchase) bool { return false }},
}

// bare is what a cart costs without shipping and gifts.
func bare(cart *Purchase) Money {
	goods := cart.Total - cart.Shipping
	for _, l := range cart.Lines {
		if l.Gift {
			goods -= l.Amount
		}
	}
	return goods
}

func TestACouponAsksWhatItLikes(t *testing.T) {
	num, text, is := conditions.Number, conditions.Text, conditions.Where
	cart := cartOf(3_000, lattes, cake)
	cart.Minute = 15*60 + 1
	m := &Member{Joined: day("2026-11-01"), Orders: 3, Spend: Series{{day("2026-10-01"), 90_000}}, Accounts: []Account{{Unit: "p", Available: 500}}, Tier: TierState{Code: "gold"}}
	sunday, vip := is(conditions.Weekday, conditions.In, text("sun")), is(conditions.Tier, conditions.In, text("guest"))
	for _, c := range []struct {
		where conditions.Condition
		fits  bool
		wants string
		by    int64
		ko    string
		en    string
	}{
		{sunday, true, "", 0, "", ""},
		{conditions.All(sunday, is(conditions.Time, conditions.Between, text("14:00", "17:00")), is(conditions.Orders, conditions.AtLeast, num(3))), true, "", 0, "", ""},
		{is(conditions.Spend12m, conditions.AtLeast, num(90_000)), true, "", 0, "", ""}, {is(conditions.Points, conditions.AtLeast, num(500)), true, "", 0, "", ""},
		{conditions.Not(sunday), false, "weekday", 0, "‘coupon’은 일요일에 사지 않으시면 쓸 수 있어요", "You can use “coupon” when you do not buy on a Sunday"},
		{conditions.All(sunday, is(conditions.Amount, conditions.AtLeast, num(20_000))), false, "amount", 5_000, "‘coupon’은 20,000원 이상 사시면 쓸 수 있어요", "You can use “coupon” when you spend ₩20,000 or more"},
		{conditions.All(vip, is(conditions.Items, conditions.AtLeast, num(9))), false, "", 0, "‘coupon’은 Guest 등급이고, 9개 이상 사시면 쓸 수 있어요", "You can use “coupon” when you hold Guest and buy 9 or more items"},
		{vip, false, "tier", 0, "‘coupon’은 Guest 등급이면 쓸 수 있어요", "You can use “coupon” when you hold Guest"},
		{is(conditions.Payment, conditions.In, text("card")), false, "", 0, "‘coupon’은 결제 수단 ‘card’로 내시면 쓸 수 있어요", "You can use “coupon” when you pay by the payment method “card”"},
	} {
		doc := withGold(withCoupons(CouponKind{Amount: 1_000, If: where(c.where)}))
		p := compile(t, doc)
		got := p.Price(m, cart, offersOf(p), Payment{})
		if (len(got.Discounts) == 1) != c.fits || (len(got.Unfit) == 1) == c.fits {
			t.Fatalf("%s: %+v", c.where.Encode(), got)
		}
		if c.fits {
			continue
		}
		miss := got.Unfit[0]
		if miss.Condition != MissWhere || miss.Wants != c.wants || miss.By != c.by {
			t.Errorf("%s: %+v", c.where.Encode(), miss)
		}
		if ko, en := doc.ExplainMisfit(miss, "ko"), doc.ExplainMisfit(miss, "en"); ko != c.ko || en != c.en {
			t.Errorf("%s\n%s", ko, en)
		}
	}
}

// A gift beside the cart is not part of what a condition asks about, and a coupon of an older version is asked by its own.
func TestWhatACouponsConditionSees(t *testing.T) {
	p := compile(t, withCoupons(oneWon(), CouponKind{Amount: 1_000, If: where(asks[0].where)}))
	cart := cartOf(0, Line{SKU: "latte", Quantity: 1, Amount: 9_999}, Line{SKU: "sock", Quantity: 1, Amount: 5_000, Gift: true})
	if got := p.Price(&Member{}, cart, offersOf(p), Payment{}); !slices.ContainsFunc(got.Unfit, func(m Misfit) bool { return m.Condition == MissWhere && m.By == 1 }) {
		t.Errorf("9,999 and a gift are not 10,000: %+v", got)
	}
	old := &CouponKind{Code: "b", Amount: 1_000, If: where(asks[2].where)}
	if got := p.Price(&Member{}, cartOf(0, lattes, lattes), []Offer{{Kind: old}}, Payment{}); len(got.Unfit) != 1 || got.Unfit[0].Wants != "category" {
		t.Errorf("the coupon that was issued wants a cake: %+v", got)
	}
}

func TestACouponsConditionInTheDocument(t *testing.T) {
	is := conditions.Where
	doc := withCoupons(CouponKind{Amount: 1_000, If: where(conditions.All(is(conditions.Weekday, conditions.In, conditions.Text("tue")), is(conditions.Plan, conditions.In, conditions.Text("premium"))))})
	doc.Plans = []Plan{{Code: "premium", Name: Text{Ko: "프리미엄", En: "Premium"}}}
	for locale, want := range map[string]string{"ko": "화요일에 사시고, ‘프리미엄’ 회원권을 쓰시면 쓸 수 있어요.", "en": "You can use it when you buy on a Tuesday and hold the plan “Premium”."} {
		if page := flat(doc.Describe(locale)); !slices.Contains(page, want) {
			t.Errorf("want %q in %q", want, page)
		}
	}
	doc.Plans = nil
	for want, c := range map[string]conditions.Condition{
		"/coupons/0/if/where not_here":       is(conditions.AwayDays, conditions.AtLeast, conditions.Number(3)),
		"/coupons/0/if/where/field not_here": is(conditions.Rating, conditions.AtLeast, conditions.Number(3)),
		"/coupons/0/if/where/value":          is(conditions.Tier, conditions.In, conditions.Text("gold")),
		"/coupons/0/if/where/is not_one_of":  is(conditions.Amount, conditions.Yes, conditions.Value{}),
	} {
		doc.Coupons[0].If.Where = c
		_, err := Compile(doc, 1)
		if e, _ := err.(*models.Error); e == nil || !slices.ContainsFunc(faultsOf(t, err), func(fault string) bool { return len(fault) >= len(want) && fault[:len(want)] == want }) {
			t.Errorf("%s: %q", want, faultsOf(t, err))
		}
	}
	p := compile(t, withCoupons(CouponKind{Amount: 1_000, If: where(conditions.All(asks[2].where, is(conditions.Spend12m, conditions.AtLeast, conditions.Number(1)), asks[4].where))}))
	if n := p.Needs(); !n.Lines || !n.Orders || n.Spend.IsZero() {
		t.Errorf("lines, orders and the spend of a year are to be loaded: %+v", n)
	}
}
