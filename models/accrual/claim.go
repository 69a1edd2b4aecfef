package accrual

import (
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

// queueClaim takes the key, waiting for another request that holds it as long as the batch allows. No key, no claim: the
// order's number alone counts.
func queueClaim(batch *pgx.Batch, tx *store.Tx, key store.Key) *claim {
	c := &claim{key: key}
	if key.Key == "" {
		return c
	}
	batch.Queue(store.ClaimSQL, tx.MerchantID(), key.Scope, key.Key, key.BodyHash, tx.Wall()).
		QueryRow(into(&c.claimed.Fresh, &c.claimed.BodyHash, &c.claimed.Status, &c.claimed.Body))
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
