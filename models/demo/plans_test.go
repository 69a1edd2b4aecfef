package demo_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/customers"
	"dangol/models/demo"
	"dangol/models/insights"
	"dangol/models/programs"
	"dangol/models/segments"
	"dangol/models/store"
)

// large are the tables that no page may read from end to end, once there is something in them.
var large = []string{"customers", "customer_search", "customer_stats", "customer_months", "customer_facts", "memberships", "accounts", "orders",
	"order_lines", "entries", "lots", "coupons"}

// scans counts how often this connection has read each large table sequentially, as far as the statistics have not been
// handed in yet: only differences tell.
func scans(t *testing.T, tx *store.Tx) map[string]int64 {
	t.Helper()
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT s.relname::text, s.seq_scan FROM pg_stat_xact_user_tables s JOIN pg_class c ON c.oid = s.relid
		WHERE s.relname = ANY ($1) AND c.reltuples > 1000`, large)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int64{}
	var name string
	var n int64
	if _, err := pgx.ForEachRow(rows, []any{&name, &n}, func() error { counts[name] = n; return nil }); err != nil {
		t.Fatal(err)
	}
	return counts
}

// scanned lists the large tables that fn reads sequentially.
func scanned(t *testing.T, tx *store.Tx, fn func(*store.Tx) error) (tables []string) {
	t.Helper()
	before := scans(t, tx)
	if err := fn(tx); err != nil {
		t.Fatal(err)
	}
	for name, n := range scans(t, tx) {
		if n > before[name] {
			tables = append(tables, name)
		}
	}
	return tables
}

// A page's cost does not grow with the shop: with twenty thousand orders none of them reads a large table from end to
// end, at the beginning and deep inside a list.
func TestNoPageReadsATableFromEndToEnd(t *testing.T) {
	t.Parallel()
	s, _ := build(t, demo.Config{People: 4000})
	s.Clock.Advance(time.Hour)
	if err := insights.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	var somebody, program int64
	in(t, s, func(tx *store.Tx) error {
		return tx.PG().QueryRow(tx.Ctx(), `SELECT min(customer_id), min(program_id) FROM memberships WHERE merchant_id = $1`, tx.MerchantID()).Scan(&somebody, &program)
	})
	pages := map[string]func(tx *store.Tx) error{
		"card":     func(tx *store.Tx) error { _, err := customers.ReadCard(tx, somebody); return err },
		"timeline": func(tx *store.Tx) error { _, err := customers.Timeline(tx, somebody, nil, "", 0); return err },
		"grid":     func(tx *store.Tx) error { _, err := insights.ReadGrid(tx); return err },
		"home":     func(tx *store.Tx) error { _, err := insights.ReadHome(tx); return err },
		"shares": func(tx *store.Tx) error {
			spending, err := insights.ReadSpending(tx)
			if err != nil {
				return err
			}
			_, err = insights.Shares(tx, spending, []int64{30_000, 123_456})
			return err
		},
		"programmes": func(tx *store.Tx) error { _, err := programs.Running(tx); return err },
	}
	for _, q := range []string{"김", "ㄱ", "이", "민서", "ㅁㅅ", "0001", "010-0000-0001", "김 0001", "민 김", "없는사람"} {
		pages["search "+q] = twoPages(func(tx *store.Tx, after string) (string, error) {
			page, err := customers.Search(tx, q, after, 20)
			return page.Next, err
		})
		pages["lookup "+q] = func(tx *store.Tx) error { _, err := customers.Lookup(tx, q); return err }
	}
	for _, view := range customers.Views {
		for _, tier := range []string{"", "vip"} {
			pages[fmt.Sprintf("list %s %s", view, tier)] = twoPages(func(tx *store.Tx, after string) (string, error) {
				page, err := customers.List(tx, customers.ListQuery{View: view, Tier: tier, After: after})
				return page.Next, err
			})
		}
	}
	for _, name := range segments.Names {
		pages["people "+string(name)] = twoPages(func(tx *store.Tx, after string) (string, error) {
			page, err := segments.People(tx, segments.Group{Name: name}, after, 20)
			return page.Next, err
		})
	}
	for name, page := range pages {
		in(t, s, func(tx *store.Tx) error {
			if _, err := tx.PG().Exec(tx.Ctx(), `SET LOCAL max_parallel_workers_per_gather = 0`); err != nil { // workers keep their own counts
				return err
			}
			if tables := scanned(t, tx, page); len(tables) > 0 {
				t.Errorf("%s reads all of %v", name, tables)
			}
			return nil
		})
	}
}

// twoPages reads the first page and the one behind it.
func twoPages(read func(tx *store.Tx, after string) (next string, err error)) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		next, err := read(tx, "")
		if err == nil && next != "" {
			_, err = read(tx, next)
		}
		return err
	}
}

// The test above can fail.
func TestASequentialScanIsSeen(t *testing.T) {
	t.Parallel()
	s, _ := build(t, demo.Config{People: 500})
	in(t, s, func(tx *store.Tx) error {
		tables := scanned(t, tx, func(tx *store.Tx) error {
			_, err := tx.PG().Exec(tx.Ctx(), `SELECT count(*) FROM orders WHERE total > 5 AND merchant_id > 0`)
			return err
		})
		if len(tables) != 1 || tables[0] != "orders" {
			t.Errorf("seen: %v", tables)
		}
		return nil
	})
}
