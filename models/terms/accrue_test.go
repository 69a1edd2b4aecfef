package terms

import (
	"testing"

	"dangol/models"
)

// one is a document with a single unit "p", worth a won, that never ends, and these rules.
func one(rules ...Rule) Terms {
	t := Terms{
		Schema: Schema, Name: Text{En: "Test"}, Currency: "KRW",
		Units: []Unit{{
			Code: "p", Kind: Spendable, Name: Text{En: "point"}, Plural: Text{En: "points"}, Worth: Worth{1, 1}, Expiry: Expiry{Kind: Never},
		}},
		Redemptions: []Redemption{{Unit: "p", Share: 100}},
		Earning:     rules,
	}
	for i := range t.Earning {
		r := &t.Earning[i]
		r.Unit, r.Name = "p", Text{En: "rule"}
		if r.When == "" {
			r.When = OnPurchase
		}
		if r.Code == "" {
			r.Code = string(rune('a' + i))
		}
	}
	return t
}

func points(out Outcome) (all Points) {
	for _, a := range out.Awards {
		all += a.Points
	}
	return all
}

func rate(num, den int64) Formula { return Formula{Kind: Rate, Rate: Ratio{num, den}} }

func TestFormulas(t *testing.T) {
	lines := []Line{{SKU: "latte", Category: "drink", Quantity: 2, Amount: 9_000}, {SKU: "cake", Category: "cake", Quantity: 1, Amount: 6_500}}
	drinks := Conditions{Categories: Selection{Only: []string{"drink"}}}
	for _, c := range []struct {
		name  string
		rule  Rule
		total Money
		lines []Line
		want  Points
	}{
		{"S-E1: a rate rounds once, down", Rule{Award: rate(2, 100)}, 12_345, nil, 246},
		{"D-45: half up", Rule{Award: rate(2, 100), Rounding: Rounding{Mode: HalfUp}}, 12_325, nil, 247},
		{"D-45: half up, below the half", Rule{Award: rate(2, 100), Rounding: Rounding{Mode: HalfUp}}, 12_324, nil, 246},
		{"up", Rule{Award: rate(2, 100), Rounding: Rounding{Mode: Ceil}}, 12_301, nil, 247},
		{"down to tens", Rule{Award: rate(2, 100), Rounding: Rounding{To: 10}}, 12_999, nil, 250},
		{"D-45: up to hundreds", Rule{Award: rate(2, 100), Rounding: Rounding{Mode: Ceil, To: 100}}, 10_001, nil, 300},
		{"S-E1, D-45: per whole amount", Rule{Award: Formula{Kind: PerAmount, Every: 1_000, Points: 7}}, 12_999, nil, 84},
		{"per whole amount, too little", Rule{Award: Formula{Kind: PerAmount, Every: 1_000, Points: 7}}, 999, nil, 0},
		{"per item", Rule{If: drinks, Award: Formula{Kind: PerUnit, Points: 1}}, 15_500, lines, 2},
		{"fixed", Rule{Award: Formula{Kind: Fixed, Points: 50}}, 1, nil, 50},
		{"only drinks", Rule{If: drinks, Award: rate(1, 10)}, 15_500, lines, 900},
		{"all but drinks", Rule{If: Conditions{Categories: Selection{Except: []string{"drink"}}}, Award: rate(1, 10)}, 15_500, lines, 650},
		{"one thing", Rule{If: Conditions{SKUs: Selection{Only: []string{"cake"}}}, Award: rate(1, 10)}, 15_500, lines, 650},
		{"a discount on all of it is shared", Rule{If: drinks, Award: rate(1, 10)}, 7_750, lines, 450},
		{"wanted goods, but no lines", Rule{If: drinks, Award: rate(1, 10)}, 15_500, nil, 0},
		{"unwanted goods, but no lines", Rule{If: Conditions{SKUs: Selection{Except: []string{"cake"}}}, Award: rate(1, 10)}, 15_500, nil, 1_550},
		{"D-45: each line rounds by itself", Rule{Award: rate(1, 1000), Rounding: Rounding{Scope: PerLine}}, 15_500, lines, 15},
		{"each line rounds up by itself", Rule{Award: rate(1, 1000), Rounding: Rounding{Scope: PerLine, Mode: Ceil}}, 15_500, lines, 16},
		{"a cap", Rule{Award: rate(1, 10), Cap: 500}, 15_500, nil, 500},
		{"a minimum that is met", Rule{Award: rate(1, 10), If: Conditions{MinAmount: 15_500}}, 15_500, nil, 1_550},
		{"a minimum that is missed by one", Rule{Award: rate(1, 10), If: Conditions{MinAmount: 15_501}}, 15_500, nil, 0},
		{"the minimum counts what counts", Rule{Award: rate(1, 10), If: Conditions{
			MinAmount: 9_001, Categories: Selection{Only: []string{"drink"}}}}, 15_500, lines, 0},
	} {
		s := open(t, one(c.rule), TellNobody)
		_, out := s.buys("2026-11-22", c.total, c.lines...)
		if got := points(out); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
		for _, a := range out.Awards {
			if got := a.Why.Recompute(); got != a.Points {
				t.Errorf("%s: explained as %d, paid %d", c.name, got, a.Points)
			}
		}
	}
}

func TestBasis(t *testing.T) { // S-E4
	order := Purchase{Total: 20_000, Shipping: 3_000, PaidWithPoints: 2_000, Discount: 1_000}
	for _, c := range []struct {
		basis Basis
		want  Points
	}{
		{Basis{}, 15_000},
		{Basis{Shipping: true}, 18_000},
		{Basis{PointsPaid: true}, 17_000},
		{Basis{BeforeDiscounts: true}, 16_000},
		{Basis{BeforeDiscounts: true, Shipping: true, PointsPaid: true}, 21_000},
	} {
		doc := one(Rule{Award: rate(1, 1)})
		doc.Basis = c.basis
		awards, _ := compile(t, doc).Quote(&Member{}, &order)
		if awards[0].Points != c.want {
			t.Errorf("%+v counts %d, want %d", c.basis, awards[0].Points, c.want)
		}
	}
}

func TestPointsThatPayMeetAMinimum(t *testing.T) { // S-E4, S-E6: tender is not a discount
	p := compile(t, one(Rule{If: Conditions{MinAmount: 10_000}, Award: rate(1, 100)}))
	for order, want := range map[*Purchase]Points{
		{Total: 10_000, PaidWithPoints: 4_000}: 60,
		{Total: 9_999, Discount: 5_000}:        0,
		{Total: 12_000, Shipping: 2_500}:       0,
	} {
		awards, _ := p.Quote(&Member{}, order)
		if got := points(Outcome{Awards: awards}); got != want {
			t.Errorf("%+v: %d, want %d", order, got, want)
		}
	}
}

func TestFreeItemsNeverEarn(t *testing.T) { // S-E4
	s := open(t, one(Rule{Award: Formula{Kind: PerUnit, Points: 1}}, Rule{Award: rate(1, 100)}), TellNobody)
	_, out := s.buys("2026-11-22", 9_000,
		Line{SKU: "latte", Quantity: 2, Amount: 9_000}, Line{SKU: "latte", Quantity: 1, Amount: 4_500, Free: true})
	if points(out) != 2+60 {
		t.Errorf("two paid cups and 6,000 of 9,000원 count, got %d", points(out))
	}
}

func TestConditionsOfPlaceAndTier(t *testing.T) {
	doc := one(
		Rule{If: Conditions{Channels: []string{"online"}}, Award: Formula{Kind: Fixed, Points: 1}},
		Rule{If: Conditions{Stores: []string{"gangnam", "mapo"}}, Award: Formula{Kind: Fixed, Points: 10}},
		Rule{If: Conditions{Tiers: []string{"vip"}}, Award: Formula{Kind: Fixed, Points: 100}},
	)
	plan, _ := SuggestTiers(DefaultTicket, nil)
	doc.Tiers = &plan
	p := compile(t, doc)
	for _, c := range []struct {
		order Purchase
		tier  string
		want  Points
	}{
		{Purchase{Channel: "online"}, "", 1},
		{Purchase{Channel: "store", Store: "mapo"}, "regular", 10},
		{Purchase{Channel: "online", Store: "gangnam"}, "vip", 111},
		{Purchase{Channel: "store", Store: "jeju"}, "", 0},
		{Purchase{Channel: "store", Tier: "vip"}, "member", 100}, // an old order, by the tier held then
	} {
		var sum Points
		awards, _ := p.Quote(&Member{Tier: TierState{Code: c.tier}}, &c.order)
		for _, a := range awards {
			sum += a.Points
		}
		if sum != c.want {
			t.Errorf("%+v for %q: %d, want %d", c.order, c.tier, sum, c.want)
		}
	}
}

func TestTierFactorsAreExact(t *testing.T) { // S-E1, S-E2: one rounding for rate and factor together
	doc := threeRules()
	p := compile(t, doc)
	for tier, want := range map[string]Points{"": 246, "member": 246, "regular": 370, "vip": 617} {
		awards, _ := p.Quote(&Member{Orders: 1, Tier: TierState{Code: tier}}, &Purchase{Total: 12_345})
		if awards[0].Points != want {
			t.Errorf("12,345원 as %q: %d, want %d", tier, awards[0].Points, want)
		}
	}
}

func TestFirstPurchaseOnce(t *testing.T) {
	s := defaultShop(t)
	if _, out := s.buys("2026-11-22", 9_999); points(out) != 199 || len(out.Misses) != 1 || out.Misses[0].By != 1 {
		t.Errorf("9,999원 misses the first purchase by 1원: %+v", out)
	}
	if _, out := s.buys("2026-11-23", 20_000); points(out) != 400 {
		t.Errorf("the second order is not the first: %d", points(out))
	}
	s = defaultShop(t)
	order, _ := s.buys("2026-11-22", 12_000)
	s.refund(order, "2026-11-22", 12_000)
	if _, out := s.buys("2026-11-23", 12_000); points(out) != 1_240 {
		t.Errorf("a first order that came back was not the first: %d", points(out))
	}
}

func TestLimits(t *testing.T) {
	cafe := open(t, Default(models.TradeCafe, 6_000), TellNobody)
	drinks := func(n int64) Line { return Line{Category: DrinkCategory, Quantity: n, Amount: 4_500 * n} }
	for _, c := range []struct {
		date   string
		drinks int64
		want   Points
	}{
		{"2026-11-22 09:00", 7, 7 + 2}, // and the first card's two
		{"2026-11-22 10:00", 5, 3},     // cut to ten a day
		{"2026-11-22 11:00", 1, 0},
		{"2026-11-23 09:00", 12, 10},
	} {
		if _, out := cafe.buys(c.date, 4_500*c.drinks, drinks(c.drinks)); points(out) != c.want {
			t.Errorf("%s, %d drinks: %d stamps, want %d", c.date, c.drinks, points(out), c.want)
		}
	}
	month := open(t, one(Rule{Award: rate(1, 10), Limits: []Limit{{Per: PerMonth, Points: 1_000, Reject: true}}}), TellNobody)
	for _, c := range []struct {
		date string
		want Points
	}{{"2026-11-22", 600}, {"2026-11-23", 0}, {"2026-12-01", 600}} {
		if _, out := month.buys(c.date, 6_000); points(out) != c.want {
			t.Errorf("%s: %d, want %d: beyond the month's limit an award falls away whole", c.date, points(out), c.want)
		}
	}
}

func TestHolds(t *testing.T) { // S-P1
	s := open(t, Default(models.TradeOnline, 30_000), TellNobody)
	_, out := s.buys("2026-11-22", 33_000)
	s.wants(1_330, 0, 0)
	if first := out.Awards[1]; first.ActivatesOn != day("2026-11-29") || first.ExpiresOn != day("2031-11-30") {
		t.Errorf("seven days, and five years from then: %+v", first)
	}
	s.settle("2026-11-28")
	s.wants(1_330, 0, 0)
	out = s.settle("2026-11-29")
	s.wants(0, 1_330, 0)
	if len(out.Movements) != 4 || !out.Movements[0].At.Equal(at("2026-11-29 00:00")) {
		t.Errorf("one entry a bucket for each lot, as the day begins: %+v", out.Movements)
	}
	if got := out.Movements[1]; got.Cause() != "activate:lot 1" || got.Lot.Source != "order:pos:A1" || got.Lot.Rule != "purchase" {
		t.Errorf("the usable lot remembers its order: %+v", got)
	}
	if _, out = s.buys("2026-11-29", 33_000); out.Awards[0].ExpiresOn != day("2031-12-31") {
		t.Errorf("usable in December, its five years end in December: %+v", out.Awards[0])
	}
}

func TestEachUnitHasItsAccount(t *testing.T) { // D-6
	doc := one(Rule{Award: rate(1, 100)}, Rule{Award: rate(1, 10)})
	star := doc.Units[0]
	star.Code, doc.Earning[1].Unit = "star", "star"
	doc.Units = append(doc.Units, star)
	s := open(t, doc, TellNobody)
	s.buys("2026-11-22", 1_000)
	if points, stars := s.member.Account("p").Available, s.member.Account("star").Available; points != 10 || stars != 100 {
		t.Errorf("%d points and %d stars", points, stars)
	}
}

func TestALateOrder(t *testing.T) { // S-P1
	doc := Default(models.TradeOnline, 30_000)
	doc.Units[0].Expiry.Months = 1
	s := open(t, doc, TellNobody)
	s.settle("2026-11-22")
	_, out := s.buysLate("2026-11-01", 10_000)
	s.wants(0, 1_100, 0)
	if out.Awards[0].ExpiresOn != day("2026-12-31") {
		t.Errorf("its hold ended on 8 November and counts from then: %+v", out.Awards[0])
	}
	_, out = s.buysLate("2026-01-05", 10_000)
	s.wants(0, 1_100, 0)
	if n := len(out.Movements); n != 2 || out.Movements[1].Kind != Expire || out.Movements[1].Points != -100 {
		t.Errorf("what is past already ends at once: %+v", out.Movements)
	}
}

func TestALateOrderOnItsLastDay(t *testing.T) {
	s := yearly(t, TellNobody)
	s.settle("2027-11-30")
	s.buysLate("2026-11-10", 1_000)
	s.wants(0, 100, 0)
	s.settle("2027-12-01")
	s.wants(0, 0, 0)
}

func TestMomentsNeverGoBack(t *testing.T) { // D-1
	s := defaultShop(t)
	s.buys("2026-11-22 18:00", 10_000)
	_, out := s.buysLate("2026-11-20 09:00", 10_000)
	mv := out.Movements[0]
	if !mv.At.Equal(at("2026-11-22 18:00")) || !mv.OccurredAt.Equal(at("2026-11-20 09:00")) {
		t.Errorf("entered at %v, occurred at %v", mv.At, mv.OccurredAt)
	}
}

func TestWhatIsWorthless(t *testing.T) { // D-51, S-E7: nothing raises at a till, whatever a document says
	p := &Program{terms: one(Rule{Award: rate(1, 0)}, Rule{Award: Formula{Kind: PerAmount, Points: 5}}, Rule{Award: rate(1<<60, 1)})}
	for i := range p.terms.Earning {
		p.rules = append(p.rules, p.compileRule(i))
	}
	if out := p.Accrue(&Member{}, &Purchase{Total: models.MaxMoney}); len(out.Awards) != 0 || len(out.Movements) != 0 {
		t.Errorf("such rules pay nothing: %+v", out)
	}
}
