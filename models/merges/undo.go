package merges

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// UndoByNumber is Undo by the number that the merge's source gave it. Errors: models.NotFound, and as Undo.
func UndoByNumber(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, externalID string) (Receipt, error) {
	return undoWhere(ctx, db, merchantID, actor, key, `source = $2 AND external_id = $3`, source(actor), externalID)
}

// Undo takes a merge back: points, orders, coupons and counters are again whose they were, and both are found by their own
// numbers. What the days since would have brought the duplicate comes then. Undone once, it stays so.
//
// Errors: models.NotFound; models.Refused "merge_built_upon" after the one who went on was merged as well, "merge_used"
// once points or coupons that went over were used or have ended, or one of the orders was changed; models.ErrClockMoving;
// those of store.Once.
func Undo(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, id int64) (Receipt, error) {
	return undoWhere(ctx, db, merchantID, actor, key, `id = $2`, id)
}

func undoWhere(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, which string, args ...any) (Receipt, error) {
	receipt, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Receipt, error) {
		u := undoing{tx: tx, actor: actor}
		err := u.run(which, args...)
		return u.receipt, err
	})
	receipt.Replay = receipt.Replay || replay
	return receipt, err
}

// undoing is one undo on its way through one transaction.
type undoing struct {
	tx      *store.Tx
	actor   models.Actor
	found   row
	receipt Receipt
	pairs   []undonePair
}

// undonePair is a programme's pair with the tiers that the one who goes on held before and after the merge.
type undonePair struct {
	pair
	before, after terms.TierState
}

func (u *undoing) run(which string, args ...any) error {
	if err := u.tx.Posting(); err != nil {
		return err
	}
	if err := u.meet(which, args...); err != nil {
		return err
	}
	if u.receipt.UndoneAt != nil {
		u.receipt.Replay = true
		return nil
	}
	if err := u.load(); err != nil {
		return err
	}
	if err := whole(u.tx, &u.found); err != nil {
		return err
	}
	for i := range u.pairs {
		if err := u.points(&u.pairs[i]); err != nil {
			return err
		}
	}
	if err := u.rows(); err != nil {
		return err
	}
	if err := u.settle(); err != nil {
		return err
	}
	return audit.Record(u.tx, u.actor, "customer.unmerge", fmt.Sprintf("customer:%d", u.receipt.From), map[string]any{
		"merge": u.receipt.ID, "into": u.receipt.Into})
}

// meet reads the merge and locks both customers, and reads it again under the lock.
func (u *undoing) meet(which string, args ...any) error {
	found, _, err := find(u.tx, which, args...)
	if err != nil {
		return store.Translate(err)
	}
	if err := orders.LockCustomers(u.tx, found.From, found.Into); err != nil {
		return err
	}
	if u.found, _, err = find(u.tx, which, args...); err != nil {
		return err
	}
	u.receipt, err = receiptOf(u.tx, u.found)
	return err
}

// load locks the members of both, reads the clock after that, and brings the one who goes on up to today.
func (u *undoing) load() error {
	running, err := programs.Running(u.tx)
	if err != nil {
		return err
	}
	members, err := ledger.Load(u.tx, running, 0, ledger.OfCustomers(u.receipt.Into).Idle())
	if err != nil {
		return err
	}
	for _, into := range members {
		formers, err := ledger.Formers(u.tx, into)
		if err != nil {
			return err
		}
		for _, from := range formers {
			if err := u.pair(from, into); err != nil {
				return err
			}
		}
	}
	if err := u.tx.Tick(); err != nil {
		return err
	}
	for _, p := range u.pairs {
		if err := ledger.Settle(u.tx, u.tx.Today(), p.into); err != nil {
			return err
		}
	}
	return nil
}

// pair adds a programme of the merge.
func (u *undoing) pair(from, into *ledger.Member) error {
	if from.CustomerID != u.receipt.From {
		return nil
	}
	p := undonePair{pair: pair{from, into}}
	err := u.tx.PG().QueryRow(u.tx.Ctx(), `SELECT tier_before, tier_after FROM merge_members WHERE merchant_id = $1 AND merge_id = $2 AND from_membership_id = $3`,
		u.tx.MerchantID(), u.receipt.ID, from.ID).Scan(&p.before, &p.after)
	u.pairs = append(u.pairs, p)
	return err
}

// wholeSQL asks whether the merge is as it was made: the one who goes on was not merged; and, of what went over, no
// coupon was used, no order was changed, and nothing was given back to the duplicate.
const wholeSQL = `SELECT
	EXISTS (SELECT FROM customers WHERE merchant_id = $1 AND id = $3 AND merged_into IS NOT NULL),
	EXISTS (SELECT FROM merge_moves v JOIN coupons c ON c.merchant_id = v.merchant_id AND c.id = v.row_id
		WHERE v.merchant_id = $1 AND v.merge_id = $2 AND v.kind = 'coupon' AND (c.used_at IS NOT NULL OR c.reserved_until > $4))
	OR EXISTS (SELECT FROM merge_accounts x JOIN accounts a ON a.merchant_id = x.merchant_id AND a.id = x.from_account_id
		WHERE x.merchant_id = $1 AND x.merge_id = $2 AND a.last_seq <> x.from_seq)
	OR EXISTS (SELECT FROM merge_accounts x JOIN entries e ON e.merchant_id = x.merchant_id AND e.account_id = x.into_account_id AND e.seq > x.into_seq
		JOIN merge_moves v ON v.merchant_id = x.merchant_id AND v.merge_id = x.merge_id AND v.kind = 'order' AND v.row_id = e.order_id
		WHERE x.merchant_id = $1 AND x.merge_id = $2 AND e.kind NOT IN ('activate', 'merge'))
	OR EXISTS (SELECT FROM merge_moves v JOIN orders o ON o.merchant_id = v.merchant_id AND o.id = v.row_id
		LEFT JOIN refunds r ON r.merchant_id = o.merchant_id AND r.order_id = o.id
		LEFT JOIN order_revisions w ON w.merchant_id = o.merchant_id AND w.order_id = o.id AND w.revision > 1
		WHERE v.merchant_id = $1 AND v.merge_id = $2 AND v.kind = 'order' AND greatest(r.decided_at, w.recorded_at, o.withdrawn_at) > $5)`

// whole refuses what cannot be taken back exactly.
func whole(tx *store.Tx, m *row) error {
	var built, used bool
	err := tx.PG().QueryRow(tx.Ctx(), wholeSQL, m.MerchantID, m.ID, m.Into, tx.Now(), m.recorded).Scan(&built, &used)
	switch {
	case err != nil:
		return err
	case built:
		return models.Refusal("merge_built_upon", nil)
	case used:
		return models.Refusal("merge_used", nil)
	}
	return nil
}

// points takes a programme's movements back at both.
func (u *undoing) points(p *undonePair) error {
	g := &terms.Merging{Source: "un" + cause(&u.receipt.Merge), At: u.tx.Now(), Day: u.tx.Today()}
	var changes []ledger.Change
	for _, m := range []*ledger.Member{p.into, p.from} {
		entries, err := ledger.MergeEntries(u.tx, m, cause(&u.receipt.Merge))
		if err != nil {
			return err
		}
		closed, err := ledger.ClosedLots(u.tx, m, entries)
		if err != nil {
			return err
		}
		change := ledger.Change{Member: m, Outcomes: make([]terms.Outcome, 1)}
		for i := range m.Accounts {
			a := &m.Accounts[i]
			mine := of(m.AccountID(a.Unit), entries)
			if len(mine) > 0 && m == p.into {
				u.receipt.Points++
			}
			if !g.Unmerge(a, mine, closed, &change.Outcomes[0]) {
				return models.Refusal("merge_used", nil)
			}
		}
		changes = append(changes, change)
	}
	return ledger.Write(u.tx, changes...)
}

// of picks the movements of one account.
func of(account int64, entries []ledger.Entry) (movements []terms.Movement) {
	for i := range entries {
		if entries[i].AccountID == account {
			movements = append(movements, entries[i].Movement())
		}
	}
	return movements
}

// rows gives back what was moved besides points.
func (u *undoing) rows() error {
	tx, r := u.tx, &u.receipt
	now, by := tx.Now(), optional(u.actor.StaffID)
	batch := &pgx.Batch{}
	batch.Queue(returnCountsSQL, tx.MerchantID(), r.ID)
	batch.Queue(returnRowsSQL, tx.MerchantID(), r.ID, r.From)
	batch.Queue(`UPDATE merges SET undone_at = $3, undone_by = $4 WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), r.ID, now, by)
	if err := tx.PG().SendBatch(tx.Ctx(), batch).Close(); err != nil {
		return err
	}
	r.UndoneAt = &now
	return orders.Recount(tx, r.From, r.Into)
}

// settle judges both anew by what is theirs again, and lets the days since the merge come to the one who was away.
func (u *undoing) settle() error {
	running, err := programs.Running(u.tx)
	if err != nil {
		return err
	}
	members, err := ledger.Load(u.tx, running, 0, ledger.OfCustomers(u.receipt.From, u.receipt.Into).Idle())
	if err != nil {
		return err
	}
	for _, p := range u.pairs {
		for _, m := range members {
			switch m.ID {
			case p.from.ID:
				err = ledger.Settle(u.tx, u.tx.Today(), m)
			case p.into.ID:
				err = u.tier(&p, m)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// tier brings the one who went on back to the tier and the floor of before.
func (u *undoing) tier(p *undonePair, m *ledger.Member) error {
	program := m.Program.Timeline.At(u.tx.Now())
	if program == nil {
		return nil
	}
	floor := m.Tier.Floor
	g := &terms.Merging{Source: "un" + cause(&u.receipt.Merge), At: u.tx.Now(), Day: u.tx.Today()}
	outcome := g.Return(program, &m.Member, p.before, p.after)
	if m.Tier.Floor != floor {
		if err := noteFloor(u.tx, &u.receipt, m); err != nil {
			return err
		}
	}
	return ledger.Write(u.tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{outcome}})
}
