package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

// shelf is a row of the table stores, small enough to test with.
type shelf struct {
	MerchantID int64
	ID         int64 `gorm:"default:(-)"`
	Code, Name string
	CreatedAt  time.Time
}

func (shelf) TableName() string { return "stores" }

func addShelf(tx *store.Tx, code string) error {
	return store.Create(tx, &shelf{MerchantID: tx.MerchantID(), Code: code, Name: code, CreatedAt: tx.Wall()})
}

func count(t *testing.T, db *store.DB, table string) (n int) {
	t.Helper()
	if err := db.Pool().QueryRow(t.Context(), `SELECT count(*) FROM `+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestATransactionIsAllOrNothing(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	stop := errors.New("stop")
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		return errors.Join(addShelf(tx, "one"), stop)
	})
	if !errors.Is(err, stop) || count(t, shop.DB, "stores") != 0 {
		t.Errorf("after an error: %v, %d rows", err, count(t, shop.DB, "stores"))
	}
	err = store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error { return addShelf(tx, "one") })
	if err != nil || count(t, shop.DB, "stores") != 1 {
		t.Errorf("after a commit: %v, %d rows", err, count(t, shop.DB, "stores"))
	}
}

func TestAPanicRollsBackAndFreesTheConnection(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	for range 20 { // more often than the pool has connections
		func() {
			defer func() { _ = recover() }()
			_ = store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
				if err := addShelf(tx, "one"); err != nil {
					t.Error(err)
				}
				panic("on purpose")
			})
		}()
	}
	if n := count(t, shop.DB, "stores"); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestANestedGormTransactionCannotCommitOurs(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	stop := errors.New("stop")
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		if err := addShelf(tx, "outer"); err != nil {
			return err
		}
		err := tx.Gorm().Transaction(func(*gorm.DB) error { return addShelf(tx, "inner") })
		return errors.Join(err, stop)
	})
	if !errors.Is(err, stop) || count(t, shop.DB, "stores") != 0 {
		t.Errorf("%v, %d rows stayed after the rollback", err, count(t, shop.DB, "stores"))
	}
}

func TestANestedRollbackLeavesTheOuterPart(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		if err := addShelf(tx, "outer"); err != nil {
			return err
		}
		_ = tx.Gorm().Transaction(func(inner *gorm.DB) error {
			return errors.Join(inner.Create(&shelf{MerchantID: tx.MerchantID(), Code: "inner", Name: "n", CreatedAt: tx.Wall()}).Error,
				errors.New("stop"))
		})
		return nil
	})
	if err != nil || count(t, shop.DB, "stores") != 1 {
		t.Errorf("%v, %d rows", err, count(t, shop.DB, "stores"))
	}
}

func TestGormAndPgxSeeOneTransaction(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		if err := addShelf(tx, "one"); err != nil {
			return err
		}
		var n int
		if err := tx.PG().QueryRow(tx.Ctx(), `SELECT count(*) FROM stores`).Scan(&n); err != nil || n != 1 {
			t.Errorf("pgx sees %d rows, %v", n, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestATransactionInsideATransactionIsRefused(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		return store.InTx(tx.Ctx(), shop.DB, shop.MerchantID, func(*store.Tx) error { return nil })
	})
	if err == nil || !strings.Contains(err.Error(), "inside a transaction") {
		t.Errorf("%v", err)
	}
}

func TestRetriesASerializationFailureFromTheTop(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	runs := 0
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		if runs++; runs < 3 {
			return errors.Join(addShelf(tx, "one"), &pgconn.PgError{Code: "40001"})
		}
		return addShelf(tx, "one")
	})
	if err != nil || runs != 3 || count(t, shop.DB, "stores") != 1 {
		t.Errorf("%v after %d runs, %d rows", err, runs, count(t, shop.DB, "stores"))
	}
	runs = 0
	err = store.InTx(t.Context(), shop.DB, shop.MerchantID, func(*store.Tx) error {
		runs++
		return &pgconn.PgError{Code: "40P01"}
	})
	if models.KindOf(err) != models.Unavailable || runs != 6 {
		t.Errorf("a lasting deadlock: %v after %d runs", err, runs)
	}
}

// Two transactions that lock two rows in opposite order: PostgreSQL kills one, which runs again.
func TestRetriesARealDeadlock(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	if shop.DB.Pool().Config().MaxConns < 2 {
		t.Skip("needs two connections")
	}
	addBoth := func(tx *store.Tx) error { return errors.Join(addShelf(tx, "a"), addShelf(tx, "b")) }
	if err := store.InTx(t.Context(), shop.DB, shop.MerchantID, addBoth); err != nil {
		t.Fatal(err)
	}
	var met sync.WaitGroup
	met.Add(2)
	var runs atomic.Int32
	touch := func(first, second string) error {
		var once sync.Once
		return store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
			runs.Add(1)
			if err := rename(tx, first); err != nil {
				return err
			}
			once.Do(func() { met.Done(); met.Wait() })
			return rename(tx, second)
		})
	}
	errs := make(chan error, 2)
	go func() { errs <- touch("a", "b") }()
	go func() { errs <- touch("b", "a") }()
	if err := errors.Join(<-errs, <-errs); err != nil || runs.Load() < 3 {
		t.Errorf("%v after %d runs", err, runs.Load())
	}
}

func rename(tx *store.Tx, code string) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE stores SET name = name || '!' WHERE merchant_id = $1 AND code = $2`, tx.MerchantID(), code)
	return err
}

func TestTheProgramsRoleCannotRewriteHistory(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	if shop.DB.Protection() != store.ByRole {
		t.Errorf("protection by %s", shop.DB.Protection())
	}
	for _, table := range store.LedgerTables {
		for _, sql := range []string{`UPDATE %s SET merchant_id = 0`, `DELETE FROM %s`, `TRUNCATE %s`} {
			_, err := shop.DB.Pool().Exec(t.Context(), fmt.Sprintf(sql, table))
			if e, ok := errors.AsType[*pgconn.PgError](err); !ok || e.Code != "42501" {
				t.Errorf(sql+": %v", table, err)
			}
		}
	}
	if _, err := shop.DB.Pool().Exec(t.Context(), `CREATE TABLE mine (n int)`); err == nil {
		t.Error("the program's role may make tables")
	}
}

func TestTriggersHoldWhereTheRoleDoesNot(t *testing.T) {
	t.Parallel()
	d := storetest.Open(t)
	db, err := store.Open(t.Context(), store.Config{URL: d.OwnerURL, PoolSize: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if db.Protection() != store.ByTriggers {
		t.Errorf("protection by %s", db.Protection())
	}
	for _, table := range store.LedgerTables {
		_, err := db.Pool().Exec(t.Context(), `DELETE FROM `+table)
		if e, ok := errors.AsType[*pgconn.PgError](err); !ok || e.Code != "42501" {
			t.Errorf("DELETE FROM %s as the owner: %v", table, err)
		}
	}
}

func TestMigratingTwiceAtOnceAndAgain(t *testing.T) {
	t.Parallel()
	d := storetest.Open(t)
	errs := make(chan error, 3)
	for range cap(errs) {
		go func() {
			n, err := store.Migrate(t.Context(), d.OwnerURL)
			if n != 0 {
				err = fmt.Errorf("%d migrations were applied again", n)
			}
			errs <- err
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestASchemaFromTheFutureIsRefused(t *testing.T) {
	t.Parallel()
	d := storetest.Open(t)
	if _, err := d.Admin(t).Exec(t.Context(), `INSERT INTO ops.goose_db_version (version_id, is_applied) VALUES (99999, true)`); err != nil {
		t.Fatal(err)
	}
	if db, err := store.Open(t.Context(), store.Config{URL: d.URL}); !errors.Is(err, store.ErrSchemaNewer) {
		t.Errorf("open: %v", err)
		if db != nil {
			db.Close()
		}
	}
	if _, err := store.Migrate(t.Context(), d.OwnerURL); !errors.Is(err, store.ErrSchemaNewer) {
		t.Errorf("migrate: %v", err)
	}
}

func TestAnOldSchemaIsRefused(t *testing.T) {
	t.Parallel()
	d := storetest.Open(t)
	ahead := fstest.MapFS{"99999_later.sql": {Data: []byte("-- +goose Up\nCREATE TABLE later (n int);\n")}}
	db, err := store.Open(t.Context(), store.Config{URL: d.URL, Migrations: ahead})
	if !errors.Is(err, store.ErrSchemaOlder) {
		t.Errorf("open: %v", err)
		if db != nil {
			db.Close()
		}
	}
}

func TestAnAbsentServerIsUnavailable(t *testing.T) {
	t.Parallel()
	_, err := store.Open(t.Context(), store.Config{URL: "host=/nowhere user=nobody dbname=none"})
	if models.KindOf(err) != models.Unavailable {
		t.Errorf("%v", err)
	}
}

func TestEveryConnectionHasLimits(t *testing.T) { // D-21
	t.Parallel()
	shop := storetest.New(t)
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		for name, want := range map[string]string{"statement_timeout": "10s", "lock_timeout": "3s",
			"idle_in_transaction_session_timeout": "30s", "TimeZone": "UTC"} {
			var got string
			if err := tx.PG().QueryRow(tx.Ctx(), `SELECT current_setting($1)`, name).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %s, want %s; %v", name, got, want, err)
			}
		}
		return tx.AllowLong(time.Minute)
	})
	if err != nil {
		t.Error(err)
	}
}

func TestALockThatIsHeldTooLongIsUnavailable(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	admin := shop.Admin(t)
	if _, err := admin.Exec(t.Context(), `BEGIN; LOCK TABLE stores`); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error { return addShelf(tx, "one") })
	if models.KindOf(err) != models.Unavailable || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}

func TestRowsAreFoundByMerchantAndID(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	other := shop.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	row := shelf{MerchantID: shop.MerchantID, Code: "front", Name: "Front", CreatedAt: shop.Clock.Now()}
	in := func(merchant int64, fn func(*store.Tx) error) error {
		return store.InTx(t.Context(), shop.DB, merchant, fn)
	}
	if err := in(shop.MerchantID, func(tx *store.Tx) error { return store.Create(tx, &row) }); err != nil || row.ID == 0 {
		t.Fatalf("create: %v, id %d", err, row.ID)
	}
	verbs := map[string]func(*store.Tx) error{
		"find":   func(tx *store.Tx) error { _, err := store.Find[shelf](tx, row.ID); return err },
		"lock":   func(tx *store.Tx) error { _, err := store.Lock[shelf](tx, row.ID); return err },
		"update": func(tx *store.Tx) error { return store.Update[shelf](tx, row.ID, map[string]any{"name": "Back"}) },
		"delete": func(tx *store.Tx) error { return store.Delete[shelf](tx, row.ID) },
	}
	for name, verb := range verbs {
		if err := in(other, verb); models.KindOf(err) != models.NotFound {
			t.Errorf("%s in another shop: %v", name, err)
		}
	}
	for _, name := range []string{"find", "lock", "update", "delete"} {
		if err := in(shop.MerchantID, verbs[name]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := in(shop.MerchantID, verbs["find"]); models.KindOf(err) != models.NotFound {
		t.Errorf("find after delete: %v", err)
	}
}

func TestTheGuardRefusesAStatementWithoutMerchant(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	tries := map[string]func(*gorm.DB) error{
		"find":   func(g *gorm.DB) error { return g.Find(&[]shelf{}).Error },
		"first":  func(g *gorm.DB) error { return g.First(&shelf{}, 5).Error },
		"update": func(g *gorm.DB) error { return g.Model(&shelf{}).Where("id = ?", 5).Update("merchant_id", 7).Error },
		"delete": func(g *gorm.DB) error { return g.Delete(&shelf{ID: 5}).Error },
		"raw":    func(g *gorm.DB) error { return g.Raw(`SELECT count(*) FROM stores`).Scan(new(int)).Error },
		"join": func(g *gorm.DB) error {
			return g.Raw(`SELECT 1 FROM merchants m JOIN stores s ON s.merchant_id = m.id`).Scan(new(int)).Error
		},
	}
	for name, try := range tries {
		err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error { return try(tx.Gorm()) })
		if !errors.Is(err, store.ErrNoMerchant) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAConstraintSpeaksInTheWordsOfTheDomain(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		return errors.Join(addShelf(tx, "same"), addShelf(tx, "same"))
	})
	if models.KindOf(err) != models.Invalid || store.Constraint(err) != "stores_code_key" {
		t.Errorf("kind %d, constraint %q: %v", models.KindOf(err), store.Constraint(err), err)
	}
}

func TestEveryMeaningBelongsToAConstraintOrIndex(t *testing.T) {
	t.Parallel()
	db := storetest.NewDB(t)
	rows, err := db.Pool().Query(t.Context(), `SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'`)
	if err != nil {
		t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range store.ConstraintsWithMeaning() {
		if !slices.Contains(names, name) {
			t.Errorf("no constraint is called %s", name)
		}
	}
}

func TestALiveShopHasWallTimeAndItsOwnDate(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	shop.Clock.Set(time.Date(2026, 11, 23, 15, 30, 0, 123_456_789, time.UTC)) // 00:30 on the 24th in Seoul
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		if want := shop.Clock.Now().Truncate(time.Microsecond); !tx.Now().Equal(want) || !tx.Wall().Equal(want) {
			t.Errorf("now %v, wall %v, want %v", tx.Now(), tx.Wall(), want)
		}
		if tx.Today() != calendar.MustParse("2026-11-24") {
			t.Errorf("today %v", tx.Today())
		}
		before := tx.Now()
		shop.Clock.Advance(time.Second)
		if !tx.Now().Equal(before) {
			t.Error("the clock ran on inside the transaction")
		}
		if err := tx.Tick(); err != nil || !tx.Now().Equal(before.Add(time.Second)) {
			t.Errorf("after a tick: %v, %v", tx.Now(), err)
		}
		shop.Clock.Advance(-time.Hour)
		if err := tx.Tick(); err != nil || !tx.Now().Equal(before.Add(time.Second)) {
			t.Errorf("the clock went back: %v, %v", tx.Now(), err)
		}
		return tx.Posting()
	})
	if err != nil {
		t.Error(err)
	}
}

func TestASandboxHasAFrozenClock(t *testing.T) {
	t.Parallel()
	d := storetest.Open(t)
	frozen := time.Date(1998, 7, 1, 4, 0, 0, 0, time.UTC)
	id := d.AddMerchant(t, "America/New_York", "USD", &frozen)
	read := func() (now time.Time, err error) {
		err = store.InTx(t.Context(), d.DB, id, func(tx *store.Tx) error {
			now = tx.Now()
			return tx.Posting()
		})
		return now, err
	}
	if now, err := read(); err != nil || !now.Equal(frozen) {
		t.Errorf("now %v, %v", now, err)
	}
	move := func(sql string) {
		if _, err := d.DB.Pool().Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	move(`UPDATE merchants SET clock_target = '1998-10-01 04:00Z'`)
	if _, err := read(); !errors.Is(err, models.ErrClockMoving) {
		t.Errorf("while moving: %v", err)
	}
	move(`UPDATE merchants SET clock_at = clock_target, clock_target = NULL`)
	if now, err := read(); err != nil || !now.Equal(time.Date(1998, 10, 1, 4, 0, 0, 0, time.UTC)) {
		t.Errorf("after moving: %v, %v", now, err)
	}
}

func TestAnUnknownMerchantIsNotFound(t *testing.T) {
	t.Parallel()
	db := storetest.NewDB(t)
	err := store.InTx(t.Context(), db, 77, func(*store.Tx) error { return nil })
	if models.KindOf(err) != models.NotFound {
		t.Errorf("%v", err)
	}
}

func TestReadTxWritesNothing(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	err := store.ReadTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error { return addShelf(tx, "one") })
	if e, ok := errors.AsType[*pgconn.PgError](err); !ok || e.Code != "25006" {
		t.Errorf("%v", err)
	}
}

func TestAPoolOfOneServesMany(t *testing.T) {
	t.Parallel()
	d := storetest.Open(t)
	id := d.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	db, err := store.Open(t.Context(), store.Config{URL: d.URL, PoolSize: 1, AcquireTimeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	errs := make(chan error, 64)
	for n := range cap(errs) {
		go func() {
			errs <- store.InTx(context.Background(), db, id, func(tx *store.Tx) error { return addShelf(tx, fmt.Sprint("s", n)) })
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if n := count(t, db, "stores"); n != 64 {
		t.Errorf("%d rows", n)
	}
}

func TestAnExhaustedPoolAnswersInTime(t *testing.T) {
	t.Parallel()
	d := storetest.Open(t)
	db, err := store.Open(t.Context(), store.Config{URL: d.URL, PoolSize: 1, AcquireTimeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	held, err := db.Pool().Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer held.Release()
	err = store.InGlobalTx(t.Context(), db, func(*store.Tx) error { return nil })
	if models.KindOf(err) != models.Unavailable {
		t.Errorf("%v", err)
	}
}
