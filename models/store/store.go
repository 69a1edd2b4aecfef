// Package store opens the database and the transactions in which everything happens: who is asking (the merchant), what
// time it is (business time and wall time), and what a violated constraint means.
//
// A function that takes a *DB opens its own transaction; one that takes a *Tx runs in yours.
package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"dangol/models/store/migrations"
)

// Config says which database to use and how.
type Config struct {
	URL            string           // PostgreSQL connection string of the running program
	PoolSize       int              // connections; 0: 16
	AcquireTimeout time.Duration    // longest wait for a free connection before "try again"; 0: 4 s
	Wall           func() time.Time // the wall clock; nil: the machine's
	Guard          bool             // tests: refuse a GORM statement on a tenant's table that names no merchant
	Log            *slog.Logger     // nil: slog.Default
	Migrations     fs.FS            // tests: other migrations than our own
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	pool      *pgxpool.Pool
	connector driver.Connector // hands out the pool's connections in database/sql's clothes
	sqlDB     *sql.DB
	gorm      *gorm.DB
	wall      func() time.Time
	patience  time.Duration
	tenant    map[string]bool // the guard's tables
	merchants sync.Map        // id → cachedMerchant
	history   Protection
}

// Open connects, checks that the schema is the one this program knows, and says in the log when only triggers protect the
// ledger. Errors: ErrSchemaNewer, ErrSchemaOlder, models.Unavailable.
func Open(ctx context.Context, cfg Config) (*DB, error) {
	cfg = cfg.withDefaults()
	pool, err := newPool(ctx, cfg)
	if err != nil {
		return nil, err
	}
	db := &DB{pool: pool, wall: cfg.Wall, patience: cfg.AcquireTimeout, connector: stdlib.GetPoolConnector(pool)}
	if err := db.prepare(ctx, cfg); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func (cfg Config) withDefaults() Config {
	if cfg.PoolSize == 0 {
		cfg.PoolSize = 16
	}
	if cfg.AcquireTimeout == 0 {
		cfg.AcquireTimeout = 4 * time.Second
	}
	if cfg.Wall == nil {
		cfg.Wall = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Migrations == nil {
		cfg.Migrations = migrations.Files
	}
	return cfg
}

func (db *DB) prepare(ctx context.Context, cfg Config) error {
	if err := checkSchema(ctx, db.pool, cfg.Migrations); err != nil {
		return err
	}
	if err := db.openGorm(); err != nil {
		return err
	}
	if cfg.Guard {
		if err := db.loadGuard(ctx); err != nil {
			return err
		}
	}
	var err error
	if db.history, err = protection(ctx, db.pool); err == nil && db.history == ByTriggers {
		cfg.Log.Warn("this role may rewrite history, only triggers stop it; to have two doors run with a role that does not own the tables",
			"see", "dangol migrate --help")
	}
	return err
}

// Protection says what stops this program from rewriting history.
type Protection string

const (
	// ByRole: neither the role nor the triggers allow it.
	ByRole Protection = "role"
	// ByTriggers: the role owns the tables, the triggers alone stand in the way.
	ByTriggers Protection = "triggers"
)

// Protection tells how the ledger is protected here.
func (db *DB) Protection() Protection { return db.history }

// newPool sets the limits of every connection when it is made, so that no transaction pays a round trip for them.
func newPool(ctx context.Context, cfg Config) (*pgxpool.Pool, error) {
	pc, err := pgxpool.ParseConfig(cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	pc.MaxConns = int32(cfg.PoolSize)
	pc.ConnConfig.ConnectTimeout = 5 * time.Second
	for name, value := range map[string]string{
		"application_name":                    "dangol",
		"timezone":                            "UTC",
		"statement_timeout":                   "10s",
		"lock_timeout":                        lockTimeout,
		"idle_in_transaction_session_timeout": "30s",
	} {
		pc.ConnConfig.RuntimeParams[name] = value
	}
	return pgxpool.NewWithConfig(ctx, pc)
}

func (db *DB) openGorm() (err error) {
	db.sqlDB = stdlib.OpenDBFromPool(db.pool)
	db.gorm, err = gorm.Open(postgres.New(postgres.Config{Conn: db.sqlDB}), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		Logger:                 logger.Discard, // errors are returned, and logged once
	})
	return err
}

// Pool gives the connections for hand-written SQL on the hot path and for COPY.
func (db *DB) Pool() *pgxpool.Pool { return db.pool }

// Wall gives the wall time, in microseconds as the database keeps it.
func (db *DB) Wall() time.Time { return db.wall().UTC().Truncate(time.Microsecond) }

// Ping asks the database for a sign of life.
func (db *DB) Ping(ctx context.Context) error {
	_, err := db.pool.Exec(ctx, "SELECT 1")
	return Translate(err)
}

// Close waits for connections in use and closes them all.
func (db *DB) Close() {
	if db.sqlDB != nil {
		db.sqlDB.Close()
	}
	db.pool.Close()
}
