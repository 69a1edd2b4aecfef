package merges

import (
	"time"

	"dangol/models"
	"dangol/models/store"
)

const columns = `id, source, external_id, from_customer_id, into_customer_id, reason, staff_id, at, business_date, undone_at, content_hash, recorded_at`

// row is a merge as it is stored.
type row struct {
	models.Merge
	recorded time.Time
}

// find reads a merge and the hash of what was asked. The condition is a constant of this package.
func find(tx *store.Tx, which string, args ...any) (m row, hash []byte, err error) {
	m.MerchantID = tx.MerchantID()
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT `+columns+` FROM merges WHERE merchant_id = $1 AND `+which, append([]any{m.MerchantID}, args...)...).
		Scan(&m.ID, &m.Source, &m.ExternalID, &m.From, &m.Into, &m.Reason, &m.StaffID, &m.At, &m.BusinessDate, &m.UndoneAt, &hash, &m.recorded)
	m.At = m.At.UTC()
	return m, hash, err
}

// Of is the merge that stands of a customer who was merged. Errors: models.NotFound for anybody else.
func Of(tx *store.Tx, customerID int64) (models.Merge, error) {
	m, _, err := find(tx, `from_customer_id = $2 AND undone_at IS NULL`, customerID)
	return m.Merge, store.Translate(err)
}

// MayUndo says whether a merge stands and is as it was made; what was used of its lots only Undo finds out.
func MayUndo(tx *store.Tx, id int64) (bool, error) {
	m, _, err := find(tx, `id = $2`, id)
	if err != nil {
		return false, store.Translate(err)
	}
	err = whole(tx, &m)
	if models.KindOf(err) == models.Refused {
		return false, nil
	}
	return m.UndoneAt == nil, err
}

// Bought is what a customer has bought over life.
type Bought struct {
	Orders, Visits int64
	Spent          int64 // money, minor units, less what was returned
}

// BoughtBy reads what a customer has bought; nothing for who never came.
func BoughtBy(tx *store.Tx, customerID int64) (b Bought, err error) {
	return b, tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce(sum(orders), 0), coalesce(sum(visits), 0), coalesce(sum(gross - returned), 0)::bigint
		FROM customer_stats WHERE merchant_id = $1 AND customer_id = $2`, tx.MerchantID(), customerID).Scan(&b.Orders, &b.Visits, &b.Spent)
}

// receiptOf tells again what a merge did.
func receiptOf(tx *store.Tx, m row) (Receipt, error) {
	r := Receipt{Merge: m.Merge}
	return r, tx.PG().QueryRow(tx.Ctx(), `SELECT (SELECT count(*) FROM merge_moves WHERE merchant_id = $1 AND merge_id = $2 AND kind = 'order'),
		(SELECT count(*) FROM merge_accounts WHERE merchant_id = $1 AND merge_id = $2 AND points <> 0)`, m.MerchantID, m.ID).Scan(&r.Orders, &r.Points)
}
