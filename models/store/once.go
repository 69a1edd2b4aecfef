package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"hash/fnv"
	"io"
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

// What Once is made of, for code that puts it into batches of its own and answers many keys at once: take the lock of each
// key (Key.Lock) as the first of all locks, see whether it was used (FindSQL), and keep it with its answer at the end
// (KeepSQL). Who waits for a lock does so under ClaimWait; a lock timeout there means models.ErrKeyBusy.
const (
	// FindSQL takes merchant, scopes and keys and gives for those that were used their place, from 1, and a Used. Key by key
	// (OFFSET 0): planned while there were none, it would read all keys of the shop for ever after.
	FindSQL = `SELECT n.place, k.body_hash, k.status, k.answer
		FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS n (scope, key, place)
		CROSS JOIN LATERAL (SELECT u.body_hash, u.status, u.answer FROM idempotency_keys u
			WHERE u.merchant_id = $1 AND u.scope = n.scope AND u.key = n.key OFFSET 0) k`
	// KeepSQL takes merchant, status, wall time and, side by side, scopes, keys, body hashes and answers.
	KeepSQL = `INSERT INTO idempotency_keys (merchant_id, scope, key, body_hash, status, answer, created_at)
		SELECT $1, n.scope, n.key, n.body_hash, $2, n.answer, $3
		FROM unnest($4::text[], $5::text[], $6::bytea[], $7::bytea[]) AS n (scope, key, body_hash, answer)`
	// KeyConstraint is what KeepSQL violates where somebody has used the key without its lock.
	KeyConstraint = "idempotency_keys_pkey"
	// ClaimWait is how long a second request waits for the first.
	ClaimWait = "5s"
	// LockWait is how long anything else waits for a lock.
	LockWait = lockTimeout
)

// Lock is the number of the advisory lock that who uses the key holds.
func (k Key) Lock(merchantID int64) int64 {
	hash := fnv.New64a()
	_, _ = io.WriteString(hash, "key:"+k.Scope+"\x00"+k.Key)
	return int64(hash.Sum64()) ^ merchantID
}

// Used is a key that was used before.
type Used struct {
	BodyHash []byte
	Status   *int16
	Body     []byte
}

// Prior gives the first request's answer. Errors: models.ErrKeyReused for another body, models.ErrKeyBusy while the first
// runs, or the first request's refusal.
func (u Used) Prior(bodyHash []byte) (*Answer, error) {
	switch {
	case !bytes.Equal(u.BodyHash, bodyHash):
		return nil, models.ErrKeyReused
	case u.Status == nil:
		return nil, models.ErrKeyBusy
	}
	answer := &Answer{Status: int(*u.Status), Body: u.Body, Replay: true}
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

// claimSQL takes merchant, scope, key, body hash and wall time and gives whether nobody has used the key before, and a Used.
const claimSQL = `INSERT INTO idempotency_keys (merchant_id, scope, key, body_hash, created_at) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (merchant_id, scope, key) DO UPDATE SET key = excluded.key
	RETURNING xmax = 0 AS fresh, body_hash, status, answer`

// claim takes the key, waiting while another transaction holds it, and sets the savepoint to which a refusal goes back, in
// one round trip.
func claim(tx *Tx, key Key) (*Answer, error) {
	var used Used
	var fresh bool
	batch := &pgx.Batch{}
	batch.Queue(`SET LOCAL lock_timeout = '` + ClaimWait + `'`)
	batch.Queue(`SELECT pg_advisory_xact_lock($1)`, key.Lock(tx.MerchantID()))
	batch.Queue(claimSQL, tx.MerchantID(), key.Scope, key.Key, key.BodyHash, tx.wall).QueryRow(func(row pgx.Row) error {
		return row.Scan(&fresh, &used.BodyHash, &used.Status, &used.Body)
	})
	batch.Queue(`SET LOCAL lock_timeout TO DEFAULT`)
	batch.Queue(`SAVEPOINT once`)
	if err := tx.pgx.SendBatch(tx.ctx, batch).Close(); err != nil {
		if hasCode(err, codeLockTimeout) {
			return nil, models.ErrKeyBusy
		}
		return nil, err
	}
	if fresh {
		return nil, nil
	}
	return used.Prior(key.BodyHash)
}

func answerKey(tx *Tx, key Key, answer Answer) error {
	_, err := tx.pgx.Exec(tx.ctx, `UPDATE idempotency_keys SET status = $4, answer = $5 WHERE merchant_id = $1 AND scope = $2 AND key = $3`,
		tx.MerchantID(), key.Scope, key.Key, answer.Status, answer.Body)
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
