package accrual_test

import (
	"slices"
	"testing"

	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/terms"
)

// An award in parts is one award of its order: told again as such, and taken back as a whole (S-F1).
func TestAnAwardInPartsIsKept(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, func(doc *terms.Terms) {
		doc.Earning = doc.Earning[:1]
		doc.Earning[0].Parts = terms.Parts{Of: 3, Days: 30}
	})
	order := shop.Maya.Order(t, "20,000")
	first := shop.Posts(t, order)
	wants := func(pending, available terms.Points) {
		t.Helper()
		if a := shop.Maya.Has(t); a.Pending != pending || a.Available != available || a.Deficit != 0 {
			t.Errorf("pending %d, available %d, deficit %d; want %d, %d", a.Pending, a.Available, a.Deficit, pending, available)
		}
	}
	wants(267, 133)
	award := first.Members[0].Awards[0]
	again := shop.Posts(t, order).Members[0].Awards
	if len(again) != 1 || again[0].Points != 400 || again[0].Why.Recompute() != 400 || !slices.Equal(again[0].Later, award.Later) || len(award.Later) != 2 {
		t.Errorf("told again: %+v; first: %+v", again, award)
	}
	shop.Returns(t, first, "5,000")
	wants(167, 133)
	report, err := ledger.Verify(t.Context(), shop.DB, programs.Running)
	if err != nil || report.Found > 0 {
		t.Errorf("verify: %v, %+v", err, report.Findings)
	}
	shop.Returns(t, first, "15,000")
	wants(0, 0)
	if n := shop.Shop.ID(t, `SELECT count(*) FROM entries e JOIN orders o ON o.merchant_id = e.merchant_id AND o.id = e.order_id WHERE e.merchant_id = $1 AND e.kind = 'earn'`); n != 3 {
		t.Errorf("%d entries of the order", n)
	}
}
