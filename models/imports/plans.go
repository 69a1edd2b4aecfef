package imports

import (
	"context"
	"sync"

	"dangol/models/store"
)

// growth tells when so many rows have been written that the planner should look again: at 5,000, 20,000, 80,000 …
type growth struct {
	mu         sync.Mutex
	rows, next int64
}

func (g *growth) grew(rows int64) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.rows += rows; g.next == 0 {
		g.next = 5000
	}
	if g.rows < g.next {
		return false
	}
	for g.next <= g.rows {
		g.next *= 4
	}
	return true
}

// measureShop lets the planner know that the shop is not empty any more.
func (d *Desk) measureShop(ctx context.Context, merchantID int64) error {
	return store.InTx(ctx, d.DB, merchantID, func(tx *store.Tx) error {
		if err := tx.AllowLong(checkTime); err != nil {
			return err
		}
		_, err := tx.PG().Exec(tx.Ctx(), `SELECT refresh_statistics()`)
		return err
	})
}

// forMany prepares a transaction for statements over thousands of rows. They find their rows by index: what the planner
// believes of tables that fill while it looks is worth nothing, least of all for the checks of foreign keys, whose plans are
// kept as long as the connection.
func forMany(tx *store.Tx) error {
	if err := tx.AllowLong(checkTime); err != nil {
		return err
	}
	_, err := tx.PG().Exec(tx.Ctx(), `SET LOCAL enable_seqscan = off`)
	return err
}

// anew lets the statements of fn be planned for what they are given now; a plan kept from a till is one for a single
// member. Not for writing: the checks of foreign keys would be planned anew for each row.
func anew(tx *store.Tx, fn func() error) error {
	if _, err := tx.PG().Exec(tx.Ctx(), `SET LOCAL plan_cache_mode = force_custom_plan`); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return err
	}
	_, err := tx.PG().Exec(tx.Ctx(), `SET LOCAL plan_cache_mode = auto`)
	return err
}
