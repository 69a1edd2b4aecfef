package terms

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// A tier's factor on a bonus multiplies what the bonus multiplies by, or what it adds, exactly (S-E2).
func TestBonusesByTier(t *testing.T) {
	gold := func(num, den int64) []Factor { return []Factor{{"gold", Ratio{num, den}}} }
	cakes := Conditions{Categories: Selection{Only: []string{"cake"}}}
	for _, c := range []struct {
		name  string
		bonus Rule
		guest map[string]Points
		gold  map[string]Points
	}{
		{"double, and for gold triple", Rule{Award: times(2, 1), Tiers: gold(3, 2)}, map[string]Points{"a": 33, "b": 33}, map[string]Points{"a": 33, "b": 67}},
		{"of some lines", Rule{Award: times(2, 1), Tiers: gold(3, 2), If: cakes}, map[string]Points{"a": 33, "b": 13}, map[string]Points{"a": 33, "b": 27}},
		{"for gold it is below one", Rule{Award: times(3, 2), Tiers: gold(1, 3)}, map[string]Points{"a": 33, "b": 17}, map[string]Points{"a": 16}},
		{"only for gold it is above one", Rule{Award: times(1, 2), Tiers: gold(4, 1)}, map[string]Points{"a": 16}, map[string]Points{"a": 33, "b": 33}},
		{"for gold it is one", Rule{Award: times(2, 1), Tiers: gold(1, 2)}, map[string]Points{"a": 33, "b": 33}, map[string]Points{"a": 33}},
		{"points more", Rule{Award: Formula{Kind: Plus, Points: 5}, Tiers: gold(3, 2)}, map[string]Points{"a": 33, "b": 5}, map[string]Points{"a": 33, "b": 7}},
		{"with a cap", Rule{Award: times(2, 1), Tiers: gold(3, 2), Cap: 50}, map[string]Points{"a": 33, "b": 33}, map[string]Points{"a": 33, "b": 50}},
	} {
		doc := withGold(one(Rule{Award: rate(1, 300)}, c.bonus))
		for tier, want := range map[string]map[string]Points{"guest": c.guest, "gold": c.gold} {
			lines := []Line{{Category: "cake", Quantity: 2, Amount: 4_000}, {Category: "drink", Quantity: 1, Amount: 6_000}}
			if got := paid(t, doc, &Member{}, &Purchase{Source: "order:1", Total: 10_000, Lines: lines, Tier: tier}); !reflect.DeepEqual(got, want) {
				t.Errorf("%s, %s: %v, want %v", c.name, tier, got, want)
			}
		}
	}
}

// A bonus that is cut raises later ones by what it paid; one that pays nothing is as if it were not there (S-E2).
func TestABonusThatIsCut(t *testing.T) {
	limit := func(points Points, reject bool) []Limit {
		return []Limit{{Per: PerDay, Points: points, Reject: reject}}
	}
	cakes := Conditions{Categories: Selection{Only: []string{"cake"}}}
	for _, c := range []struct {
		name  string
		most  Points
		rules []Rule
		want  map[string]Points
	}{
		{"whole", 0, []Rule{{Award: rate(1, 100)}, {Award: times(2, 1), Limits: limit(100, true)}, {Award: times(3, 1)}}, map[string]Points{"a": 100, "b": 100, "c": 400}},
		{"rejected", 0, []Rule{{Award: rate(1, 100)}, {Award: times(2, 1), Limits: limit(99, true)}, {Award: times(3, 1)}}, map[string]Points{"a": 100, "c": 200}},
		{"cut by its limit", 0, []Rule{{Award: rate(1, 100)}, {Award: times(2, 1), Limits: limit(99, false)}, {Award: times(3, 1)}}, map[string]Points{"a": 100, "b": 99, "c": 398}},
		{"cut by its cap", 0, []Rule{{Award: rate(1, 100)}, {Award: times(2, 1), Cap: 1}, {Award: times(3, 1)}}, map[string]Points{"a": 100, "b": 1, "c": 202}},
		{"no room for it", 130, []Rule{{Award: rate(1, 100)}, {Award: times(2, 1)}, {Award: times(3, 1)}}, map[string]Points{"a": 100, "b": 30}},
		{"rejected on some lines", 0, []Rule{{Award: rate(1, 100)}, {Award: times(2, 1), If: cakes, Limits: limit(1, true)}, {Award: times(3, 1), If: cakes}},
			map[string]Points{"a": 100, "c": 80}},
		{"the first base first", 0, []Rule{{Award: rate(1, 100)}, {Award: rate(2, 100)}, {Award: times(2, 1), Cap: 150}, {Award: times(3, 1, "b")}},
			map[string]Points{"a": 100, "b": 200, "c": 150, "d": 500}},
		{"and nothing of the second", 0, []Rule{{Award: rate(1, 100)}, {Award: rate(1, 30_000), Rounding: Rounding{Mode: Ceil}}, {Award: times(2, 1), Cap: 50}, {Award: times(3, 1, "b")}},
			map[string]Points{"a": 100, "b": 1, "c": 50}},
		{"points more raise nothing", 0, []Rule{{Award: rate(1, 100)}, {Award: Formula{Kind: Plus, Points: 9}, Limits: limit(5, false)}, {Award: times(3, 1)}}, map[string]Points{"a": 100, "b": 5, "c": 200}},
	} {
		doc := one(c.rules...)
		doc.Units[0].Most = c.most
		lines := []Line{{Category: "cake", Quantity: 2, Amount: 4_000}, {Category: "drink", Quantity: 1, Amount: 6_000}}
		if got := paid(t, doc, &Member{}, &Purchase{Source: "order:1", Total: 10_000, Lines: lines}); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestBonusesByTierAreSaid(t *testing.T) {
	doc := withGold(one(Rule{Award: rate(1, 100)}, Rule{Award: times(2, 1), Tiers: []Factor{{"gold", Ratio{3, 2}}}},
		Rule{Award: Formula{Kind: Plus, Points: 5}, Tiers: []Factor{{"gold", Ratio{3, 2}}}}))
	for locale, want := range map[string][]string{
		"en": {"Gold earns a total of 3 times the usual amount.", "Gold earns 7 points."},
		"ko": {"Gold는 모두 합쳐 평소의 3배를 드려요.", "Gold는 7 point을 드려요."},
	} {
		page := flat(doc.Describe(locale))
		for _, sentence := range want {
			if !slices.Contains(page, sentence) {
				t.Errorf("%q is not in %q", sentence, page)
			}
		}
	}
}

// A last rule ends what stands after it, a last bonus only the bonuses that do, and the page says so (S-E3).
func TestWhatALastRuleEnds(t *testing.T) {
	base, double := Rule{Award: rate(1, 100)}, Rule{Award: times(2, 1)}
	last := func(r Rule) Rule { r.Last = true; return r }
	for _, c := range []struct {
		rules  []Rule
		want   map[string]Points
		ko, en string // of the page
	}{
		{[]Rule{double, last(base), base, double}, map[string]Points{"a": 100, "b": 100}, "‘b’을 받으시면 그 아래 것은 함께 받지 않아요.", "With “b”, you don't also earn what's listed below it."},
		{[]Rule{base, last(double), base, double}, map[string]Points{"a": 100, "b": 200, "c": 100}, "‘b’을 받으시면 그 아래 배수 적립과 추가 적립은 함께 받지 않아요.",
			"With “b”, you don't also get the multiples and extras listed below it."},
		{[]Rule{base, last(double), base}, map[string]Points{"a": 100, "b": 200, "c": 100}, "", ""},
		{[]Rule{last(base), {Award: times(1, 2)}}, map[string]Points{"a": 50}, "‘a’를 받으시면 그 아래 것은 함께 받지 않아요.", "With “a”, you don't also earn what's listed below it."},
	} {
		doc := one(c.rules...)
		for i := range doc.Earning {
			doc.Earning[i].Name = Text{Ko: doc.Earning[i].Code, En: doc.Earning[i].Code}
		}
		if got := paid(t, doc, &Member{}, &Purchase{Source: "order:1", Total: 10_000}); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v, want %v", got, c.want)
		}
		for locale, want := range map[string]string{"ko": c.ko, "en": c.en} {
			page := flat(doc.Describe(locale))
			said := slices.ContainsFunc(page, func(line string) bool {
				return strings.Contains(line, "함께 받지") || strings.Contains(line, "don't also")
			})
			if said != (want != "") || said && !slices.Contains(page, want) {
				t.Errorf("%q is not in %q", want, page)
			}
		}
	}
}

func TestBonusesByTierAreBounded(t *testing.T) {
	for factor, want := range map[Ratio]string{{3, 2}: "", {6, 1}: "out_of_range", {2, 3}: "too_fine"} {
		doc := withGold(one(Rule{Award: rate(1, 100)}, Rule{Award: times(2, 1), Tiers: []Factor{{"gold", factor}}}))
		got := ""
		for _, fault := range doc.Validate() {
			got += fmt.Sprint(fault.Field, fault.Code)
		}
		if want != "" {
			want = "/earning/1/tiers/0/factor" + want
		}
		if got != want {
			t.Errorf("%v: %q, want %q", factor, got, want)
		}
	}
}
