package imports

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"dangol/models/store"
	"dangol/models/tasks"
)

// Work does a task of an import: it is the worker of tasks.Import and tasks.ImportUndo. Errors as tasks.Hold.
func (d *Desk) Work(ctx context.Context, _ *store.DB, merchantID, taskID int64) error {
	var id int64
	err := tasks.Hold(ctx, d.DB, merchantID, taskID, func(l *tasks.Lease) error {
		id = l.Task.SubjectID
		if l.Task.Kind == tasks.ImportUndo {
			return d.undo(l)
		}
		var p phase
		if err := fromJSON(l.Task.Args, &p); err != nil {
			return err
		}
		if p.Phase == checking {
			return d.checkHeld(l)
		}
		return d.runHeld(l)
	})
	return errors.Join(err, d.noteFailure(ctx, merchantID, id, taskID))
}

// noteFailure brings the import's state to what its task came to.
func (d *Desk) noteFailure(ctx context.Context, merchantID, id, taskID int64) error {
	if id == 0 || ctx.Err() != nil {
		return nil //nolint:nilerr // whoever goes on notes it
	}
	return store.InTx(ctx, d.DB, merchantID, func(tx *store.Tx) error {
		task, err := tasks.Find(tx, taskID)
		if err != nil || task.State != tasks.Failed && task.State != tasks.Stopped {
			return err
		}
		imp, err := lock(tx, id)
		if err != nil {
			return err
		}
		switch imp.State {
		case Undoing:
			return imp.become(tx, Done) // what was taken back stays so; the rest can be undone again
		case Checking, Running:
			return imp.become(tx, Failed)
		}
		return nil
	})
}

func (d *Desk) checkHeld(l *tasks.Lease) error {
	return store.InTx(l.Ctx(), d.DB, l.Task.MerchantID, func(tx *store.Tx) error {
		imp, err := Find(tx, l.Task.SubjectID)
		if err != nil {
			return err
		}
		if err := imp.allowed(tx); err != nil {
			return err
		}
		if err := d.check(tx, &imp); err != nil {
			return err
		}
		if err := imp.become(tx, Checked); err != nil {
			return err
		}
		if err := l.Advance(tx, nil, imp.Counts.Rows); err != nil {
			return err
		}
		return l.Finish(tx)
	})
}

// width is how many chunks are written side by side: two, where there are connections enough for others beside them.
func (d *Desk) width() int {
	if d.DB.Pool().Config().MaxConns < 4 {
		return 1
	}
	return 2
}

// runHeld writes the chunks that are not done, and then finishes.
func (d *Desk) runHeld(l *tasks.Lease) error {
	j, todo, err := d.begin(l)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(l.Ctx())
	group.SetLimit(d.width())
	var size growth
	for _, c := range todo {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			if err := d.writeChunk(ctx, l, j, c); err != nil || !size.grew(c.size) {
				return err
			}
			return d.measureShop(ctx, l.Task.MerchantID)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return d.finish(l)
}

func (d *Desk) begin(l *tasks.Lease) (j *job, todo []*chunk, err error) {
	err = store.InTx(l.Ctx(), d.DB, l.Task.MerchantID, func(tx *store.Tx) error {
		imp, err := Find(tx, l.Task.SubjectID)
		if err != nil {
			return err
		}
		if err := imp.allowed(tx); err != nil {
			return err
		}
		if err := imp.fixMerchant(tx); err != nil {
			return err
		}
		if j, err = imp.job(tx); err != nil {
			return err
		}
		todo, err = imp.chunks(tx)
		return err
	})
	return j, todo, err
}

// fixMerchant notes that the shop has orders now, which fixes its zone and its currency.
func (imp *Import) fixMerchant(tx *store.Tx) error {
	column := "first_order_at"
	if imp.Mode == Opening {
		column = "first_posting_at" // a balance that somebody owns is no rehearsal
	}
	if imp.what() == "people" {
		return nil
	}
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET `+column+` = $2 WHERE id = $1 AND `+column+` IS NULL`, tx.MerchantID(), tx.Now())
	return err
}

// chunkTries is how often a chunk is tried that met somebody at the same customer.
const chunkTries = 4

// writeChunk writes one chunk and its mark in one transaction. A customer whom a till makes at the same moment is met at a
// unique constraint; the next try finds them.
func (d *Desk) writeChunk(ctx context.Context, l *tasks.Lease, j *job, c *chunk) error {
	for try := 1; ; try++ {
		err := store.InTx(ctx, d.DB, l.Task.MerchantID, func(tx *store.Tx) error {
			if err := forMany(tx); err != nil {
				return err
			}
			if err := j.write(tx, c); err != nil {
				return err
			}
			if err := c.mark(tx, j.imp.ID); err != nil {
				return err
			}
			return l.Advance(tx, nil, c.size)
		})
		c.people = nil
		if err == nil || try == chunkTries || !met(err) {
			return err
		}
	}
}

// met says whether a chunk failed because somebody else wrote the same customer or order meanwhile.
func met(err error) bool {
	switch store.Constraint(err) {
	case "customers_phone_key", "customers_email_key", "customers_external_id_key", "orders_external_id_key", "import_openings_pkey",
		"customer_search_pkey", "accounts_unit_key", "memberships_customer_key":
		return true
	}
	return false
}

// finish ends the import: what was planned goes, the errors and the choice of columns stay.
func (d *Desk) finish(l *tasks.Lease) error {
	merchantID, id := l.Task.MerchantID, l.Task.SubjectID
	if err := d.refresh(l.Ctx(), merchantID); err != nil {
		return err
	}
	err := store.InTx(l.Ctx(), d.DB, merchantID, func(tx *store.Tx) error {
		imp, err := lock(tx, id)
		if err != nil {
			return err
		}
		if err := imp.remember(tx); err != nil {
			return err
		}
		for _, table := range []string{"import_rows", "import_people", "import_chunks"} {
			if err := imp.empty(tx, table); err != nil {
				return err
			}
		}
		if err := imp.become(tx, Done); err != nil {
			return err
		}
		return l.Finish(tx)
	})
	if err == nil {
		d.forget(merchantID, id)
	}
	return err
}

// refresh brings what is computed over all customers up to date, still under the lease: whoever takes over does it again.
func (d *Desk) refresh(ctx context.Context, merchantID int64) error {
	if d.Refresh == nil {
		return nil
	}
	return d.Refresh(ctx, merchantID)
}
