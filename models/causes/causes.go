// Package causes counts what goes to good causes: points that members give, and the shop's share of its sales. A donation
// happens once: by its idempotency key while that is kept, and by (source, external id) for ever.
package causes

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Receipt is what a donation did.
type Receipt struct {
	ID         int64
	ExternalID string
	Program    string
	Cause      string
	Unit       string
	Points     int64
	Worth      int64 // what the shop gives for them, minor units
	CustomerID int64
	Left       int64 // what the member can use after it
	Replay     bool  `json:"-"` // told before; nothing happened now
}

// Donate takes points of a member for a cause of the terms in force.
//
// Errors: models.Invalid for input out of range and "unknown" at customer; models.Refused "not_donatable", "below_minimum",
// "not_enough_points" (Args: asked, limit); models.Conflict "donation_has_changed" for the same id with other content;
// models.NotFound for the programme; models.ErrClockMoving; those of store.Once.
func Donate(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.DonationParams) (Receipt, error) {
	if err := check(&params); err != nil {
		return Receipt{}, err
	}
	receipt, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Receipt, error) { return donate(tx, actor, &params) })
	receipt.Replay = receipt.Replay || replay
	return receipt, err
}

func check(p *models.DonationParams) error {
	var f models.Faults
	p.ExternalID = f.ExternalID("external_id", p.ExternalID)
	if p.Points <= 0 {
		f.Add("points", "required", nil)
	}
	return f.Err()
}

// donate is the story of one donation.
func donate(tx *store.Tx, actor models.Actor, p *models.DonationParams) (Receipt, error) {
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
	m.Settle(tx.Today())
	receipt := Receipt{ExternalID: p.ExternalID, Program: program.Code, Cause: p.Cause, Points: p.Points, CustomerID: m.CustomerID}
	hash := contentHash(p, m)
	if known, err := repeated(tx, actor, m, hash, &receipt); known || err != nil {
		return receipt, err
	}
	return receipt, post(tx, actor, p, m, hash, &receipt)
}

func contentHash(p *models.DonationParams, m *ledger.Member) []byte {
	text, _ := json.Marshal([]any{p.Program, p.Cause, p.Points, m.ID}) // plain values always encode
	sum := sha256.Sum256(text)
	return sum[:]
}

// repeated reports whether the number is known: the same again is told the same.
func repeated(tx *store.Tx, actor models.Actor, m *ledger.Member, hash []byte, r *Receipt) (bool, error) {
	var before []byte
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT d.id, d.content_hash, d.worth, a.unit FROM donations d JOIN accounts a ON a.merchant_id = d.merchant_id AND a.id = d.account_id
		WHERE d.merchant_id = $1 AND d.source = $2 AND d.external_id = $3`, tx.MerchantID(), actor.Source, r.ExternalID).Scan(&r.ID, &before, &r.Worth, &r.Unit)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case !bytes.Equal(before, hash):
		return true, models.Conflicting("donation_has_changed", map[string]any{"external_id": r.ExternalID})
	}
	r.Left, r.Replay = m.Account(r.Unit).Available, true
	return true, nil
}

// post asks the terms in force, and writes down what they say.
func post(tx *store.Tx, actor models.Actor, p *models.DonationParams, m *ledger.Member, hash []byte, r *Receipt) error {
	inForce := m.Program.Timeline.At(tx.Now())
	if inForce == nil {
		return models.Refusal(string(terms.NotDonatable), nil)
	}
	outcome, refusal := inForce.Donate(&m.Member, &terms.Donation{
		Source: "donate:" + actor.Source + ":" + p.ExternalID, At: tx.Now(), Day: tx.Today(), Cause: p.Cause, Points: p.Points,
	})
	if refusal.Refused() {
		return models.Refusal(string(refusal.Code), map[string]any{"asked": refusal.Asked, "limit": refusal.Limit})
	}
	r.Unit, r.Worth = inForce.Terms().Cause(p.Cause).Unit, outcome.Worth
	r.Left = m.Account(r.Unit).Available
	err := tx.PG().QueryRow(tx.Ctx(), `INSERT INTO donations (merchant_id, source, external_id, program_id, account_id, cause, points, worth, content_hash, staff_id, at, business_date, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10::bigint, 0), $11, $12, $13) RETURNING id`,
		tx.MerchantID(), actor.Source, p.ExternalID, m.Program.ID, m.AccountID(r.Unit), p.Cause, p.Points, r.Worth, hash, actor.StaffID,
		tx.Now(), tx.Today(), tx.Wall()).Scan(&r.ID)
	if err != nil {
		return err
	}
	return ledger.Write(tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{outcome}})
}
