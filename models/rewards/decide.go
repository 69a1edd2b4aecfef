package rewards

import (
	"context"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Confirm takes a claim one step further: what was reserved is paid and given, what was issued has been handed over.
// Confirmed twice in one state, it stays so. Errors: models.NotFound; models.Refused "reservation_ended", "sold_out";
// models.Conflict "claim_over" for one that was cancelled; models.ErrClockMoving; those of store.Once.
func Confirm(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, externalID string) (Receipt, error) {
	return decide(ctx, db, merchantID, actor, key, externalID, (*deciding).confirm)
}

// Cancel gives the points of a claim back: those that were set aside, or those that were paid, as long as the coupon is not
// used or the thing not handed over. Cancelled once, it stays so. Errors: models.NotFound; models.Conflict "claim_over"
// for what the member has had; models.ErrClockMoving; those of store.Once.
func Cancel(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, externalID string) (Receipt, error) {
	return decide(ctx, db, merchantID, actor, key, externalID, (*deciding).cancel)
}

// deciding is a claim that is confirmed or cancelled.
type deciding struct {
	tx      *store.Tx
	claim   stored
	member  *ledger.Member
	program *terms.Program
	reward  *terms.Reward
}

func decide(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, externalID string, do func(*deciding) error) (Receipt, error) {
	receipt, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Receipt, error) {
		d := deciding{tx: tx}
		if err := d.read(actor.Source, externalID); err != nil {
			return Receipt{}, err
		}
		if err := do(&d); err != nil {
			return Receipt{}, err
		}
		return receipt(tx, d.claim.RewardClaim, d.member)
	})
	receipt.Replay = receipt.Replay || replay
	return receipt, err
}

// read locks the member and reads the claim under the lock.
func (d *deciding) read(source, externalID string) (err error) {
	if err := d.tx.Posting(); err != nil {
		return err
	}
	if d.claim, err = find(d.tx, source, externalID); err != nil {
		return err
	}
	program := &ledger.Program{ID: d.claim.ProgramID}
	if err := d.tx.PG().QueryRow(d.tx.Ctx(), `SELECT code FROM programs WHERE merchant_id = $1 AND id = $2`, d.tx.MerchantID(), program.ID).Scan(&program.Code); err != nil {
		return err
	}
	if program.Timeline, err = programs.Timeline(d.tx, program.ID); err != nil {
		return err
	}
	if d.member, err = ledger.LoadOne(d.tx, program, ledger.Members(d.claim.Membership)); err != nil {
		return err
	}
	if d.claim, err = find(d.tx, source, externalID); err != nil {
		return err
	}
	d.program = program.Timeline.Version(d.claim.Version)
	d.reward = d.program.Terms().Reward(d.claim.Reward)
	return nil
}

func (d *deciding) late() bool {
	return d.claim.State == models.ClaimReserved && !d.claim.ReservedUntil.After(d.tx.Now())
}

func (d *deciding) confirm() error {
	switch d.claim.State {
	case models.ClaimRedeemed:
		return nil
	case models.ClaimIssued:
		if d.reward.Kind == terms.RewardCoupon { // it is handed over by being used
			return nil
		}
		return d.become(models.ClaimRedeemed, nil)
	case models.ClaimReserved:
		if !d.late() {
			return d.pay()
		}
	}
	return models.Refusal("reservation_ended", map[string]any{"until": d.claim.ReservedUntil})
}

// pay pays with the points that were set aside, and gives the reward.
func (d *deciding) pay() error {
	d.member.Settle(d.tx.Today())
	held, err := ledger.HeldOf(d.tx, d.member, d.claim.Unit, d.claim.Cause)
	if err != nil {
		return err
	}
	outcome := d.program.ConfirmClaim(&d.member.Member, d.claim.Cause, d.claim.Reward, d.tx.Now(), d.tx.Today(), held)
	d.claim.ReservedUntil = nil
	return d.become(after(d.reward), &outcome)
}

func (d *deciding) cancel() error {
	switch {
	case d.claim.State == models.ClaimCancelled, d.claim.State == models.ClaimExpired:
		return nil
	case d.late():
		d.claim.State = models.ClaimExpired
		return ledger.Write(d.tx, ledger.Change{Member: d.member})
	case d.claim.State == models.ClaimReserved:
		return d.giveBack(d.unreserve)
	case d.claim.State == models.ClaimIssued:
		return d.giveBack(d.unpay)
	}
	return models.Conflicting("claim_over", nil)
}

// giveBack ends a claim whose points come back, and frees what it took from the stock.
func (d *deciding) giveBack(how func() (terms.Outcome, error)) error {
	d.member.Settle(d.tx.Today())
	outcome, err := how()
	if err != nil {
		return err
	}
	if err := d.become(models.ClaimCancelled, &outcome); err != nil {
		return err
	}
	batch := &pgx.Batch{}
	ledger.QueueFreed(batch, d.tx.MerchantID(), d.claim.ID)
	return d.tx.PG().SendBatch(d.tx.Ctx(), batch).Close()
}

func (d *deciding) unreserve() (terms.Outcome, error) {
	held, err := ledger.HeldOf(d.tx, d.member, d.claim.Unit, d.claim.Cause)
	return d.program.Unreserve(&d.member.Member, "un"+d.claim.Cause, d.tx.Now(), d.tx.Today(), held), err
}

// unpay takes an unused coupon back and gives the points back to their lots.
func (d *deciding) unpay() (out terms.Outcome, err error) {
	if d.reward.Kind == terms.RewardCoupon {
		tag, err := d.tx.PG().Exec(d.tx.Ctx(), `UPDATE coupons SET revoked_at = $4, reserved_for = NULL, reserved_until = NULL
			WHERE merchant_id = $1 AND membership_id = $2 AND cause = $3 AND used_at IS NULL AND revoked_at IS NULL`,
			d.tx.MerchantID(), d.member.ID, d.claim.Cause, d.tx.Now())
		if err != nil {
			return out, err
		}
		if tag.RowsAffected() == 0 {
			return out, models.Conflicting("claim_over", nil)
		}
	}
	entries, err := ledger.OfCause(d.tx, d.member.ID, d.claim.Cause)
	if err != nil {
		return out, err
	}
	paid := terms.Paid{Unit: d.claim.Unit, Points: d.claim.Points}
	entries = ledger.Payments(entries)
	for i := range entries {
		if entries[i].Unit == paid.Unit {
			paid.Seq, paid.Uses = entries[i].Seq, entries[i].Uses
		}
	}
	closed, err := ledger.ClosedLots(d.tx, d.member, entries)
	return d.program.Unredeem(&d.member.Member, "un"+d.claim.Cause, d.tx.Now(), d.tx.Today(), paid, closed), err
}

// become writes the claim's new state and what it did.
func (d *deciding) become(to models.ClaimState, outcome *terms.Outcome) error {
	d.claim.State = to
	err := d.tx.PG().QueryRow(d.tx.Ctx(), `UPDATE reward_claims SET state = $3::text, reserved_until = $4, decided_at = CASE WHEN $3::text = 'issued' THEN NULL ELSE $5::timestamptz END
		WHERE merchant_id = $1 AND id = $2 RETURNING decided_at`, d.tx.MerchantID(), d.claim.ID, to, d.claim.ReservedUntil, d.tx.Now()).Scan(&d.claim.DecidedAt)
	if err != nil || outcome == nil {
		return err
	}
	return ledger.Write(d.tx, ledger.Change{Member: d.member, Outcomes: []terms.Outcome{*outcome}})
}
