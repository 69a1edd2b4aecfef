package insights_test

import (
	"fmt"
	"testing"
	"time"

	"dangol/models/calendar"
	"dangol/models/insights"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

// till posts invented orders and points by SQL, as they would be recorded now.
type till struct {
	*storetest.Shop
	account int64
	n       int
}

func newTill(t *testing.T) *till {
	t.Helper()
	shop := storetest.New(t)
	fill(t, shop, 10, nil)
	l := &till{Shop: shop}
	in(t, shop, func(tx *store.Tx) error {
		return tx.PG().QueryRow(tx.Ctx(), `WITH p AS (INSERT INTO programs (merchant_id, code, created_at) VALUES ($1, 'shop', $2) RETURNING id),
			m AS (INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at) SELECT $1, id, 1, 'ABCDEF', $2 FROM p RETURNING id)
			INSERT INTO accounts (merchant_id, membership_id, unit) SELECT $1, id, 'point' FROM m RETURNING id`, tx.MerchantID(), tx.Now()).Scan(&l.account)
	})
	return l
}

func in(t *testing.T, shop *storetest.Shop, fn func(*store.Tx) error) {
	t.Helper()
	if err := store.InTx(t.Context(), shop.DB, shop.MerchantID, fn); err != nil {
		t.Fatal(err)
	}
}

// posts writes an order of a day and what moved with it.
func (l *till) posts(t *testing.T, day calendar.Date, sales int64, moves map[string]int64) {
	t.Helper()
	in(t, l.Shop, func(tx *store.Tx) error {
		l.n++
		_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO orders (merchant_id, source, external_id, customer_id, placed_at, business_date, total, basis, content_hash, recorded_at)
			VALUES ($1, 'pos', $2, 1, $3, $4, $5, $5, '', $6)`, tx.MerchantID(), fmt.Sprint(l.n), day.In(tx.Merchant().Zone).Add(time.Hour), day, sales, tx.Wall())
		for kind, points := range moves {
			if err != nil {
				return err
			}
			l.n++
			bucket := "available"
			switch kind {
			case "deficit":
				kind, bucket = "earn", "deficit"
			case "owes":
				kind, bucket = "clawback", "deficit"
			}
			_, err = tx.PG().Exec(tx.Ctx(), `INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, digest)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, 'order:' || $3::int, '')`, tx.MerchantID(), l.account, l.n, kind, bucket, points, day.In(tx.Merchant().Zone).Add(time.Hour), tx.Wall())
			if err == nil {
				_, err = tx.PG().Exec(tx.Ctx(), `UPDATE accounts SET available = available + $3, deficit = deficit + $4 WHERE merchant_id = $1 AND id = $2`,
					tx.MerchantID(), l.account, choose(bucket == "available", points), choose(bucket == "deficit", points))
			}
		}
		return err
	})
}

func choose(yes bool, n int64) int64 {
	if yes {
		return n
	}
	return 0
}

func (l *till) wants(t *testing.T, when string, want map[insights.NumberCode]int64) {
	t.Helper()
	var home insights.Home
	read(t, l.Shop, func(tx *store.Tx) (err error) { home, err = insights.ReadHome(tx); return err })
	for code, value := range want {
		if n, ok := home.Find(code); !ok || n.Value != value {
			t.Errorf("%s, %s: %+v, want %d", when, code, n, value)
		}
	}
}

// The home page is right before the first night, after it, and with what is posted since, also into the past and across
// the end of a month.
func TestHomeIsTheNightAndWhatCameSince(t *testing.T) {
	t.Parallel()
	l := newTill(t)
	today := calendar.MustParse("2026-11-23")
	l.posts(t, today, 10_000, map[string]int64{"earn": 200})
	l.posts(t, today.AddDays(-5), 4_000, map[string]int64{"earn": 80, "redeem": -100})
	l.posts(t, today.AddDays(-28), 7_000, map[string]int64{"earn": 500, "expire": -20, "owes": 5})
	l.posts(t, today.AddDays(-200), 1_000, map[string]int64{"earn": 1_000})
	first := map[insights.NumberCode]int64{insights.SalesToday: 10_000, insights.SalesMonth: 14_000, insights.EarnedMonth: 280,
		insights.RedeemedMonth: 100, insights.Outstanding: 1_655, insights.Customers: 10, insights.NewMonth: 10}
	l.wants(t, "before the first night", first)
	if err := insights.RefreshHome(t.Context(), l.DB, l.MerchantID); err != nil {
		t.Fatal(err)
	}
	l.wants(t, "in the minute of the night", first)
	l.Clock.Advance(time.Hour)
	l.wants(t, "an hour later", first)
	if err := insights.RefreshHome(t.Context(), l.DB, l.MerchantID); err != nil {
		t.Fatal(err)
	}
	l.Clock.Advance(time.Hour)
	l.posts(t, today, 500, map[string]int64{"earn": 10, "deficit": -5, "redeem": -60, "restore": 10})
	l.posts(t, today.AddDays(-22), 2_000, map[string]int64{"earn": 40}) // 1 November, told late
	l.posts(t, today.AddDays(-23), 3_000, map[string]int64{"earn": 60}) // 31 October
	l.wants(t, "with what came since", map[insights.NumberCode]int64{insights.SalesToday: 10_500, insights.SalesMonth: 16_500, insights.EarnedMonth: 335,
		insights.RedeemedMonth: 150, insights.Outstanding: 1_720})
	l.Clock.Set(time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC))
	l.wants(t, "in the next month", map[insights.NumberCode]int64{insights.SalesToday: 0, insights.SalesMonth: 0, insights.EarnedMonth: 0, insights.Outstanding: 1_720})
}

func TestHomeComparesWithTheSameDaysBefore(t *testing.T) {
	t.Parallel()
	l := newTill(t)
	for day, sales := range map[string]int64{"2026-10-01": 1, "2026-10-23": 10, "2026-10-24": 100, "2026-09-30": 1000, "2026-11-01": 7} {
		l.posts(t, calendar.MustParse(day), sales, nil)
	}
	var home insights.Home
	read(t, l.Shop, func(tx *store.Tx) (err error) { home, err = insights.ReadHome(tx); return err })
	n, _ := home.Find(insights.SalesMonth)
	if n.Value != 7 || n.Before == nil || *n.Before != 11 || len(n.Series) != 30 || n.Series[7] != 7 {
		t.Errorf("%+v", n)
	}
}
