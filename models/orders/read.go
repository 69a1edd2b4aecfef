package orders

import (
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
	"dangol/models/terms"
)

// columns are what scan reads, of o.
const columns = `o.merchant_id, o.id, o.source, o.external_id, o.customer_id, o.membership_id, o.store_id, o.channel, o.placed_at,
	o.business_date, o.has_time, o.total, o.shipping, o.discount, o.paid_with_points, o.tax, o.payments, o.labels, o.basis, o.refunded, o.content_hash, o.import_id, o.staff_id,
	o.recorded_at, o.withdrawn_at, o.revision`

func scan(row pgx.CollectableRow) (o models.Order, err error) {
	err = row.Scan(&o.MerchantID, &o.ID, &o.Source, &o.ExternalID, &o.CustomerID, &o.MembershipID, &o.StoreID, &o.Channel, &o.PlacedAt,
		&o.BusinessDate, &o.HasTime, &o.Total, &o.Shipping, &o.Discount, &o.PaidWithPoints, &o.Tax, &o.Payments, &o.Labels, &o.Basis, &o.Refunded, &o.ContentHash, &o.ImportID, &o.StaffID,
		&o.RecordedAt, &o.WithdrawnAt, &o.Revision)
	o.PlacedAt, o.RecordedAt = o.PlacedAt.UTC(), o.RecordedAt.UTC()
	return o, err
}

// ByNumberSQL takes merchant, source and number and gives the order for Into.
const ByNumberSQL = `SELECT ` + columns + ` FROM orders o WHERE o.merchant_id = $1 AND o.source = $2 AND o.external_id = $3`

// Into reads the row of ByNumberSQL, nil if there is none.
func Into(found **models.Order) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		o, err := pgx.CollectExactlyOneRow(rows, scan)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		*found = &o
		return err
	}
}

// Find reads an order. Errors: models.NotFound.
func Find(tx *store.Tx, id int64) (models.Order, error) {
	return one(tx, `o.id = $2`, id)
}

// FindExternal reads an order by the number that its source gave it. Errors: models.NotFound.
func FindExternal(tx *store.Tx, source, externalID string) (models.Order, error) {
	return one(tx, `o.source = $2 AND o.external_id = $3`, source, externalID)
}

// Lock is Find for who changes the order.
func Lock(tx *store.Tx, id int64) (models.Order, error) {
	return one(tx, `o.id = $2 FOR NO KEY UPDATE`, id)
}

func one(tx *store.Tx, condition string, args ...any) (models.Order, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+columns+` FROM orders o WHERE o.merchant_id = $1 AND `+condition, append([]any{tx.MerchantID()}, args...)...)
	if err != nil {
		return models.Order{}, err
	}
	o, err := pgx.CollectExactlyOneRow(rows, scan)
	return o, store.Translate(err)
}

// Lines reads what was on the receipt.
func Lines(tx *store.Tx, orderID int64) ([]models.OrderLine, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT sku, name, category, quantity, amount, tax, labels FROM order_lines WHERE merchant_id = $1 AND order_id = $2 ORDER BY line`,
		tx.MerchantID(), orderID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[models.OrderLine])
}

// Day is the order's business date.
func Day(o *models.Order) calendar.Date { return calendar.DateOf(o.BusinessDate, time.UTC) }

// Source is the cause under which the ledger knows an order.
func Source(source, externalID string) string { return "order:" + source + ":" + externalID }

// Purchase is the order as the rules see it in the merchant's zone, without its store and lines. An order without time has
// no minute.
func Purchase(o *models.Order, zone *time.Location) terms.Purchase {
	minute := 0
	if o.HasTime {
		minute = terms.MinuteOf(o.PlacedAt, zone)
	}
	return terms.Purchase{
		Source: Source(o.Source, o.ExternalID), At: o.PlacedAt, Day: Day(o), Total: o.Total, Shipping: o.Shipping,
		Discount: o.Discount, PaidWithPoints: o.PaidWithPoints, Channel: o.Channel, Minute: minute,
		Tax: o.Tax, Payments: o.Payments, Labels: o.Labels,
	}
}

// Seen is an order's lines as the rules see them: what the whole order is labelled, each of them is.
func Seen(lines []models.OrderLine, labels []string) []terms.Line {
	seen := make([]terms.Line, len(lines))
	for i, l := range lines {
		seen[i] = terms.Line{
			SKU: l.SKU, Category: l.Category, Quantity: int64(l.Quantity), Amount: l.Amount, Tax: l.Tax, Labels: slices.Concat(l.Labels, labels),
		}
	}
	return seen
}
