package customers

import (
	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/store"
)

// TierChange is one change of a member's tier.
type TierChange struct {
	ProgramID int64
	Reason    string // "up", "down", "keep", "manual", "mapped", "refund", "enrol"
	To        string // code
	Amount    int64  // spending in the window, minor units
	On        calendar.Date
	Until     calendar.Date // kept until; zero: no end
	Readings  string        // of a plan with several measures, see terms.ParseReadings
}

// TierChanges tells how a customer's tiers changed, the newest first.
func TierChanges(tx *store.Tx, customerID int64, limit int) ([]TierChange, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT m.program_id, t.reason, t.to_code, t.amount, (t.at AT TIME ZONE $4)::date, t.valid_until, t.readings
		FROM memberships m JOIN tier_changes t ON t.merchant_id = m.merchant_id AND t.membership_id = m.id
		WHERE m.merchant_id = $1 AND m.customer_id = $2 ORDER BY t.at DESC, t.seq DESC LIMIT $3`,
		tx.MerchantID(), customerID, limit, tx.Merchant().Zone.String())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[TierChange])
}

// OrderTotals gives what orders came to, by their ids.
func OrderTotals(tx *store.Tx, ids []int64) (map[int64]int64, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT id, total FROM orders WHERE merchant_id = $1 AND id = ANY($2)`, tx.MerchantID(), ids)
	if err != nil {
		return nil, err
	}
	totals := map[int64]int64{}
	var id, total int64
	_, err = pgx.ForEachRow(rows, []any{&id, &total}, func() error { totals[id] = total; return nil })
	return totals, err
}

// SpentYear is what a customer spent in the last twelve months, as of last night; 0 where nothing is known.
func SpentYear(tx *store.Tx, customerID int64) (spent int64, err error) {
	return spent, tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce(sum(spend_12m), 0)::bigint FROM customer_facts WHERE merchant_id = $1 AND customer_id = $2`,
		tx.MerchantID(), customerID).Scan(&spent)
}
