package accrual_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/programs/programstest"
	"dangol/models/shoptest"
	"dangol/models/store"
)

func key(name, body string) store.Key {
	sum := sha256.Sum256([]byte(body))
	return store.Key{Scope: "api:1", Key: name, BodyHash: sum[:]}
}

func (s story) post(k store.Key, order models.OrderParams) (accrual.Result, error) {
	return accrual.Accrue(s.T, s.DB, s.MerchantID, s.Till, k, order)
}

func TestTheSameRequestIsToldTheSame(t *testing.T) { // S-L4, D-17
	t.Parallel()
	shop := newStory(t)
	order := shop.Maya.Order(t, "12,500")
	first, err := shop.post(key("k1", "a"), order)
	if err != nil || first.Replay {
		t.Fatalf("%+v, %v", first, err)
	}
	shop.Maya.Buys(t, "50,000")
	again, err := shop.post(key("k1", "a"), order)
	if err != nil || !again.Replay || again.OrderID != first.OrderID || again.Members[0].Balances[0] != first.Members[0].Balances[0] {
		t.Errorf("the same key: %+v, %v; want what was told first", again, err)
	}
	if _, err := shop.post(key("k1", "b"), order); !errors.Is(err, models.ErrKeyReused) {
		t.Errorf("the same key with another body: %v", err)
	}
	other, err := shop.post(key("k2", "a"), order)
	if err != nil || !other.Replay || other.OrderID != first.OrderID || len(other.Members[0].Awards) != 2 {
		t.Errorf("the same order under another key: %+v, %v", other, err)
	}
	shop.Maya.Wants(t, 1_250+1_000)
}

// An order that says nothing of what could not be said once has the hash that it always had.
func TestOldOrdersKeepTheirHashes(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	order := shop.Maya.Order(t, "12,500")
	order.PlacedAt, order.HasTime = shop.Clock.Now().Add(-time.Hour).Truncate(time.Second), true
	order.Lines = []models.OrderLine{{SKU: "latte", Name: "라떼", Category: "coffee", Quantity: 2, Amount: 12_500}}
	posted := shop.Posts(t, order)
	want := sha256.Sum256(fmt.Appendf(nil, "%d true \"\" \"store\" %d 12500 0 0 0 \"\"\n\"latte\" \"라떼\" \"coffee\" 2 12500\n", order.PlacedAt.UnixMicro(), shop.Maya.ID))
	if n := shop.ID(t, `SELECT count(*) FROM orders WHERE merchant_id = $1 AND id = $2 AND content_hash = $3`, posted.OrderID, want[:]); n != 1 {
		t.Error("an order hashes to something else than it did")
	}
}

func TestTheSameNumberWithOtherContentIsAConflict(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	order := shop.Maya.Order(t, "12,500")
	order.Lines = []models.OrderLine{{SKU: "latte", Category: "coffee", Quantity: 2, Amount: 12_500}}
	shop.Posts(t, order)
	if again := shop.Posts(t, order); !again.Replay {
		t.Errorf("the same content: %+v", again)
	}
	for field, change := range map[string]func(*models.OrderParams){
		"total":            func(o *models.OrderParams) { o.Total = 12_501 },
		"shipping":         func(o *models.OrderParams) { o.Shipping = 1 },
		"discount":         func(o *models.OrderParams) { o.Discount = 1 },
		"paid_with_points": func(o *models.OrderParams) { o.PaidWithPoints = 1 },
		"channel":          func(o *models.OrderParams) { o.Channel = "online" },
		"customer":         func(o *models.OrderParams) { o.Customer = &models.CustomerRef{ID: shop.Joon.ID} },
		"placed_at":        func(o *models.OrderParams) { o.PlacedAt, o.HasTime = shop.Clock.Now().Add(-time.Hour), true },
		"lines": func(o *models.OrderParams) {
			o.Lines = []models.OrderLine{{SKU: "latte", Category: "coffee", Quantity: 1, Amount: 12_500}}
		},
	} {
		changed := order
		change(&changed)
		_, err := shop.post(store.Key{}, changed)
		e, ok := errors.AsType[*models.Error](err)
		if !ok || !errors.Is(err, models.ErrReplayOther) || len(e.Fields) != 1 || e.Fields[0].Field != field {
			t.Errorf("another %s: %v", field, err)
		}
	}
	shop.Maya.Wants(t, 1_250)
}

func TestBadOrdersChangeNothing(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	for want, change := range map[string]func(*models.OrderParams){
		"customer: unknown":              func(o *models.OrderParams) { o.Customer = &models.CustomerRef{ID: 999} },
		"customer: bad_phone":            func(o *models.OrderParams) { o.Customer = &models.CustomerRef{Phone: "12"} },
		"store: unknown":                 func(o *models.OrderParams) { o.Store = "moon" },
		"currency: other_currency":       func(o *models.OrderParams) { o.Currency = "USD" },
		"total: negative":                func(o *models.OrderParams) { o.Total = -1 },
		"total: too_large":               func(o *models.OrderParams) { o.Total = models.MaxMoney + 1 },
		"total: less_than_parts":         func(o *models.OrderParams) { o.Shipping = o.Total + 1 },
		"external_id: required":          func(o *models.OrderParams) { o.ExternalID = " " },
		"external_id: bad_text":          func(o *models.OrderParams) { o.ExternalID = "a\u202eb" },
		"channel: unknown":               func(o *models.OrderParams) { o.Channel = "pigeon" },
		"placed_at: in_future":           func(o *models.OrderParams) { o.PlacedAt, o.HasTime = shop.Clock.Now().Add(6*time.Minute), true },
		"lines/0/quantity: out_of_range": func(o *models.OrderParams) { o.Lines = []models.OrderLine{{Amount: 1}} },
		"redemption: unknown":            func(o *models.OrderParams) { o.Redemption = "R404" },
	} {
		order := shop.Maya.Order(t, "12,500")
		change(&order)
		_, err := shop.post(key(want, ""), order)
		if e, ok := errors.AsType[*models.Error](err); !ok || e.Kind != models.Invalid || e.Error() != "invalid; "+want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	for _, table := range []string{"orders", "entries", "memberships", "customer_stats", "idempotency_keys"} {
		if n := shop.ID(t, `SELECT count(*) FROM `+table+` WHERE merchant_id = $1`); n != 0 {
			t.Errorf("%d rows in %s", n, table)
		}
	}
}

func TestATillsClockMayBeALittleAhead(t *testing.T) { // D-20
	t.Parallel()
	shop := newStory(t)
	order := shop.Maya.Order(t, "12,500")
	order.PlacedAt, order.HasTime = shop.Clock.Now().Add(4*time.Minute), true
	shop.Posts(t, order)
	if !shop.Posts(t, order).Replay {
		t.Error("the same order again is no replay")
	}
	var placed time.Time
	if err := shop.DB.Pool().QueryRow(t.Context(), `SELECT placed_at FROM orders`).Scan(&placed); err != nil || !placed.Equal(shop.Clock.Now()) {
		t.Errorf("placed at %s, want now; %v", placed, err)
	}
}

func TestAnOrderOfNobodyIsStored(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	order := shop.Maya.Order(t, "12,500")
	order.Customer = nil
	result := shop.Posts(t, order)
	if result.CustomerID != 0 || len(result.Members) != 0 {
		t.Errorf("%+v", result)
	}
	if refund := shop.Returns(t, result, "12,500"); refund.State != accrual.Applied {
		t.Errorf("%+v", refund)
	}
}

func TestWithoutAutomaticEnrolmentNothingIsEarned(t *testing.T) {
	t.Parallel()
	shop := newStory(t, shoptest.ByHand)
	if result := shop.Maya.Buys(t, "12,500"); len(result.Members) != 0 || result.CustomerID != shop.Maya.ID {
		t.Errorf("%+v", result)
	}
	if visits := shop.ID(t, `SELECT visits FROM customer_stats WHERE merchant_id = $1`); visits != 1 {
		t.Errorf("%d visits", visits)
	}
}

// One order, eight tills, at once: one effect, and everybody is told of it.
func TestOneOrderPostedEightTimesAtOnceEarnsOnce(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	order := shop.Maya.Order(t, "12,500")
	fresh := make([]bool, 8)
	atOnce(len(fresh), func(i int) {
		result, err := shop.post(key(fmt.Sprint("k", i), ""), order)
		if err != nil {
			t.Errorf("till %d: %v", i, err)
		}
		fresh[i] = !result.Replay
	})
	if n := len(slices.DeleteFunc(fresh, func(b bool) bool { return !b })); n != 1 {
		t.Errorf("%d tills were told that theirs was the first", n)
	}
	shop.Maya.Wants(t, 1_250)
}

func TestOneKeySentEightTimesAtOnceIsOneEffect(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	order := shop.Maya.Order(t, "12,500")
	atOnce(8, func(i int) {
		if result, err := shop.post(key("k", ""), order); err != nil || len(result.Members) != 1 || len(result.Members[0].Awards) != 2 {
			t.Errorf("request %d: %+v, %v", i, result, err)
		}
	})
	shop.Maya.Wants(t, 1_250)
}

// One busy member never shows a deadlock, and each order is counted.
func TestFiveHundredOrdersOfOneMember(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	shop.Maya.Buys(t, "10,000")
	atOnce(16, func(int) {
		for range 32 {
			if _, err := shop.post(store.Key{}, shop.Maya.Order(t, "5,000")); err != nil {
				t.Error(err)
			}
		}
	})
	shop.Maya.Wants(t, 1_200+512*100)
	if n := shop.ID(t, `SELECT orders FROM customer_stats WHERE merchant_id = $1`); n != 513 {
		t.Errorf("%d orders counted", n)
	}
	if n := shop.ID(t, `SELECT max(last_seq) FROM accounts WHERE merchant_id = $1`); n != 514 {
		t.Errorf("the last entry has number %d", n)
	}
}

// A refund that comes at the same moment as its order finds it or is found by it.
func TestRefundsAndOrdersThatCross(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	shop.Maya.Buys(t, "10,000")
	for range 20 {
		order := shop.Maya.Order(t, "10,000")
		atOnce(2, func(i int) {
			var err error
			if i == 0 {
				_, err = shop.post(store.Key{}, order)
			} else {
				_, err = accrual.Refund(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{},
					models.RefundParams{ExternalID: "R" + order.ExternalID, OrderExternalID: order.ExternalID, Amount: 10_000})
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	shop.Maya.Wants(t, 1_200)
	if n := shop.ID(t, `SELECT count(*) FROM refunds WHERE merchant_id = $1 AND state <> 'applied'`); n != 0 {
		t.Errorf("%d refunds still wait", n)
	}
}

func atOnce(n int, do func(int)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	all.Wait()
}

func newStory(t *testing.T, changes ...programstest.Change) story {
	t.Helper()
	return story{Shop: shoptest.New(t, changes...), T: t.Context()}
}
