package insights

import (
	"context"
	_ "embed" // the SQL
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/store"
)

// NumberCode names a number of the home page; its definition in words stands in the catalogues under the same code.
type NumberCode string

// The numbers. "So far" compares with the same days of the month before. All are up to the last committed posting, except
// those that say nightly.
const (
	// VisitsToday is how many customers have an order with today's business date.
	VisitsToday NumberCode = "visits_today"
	// SalesToday is the orders' money that counts: without shipping, without what points paid, less returns.
	SalesToday NumberCode = "sales_today"
	// SalesMonth is the same for this month so far.
	SalesMonth NumberCode = "sales_month"
	// EarnedMonth is the points of entries of kind earn this month so far, those that are still pending too.
	EarnedMonth NumberCode = "earned_month"
	// RedeemedMonth is the points used this month so far, less those given back.
	RedeemedMonth NumberCode = "redeemed_month"
	// Outstanding is the points that members hold: available, pending and reserved, less what they owe.
	Outstanding NumberCode = "outstanding"
	// ExpiringSoon is the points whose last day lies in the next 30 days; nightly.
	ExpiringSoon NumberCode = "expiring_soon"
	// RepeatRate is the share of customers with an order who came on two business days or more, in tenths of a percent; nightly.
	RepeatRate NumberCode = "repeat_rate"
	// Customers is how many customers the shop has.
	Customers NumberCode = "customers"
	// NewMonth is how many of them were enrolled this month so far.
	NewMonth NumberCode = "new_month"
)

// Number is one number of the home page.
type Number struct {
	Code   NumberCode
	Unit   string // a points unit's code; empty: money, people or a rate, by the code
	Value  int64
	Before *int64        // the same days of the month before; nil: not compared
	Series []int64       // of the last 30 business days, the oldest first; nil: none
	AsOf   calendar.Date // nightly numbers; zero: up to now
}

// Home is the numbers of the home page.
type Home struct {
	Numbers []Number // in the order above, points once a unit
}

// Find gives a number by its code; of points the first unit's.
func (h *Home) Find(code NumberCode) (Number, bool) {
	i := slices.IndexFunc(h.Numbers, func(n Number) bool { return n.Code == code })
	if i < 0 {
		return Number{}, false
	}
	return h.Numbers[i], true
}

// keptDays is how far back the nightly days reach: this month and the one before.
const keptDays = 62

// lag keeps the nightly summary away from transactions that are still running when it is made: what was recorded since
// then is always counted anew. No posting runs longer; an import's chunk may, and an import ends with a Refresh.
const lag = 15 * time.Second

// night is the nightly part of the home page.
type night struct {
	Mark      time.Time        `json:"mark"` // recorded before: counted below
	Days      []dayTotals      `json:"days"`
	Held      map[string]int64 `json:"held"` // outstanding, by unit
	Expiring  map[string]int64 `json:"expiring"`
	Ending    Ending           `json:"ending"`
	Customers int64            `json:"customers"`
	Newest    int64            `json:"newest"` // customer id; later ones are counted anew
	Joined    []joined         `json:"joined"` // new customers by day
}

// Ending is whose points end within a month, as of the last night.
type Ending struct {
	Members int64 `json:"members"` // accounts with points whose last day lies in the next 30 days
	Untold  int64 `json:"untold"`  // of these points, those whose end was put off because nobody was told
}

type joined struct {
	Day    calendar.Date `json:"day"`
	People int64         `json:"people"`
}

// dayTotals is what home_days.sql tells of a day and a unit; unit "" is the orders.
type dayTotals struct {
	Day      calendar.Date `json:"day"`
	Unit     string        `json:"unit,omitempty"`
	Orders   int64         `json:"orders,omitempty"`
	Sales    int64         `json:"sales,omitempty"`
	Earned   int64         `json:"earned,omitempty"`
	Redeemed int64         `json:"redeemed,omitempty"`
	Expired  int64         `json:"expired,omitempty"`
	Moved    int64         `json:"-"` // all that was added to what members hold
}

//go:embed home_days.sql
var homeDaysSQL string

// RefreshHome computes the nightly part of the home page.
func RefreshHome(ctx context.Context, db *store.DB, merchantID int64) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		if err := alone(tx); err != nil {
			return err
		}
		n, err := readNight(tx)
		if err != nil {
			return err
		}
		return SaveSummary(tx, "home", tx.Today(), n)
	})
}

// Refresh is what the night and an import call: the planner learns what has come, then RefreshFacts as of today,
// RefreshFigures and RefreshHome.
func Refresh(ctx context.Context, db *store.DB, merchantID int64) error {
	var today calendar.Date
	err := store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		today = tx.Today()
		if err := tx.AllowLong(refreshTime); err != nil {
			return err
		}
		_, err := tx.PG().Exec(tx.Ctx(), `SELECT refresh_statistics()`)
		return err
	})
	if err != nil {
		return err
	}
	if err := RefreshFacts(ctx, db, merchantID, today); err != nil {
		return err
	}
	if err := RefreshFigures(ctx, db, merchantID); err != nil {
		return err
	}
	return RefreshHome(ctx, db, merchantID)
}

func readNight(tx *store.Tx) (n night, err error) {
	n.Mark = tx.Wall().Add(-lag)
	if n.Days, err = daysOf(tx, time.Time{}, n.Mark, tx.Today().AddDays(-keptDays).In(tx.Merchant().Zone)); err != nil {
		return n, err
	}
	newer, err := daysSince(tx, n.Mark)
	if err != nil {
		return n, err
	}
	if n.Held, err = byUnit(tx, `SELECT unit, sum(pending + available + reserved - deficit)::bigint FROM accounts WHERE merchant_id = $1 GROUP BY unit`); err != nil {
		return n, err
	}
	n.hold(newer, -1)
	n.Expiring, err = byUnit(tx, `SELECT a.unit, sum(l.remaining)::bigint FROM lots l JOIN accounts a ON a.merchant_id = l.merchant_id AND a.id = l.account_id
		WHERE l.merchant_id = $1 AND l.bucket = 'available' AND l.remaining > 0 AND l.expires_on BETWEEN $2::date AND $2::date + 30 GROUP BY a.unit`, tx.Today())
	if err != nil {
		return n, err
	}
	if n.Ending, err = readEnding(tx); err != nil {
		return n, err
	}
	return n, newCustomers(tx, &n)
}

func readEnding(tx *store.Tx) (e Ending, err error) {
	return e, tx.PG().QueryRow(tx.Ctx(), `SELECT count(DISTINCT l.account_id) FILTER (WHERE l.bucket = 'available'),
			coalesce(sum(l.remaining) FILTER (WHERE EXISTS (SELECT FROM lot_extensions x
				WHERE x.merchant_id = $1 AND x.account_id = l.account_id AND x.lot_seq = l.seq AND x.reason = 'untold')), 0)::bigint
		FROM lots l WHERE l.merchant_id = $1 AND l.remaining > 0 AND l.expires_on BETWEEN $2::date AND $2::date + 30`, tx.MerchantID(), tx.Today()).
		Scan(&e.Members, &e.Untold)
}

// hold adds what moved to what members hold, or takes it away.
func (n *night) hold(days []dayTotals, sign int64) {
	for _, d := range days {
		if d.Moved != 0 {
			n.Held[d.Unit] += sign * d.Moved
		}
	}
}

// endOfTime is later than anything that is recorded.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// daysSince reads what was recorded since the mark, whenever it happened.
func daysSince(tx *store.Tx, mark time.Time) ([]dayTotals, error) {
	return daysOf(tx, mark, endOfTime, time.Time{})
}

func daysOf(tx *store.Tx, from, before, at time.Time) ([]dayTotals, error) {
	rows, err := tx.PG().Query(tx.Ctx(), homeDaysSQL, tx.MerchantID(), tx.Today().AddDays(-keptDays), from, before, tx.Merchant().Zone.String(), at)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[dayTotals])
}

func byUnit(tx *store.Tx, sql string, args ...any) (map[string]int64, error) {
	rows, err := tx.PG().Query(tx.Ctx(), sql, append([]any{tx.MerchantID()}, args...)...)
	if err != nil {
		return nil, err
	}
	out := map[string]int64{}
	var unit string
	var sum int64
	_, err = pgx.ForEachRow(rows, []any{&unit, &sum}, func() error { out[unit] += sum; return nil })
	return out, err
}

// newCustomers counts the customers behind n.Newest and remembers the last of them.
func newCustomers(tx *store.Tx, n *night) error {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT greatest((created_at AT TIME ZONE $3)::date, $4), count(*), max(id) FROM customers
		WHERE merchant_id = $1 AND id > $2 GROUP BY 1 ORDER BY 1`,
		tx.MerchantID(), n.Newest, tx.Merchant().Zone.String(), tx.Today().AddDays(-keptDays))
	if err != nil {
		return err
	}
	var day calendar.Date
	var people, last int64
	_, err = pgx.ForEachRow(rows, []any{&day, &people, &last}, func() error {
		n.Customers += people
		n.Newest = max(n.Newest, last)
		n.Joined = append(n.Joined, joined{day, people})
		return nil
	})
	return err
}
