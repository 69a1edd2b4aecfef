package tasks_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/models/tasks"
)

// count is a task that notes its pieces 1..n as attempts of a scope, so that doubles would show.
type count struct{ Next int }

func create(t *testing.T, shop *storetest.Shop, total int64) (id int64) {
	t.Helper()
	inTx(t, shop, func(tx *store.Tx) (err error) {
		id, err = tasks.Create(tx, tasks.Params{Kind: tasks.Give, SubjectID: 7, Args: count{}, Total: total})
		return err
	})
	return id
}

func inTx(t *testing.T, shop *storetest.Shop, fn func(*store.Tx) error) {
	t.Helper()
	if err := store.InTx(t.Context(), shop.DB, shop.MerchantID, fn); err != nil {
		t.Fatal(err)
	}
}

func find(t *testing.T, shop *storetest.Shop, id int64) (task tasks.Task) {
	t.Helper()
	inTx(t, shop, func(tx *store.Tx) (err error) { task, err = tasks.Find(tx, id); return err })
	return task
}

func step(n int) tasks.Step {
	return func(tx *store.Tx, task tasks.Task, cursor json.RawMessage) (tasks.Progress, error) {
		var c count
		if err := json.Unmarshal(cursor, &c); err != nil {
			return tasks.Progress{}, err
		}
		c.Next++
		_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO business_days (merchant_id, day, closed_at) VALUES ($1, date '2026-01-01' + $2::int, $3)`,
			tx.MerchantID(), c.Next, tx.Wall())
		return tasks.Progress{Cursor: c, Done: 1, Finished: c.Next == n}, err
	}
}

func pieces(t *testing.T, shop *storetest.Shop) (n int) {
	t.Helper()
	inTx(t, shop, func(tx *store.Tx) error {
		return tx.PG().QueryRow(tx.Ctx(), `SELECT count(*) FROM business_days WHERE merchant_id = $1`, tx.MerchantID()).Scan(&n)
	})
	return n
}

func TestRunsToItsEnd(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	id := create(t, shop, 5)
	if err := tasks.Run(t.Context(), shop.DB, shop.MerchantID, id, step(5)); err != nil {
		t.Fatal(err)
	}
	task := find(t, shop, id)
	if task.State != tasks.Done || task.Done != 5 || task.Percent() != 100 || pieces(t, shop) != 5 {
		t.Errorf("%+v, %d pieces", task, pieces(t, shop))
	}
	if err := tasks.Run(t.Context(), shop.DB, shop.MerchantID, id, step(5)); !errors.Is(err, tasks.ErrHeld) {
		t.Errorf("a finished task ran again: %v", err)
	}
}

// Who was killed in the middle loses nothing and doubles nothing: another goes on from the cursor, once the lease is out.
func TestGoesOnWhereTheDeadStopped(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	id := create(t, shop, 4)
	dead, err := tasks.Take(t.Context(), shop.DB, shop.MerchantID, id)
	if err != nil {
		t.Fatal(err)
	}
	inTx(t, shop, func(tx *store.Tx) error {
		p, err := step(4)(tx, dead.Task, dead.Task.Cursor)
		if err != nil {
			return err
		}
		return dead.Advance(tx, p.Cursor, p.Done)
	})
	if _, err := tasks.Take(t.Context(), shop.DB, shop.MerchantID, id); !errors.Is(err, tasks.ErrHeld) {
		t.Fatalf("two at one task: %v", err)
	}
	if due, err := tasks.Sweep(t.Context(), shop.DB); err != nil || len(due) != 0 {
		t.Fatalf("a held task is due: %v %v", due, err)
	}
	shop.Clock.Advance(16 * time.Second)
	due, err := tasks.Sweep(t.Context(), shop.DB)
	if err != nil || len(due) != 1 || due[0].ID != id || due[0].Kind != tasks.Give {
		t.Fatalf("due: %v %v", due, err)
	}
	if err := tasks.Run(t.Context(), shop.DB, shop.MerchantID, id, step(4)); err != nil {
		t.Fatal(err)
	}
	if n := pieces(t, shop); n != 4 {
		t.Errorf("%d pieces, want 4", n)
	}
	err = store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error { return dead.Advance(tx, nil, 1) })
	if !errors.Is(err, tasks.ErrLost) {
		t.Errorf("the dead one commits: %v", err)
	}
	if err := dead.Settle(err); !errors.Is(err, tasks.ErrLost) {
		t.Errorf("settled as %v", err)
	}
}

func TestAFailureIsKeptAndCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	id := create(t, shop, 2)
	for name, bad := range map[string]tasks.Step{
		"no_room": func(*store.Tx, tasks.Task, json.RawMessage) (tasks.Progress, error) {
			return tasks.Progress{}, models.Refusal("no_room", nil)
		},
		"internal": func(*store.Tx, tasks.Task, json.RawMessage) (tasks.Progress, error) { panic("a fault of ours") },
	} {
		if err := tasks.Run(t.Context(), shop.DB, shop.MerchantID, id, bad); err == nil {
			t.Fatal("no error")
		}
		if task := find(t, shop, id); task.State != tasks.Failed || task.Error != name || task.FinishedAt == nil {
			t.Errorf("%s: %+v", name, task)
		}
		inTx(t, shop, func(tx *store.Tx) error { return tasks.Again(tx, id) })
	}
	if err := tasks.Run(t.Context(), shop.DB, shop.MerchantID, id, step(2)); err != nil || pieces(t, shop) != 2 {
		t.Errorf("again: %v", err)
	}
}

func TestABusyDatabaseIsWaitedFor(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	id := create(t, shop, 1)
	err := tasks.Run(t.Context(), shop.DB, shop.MerchantID, id, func(*store.Tx, tasks.Task, json.RawMessage) (tasks.Progress, error) {
		return tasks.Progress{}, models.ErrUnavailable
	})
	if task := find(t, shop, id); err == nil || task.State != tasks.Waiting {
		t.Fatalf("%v, %+v", err, task)
	}
	if due, _ := tasks.Sweep(t.Context(), shop.DB); len(due) != 0 {
		t.Error("no pause before the next try")
	}
	shop.Clock.Advance(time.Minute)
	if due, _ := tasks.Sweep(t.Context(), shop.DB); len(due) != 1 {
		t.Error("never tried again")
	}
}

func TestStopTakesEffectAtTheNextChunk(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	id := create(t, shop, 9)
	err := tasks.Hold(t.Context(), shop.DB, shop.MerchantID, id, func(l *tasks.Lease) error {
		inTx(t, shop, func(tx *store.Tx) error { return tasks.Stop(tx, id) })
		return store.InTx(l.Ctx(), shop.DB, shop.MerchantID, func(tx *store.Tx) error { return l.Advance(tx, nil, 1) })
	})
	if task := find(t, shop, id); !errors.Is(err, tasks.ErrLost) || task.State != tasks.Stopped || task.Done != 0 {
		t.Errorf("%v, %+v", err, task)
	}
	err = store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error { return tasks.Stop(tx, id) })
	if models.KindOf(err) != models.Conflict {
		t.Errorf("stopped twice: %v", err)
	}
}

func TestAnotherShopsTaskIsNotFound(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	id := create(t, shop, 1)
	other := shop.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	err := store.InTx(t.Context(), shop.DB, other, func(tx *store.Tx) error { _, err := tasks.Find(tx, id); return err })
	if models.KindOf(err) != models.NotFound {
		t.Errorf("%v", err)
	}
	if _, err := tasks.Take(t.Context(), shop.DB, other, id); !errors.Is(err, tasks.ErrHeld) {
		t.Errorf("%v", err)
	}
}

func TestWorkStartsWhatWaits(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	id := create(t, shop, 3)
	ctx, stop := context.WithCancel(t.Context())
	var started atomic.Int32
	done := make(chan struct{})
	workers := tasks.Workers{tasks.Give: func(ctx context.Context, db *store.DB, merchantID, id int64) error {
		defer close(done)
		started.Add(1)
		return tasks.Run(ctx, db, merchantID, id, step(3))
	}}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		tasks.Work(ctx, shop.DB, workers, time.Hour, 2, slog.New(slog.DiscardHandler))
	}()
	<-done
	stop()
	<-stopped
	if task := find(t, shop, id); started.Load() != 1 || task.State != tasks.Done {
		t.Errorf("started %d times, %+v", started.Load(), task)
	}
}
