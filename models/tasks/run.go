package tasks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

// Progress is what one chunk has achieved.
type Progress struct {
	Cursor   any   // where the next chunk begins, as JSON; nil: unchanged
	Done     int64 // pieces done in this chunk
	Finished bool  // nothing is left
}

// Step does one chunk of a task in tx, from the cursor that the last chunk left ("{}" at first).
type Step func(tx *store.Tx, task Task, cursor json.RawMessage) (Progress, error)

// pause is how long a task rests when the database was away.
const pause = 10 * time.Second

// Run works on a task, chunk by chunk, until it is over, the lease is lost or ctx ends. Each chunk and its cursor are
// committed together. A chunk that fails because the database is busy leaves the task waiting for the next sweep; any
// other failure, a panic too, ends it as failed. Errors: ErrHeld, ErrLost, and whatever the chunk failed with.
func Run(ctx context.Context, db *store.DB, merchantID, id int64, step Step) error {
	return Hold(ctx, db, merchantID, id, func(l *Lease) error { return l.steps(step) })
}

// Hold is Run for work that makes its own chunks, several side by side perhaps: each ends with Advance, the last with
// Finish, all under l.Ctx(). Errors as Run.
func Hold(ctx context.Context, db *store.DB, merchantID, id int64, work func(l *Lease) error) error {
	lease, err := Take(ctx, db, merchantID, id)
	if err != nil {
		return err
	}
	return lease.Settle(guarded(lease, work))
}

// guarded turns a panic into an error, so that one bad task does not take the shop's counter with it.
func guarded(l *Lease, work func(*Lease) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("tasks: panic: %v\n%s", p, debug.Stack())
		}
	}()
	return work(l)
}

func (l *Lease) steps(step Step) error {
	cursor := l.Task.Cursor
	for finished := false; !finished; {
		err := store.InTx(l.ctx, l.db, l.Task.MerchantID, func(tx *store.Tx) (err error) {
			cursor, finished, err = l.chunk(tx, step, cursor)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// chunk may run more than once for one commit: it touches nothing outside tx.
func (l *Lease) chunk(tx *store.Tx, step Step, cursor json.RawMessage) (json.RawMessage, bool, error) {
	p, err := step(tx, l.Task, cursor)
	if err != nil {
		return cursor, false, err
	}
	if err := l.Advance(tx, p.Cursor, p.Done); err != nil {
		return cursor, false, err
	}
	if p.Finished {
		return cursor, true, l.Finish(tx)
	}
	if p.Cursor != nil {
		cursor, err = document(p.Cursor)
	}
	return cursor, false, err
}

// Settle ends the lease according to how the work went: nil or ErrLost leave the task as it is; a busy database, a
// sandbox's clock on its way or a stopping program leave it waiting; any other error fails it. It returns err.
func (l *Lease) Settle(err error) error {
	switch {
	case l.Lost() != nil || errors.Is(err, ErrLost):
		l.cancel(ErrLost)
		l.beating.Wait()
		return ErrLost
	case err == nil, errors.Is(err, context.Canceled):
		return errors.Join(err, l.Release(0))
	case models.KindOf(err) == models.Unavailable, errors.Is(err, models.ErrClockMoving):
		return errors.Join(err, l.Release(pause))
	}
	return errors.Join(err, l.Fail(code(err)))
}

func code(err error) string {
	if e, ok := errors.AsType[*models.Error](err); ok {
		return e.Code
	}
	return "internal"
}

// Due is a task that nobody is at.
type Due struct {
	MerchantID int64
	ID         int64
	Kind       Kind
}

// Sweep lists the tasks of all merchants that nobody is at: new ones, and those whose holder has died.
func Sweep(ctx context.Context, db *store.DB) (due []Due, err error) {
	err = store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		rows, err := tx.PG().Query(tx.Ctx(), `SELECT merchant_id, id, kind FROM tasks
			WHERE state IN ('waiting', 'running') AND (lease_until IS NULL OR lease_until < $1)
			ORDER BY lease_until NULLS FIRST, id LIMIT 100`, tx.Wall())
		if err != nil {
			return err
		}
		due, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Due])
		return err
	})
	return due, err
}

// Workers says for each kind how it is run.
type Workers map[Kind]func(ctx context.Context, db *store.DB, merchantID, id int64) error

// Work sweeps at once and then every interval, and runs what is due, at most width tasks side by side, until ctx ends;
// then it waits for those at work to let go. Every program of an installation may call it.
func Work(ctx context.Context, db *store.DB, workers Workers, interval time.Duration, width int, log *slog.Logger) {
	slots := make(chan struct{}, width)
	defer func() {
		for range width {
			slots <- struct{}{}
		}
	}()
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		due, err := Sweep(ctx, db)
		if err != nil && ctx.Err() == nil {
			log.Warn("tasks cannot be looked for", "error", err)
		}
		for _, d := range due {
			select {
			case slots <- struct{}{}:
				go func() { defer func() { <-slots }(); workers.run(ctx, db, d, log) }()
			default: // all hands are full: the next sweep finds it again
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (w Workers) run(ctx context.Context, db *store.DB, d Due, log *slog.Logger) {
	run, ok := w[d.Kind]
	if !ok {
		return
	}
	err := run(ctx, db, d.MerchantID, d.ID)
	if err != nil && !errors.Is(err, ErrHeld) && ctx.Err() == nil {
		log.Error("task", "merchant", d.MerchantID, "task", d.ID, "kind", d.Kind, "error", err)
	}
}
