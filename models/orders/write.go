package orders

import (
	"embed"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

func query(name string) string { return store.Text(sqlFiles, name) }

var (
	postSQL          = query("post")
	linesSQL         = query("lines")
	recountMonthsSQL = query("recount_months")
	recountStatsSQL  = query("recount_stats")
)

// IDSQL gives the next order's id. Who posts takes it before the order is written, so that the ledger can name the order
// in the same batch; a number that was taken and not used is no loss.
const IDSQL = `nextval('orders_id_seq')`

// IDs takes ids for n orders.
func IDs(tx *store.Tx, n int) ([]int64, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+IDSQL+` FROM generate_series(1, $1)`, n)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// LockCustomers takes the customers' rows, in the order of their ids, for who writes their orders. Others who post for them
// wait.
func LockCustomers(tx *store.Tx, ids ...int64) error {
	_, err := tx.PG().Exec(tx.Ctx(), `SELECT FROM customers WHERE merchant_id = $1 AND id = ANY ($2) ORDER BY id FOR NO KEY UPDATE`, tx.MerchantID(), ids)
	return err
}

// LockOwner is LockCustomers for the customer of an order that was read before. Errors: store.ErrAgain where a merge has
// given it to another meanwhile.
func LockOwner(tx *store.Tx, o *models.Order) error {
	if err := LockCustomers(tx, *o.CustomerID); err != nil {
		return err
	}
	var owner int64
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT customer_id FROM orders WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), o.ID).Scan(&owner)
	switch {
	case errors.Is(err, pgx.ErrNoRows): // it is being written
		return nil
	case err == nil && owner != *o.CustomerID:
		return store.ErrAgain
	}
	return err
}

// New is an order to be written, with an id from IDs.
type New struct {
	models.Order
	Day   calendar.Date // its business date; Order.BusinessDate is not read
	Lines []models.OrderLine
}

// Write stores orders and adds them to the rollups, one or thousands, in one round trip. The customers are locked.
// Errors: models.ErrStale when an order of that source and number is there.
func Write(tx *store.Tx, orders ...New) error {
	batch := &pgx.Batch{}
	Queue(batch, tx.MerchantID(), orders...)
	return store.Translate(tx.PG().SendBatch(tx.Ctx(), batch).Close())
}

// Queue puts Write's statements into a batch of the caller's.
func Queue(batch *pgx.Batch, merchantID int64, orders ...New) {
	var o orderRows
	var l lineRows
	for i := range orders {
		o.add(&orders[i])
		for n := range orders[i].Lines {
			l.add(orders[i].ID, n+1, &orders[i].Lines[n])
		}
	}
	batch.Queue(postSQL, merchantID, o.id, o.source, o.external, o.customer, o.membership, o.store, o.channel, o.placed, o.day, o.hasTime,
		o.total, o.shipping, o.discount, o.points, o.basis, o.hash, o.imported, o.staff, o.recorded, o.tax, o.payments, o.labels)
	if len(l.order) > 0 {
		batch.Queue(linesSQL, merchantID, l.order, l.line, l.sku, l.name, l.category, l.quantity, l.amount, l.tax, l.labels)
	}
}

// Amend gives an order the content that it has now: money, revision and lines. What of its qualifying money was returned is
// told. The customer is locked and recounted by the caller.
func Amend(tx *store.Tx, o *models.Order, lines []models.OrderLine, spendReturned int64) error {
	var l lineRows
	for n := range lines {
		l.add(o.ID, n+1, &lines[n])
	}
	batch := &pgx.Batch{}
	batch.Queue(`UPDATE orders SET total = $3, shipping = $4, discount = $5, paid_with_points = $6, basis = $7, content_hash = $8, revision = $9, spend_returned = $10,
		tax = $11, payments = $12, labels = $13 WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), o.ID, o.Total, o.Shipping, o.Discount, o.PaidWithPoints,
		o.Basis, o.ContentHash, o.Revision, spendReturned, o.Tax, orNone(o.Payments), orNone(o.Labels))
	batch.Queue(`DELETE FROM order_lines WHERE merchant_id = $1 AND order_id = $2`, tx.MerchantID(), o.ID)
	if len(lines) > 0 {
		batch.Queue(linesSQL, tx.MerchantID(), l.order, l.line, l.sku, l.name, l.category, l.quantity, l.amount, l.tax, l.labels)
	}
	return tx.PG().SendBatch(tx.Ctx(), batch).Close()
}

// Recount makes the rollups of customers anew from their orders. The customers are locked.
func Recount(tx *store.Tx, customerIDs ...int64) error {
	batch := &pgx.Batch{}
	batch.Queue(`DELETE FROM customer_months WHERE merchant_id = $1 AND customer_id = ANY ($2)`, tx.MerchantID(), customerIDs)
	batch.Queue(`DELETE FROM customer_stats WHERE merchant_id = $1 AND customer_id = ANY ($2)`, tx.MerchantID(), customerIDs)
	batch.Queue(recountMonthsSQL, tx.MerchantID(), customerIDs)
	batch.Queue(recountStatsSQL, tx.MerchantID(), customerIDs)
	return tx.PG().SendBatch(tx.Ctx(), batch).Close()
}

type orderRows struct {
	id                                       []int64
	source, external                         []string
	customer, membership, store              []int64
	channel                                  []string
	placed                                   []time.Time
	day                                      []int32
	hasTime                                  []bool
	total, shipping, discount, points, basis []int64
	hash                                     [][]byte
	imported, staff                          []int64
	recorded                                 []time.Time
	tax                                      []int64
	payments, labels                         []string
}

func (r *orderRows) add(o *New) {
	r.id = append(r.id, o.ID)
	r.source = append(r.source, o.Source)
	r.external = append(r.external, o.ExternalID)
	r.customer = append(r.customer, number(o.CustomerID))
	r.membership = append(r.membership, number(o.MembershipID))
	r.store = append(r.store, number(o.StoreID))
	r.channel = append(r.channel, o.Channel)
	r.placed = append(r.placed, o.PlacedAt)
	r.day = append(r.day, int32(o.Day))
	r.hasTime = append(r.hasTime, o.HasTime)
	r.total = append(r.total, o.Total)
	r.shipping = append(r.shipping, o.Shipping)
	r.discount = append(r.discount, o.Discount)
	r.points = append(r.points, o.PaidWithPoints)
	r.basis = append(r.basis, o.Basis)
	r.hash = append(r.hash, o.ContentHash)
	r.imported = append(r.imported, number(o.ImportID))
	r.staff = append(r.staff, number(o.StaffID))
	r.recorded = append(r.recorded, o.RecordedAt)
	r.tax = append(r.tax, o.Tax)
	r.payments = append(r.payments, joined(o.Payments))
	r.labels = append(r.labels, joined(o.Labels))
}

// joined are words, which hold no line break, as the statements take them apart again.
func joined(words []string) string { return strings.Join(words, "\n") }

// orNone is no words for nil, which the database would take for unknown ones.
func orNone(words []string) []string {
	if words == nil {
		return []string{}
	}
	return words
}

// number is 0 for none.
func number(id *int64) int64 {
	if id == nil {
		return 0
	}
	return *id
}

type lineRows struct {
	order               []int64
	line                []int32
	sku, name, category []string
	quantity            []int32
	amount, tax         []int64
	labels              []string
}

func (r *lineRows) add(order int64, line int, l *models.OrderLine) {
	r.order = append(r.order, order)
	r.line = append(r.line, int32(line))
	r.sku = append(r.sku, l.SKU)
	r.name = append(r.name, l.Name)
	r.category = append(r.category, l.Category)
	r.quantity = append(r.quantity, int32(l.Quantity))
	r.amount = append(r.amount, l.Amount)
	r.tax = append(r.tax, l.Tax)
	r.labels = append(r.labels, joined(l.Labels))
}
