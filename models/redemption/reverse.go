package redemption

import (
	"context"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Reverse gives the points of a redemption back to the lots that they came from, all that was not given back before; what
// came from a lot that has ended lives a few days more. Reversed once, it stays so: the second request is told the same.
// At the counter its author or a manager may do it on the same business date. Errors: models.NotFound, models.Forbidden,
// models.ErrClockMoving; those of store.Once.
func Reverse(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, source, externalID string) (Receipt, error) {
	receipt, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Receipt, error) { return reverse(tx, actor, source, externalID) })
	receipt.Replay = receipt.Replay || replay
	return receipt, err
}

func reverse(tx *store.Tx, actor models.Actor, source, externalID string) (Receipt, error) {
	if err := tx.Posting(); err != nil {
		return Receipt{}, err
	}
	s, err := find(tx, source, externalID)
	if err != nil {
		return Receipt{}, err
	}
	member, err := whose(tx, &s)
	if err != nil {
		return Receipt{}, err
	}
	if s, err = find(tx, source, externalID); err != nil { // again, under the lock
		return Receipt{}, err
	}
	if s.State == models.PointsReserved {
		return s.end(tx, member, models.PointsCancelled)
	}
	if s.ReversedAt != nil || s.State != models.PointsRedeemed {
		return s.told(member), nil
	}
	if !actor.MayUndo(s.StaffID, s.BusinessDate, tx.Today().In(time.UTC)) {
		return Receipt{}, models.ErrForbidden
	}
	return giveBack(tx, member, s)
}

// whose locks the member who paid, also of a programme that has ended.
func whose(tx *store.Tx, s *stored) (*ledger.Member, error) {
	var program ledger.Program
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT p.id, p.code FROM programs p JOIN memberships m ON m.merchant_id = p.merchant_id AND m.program_id = p.id
		WHERE p.merchant_id = $1 AND m.id = $2`, tx.MerchantID(), s.Membership).Scan(&program.ID, &program.Code)
	if err != nil {
		return nil, err
	}
	if program.Timeline, err = programs.Timeline(tx, program.ID); err != nil {
		return nil, err
	}
	m, err := ledger.LoadOne(tx, &program, ledger.Members(s.Membership))
	if err != nil || m.MergedInto == 0 {
		return m, err
	}
	return ledger.Former(tx, &program, m.ID)
}

func giveBack(tx *store.Tx, m *ledger.Member, s stored) (Receipt, error) {
	if m.MergedInto == 0 {
		m.Settle(tx.Today())
	}
	paid, closed, err := payment(tx, m, &s)
	if err != nil {
		return Receipt{}, err
	}
	outcome := m.Program.Timeline.At(s.At).Unredeem(&m.Member, "un"+ledger.RedemptionSource(s.Source, s.ExternalID), tx.Now(), tx.Today(), paid, closed)
	at := tx.Now()
	s.ReversedAt, s.Restored = &at, s.Points
	if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE redemptions SET reversed_at = $3, restored = points WHERE merchant_id = $1 AND id = $2`,
		s.MerchantID, s.ID, at); err != nil {
		return Receipt{}, err
	}
	if err := ledger.Write(tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{outcome}}); err != nil {
		return Receipt{}, err
	}
	if m.MergedInto != 0 {
		m, err = passOn(tx, m, outcome.Movements[0].Source)
	}
	return receipt(s.Redemption, m, s.Unit), err
}

// passOn moves what was given back to somebody who was merged since to the one who goes on.
func passOn(tx *store.Tx, m *ledger.Member, source string) (*ledger.Member, error) {
	heir, err := ledger.LoadOne(tx, m.Program, ledger.Members(m.MergedInto))
	if err != nil {
		return m, err
	}
	heir.Settle(tx.Today())
	gone, come := ledger.Bequeath(m, heir, &terms.Merging{Source: source, At: tx.Now(), Day: tx.Today()})
	return heir, ledger.Write(tx, gone, come)
}

// payment reads from which lots the redemption took how much, and those of them that are used up.
func payment(tx *store.Tx, m *ledger.Member, s *stored) (paid terms.Paid, closed []terms.Lot, err error) {
	entries, err := ledger.OfCause(tx, m.ID, ledger.RedemptionSource(s.Source, s.ExternalID))
	if err != nil {
		return paid, nil, err
	}
	paid = terms.Paid{Unit: s.Unit, Points: s.Points, Restored: s.Restored}
	entries = ledger.Payments(entries)
	for i := range entries {
		paid.Seq, paid.Uses = entries[i].Seq, entries[i].Uses
	}
	closed, err = ledger.ClosedLots(tx, m, entries)
	return paid, closed, err
}
