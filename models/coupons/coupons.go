// Package coupons issues personal coupons, takes them at the counter once each, and takes them back.
package coupons

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
)

const columns = `c.merchant_id, c.id, c.program_id, c.kind, c.version, c.membership_id, c.code, c.cause, c.amount, c.percent, c.most, c.minimum,
	c.valid_from, c.valid_until, c.issued_at, c.issued_by, c.used_at, c.used_on, c.used_by, c.used_store_id, c.order_id, c.revoked_at`

// Find reads a coupon. Errors: models.NotFound.
func Find(tx *store.Tx, id int64) (models.Coupon, error) {
	return one(tx, `SELECT `+columns+` FROM coupons c WHERE c.merchant_id = $1 AND c.id = $2`, id)
}

func lock(tx *store.Tx, id int64) (models.Coupon, error) {
	return one(tx, `SELECT `+columns+` FROM coupons c WHERE c.merchant_id = $1 AND c.id = $2 FOR UPDATE`, id)
}

// Usable lists what a customer can use today, the soonest to end first.
func Usable(tx *store.Tx, customerID int64) ([]models.Coupon, error) {
	return many(tx, `SELECT `+columns+` FROM coupons c JOIN memberships m ON m.merchant_id = c.merchant_id AND m.id = c.membership_id
		WHERE c.merchant_id = $1 AND m.customer_id = $2 AND c.used_at IS NULL AND c.revoked_at IS NULL
			AND c.valid_from <= $3 AND c.valid_until >= $3
		ORDER BY c.valid_until, c.id`, customerID, tx.Today())
}

// OfCustomer lists a customer's coupons, the newest first, whatever became of them.
func OfCustomer(tx *store.Tx, customerID int64, limit int) ([]models.Coupon, error) {
	return many(tx, `SELECT `+columns+` FROM coupons c JOIN memberships m ON m.merchant_id = c.merchant_id AND m.id = c.membership_id
		WHERE c.merchant_id = $1 AND m.customer_id = $2 ORDER BY c.id DESC LIMIT $3`, customerID, limit)
}

// OfOrder gives the code of the coupon that was used on an order; "" if there was none, or it came back.
func OfOrder(tx *store.Tx, orderID int64) (code string, err error) {
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce((SELECT code FROM coupons WHERE merchant_id = $1 AND order_id = $2 ORDER BY id LIMIT 1), '')`,
		tx.MerchantID(), orderID).Scan(&code)
	return code, err
}

func one(tx *store.Tx, query string, args ...any) (models.Coupon, error) {
	found, err := many(tx, query, args...)
	if err == nil && len(found) == 0 {
		err = models.ErrNotFound
	}
	if err != nil {
		return models.Coupon{}, err
	}
	return found[0], nil
}

func many(tx *store.Tx, query string, args ...any) ([]models.Coupon, error) {
	rows, err := tx.PG().Query(tx.Ctx(), query, append([]any{tx.MerchantID()}, args...)...)
	if err != nil {
		return nil, store.Translate(err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[models.Coupon])
}

// midnight is a date as models has it.
func midnight(d calendar.Date) time.Time { return d.In(time.UTC) }
