package demo_test

import (
	"fmt"
	"os"
	"reflect"
	"testing"
	"time"

	"dangol/models/counter"
	"dangol/models/customers"
	"dangol/models/demo"
	"dangol/models/insights"
	"dangol/models/occasions"
	"dangol/models/previews"
	"dangol/models/programs"
	"dangol/models/segments"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/models/terms"
	"dangol/models/todos"
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
	return storetest.Counts(t, rows, err)
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
// end, at the beginning and deep inside a list, whether the planner knows what is asked for or plans for anything.
func TestNoPageReadsATableFromEndToEnd(t *testing.T) {
	t.Parallel()
	s := nightOf(t, 4000)
	for _, mode := range []string{"force_custom_plan", "force_generic_plan"} {
		for name, page := range pagesOf(t, s) {
			wantsNoScan(t, s, mode, name, page)
		}
	}
}

// The same with a million orders, where a preview takes a sample and the night's counts.
func TestNoPageOfALargeShopReadsATableFromEndToEnd(t *testing.T) {
	t.Parallel()
	if os.Getenv("DANGOL_TEST_ALL") == "" {
		t.Skip("builds a shop of 200,000 customers: with DANGOL_TEST_ALL")
	}
	s := nightOf(t, 200_000)
	wantsTruth(t, s)
	pages := pagesOf(t, s)
	pages["members"] = func(tx *store.Tx) error {
		program, err := programs.Find(tx, "")
		if err == nil {
			_, err = insights.Members(tx, program.ID)
		}
		return err
	}
	for name, change := range map[string]func(*terms.Terms){
		"preview, as it is":     func(*terms.Terms) {},
		"preview, another rate": func(d *terms.Terms) { d.Earning[0].Award.Rate = terms.Percent(3) },
	} {
		pages[name] = func(tx *store.Tx) error {
			p, err := preview(tx, change)
			if err == nil && (p.Sample == nil || p.Birthdays.AsOf.IsZero()) {
				t.Errorf("%s counts everybody", name)
			}
			return err
		}
	}
	for _, mode := range []string{"force_custom_plan", "force_generic_plan"} {
		for name, page := range pages {
			wantsNoScan(t, s, mode, name, page)
		}
	}
}

// preview tries a change of what the shop promises.
func preview(tx *store.Tx, change func(*terms.Terms)) (previews.Preview, error) {
	desk, err := programs.Open(tx)
	if err != nil {
		return previews.Preview{}, err
	}
	change(&desk.Draft)
	return previews.Of(tx, desk.Program.ID, &desk.Draft)
}

// wantsTruth holds the preview of a large shop against the orders and the birthdays themselves.
func wantsTruth(t *testing.T, s *storetest.Shop) {
	t.Helper()
	in(t, s, func(tx *store.Tx) error {
		p, err := preview(tx, func(d *terms.Terms) {
			d.Tiers, d.Earning = nil, d.Earning[:1]
			d.Earning[0].Tiers, d.Earning[0].Award.Rate = nil, terms.Percent(3)
		})
		if err != nil {
			return err
		}
		var points, orders int64
		err = tx.PG().QueryRow(tx.Ctx(), `SELECT sum(basis * 3 / 100)::bigint, count(*) FROM orders
			WHERE merchant_id = $1 AND business_date BETWEEN $2 AND $3 AND withdrawn_at IS NULL`, tx.MerchantID(), p.Sample.From, p.Sample.To).Scan(&points, &orders)
		if err != nil {
			return err
		}
		if off := max(p.Replay.Points-points, points-p.Replay.Points) * 1000 / points; off > 2*p.Sample.Points || p.Sample.Points > 20 || p.Replay.Orders != orders {
			t.Errorf("%d points with %d orders, there are %d with %d: %d tenths of a percent, said %d", p.Replay.Points, p.Replay.Orders, points, orders, off, p.Sample.Points)
		}
		desk, err := programs.Open(tx)
		if err != nil {
			return err
		}
		for _, lead := range []int{desk.Draft.Occasions[0].Lead, 3} {
			desk.Draft.Occasions[0].Lead = lead
			p, err := previews.Of(tx, desk.Program.ID, &desk.Draft)
			if err != nil {
				return err
			}
			live, err := occasions.Ahead(tx, desk.Program.ID, &desk.Draft, &desk.Draft.Occasions[0], previews.Days, 50)
			if err != nil || !reflect.DeepEqual(live, p.Birthdays.Preview) || len(live.People) != 50 {
				t.Errorf("with %d days ahead %v gifts, counted now %v: %v", lead, p.Birthdays.Counts, live.Counts, err)
			}
		}
		return nil
	})
}

// nightOf builds a shop and lets a night pass.
func nightOf(t *testing.T, people int) *storetest.Shop {
	t.Helper()
	s, _ := build(t, demo.Config{People: people})
	s.Clock.Advance(time.Hour)
	if err := insights.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	if err := previews.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	return s
}

func wantsNoScan(t *testing.T, s *storetest.Shop, mode, name string, page func(*store.Tx) error) {
	t.Helper()
	in(t, s, func(tx *store.Tx) error {
		for _, set := range []string{"max_parallel_workers_per_gather = 0", "plan_cache_mode = " + mode} { // workers keep their own counts
			if _, err := tx.PG().Exec(tx.Ctx(), `SET LOCAL `+set); err != nil {
				return err
			}
		}
		if tables := scanned(t, tx, page); len(tables) > 0 {
			t.Errorf("%s reads all of %v with %s", name, tables, mode)
		}
		return nil
	})
}

// pagesOf are the questions of the screens.
func pagesOf(t *testing.T, s *storetest.Shop) map[string]func(tx *store.Tx) error {
	t.Helper()
	var somebody, program int64
	in(t, s, func(tx *store.Tx) error {
		return tx.PG().QueryRow(tx.Ctx(), `SELECT min(customer_id), min(program_id) FROM memberships WHERE merchant_id = $1`, tx.MerchantID()).Scan(&somebody, &program)
	})
	pages := map[string]func(tx *store.Tx) error{
		"card":     func(tx *store.Tx) error { _, err := customers.ReadCard(tx, somebody); return err },
		"guest":    func(tx *store.Tx) error { _, err := counter.Read(tx, somebody); return err },
		"timeline": func(tx *store.Tx) error { _, err := customers.Timeline(tx, somebody, nil, "", 0); return err },
		"grid":     func(tx *store.Tx) error { _, err := insights.ReadGrid(tx); return err },
		"home":     func(tx *store.Tx) error { _, err := insights.ReadHome(tx); return err },
		"figures":  func(tx *store.Tx) error { _, err := insights.ReadFigures(tx, 365); return err },
		"held": func(tx *store.Tx) error {
			_, err := insights.HeldTiers(tx, program, map[string]int64{"regular": 150_000, "vip": 450_000})
			return err
		},
		"todos": func(tx *store.Tx) error { _, err := todos.Read(tx); return err },
		"steps": func(tx *store.Tx) error { _, err := todos.Done(tx); return err },
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
	for r := 1; r <= 5; r++ {
		for f := 1; f <= 5; f++ {
			group := segments.Group{Cell: &segments.Cell{Recency: r, Frequency: f}}
			pages[fmt.Sprintf("people of %d %d", r, f)] = twoPages(func(tx *store.Tx, after string) (string, error) {
				if _, err := segments.Count(tx, group, program); err != nil {
					return "", err
				}
				page, err := segments.People(tx, group, after, 20)
				return page.Next, err
			})
		}
	}
	return pages
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
