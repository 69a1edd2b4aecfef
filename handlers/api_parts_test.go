package handlers

import (
	"testing"

	"dangol/models/terms"
)

// An award in parts is told with what comes when, before the order and after it, and again when it is told again.
func TestAnAwardInPartsIsTold(t *testing.T) {
	t.Parallel()
	k := newTillWith(t, earning(func(_ *terms.Terms, r *terms.Rule) { r.Parts = terms.Parts{Of: 3, Months: 1} }))
	k.joins("M1")
	const order = `"customer": {"external_id": "M1"}, "total": 11000}`
	for _, a := range []*told{
		k.send("POST", "/programs/shop/quotes", `{`+order).is(200),
		k.send("POST", "/orders", `{"external_id": "A1", `+order).is(201),
		k.send("POST", "/orders", `{"external_id": "A1", `+order).is(201),
	} {
		a.has("awards/0/points", 11_000).has("awards/0/parts/0/points", 3_666).has("awards/0/parts/2/points", 3_668)
		if first, last := a.at("awards/0/parts/0/activates_on"), a.at("awards/0/parts/2/activates_on"); first != nil || last == nil {
			t.Errorf("the first comes at once, the last does not: %s", a.Body)
		}
	}
	k.sound()
}
