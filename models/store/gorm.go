package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
)

// Gorm is the same transaction for GORM: simple rows through Find, Create, Update and Delete of this package, or a chain
// that says merchant_id = ? itself. A nested gorm transaction is a savepoint of this one.
func (tx *Tx) Gorm() *gorm.DB {
	if tx.gorm == nil {
		tx.openGorm()
	}
	return tx.gorm
}

// openGorm lends the transaction's connection to database/sql, which GORM speaks. It is done only when asked for: most
// transactions use pgx alone.
func (tx *Tx) openGorm() {
	tx.sqlDB = sql.OpenDB(lender{tx.conn})
	g := tx.db.gorm.Session(&gorm.Session{NewDB: true, SkipDefaultTransaction: true, Context: tx.ctx})
	conn, err := tx.sqlDB.Conn(tx.ctx)
	if p, ok := tx.pgx.(*pipelined); ok && err == nil {
		err = p.begin(tx.ctx)
	}
	if err != nil {
		_ = g.AddError(err)
	} else {
		tx.sqlConn = conn
		g.Statement.ConnPool = txPool{conn, tx.db.tenant}
	}
	tx.gorm = g
}

func (tx *Tx) closeGorm() {
	if tx.sqlConn != nil {
		tx.sqlConn.Close()
	}
	if tx.sqlDB != nil {
		tx.sqlDB.Close()
	}
}

// lender gives database/sql one connection that stays ours.
type lender struct{ conn *stdlib.Conn }

func (l lender) Connect(context.Context) (driver.Conn, error) { return lent{l.conn}, nil }
func (l lender) Driver() driver.Driver                        { return stdlib.GetDefaultDriver() }

type lent struct{ *stdlib.Conn }

// Close leaves the connection open: the transaction gives it back.
func (lent) Close() error { return nil }

// txPool makes GORM see that it is inside a transaction already. With the bare connection a nested gorm transaction would
// begin and commit ours; as a TxCommitter it becomes a savepoint.
type txPool struct {
	*sql.Conn
	tenant map[string]bool
}

var errNotYours = errors.New("store: the transaction is committed by InTx alone")

// Commit refuses: only InTx ends the transaction.
func (txPool) Commit() error { return errNotYours }

// Rollback refuses: only InTx ends the transaction.
func (txPool) Rollback() error { return errNotYours }

func (p txPool) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := p.guard(query); err != nil {
		return nil, err
	}
	return p.Conn.PrepareContext(ctx, query)
}

func (p txPool) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := p.guard(query); err != nil {
		return nil, err
	}
	return p.Conn.ExecContext(ctx, query, args...)
}

func (p txPool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := p.guard(query); err != nil {
		return nil, err
	}
	return p.Conn.QueryContext(ctx, query, args...)
}

func (p txPool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if err := p.guard(query); err != nil {
		refused, cancel := context.WithCancelCause(ctx) // a Row cannot carry an error of ours
		cancel(err)
		return p.Conn.QueryRowContext(refused, query, args...)
	}
	return p.Conn.QueryRowContext(ctx, query, args...)
}

// ErrNoMerchant is what the guard answers in tests.
var ErrNoMerchant = errors.New("store: a statement on a tenant's table does not compare merchant_id")

var (
	tableNames = regexp.MustCompile(`(?i)\b(?:from|join|update|into)\s+"?([a-z_]+)"?`)
	// An INSERT names the merchant among its columns; everything else compares it with a value, after WHERE or ON.
	comparesMerchant = regexp.MustCompile(`(?is)\b(?:WHERE|ON)\b.*merchant_id"?\s*(=|IN\b)\s*[($]|^\s*INSERT\s+INTO\s+"?\w+"?\s*\([^)]*merchant_id`)
)

func (p txPool) guard(query string) error {
	if p.tenant == nil || comparesMerchant.MatchString(query) {
		return nil
	}
	for _, found := range tableNames.FindAllStringSubmatch(query, -1) {
		if p.tenant[strings.ToLower(found[1])] {
			return fmt.Errorf("%w: %s", ErrNoMerchant, query)
		}
	}
	return nil
}

func (db *DB) loadGuard(ctx context.Context) error {
	rows, err := db.pool.Query(ctx, `SELECT table_name FROM information_schema.columns
		WHERE table_schema = 'public' AND column_name = 'merchant_id' AND table_name NOT IN ('sessions', 'links', 'api_keys')`)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	db.tenant = make(map[string]bool, len(names))
	for _, name := range names {
		db.tenant[name] = true
	}
	return err
}
