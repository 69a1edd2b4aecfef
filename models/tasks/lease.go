package tasks

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"time"

	"dangol/models/store"
)

const (
	leaseFor  = 15 * time.Second
	heartbeat = 5 * time.Second
)

var (
	// ErrHeld says that somebody else is at the task, or that nothing is left to do.
	ErrHeld = errors.New("tasks: somebody else is at it, or it is over")
	// ErrLost says that the lease ran out and the task is somebody else's now, or was stopped: the chunk in hand must not
	// be committed.
	ErrLost = errors.New("tasks: the lease is lost")
)

// Lease is the right to work on a task. Only its holder's chunks are committed. It is safe for concurrent use, so that
// several chunks may be worked on in parallel.
type Lease struct {
	Task    Task // as it was when the lease was taken
	db      *store.DB
	owner   string
	ctx     context.Context
	cancel  context.CancelCauseFunc
	beating sync.WaitGroup
}

// Take takes the lease of a task and keeps it alive until Release, Finish or Fail. Errors: ErrHeld.
func Take(ctx context.Context, db *store.DB, merchantID, id int64) (*Lease, error) {
	l := &Lease{db: db, owner: rand.Text()}
	err := store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		tag, err := tx.PG().Exec(tx.Ctx(), `
			UPDATE tasks SET state = 'running', lease_owner = $3, lease_until = $4, started_at = coalesce(started_at, $5)
			WHERE merchant_id = $1 AND id = $2 AND state IN ('waiting', 'running') AND (lease_until IS NULL OR lease_until < $5)`,
			merchantID, id, l.owner, tx.Wall().Add(leaseFor), tx.Wall())
		if err == nil && tag.RowsAffected() == 0 {
			err = ErrHeld
		}
		if err != nil {
			return err
		}
		l.Task, err = Find(tx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	l.ctx, l.cancel = context.WithCancelCause(ctx)
	l.beating.Go(l.beat)
	return l, nil
}

// Ctx ends when the lease does: work under it.
func (l *Lease) Ctx() context.Context { return l.ctx }

// Lost is ErrLost once the lease is known to be lost, and nil before.
func (l *Lease) Lost() error {
	if errors.Is(context.Cause(l.ctx), ErrLost) {
		return ErrLost
	}
	return nil
}

// beat prolongs the lease while a chunk takes its time. A heartbeat that fails is tried again: the lease itself says
// when it is too late.
func (l *Lease) beat() {
	ticker := time.NewTicker(heartbeat)
	defer ticker.Stop()
	for {
		select {
		case <-l.ctx.Done():
			return
		case <-ticker.C:
		}
		err := store.InTx(l.ctx, l.db, l.Task.MerchantID, func(tx *store.Tx) error { return l.update(tx, ``) })
		if errors.Is(err, ErrLost) {
			l.cancel(ErrLost)
			return
		}
	}
}

// Advance notes, in the transaction of a chunk and as its last statement, how far the work is and that done more pieces
// are done. A nil cursor leaves the cursor alone. Errors: ErrLost; the transaction must then be rolled back, which
// returning the error from store.InTx does.
func (l *Lease) Advance(tx *store.Tx, cursor any, done int64) error {
	if cursor == nil {
		return l.update(tx, `, done = done + $5`, done)
	}
	b, err := document(cursor)
	if err != nil {
		return err
	}
	return l.update(tx, `, done = done + $5, cursor = $6`, done, b)
}

// SetTotal corrects the size of the task, once it is known.
func (l *Lease) SetTotal(tx *store.Tx, total int64) error { return l.update(tx, `, total = $5`, total) }

// Finish ends the task as done, in the transaction of its last piece.
func (l *Lease) Finish(tx *store.Tx) error {
	return l.update(tx, `, state = 'done', finished_at = $5`, tx.Wall())
}

func (l *Lease) update(tx *store.Tx, set string, args ...any) error {
	tag, err := tx.PG().Exec(tx.Ctx(), `UPDATE tasks SET lease_until = $4`+set+`
		WHERE merchant_id = $1 AND id = $2 AND lease_owner = $3 AND state = 'running'`,
		append([]any{l.Task.MerchantID, l.Task.ID, l.owner, tx.Wall().Add(leaseFor)}, args...)...)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrLost
	}
	return err
}

// Release stops the heartbeat and lets somebody else go on after the pause; a finished task stays finished.
func (l *Lease) Release(pause time.Duration) error {
	return l.end(func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), `UPDATE tasks SET state = 'waiting', lease_owner = NULL, lease_until = $4
			WHERE merchant_id = $1 AND id = $2 AND lease_owner = $3 AND state = 'running'`,
			l.Task.MerchantID, l.Task.ID, l.owner, tx.Wall().Add(pause))
		return err
	})
}

// Fail ends the task as failed, with a code that the screens have words for.
func (l *Lease) Fail(code string) error {
	return l.end(func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), `UPDATE tasks SET state = 'failed', error = $4, finished_at = $5, lease_owner = NULL, lease_until = NULL
			WHERE merchant_id = $1 AND id = $2 AND lease_owner = $3 AND state = 'running'`,
			l.Task.MerchantID, l.Task.ID, l.owner, code, tx.Wall())
		return err
	})
}

// end writes the last word even when the program is being stopped.
func (l *Lease) end(last func(*store.Tx) error) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(l.ctx), 5*time.Second)
	defer stop()
	l.cancel(context.Canceled)
	l.beating.Wait()
	return store.InTx(ctx, l.db, l.Task.MerchantID, last)
}
