package imports

import (
	"context"
	"strings"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/imports/sheet"
	"dangol/models/insights"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/models/tasks"
	"dangol/models/terms"
)

// counter is a shop with a desk at which files are brought in.
type counter struct {
	*storetest.Shop
	desk *Desk
}

func open(t testing.TB) *counter { return at(t, storetest.New(t)) }

// sandbox is a shop like the one of the CDNOW data, whose clock stands still.
func sandbox(t testing.TB, zone, currency string, now time.Time) *counter {
	d := storetest.Open(t)
	id := d.AddMerchant(t, zone, currency, &now)
	s := &storetest.Shop{Database: *d, MerchantID: id}
	c := at(t, s)
	c.exec(t, `UPDATE merchants SET settings = '{"expire_untold": true}' WHERE id = $1`, id)
	return c
}

func at(t testing.TB, shop *storetest.Shop) *counter {
	return &counter{shop, &Desk{DB: shop.DB, Folder: t.TempDir(), Refresh: func(ctx context.Context, merchantID int64) error {
		return insights.RefreshFacts(ctx, shop.DB, merchantID, calendar.NewDate(2026, 11, 23))
	}}}
}

func (c *counter) exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	if _, err := c.DB.Pool().Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

func (c *counter) tx(t testing.TB, fn func(*store.Tx) error) {
	t.Helper()
	if err := store.InTx(t.Context(), c.DB, c.MerchantID, fn); err != nil {
		t.Fatal(err)
	}
}

// number asks for one number.
func (c *counter) number(t testing.TB, sql string, args ...any) (n int64) {
	t.Helper()
	if err := c.DB.Pool().QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatalf("%v: %s", err, sql)
	}
	return n
}

// publish puts terms in force: a point a whole unit of money, 12 months to the month's end, tiers by 12-month spend.
func (c *counter) publish(t testing.TB, currency string, every, silver, gold int64, from time.Time) {
	t.Helper()
	c.publishAlso(t, currency, every, silver, gold, from, func(*terms.Terms) {})
}

// publishAlso is publish with a change.
func (c *counter) publishAlso(t testing.TB, currency string, every, silver, gold int64, from time.Time, change func(*terms.Terms)) {
	t.Helper()
	doc := terms.Terms{
		Schema: terms.Schema, Name: terms.Text{Ko: "단골", En: "Regulars"}, Currency: currency,
		Units: []terms.Unit{{Code: "points", Kind: terms.Spendable, Name: terms.Text{Ko: "포인트", En: "point"}, Plural: terms.Text{Ko: "포인트", En: "points"},
			Worth: terms.Worth{Money: 1, Points: 1}, Expiry: terms.Expiry{Kind: terms.Rolling, Months: 12}}},
		Earning: []terms.Rule{{Code: "buy", Unit: "points", Name: terms.Text{Ko: "구매", En: "purchase"}, When: terms.OnPurchase,
			Award: terms.Formula{Kind: terms.PerAmount, Every: every, Points: 1}}},
		Tiers: &terms.TierPlan{Metric: terms.MetricSpend, Window: terms.Window{Kind: terms.RollingMonths, Months: 12}, ReviewDay: 1,
			Validity: terms.Validity{Kind: terms.ValidForMonths, Months: 12}, Downgrade: terms.DownFull,
			Tiers: []terms.Tier{
				{Code: "basic", Name: terms.Text{Ko: "일반", En: "Basic"}},
				{Code: "silver", Name: terms.Text{Ko: "실버", En: "Silver"}, Threshold: silver},
				{Code: "gold", Name: terms.Text{Ko: "골드", En: "Gold"}, Threshold: gold}}},
	}
	change(&doc)
	c.tx(t, func(tx *store.Tx) error {
		if _, err := programs.CreateIn(tx, models.Actor{}, "shop", doc.Encode()); err != nil {
			return err
		}
		_, err := programs.PublishIn(tx, models.Actor{}, "shop", models.PublishParams{EffectiveFrom: from, AsIf: true})
		return err
	})
}

func (c *counter) upload(t testing.TB, name, text string) Import {
	t.Helper()
	imp, err := c.desk.Upload(t.Context(), c.MerchantID, models.Actor{}, name, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return imp
}

func (c *counter) choose(t testing.TB, id int64, choice Choice) Preview {
	t.Helper()
	p, err := c.desk.Choose(t.Context(), c.MerchantID, id, models.Actor{}, choice)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// step starts a step and does it.
func (c *counter) step(t testing.TB, id int64, start func(context.Context, int64, int64, models.Actor) (int64, error)) Import {
	t.Helper()
	task, err := start(t.Context(), c.MerchantID, id, models.Actor{})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.desk.Work(t.Context(), c.DB, c.MerchantID, task); err != nil {
		t.Fatal(err)
	}
	return c.find(t, id)
}

func (c *counter) find(t testing.TB, id int64) (imp Import) {
	t.Helper()
	c.tx(t, func(tx *store.Tx) (err error) { imp, err = Find(tx, id); return err })
	return imp
}

// bring does all of it: upload, choose, check, run.
func (c *counter) bring(t testing.TB, text string, choice Choice) Import {
	t.Helper()
	imp := c.upload(t, "orders.csv", text)
	c.choose(t, imp.ID, choice)
	if got := c.step(t, imp.ID, c.desk.StartCheck); got.State != Checked {
		t.Fatalf("checked: %+v", got)
	}
	return c.step(t, imp.ID, c.desk.StartRun)
}

func (c *counter) faults(t testing.TB, id int64) (all []sheet.Fault) {
	t.Helper()
	c.tx(t, func(tx *store.Tx) error {
		faults, err := Errors(tx, id, 100)
		for _, f := range faults {
			all = append(all, f.Fault)
		}
		return err
	})
	return all
}

func (c *counter) task(t testing.TB, id int64) (task tasks.Task) {
	t.Helper()
	c.tx(t, func(tx *store.Tx) error {
		p, err := Watch(tx, id)
		task = p.Task
		return err
	})
	return task
}
