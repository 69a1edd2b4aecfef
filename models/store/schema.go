package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"dangol/models/store/migrations"
)

var (
	// ErrSchemaNewer: a newer program has migrated this database; this one might damage what it does not know.
	ErrSchemaNewer = errors.New("the database has a newer schema than this program knows; start the newer program")
	// ErrSchemaOlder: migrations are missing.
	ErrSchemaOlder = errors.New("the database has an older schema than this program needs; run: dangol migrate")
)

const (
	// Ops is the schema of what belongs to this installation and not to its shops, so that no backup carries it: goose's
	// table, and how the backups went.
	Ops           = "ops"
	versionTable  = Ops + ".goose_db_version"
	migrationLock = 0x64616e676f6c // "dangol": one migration at a time on a server's database
)

// Migrate brings the schema up to what this program knows and grants the program's role what it may do. The url is that of
// the role which owns the schema. Several instances may call it at once, and a call that was killed is repeated as a whole.
// It returns how many migrations were applied. Errors: ErrSchemaNewer.
func Migrate(ctx context.Context, url string) (int, error) {
	return migrate(ctx, url, migrations.Files, newest)
}

// MigrateTo is Migrate up to the given version of our own migrations: for bringing back a backup of that time.
func MigrateTo(ctx context.Context, url string, version int64) (int, error) {
	return migrate(ctx, url, migrations.Files, version)
}

const newest = math.MaxInt64

func migrate(ctx context.Context, url string, files fs.FS, upTo int64) (applied int, err error) {
	pool, err := migrationPool(ctx, url)
	if err != nil {
		return 0, err
	}
	defer pool.Close()
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, migrationLock); err != nil {
		return 0, err
	}
	defer func() {
		_, unlockErr := conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, migrationLock)
		err = errors.Join(err, unlockErr)
	}()
	if err := checkSchema(ctx, pool, files); errors.Is(err, ErrSchemaNewer) {
		return 0, err
	}
	if applied, err = apply(ctx, pool, files, upTo); err != nil {
		return applied, err
	}
	return applied, grant(ctx, conn.Conn())
}

// migrationPool has room for the lock's connection and for one that goose works on.
func migrationPool(ctx context.Context, url string) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	cfg.MaxConns = 3
	return pgxpool.NewWithConfig(ctx, cfg)
}

func apply(ctx context.Context, pool *pgxpool.Pool, files fs.FS, upTo int64) (int, error) {
	if _, err := pool.Exec(ctx, `CREATE SCHEMA IF NOT EXISTS `+Ops); err != nil {
		return 0, err
	}
	sqlDB := stdlib.OpenDBFromPool(pool)
	defer sqlDB.Close()
	ours, err := goose.NewProvider(goose.DialectPostgres, sqlDB, files, goose.WithTableName(versionTable))
	if err != nil {
		return 0, err
	}
	done, err := ours.UpTo(ctx, upTo)
	if err != nil {
		return len(done), err
	}
	return len(done), nil
}

func checkSchema(ctx context.Context, pool *pgxpool.Pool, files fs.FS) error {
	known, err := knownVersion(files)
	if err != nil {
		return err
	}
	found, err := SchemaOf(ctx, pool)
	switch {
	case err != nil:
		return err
	case found > known:
		return fmt.Errorf("%w (database %d, program %d)", ErrSchemaNewer, found, known)
	case found != known:
		return fmt.Errorf("%w (database %d, program %d)", ErrSchemaOlder, found, known)
	}
	return nil
}

// KnownSchema tells how far this program's own migrations go.
func KnownSchema() (int64, error) { return knownVersion(migrations.Files) }

func knownVersion(files fs.FS) (version int64, err error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		n, err := goose.NumericComponent(name)
		if err != nil {
			return 0, err
		}
		version = max(version, n)
	}
	return version, nil
}

// SchemaOf tells how far a database has come; zero for an empty one.
func SchemaOf(ctx context.Context, db Querier) (version int64, err error) {
	var there bool
	if err := db.QueryRow(ctx, `SELECT to_regclass($1) IS NOT NULL`, versionTable).Scan(&there); err != nil || !there {
		return 0, Translate(err)
	}
	err = db.QueryRow(ctx, `SELECT coalesce(max(version_id), 0) FROM ops.goose_db_version WHERE is_applied`).Scan(&version)
	return version, Translate(err)
}
