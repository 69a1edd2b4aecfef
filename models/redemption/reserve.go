package redemption

import (
	"context"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

// Confirm pays with points that Redeem has set aside. Confirmed once, it stays so: the second request is told the same.
// Errors: models.NotFound; models.Refused "reservation_ended" (Args: until) for one that was cancelled or has timed out;
// models.ErrClockMoving; those of store.Once.
func Confirm(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, externalID string) (Receipt, error) {
	return decide(ctx, db, merchantID, actor, key, externalID, models.PointsRedeemed)
}

// Cancel gives points that Redeem has set aside back to their lots. Cancelled once, it stays so, and so does what has timed
// out. Errors: models.NotFound; models.Conflict "redemption_done" for what was paid: see Reverse; models.ErrClockMoving;
// those of store.Once.
func Cancel(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, externalID string) (Receipt, error) {
	return decide(ctx, db, merchantID, actor, key, externalID, models.PointsCancelled)
}

func decide(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, externalID string, to models.RedemptionState) (Receipt, error) {
	receipt, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Receipt, error) {
		if err := tx.Posting(); err != nil {
			return Receipt{}, err
		}
		s, err := find(tx, actor.Source, externalID)
		if err != nil {
			return Receipt{}, err
		}
		member, err := whose(tx, &s)
		if err != nil {
			return Receipt{}, err
		}
		if s, err = find(tx, actor.Source, externalID); err != nil { // again, under the lock
			return Receipt{}, err
		}
		return s.end(tx, member, to)
	})
	receipt.Replay = receipt.Replay || replay
	return receipt, err
}

// told is the answer to a request whose effect is there already.
func (s *stored) told(m *ledger.Member) Receipt {
	r := receipt(s.Redemption, m, s.Unit)
	r.Replay = true
	return r
}

// end brings a reservation to a state, unless it has ended already.
func (s *stored) end(tx *store.Tx, m *ledger.Member, to models.RedemptionState) (Receipt, error) {
	late := s.State == models.PointsReserved && !s.ReservedUntil.After(tx.Now())
	switch {
	case s.State == to, to == models.PointsCancelled && s.State == models.PointsExpired:
		return s.told(m), nil
	case to == models.PointsRedeemed && (late || s.State != models.PointsReserved):
		return Receipt{}, models.Refusal("reservation_ended", map[string]any{"until": s.ReservedUntil})
	case s.State != models.PointsReserved:
		return Receipt{}, models.Conflicting("redemption_done", nil)
	case late:
		s.State = models.PointsExpired
		return receipt(s.Redemption, m, s.Unit), ledger.Write(tx, ledger.Change{Member: m})
	}
	return s.move(tx, m, to)
}

// move ends a reservation that is open.
func (s *stored) move(tx *store.Tx, m *ledger.Member, to models.RedemptionState) (Receipt, error) {
	m.Settle(tx.Today())
	cause := ledger.RedemptionSource(s.Source, s.ExternalID)
	held, err := ledger.HeldOf(tx, m, s.Unit, cause)
	if err != nil {
		return Receipt{}, err
	}
	program := m.Program.Timeline.At(s.At)
	var outcome terms.Outcome
	if s.State = to; to == models.PointsRedeemed {
		outcome = program.Confirm(&m.Member, cause, tx.Now(), tx.Today(), held)
		s.BusinessDate = tx.Today().In(time.UTC)
	} else {
		outcome = program.Unreserve(&m.Member, "un"+cause, tx.Now(), tx.Today(), held)
	}
	if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE redemptions SET state = $3, business_date = $4 WHERE merchant_id = $1 AND id = $2`,
		s.MerchantID, s.ID, s.State, s.BusinessDate); err != nil {
		return Receipt{}, err
	}
	return receipt(s.Redemption, m, s.Unit), ledger.Write(tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{outcome}})
}
