package transfers_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"dangol/models"
	"dangol/models/causes"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/models/transfers"
)

func generous(doc *terms.Terms) {
	doc.Earning = doc.Earning[:1] // two percent
	doc.Transfers = []terms.Transfer{{Unit: "point", Minimum: 10, PerDay: 1_500}}
	doc.Causes = []terms.Cause{{Code: "trees", Name: terms.Text{Ko: "나무", En: "Trees"}, Unit: "point", Minimum: 50, Share: terms.Percent(1)}}
}

func gives(t *testing.T, shop *shoptest.Shop, id string, from, to *shoptest.Customer, points int64) (transfers.Receipt, error) {
	t.Helper()
	return transfers.Give(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, models.TransferParams{
		ExternalID: id, From: models.CustomerRef{ID: from.ID}, To: models.CustomerRef{ID: to.ID}, Points: points,
	})
}

func sound(t *testing.T, shop *shoptest.Shop) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), shop.DB, programs.Running)
	if err != nil || report.Found > 0 {
		t.Errorf("verify: %v, %+v", err, report.Findings)
	}
}

func code(err error) string {
	e, ok := errors.AsType[*models.Error](err)
	if !ok {
		return fmt.Sprint(err)
	}
	if len(e.Fields) > 0 {
		return e.Fields[0].Field + " " + e.Fields[0].Code
	}
	return e.Code
}

func TestMembersGiveToEachOther(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, generous)
	shop.Maya.Buys(t, "100,000") // 2,000
	shop.Joon.Buys(t, "5,000")   // 100
	r, err := gives(t, shop, "T1", shop.Maya, shop.Joon, 1_200)
	if err != nil || r.Left != 800 || r.Unit != "point" || r.Lots != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	shop.Maya.Wants(t, 800)
	shop.Joon.Wants(t, 1_300)
	if again, err := gives(t, shop, "T1", shop.Maya, shop.Joon, 1_200); err != nil || !again.Replay || again.ID != r.ID {
		t.Errorf("told again: %+v, %v", again, err)
	}
	for want, try := range map[string]func() (transfers.Receipt, error){
		"transfer_has_changed": func() (transfers.Receipt, error) { return gives(t, shop, "T1", shop.Maya, shop.Joon, 1_100) },
		"above_day":            func() (transfers.Receipt, error) { return gives(t, shop, "T2", shop.Maya, shop.Joon, 301) },
		"below_minimum":        func() (transfers.Receipt, error) { return gives(t, shop, "T2", shop.Maya, shop.Joon, 9) },
		"not_enough_points":    func() (transfers.Receipt, error) { return gives(t, shop, "T2", shop.Joon, shop.Maya, 1_301) },
		"to same_customer":     func() (transfers.Receipt, error) { return gives(t, shop, "T2", shop.Maya, shop.Maya, 10) },
		"to unknown":           func() (transfers.Receipt, error) { return gives(t, shop, "T2", shop.Maya, shop.Meets(t, "Guest"), 10) },
		"points required":      func() (transfers.Receipt, error) { return gives(t, shop, "T2", shop.Maya, shop.Joon, -10) },
	} {
		if _, err := try(); code(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	shop.Maya.Wants(t, 800)
	sound(t, shop)
}

// S-L5: twenty gifts at once, in both directions, and nothing is lost, doubled or below zero.
func TestGiftsAtOnce(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, generous, func(doc *terms.Terms) { doc.Transfers[0].PerDay = 0 })
	shop.Maya.Buys(t, "10,000") // 200
	shop.Joon.Buys(t, "10,000")
	var done atomic.Int64
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			from, to := shop.Maya, shop.Joon
			if i%5 == 0 {
				from, to = to, from
			}
			switch _, err := gives(t, shop, fmt.Sprint("T", i), from, to, 100); {
			case err == nil:
				done.Add(1)
			case code(err) != "not_enough_points":
				t.Error(err)
			}
		})
	}
	all.Wait()
	if a, b := shop.Maya.Has(t).Available, shop.Joon.Has(t).Available; a+b != 400 || a < 0 || b < 0 || done.Load() < 4 {
		t.Errorf("%d and %d after %d gifts", a, b, done.Load())
	}
	sound(t, shop)
}

func TestCausesArePooledByMonth(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, generous)
	order := shop.Maya.Buys(t, "100,000")
	donate := func(id, cause string, points int64) (causes.Receipt, error) {
		return causes.Donate(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{},
			models.DonationParams{ExternalID: id, Customer: models.CustomerRef{ID: shop.Maya.ID}, Cause: cause, Points: points})
	}
	if r, err := donate("D1", "trees", 500); err != nil || r.Worth != 500 || r.Left != 1_500 {
		t.Fatalf("%+v, %v", r, err)
	}
	if again, err := donate("D1", "trees", 500); err != nil || !again.Replay {
		t.Errorf("%+v, %v", again, err)
	}
	for want, try := range map[string]func() (causes.Receipt, error){
		"donation_has_changed": func() (causes.Receipt, error) { return donate("D1", "trees", 501) },
		"not_donatable":        func() (causes.Receipt, error) { return donate("D2", "whales", 500) },
		"below_minimum":        func() (causes.Receipt, error) { return donate("D2", "trees", 49) },
		"not_enough_points":    func() (causes.Receipt, error) { return donate("D2", "trees", 1_501) },
	} {
		if _, err := try(); code(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	shop.Returns(t, order, "10,050")
	shop.In(t, func(tx *store.Tx) error {
		pools, err := causes.Pools(tx, "", tx.Today())
		if err != nil || len(pools) != 1 || pools[0].Donations != 1 || pools[0].Points != 500 || pools[0].Sales != 89_950 || pools[0].Share != 899 {
			t.Errorf("%+v, %v", pools, err)
		}
		if last, err := causes.Pools(tx, "", tx.Today().AddMonths(-1)); err != nil || last[0].Points != 0 || last[0].Share != 0 {
			t.Errorf("%+v, %v", last, err)
		}
		return nil
	})
	sound(t, shop)
}
