package accrual_test

import (
	"reflect"
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

// What an amended order awards is told again as it was told: with its parts, and with the arithmetic of the whole, whether it
// earns more, less, or anything at all for the first time.
func TestAnAmendedAwardIsToldAgainWithItsParts(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, func(doc *terms.Terms) {
		doc.Earning = doc.Earning[:1]
		doc.Earning[0].Parts = terms.Parts{Of: 3, Days: 30}
		doc.Earning[0].If.MinAmount = 1_000
	})
	for _, totals := range [][]int64{{20_000, 23_000, 17_000}, {900, 20_000, 20_100}, {20_000, 900, 15_000}} {
		order := shop.Maya.Order(t, "20,000")
		order.Revision = 1
		for revision, total := range totals {
			order.Total, order.Revision = total, revision+1
			fresh, again := shop.Posts(t, order), shop.Posts(t, order)
			was, is := fresh.Members[0].Awards, again.Members[0].Awards
			if !again.Replay || len(was) != len(is) || revision > 0 && len(was) > 0 && !reflect.DeepEqual(was, is) {
				t.Errorf("%v, %d, told again: %+v; first: %+v", totals, total, is, was)
			}
			for _, award := range is {
				if award.Points != total/50 || award.Why.Recompute() != award.Points || len(award.Parts()) != 3 {
					t.Errorf("%v, %d: %+v", totals, total, award)
				}
			}
		}
	}
}
