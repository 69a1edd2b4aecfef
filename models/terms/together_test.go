package terms

import (
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func times(num, den int64, of ...string) Formula {
	return Formula{Kind: Times, Rate: Ratio{num, den}, Of: of}
}

// paid are the points of each rule that pays, and checks that every award explains itself.
func paid(t rapid.TB, doc Terms, m *Member, order *Purchase) map[string]Points {
	t.Helper()
	awards, _ := compile(t, doc).Quote(m, order)
	all := map[string]Points{}
	for _, a := range awards {
		all[a.Code] += a.Points
		explained(t, &doc, &a)
	}
	return all
}

// explained checks that an award's steps lead to its points, also after they were stored, and can be said.
func explained(t rapid.TB, doc *Terms, a *Award) {
	t.Helper()
	stored, err := Decode(a.Why.Encode())
	if err != nil || stored.Recompute() != a.Points || a.Why.Recompute() != a.Points {
		t.Fatalf("%s pays %d, explained as %d, stored as %d (%v)", a.Code, a.Points, a.Why.Recompute(), stored.Recompute(), err)
	}
	for _, locale := range []string{"ko", "en"} {
		if len(doc.Explain(stored, locale)) == 0 {
			t.Fatalf("%s: no words for %+v", a.Code, stored)
		}
	}
}

func TestRulesTogether(t *testing.T) { // S-E2
	cakes := Conditions{Categories: Selection{Only: []string{"cake"}}}
	lines := []Line{{Category: "cake", Quantity: 2, Amount: 4_000}, {Category: "drink", Quantity: 1, Amount: 6_000}}
	grouped := func(mode GroupMode, rules ...Rule) Terms {
		doc := one(rules...)
		doc.Groups = []Group{{"g", mode}}
		return doc
	}
	for _, c := range []struct {
		name string
		doc  Terms
		want map[string]Points
	}{
		{"S-E2: factors multiply, rounded once", one(Rule{Award: rate(1, 300)}, Rule{Award: times(3, 2)}, Rule{Award: times(2, 1)}),
			map[string]Points{"a": 33, "b": 17, "c": 50}},
		{"a base rounded line by line", one(Rule{Award: rate(1, 300), Rounding: Rounding{Scope: PerLine}}, Rule{Award: times(2, 1)}),
			map[string]Points{"a": 33, "b": 33}}, // 13 and 20; twice 33.3 is 66
		{"a factor on some of the lines", one(Rule{Award: rate(1, 100)}, Rule{Award: times(2, 1), If: cakes}), map[string]Points{"a": 100, "b": 40}},
		{"factors meet on a line", one(Rule{Award: rate(1, 100)}, Rule{Award: times(3, 2)}, Rule{Award: times(2, 1), If: cakes}),
			map[string]Points{"a": 100, "b": 50, "c": 60}},
		{"a factor of 0 takes its lines out", one(Rule{Award: rate(1, 100)}, Rule{Award: times(0, 1), If: cakes}), map[string]Points{"a": 60}},
		{"a factor of 0 on everything", one(Rule{Award: rate(1, 100)}, Rule{Award: times(0, 1)}), map[string]Points{}},
		{"a half and a double", one(Rule{Award: rate(1, 100)}, Rule{Award: times(1, 2)}, Rule{Award: times(4, 1)}), map[string]Points{"a": 50, "c": 150}},
		{"items weigh by their number", one(Rule{Award: Formula{Kind: PerUnit, Points: 3}}, Rule{Award: times(2, 1), If: cakes}),
			map[string]Points{"a": 9, "b": 6}},
		{"each different thing", one(Rule{Award: Formula{Kind: EachLine, Points: 3}}), map[string]Points{"a": 6}},
		{"a fixed rule is multiplied only by name", one(Rule{Award: Formula{Kind: Fixed, Points: 7}}, Rule{Award: times(2, 1)}, Rule{Award: times(3, 1, "a")}),
			map[string]Points{"a": 7, "c": 14}},
		{"two bases, one bonus", one(Rule{Award: rate(1, 300)}, Rule{Award: rate(1, 700)}, Rule{Award: times(3, 2)}),
			map[string]Points{"a": 33, "b": 14, "c": 17 + 7}},
		{"a bonus on what a cap left", one(Rule{Award: rate(1, 100), Cap: 30}, Rule{Award: times(2, 1)}), map[string]Points{"a": 30, "b": 30}},
		{"what is rounded below a base that was cut takes nothing", one(Rule{Award: rate(4, 100), Rounding: Rounding{To: 100}, Cap: 373}, Rule{Award: times(21, 20)}, Rule{Award: times(3, 2)}),
			map[string]Points{"a": 373, "c": 127}},
		{"two bases, of which one was cut", one(Rule{Award: rate(1, 300)}, Rule{Award: rate(1, 100), Cap: 30}, Rule{Award: times(3, 2)}),
			map[string]Points{"a": 33, "b": 30, "c": 17 + 15}},
		{"a bonus with a cap of its own", one(Rule{Award: rate(1, 100)}, Rule{Award: times(3, 1), Cap: 150}, Rule{Award: times(2, 1)}),
			map[string]Points{"a": 100, "b": 150, "c": 250}},
		{"a bonus on what is rounded up to tens", one(Rule{Award: rate(1, 300), Rounding: Rounding{Mode: Ceil, To: 10}}, Rule{Award: times(2, 1)}),
			map[string]Points{"a": 40, "b": 30}},
		{"more, if a base pays", one(Rule{Award: rate(1, 100)}, Rule{Award: Formula{Kind: Plus, Points: 5}}), map[string]Points{"a": 100, "b": 5}},
		{"nothing more, if none does", one(Rule{Award: rate(1, 100), If: Conditions{MinAmount: 20_000}}, Rule{Award: Formula{Kind: Plus, Points: 5}}), map[string]Points{}},
		{"D-48: the best of a group", grouped(GroupBest, Rule{Award: rate(1, 100), Group: "g"}, Rule{Award: rate(2, 100), Group: "g"}, Rule{Award: rate(1, 1_000)}),
			map[string]Points{"b": 200, "c": 10}},
		{"of equals the earlier", grouped(GroupBest, Rule{Award: rate(1, 100), Group: "g"}, Rule{Award: rate(1, 100), Group: "g"}), map[string]Points{"a": 100}},
		{"D-48: the first of a group that applies", grouped(GroupFirst, Rule{Award: rate(9, 100), If: Conditions{MinAmount: 10_001}, Group: "g"},
			Rule{Award: rate(1, 100), Group: "g"}, Rule{Award: rate(2, 100), Group: "g"}), map[string]Points{"b": 100}},
		{"S-E2, D-48: exclusive: the first alone", grouped(GroupExclusive, Rule{Award: rate(5, 100)}, Rule{Award: rate(1, 100), Group: "g"}, Rule{Award: rate(2, 100), Group: "g"}),
			map[string]Points{"b": 100}},
		{"the best of two bonuses", grouped(GroupBest, Rule{Award: rate(1, 100)}, Rule{Award: times(2, 1), Group: "g"}, Rule{Award: times(3, 1), If: cakes, Group: "g"}),
			map[string]Points{"a": 100, "b": 100}},
		{"S-E3: the last rule ends the chain", one(Rule{Award: rate(1, 100), Last: true}, Rule{Award: rate(2, 100)}, Rule{Award: times(2, 1)}),
			map[string]Points{"a": 100}},
		{"S-E3, D-52: only if it paid", one(Rule{Award: rate(1, 100), If: Conditions{MinAmount: 20_000}, Last: true}, Rule{Award: rate(2, 100)}), map[string]Points{"b": 200}},
		{"S-E3, D-52: what adds nothing by itself may do so on top of others", one(Rule{Award: rate(1, 100), Rounding: Rounding{To: 100}},
			Rule{Award: times(3, 2), Last: true}, Rule{Award: times(3, 2)}), map[string]Points{"a": 100, "c": 100}},
		{"exclusive: nothing beside it", grouped(GroupExclusive, Rule{Award: rate(1, 100), Rounding: Rounding{To: 100}},
			Rule{Award: times(3, 2)}, Rule{Award: times(2, 1), Group: "g"}), map[string]Points{"a": 100, "c": 100}},
		{"S-E3, D-52: among bonuses", one(Rule{Award: rate(1, 100)}, Rule{Award: times(2, 1), Last: true}, Rule{Award: times(2, 1)}), map[string]Points{"a": 100, "b": 100}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := paid(t, c.doc, &Member{Orders: 1}, &Purchase{Source: "order:1", Total: 10_000, Lines: lines})
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// All bases and bonuses together pay the sum, over the bases, of the exact product of all factors on each line, rounded
// once (S-E1, S-E2); whatever the order of the factors.
func TestFactorsMultiplyExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		categories := []string{"a", "b", "c"}
		order := Purchase{Source: "order:1", Tier: "gold"}
		for range rapid.IntRange(0, 4).Draw(t, "lines") {
			line := Line{Category: rapid.SampledFrom(categories).Draw(t, "category"), Quantity: 1, Amount: rapid.Int64Range(0, 90_000).Draw(t, "amount")}
			order.Lines, order.Total = append(order.Lines, line), order.Total+line.Amount
		}
		if len(order.Lines) == 0 {
			order.Total = rapid.Int64Range(0, 90_000).Draw(t, "total")
		}
		base := Rule{Award: rate(rapid.Int64Range(1, 50).Draw(t, "num"), rapid.Int64Range(1, 1_000).Draw(t, "den"))}
		base.Rounding.Mode = rapid.SampledFrom([]RoundingMode{Floor, HalfUp, Ceil}).Draw(t, "mode")
		rules := []Rule{base}
		for range rapid.IntRange(0, 3).Draw(t, "bonuses") {
			factor := rapid.SampledFrom([]Ratio{{0, 1}, {1, 2}, {5, 4}, {3, 2}, {2, 1}, {2_500, 1_000}, {10, 1}}).Draw(t, "factor")
			bonus := Rule{Award: times(factor.Num, factor.Den)}
			for _, by := range rapid.SampledFrom([][]Ratio{nil, {{1, 2}}, {{4, 5}}, {{3, 2}}, {{4, 1}}}).Draw(t, "by tier") {
				if bonus.Tiers = []Factor{{"gold", by}}; bonus.effective().Cmp(big.NewRat(maxFactor, 1)) > 0 {
					bonus.Tiers = nil
				}
			}
			if rapid.Bool().Draw(t, "on some") {
				bonus.If.Categories.Only = []string{rapid.SampledFrom(categories).Draw(t, "of")}
			}
			rules = append(rules, bonus)
		}
		var sum Points
		for _, points := range paid(t, withGold(one(rules...)), &Member{}, &order) {
			sum += points
		}
		want := exactly(rules, &order)
		if reduced := exactly(slices.DeleteFunc(slices.Clone(rules), raises), &order); reduced == 0 {
			want = 0 // a bonus raises what is paid; nothing stays nothing
		}
		if sum != want {
			t.Fatalf("pay %d together, want %d", sum, want)
		}
	})
}

// effective is what a bonus multiplies by for gold.
func (r *Rule) effective() *big.Rat {
	factor := big.NewRat(r.Award.Rate.Num, r.Award.Rate.Den)
	for _, f := range r.Tiers {
		factor.Mul(factor, big.NewRat(f.Factor.Num, f.Factor.Den))
	}
	return factor
}

func raises(r Rule) bool { return r.Award.Kind == Times && r.effective().Cmp(big.NewRat(1, 1)) > 0 }

// withGold adds a plan of two tiers.
func withGold(doc Terms) Terms {
	doc.Tiers = &TierPlan{Metric: MetricSpend, Window: Window{Kind: Lifetime}, Downgrade: DownFull, ReviewDay: 1, Validity: Validity{Kind: NoValidity},
		Tiers: []Tier{{Code: "guest", Name: Text{En: "Guest"}}, {Code: "gold", Name: Text{En: "Gold"}, Threshold: 1_000_000}}}
	return doc
}

// exactly reckons with fractions of any size.
func exactly(rules []Rule, order *Purchase) Points {
	lines := order.Lines
	if len(lines) == 0 {
		lines = []Line{{Category: "?", Amount: order.Total}}
	}
	sum := new(big.Rat)
	for _, line := range lines {
		value := new(big.Rat).SetFrac64(line.Amount*rules[0].Award.Rate.Num, rules[0].Award.Rate.Den)
		for _, bonus := range rules[1:] {
			if only := bonus.If.Categories.Only; len(only) == 0 || only[0] == line.Category {
				value.Mul(value, bonus.effective())
			}
		}
		sum.Add(sum, value)
	}
	quotient, rest := new(big.Int).QuoRem(sum.Num(), sum.Denom(), new(big.Int))
	up := map[RoundingMode]bool{
		Floor: false, Ceil: rest.Sign() > 0, HalfUp: new(big.Int).Mul(rest, big.NewInt(2)).Cmp(sum.Denom()) >= 0,
	}[rules[0].Rounding.Mode]
	if up {
		quotient.Add(quotient, big.NewInt(1))
	}
	return quotient.Int64()
}

func TestHappenings(t *testing.T) {
	doc := one(
		Rule{When: OnReview, Award: Formula{Kind: Fixed, Points: 50}, Limits: []Limit{{Per: PerMonth, Times: 2}}},
		Rule{When: OnCustom, Event: "run", Award: Formula{Kind: PerUnit, Points: 2}},
		Rule{When: OnCustom, Event: "reload", Award: Formula{Kind: PerAmount, Every: 30_000, Points: 10}, If: Conditions{Channels: []string{"online"}}},
		Rule{Award: rate(1, 100)},
		Rule{When: OnReview, Award: times(2, 1, "a"), If: Conditions{Stores: []string{"hq"}}},
	)
	p := compile(t, doc)
	m := &Member{}
	for i, c := range []struct {
		h    Happening
		want Points
	}{
		{Happening{Kind: OnReview}, 50}, {Happening{Kind: OnReview, Store: "hq"}, 100}, {Happening{Kind: OnReview}, 0},
		{Happening{Kind: OnCustom, Name: "run", Quantity: 7}, 14}, {Happening{Kind: OnCustom, Name: "run"}, 2}, {Happening{Kind: OnCustom, Name: "swim"}, 0},
		{Happening{Kind: OnCustom, Name: "reload", Amount: 65_000, Channel: "online"}, 20}, {Happening{Kind: OnCustom, Name: "reload", Amount: 65_000}, 0},
		{Happening{Kind: OnSurvey}, 0},
	} {
		c.h.Source, c.h.At, c.h.Day = fmt.Sprint("event:", i), at("2026-11-22"), day("2026-11-22")
		out := p.Happen(m, &c.h)
		if points(out) != c.want || m.Orders != 0 || len(m.Spend) != 0 {
			t.Errorf("%+v: %d, want %d", c.h, points(out), c.want)
		}
		for j := range out.Awards {
			explained(t, &doc, &out.Awards[j])
		}
	}
	if _, misses := p.QuoteHappening(m, &Happening{Kind: OnCustom, Name: "reload", Amount: 29_000, Channel: "online"}); len(misses) != 1 || misses[0].By != 1_000 {
		t.Errorf("1,000 more: %+v", misses)
	}
}

func TestTaxItemsAndLabels(t *testing.T) {
	lines := []Line{{SKU: "1", Quantity: 1, Amount: 6_000, Tax: 545, Labels: []string{"new", "vegan"}}, {SKU: "2", Quantity: 1, Amount: 5_000, Labels: []string{"sale"}}}
	order := Purchase{Source: "order:1", Total: 10_000, Tax: 1_000, Discount: 1_000, Lines: lines}
	for _, c := range []struct {
		basis Basis
		want  Selection
		pays  Points
	}{
		{Basis{BeforeTax: true}, Selection{}, 9_000},
		{Basis{Items: true}, Selection{}, 11_000},
		{Basis{Items: true}, Selection{Only: []string{"vegan", "raw"}}, 6_000},
		{Basis{Items: true, BeforeTax: true}, Selection{Only: []string{"vegan", "raw"}}, 5_455},
		{Basis{}, Selection{Except: []string{"sale"}}, 5_454},
	} {
		doc := one(Rule{Award: rate(1, 1), If: Conditions{Labels: c.want}})
		doc.Basis = c.basis
		if got := paid(t, doc, &Member{}, &order)["a"]; got != c.pays {
			t.Errorf("%+v, labels %+v: %d, want %d", c.basis, c.want, got, c.pays)
		}
	}
}

// A miss of a rule that works together with others says what makes it pay beside them.
func TestMissesOfRulesTogether(t *testing.T) {
	doc := one(Rule{Award: rate(1, 100)}, Rule{Award: times(2, 1), If: Conditions{MinAmount: 30_000}},
		Rule{Award: Formula{Kind: Fixed, Points: 10}, If: Conditions{MinAmount: 50_000}, Group: "g"}, Rule{Award: Formula{Kind: Fixed, Points: 11}, Group: "g"})
	doc.Groups = []Group{{"g", GroupBest}}
	_, misses := compile(t, doc).Quote(&Member{}, &Purchase{Source: "order:1", Total: 21_000})
	if len(misses) != 1 || misses[0].Code != "b" || misses[0].By != 9_000 || misses[0].Points != 300 {
		t.Errorf("9,000 more double it, and nothing makes the weaker of a group pay: %+v", misses)
	}
}
