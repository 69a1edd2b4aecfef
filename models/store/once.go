package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
)

// Key names a request that has its effect once: the same key with the same body gets the first answer again.
type Key struct {
	Scope    string // whose key: "api:7", "staff:3"
	Key      string // 1 to 255 characters, chosen by the caller
	BodyHash []byte // of everything that the effect depends on
}

// Answer is what the first request was told. Status 0 stands for a refusal, whose Body is the error (see Err).
type Answer struct {
	Status int
	Body   []byte
	Replay bool // told before, not now
}

// What an answer's status says, in the numbers of HTTP; models know no more of it.
const (
	Done     = 200
	Made     = 201
	Accepted = 202 // kept, and to be done later
)

// The two halves of Once, for code that puts them into batches of its own. Claim's batch sets lock_timeout to ClaimWait
// around it; a lock timeout there means models.ErrKeyBusy.
const (
	// ClaimSQL takes merchant, scope, key, body hash and wall time and gives a row for Claimed. It waits while another
	// transaction holds the key.
	ClaimSQL = `INSERT INTO idempotency_keys (merchant_id, scope, key, body_hash, created_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (merchant_id, scope, key) DO UPDATE SET key = excluded.key
		RETURNING xmax = 0 AS fresh, body_hash, status, answer`
	// AnswerSQL takes merchant, scope, key, status and body.
	AnswerSQL = `UPDATE idempotency_keys SET status = $4, answer = $5 WHERE merchant_id = $1 AND scope = $2 AND key = $3`
	// ClaimWait is how long a second request waits for the first.
	ClaimWait = "5s"
	// LockWait is how long anything else waits for a lock.
	LockWait = lockTimeout
)

// Claimed is the row that ClaimSQL gives.
type Claimed struct {
	Fresh    bool // nobody has used the key before
	BodyHash []byte
	Status   *int16
	Body     []byte
}

// Prior gives the first request's answer, or nil if this request is the first. Errors: models.ErrKeyReused for another
// body, models.ErrKeyBusy while the first runs, or the first request's refusal.
func (c Claimed) Prior(bodyHash []byte) (*Answer, error) {
	switch {
	case c.Fresh:
		return nil, nil
	case !bytes.Equal(c.BodyHash, bodyHash):
		return nil, models.ErrKeyReused
	case c.Status == nil:
		return nil, models.ErrKeyBusy
	}
	answer := &Answer{Status: int(*c.Status), Body: c.Body, Replay: true}
	return answer, answer.Err()
}

// Once runs fn in a transaction unless the key was used before; then it gives the first answer, marked as a replay. A
// business refusal (models.Refused) undoes what fn did and is kept with the key; any other error of fn claims nothing, so
// that a corrected request may come with the same key. Errors: fn's, models.ErrKeyReused, models.ErrKeyBusy after 5
// seconds of waiting for the first request, models.Unavailable.
func Once(ctx context.Context, db *DB, merchantID int64, key Key, fn func(*Tx) (Answer, error)) (Answer, error) {
	var answer Answer
	var refusal error
	err := InTx(ctx, db, merchantID, func(tx *Tx) error {
		answer, refusal = Answer{}, nil
		prior, err := claim(tx, key)
		if prior != nil {
			answer = *prior
		}
		if prior != nil || err != nil {
			return err
		}
		if answer, err = fn(tx); err == nil {
			return answerKey(tx, key, answer)
		}
		refusal = Translate(err)
		return keepRefusal(tx, key, refusal)
	})
	if err == nil {
		err = refusal
	}
	return answer, err
}

// keepRefusal undoes what was done and keeps the refusal with the key; other errors it hands back, to undo the claim too.
func keepRefusal(tx *Tx, key Key, err error) error {
	kept, ok := RefusalAnswer(err)
	if !ok {
		return err
	}
	if _, err := tx.pgx.Exec(tx.ctx, `ROLLBACK TO SAVEPOINT once`); err != nil {
		return err
	}
	return answerKey(tx, key, kept)
}

// claim takes the key and sets the savepoint to which a refusal goes back, in one round trip.
func claim(tx *Tx, key Key) (*Answer, error) {
	var claimed Claimed
	batch := &pgx.Batch{}
	batch.Queue(`SET LOCAL lock_timeout = '` + ClaimWait + `'`)
	batch.Queue(ClaimSQL, tx.MerchantID(), key.Scope, key.Key, key.BodyHash, tx.wall).QueryRow(func(row pgx.Row) error {
		return row.Scan(&claimed.Fresh, &claimed.BodyHash, &claimed.Status, &claimed.Body)
	})
	batch.Queue(`SET LOCAL lock_timeout TO DEFAULT`)
	batch.Queue(`SAVEPOINT once`)
	if err := tx.pgx.SendBatch(tx.ctx, batch).Close(); err != nil {
		if hasCode(err, codeLockTimeout) {
			return nil, models.ErrKeyBusy
		}
		return nil, err
	}
	return claimed.Prior(key.BodyHash)
}

func answerKey(tx *Tx, key Key, answer Answer) error {
	_, err := tx.pgx.Exec(tx.ctx, AnswerSQL, tx.MerchantID(), key.Scope, key.Key, answer.Status, answer.Body)
	return err
}

// RefusalAnswer gives the answer to keep for a business refusal; ok is false for every other error.
func RefusalAnswer(err error) (answer Answer, ok bool) {
	e, ok := errors.AsType[*models.Error](err)
	if !ok || e.Kind != models.Refused {
		return Answer{}, false
	}
	body, err := json.Marshal(models.Error{Kind: e.Kind, Code: e.Code, Args: e.Args, Fields: e.Fields})
	return Answer{Body: body}, err == nil
}

// Err gives the refusal that the answer stands for, nil for an answer that is none.
func (a Answer) Err() error {
	if a.Status != 0 {
		return nil
	}
	e := &models.Error{}
	decoder := json.NewDecoder(bytes.NewReader(a.Body))
	decoder.UseNumber()
	if err := decoder.Decode(e); err != nil {
		return err
	}
	for name, value := range e.Args {
		if number, ok := value.(json.Number); ok {
			if n, err := number.Int64(); err == nil {
				e.Args[name] = n
			}
		}
	}
	return e
}

// ForgetKeys deletes the answers of keys that were claimed before the moment, at most 10,000 at a time, and tells how
// many. The effects' own uniqueness stays for ever.
func ForgetKeys(ctx context.Context, db *DB, before time.Time) (int64, error) {
	tag, err := db.pool.Exec(ctx, `DELETE FROM idempotency_keys WHERE (merchant_id, scope, key) IN
		(SELECT merchant_id, scope, key FROM idempotency_keys WHERE created_at < $1 ORDER BY created_at LIMIT 10000)`, before)
	return tag.RowsAffected(), Translate(err)
}
