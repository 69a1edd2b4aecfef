package ledger

import (
	"dangol/models/store"
	"dangol/models/terms"
)

// AvailableAfter is what an account could use once an entry had been written: the sum of what moved its available part.
func AvailableAfter(tx *store.Tx, accountID, seq int64) (points terms.Points, err error) {
	return points, tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce(sum(points), 0)::bigint FROM entries
		WHERE merchant_id = $1 AND account_id = $2 AND seq <= $3 AND bucket = 'available'`, tx.MerchantID(), accountID, seq).Scan(&points)
}
