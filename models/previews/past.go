package previews

import (
	_ "embed" // the SQL
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/store"
	"dangol/models/terms"
)

// past is the orders of thirty days, customer by customer in the order in which they were placed. sample is nil where they
// are all of them.
type past struct {
	orders   []order
	from, to calendar.Date
	sample   *drawn
	gap      int // median days between two visits of those who come; 0: unknown
}

// order is one of them, with what the rules ask about its customer.
type order struct {
	id       int64
	customer int64
	purchase terms.Purchase
	sales    int64  // what of it counts, less what was returned
	held     string // tier held now
	spent    int64  // in twelve months
	first    bool   // of this customer
	gap      int    // days between two of the customer's visits; 0: came once
}

//go:embed past.sql
var pastSQL string

func readPast(tx *store.Tx, programID int64, draft *terms.Program, running *terms.Program) (*past, error) {
	today := tx.Today()
	p := &past{from: today.AddDays(1 - Days), to: today}
	whose, limit, err := p.choose(tx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.PG().Query(tx.Ctx(), whose+pastSQL, tx.MerchantID(), p.from, p.to, programID, limit)
	if err != nil {
		return nil, err
	}
	if p.orders, err = pgx.CollectRows(rows, scanOrder(tx.Merchant().Zone)); err != nil {
		return nil, err
	}
	p.onlyFirst()
	p.tell()
	if draft.Needs().Lines || running != nil && running.Needs().Lines {
		err = p.readLines(tx)
	}
	return p, err
}

func scanOrder(zone *time.Location) pgx.RowToFunc[order] {
	return func(row pgx.CollectableRow) (o order, err error) {
		b := &o.purchase
		var at *time.Time // of an order with a time
		err = row.Scan(&o.id, &o.customer, &b.Day, &b.Total, &b.Shipping, &b.Discount, &b.PaidWithPoints, &b.Channel, &b.Store, &o.sales,
			&o.held, &o.spent, &o.first, &at, &o.gap, &b.Tax, &b.Payments, &b.Labels)
		if at != nil {
			b.Minute = terms.MinuteOf(*at, zone)
		}
		return o, err
	}
}

// onlyFirst leaves one first order to each customer, of those on the first day.
func (p *past) onlyFirst() {
	for i := 1; i < len(p.orders); i++ {
		if p.orders[i].customer == p.orders[i-1].customer {
			p.orders[i].first = false
		}
	}
}

// tell works out what is said of the people: their usual gap, the median of those who came more than once; of a sample, how
// many they are and what they spent.
func (p *past) tell() {
	var gaps []int
	var people, spent int64
	for i := range p.orders {
		spent += p.orders[i].sales
		if i > 0 && p.orders[i].customer == p.orders[i-1].customer {
			continue
		}
		if people++; p.orders[i].gap > 0 {
			gaps = append(gaps, p.orders[i].gap)
		}
	}
	if slices.Sort(gaps); len(gaps) > 0 {
		p.gap = gaps[(len(gaps)-1)/2]
	}
	if p.sample != nil {
		p.sample.read, p.sample.spent = people, spent
	}
}

func (p *past) readLines(tx *store.Tx) error {
	place, ids := map[int64]*terms.Purchase{}, make([]int64, len(p.orders))
	for i := range p.orders {
		ids[i] = p.orders[i].id
		place[ids[i]] = &p.orders[i].purchase
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT order_id, sku, category, quantity, amount, tax, labels FROM order_lines
		WHERE merchant_id = $1 AND order_id = ANY($2) ORDER BY order_id, line`, tx.MerchantID(), ids)
	if err != nil {
		return err
	}
	var id int64
	var line terms.Line
	_, err = pgx.ForEachRow(rows, []any{&id, &line.SKU, &line.Category, &line.Quantity, &line.Amount, &line.Tax, &line.Labels}, func() error {
		line.Labels = append(line.Labels, place[id].Labels...)
		place[id].Lines = append(place[id].Lines, line)
		return nil
	})
	return err
}
