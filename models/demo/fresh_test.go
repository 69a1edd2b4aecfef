package demo_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/counter"
	"dangol/models/customers"
	"dangol/models/grants"
	"dangol/models/redemption"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/models/terms"
	"dangol/models/transfers"
)

// crowdSQL lets three thousand people have bought three times, without the engine: rows are all that is wanted of them.
const crowdSQL = `WITH people AS (
		INSERT INTO customers (merchant_id, name, phone, external_id, created_at, updated_at)
		SELECT $1, 'Guest ' || n, '+8210' || (30000000 + n), 'guest:' || n, now(), now() FROM generate_series(1, 3000) AS n RETURNING id),
	members AS (
		INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at)
		SELECT $1, (SELECT min(id) FROM programs WHERE merchant_id = $1), id, 'guest-' || id, now() FROM people RETURNING id, customer_id),
	owned AS (
		INSERT INTO accounts (merchant_id, membership_id, unit, available, last_seq) SELECT $1, id, 'point', 300, 3 FROM members RETURNING id, membership_id),
	bought AS (
		INSERT INTO orders (merchant_id, source, external_id, customer_id, membership_id, placed_at, business_date, total, basis, content_hash, recorded_at)
		SELECT $1, 'pos', 'guest:' || m.id || ':' || n, m.customer_id, m.id, now(), current_date, 10000, 10000, sha256('x'), now()
		FROM members m, generate_series(1, 3) AS n RETURNING id),
	earned AS (
		INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, version, rule, why, digest)
		SELECT $1, a.id, n, 'earn', 'available', 100, now(), now(), now(), 'order:pos:guest:' || a.id || ':' || n || '/purchase', 1, 'purchase', '\x01', sha256('x')
		FROM owned a, generate_series(1, 3) AS n RETURNING account_id, seq, cause),
	aged AS (
		INSERT INTO lots (merchant_id, account_id, seq, bucket, points, remaining, earned_at, expires_on, cause)
		SELECT $1, account_id, seq, 'available', 100, 100, now(), current_date + 400, cause FROM earned),
	counted AS (
		INSERT INTO customer_stats (merchant_id, customer_id, orders, visits, gross, first_on, last_on)
		SELECT $1, id, 3, 1, 30000, current_date, current_date FROM people),
	keys AS (
		INSERT INTO idempotency_keys (merchant_id, scope, key, body_hash, status, answer, created_at)
		SELECT $1, 'api:1', 'guest:' || id, sha256('x'), 201, '{}', now() FROM people)
	INSERT INTO customer_months (merchant_id, customer_id, month, orders, visits, gross)
	SELECT $1, id, date_trunc('month', current_date), 3, 1, 30000 FROM people RETURNING 1`

// What a till and a counter do all day reads the rows of those who are meant, also in a shop of which the server has no
// statistics yet, or wrong ones: the planner then believes that any index that begins with the shop is as good as another.
func TestATillInAShopWithoutStatistics(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	shop := shoptest.New(t, func(doc *terms.Terms) { doc.Transfers = []terms.Transfer{{Unit: "point", Minimum: 10}} })
	first := shop.Joon.Buys(t, "1,250,000")
	shop.Maya.Buys(t, "12,500")
	crowd(t, shop)
	joon, maya := models.CustomerRef{ID: shop.Joon.ID}, models.CustomerRef{ID: shop.Maya.ID}
	member := shop.ID(t, `SELECT id FROM memberships WHERE merchant_id = $1 AND customer_id = $2`, shop.Joon.ID)
	guest := models.CustomerRef{Phone: "010-3000-0077"}
	order := func(who models.CustomerRef) models.OrderParams {
		o := shop.Joon.Order(t, "12,500")
		o.Customer = &who
		return o
	}
	redeem := func(reserve bool) (string, error) {
		p := models.RedemptionParams{ExternalID: "U" + shop.Number(), Customer: joon, Points: 1000, Reserve: reserve}
		_, err := redemption.Redeem(ctx, shop.DB, shop.MerchantID, shop.Till, store.Key{}, p)
		return p.ExternalID, err
	}
	var bought accrual.Result
	acts := []struct {
		name string
		do   func() error
	}{
		{"an order", func() (err error) {
			bought, err = accrual.Accrue(ctx, shop.DB, shop.MerchantID, shop.Till, store.Key{Scope: "api:1", Key: shop.Number(), BodyHash: []byte("x")}, order(joon))
			return err
		}},
		{"an order by phone", func() error {
			_, err := accrual.Accrue(ctx, shop.DB, shop.MerchantID, shop.Till, store.Key{}, order(guest))
			return err
		}},
		{"a batch", func() error {
			_, err := accrual.AccrueAll(ctx, shop.DB, shop.MerchantID, shop.Till, []accrual.Keyed{{Params: order(joon)}, {Params: order(maya)}, {Params: order(guest)}})
			return err
		}},
		{"a quotation", func() error {
			_, err := accrual.Quote(ctx, shop.DB, shop.MerchantID, shop.Till, "", order(joon))
			return err
		}},
		{"a refund", func() error {
			_, err := accrual.Refund(ctx, shop.DB, shop.MerchantID, shop.Till, store.Key{},
				models.RefundParams{ExternalID: "R" + shop.Number(), OrderExternalID: first.ExternalID, Amount: 5000})
			return err
		}},
		{"an undone order", func() error {
			_, err := accrual.Undo(ctx, shop.DB, shop.MerchantID, shop.Hire(t, models.Owner), store.Key{}, bought.OrderID)
			return err
		}},
		{"points as money", func() error { _, err := redeem(false); return err }},
		{"points set aside", func() error {
			number, err := redeem(true)
			if err == nil {
				_, err = redemption.Confirm(ctx, shop.DB, shop.MerchantID, shop.Till, store.Key{}, number)
			}
			return err
		}},
		{"a present", func() error {
			_, err := grants.Give(ctx, shop.DB, shop.MerchantID, shop.Clerk, store.Key{Scope: "staff:1", Key: shop.Number(), BodyHash: []byte("x")}, models.GrantParams{MembershipID: member, Points: 10, Reason: models.GrantThanks})
			return err
		}},
		{"points handed on", func() error {
			_, err := transfers.Give(ctx, shop.DB, shop.MerchantID, shop.Till, store.Key{}, models.TransferParams{ExternalID: "T" + shop.Number(), From: joon, To: maya, Points: 100})
			return err
		}},
		{"the counter's card", func() error {
			return store.ReadTx(ctx, shop.DB, shop.MerchantID, func(tx *store.Tx) error { _, err := counter.Read(tx, shop.Joon.ID); return err })
		}},
		{"the counter's search", func() error {
			return store.ReadTx(ctx, shop.DB, shop.MerchantID, func(tx *store.Tx) error { _, err := customers.Lookup(tx, "010-3000-0077"); return err })
		}},
	}
	for _, when := range []string{"by plans that were made while it was empty", "by new plans"} {
		for _, act := range acts {
			before := read(ctx, t, shop.DB)
			if err := act.do(); err != nil {
				t.Errorf("%s %s: %v", act.name, when, err)
			}
			for table, n := range read(ctx, t, shop.DB) {
				// How the server checks that an order's customer is there is its own affair, until it has new statistics.
				if n -= before[table]; n > 500 && (table != "customers" || when == "by new plans") {
					t.Errorf("%s %s reads %d rows of %s", act.name, when, n, table)
				}
			}
		}
		shop.DB.Pool().Reset()
	}
}

// crowd fills the shop, by a connection whose own reading has been counted before anything is measured.
func crowd(t *testing.T, shop *shoptest.Shop) {
	t.Helper()
	conn := shop.Admin(t)
	for _, sql := range []string{strings.ReplaceAll(crowdSQL, "$1", fmt.Sprint(shop.MerchantID)), `SELECT pg_stat_force_next_flush()`, `SELECT 1`} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}

// read is how many rows the pool's connections have read of each table; a test has a database of its own.
func read(ctx context.Context, t *testing.T, db *store.DB) map[string]int64 {
	t.Helper()
	for _, conn := range db.Pool().AcquireAllIdle(ctx) {
		if _, err := conn.Exec(ctx, `SELECT pg_stat_force_next_flush()`); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Exec(ctx, `SELECT 1`); err != nil {
			t.Fatal(err)
		}
		conn.Release()
	}
	rows, err := db.Pool().Query(ctx, `SELECT relname::text, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables`)
	return storetest.Counts(t, rows, err)
}
