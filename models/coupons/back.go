package coupons

import (
	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/store"
)

// Gone is a coupon that went with the order that it came from.
type Gone struct {
	MembershipID int64 // who has it, or has become the one who had it
	Version      int
	Cause        string
	Source       string // of the order, and
	ExternalID   string // its number
	Day          calendar.Date
}

// GiveBack makes the coupons usable again that were used on an order which is wholly returned (S-F5). They keep their last
// day. Coupons that the order brought, and that were not used, go with it, as do those that come back now and whose own
// order was wholly returned before; a code that everybody may type can be typed again. It tells which have gone. The
// caller has the order's customer locked.
func GiveBack(tx *store.Tx, orderID int64) ([]Gone, error) {
	if _, err := tx.PG().Exec(tx.Ctx(), uncountSQL, tx.MerchantID(), orderID, tx.Now()); err != nil {
		return nil, err
	}
	back, err := giveBack(tx, `order_id`, orderID)
	if err != nil {
		return nil, err
	}
	rows, err := tx.PG().Query(tx.Ctx(), `WITH gone AS (
			UPDATE coupons c SET revoked_at = $3, reserved_for = NULL, reserved_until = NULL FROM orders o
			WHERE c.merchant_id = $1 AND c.id = ANY (ARRAY(SELECT id FROM coupons WHERE merchant_id = $1 AND from_order_id = $2) || $4::bigint[])
				AND c.used_at IS NULL AND c.revoked_at IS NULL AND o.merchant_id = $1 AND o.id = c.from_order_id
				AND (o.id = $2 OR o.withdrawn_at IS NOT NULL OR o.total > o.shipping AND o.refunded >= o.total - o.shipping)
			RETURNING c.membership_id, c.version, c.cause, o.source, o.external_id, o.business_date)
		SELECT coalesce(m.merged_into, m.id), g.version, g.cause, g.source, g.external_id, g.business_date
		FROM gone g JOIN memberships m ON m.merchant_id = $1 AND m.id = g.membership_id ORDER BY 1, 3`, tx.MerchantID(), orderID, tx.Now(), back)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Gone])
}

// Since is the earliest day of the orders that brought the coupons which were used on an order: that day if there are none.
func Since(tx *store.Tx, orderID int64, day calendar.Date) (since calendar.Date, err error) {
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT least($3::date, min(o.business_date)) FROM coupons c
		JOIN orders o ON o.merchant_id = $1 AND o.id = c.from_order_id WHERE c.merchant_id = $1 AND c.order_id = $2`,
		tx.MerchantID(), orderID, day).Scan(&since)
	return since, err
}
