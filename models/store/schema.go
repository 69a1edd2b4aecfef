package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"dangol/models/store/migrations"
)

var (
	// ErrSchemaNewer: a newer program has migrated this database; this one might damage what it does not know.
	ErrSchemaNewer = errors.New("the database has a newer schema than this program knows; start the newer program")
	// ErrSchemaOlder: migrations are missing.
	ErrSchemaOlder = errors.New("the database has an older schema than this program needs; run: dangol migrate")
)

const (
	// Ops is the schema of the tables that are not ours to shape: River's and goose's.
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

// migrationPool has room for the lock's connection and for one that goose or River work on.
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
	rivers, err := riverMigrator(pool)
	if err != nil {
		return len(done), err
	}
	result, err := rivers.Migrate(ctx, rivermigrate.DirectionUp, nil)
	if err != nil {
		return len(done), err
	}
	return len(done) + len(result.Versions), nil
}

func riverMigrator(pool *pgxpool.Pool) (*rivermigrate.Migrator[pgx.Tx], error) {
	return rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: Ops})
}

// SchemaVersion is how far a database or this program has come: our own migrations and River's.
type SchemaVersion struct{ Ours, Rivers int64 }

func (v SchemaVersion) beyond(known SchemaVersion) bool {
	return v.Ours > known.Ours || v.Rivers > known.Rivers
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
	case found.beyond(known):
		return fmt.Errorf("%w (database %+v, program %+v)", ErrSchemaNewer, found, known)
	case found != known:
		return fmt.Errorf("%w (database %+v, program %+v)", ErrSchemaOlder, found, known)
	}
	return nil
}

// KnownSchema tells how far this program's own migrations go.
func KnownSchema() (SchemaVersion, error) { return knownVersion(migrations.Files) }

func knownVersion(files fs.FS) (v SchemaVersion, err error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return v, err
	}
	for _, name := range names {
		n, err := goose.NumericComponent(name)
		if err != nil {
			return v, err
		}
		v.Ours = max(v.Ours, n)
	}
	v.Rivers = RiverVersion()
	return v, nil
}

// RiverVersion is the last of the migrations that come with River.
var RiverVersion = sync.OnceValue(func() (last int64) {
	rivers, err := riverMigrator(nil)
	if err != nil {
		panic(err) // River's own files are broken
	}
	for _, m := range rivers.AllVersions() {
		last = max(last, int64(m.Version))
	}
	return last
})

// SchemaOf tells how far a database has come; zero for an empty one.
func SchemaOf(ctx context.Context, db Querier) (v SchemaVersion, err error) {
	for table, read := range map[string]struct {
		sql  string
		into *int64
	}{
		versionTable:             {`SELECT coalesce(max(version_id), 0) FROM ops.goose_db_version WHERE is_applied`, &v.Ours},
		Ops + ".river_migration": {`SELECT coalesce(max(version), 0) FROM ops.river_migration`, &v.Rivers},
	} {
		var there bool
		if err := db.QueryRow(ctx, `SELECT to_regclass($1) IS NOT NULL`, table).Scan(&there); err != nil {
			return v, Translate(err)
		}
		if !there {
			continue
		}
		if err := db.QueryRow(ctx, read.sql).Scan(read.into); err != nil {
			return v, Translate(err)
		}
	}
	return v, nil
}
