package store

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// readOnly is how ReadTx begins.
var readOnly = pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}

// ReadTogether is ReadTx for work that falls into parts, numbered from 0: up to width of them go on side by side, each in
// a transaction of its own, and all see the same moment. Where no further connection is free, as in a pool of one, the
// parts are done one after the other in the first. Errors: the first part's that fails; models.NotFound for an unknown
// merchant; models.Unavailable.
func ReadTogether(ctx context.Context, db *DB, merchantID int64, width, parts int, part func(tx *Tx, n int) error) error {
	var next atomic.Int64
	work := func(tx *Tx) error {
		for n := int(next.Add(1)) - 1; n < parts; n = int(next.Add(1)) - 1 {
			if err := part(tx, n); err != nil {
				return err
			}
		}
		return nil
	}
	return ReadTx(ctx, db, merchantID, func(tx *Tx) error {
		moment, err := tx.moment()
		if err != nil {
			return err
		}
		group, groupCtx := errgroup.WithContext(ctx)
		for range min(width, parts) - 1 {
			group.Go(func() error { return db.help(groupCtx, merchantID, moment, work) })
		}
		err = work(tx)
		next.Store(int64(parts)) // after an error nobody begins another
		if helped := group.Wait(); err == nil {
			err = helped
		}
		return err
	})
}

// moment is a name for what this transaction sees, by which others may see the same while it lasts.
func (tx *Tx) moment() (name string, err error) {
	return name, tx.pgx.QueryRow(tx.ctx, `SELECT pg_export_snapshot()`).Scan(&name)
}

// help works at the moment of another transaction, if there is a connection to do it on.
func (db *DB) help(ctx context.Context, merchantID int64, moment string, work func(*Tx) error) error {
	if stat := db.pool.Stat(); stat.AcquiredConns() >= stat.MaxConns() {
		return nil
	}
	begun := false
	err := db.run(ctx, merchantID, func(ctx context.Context, conn *pgx.Conn) (pgx.Tx, error) {
		begun = true
		return beginAt(ctx, conn, moment)
	}, work)
	if !begun {
		return nil // somebody was faster
	}
	return err
}

func beginAt(ctx context.Context, conn *pgx.Conn, moment string) (pgx.Tx, error) {
	tx, err := conn.BeginTx(ctx, readOnly)
	if err != nil {
		return nil, err
	}
	if _, err = tx.Exec(ctx, fmt.Sprintf(`SET TRANSACTION SNAPSHOT '%s'`, moment)); err != nil {
		_ = tx.Rollback(context.WithoutCancel(ctx))
	}
	return tx, err
}
