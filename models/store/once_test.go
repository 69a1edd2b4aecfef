package store_test

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

var key = store.Key{Scope: "api:1", Key: "k-1", BodyHash: []byte("body")}

func TestOnceUnderManyCallersHasOneEffect(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	var runs atomic.Int32
	var fresh atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			answer, err := store.Once(t.Context(), shop.DB, shop.MerchantID, key, func(tx *store.Tx) (store.Answer, error) {
				runs.Add(1)
				return store.Answer{Status: 201, Body: []byte("first")}, addShelf(tx, "one")
			})
			if err != nil || answer.Status != 201 || string(answer.Body) != "first" {
				t.Errorf("%d %q, %v", answer.Status, answer.Body, err)
			}
			if !answer.Replay {
				fresh.Add(1)
			}
		})
	}
	wg.Wait()
	if runs.Load() != 1 || fresh.Load() != 1 || count(t, shop.DB, "stores") != 1 {
		t.Errorf("%d runs, %d first answers, %d rows", runs.Load(), fresh.Load(), count(t, shop.DB, "stores"))
	}
}

func TestOnceRefusesAnotherBody(t *testing.T) { // D-17
	t.Parallel()
	shop := storetest.New(t)
	once := func(k store.Key) error {
		_, err := store.Once(t.Context(), shop.DB, shop.MerchantID, k, func(*store.Tx) (store.Answer, error) {
			return store.Answer{Status: 200}, nil
		})
		return err
	}
	other := key
	other.BodyHash = []byte("other")
	if err := once(key); err != nil {
		t.Fatal(err)
	}
	if err := once(other); !errors.Is(err, models.ErrKeyReused) {
		t.Errorf("same key, other body: %v", err)
	}
	other.Scope = "api:2"
	if err := once(other); err != nil {
		t.Errorf("same key of somebody else: %v", err)
	}
}

func TestOnceKeepsARefusalAndUndoesItsWork(t *testing.T) { // D-17
	t.Parallel()
	shop := storetest.New(t)
	runs := 0
	for try := range 2 {
		answer, err := store.Once(t.Context(), shop.DB, shop.MerchantID, key, func(tx *store.Tx) (store.Answer, error) {
			runs++
			return store.Answer{}, errors.Join(addShelf(tx, "one"), models.Refusal("not_enough_points", map[string]any{"available": int64(40)}))
		})
		e, ok := errors.AsType[*models.Error](err)
		if !ok || e.Kind != models.Refused || !errors.Is(err, models.ErrShort) || e.Args["available"] != int64(40) {
			t.Errorf("%v", err)
		}
		if answer.Replay != (try == 1) {
			t.Errorf("try %d: replay %v", try, answer.Replay)
		}
	}
	if runs != 1 || count(t, shop.DB, "stores") != 0 {
		t.Errorf("%d runs, %d rows", runs, count(t, shop.DB, "stores"))
	}
}

func TestOnceForgetsInvalidInput(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	once := func(fail error) error {
		_, err := store.Once(t.Context(), shop.DB, shop.MerchantID, key, func(*store.Tx) (store.Answer, error) {
			return store.Answer{Status: 200}, fail
		})
		return err
	}
	if err := once(models.InvalidField("amount", "negative", nil)); models.KindOf(err) != models.Invalid {
		t.Errorf("%v", err)
	}
	if n := count(t, shop.DB, "idempotency_keys"); n != 0 {
		t.Errorf("%d keys are claimed", n)
	}
	if err := once(nil); err != nil {
		t.Errorf("the corrected request: %v", err)
	}
}

func TestOnceWaitsFiveSecondsForTheFirst(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	if shop.DB.Pool().Config().MaxConns < 2 {
		t.Skip("needs two connections")
	}
	running, finish := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		_, err := store.Once(t.Context(), shop.DB, shop.MerchantID, key, func(*store.Tx) (store.Answer, error) {
			close(running)
			<-finish
			return store.Answer{Status: 200}, nil
		})
		first <- err
	}()
	<-running
	began := time.Now()
	_, err := store.Once(t.Context(), shop.DB, shop.MerchantID, key, func(*store.Tx) (store.Answer, error) {
		t.Error("the second ran as well")
		return store.Answer{}, nil
	})
	if waited := time.Since(began); !errors.Is(err, models.ErrKeyBusy) || waited < 4*time.Second || waited > 8*time.Second {
		t.Errorf("%v after %v", err, waited)
	}
	close(finish)
	if err := <-first; err != nil {
		t.Error(err)
	}
}

func TestOnceLeavesTheUsualLockTimeout(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	_, err := store.Once(t.Context(), shop.DB, shop.MerchantID, key, func(tx *store.Tx) (store.Answer, error) {
		var got string
		err := tx.PG().QueryRow(tx.Ctx(), `SELECT current_setting('lock_timeout')`).Scan(&got)
		if got != "3s" {
			t.Errorf("lock_timeout %s", got)
		}
		return store.Answer{Status: 200}, err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestForgetKeys(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	once := func(name string) {
		k := key
		k.Key = name
		if _, err := store.Once(t.Context(), shop.DB, shop.MerchantID, k, func(*store.Tx) (store.Answer, error) {
			return store.Answer{Status: 200}, nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	once("old")
	shop.Clock.Advance(25 * time.Hour)
	once("new")
	n, err := store.ForgetKeys(t.Context(), shop.DB, shop.Clock.Now().Add(-24*time.Hour))
	if err != nil || n != 1 || count(t, shop.DB, "idempotency_keys") != 1 {
		t.Errorf("%d forgotten, %v", n, err)
	}
}

func TestRefusalAnswerIsForRefusalsOnly(t *testing.T) {
	t.Parallel()
	for _, err := range []error{errors.New("fault"), models.ErrNotFound, models.ErrClockMoving, models.ErrUnavailable} {
		if _, ok := store.RefusalAnswer(err); ok {
			t.Errorf("%v is kept", err)
		}
	}
	kept, ok := store.RefusalAnswer(models.Refusal("sold_out", nil))
	if !ok || !errors.Is(kept.Err(), models.Refusal("sold_out", nil)) || slices.Equal(kept.Body, nil) {
		t.Errorf("%v %v", kept, ok)
	}
}

func TestDoTellsTheSameResultAgain(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	type result struct{ Rows int }
	runs := 0
	do := func(k store.Key) (result, bool, error) {
		return store.Do(t.Context(), shop.DB, shop.MerchantID, k, func(*store.Tx) (result, error) {
			runs++
			return result{Rows: runs}, nil
		})
	}
	first, replay, err := do(key)
	if err != nil || replay || first.Rows != 1 {
		t.Errorf("first: %+v, replay %v, %v", first, replay, err)
	}
	again, replay, err := do(key)
	if err != nil || !replay || again != first {
		t.Errorf("again: %+v, replay %v, %v", again, replay, err)
	}
	if keyless, replay, err := do(store.Key{}); err != nil || replay || keyless.Rows != 2 {
		t.Errorf("without a key: %+v, replay %v, %v", keyless, replay, err)
	}
}
