package demo_test

import (
	"testing"

	"dangol/models/customers"
	"dangol/models/demo"
	"dangol/models/insights"
	"dangol/models/ledger"
	"dangol/models/people"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

// build makes the demo shop, small, and gives its database.
func build(t testing.TB, cfg demo.Config) (*storetest.Shop, demo.Shop) {
	t.Helper()
	d := storetest.Open(t)
	if len(cfg.SignIns) == 0 {
		cfg.Guard = people.NewGuard([]byte("a test's secret"))
	}
	shop, err := demo.Build(t.Context(), d.DB, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return &storetest.Shop{Database: *d, MerchantID: shop.MerchantID}, shop
}

func in(t testing.TB, s *storetest.Shop, fn func(*store.Tx) error) {
	t.Helper()
	if err := store.InTx(t.Context(), s.DB, s.MerchantID, fn); err != nil {
		t.Fatal(err)
	}
}

func number(t testing.TB, s *storetest.Shop, sql string) (n int64) {
	t.Helper()
	in(t, s, func(tx *store.Tx) error { return tx.PG().QueryRow(tx.Ctx(), sql, tx.MerchantID()).Scan(&n) })
	return n
}

// Every screen has something to show.
func TestTheDemoShopLooksAlive(t *testing.T) {
	t.Parallel()
	s, shop := build(t, demo.Config{})
	if shop.Customers != demo.Neighbours || shop.Orders < 3000 || len(shop.SignIns) != 6 {
		t.Errorf("%+v", shop)
	}
	for what, c := range map[string]struct {
		sql         string
		least, most int64
	}{
		"tiers held":            {`SELECT count(DISTINCT tier_code) FROM memberships WHERE merchant_id = $1`, 2, 3},
		"solar birthdays":       {`SELECT count(*) FROM customers WHERE merchant_id = $1 AND birth_calendar = 'solar'`, 200, 700},
		"lunar birthdays":       {`SELECT count(*) FROM customers WHERE merchant_id = $1 AND birth_calendar LIKE 'lunar%'`, 20, 200},
		"birthday coupons":      {`SELECT count(*) FROM coupons WHERE merchant_id = $1 AND kind = 'birthday'`, 20, 700},
		"coupons used":          {`SELECT count(*) FROM coupons WHERE merchant_id = $1 AND used_at IS NOT NULL`, 4, 4},
		"points used":           {`SELECT count(*) FROM redemptions WHERE merchant_id = $1`, 50, 5000},
		"refunds that wait":     {`SELECT count(*) FROM refunds WHERE merchant_id = $1 AND state = 'waiting'`, 1, 1},
		"refunds that are done": {`SELECT count(*) FROM refunds WHERE merchant_id = $1 AND state = 'applied'`, 3, 3},
		"notes":                 {`SELECT count(*) FROM customer_notes WHERE merchant_id = $1`, 8, 12},
		"grants":                {`SELECT count(*) FROM grants WHERE merchant_id = $1`, 4, 4},
		"gifts":                 {`SELECT count(*) FROM gives WHERE merchant_id = $1 AND given = chosen AND given > 0`, 1, 1},
		"orders today":          {`SELECT count(*) FROM orders WHERE merchant_id = $1 AND business_date = '2026-11-23'`, 1, 100},
		"orders ahead of time":  {`SELECT count(*) FROM orders WHERE merchant_id = $1 AND placed_at > '2026-11-23 03:00+00'`, 0, 0},
		"days closed":           {`SELECT count(*) FROM business_days WHERE merchant_id = $1`, 365, 366},
		"who earned nothing":    {`SELECT count(*) FROM memberships m WHERE merchant_id = $1 AND NOT EXISTS (SELECT FROM accounts a JOIN entries e USING (merchant_id) WHERE a.membership_id = m.id AND a.merchant_id = $1 AND e.account_id = a.id)`, 0, 0},
	} {
		if n := number(t, s, c.sql); n < c.least || n > c.most {
			t.Errorf("%s: %d", what, n)
		}
	}
	for _, view := range customers.Views {
		in(t, s, func(tx *store.Tx) error {
			page, err := customers.List(tx, customers.ListQuery{View: view, Tier: "vip"})
			if len(page.Rows) == 0 {
				t.Errorf("nobody in the view %s", view)
			}
			return err
		})
	}
	numbersAreThere(t, s)
	sandbox, err := demo.Build(t.Context(), s.DB, demo.Config{Sandbox: true, SignIns: shop.SignIns})
	if err != nil || sandbox.Customers != shop.Customers || sandbox.Orders != shop.Orders {
		t.Errorf("its sandbox: %+v, %v", sandbox, err)
	}
	sound(t, s)
}

// numbersAreThere looks at the map of regulars and at the home page.
func numbersAreThere(t *testing.T, s *storetest.Shop) {
	t.Helper()
	in(t, s, func(tx *store.Tx) error {
		grid, err := insights.ReadGrid(tx)
		if err != nil {
			return err
		}
		if grid.People < 600 || grid.Recency.Classes() != 5 {
			t.Errorf("%+v", grid)
		}
		home, err := insights.ReadHome(tx)
		for _, code := range []insights.NumberCode{insights.VisitsToday, insights.SalesMonth, insights.EarnedMonth, insights.RedeemedMonth,
			insights.Outstanding, insights.ExpiringSoon, insights.RepeatRate, insights.Customers, insights.NewMonth} {
			if n, ok := home.Find(code); !ok || n.Value <= 0 {
				t.Errorf("%s: %+v", code, n)
			}
		}
		return err
	})
}

// sound proves the ledgers of every shop in the database.
func sound(t *testing.T, s *storetest.Shop) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), s.DB, programs.Running)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		t.Errorf("%+v", f)
	}
}

// A shop of a size has that many people and five orders each, whoever works on it side by side.
func TestAShopOfASize(t *testing.T) {
	t.Parallel()
	s, shop := build(t, demo.Config{People: 1200})
	if shop.Customers != 1200 || shop.Orders != 6000 {
		t.Errorf("%+v", shop)
	}
	if n := number(t, s, `SELECT count(*) FROM orders WHERE merchant_id = $1`); n != 6000 {
		t.Errorf("%d orders", n)
	}
	sound(t, s)
}
