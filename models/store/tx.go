package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
)

const (
	lockTimeout = "3s"
	maxTries    = 6
)

// Tx is one transaction of one merchant, or of none (InGlobalTx). It is not safe for concurrent use.
type Tx struct {
	ctx      context.Context
	db       *DB
	conn     *stdlib.Conn
	pgx      pgx.Tx
	merchant *Merchant
	wall     time.Time
	now      time.Time // zero until asked for
	gorm     *gorm.DB
	sqlDB    *sql.DB
	sqlConn  *sql.Conn
}

// InTx runs fn in a transaction of the merchant and commits if it returns nil. On a serialization failure or a deadlock it
// runs fn again from the top, up to six times: nothing outside the database may have happened in it. Errors: what fn
// returns, translated; models.NotFound for an unknown merchant; models.Unavailable.
func InTx(ctx context.Context, db *DB, merchantID int64, fn func(*Tx) error) error {
	return db.run(ctx, merchantID, beginWith(pgx.TxOptions{}), fn)
}

// ReadTx is InTx for reading: every query in it sees the same moment, and writing is refused.
func ReadTx(ctx context.Context, db *DB, merchantID int64, fn func(*Tx) error) error {
	return db.run(ctx, merchantID, beginWith(readOnly), fn)
}

// InGlobalTx runs fn in a transaction of no merchant: sign-in, set-up, housekeeping. It has wall time only.
func InGlobalTx(ctx context.Context, db *DB, fn func(*Tx) error) error {
	return db.run(ctx, 0, beginWith(pgx.TxOptions{}), fn)
}

// inside marks the context of an open transaction.
type inside struct{}

// Outside is an error for who is in a transaction and is about to open another one or to wait for somebody who will: it
// would wait for a second connection while holding one, for ever with a pool of 1.
func Outside(ctx context.Context) error {
	if ctx.Value(inside{}) != nil {
		return errors.New("store: a transaction was opened inside a transaction; hand the *Tx on instead")
	}
	return nil
}

// beginner begins a transaction on a connection.
type beginner func(context.Context, *pgx.Conn) (pgx.Tx, error)

func beginWith(opts pgx.TxOptions) beginner {
	return func(ctx context.Context, conn *pgx.Conn) (pgx.Tx, error) { return conn.BeginTx(ctx, opts) }
}

func (db *DB) run(ctx context.Context, merchantID int64, begin beginner, fn func(*Tx) error) error {
	if err := Outside(ctx); err != nil {
		return err
	}
	return Translate(Retry(ctx, func() error { return db.once(ctx, merchantID, begin, fn) }))
}

// Retry calls fn again, after a random pause that grows, as long as it fails by serialization or deadlock.
func Retry(ctx context.Context, fn func() error) error {
	for try := 1; ; try++ {
		err := fn()
		if err == nil || try == maxTries || !hasCode(err, codeSerialization, codeDeadlock) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(rand.N(5 * time.Millisecond << try)):
		}
	}
}

func (db *DB) once(ctx context.Context, merchantID int64, begin beginner, fn func(*Tx) error) error {
	conn, err := db.acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	began, err := begin(ctx, conn.Conn())
	if err != nil {
		return err
	}
	tx := &Tx{ctx: context.WithValue(ctx, inside{}, true), db: db, conn: conn, pgx: began, wall: db.Wall()}
	defer tx.end()
	if merchantID != 0 {
		if err := tx.enter(merchantID); err != nil {
			return err
		}
	}
	if err := fn(tx); err != nil {
		return err
	}
	return began.Commit(ctx)
}

// enter learns whose transaction it is and, for a sandbox, what time its clock shows.
func (tx *Tx) enter(merchantID int64) (err error) {
	if tx.merchant, err = tx.db.merchantFrom(tx.ctx, tx.pgx, merchantID); err != nil || !tx.merchant.Sandbox {
		return err
	}
	return tx.readClock()
}

// acquire waits for a connection no longer than a person would.
func (db *DB) acquire(ctx context.Context) (*stdlib.Conn, error) {
	waiting, cancel := context.WithTimeout(ctx, db.patience)
	defer cancel()
	conn, err := db.connector.Connect(waiting)
	if err != nil {
		return nil, fmt.Errorf("no free connection: %w", err)
	}
	return conn.(*stdlib.Conn), nil
}

// end rolls back what was not committed, also when fn has panicked or the caller has left.
func (tx *Tx) end() {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(tx.ctx), 5*time.Second)
	defer cancel()
	tx.closeGorm()
	_ = tx.pgx.Rollback(ctx) // after a commit: nothing; on a broken connection the pool throws it away
}

// Ctx is the context of the transaction, for calls that take one.
func (tx *Tx) Ctx() context.Context { return tx.ctx }

// PG is the transaction for hand-written SQL and COPY.
func (tx *Tx) PG() pgx.Tx { return tx.pgx }

// AllowLong lets one statement of this transaction run longer than a web page may wait: for jobs over everyone.
func (tx *Tx) AllowLong(d time.Duration) error {
	_, err := tx.pgx.Exec(tx.ctx, fmt.Sprintf(`SET LOCAL statement_timeout = %d`, d.Milliseconds()))
	return err
}
