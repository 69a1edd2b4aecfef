package accrual_test

import (
	"context"
	"errors"
	"testing"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/redemption"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// S-F1: what refunds take back is cumulative, a full return takes exactly the rest.
func TestRefundsTakeBackCumulatively(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t)
	shop.Maya.Buys(t, "12,500") // 250 and 1,000 for the first
	order := shop.Maya.Buys(t, "9,990")
	shop.Maya.Wants(t, 1_250+199)
	for _, step := range []struct {
		amount string
		left   terms.Points
	}{{"3,330", 133}, {"3,330", 67}, {"3,330", 0}} {
		result := shop.Returns(t, order, step.amount)
		if result.State != accrual.Applied {
			t.Fatalf("refund is %s", result.State)
		}
		shop.Maya.Wants(t, 1_250+step.left)
	}
}

func TestARefundAboveTheOrderIsInvalid(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t)
	order := shop.Maya.Buys(t, "12,500")
	shop.Returns(t, order, "12,000")
	_, err := accrual.Refund(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{},
		models.RefundParams{ExternalID: "R9", OrderExternalID: order.ExternalID, Amount: 501})
	wantsField(t, err, "amount", "more_than_order")
}

// A refund may come before its order, and is kept once by its own number.
func TestARefundWaitsForItsOrder(t *testing.T) { // D-26
	t.Parallel()
	shop := shoptest.New(t)
	shop.Maya.Buys(t, "20,000")
	shop.Maya.Wants(t, 1_400)
	order := shop.Maya.Order(t, "10,000")
	params := models.RefundParams{ExternalID: "R1", OrderExternalID: order.ExternalID, Amount: 5_000}
	for range 2 {
		result, err := accrual.Refund(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, params)
		if err != nil || result.State != accrual.Waiting {
			t.Fatalf("got %+v, %v; want it to wait", result, err)
		}
	}
	result := shop.Posts(t, order)
	if len(result.Refunds) != 1 || result.Refunds[0].State != accrual.Applied {
		t.Errorf("refunds of the order: %+v", result.Refunds)
	}
	shop.Maya.Wants(t, 1_500)
	again, err := accrual.Refund(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, params)
	if err != nil || !again.Replay || again.State != accrual.Applied {
		t.Errorf("told again: %+v, %v", again, err)
	}
	params.Amount = 4_000
	if _, err := accrual.Refund(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, params); models.KindOf(err) != models.Conflict {
		t.Errorf("another amount under the same number: %v", err)
	}
}

func TestAWaitingRefundLargerThanItsOrderIsRefusedWhenItComes(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t)
	order := shop.Maya.Order(t, "10,000")
	if _, err := accrual.Refund(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{},
		models.RefundParams{ExternalID: "R1", OrderExternalID: order.ExternalID, Amount: 10_001}); err != nil {
		t.Fatal(err)
	}
	if result := shop.Posts(t, order); len(result.Refunds) != 1 || result.Refunds[0].State != accrual.Rejected {
		t.Errorf("refunds of the order: %+v", result.Refunds)
	}
	shop.Maya.Wants(t, 1_200)
}

// S-L3: what was spent already is owed, and the next earning fills it.
func TestPointsSpentBeforeARefundAreOwed(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	big := shop.Maya.Buys(t, "100,000") // 2,000, and 1,000 from the next visit on
	shop.redeem(t, 2_000)
	shop.Returns(t, big, "100,000")
	if a := shop.Maya.Has(t); a.Available != 0 || a.Deficit != 2_000 {
		t.Errorf("Maya has %d and owes %d, want 0 and 2,000", a.Available, a.Deficit)
	}
	shop.Maya.Buys(t, "150,000")
	if a := shop.Maya.Has(t); a.Available != 2_000 || a.Deficit != 0 {
		t.Errorf("Maya has %d and owes %d, want 2,000 (1,000 of a first purchase) and 0", a.Available, a.Deficit)
	}
}

// S-F3: points that paid for an order come back with it.
func TestPointsThatPaidComeBack(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	shop.Maya.Buys(t, "100,000")
	paid := shop.redeem(t, 1_500)
	order := shop.Maya.Order(t, "10,000")
	order.Redemption = paid
	result := shop.Posts(t, order)
	shop.Maya.Wants(t, 1_500+170)
	done := shop.Returns(t, result, "5,000")
	if got := done.Members[0].Restored["point"]; got != 750 {
		t.Errorf("restored %d, want 750", got)
	}
	shop.Maya.Wants(t, 1_500+85+750)
	shop.Returns(t, result, "5,000")
	shop.Maya.Wants(t, 1_500+1_500)
}

func TestUndoIsForSlips(t *testing.T) { // D-53
	t.Parallel()
	shop := newStory(t)
	order := shop.Maya.Order(t, "100,000")
	result, err := accrual.Accrue(t.Context(), shop.DB, shop.MerchantID, shop.Clerk, store.Key{}, order)
	if err != nil {
		t.Fatal(err)
	}
	other := shop.Hire(t, models.Clerk)
	if _, err := shop.undo(other, result.OrderID); !errors.Is(err, models.ErrForbidden) {
		t.Errorf("another clerk: %v", err)
	}
	if _, err := shop.undo(shop.Clerk, result.OrderID); err != nil {
		t.Fatal(err)
	}
	shop.Maya.Wants(t, 0)
	if again, err := shop.undo(shop.Clerk, result.OrderID); err != nil || !again.Replay {
		t.Errorf("undone twice: %+v, %v", again, err)
	}
	if first := shop.Maya.Buys(t, "50,000"); len(first.Members[0].Awards) != 2 {
		t.Error("an order that was undone was no first purchase")
	}
}

func TestWhatWasSpentIsNotUndone(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	result, err := accrual.Accrue(t.Context(), shop.DB, shop.MerchantID, shop.Clerk, store.Key{}, shop.Maya.Order(t, "100,000"))
	if err != nil {
		t.Fatal(err)
	}
	shop.redeem(t, 1_500)
	if _, err := shop.undo(shop.Clerk, result.OrderID); models.KindOf(err) != models.Refused {
		t.Errorf("undoing an order whose points were used: %v", err)
	}
}

type story struct {
	*shoptest.Shop
	T context.Context // the test's
}

func (s story) undo(actor models.Actor, order int64) (accrual.Undone, error) {
	return accrual.Undo(s.T, s.DB, s.MerchantID, actor, store.Key{}, order)
}

// redeem lets Maya pay with points, and gives the redemption's number.
func (s story) redeem(t *testing.T, points int64) string {
	t.Helper()
	number := s.Number()
	_, err := redemption.Redeem(t.Context(), s.DB, s.MerchantID, s.Till, store.Key{},
		models.RedemptionParams{ExternalID: number, Customer: models.CustomerRef{ID: s.Maya.ID}, Points: points})
	if err != nil {
		t.Fatal(err)
	}
	return number
}

func wantsField(t *testing.T, err error, field, code string) {
	t.Helper()
	e, ok := errors.AsType[*models.Error](err)
	if !ok || len(e.Fields) != 1 || e.Fields[0].Field != field || e.Fields[0].Code != code {
		t.Errorf("got %v, want %s at %s", err, code, field)
	}
}
