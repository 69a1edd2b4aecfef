// Package storetest gives each test a database of its own, on a cluster that all packages share, with a clock that stands
// still until the test moves it.
package storetest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
	"dangol/models/store/migrations"
	"dangol/models/store/pg"
)

// PoolEnv sets the connections of each test's pool; the whole suite passes with 1 and 2.
const PoolEnv = "DANGOL_TEST_POOL"

// Start is the moment at which every test's clock stands first: a Monday noon in Seoul.
var Start = time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)

// Clock is a wall clock that a test moves by hand.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now gives the time that the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Set moves the clock to a moment, forward or back.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// Advance moves the clock by a duration.
func (c *Clock) Advance(d time.Duration) { c.Set(c.Now().Add(d)) }

// Database is one test's own database with the whole schema.
type Database struct {
	DB       *store.DB
	Clock    *Clock
	URL      string // as the program's role
	OwnerURL string // as the role that owns the schema
	AdminURL string // as a superuser: for planting what nobody may write
}

// Shop is one merchant in a database of its own.
type Shop struct {
	Database
	MerchantID int64
}

// New gives a live shop in Seoul, counting in won, in a fresh database. Everything is gone after the test.
func New(t testing.TB) *Shop {
	t.Helper()
	d := Open(t)
	return &Shop{Database: *d, MerchantID: d.AddMerchant(t, "Asia/Seoul", "KRW", nil)}
}

// NewDB gives a fresh database without a merchant.
func NewDB(t testing.TB) *store.DB {
	t.Helper()
	return Open(t).DB
}

// Open gives a fresh database with its clock and its doors.
func Open(t testing.TB) *Database {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	d, drop, err := clone(ctx)
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	d.DB, err = store.Open(ctx, store.Config{
		URL: d.URL, PoolSize: poolSize(), Wall: d.Clock.Now, Guard: true, AcquireTimeout: time.Minute,
	})
	if err != nil {
		drop()
		t.Fatalf("test database: %v", err)
	}
	t.Cleanup(func() {
		d.DB.Close()
		drop()
	})
	return d
}

// AddMerchant makes another shop. With a clock it is a sandbox whose business time stands there.
func (d *Database) AddMerchant(t testing.TB, zone, currency string, clock *time.Time) (id int64) {
	t.Helper()
	err := d.DB.Pool().QueryRow(context.Background(), `INSERT INTO merchants (name, zone, currency, sandbox, clock_at, created_at)
		VALUES ('Maya', $1, $2, $3, $4, $5) RETURNING id`, zone, currency, clock != nil, clock, d.Clock.Now()).Scan(&id)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Admin gives a superuser's connection to the test's database: the one door through which history can be damaged.
func (d *Database) Admin(t testing.TB) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), d.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func poolSize() int {
	if n, err := strconv.Atoi(os.Getenv(PoolEnv)); err == nil && n > 0 {
		return n
	}
	return 8
}

// clone copies the template, about 35 ms.
func clone(ctx context.Context) (*Database, func(), error) {
	base, err := prepared()
	if err != nil {
		return nil, nil, err
	}
	name := "t_" + strings.ToLower(rand.Text()[:16])
	err = admin(ctx, base.url, `CREATE DATABASE `+name+` TEMPLATE `+base.template+` OWNER `+pg.Owner)
	if err != nil {
		return nil, nil, err
	}
	d := &Database{Clock: &Clock{at: Start}, URL: as(base.url, pg.App, name),
		OwnerURL: as(base.url, pg.Owner, name), AdminURL: as(base.url, superuserOf(base.url), name)}
	return d, func() { _ = admin(context.Background(), base.url, `DROP DATABASE IF EXISTS `+name+` WITH (FORCE)`) }, nil
}

func superuserOf(url string) string {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return ""
	}
	return cfg.User
}

func admin(ctx context.Context, url, sql string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}

type base struct{ url, template string }

// prepared finds or starts the cluster and makes the template once in a test binary.
var prepared = sync.OnceValues(func() (base, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	url, err := cluster(ctx)
	if err != nil {
		return base{}, err
	}
	template, err := ensureTemplate(ctx, url)
	return base{url, template}, err
})

// ensureTemplate makes the database that all others are copied from. Its name is a hash of the migrations, so that a
// changed schema is another template; it appears under that name only when it is whole.
func ensureTemplate(ctx context.Context, url string) (string, error) {
	name, err := templateName()
	if err != nil {
		return "", err
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock(hashtext($1))`, name); err != nil {
		return "", err
	}
	var there bool
	err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, name).Scan(&there)
	if err != nil || there {
		return name, err
	}
	half := name + "_half"
	for _, sql := range []string{`DROP DATABASE IF EXISTS ` + half + ` WITH (FORCE)`, `CREATE DATABASE ` + half + ` OWNER ` + pg.Owner} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return "", err
		}
	}
	if _, err := store.Migrate(ctx, as(url, pg.Owner, half)); err != nil {
		return "", err
	}
	_, err = conn.Exec(ctx, `ALTER DATABASE `+half+` RENAME TO `+name)
	return name, err
}

func templateName() (string, error) {
	hash := sha256.New()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		return "", err
	}
	for _, name := range names {
		content, err := migrations.Files.ReadFile(name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%s %d\n%s", name, len(content), content)
	}
	return "tpl_" + hex.EncodeToString(hash.Sum(nil)[:8]), nil
}

// Counts reads rows of a table's name and a number.
func Counts(t testing.TB, rows pgx.Rows, err error) map[string]int64 {
	t.Helper()
	counts := map[string]int64{}
	var name string
	var n int64
	if err == nil {
		_, err = pgx.ForEachRow(rows, []any{&name, &n}, func() error { counts[name] = n; return nil })
	}
	if err != nil {
		t.Fatal(err)
	}
	return counts
}
