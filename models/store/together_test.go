package store_test

import (
	"errors"
	"sync"
	"testing"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

// Every part is done once and sees the rows of the first moment, whatever is written meanwhile.
func TestPartsThatAreReadTogetherSeeOneMoment(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	const parts = 40
	var mu sync.Mutex
	seen := map[int]int{}
	err := store.ReadTogether(t.Context(), shop.DB, shop.MerchantID, 4, parts, func(tx *store.Tx, n int) error {
		var rows int
		if err := tx.PG().QueryRow(tx.Ctx(), `SELECT count(*) FROM stores WHERE merchant_id = $1`, tx.MerchantID()).Scan(&rows); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		if seen[n]++; rows != 0 {
			t.Errorf("part %d sees %d rows", n, rows)
		}
		if n != 0 {
			return nil
		}
		admin := shop.Admin(t)
		_, err := admin.Exec(t.Context(), `INSERT INTO stores (merchant_id, code, name, created_at) VALUES ($1, 'new', 'new', now())`, shop.MerchantID)
		return err
	})
	if err != nil || len(seen) != parts {
		t.Fatalf("%d parts were done: %v", len(seen), err)
	}
	for n, times := range seen {
		if times != 1 {
			t.Errorf("part %d was done %d times", n, times)
		}
	}
	if count(t, shop.DB, "stores") != 1 {
		t.Error("nothing was written meanwhile")
	}
}

// One part that fails ends them all with its error, and an unknown shop has none.
func TestPartsThatAreReadTogetherFailTogether(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	stop := errors.New("stop")
	err := store.ReadTogether(t.Context(), shop.DB, shop.MerchantID, 3, 30, func(_ *store.Tx, n int) error {
		if n == 7 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) {
		t.Error(err)
	}
	err = store.ReadTogether(t.Context(), shop.DB, -1, 3, 30, func(*store.Tx, int) error { return nil })
	if models.KindOf(err) != models.NotFound {
		t.Error(err)
	}
}
