package accrual_test

import (
	"testing"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/conditions"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// A coupon's own condition is asked of the cart that is tried and of the order that uses it, before that order counts.
func TestACouponWithItsOwnCondition(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, func(doc *terms.Terms) {
		doc.Coupons = append(doc.Coupons, terms.CouponKind{Code: "second", Name: terms.Text{Ko: "두 번째", En: "Second"}, Amount: 3_000, Get: terms.GetShared, Shared: "SECOND",
			If: terms.Conditions{Where: conditions.All(conditions.Where(conditions.Orders, conditions.Equals, conditions.Number(1)),
				conditions.Where(conditions.Amount, conditions.AtLeast, conditions.Number(15_000)))}})
	})
	tries := func(total int64) terms.Priced {
		order := shop.Maya.Order(t, "0")
		order.Total, order.Coupons = total, []string{"SECOND"}
		found, err := accrual.Price(t.Context(), shop.DB, shop.MerchantID, shop.Till, accrual.PriceParams{Order: order})
		if err != nil {
			t.Fatal(err)
		}
		return found.Priced
	}
	buys := func(paid string) error {
		_, err := accrual.Accrue(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, withCoupon(t, shop.Maya, paid, "SECOND"))
		return err
	}
	if got := tries(16_000); len(got.Unfit) != 1 || got.Unfit[0].Condition != terms.MissWhere || got.Unfit[0].Wants != "orders" {
		t.Errorf("on the first order: %+v", got.Unfit)
	}
	if err := buys("13,000"); refusalOf(err) != "coupon_unfit" {
		t.Errorf("on the first order: %v", err)
	}
	shop.Maya.Buys(t, "20,000")
	if got := tries(14_000); len(got.Unfit) != 1 || got.Unfit[0].By != 1_000 {
		t.Errorf("1,000 are missing: %+v", got.Unfit)
	}
	if err := buys("11,999"); models.KindOf(err) != models.Refused {
		t.Errorf("1 is missing: %v", err)
	}
	if got := tries(15_000); got.Total != 12_000 {
		t.Errorf("15,000 less 3,000: %+v", got)
	}
	if err := buys("12,000"); err != nil {
		t.Errorf("15,000 less 3,000: %v", err)
	}
}
