package store_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
	"dangol/models/store/storetest"
)

func TestATransactionInBatches(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	insert := func(code string) *pgx.Batch {
		batch := &pgx.Batch{}
		batch.Queue(`INSERT INTO stores (merchant_id, code, name, created_at) VALUES ($1, $2, 'x', now())`, shop.MerchantID, code)
		return batch
	}
	stores := func() (n int) {
		if err := shop.DB.Pool().QueryRow(t.Context(), `SELECT count(*) FROM stores`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	failed := errors.New("failed")
	for _, story := range []struct {
		name string
		fn   func(*store.Tx) error
		fail bool
		more int
	}{
		{"nothing at all", func(*store.Tx) error { return nil }, false, 0},
		{"two batches", func(tx *store.Tx) error {
			return errors.Join(tx.PG().SendBatch(tx.Ctx(), insert("a")).Close(), tx.Finish(insert("b")))
		}, false, 2},
		{"a batch and no finish", func(tx *store.Tx) error { return tx.PG().SendBatch(tx.Ctx(), insert("c")).Close() }, false, 1},
		{"a failure after a batch", func(tx *store.Tx) error {
			return errors.Join(tx.PG().SendBatch(tx.Ctx(), insert("d")).Close(), failed)
		}, true, 0},
		{"the last batch fails", func(tx *store.Tx) error {
			return errors.Join(tx.PG().SendBatch(tx.Ctx(), insert("e")).Close(), tx.Finish(insert("e")))
		}, true, 0},
		{"the first batch fails", func(tx *store.Tx) error { return tx.PG().SendBatch(tx.Ctx(), insert("NO")).Close() }, true, 0},
		{"a query first", func(tx *store.Tx) error {
			var one int
			return errors.Join(tx.PG().QueryRow(tx.Ctx(), `SELECT 1`).Scan(&one), tx.Finish(insert("f")))
		}, false, 1},
		{"gorm first, undone", func(tx *store.Tx) error {
			return errors.Join(tx.Gorm().Exec(`INSERT INTO stores (merchant_id, code, name, created_at) VALUES (?, 'g', 'x', now())`, shop.MerchantID).Error, failed)
		}, true, 0},
	} {
		before := stores()
		err := store.InBatches(t.Context(), shop.DB, shop.MerchantID, story.fn)
		if (err != nil) != story.fail || stores()-before != story.more {
			t.Errorf("%s: %v, %d more stores; want %d", story.name, err, stores()-before, story.more)
		}
	}
}
