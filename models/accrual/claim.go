package accrual

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"dangol/models"
	"dangol/models/store"
)

// claim is store.Once's first half as a part of the posting's first batch.
type claim struct {
	key     store.Key
	claimed store.Claimed
}

// queueClaim takes the key, waiting for another request that holds it. No key, no claim: the order's number alone counts.
func queueClaim(batch *pgx.Batch, tx *store.Tx, key store.Key) *claim {
	c := &claim{key: key}
	if key.Key == "" {
		return c
	}
	batch.Queue(`SET LOCAL lock_timeout = '` + store.ClaimWait + `'`)
	batch.Queue(store.ClaimSQL, tx.MerchantID(), key.Scope, key.Key, key.BodyHash, tx.Wall()).
		QueryRow(into(&c.claimed.Fresh, &c.claimed.BodyHash, &c.claimed.Status, &c.claimed.Body))
	batch.Queue(`SET LOCAL lock_timeout TO DEFAULT`)
	return c
}

const lockNotAvailable = "55P03"

// error says what a failed first batch means: whoever waited too long for the key is told that it is busy.
func (c *claim) error(err error) error {
	e, ok := errors.AsType[*pgconn.PgError](err)
	if ok && e.Code == lockNotAvailable && c.key.Key != "" && c.claimed.BodyHash == nil {
		return models.ErrKeyBusy
	}
	return err
}

// prior gives the answer to the key's first request, nil if this is the first.
func (c *claim) prior() (*store.Answer, error) {
	if c.key.Key == "" {
		return nil, nil
	}
	return c.claimed.Prior(c.key.BodyHash)
}

// once runs fn in a transaction, once by key if the key is not empty. What fn returns, with its status, is what the key's
// next request is told; a business refusal is kept as well.
func once[T any](ctx context.Context, db *store.DB, merchantID int64, key store.Key, fn func(*store.Tx) (T, int, error)) (result T, replay bool, err error) {
	if key.Key == "" {
		err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) (err error) {
			result, _, err = fn(tx)
			return err
		})
		return result, false, err
	}
	kept, err := store.Once(ctx, db, merchantID, key, func(tx *store.Tx) (store.Answer, error) {
		told, status, err := fn(tx)
		if err != nil {
			return store.Answer{}, err
		}
		body, err := json.Marshal(told)
		return store.Answer{Status: status, Body: body}, err
	})
	if err == nil {
		result, err = remembered[T](kept.Body)
	}
	return result, kept.Replay, err
}
