package accrual_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
)

// Connections die at any moment, also between a commit and its answer. Whoever was not answered asks again with the
// same key. Nothing is lost, nothing is doubled, nothing is half.
func TestConnectionsDieWhileOrdersArePosted(t *testing.T) {
	t.Parallel()
	shop := newStory(t)
	var people []*shoptest.Customer
	for i := range 20 {
		people = append(people, shop.Meets(t, fmt.Sprint("customer ", i)))
	}
	stop, killed := make(chan struct{}), make(chan int, 1)
	go func() { killed <- killConnections(t, shop, stop) }()
	var acked atomic.Int64
	atOnce(8, func(client int) {
		for n := range 40 {
			order := people[rand.IntN(len(people))].Order(t, "10,000")
			postUntilAnswered(t, shop, key(fmt.Sprint(client, "-", n), ""), order)
			acked.Add(1)
		}
	})
	close(stop)
	if n := <-killed; n < 20 {
		t.Fatalf("only %d connections were killed: nothing was tried", n)
	}
	if n := shop.ID(t, `SELECT count(*) FROM orders WHERE merchant_id = $1`); n != acked.Load() {
		t.Errorf("%d orders were acknowledged, %d are there", acked.Load(), n)
	}
	if n := shop.ID(t, `SELECT sum(points) FROM entries WHERE merchant_id = $1 AND rule = 'purchase'`); n != acked.Load()*200 {
		t.Errorf("%d orders earned %d points", acked.Load(), n)
	}
	report, err := ledger.Verify(t.Context(), shop.DB, programs.Running)
	if err != nil || report.Found > 0 {
		t.Errorf("verify: %v, %+v", err, report.Findings)
	}
}

func killConnections(t *testing.T, shop story, stop chan struct{}) (killed int) {
	admin := shop.Admin(t)
	for killed < 60 { // then somebody who has one connection only gets on as well
		select {
		case <-stop:
			return killed
		case <-time.After(time.Duration(rand.IntN(15)) * time.Millisecond):
		}
		tag, err := admin.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle' ORDER BY random() LIMIT 1`)
		if err != nil {
			t.Error(err)
			return killed
		}
		killed += int(tag.RowsAffected())
	}
	return killed
}

func postUntilAnswered(t *testing.T, shop story, k store.Key, order models.OrderParams) {
	for {
		_, err := accrual.Accrue(t.Context(), shop.DB, shop.MerchantID, shop.Till, k, order)
		if err == nil {
			return
		}
		if !errors.Is(err, models.ErrUnavailable) && !errors.Is(err, models.ErrKeyBusy) {
			t.Errorf("order %s: %v", order.ExternalID, err)
			return
		}
	}
}
