package days

import (
	"context"
	"slices"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/programs/programstest"
	"dangol/models/store"
	"dangol/models/terms"
)

// lively are terms of which every day step has something to do: points held for a week, ending after three months, and
// tiers that are judged on the first of the month.
func lively(t *terms.Terms) {
	t.Enrolment.Automatic = true
	t.Units[0].Expiry.Months = 3
	t.Earning[0].Hold.Days = 7
	t.Tiers = &terms.TierPlan{
		Metric: terms.MetricSpend, Window: terms.Window{Kind: terms.RollingMonths, Months: 3}, ReviewDay: 1,
		Tiers: []terms.Tier{
			{Code: "guest", Name: terms.Text{Ko: "손님", En: "Guest"}},
			{Code: "regular", Name: terms.Text{Ko: "단골", En: "Regular"}, Threshold: 50_000},
			{Code: "vip", Name: terms.Text{Ko: "VIP", En: "VIP"}, Threshold: 150_000},
		},
		Validity: terms.Validity{Kind: terms.ValidForMonths, Months: 2}, Downgrade: terms.DownOneStep, Grace: 1,
	}
}

// expiring are the default terms with points that end after some months.
func expiring(months int) programstest.Change {
	return func(t *terms.Terms) { t.Units[0].Expiry.Months = months }
}

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

// buys posts an order of a customer, known by a number of the shop's, at the shop's now.
func buys(t *testing.T, s *programstest.Shop, customer, order string, total int64) {
	t.Helper()
	_, err := accrual.Accrue(t.Context(), s.DB, s.MerchantID, models.Actor{Source: "pos"}, store.Key{}, models.OrderParams{
		ExternalID: order, HasTime: true, Total: total, Customer: &models.CustomerRef{ExternalID: customer}})
	if err != nil {
		t.Fatal(err)
	}
}

// known makes a customer who can be reached by e-mail, born on a day of the year.
func known(t *testing.T, s *programstest.Shop, name string, month, day int) {
	t.Helper()
	s.Exec(t, `INSERT INTO customers (merchant_id, name, external_id, email, birth_calendar, birth_month, birth_day, created_at, updated_at)
		VALUES ($1, $2, $2, lower($2) || '@example.com', 'solar', $3, $4, '2020-01-01', '2020-01-01')`, name, month, day)
}

// moves takes a sandbox's clock to a moment.
func moves(t *testing.T, s *programstest.Shop, to time.Time) {
	t.Helper()
	id, err := MoveClock(t.Context(), s.DB, s.MerchantID, models.Actor{}, to)
	if err != nil {
		t.Fatal(err)
	}
	err = RunClock(t.Context(), s.DB, s.MerchantID, id, func(context.Context, int64) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
}

func closes(t *testing.T, s *programstest.Shop) Done {
	t.Helper()
	done, err := CloseUntil(t.Context(), s.DB, s.MerchantID)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// texts runs a query of one text column; $1 is the merchant.
func texts(t *testing.T, s *programstest.Shop, query string) (list []string) {
	t.Helper()
	rows, err := s.DB.Pool().Query(t.Context(), query, s.MerchantID)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return list
}

func wantSame(t *testing.T, what string, got, want []string) {
	t.Helper()
	if slices.Equal(got, want) {
		return
	}
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("%s, row %d of %d and %d: %s\nwant %s", what, i, len(got), len(want), g, w)
			return
		}
	}
}

const (
	ledgerOf = `SELECT concat_ws(' ', c.external_id, e.seq, e.cause, e.kind, e.bucket, e.points, e.at) FROM entries e
		JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id JOIN memberships m ON m.merchant_id = e.merchant_id AND m.id = a.membership_id
		JOIN customers c ON c.merchant_id = e.merchant_id AND c.id = m.customer_id WHERE e.merchant_id = $1 ORDER BY c.external_id, e.account_id, e.seq`
	tiersOf = `SELECT concat_ws(' ', c.external_id, t.seq, t.cause, t.from_code, t.to_code, t.amount, t.valid_until, t.at) FROM tier_changes t
		JOIN memberships m ON m.merchant_id = t.merchant_id AND m.id = t.membership_id
		JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id WHERE t.merchant_id = $1 ORDER BY c.external_id, t.seq`
	couponsOf = `SELECT concat_ws(' ', c.external_id, k.cause, k.valid_from, k.valid_until, k.issued_at) FROM coupons k
		JOIN memberships m ON m.merchant_id = k.merchant_id AND m.id = k.membership_id
		JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id WHERE k.merchant_id = $1 ORDER BY c.external_id, k.cause`
	noticesOf = `SELECT concat_ws(' ', c.external_id, n.lot_seq, n.expires_on, n.step, n.told_on) FROM lot_notices n
		JOIN accounts a ON a.merchant_id = n.merchant_id AND a.id = n.account_id JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id
		JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id WHERE n.merchant_id = $1 ORDER BY 1`
	daysOf = `SELECT day::text FROM business_days WHERE merchant_id = $1 ORDER BY day`
)

// verified proves the shop's ledger.
func verified(t *testing.T, s *programstest.Shop) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), s.DB, programs.Running)
	if err != nil {
		t.Fatal(err)
	}
	if report.Found > 0 {
		t.Errorf("the ledger does not hold: %+v", report)
	}
}
