package accrual

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/store"
	"dangol/models/terms"
)

// Undone is what undoing an order moved.
type Undone struct {
	OrderID int64
	Members []Returned
	Replay  bool // it was undone before
}

// Undo takes back an order that was a slip at the counter, as if it had never been: on the business date on which it was
// posted, by who posted it or by a manager. Undoing twice is one undo.
//
// Errors: models.NotFound; models.Forbidden for somebody else's order; models.Refused "too_late" on a later day,
// "points_spent" once points of the order were used, "order_refunded"; models.ErrClockMoving, ErrKeyReused, ErrKeyBusy.
func Undo(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, orderID int64) (Undone, error) {
	result, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Undone, error) { return undo(tx, actor, orderID) })
	result.Replay = result.Replay || replay
	return result, err
}

func undo(tx *store.Tx, actor models.Actor, orderID int64) (Undone, error) {
	if err := tx.Posting(); err != nil {
		return Undone{}, err
	}
	o, err := lockForUndo(tx, actor, orderID)
	if err != nil {
		return Undone{}, err
	}
	if o.WithdrawnAt != nil {
		return Undone{OrderID: o.ID, Replay: true}, nil
	}
	if err := mayUndo(tx, &o); err != nil {
		return Undone{}, err
	}
	members, err := Withdraw(tx, &o, "undo:"+o.Source+":"+o.ExternalID)
	return Undone{OrderID: o.ID, Members: members}, err
}

// lockForUndo takes the order, by its number first as every posting does.
func lockForUndo(tx *store.Tx, actor models.Actor, orderID int64) (models.Order, error) {
	o, err := orders.Find(tx, orderID)
	if err != nil {
		return o, err
	}
	if !author(&o, actor) && !leads(&o, actor) {
		return o, models.ErrForbidden
	}
	batch := &pgx.Batch{}
	queueOrderLock(batch, tx, o.Source, o.ExternalID)
	if err := tx.PG().SendBatch(tx.Ctx(), batch).Close(); err != nil {
		return o, err
	}
	if o, err = orders.Find(tx, orderID); err != nil {
		return o, err
	}
	return o, tx.Tick()
}

func author(o *models.Order, actor models.Actor) bool {
	return o.StaffID != nil && *o.StaffID == actor.StaffID
}

// leads: an owner or admin, or a manager of the order's store.
func leads(o *models.Order, actor models.Actor) bool {
	bound := actor.Role == models.Manager && len(actor.StoreIDs) > 0
	return actor.Role == models.Owner || actor.Role == models.Admin ||
		actor.Role == models.Manager && (!bound || slices.Contains(actor.StoreIDs, number(o.StoreID)))
}

// mayUndo refuses what is no slip any more.
func mayUndo(tx *store.Tx, o *models.Order) error {
	switch {
	case orders.Day(o) != tx.Today():
		return models.Refusal("too_late", nil)
	case o.Refunded > 0:
		return models.Refusal("order_refunded", nil)
	}
	var spent bool
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT EXISTS (
		SELECT FROM lots l
		JOIN lot_uses u ON u.merchant_id = l.merchant_id AND u.account_id = l.account_id AND u.lot_seq = l.seq
		JOIN entries e ON e.merchant_id = u.merchant_id AND e.account_id = u.account_id AND e.seq = u.entry_seq
		WHERE l.merchant_id = $1 AND l.account_id IN (SELECT account_id FROM entries WHERE merchant_id = $1 AND order_id = $2) AND l.order_id = $2
		  AND e.kind IN ('redeem', 'restore', 'transfer', 'donate', 'reserve', 'release', 'adjust')
		GROUP BY l.account_id, l.seq HAVING sum(u.points) < 0)`, tx.MerchantID(), o.ID).Scan(&spent)
	if err == nil && spent {
		err = models.Refusal("points_spent", nil)
	}
	return err
}

// Withdraw takes everything back that is left of an order and marks it as never placed, whenever that was: for undoing an
// import as well. Cause is unique to the undoing. The caller has the order's number locked.
func Withdraw(tx *store.Tx, o *models.Order, cause string) ([]Returned, error) {
	back := takingBack{tx: tx, order: o, cause: cause, at: tx.Now(), returned: min(o.Refunded, o.Total-o.Shipping), whole: true}
	members, err := back.run(func(m *ledger.Member, program *terms.Program, h terms.History) (terms.Outcome, error) {
		return program.Undo(&m.Member, cause, back.at, tx.Today(), h), nil
	})
	if err != nil {
		return nil, err
	}
	_, err = tx.PG().Exec(tx.Ctx(), `UPDATE orders SET withdrawn_at = $3 WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), o.ID, tx.Wall())
	if err != nil {
		return nil, err
	}
	if err := forgetFirsts(tx); err != nil {
		return nil, err
	}
	return members, recount(tx, o)
}

// forgetFirsts: an order that was undone was no first live posting.
func forgetFirsts(tx *store.Tx) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE merchants m SET first_posting_at = NULL
		WHERE m.id = $1 AND m.first_posting_at IS NOT NULL AND NOT EXISTS (SELECT FROM orders o
			WHERE o.merchant_id = m.id AND o.membership_id IS NOT NULL AND o.import_id IS NULL AND o.withdrawn_at IS NULL)`, tx.MerchantID())
	return err
}
