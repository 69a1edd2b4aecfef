package ledger_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/merges"
	"dangol/models/redemption"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/models/terms"
)

var plants = flag.Int("plants", 300, "how many single-row changes verify has to find; 1000 before a release")

// A superuser changes one row, with triggers and foreign keys switched off. Verify finds every one.
func TestVerifyFindsEveryPlantedChange(t *testing.T) { // D-5
	t.Parallel()
	shop := eventfulYear(t)
	other := shop.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	admin := shop.Admin(t)
	must(t, admin, `SET session_replication_role = replica`)
	random := rand.New(rand.NewPCG(1, 2))
	planted := 0
	for planted < *plants {
		plant := vandalism[random.IntN(len(vandalism))]
		if done, found := vandalize(t, admin, shop.MerchantID, other, plant, random); done {
			planted++
			if !found {
				t.Errorf("not found: %s: %s", plant.table, plant.change)
			}
		}
	}
}

// plant is a way to damage a table. In its text ROW is a condition that picks one row, OTHER another merchant.
type plant struct{ table, change string }

var vandalism = plantsOf(map[string][]string{
	"entries":          {"points = points + 1", "points = -points", "account_id = OTHER_ACCOUNT", "merchant_id = OTHER", "at = at + interval '1 second'", "occurred_at = occurred_at - interval '1 day'", "recorded_at = recorded_at + interval '1 microsecond'", "kind = 'transfer'", "bucket = 'reserved'", "cause = cause || 'x'", "rule = 'other'", "version = 7", "seq = seq + 1000", "order_id = 999999", "reverses_seq = 999", "why = '\\x01'", "digest = sha256(digest)"},
	"lots":             {"points = points + 1, remaining = remaining + 1", "remaining = points - remaining WHERE remaining * 2 <> points", "account_id = OTHER_ACCOUNT", "merchant_id = OTHER", "earned_at = earned_at + interval '1 second'", "expires_on = expires_on + 1 WHERE expires_on IS NOT NULL", "usable_from = usable_from + 1 WHERE usable_from IS NOT NULL", "activates_on = '2031-01-01'", "cause = cause || 'x'", "seq = seq + 1000"},
	"lot_uses":         {"points = points - 1", "points = -points", "account_id = OTHER_ACCOUNT", "merchant_id = OTHER", "lot_seq = lot_seq + 1000", "entry_seq = entry_seq + 1000", "place = place + 1"},
	"lot_extensions":   {"to_on = to_on + 1", "from_on = from_on - 1", "account_id = OTHER_ACCOUNT", "merchant_id = OTHER", "at = at + interval '1 second'", "recorded_at = recorded_at + interval '1 second'", "reason = 'staff'", "lot_seq = lot_seq + 1000"},
	"tier_changes":     {"amount = amount + 1", "membership_id = OTHER_MEMBER", "merchant_id = OTHER", "at = at + interval '1 second'", "recorded_at = recorded_at + interval '1 second'", "to_code = 'vip' WHERE to_code <> 'vip'", "from_code = 'x'", "valid_until = '2031-01-01'", "window_from = window_from - 1", "reason = 'manual'", "cause = cause || 'x'", "seq = seq + 1000"},
	"accounts":         {"available = available + 1", "pending = pending + 1", "reserved = reserved + 1", "deficit = deficit + 1", "last_seq = last_seq + 1", "membership_id = OTHER_MEMBER", "merchant_id = OTHER", "unit = 'other'", "last_digest = sha256(last_digest)", "last_at = last_at + interval '1 second'"},
	"orders":           {"total = total + 1", "basis = basis + 1", "customer_id = OTHER_CUSTOMER WHERE customer_id IS NOT NULL", "merchant_id = OTHER", "refunded = refunded + 1", "business_date = business_date + 400", "withdrawn_at = now() WHERE withdrawn_at IS NULL AND customer_id IS NOT NULL"},
	"redemptions":      {"points = points + 1", "account_id = OTHER_ACCOUNT", "merchant_id = OTHER", "restored = restored + 1"},
	"merges":           {"external_id = external_id || 'x'", "into_customer_id = OTHER_CUSTOMER WHERE undone_at IS NULL", "merchant_id = OTHER", "undone_at = now() WHERE undone_at IS NULL", "undone_at = NULL WHERE undone_at IS NOT NULL"},
	"merge_accounts":   {"points = points + 1", "from_account_id = into_account_id", "merchant_id = OTHER"},
	"refunds":          {"amount = amount + 1", "merchant_id = OTHER", "state = 'dropped'"},
	"customer_months":  {"gross = gross + 1", "orders = orders + 1", "visits = visits + 1", "merchant_id = OTHER", "month = month + interval '7 years'"},
	"customer_stats":   {"gross = gross + 1", "returned = returned + 1", "first_on = first_on - 1", "merchant_id = OTHER"},
	"publications":     {"version = version + 1", "merchant_id = OTHER", "effective_from = effective_from - interval '1 day'", "published_at = published_at + interval '1 second'", "as_if = true"},
	"program_versions": {"document = document || ' '", "hash = repeat('0', 64)", "version = version + 1"},
})

func plantsOf(columns map[string][]string) (all []plant) {
	for table, sets := range columns {
		for _, set := range sets {
			set, where, found := strings.Cut(set, " WHERE ")
			if !found {
				where = "true"
			}
			column, value, _ := strings.Cut(strings.Split(set, ", ")[0], " = ")
			where += ` AND ` + column + ` IS DISTINCT FROM ` + value
			all = append(all, plant{table, `UPDATE ` + table + ` SET ` + set + ` WHERE ctid = (SELECT ctid FROM ` + table + ` WHERE merchant_id = SHOP AND ` + where + ` ORDER BY md5(ctid::text || SALT) LIMIT 1)`})
		}
		all = append(all, plant{table, `DELETE FROM ` + table + ` WHERE ctid = (SELECT ctid FROM ` + table + ` WHERE merchant_id = SHOP ORDER BY md5(ctid::text || SALT) LIMIT 1)`})
	}
	// A row is added: the copy of another one, one number further.
	for table, number := range map[string]string{"entries": "seq", "lots": "seq", "lot_uses": "lot_seq", "tier_changes": "seq", "lot_extensions": "to_on"} {
		all = append(all, plant{table, `INSERT INTO ` + table + ` SELECT (jsonb_populate_record(x, jsonb_build_object('` + number + `', x.` + number + ` + 1` + unique(table) + `))).* FROM (SELECT * FROM ` + table + ` WHERE merchant_id = SHOP ORDER BY md5(ctid::text || SALT) LIMIT 1) x`})
	}
	return all
}

// unique changes what else must differ in a copied row.
func unique(table string) string {
	if table == "entries" || table == "tier_changes" {
		return `, 'cause', x.cause || 'y'`
	}
	return ""
}

// vandalize damages one row, looks, and puts it back. Done is false where the table's own constraints refused.
func vandalize(t *testing.T, admin *pgx.Conn, shop, other int64, p plant, random *rand.Rand) (done, found bool) {
	t.Helper()
	ctx := context.Background()
	tx, err := admin.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(ctx)
	sql := strings.NewReplacer("SALT", fmt.Sprintf("'%d'", random.Int64()), "SHOP", fmt.Sprint(shop), "OTHER_ACCOUNT", fmt.Sprintf("(SELECT max(id) FROM accounts WHERE merchant_id = %d)", shop),
		"OTHER_MEMBER", fmt.Sprintf("(SELECT max(id) FROM memberships WHERE merchant_id = %d)", shop), "OTHER_CUSTOMER", fmt.Sprintf("(SELECT max(id) FROM customers WHERE merchant_id = %d)", shop),
		"OTHER", fmt.Sprint(other)).Replace(p.change)
	if sql == p.change {
		t.Fatalf("nothing to replace in %s", p.change)
	}
	if changed, err := tx.Exec(ctx, sql); err != nil || changed.RowsAffected() != 1 {
		return false, false
	}
	report, err := ledger.CheckIn(ctx, tx, shop)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return true, report.Found > 0
}

func must(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	if _, err := conn.Exec(context.Background(), sql); err != nil {
		t.Fatal(err)
	}
}

// eventfulYear is a shop in which everything has happened that writes to the ledger: holds, tiers, payments, refunds, an
// undo, points that ended and points that live on because nobody was told.
func eventfulYear(t *testing.T) *shoptest.Shop {
	t.Helper()
	shop := shoptest.New(t, manyPromises)
	for month := range 20 {
		shop.Clock.Set(storetest.Start.AddDate(0, month, 0))
		for _, customer := range []*shoptest.Customer{shop.Maya, shop.Joon} {
			order := customer.Order(t, "70,000")
			order.Channel = []string{"store", "online"}[month%2]
			result := shop.Posts(t, order)
			if month%4 == 1 {
				shop.Returns(t, result, "20,000")
			}
			if month%3 == 2 {
				pays(t, shop, customer, 1_000)
			}
		}
		if month == 6 {
			shop.Exec(t, `INSERT INTO lot_notices (merchant_id, account_id, lot_seq, expires_on, step, told_on)
				SELECT merchant_id, account_id, seq, expires_on, 'shown', '2027-05-24' FROM lots
				WHERE merchant_id = $1 AND account_id = (SELECT min(account_id) FROM lots) AND expires_on IS NOT NULL AND remaining > 0`)
		}
	}
	for i, id := range []string{"M1", "M2"} { // the first is undone, the second stands
		twin := shop.Meets(t, "Twin")
		twin.Buys(t, "70,000")
		params := models.MergeParams{ExternalID: id, From: models.CustomerRef{ID: twin.ID}, Into: models.CustomerRef{ID: shop.Maya.ID}, Reason: "the same"}
		if _, err := merges.Merge(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, params); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if _, err := merges.UndoByNumber(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, id); err != nil {
				t.Fatal(err)
			}
		}
	}
	for table, least := range map[string]int64{"entries": 150, "lot_uses": 50, "lot_extensions": 5, "tier_changes": 4, "redemptions": 5} {
		if n := shop.ID(t, `SELECT count(*) FROM `+table+` WHERE merchant_id = $1`); n < least {
			t.Fatalf("only %d %s: the year was not eventful", n, table)
		}
	}
	return shop
}

func manyPromises(doc *terms.Terms) {
	doc.Units[0].Expiry = terms.Expiry{Kind: terms.Rolling, Months: 6}
	star := doc.Units[0]
	star.Code, star.Kind, star.Worth, star.Expiry = "star", terms.Qualifying, terms.Worth{}, terms.Expiry{Kind: terms.Never}
	doc.Units = append(doc.Units, star)
	name := terms.Text{Ko: "x", En: "x"}
	doc.Earning = append(doc.Earning,
		terms.Rule{Code: "online", Unit: "point", Name: name, When: terms.OnPurchase, If: terms.Conditions{Channels: []string{"online"}},
			Award: terms.Formula{Kind: terms.Rate, Rate: terms.Percent(1)}, Hold: terms.Hold{Days: 7}},
		terms.Rule{Code: "star", Unit: "star", Name: name, When: terms.OnPurchase, Award: terms.Formula{Kind: terms.PerAmount, Every: 10_000, Points: 1}},
	)
	doc.Tiers = &terms.TierPlan{
		Metric: terms.MetricSpend, Window: terms.Window{Kind: terms.RollingMonths, Months: 12}, ReviewDay: 1,
		Validity: terms.Validity{Kind: terms.ValidForMonths, Months: 3}, Downgrade: terms.DownOneStep,
		Tiers: []terms.Tier{{Code: "member", Name: name}, {Code: "regular", Name: name, Threshold: 150_000}, {Code: "vip", Name: name, Threshold: 450_000}},
	}
}

func pays(t *testing.T, shop *shoptest.Shop, customer *shoptest.Customer, points int64) {
	t.Helper()
	_, err := redemption.Redeem(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{},
		models.RedemptionParams{ExternalID: shop.Number(), Customer: models.CustomerRef{ID: customer.ID}, Points: points})
	if err != nil {
		t.Fatal(err)
	}
}
