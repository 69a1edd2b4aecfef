package causes

import (
	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Pool is what a cause got in one month.
type Pool struct {
	Cause     string
	Name      terms.Text
	Unit      string // that members give; empty: none
	Donations int64
	Points    int64
	Worth     int64 // of the points, minor units
	Sales     int64 // what members spent on goods in the month, less what was returned since
	Share     int64 // of the sales, that the shop gives: rounded down once
}

// Pools tells what each cause of the terms in force got in the month in which a day lies. The shop's share is reckoned from
// the orders as they are, so that a return, whenever it comes, takes its part back. Errors: models.NotFound for the programme.
func Pools(tx *store.Tx, code string, day calendar.Date) ([]Pool, error) {
	program, err := programs.One(tx, code)
	if err != nil {
		return nil, err
	}
	inForce := program.Timeline.At(tx.Now())
	if inForce == nil {
		return nil, nil
	}
	var pools []Pool
	for _, c := range inForce.Terms().Causes {
		pool := Pool{Cause: c.Code, Name: c.Name, Unit: c.Unit}
		if err := pool.count(tx, program.ID, &c, day.FirstOfMonth(), day.EndOfMonth()); err != nil {
			return nil, err
		}
		pools = append(pools, pool)
	}
	return pools, nil
}

func (pool *Pool) count(tx *store.Tx, programID int64, c *terms.Cause, from, to calendar.Date) error {
	batch := &pgx.Batch{}
	batch.Queue(`SELECT count(*), coalesce(sum(points), 0)::bigint, coalesce(sum(worth), 0)::bigint FROM donations
		WHERE merchant_id = $1 AND program_id = $2 AND cause = $3 AND business_date BETWEEN $4 AND $5`, tx.MerchantID(), programID, c.Code, from, to).
		QueryRow(func(row pgx.Row) error { return row.Scan(&pool.Donations, &pool.Points, &pool.Worth) })
	if c.Share != (terms.Ratio{}) {
		batch.Queue(`SELECT coalesce(sum(o.basis - o.spend_returned), 0)::bigint FROM orders o
			JOIN memberships m ON m.merchant_id = o.merchant_id AND m.program_id = $2 AND m.customer_id = o.customer_id AND m.enrolled_at <= o.placed_at
			WHERE o.merchant_id = $1 AND o.business_date BETWEEN $3 AND $4 AND o.withdrawn_at IS NULL`, tx.MerchantID(), programID, from, to).
			QueryRow(func(row pgx.Row) error { return row.Scan(&pool.Sales) })
	}
	err := tx.PG().SendBatch(tx.Ctx(), batch).Close()
	pool.Share = c.ShareOf(pool.Sales)
	return err
}
