package accrual_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// gathered lets n calls meet in one group: what posts before them finds refunds locked until all have come.
func (s story) gathered(t *testing.T, n int, do func(i int)) {
	t.Helper()
	door, err := s.Admin(t).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := door.Exec(t.Context(), `LOCK TABLE refunds IN ACCESS EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range accrual.Lanes {
		all.Go(func() {
			if _, err := s.post(store.Key{}, models.OrderParams{ExternalID: s.Number(), Total: 100}); err != nil {
				t.Errorf("an order that holds the lane: %v", err)
			}
		})
	}
	s.until(t, accrual.Lanes, 0)
	for i := range n {
		all.Go(func() { do(i) })
	}
	s.until(t, accrual.Lanes, n)
	if err := door.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	all.Wait()
}

func (s story) until(t *testing.T, taken, waiting int) {
	for t.Context().Err() == nil {
		if a, b := accrual.InLine(s.DB, s.MerchantID); a == taken && b == waiting {
			return
		}
		runtime.Gosched()
	}
}

// regulars are people who have bought before, so that their orders are plain.
func (s story) regulars(t *testing.T, n int) (people []*shoptest.Customer) {
	t.Helper()
	for i := range n {
		c := s.Meets(t, fmt.Sprint("regular ", i))
		c.Buys(t, "10,000")
		people = append(people, c)
	}
	return people
}

func (s story) transactions(t *testing.T) int64 {
	return s.ID(t, `SELECT count(DISTINCT xmin::text) FROM orders WHERE merchant_id = $1`)
}

func (s story) verify(t *testing.T) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), s.DB, programs.Running)
	if err != nil || report.Found > 0 {
		t.Errorf("verify: %v, %+v", err, report.Findings)
	}
}

// Sixty orders of twenty people come at once: one transaction, and each is told what it did by itself.
func TestOrdersThatComeAtOnceShareATransaction(t *testing.T) { // D-16, D-18
	t.Parallel()
	shop := newStory(t)
	people := shop.regulars(t, 20)
	before := shop.transactions(t)
	var mu sync.Mutex
	told := map[int64][]int64{}
	shop.gathered(t, 60, func(i int) {
		result, err := shop.post(key(fmt.Sprint("k", i), ""), people[i%20].Order(t, "10,000"))
		if err != nil || result.Replay || len(result.Members) != 1 || len(result.Members[0].Awards) != 1 || result.Members[0].Awards[0].Points != 200 {
			t.Errorf("order %d: %+v, %v", i, result, err)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		told[result.CustomerID] = append(told[result.CustomerID], result.Members[0].Balances[0].Available)
	})
	if n := shop.transactions(t) - before; n != accrual.Lanes+1 {
		t.Errorf("%d transactions, want one beside those that held the lanes", n)
	}
	for _, c := range people {
		c.Wants(t, 1_200+600)
		if sum := told[c.ID][0] + told[c.ID][1] + told[c.ID][2]; sum != 1_400+1_600+1_800 {
			t.Errorf("%s was told of %v", c.Name, told[c.ID])
		}
	}
	if n := shop.ID(t, `SELECT count(*) FROM idempotency_keys WHERE merchant_id = $1`); n != 60 {
		t.Errorf("%d keys are kept", n)
	}
	shop.verify(t)
}

// Whatever is wrong with an order is its own matter, also what only the database knows.
func TestAFaultyOrderAmongGoodOnes(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	people := shop.regulars(t, 4)
	if _, err := shop.Admin(t).Exec(t.Context(), `ALTER TABLE orders ADD CONSTRAINT no_such_total CHECK (total <> 66600)`); err != nil {
		t.Fatal(err)
	}
	faults := map[int]func(*models.OrderParams){
		0: func(o *models.OrderParams) { o.Customer = &models.CustomerRef{ID: 999_999} },
		1: func(o *models.OrderParams) { o.Customer = &models.CustomerRef{Phone: "12"} },
		2: func(o *models.OrderParams) { o.Store = "moon" },
		3: func(o *models.OrderParams) { o.PlacedAt, o.HasTime = shop.Clock.Now().AddDate(1, 0, 0), true },
		4: func(o *models.OrderParams) { o.Total = 66_600 },
	}
	shop.gathered(t, 11, func(i int) {
		order := people[i%4].Order(t, "10,000")
		if fault := faults[i]; fault != nil {
			fault(&order)
			if result, err := shop.post(key(fmt.Sprint("k", i), ""), order); err == nil {
				t.Errorf("order %d: %+v", i, result)
			}
			return
		}
		if _, err := shop.post(key(fmt.Sprint("k", i), ""), order); err != nil {
			t.Errorf("order %d: %v", i, err)
		}
	})
	if n := shop.ID(t, `SELECT count(*) FROM idempotency_keys WHERE merchant_id = $1`); n != 6 {
		t.Errorf("%d keys are kept, want those of 6 good orders", n)
	}
	shop.verify(t)
}

// One order ten times in one group, under one key, under several, and once with other content.
func TestTheSameOrderTwiceInAGroup(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	joon := shop.regulars(t, 1)[0]
	order := joon.Order(t, "10,000")
	other := order
	other.Total = 20_000
	var fresh, refused atomic.Int64
	shop.gathered(t, 10, func(i int) {
		sent, k := order, key(fmt.Sprint("k", i/3), "")
		if i == 9 {
			sent = other
		}
		result, err := shop.post(k, sent)
		switch {
		case errors.Is(err, models.ErrReplayOther):
			refused.Add(1)
		case err != nil:
			t.Errorf("till %d: %v", i, err)
		case !result.Replay:
			fresh.Add(1)
		}
	})
	if fresh.Load() != 1 || refused.Load() != 1 && refused.Load() != 9 {
		t.Errorf("%d were the first, %d had other content", fresh.Load(), refused.Load())
	}
	if n := shop.ID(t, `SELECT count(*) FROM orders WHERE merchant_id = $1 AND customer_id IS NOT NULL`); n != 2 {
		t.Errorf("%d orders", n)
	}
	shop.verify(t)
}

// New members, refunds that wait, and orders of yesterday are among the others as if each were alone.
func TestWhatIsNotPlainInAGroup(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	people := shop.regulars(t, 3)
	shop.Clock.Advance(24 * time.Hour)
	returned := people[0].Order(t, "10,000")
	if _, err := accrual.Refund(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{},
		models.RefundParams{ExternalID: "R1", OrderExternalID: returned.ExternalID, Amount: 10_000}); err != nil {
		t.Fatal(err)
	}
	orders := []models.OrderParams{returned, shop.Maya.Order(t, "10,000"), shop.Joon.Order(t, "10,000"), people[1].Order(t, "10,000"), people[2].Order(t, "10,000")}
	orders[4].PlacedAt, orders[4].HasTime = shop.Clock.Now().Add(-20*time.Hour), true
	shop.gathered(t, len(orders), func(i int) {
		if _, err := shop.post(store.Key{}, orders[i]); err != nil {
			t.Errorf("order %d: %v", i, err)
		}
	})
	for c, want := range map[*shoptest.Customer]int64{people[0]: 1_200, people[1]: 1_400, people[2]: 1_400, shop.Maya: 1_200, shop.Joon: 1_200} {
		c.Wants(t, want)
	}
	if n := shop.ID(t, `SELECT count(*) FROM refunds WHERE merchant_id = $1 AND state <> 'applied'`); n != 0 {
		t.Errorf("%d refunds still wait", n)
	}
	shop.verify(t)
}

// Somebody's membership is held, as by a redemption on its way: their order waits for it, the others' do not.
func TestAGroupWaitsForNobody(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	people := shop.regulars(t, 4)
	held, err := shop.Admin(t).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := held.Exec(t.Context(), `SELECT FROM memberships WHERE merchant_id = $1 AND customer_id = $2 FOR UPDATE`, shop.MerchantID, people[0].ID); err != nil {
		t.Fatal(err)
	}
	var others, released sync.WaitGroup
	others.Add(3)
	released.Go(func() {
		others.Wait()
		if err := held.Commit(t.Context()); err != nil {
			t.Error(err)
		}
	})
	shop.gathered(t, 4, func(i int) {
		if i > 0 {
			defer others.Done()
		}
		if _, err := shop.post(store.Key{}, people[i].Order(t, "10,000")); err != nil {
			t.Errorf("order %d: %v", i, err)
		}
	})
	released.Wait()
	for _, c := range people {
		c.Wants(t, 1_400)
	}
}

// A caller who leaves takes nothing of the others along, and its order is posted once or not at all.
func TestCallersLeaveAGroup(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	people := shop.regulars(t, 8)
	orders := make([]models.OrderParams, 16)
	shop.gathered(t, 16, func(i int) {
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		orders[i] = people[i%8].Order(t, "10,000")
		if i%2 == 0 {
			go func() {
				for _, waiting := accrual.InLine(shop.DB, shop.MerchantID); waiting > 0; _, waiting = accrual.InLine(shop.DB, shop.MerchantID) {
					runtime.Gosched()
				}
				leave()
			}()
		}
		if _, err := accrual.Accrue(ctx, shop.DB, shop.MerchantID, shop.Till, store.Key{}, orders[i]); err != nil && (i%2 != 0 || !errors.Is(err, context.Canceled)) {
			t.Errorf("order %d: %v", i, err)
		}
	})
	for i := range orders {
		if _, err := shop.post(store.Key{}, orders[i]); err != nil {
			t.Errorf("order %d, asked again: %v", i, err)
		}
	}
	for _, c := range people {
		c.Wants(t, 1_200+400)
	}
	shop.verify(t)
}

// Connections die while groups are on their way: none of their orders is lost, doubled or half.
func TestConnectionsDieWhileGroupsArePosted(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	people := shop.regulars(t, 20)
	before := shop.transactions(t)
	stop, killed := make(chan struct{}), make(chan int, 1)
	go func() { killed <- killConnections(t, shop, stop) }()
	atOnce(48, func(client int) {
		for n := range 12 {
			postUntilAnswered(t, shop, key(fmt.Sprint(client, "-", n), ""), people[rand.IntN(len(people))].Order(t, "10,000"))
		}
	})
	close(stop)
	t.Logf("%d connections were killed, %d transactions", <-killed, shop.transactions(t)-before)
	if n := shop.ID(t, `SELECT count(*) FROM orders WHERE merchant_id = $1`); n != 20+48*12 {
		t.Errorf("%d orders are there, want %d", n, 20+48*12)
	}
	if n := shop.ID(t, `SELECT sum(points) FROM entries WHERE merchant_id = $1 AND rule = 'purchase'`); n != (20+48*12)*200 {
		t.Errorf("%d points were earned", n)
	}
	if n := shop.transactions(t) - before; n >= 48*12 {
		t.Errorf("%d transactions: nobody shared one", n)
	}
	shop.verify(t)
}

// A budget that all members share is spent to the last point, whoever comes in which turn.
func TestASharedLimitInAGroup(t *testing.T) {
	t.Parallel()
	shop := newStory(t, func(doc *terms.Terms) {
		doc.Earning[0].Limits = []terms.Limit{{Per: terms.PerLife, Points: 2_000, Shared: true}}
	})
	people := shop.regulars(t, 3)
	shop.gathered(t, 9, func(i int) {
		if _, err := shop.post(store.Key{}, people[i%3].Order(t, "10,000")); err != nil {
			t.Errorf("order %d: %v", i, err)
		}
	})
	if n := shop.ID(t, `SELECT sum(points) FROM entries WHERE merchant_id = $1 AND rule = 'purchase'`); n != 2_000 {
		t.Errorf("%d points were earned", n)
	}
	if n := shop.ID(t, `SELECT used FROM limit_uses WHERE merchant_id = $1 AND scope = 'shop'`); n != 2_000 {
		t.Errorf("%d points are counted", n)
	}
	shop.verify(t)
}
