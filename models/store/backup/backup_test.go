package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
	"dangol/models/store/backup"
	"dangol/models/store/storetest"
)

// furnished is a shop with rows that COPY has to take care with: quotes, tabs, line ends, NULL's own sign, bytes, arrays.
func furnished(t *testing.T) *storetest.Shop {
	t.Helper()
	shop := storetest.New(t)
	for _, sql := range []string{
		`INSERT INTO stores (merchant_id, code, name, created_at) SELECT 1, 's' || n, E'모퉁이\t\\N "' || n || E'\n', '2026-01-02' FROM generate_series(1, 30) n`,
		`INSERT INTO people (email, name, created_at) VALUES ('maya@example.com', 'Maya', '2026-01-02')`,
		`INSERT INTO staff (merchant_id, person_id, role, store_ids, created_at) SELECT 1, id, 'owner', '{1,2}', '2026-01-02' FROM people`,
		`INSERT INTO idempotency_keys VALUES (1, 'api:1', 'k', '\x00ff5c', NULL, NULL, '2026-01-02')`,
		`INSERT INTO customers (merchant_id, name, phone, created_at, updated_at)
			SELECT 1, repeat('단골', 20), '+8210' || lpad(n::text, 8, '0'), '2026-01-02', '2026-01-02' FROM generate_series(1, 40000) n`,
		`INSERT INTO audit_records (merchant_id, staff_id, action, subject, at, digest) SELECT 1, id, 'sign_in', 'x', '2026-01-02', '\x01' FROM staff`,
	} {
		if _, err := shop.DB.Pool().Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	return shop
}

// empty is a database with nothing in it, not even a schema, for the owner and the program.
func empty(t *testing.T) (ownerURL, url string) {
	t.Helper()
	d := storetest.Open(t)
	admin := d.Admin(t)
	name := fmt.Sprintf("e_%d", rand.Int64())
	if _, err := admin.Exec(t.Context(), `CREATE DATABASE `+name+` OWNER dangol_owner`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = admin.Exec(context.Background(), `DROP DATABASE `+name+` WITH (FORCE)`) })
	return d.OwnerURL + " dbname=" + name, d.URL + " dbname=" + name
}

func TestEverythingComesBack(t *testing.T) {
	t.Parallel()
	shop := furnished(t)
	file := filepath.Join(t.TempDir(), "dangol.backup")
	wrote, err := backup.WriteFile(t.Context(), shop.URL, file, shop.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v", info, err)
	}
	ownerURL, url := empty(t)
	read, err := backup.RestoreFile(t.Context(), ownerURL, file)
	if err != nil || read != wrote || read.Rows < 40_000 {
		t.Fatalf("wrote %+v, read %+v, %v", wrote, read, err)
	}
	if a, b := contents(t, shop.URL), contents(t, url); a != b {
		t.Errorf("before and after differ: %s and %s", a, b)
	}
	restored, err := store.Open(t.Context(), store.Config{URL: url, PoolSize: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	if restored.Protection() != store.ByRole {
		t.Errorf("the restored ledger is protected by %s", restored.Protection())
	}
	var id int64
	err = restored.Pool().QueryRow(t.Context(), `INSERT INTO stores (merchant_id, code, name, created_at) VALUES (1, 'new', 'new', '2026-01-02') RETURNING id`).Scan(&id)
	if err != nil || id != 31 {
		t.Errorf("the next store has id %d, %v", id, err)
	}
}

// contents is a hash of every row of every table.
func contents(t *testing.T, url string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, err := conn.Query(t.Context(), `SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, table := range tables {
		var hash string
		err := conn.QueryRow(t.Context(), `SELECT coalesce(md5(string_agg(x::text, '|' ORDER BY x::text COLLATE "C")), '') FROM `+table+` x`).Scan(&hash)
		if err != nil {
			t.Fatal(err)
		}
		all += table + hash
	}
	return all
}

func TestADamagedBackupLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	shop := furnished(t)
	var file bytes.Buffer
	if _, err := backup.Write(t.Context(), shop.URL, &file, shop.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	whole := file.Bytes()
	changed := bytes.Clone(whole)
	changed[len(changed)*2/3] ^= 0x10
	ownerURL, url := empty(t)
	for name, bad := range map[string][]byte{
		"cut short": whole[:len(whole)/2],
		"a bit off": changed,
		"no backup": []byte("hello"),
		"nothing":   nil,
	} {
		if _, err := backup.Restore(t.Context(), ownerURL, bytes.NewReader(bad)); err == nil {
			t.Errorf("%s: restored", name)
		}
	}
	if _, err := backup.Restore(t.Context(), ownerURL, bytes.NewReader(whole[:len(whole)/2])); !errors.Is(err, backup.ErrDamaged) {
		t.Errorf("cut short: %v", err)
	}
	if _, err := backup.Restore(t.Context(), ownerURL, bytes.NewReader(whole)); err != nil {
		t.Errorf("the good one afterwards: %v", err)
	}
	if a, b := contents(t, shop.URL), contents(t, url); a != b {
		t.Error("before and after differ")
	}
}

func TestRestoreNeedsAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	shop := furnished(t)
	var file bytes.Buffer
	if _, err := backup.Write(t.Context(), shop.URL, &file, shop.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	before := contents(t, shop.URL)
	if _, err := backup.Restore(t.Context(), shop.OwnerURL, &file); !errors.Is(err, backup.ErrNotEmpty) {
		t.Errorf("%v", err)
	}
	if contents(t, shop.URL) != before {
		t.Error("something was changed")
	}
}

func TestABackupIsOneMoment(t *testing.T) {
	t.Parallel()
	shop := furnished(t)
	stop := make(chan struct{})
	stopped := make(chan struct{})
	go func() { // a person and a staff row are always made together
		defer close(stopped)
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			_, err := shop.DB.Pool().Exec(t.Context(), `WITH p AS (INSERT INTO people (email, name, created_at) VALUES ($1, 'x', '2026-01-02') RETURNING id)
				INSERT INTO staff (merchant_id, person_id, role, created_at) SELECT 1, id, 'clerk', '2026-01-02' FROM p`, fmt.Sprintf("p%d@example.com", n))
			if err != nil {
				t.Error(err)
				return
			}
		}
	}()
	var file bytes.Buffer
	_, err := backup.Write(t.Context(), shop.URL, &file, shop.Clock.Now())
	close(stop)
	<-stopped
	if err != nil {
		t.Fatal(err)
	}
	ownerURL, url := empty(t)
	if _, err := backup.Restore(t.Context(), ownerURL, &file); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var people, staff int
	if err := conn.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM staff)`).Scan(&people, &staff); err != nil || people != staff {
		t.Errorf("%d people, %d staff, %v", people, staff, err)
	}
}
