package terms

import (
	"slices"
	"testing"
)

func TestPartnersCarryRulesThatAreWorthSomething(t *testing.T) {
	doc := one(Rule{Award: rate(1, 10)}, Rule{Award: rate(1, 10)})
	doc.Units[0].Worth = Worth{Money: 1, Points: 1}
	doc.Partners = []Partner{{Code: "hana", Name: Text{Ko: "하나은행", En: "Hana"}, Rules: []string{"a"}, Funds: Ratio{2, 3}}}
	if faults := doc.Validate(); len(faults) != 0 {
		t.Fatal(faults)
	}
	if got := doc.Partners[0].FundsOf(451); got != 300 {
		t.Errorf("two thirds of 451: %d", got)
	}
	for locale, want := range map[string]string{"ko": "‘rule’ 혜택은 ‘하나은행’과 함께 드려요.", "en": "“rule” is offered together with “Hana”."} {
		if all := flat(doc.Describe(locale)); !slices.Contains(all, want) {
			t.Errorf("%s: %q", locale, all)
		}
	}
	doc.Partners = append(doc.Partners, Partner{Code: "hana", Rules: []string{"a", "x"}, Funds: Ratio{3, 2}}, Partner{Code: "b", Name: Text{En: "B"}, Funds: Ratio{1, 0}})
	_, err := Compile(doc, 1)
	want := []string{"/partners/1/code taken", "/partners/1/name required", "/partners/1/rules/0 taken", "/partners/1/rules/1 unknown_code",
		"/partners/1/funds out_of_range", "/partners/2/rules out_of_range", "/partners/2/funds not_positive", "/partners/2/funds out_of_range"}
	if got := faultsOf(t, err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	doc.Units[0].Worth, doc.Partners = Worth{}, doc.Partners[:1]
	_, err = Compile(doc, 1)
	if got := faultsOf(t, err); !slices.Equal(got, []string{"/redemptions/0/unit without_worth", "/partners/0/rules/0 without_worth"}) {
		t.Errorf("%q", got)
	}
}
