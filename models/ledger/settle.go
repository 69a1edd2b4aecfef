package ledger

import (
	"context"

	"dangol/models/calendar"
	"dangol/models/store"
)

// Settle brings members that Load has locked up to a day and stores what became due.
func Settle(tx *store.Tx, through calendar.Date, members ...*Member) error {
	changes := make([]Change, 0, len(members))
	for _, m := range members {
		m.Settle(through)
		changes = append(changes, Change{Member: m})
	}
	return Write(tx, changes...)
}

// settleChunk is how many members one transaction settles.
const settleChunk = 2000

// SettleAll brings every member of the programmes on which something is due up to the merchant's today, in transactions
// of 2,000 members, and says how many there were. It is safe to run twice and side by side.
func SettleAll(ctx context.Context, db *store.DB, merchantID int64, programs func(*store.Tx) ([]*Program, error)) (settled int, err error) {
	return settleAll(ctx, db, merchantID, programs, `SELECT id FROM memberships WHERE merchant_id = $1 AND next_due <= $3 UNION `+dueReservations)
}

// ReleaseAll is SettleAll for those alone who have points set aside for longer than they may be.
func ReleaseAll(ctx context.Context, db *store.DB, merchantID int64, programs func(*store.Tx) ([]*Program, error)) (released int, err error) {
	return settleAll(ctx, db, merchantID, programs, `SELECT id FROM memberships WHERE merchant_id = $1 AND $3::date IS NULL UNION `+dueReservations)
}

func settleAll(ctx context.Context, db *store.DB, merchantID int64, programs func(*store.Tx) ([]*Program, error), who string) (settled int, err error) {
	for after, more := int64(0), true; more && err == nil; {
		err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
			if err := tx.Posting(); err != nil {
				return err
			}
			due, err := dueMembers(tx, who, after)
			if more = len(due) > 0; err != nil || !more {
				return err
			}
			running, err := programs(tx)
			if err != nil {
				return err
			}
			members, err := Load(tx, running, 0, Members(due...))
			if err != nil {
				return err
			}
			if err := Settle(tx, tx.Today(), members...); err != nil {
				return err
			}
			after = due[len(due)-1]
			settled += len(members)
			return nil
		})
	}
	return settled, err
}

// dueMembers lists the next of the memberships that a question finds; $3 is today, $5 now.
func dueMembers(tx *store.Tx, who string, after int64) (ids []int64, err error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT id FROM (`+who+`) d WHERE id > $2 ORDER BY id LIMIT $4`, tx.MerchantID(), after, tx.Today(), settleChunk, tx.Now())
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
