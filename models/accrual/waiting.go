package accrual

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
)

// WaitingRefund is a refund that came before its order.
type WaitingRefund struct {
	Source   string
	Order    string // external id of the order that has not come
	Amount   int64  // minor units
	Recorded time.Time
}

// WaitingRefunds lists the shop's refunds whose order has not come, oldest first, at most limit.
func WaitingRefunds(tx *store.Tx, limit int) ([]WaitingRefund, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT source, order_external_id, amount, recorded_at FROM refunds
		WHERE merchant_id = $1 AND state = 'waiting' ORDER BY recorded_at, id LIMIT $2`, tx.MerchantID(), limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[WaitingRefund])
}
