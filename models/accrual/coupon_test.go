package accrual_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/coupons"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// handed gives a member a coupon of 3,000 won off orders from 12,000 won, and its code.
func handed(t *testing.T, shop *shoptest.Shop, member *shoptest.Customer, cause string) (code string) {
	t.Helper()
	shop.In(t, func(tx *store.Tx) error {
		membership, program := int64(0), int64(0)
		if err := tx.PG().QueryRow(tx.Ctx(), `SELECT id, program_id FROM memberships WHERE merchant_id = $1 AND customer_id = $2`, tx.MerchantID(), member.ID).
			Scan(&membership, &program); err != nil {
			return err
		}
		kind := terms.CouponKind{Code: "birthday", Amount: 3_000, Minimum: 12_000}
		_, err := coupons.IssueAll(tx, models.Actor{}, program, 1, &kind, tx.Now(),
			[]coupons.Issue{{MembershipID: membership, Cause: cause, From: tx.Today(), Until: tx.Today().AddDays(7)}})
		if err != nil {
			return err
		}
		return tx.PG().QueryRow(tx.Ctx(), `SELECT code FROM coupons WHERE merchant_id = $1 AND cause = $2`, tx.MerchantID(), cause).Scan(&code)
	})
	return code
}

// withCoupon is an order whose coupon has taken 3,000 won off.
func withCoupon(t *testing.T, member *shoptest.Customer, paid, code string) models.OrderParams {
	t.Helper()
	order := member.Order(t, paid)
	order.Coupon, order.Discount = code, 3_000
	return order
}

func used(t *testing.T, shop *shoptest.Shop) int64 {
	t.Helper()
	return shop.Shop.ID(t, `SELECT count(*) FROM coupons c JOIN orders o ON o.merchant_id = c.merchant_id AND o.id = c.order_id WHERE c.merchant_id = $1 AND c.used_at IS NOT NULL`)
}

// S-F5: a coupon is used with its order, once, and comes back with it, whole, with its own last day.
func TestACouponIsUsedWithItsOrder(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t)
	shop.Maya.Buys(t, "20,000")
	code := handed(t, shop, shop.Maya, "give:1")
	order := withCoupon(t, shop.Maya, "9,000", code)
	first := shop.Posts(t, order)
	if used(t, shop) != 1 {
		t.Fatal("the coupon is not the order's")
	}
	shop.Maya.Wants(t, 400+1_000+180) // of what was paid
	if again := shop.Posts(t, order); !again.Replay || used(t, shop) != 1 {
		t.Errorf("again: %+v", again)
	}
	other := order
	other.Coupon = ""
	_, err := accrual.Accrue(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, other)
	wantsField(t, err, "coupon", "differs")
	second := withCoupon(t, shop.Maya, "9,000", code)
	if _, err := accrual.Accrue(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, second); refusalOf(err) != "coupon_used" {
		t.Errorf("on another order: %v", err)
	}
	until := shop.Shop.ID(t, `SELECT (valid_until - date '2000-01-01')::bigint FROM coupons WHERE merchant_id = $1`)
	shop.Returns(t, first, "8,999")
	if used(t, shop) != 1 {
		t.Error("a part of the order came back, and the coupon with it")
	}
	shop.Returns(t, first, "1")
	if used(t, shop) != 0 || until != shop.Shop.ID(t, `SELECT (valid_until - date '2000-01-01')::bigint FROM coupons WHERE merchant_id = $1 AND used_at IS NULL`) {
		t.Error("the order came back, and not its coupon")
	}
	shop.Posts(t, second)
	if used(t, shop) != 1 {
		t.Error("a coupon that came back cannot be used")
	}
}

func refusalOf(err error) string {
	if e, ok := errors.AsType[*models.Error](err); ok {
		return e.Code
	}
	return ""
}

// An order that was a slip takes its coupon's use along.
func TestUndoingAnOrderGivesItsCouponBack(t *testing.T) { // S-F5
	t.Parallel()
	shop := shoptest.New(t)
	shop.Maya.Buys(t, "20,000")
	order := withCoupon(t, shop.Maya, "9,000", handed(t, shop, shop.Maya, "give:1"))
	posted, err := accrual.Accrue(t.Context(), shop.DB, shop.MerchantID, shop.Clerk, store.Key{}, order)
	if err != nil {
		t.Fatal(err)
	}
	coupon := shop.Shop.ID(t, `SELECT id FROM coupons WHERE merchant_id = $1`)
	if _, err := coupons.UndoUse(t.Context(), shop.DB, shop.MerchantID, shop.Clerk, coupon); refusalOf(err) != "coupon_on_order" {
		t.Errorf("the coupon alone: %v", err)
	}
	for range 2 {
		if _, err := accrual.Undo(t.Context(), shop.DB, shop.MerchantID, shop.Clerk, store.Key{}, posted.OrderID); err != nil {
			t.Fatal(err)
		}
	}
	if used(t, shop) != 0 {
		t.Error("the coupon stays used")
	}
	shop.Maya.Wants(t, 1_400)
}

// What cannot be used leaves no order behind.
func TestAnOrderWithACouponThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t)
	shop.Maya.Buys(t, "20,000")
	shop.Joon.Buys(t, "20,000")
	code := handed(t, shop, shop.Maya, "give:1")
	for name, c := range map[string]struct {
		change func(*models.OrderParams)
		want   string
	}{
		"below its minimum":       {func(o *models.OrderParams) { o.Total = 8_999 }, "coupon_minimum"},
		"somebody else's":         {func(o *models.OrderParams) { o.Customer.ID = shop.Joon.ID }, "coupon_unknown"},
		"no coupon's code":        {func(o *models.OrderParams) { o.Coupon = "NOSUCHCOUPON00" }, "coupon_unknown"},
		"less taken off than due": {func(o *models.OrderParams) { o.Total, o.Discount = 11_000, 2_999 }, "invalid"},
		"nobody's order":          {func(o *models.OrderParams) { o.Customer = nil }, "invalid"},
	} {
		order := withCoupon(t, shop.Maya, "9,000", code)
		c.change(&order)
		_, err := accrual.Accrue(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, order)
		if got := refusalOf(err); got != c.want && (c.want != "invalid" || models.KindOf(err) != models.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := shop.Shop.ID(t, `SELECT count(*) FROM orders WHERE merchant_id = $1`); n != 2 {
		t.Errorf("%d orders", n)
	}
}

// Two tills at once: one order uses the coupon.
func TestACouponIsUsedOnceByManyTills(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t)
	shop.Maya.Buys(t, "20,000")
	code := handed(t, shop, shop.Maya, "give:1")
	var posted atomic.Int32
	var wait sync.WaitGroup
	for range 8 {
		order := withCoupon(t, shop.Maya, "9,000", code)
		wait.Go(func() {
			_, err := accrual.Accrue(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, order)
			switch {
			case err == nil:
				posted.Add(1)
			case refusalOf(err) != "coupon_used":
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if posted.Load() != 1 || used(t, shop) != 1 {
		t.Errorf("%d orders used it", posted.Load())
	}
}
