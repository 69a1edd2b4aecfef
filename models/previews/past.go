package previews

import (
	_ "embed" // the SQL

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/store"
	"dangol/models/terms"
)

// mostPeople bounds whose orders are played: a preview answers within a second however large the shop is.
const mostPeople = 2_000

// past is the orders of the last thirty days, customer by customer in the order in which they were placed.
type past struct {
	orders []order
	people int64 // who came in these days
	read   int64 // of them, whose orders are here
	gap    int   // median days between two visits of those who come; 0: unknown
}

// order is one of them, with what the rules ask about its customer.
type order struct {
	id       int64
	customer int64
	purchase terms.Purchase
	held     string // tier held now
	spent    int64  // in twelve months
	first    bool   // of this customer
}

//go:embed past.sql
var pastSQL string

func readPast(tx *store.Tx, programID int64, draft *terms.Program, running *terms.Program) (*past, error) {
	today := tx.Today()
	from, p := today.AddDays(1-Days), &past{}
	if err := p.count(tx, from, today); err != nil {
		return nil, err
	}
	rows, err := tx.PG().Query(tx.Ctx(), pastSQL, tx.MerchantID(), from, mostPeople, programID, today)
	if err != nil {
		return nil, err
	}
	if p.orders, err = pgx.CollectRows(rows, scanOrder); err != nil {
		return nil, err
	}
	p.onlyFirst()
	if draft.Needs().Lines || running != nil && running.Needs().Lines {
		err = p.readLines(tx)
	}
	return p, err
}

// count tells how many came, and how often those usually come who were read.
func (p *past) count(tx *store.Tx, from, today calendar.Date) error {
	err := tx.PG().QueryRow(tx.Ctx(), `
		SELECT (SELECT count(*) FROM customer_stats WHERE merchant_id = $1 AND last_on BETWEEN $2 AND $3),
			coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY (last_on - first_on) / (visits - 1)) FILTER (WHERE visits > 1), 0)
		FROM (SELECT visits, first_on, last_on FROM customer_stats WHERE merchant_id = $1 AND last_on BETWEEN $2 AND $3
			ORDER BY last_on DESC, customer_id DESC LIMIT $4) s`, tx.MerchantID(), from, today, mostPeople).Scan(&p.people, &p.gap)
	p.read = min(p.people, mostPeople)
	return err
}

func scanOrder(row pgx.CollectableRow) (o order, err error) {
	b := &o.purchase
	err = row.Scan(&o.id, &o.customer, &b.Day, &b.Total, &b.Shipping, &b.Discount, &b.PaidWithPoints, &b.Channel, &b.Store, &o.held, &o.spent, &o.first)
	return o, err
}

// onlyFirst leaves one first order to each customer, of those on the first day.
func (p *past) onlyFirst() {
	for i := 1; i < len(p.orders); i++ {
		if p.orders[i].customer == p.orders[i-1].customer {
			p.orders[i].first = false
		}
	}
}

func (p *past) readLines(tx *store.Tx) error {
	place, ids := map[int64]*terms.Purchase{}, make([]int64, len(p.orders))
	for i := range p.orders {
		ids[i] = p.orders[i].id
		place[ids[i]] = &p.orders[i].purchase
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT order_id, sku, category, quantity, amount FROM order_lines
		WHERE merchant_id = $1 AND order_id = ANY($2) ORDER BY order_id, line`, tx.MerchantID(), ids)
	if err != nil {
		return err
	}
	var id int64
	var line terms.Line
	_, err = pgx.ForEachRow(rows, []any{&id, &line.SKU, &line.Category, &line.Quantity, &line.Amount}, func() error {
		place[id].Lines = append(place[id].Lines, line)
		return nil
	})
	return err
}

// scale brings a sum over those who were read to all who came.
func (p *past) scale(sum int64) int64 {
	if p.people <= p.read {
		return sum
	}
	return sum * p.people / p.read
}
