package terms

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
)

func TestSurprise(t *testing.T) {
	doc := one(Rule{Award: Formula{Kind: Fixed, Points: 100}, Chance: &Chance{OneIn: 20, Seed: "grace and favour"}})
	won := map[string]bool{}
	for i := range 20_000 {
		order := Purchase{Source: fmt.Sprint("order:", i), Total: 1_000}
		won[order.Source] = paid(t, doc, &Member{}, &order)["a"] > 0
	}
	n := 0
	for source, is := range won {
		if again := paid(t, doc, &Member{}, &Purchase{Source: source, Total: 1_000})["a"] > 0; again != is {
			t.Fatal("the same purchase draws the same lot")
		}
		if is {
			n++
		}
	}
	if n < 900 || n > 1_100 { // 1,000 are expected, with a deviation of 31
		t.Errorf("%d of 20,000 won, of about 1,000", n)
	}
}

func TestBudgetsAreShared(t *testing.T) {
	rule := Rule{Award: Formula{Kind: Fixed, Points: 60}, Limits: []Limit{{Per: PerWeek, Points: 100, Shared: true}, {Per: PerWeek, Times: 1}}}
	p := compile(t, one(rule))
	shared := Counters{}
	earn := func(date string) Points {
		out := p.Accrue(&Member{Budgets: &shared}, &Purchase{Source: "order:" + date, At: at(date), Day: day(date), Total: 1_000})
		return points(out)
	}
	if a, b, c, next := earn("2026-11-23"), earn("2026-11-25"), earn("2026-11-29"), earn("2026-11-30"); a != 60 || b != 40 || c != 0 || next != 60 {
		t.Errorf("100 a week from Monday for everybody: %d, %d, %d, and %d in the next week", a, b, c, next)
	}
}

func TestABudgetOnTimes(t *testing.T) {
	p := compile(t, one(Rule{Award: Formula{Kind: Fixed, Points: 5}, Limits: []Limit{{Per: PerYear, Times: 2, Shared: true}}}))
	m := &Member{}
	for i, want := range []Points{5, 5, 0} {
		out := p.Accrue(m, &Purchase{Source: fmt.Sprint("order:", i), At: at("2026-11-23"), Day: day("2026-11-23"), Total: 1_000})
		if points(out) != want {
			t.Errorf("order %d: %d, want %d", i, points(out), want)
		}
	}
}

func TestThreshold(t *testing.T) {
	s := open(t, one(Rule{
		When: OnThreshold, Reach: &Reach{Amount: 100_000, Window: Window{RollingMonths, 1}},
		Award: Formula{Kind: Fixed, Points: 5_000}, Limits: []Limit{{Per: PerMonth, Times: 1}},
	}), TellNobody)
	for _, c := range []struct {
		date  string
		total Money
		want  Points
	}{
		{"2026-11-02", 60_000, 0}, {"2026-11-10", 39_999, 0}, {"2026-11-11", 1, 5_000}, {"2026-11-12", 50_000, 0},
		{"2026-12-05", 20_000, 5_000}, {"2026-12-20", 80_000, 0}, {"2027-01-19", 19_999, 0}, {"2027-01-20", 100_000, 5_000},
	} {
		if _, out := s.buys(c.date, c.total); points(out) != c.want {
			t.Errorf("%s: %d, want %d", c.date, points(out), c.want)
		}
	}
}

func TestABalanceHasAMost(t *testing.T) {
	doc := one(Rule{Award: rate(1, 10)}, Rule{Award: times(2, 1)})
	doc.Units[0].Most = 1_500
	s := open(t, doc, TellNobody)
	for i, want := range []Points{1_000, 500, 0} {
		order, out := s.buys("2026-11-22", 5_000)
		if points(out) != want {
			t.Errorf("order %d: %d, want %d", i, points(out), want)
		}
		for j := range out.Awards {
			explained(t, &doc, &out.Awards[j])
		}
		if i == 2 {
			s.refund(order, "2026-11-23", 5_000)
		}
	}
	s.wants(0, 1_500, 0)
}

// A rule that ends the chain, and that a full balance leaves nothing, has not paid: the chain goes on (S-E3, D-52).
func TestAFullBalanceEndsNoChain(t *testing.T) {
	fixed := func(unit string, points Points, last bool) Rule {
		return Rule{Unit: unit, Award: Formula{Kind: Fixed, Points: points}, Last: last}
	}
	more := func(unit string, points Points, last bool) Rule {
		return Rule{Unit: unit, Award: Formula{Kind: Plus, Points: points, Of: []string{map[string]string{"p": "a", "q": "b"}[unit]}}, Last: last}
	}
	for i, c := range []struct {
		has   Points
		rules []Rule
		want  map[string]Points
	}{
		{0, []Rule{fixed("p", 30, true), fixed("q", 7, false)}, map[string]Points{"a": 30}},
		{90, []Rule{fixed("p", 30, true), fixed("q", 7, false)}, map[string]Points{"a": 10}},
		{100, []Rule{fixed("p", 30, true), fixed("q", 7, false)}, map[string]Points{"b": 7}},
		{100, []Rule{fixed("p", 30, true), fixed("q", 7, true), fixed("q", 5, false)}, map[string]Points{"b": 7}},
		{80, []Rule{fixed("p", 20, false), fixed("q", 7, false), more("p", 5, true), more("q", 3, false)}, map[string]Points{"a": 20, "b": 7, "d": 3}},
		{79, []Rule{fixed("p", 20, false), fixed("q", 7, false), more("p", 5, true), more("q", 3, false)}, map[string]Points{"a": 20, "b": 7, "c": 1}},
	} {
		doc := one(slices.Clone(c.rules)...)
		doc.Units = append(doc.Units, doc.Units[0])
		doc.Units[0].Most, doc.Units[1].Code = 100, "q"
		for i := range doc.Earning {
			doc.Earning[i].Unit = c.rules[i].Unit
		}
		m := &Member{Accounts: []Account{{Unit: "p", Available: c.has}}}
		if got := paid(t, doc, m, &Purchase{Source: "order:1", Total: 10_000}); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%d: %v, want %v", i, got, c.want)
		}
	}
}
