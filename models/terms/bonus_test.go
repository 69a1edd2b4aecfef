package terms

import (
	"fmt"
	"reflect"
	"slices"
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
