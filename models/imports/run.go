package imports

import (
	"context"
	"errors"
	"sync"
	"time"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
	"dangol/models/tasks"

	"golang.org/x/sync/errgroup"
)

// phase is what a task of an import does.
type phase struct {
	Phase string `json:"phase"`
}

const (
	checking = "check"
	running  = "run"
)

// StartCheck asks for a dry run: it writes nothing but what it found. Errors: models.Invalid for a mapping that lacks
// something; models.Conflict "import_state", "already_posting", "no_terms"; models.NotFound.
func (d *Desk) StartCheck(ctx context.Context, merchantID, id int64, actor models.Actor) (taskID int64, err error) {
	return d.start(ctx, merchantID, id, actor, Checking, tasks.Params{Kind: tasks.Import, Args: phase{checking}})
}

// StartRun asks for what the dry run has shown. One import runs at a time in a shop. Errors: as StartCheck;
// models.Conflict "import_running".
func (d *Desk) StartRun(ctx context.Context, merchantID, id int64, actor models.Actor) (taskID int64, err error) {
	return d.start(ctx, merchantID, id, actor, Running, tasks.Params{Kind: tasks.Import, Args: phase{running}})
}

func (d *Desk) start(ctx context.Context, merchantID, id int64, actor models.Actor, to State, p tasks.Params) (taskID int64, err error) {
	err = store.InTx(ctx, d.DB, merchantID, func(tx *store.Tx) error {
		imp, err := lock(tx, id)
		if err != nil {
			return err
		}
		if err := imp.may(tx, to); err != nil {
			return err
		}
		if err := imp.become(tx, to); err != nil {
			return err
		}
		if p.Total, err = imp.pieces(tx, to); err != nil {
			return err
		}
		p.SubjectID, p.StaffID = id, actor.StaffID
		if taskID, err = tasks.Create(tx, p); err != nil {
			return err
		}
		return audit.Record(tx, actor, "import."+string(to), subject(id), map[string]any{
			"mode": imp.Mode, "reason": imp.Options.Reason, "counts": imp.Counts})
	})
	return taskID, err
}

// may says whether a step may begin now.
func (imp *Import) may(tx *store.Tx, to State) error {
	if to == Undoing {
		return nil
	}
	if err := imp.allowed(tx); err != nil {
		return err
	}
	if _, err := imp.job(tx); err != nil {
		return err
	}
	if to != Running {
		return nil
	}
	if imp.State == Failed {
		if left, err := imp.chunks(tx); err != nil || len(left) == 0 {
			return errors.Join(err, models.Conflicting("import_state", map[string]any{"state": string(imp.State)}))
		}
	}
	var others bool
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT EXISTS (SELECT FROM imports WHERE merchant_id = $1 AND id <> $2 AND state IN ('running', 'undoing'))`,
		tx.MerchantID(), imp.ID).Scan(&others)
	if err == nil && others {
		err = models.Conflicting("import_running", nil)
	}
	return err
}

// pieces is the size of a step, for its progress: rows to be written or to be looked at.
func (imp *Import) pieces(tx *store.Tx, to State) (n int64, err error) {
	switch to {
	case Checking:
		n = imp.Counts.Rows
	case Running:
		err = tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce(sum(size), 0) FROM import_chunks WHERE merchant_id = $1 AND import_id = $2 AND done_at IS NULL`,
			tx.MerchantID(), imp.ID).Scan(&n)
	case Undoing:
		n = imp.Counts.New
	}
	return n, err
}

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

// Progress is how far the work on an import is.
type Progress struct {
	Import
	Task      tasks.Task // the latest; the zero value before the first
	PerSecond int64      // rows written, from the beginning of the task
	Left      time.Duration
}

// Watch reads an import and its latest task. Errors: models.NotFound.
func Watch(tx *store.Tx, id int64) (p Progress, err error) {
	if p.Import, err = Find(tx, id); err != nil {
		return p, err
	}
	for _, kind := range []tasks.Kind{tasks.Import, tasks.ImportUndo} {
		task, err := tasks.Latest(tx, kind, id)
		if err == nil && task.ID > p.Task.ID {
			p.Task = task
		} else if err != nil && models.KindOf(err) != models.NotFound {
			return p, err
		}
	}
	if p.Task.StartedAt != nil {
		if seconds := tx.Wall().Sub(*p.Task.StartedAt).Seconds(); seconds > 0 {
			p.PerSecond = int64(float64(p.Task.Done) / seconds)
		}
		p.Left = p.Task.Left(tx.Wall())
	}
	return p, nil
}
