// Package transfers lets members give points to each other. A transfer happens once: by its idempotency key while that is
// kept, and by (source, external id) for ever.
package transfers

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

// Receipt is what a transfer did.
type Receipt struct {
	ID         int64
	ExternalID string
	Program    string
	Unit       string
	Points     int64
	From, To   int64 // customers
	Lots       int   // of the receiver's that it made
	Left       int64 // what the giver can use after it
	Replay     bool  `json:"-"` // told before; nothing happened now
}

// Give takes points from one member and gives them to another, in one transaction, with both locked in the order of their
// memberships' ids. The receiver gets a lot of each lot that was taken from; pending points stay.
//
// Errors: models.Invalid for input out of range, "unknown" at from and to, "same_customer" at to; models.Refused
// "not_transferable", "below_minimum", "above_once", "above_day", "not_enough_points" (Args: asked, limit); models.Conflict
// "transfer_has_changed" for the same id with other content; models.NotFound for the programme; models.ErrClockMoving;
// those of store.Once.
func Give(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.TransferParams) (Receipt, error) {
	if err := check(&params); err != nil {
		return Receipt{}, err
	}
	receipt, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Receipt, error) { return give(tx, actor, &params) })
	receipt.Replay = receipt.Replay || replay
	return receipt, err
}

func check(p *models.TransferParams) error {
	var f models.Faults
	p.ExternalID = f.ExternalID("external_id", p.ExternalID)
	if p.Points <= 0 {
		f.Add("points", "required", nil)
	}
	return f.Err()
}

// give is the story of one transfer.
func give(tx *store.Tx, actor models.Actor, p *models.TransferParams) (Receipt, error) {
	if err := tx.Posting(); err != nil {
		return Receipt{}, err
	}
	program, err := programs.One(tx, p.Program)
	if err != nil {
		return Receipt{}, err
	}
	from, to, err := both(tx, program, p)
	if err != nil {
		return Receipt{}, err
	}
	receipt := Receipt{ExternalID: p.ExternalID, Program: program.Code, Points: p.Points, From: from.CustomerID, To: to.CustomerID}
	hash := contentHash(p, from, to)
	if known, err := repeated(tx, actor, from, hash, &receipt); known || err != nil {
		return receipt, err
	}
	return receipt, post(tx, actor, p, from, to, hash, &receipt)
}

// both locks giver and receiver, and reads the clock after that.
func both(tx *store.Tx, program *ledger.Program, p *models.TransferParams) (from, to *ledger.Member, err error) {
	giver, err := membership(tx, program, "from", p.From)
	if err != nil {
		return nil, nil, err
	}
	taker, err := membership(tx, program, "to", p.To)
	if err != nil {
		return nil, nil, err
	}
	if giver == taker {
		return nil, nil, models.InvalidField("to", "same_customer", nil)
	}
	members, err := ledger.Load(tx, []*ledger.Program{program}, 0, ledger.Members(giver, taker))
	if err != nil {
		return nil, nil, err
	}
	for _, m := range members {
		if m.ID == giver {
			from = m
		} else {
			to = m
		}
	}
	if err := tx.Tick(); err != nil {
		return nil, nil, err
	}
	from.Settle(tx.Today())
	to.Settle(tx.Today())
	return from, to, nil
}

// membership finds the membership of a customer in the programme.
func membership(tx *store.Tx, program *ledger.Program, field string, ref models.CustomerRef) (id int64, err error) {
	customer, err := ledger.Customer(tx, ledger.Of(ref))
	if err != nil {
		return 0, err
	}
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT id FROM memberships WHERE merchant_id = $1 AND program_id = $2 AND customer_id BETWEEN $3 AND $3 AND left_at IS NULL
		ORDER BY customer_id LIMIT 1`, // in an order that an index by customer alone has, see ledger.Of
		tx.MerchantID(), program.ID, customer).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = models.InvalidField(field, "unknown", nil)
	}
	return id, err
}

func contentHash(p *models.TransferParams, from, to *ledger.Member) []byte {
	text, _ := json.Marshal([]any{p.Program, p.Unit, p.Points, from.ID, to.ID}) // plain values always encode
	sum := sha256.Sum256(text)
	return sum[:]
}

// repeated reports whether the number is known: the same again is told the same.
func repeated(tx *store.Tx, actor models.Actor, from *ledger.Member, hash []byte, r *Receipt) (bool, error) {
	var before []byte
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT t.id, t.content_hash, a.unit FROM transfers t JOIN accounts a ON a.merchant_id = t.merchant_id AND a.id = t.from_account_id
		WHERE t.merchant_id = $1 AND t.source = $2 AND t.external_id = $3`, tx.MerchantID(), actor.Source, r.ExternalID).Scan(&r.ID, &before, &r.Unit)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case !bytes.Equal(before, hash):
		return true, models.Conflicting("transfer_has_changed", map[string]any{"external_id": r.ExternalID})
	}
	r.Left, r.Replay = from.Account(r.Unit).Available, true
	return true, nil
}

// post asks the terms in force, and writes down what they say.
func post(tx *store.Tx, actor models.Actor, p *models.TransferParams, from, to *ledger.Member, hash []byte, r *Receipt) error {
	inForce := from.Program.Timeline.At(tx.Now())
	if inForce == nil || inForce.Unit(p.Unit) == nil {
		return models.Refusal(string(terms.NotTransferable), nil)
	}
	r.Unit = inForce.Unit(p.Unit).Code
	sent, err := sentToday(tx, from.AccountID(r.Unit))
	if err != nil {
		return err
	}
	given, received, refusal := inForce.Transfer(&from.Member, &to.Member, &terms.Handover{
		Source: "transfer:" + actor.Source + ":" + p.ExternalID, At: tx.Now(), Day: tx.Today(), Unit: r.Unit, Points: p.Points, Sent: sent,
	})
	if refusal.Refused() {
		return models.Refusal(string(refusal.Code), map[string]any{"asked": refusal.Asked, "limit": refusal.Limit})
	}
	r.Lots, r.Left = len(given.Movements[0].Uses), from.Account(r.Unit).Available
	err = tx.PG().QueryRow(tx.Ctx(), `INSERT INTO transfers (merchant_id, source, external_id, from_account_id, to_account_id, points, content_hash, staff_id, at, business_date, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8::bigint, 0), $9, $10, $11) RETURNING id`,
		tx.MerchantID(), actor.Source, p.ExternalID, from.AccountID(r.Unit), to.AccountID(r.Unit), p.Points, hash, actor.StaffID, tx.Now(), tx.Today(), tx.Wall()).
		Scan(&r.ID)
	if err != nil {
		return err
	}
	return ledger.Write(tx,
		ledger.Change{Member: from, Outcomes: []terms.Outcome{given}}, ledger.Change{Member: to, Outcomes: []terms.Outcome{received}})
}

// sentToday is what an account has given away on the shop's today. Its member is locked.
func sentToday(tx *store.Tx, accountID int64) (points terms.Points, err error) {
	return points, tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce(sum(points), 0)::bigint FROM transfers
		WHERE merchant_id = $1 AND from_account_id = $2 AND business_date = $3`, tx.MerchantID(), accountID, tx.Today()).Scan(&points)
}
