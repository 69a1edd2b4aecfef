package accrual_test

import (
	"testing"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/coupons"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// nextOrder gives a coupon of 1,000 won for the next order, to a member once and to all of them three times a year.
func nextOrder(doc *terms.Terms) {
	name := terms.Text{Ko: "다음", En: "Next"}
	doc.Coupons = append(doc.Coupons, terms.CouponKind{Code: "next", Name: name, Amount: 1_000, Days: 30})
	doc.Earning = append(doc.Earning, terms.Rule{Code: "next", Name: name, When: terms.OnPurchase, Award: terms.Formula{Kind: terms.AnyCoupon, Coupon: "next"},
		Limits: []terms.Limit{{Per: terms.PerLife, Times: 1}, {Per: terms.PerYear, Times: 3, Shared: true}}})
}

// wantsCoupons sees how many coupons of a rule there are, and that its limits, of the member and of all, count just these.
func wantsCoupons(t *testing.T, shop *shoptest.Shop, want int64) {
	t.Helper()
	live := shop.Shop.ID(t, `SELECT count(*) FROM coupons WHERE merchant_id = $1 AND kind = 'next' AND revoked_at IS NULL`)
	own := shop.Shop.ID(t, `SELECT coalesce(sum(used), 0)::bigint FROM limit_uses WHERE merchant_id = $1 AND rule LIKE '%/next' AND scope = 'member'`)
	all := shop.Shop.ID(t, `SELECT coalesce(sum(used), 0)::bigint FROM limit_uses WHERE merchant_id = $1 AND rule LIKE '%/next' AND scope = 'shop'`)
	if live != want || own != want || all != want {
		t.Errorf("%d coupons, counted %d for the member and %d for all; want %d", live, own, all, want)
	}
}

// S-F5: a coupon that goes with its order gives back what it took of the limits of its rule, once; parts of the order, a
// revision of it, and what is told again do not.
func TestACouponThatGoesFreesItsLimits(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, nextOrder)
	first := shop.Maya.Buys(t, "20,000")
	shop.Maya.Buys(t, "20,000")
	wantsCoupons(t, shop, 1)
	order := shop.Maya.Order(t, "15,000")
	order.ExternalID, order.Revision = first.ExternalID, 2
	shop.Posts(t, order)
	order.Total, order.Revision = 16_000, 3
	shop.Posts(t, order)
	wantsCoupons(t, shop, 1)
	shop.Returns(t, first, "15,999")
	wantsCoupons(t, shop, 1)
	shop.Returns(t, first, "1")
	wantsCoupons(t, shop, 0)
	third := shop.Maya.Buys(t, "5,000")
	wantsCoupons(t, shop, 1)
	cancel := models.RefundParams{ExternalID: "C1", OrderExternalID: third.ExternalID, Cancels: true}
	whole := models.RefundParams{ExternalID: "C2", OrderExternalID: first.ExternalID, Cancels: true}
	for range 2 {
		for _, params := range []models.RefundParams{cancel, whole} {
			if _, err := accrual.Refund(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, params); err != nil {
				t.Fatal(err)
			}
		}
		wantsCoupons(t, shop, 0)
	}
	if n := shop.Shop.ID(t, `SELECT coalesce(sum(used), 0)::bigint FROM limit_uses WHERE merchant_id = $1 AND used > 0 AND rule LIKE '%/next'`); n != 0 {
		t.Errorf("%d counted", n)
	}
	shop.Maya.Buys(t, "5,000")
	wantsCoupons(t, shop, 1)
}

// S-F5: a coupon that was used stays when its order goes, and goes when the order goes on which it was used, whichever of
// the two is returned first.
func TestAUsedCouponGoesWithBothOrders(t *testing.T) {
	t.Parallel()
	for _, motherFirst := range []bool{true, false} {
		shop := shoptest.New(t, nextOrder)
		mother := shop.Maya.Buys(t, "20,000")
		var code string
		shop.In(t, func(tx *store.Tx) error {
			return tx.PG().QueryRow(tx.Ctx(), `SELECT code FROM coupons WHERE merchant_id = $1`, tx.MerchantID()).Scan(&code)
		})
		order := withCoupon(t, shop.Maya, "9,000", code)
		order.Discount = 1_000
		used := shop.Posts(t, order)
		wantsCoupons(t, shop, 1)
		if motherFirst {
			shop.Returns(t, mother, "20,000")
			wantsCoupons(t, shop, 1)
			shop.Returns(t, used, "9,000")
		} else {
			shop.Returns(t, used, "9,000")
			wantsCoupons(t, shop, 1)
			shop.Returns(t, mother, "20,000")
		}
		wantsCoupons(t, shop, 0)
	}
}

// S-F5: what a return has ended no undo makes usable again: the use of a coupon is undone whose own order has gone since.
func TestUndoingAUseRevivesNothing(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, nextOrder)
	mother := shop.Maya.Buys(t, "20,000")
	var code string
	shop.In(t, func(tx *store.Tx) error {
		return tx.PG().QueryRow(tx.Ctx(), `SELECT code FROM coupons WHERE merchant_id = $1`, tx.MerchantID()).Scan(&code)
	})
	use := func() coupons.Used {
		used, err := coupons.Use(t.Context(), shop.DB, shop.MerchantID, shop.Clerk, models.CouponUse{Code: code, Order: 9_000})
		if err != nil {
			t.Fatal(err)
		}
		return used
	}
	undo := func(id int64) models.CouponStatus {
		c, err := coupons.UndoUse(t.Context(), shop.DB, shop.MerchantID, shop.Clerk, id)
		if err != nil {
			t.Fatal(err)
		}
		return c.Status(c.ValidFrom)
	}
	if got := undo(use().Coupon.ID); got != models.CouponUsable {
		t.Fatalf("its order stands: %s", got)
	}
	used := use()
	shop.Returns(t, mother, "20,000")
	wantsCoupons(t, shop, 1)
	for range 2 {
		if got := undo(used.Coupon.ID); got != models.CouponRevoked {
			t.Errorf("its order is gone: %s", got)
		}
		wantsCoupons(t, shop, 0)
	}
}
