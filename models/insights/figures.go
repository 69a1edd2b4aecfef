package insights

import (
	"context"
	_ "embed" // the SQL
	"fmt"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/store"
	"dangol/models/terms"
)

// FigureDays are the spans, in days, over which figures are kept.
var FigureDays = []int{30, 90, 365}

// Figures are a shop's figures over a span of days that ends with the day of the last night, beside the span of the same
// length before it. Purchases without a customer are in Months alone.
type Figures struct {
	AsOf      calendar.Date   `json:"-"`
	From      calendar.Date   `json:"from"`
	To        calendar.Date   `json:"to"`
	Buyers    int64           `json:"buyers"` // customers with an order in the span
	Orders    int64           `json:"orders"` // theirs
	Sales     int64           `json:"sales"`  // theirs: without shipping, without what points paid, less returns
	Repeaters int64           `json:"repeaters"`
	Earlier   int64           `json:"earlier"` // customers with an order in the span before
	Kept      int64           `json:"kept"`    // of them, who came in the span too
	Top       int64           `json:"top"`     // sales of the fifth of the buyers who spent most
	Active    int64           `json:"active"`  // customers who are not later than they usually are
	Months    []MonthSales    `json:"months"`  // the last twelve, the oldest first
	Points    map[string]Flow `json:"points"`  // by unit
}

// MonthSales is a month's sales: to known customers, and to others.
type MonthSales struct {
	Month  calendar.Date `json:"month"`
	Known  int64         `json:"known"`
	Others int64         `json:"others"`
}

// Flow is where points of a unit went in a span, and what is held at its end.
type Flow struct {
	Given int64 `json:"given"`
	Used  int64 `json:"used"`
	Ended int64 `json:"ended"`
	Open  int64 `json:"open"`
}

//go:embed figures.sql
var figuresSQL string

// RefreshFigures computes the figures of every span as of today.
func RefreshFigures(ctx context.Context, db *store.DB, merchantID int64) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		if err := alone(tx); err != nil {
			return err
		}
		sales, err := months(tx, tx.Today())
		if err != nil {
			return err
		}
		for _, days := range FigureDays {
			f, err := computeFigures(tx, days)
			if err != nil {
				return err
			}
			f.Months = sales
			if err := SaveSummary(tx, figuresName(days), f.To, f); err != nil {
				return err
			}
		}
		return nil
	})
}

func figuresName(days int) string { return fmt.Sprintf("figures-%d", days) }

// ReadFigures reads the figures over one of FigureDays; before the first night they are computed, which is little then.
func ReadFigures(tx *store.Tx, days int) (f Figures, err error) {
	asOf, ok, err := Summary(tx, figuresName(days), &f)
	if err == nil && !ok {
		f, err = figuresNow(tx, days)
		asOf = tx.Today()
	}
	f.AsOf = asOf
	return f, err
}

func figuresNow(tx *store.Tx, days int) (f Figures, err error) {
	if f, err = computeFigures(tx, days); err == nil {
		f.Months, err = months(tx, f.To)
	}
	return f, err
}

// computeFigures computes all but the months, which are the same for every span.
func computeFigures(tx *store.Tx, days int) (f Figures, err error) {
	f.To = tx.Today()
	f.From = f.To.AddDays(1 - days)
	err = tx.PG().QueryRow(tx.Ctx(), figuresSQL, tx.MerchantID(), f.From, f.To, f.From.AddDays(-days)).
		Scan(&f.Buyers, &f.Orders, &f.Sales, &f.Repeaters, &f.Earlier, &f.Kept, &f.Top, &f.Active)
	if err != nil {
		return f, err
	}
	f.Points, err = flows(tx, f.From)
	return f, err
}

// shownMonths is how many months the line of sales has.
const shownMonths = 12

func months(tx *store.Tx, to calendar.Date) ([]MonthSales, error) {
	from := to.FirstOfMonth().AddMonths(1 - shownMonths)
	rows, err := tx.PG().Query(tx.Ctx(), `
		SELECT m::date, coalesce(o.known, 0), coalesce(o.others, 0)
		FROM generate_series($2::date, $3::date, interval '1 month') m
		LEFT JOIN (
			SELECT business_date - extract(day FROM business_date)::int + 1 AS month,
				sum(basis - spend_returned) FILTER (WHERE customer_id IS NOT NULL)::bigint AS known,
				sum(basis - spend_returned) FILTER (WHERE customer_id IS NULL)::bigint AS others
			FROM orders WHERE merchant_id = $1 AND business_date >= $2 AND withdrawn_at IS NULL GROUP BY 1) o ON o.month = m::date
		ORDER BY m`, tx.MerchantID(), from, to)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[MonthSales])
}

// flows sums what members got, used and lost since a day, and what they hold.
func flows(tx *store.Tx, from calendar.Date) (map[string]Flow, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `
		SELECT a.unit, coalesce(sum(e.given), 0)::bigint, coalesce(sum(e.used), 0)::bigint, coalesce(sum(e.ended), 0)::bigint,
			sum(a.pending + a.available + a.reserved - a.deficit)::bigint
		FROM accounts a
		LEFT JOIN (
			SELECT account_id, sum(points) FILTER (WHERE kind IN ('earn', 'adjust', 'clawback', 'cancel_hold')) AS given,
				-sum(points) FILTER (WHERE kind IN ('redeem', 'restore')) AS used, -sum(points) FILTER (WHERE kind = 'expire') AS ended
			FROM (SELECT account_id, kind, CASE WHEN bucket = 'deficit' THEN -points ELSE points END AS points FROM entries
				WHERE merchant_id = $1 AND at >= $2) moved
			GROUP BY account_id) e ON e.account_id = a.id
		WHERE a.merchant_id = $1 GROUP BY a.unit`, tx.MerchantID(), from.In(tx.Merchant().Zone))
	if err != nil {
		return nil, err
	}
	all := map[string]Flow{}
	var unit string
	var f Flow
	_, err = pgx.ForEachRow(rows, []any{&unit, &f.Given, &f.Used, &f.Ended, &f.Open}, func() error { all[unit] = f; return nil })
	return all, err
}

// Flow gives a unit's, zero where nothing was ever held.
func (f *Figures) Flow(unit *terms.Unit) Flow {
	if unit == nil {
		return Flow{}
	}
	return f.Points[unit.Code]
}
