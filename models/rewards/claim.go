// Package rewards lets members take rewards for points: at once, or by setting the points aside for a checkout that is
// confirmed or cancelled. Each claim happens once, by its idempotency key while that is kept and by (source, external id)
// for ever. Rewards that are taken by themselves the ledger writes.
package rewards

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Receipt is what a claim did.
type Receipt struct {
	models.RewardClaim
	CustomerID int64
	Program    string
	Unit       string
	Available  int64  // left after it
	Coupon     string // code of the coupon that it gave; empty: none
	Replay     bool   `json:"-"` // told before; nothing happened now
}

// Claim takes a reward. Errors: models.Refused "reward_not_offered", "reward_other_tier", "not_enough_points" (Args: asked,
// limit), "sold_out", "enough_for_one" (limit); models.Invalid for input out of range and an unknown customer;
// models.Conflict "claim_has_changed" for the same id with other content; models.NotFound for the programme;
// models.ErrClockMoving; those of store.Once.
func Claim(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.ClaimParams) (Receipt, error) {
	var f models.Faults
	if params.ExternalID = f.ExternalID("external_id", params.ExternalID); len(f) > 0 {
		return Receipt{}, f.Err()
	}
	receipt, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Receipt, error) { return claim(tx, actor, params) })
	receipt.Replay = receipt.Replay || replay
	return receipt, err
}

// claim is the story of one claim.
func claim(tx *store.Tx, actor models.Actor, p models.ClaimParams) (Receipt, error) {
	if err := tx.Posting(); err != nil {
		return Receipt{}, err
	}
	program, err := programs.One(tx, p.Program)
	if err != nil {
		return Receipt{}, err
	}
	m, err := ledger.LoadOne(tx, program, ledger.Of(p.Customer))
	if err != nil {
		return Receipt{}, err
	}
	if before, err := find(tx, actor.Source, p.ExternalID); err == nil {
		return before.again(tx, m, p)
	} else if models.KindOf(err) != models.NotFound {
		return Receipt{}, err
	}
	m.Settle(tx.Today())
	c := taking{tx: tx, actor: actor, params: &p, member: m}
	return c.run()
}

// taking is one claim on its way through one transaction.
type taking struct {
	tx     *store.Tx
	actor  models.Actor
	params *models.ClaimParams
	member *ledger.Member
	reward *terms.Reward
}

// run asks the terms, writes the ledger and the claim, and then takes from what is shared: a code, the stock.
func (c *taking) run() (Receipt, error) {
	tx, m := c.tx, c.member
	inForce := m.Program.Timeline.At(tx.Now())
	if inForce == nil {
		return Receipt{}, models.ErrNotFound
	}
	cause := "claim:" + c.actor.Source + ":" + c.params.ExternalID
	outcome, refusal := inForce.Claim(&m.Member, &terms.ClaimRequest{
		Source: cause, Reward: c.params.Reward, At: tx.Now(), Day: tx.Today(), Reserve: c.params.Reserve,
	})
	if refusal.Refused() {
		return Receipt{}, models.Refusal(string(refusal.Code), map[string]any{"asked": refusal.Asked, "limit": refusal.Limit})
	}
	c.reward = inForce.Terms().Reward(c.params.Reward)
	row := models.RewardClaim{
		MerchantID: tx.MerchantID(), ProgramID: m.Program.ID, Reward: c.reward.Code, Version: inForce.Version(), AccountID: m.AccountID(c.reward.Unit),
		Source: c.actor.Source, ExternalID: c.params.ExternalID, Cause: cause, Points: outcome.Paid, State: after(c.reward),
		At: tx.Now(), BusinessDate: tx.Today().In(time.UTC),
	}
	if c.params.Reserve {
		until := tx.Now().Add(time.Duration(inForce.ReserveMinutes(c.reward.Unit)) * time.Minute)
		row.State, row.ReservedUntil = models.ClaimReserved, &until
	}
	if err := c.insert(&row); err != nil {
		return Receipt{}, err
	}
	if err := ledger.Write(tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{outcome}}); err != nil {
		return Receipt{}, err
	}
	if err := c.takeShared(&row); err != nil {
		return Receipt{}, err
	}
	return receipt(tx, row, m)
}

// after is the state of a claim that is paid.
func after(r *terms.Reward) models.ClaimState {
	if r.Kind == terms.RewardCoupon || r.Kind == terms.RewardSent {
		return models.ClaimIssued
	}
	return models.ClaimRedeemed
}

// again answers a request whose id is known: the first answer for the same content, a conflict for any other.
func (s *stored) again(tx *store.Tx, m *ledger.Member, p models.ClaimParams) (Receipt, error) {
	if !bytes.Equal(s.ContentHash, contentHash(p)) {
		return Receipt{}, models.Conflicting("claim_has_changed", map[string]any{"external_id": s.ExternalID})
	}
	r, err := receipt(tx, s.RewardClaim, m)
	r.Replay = true
	return r, err
}

func contentHash(p models.ClaimParams) []byte {
	text, _ := json.Marshal(p) // plain values always encode
	sum := sha256.Sum256(text)
	return sum[:]
}
