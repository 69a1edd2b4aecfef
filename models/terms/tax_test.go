package terms

import (
	"slices"
	"strings"
	"testing"
)

// S-E4: the tax in the shipping goes with the shipping, once. 13,000 with 3,000 for shipping, a tenth of each on top of it.
func TestTaxOnShippingIsTakenOffOnce(t *testing.T) {
	told := []Line{{SKU: "1", Quantity: 1, Amount: 6_000, Tax: 545}, {SKU: "2", Quantity: 1, Amount: 4_000, Tax: 0}}
	for _, c := range []struct {
		name  string
		basis Basis
		order Purchase
		pays  Points
		says  string
	}{
		{"all of it", Basis{Shipping: true}, Purchase{Total: 13_000, Shipping: 3_000, Tax: 1_182}, 13_000, ""},
		{"with shipping, before all tax", Basis{Shipping: true, BeforeTax: true}, Purchase{Total: 13_000, Shipping: 3_000, Tax: 1_182}, 11_818, "− tax ₩1,182"},
		{"the goods before their share of it", Basis{BeforeTax: true}, Purchase{Total: 13_000, Shipping: 3_000, Tax: 1_182}, 9_091, "− the goods' part of the ₩1,182 tax ₩909 − delivery ₩3,000"},
		{"the share is rounded down", Basis{BeforeTax: true}, Purchase{Total: 3, Shipping: 1, Tax: 1}, 2, ""},
		{"the goods before what the lines tell", Basis{BeforeTax: true}, Purchase{Total: 13_000, Shipping: 3_000, Tax: 818, Lines: told}, 9_455, "− tax ₩545 − delivery ₩3,000"},
		{"never more than there is", Basis{BeforeTax: true}, Purchase{Total: 13_000, Shipping: 3_000, Tax: 500, Lines: told}, 9_500, "− tax ₩500"},
		{"nothing is sent", Basis{BeforeTax: true}, Purchase{Total: 10_000, Tax: 909, Lines: told}, 9_091, "− tax ₩909"},
		{"nothing but shipping", Basis{BeforeTax: true}, Purchase{Total: 3_000, Shipping: 3_000, Tax: 273}, 0, ""},
	} {
		c.order.Source = "order:1"
		doc := one(Rule{Award: rate(1, 1)})
		doc.Basis = c.basis
		awards, _ := compile(t, doc).Quote(&Member{}, &c.order)
		if got := points(Outcome{Awards: awards}); got != c.pays {
			t.Errorf("%s: %d, want %d", c.name, got, c.pays)
		}
		for i := range awards {
			explained(t, &doc, &awards[i])
			if lines := doc.Explain(awards[i].Why, "en"); !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, c.says) }) {
				t.Errorf("%s: %q", c.name, lines)
			}
		}
	}
}
