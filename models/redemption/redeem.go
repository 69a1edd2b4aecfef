// Package redemption lets members pay with points, and gives the points back when the payment is taken back. Each
// happens once: by its idempotency key while that is kept, and by (source, external id) for ever.
package redemption

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Receipt is what a redemption did.
type Receipt struct {
	models.Redemption
	CustomerID int64
	Program    string
	Unit       string
	Available  int64 // left after it
	Replay     bool  `json:"-"` // told before; nothing happened now
}

// Redeem pays with points, under the lock of the member's accounts. Points of 0 stand for as many as the limits allow.
// What goes beyond the limits is cut down to them or refused, as the terms say or, with Refuse, always refused. Errors:
// models.Refused "not_enough_points", "below_minimum", "not_whole_steps", "above_share", "not_redeemable" (Args: asked,
// limit); models.Invalid for input out of range and an unknown customer; models.Conflict "redemption_has_changed" for the
// same id with other content; models.NotFound for the programme; models.ErrClockMoving; those of store.Once.
func Redeem(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.RedemptionParams) (Receipt, error) {
	if err := check(&params); err != nil {
		return Receipt{}, err
	}
	receipt, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Receipt, error) { return redeem(tx, actor, params) })
	receipt.Replay = receipt.Replay || replay
	return receipt, err
}

func check(p *models.RedemptionParams) error {
	var f models.Faults
	p.ExternalID = f.ExternalID("external_id", p.ExternalID)
	if p.Points < 0 {
		f.Add("points", "negative", nil)
	}
	if p.OrderTotal < 0 || p.OrderTotal > models.MaxMoney {
		f.Add("order_total", "out_of_range", map[string]any{"limit": int64(models.MaxMoney)})
	}
	return f.Err()
}

// redeem is the story of one redemption.
func redeem(tx *store.Tx, actor models.Actor, p models.RedemptionParams) (Receipt, error) {
	if err := tx.Posting(); err != nil {
		return Receipt{}, err
	}
	program, err := programs.One(tx, p.Program)
	if err != nil {
		return Receipt{}, err
	}
	member, err := ledger.LoadOne(tx, program, ledger.Of(p.Customer))
	if err != nil {
		return Receipt{}, err
	}
	hash := contentHash(p)
	if before, err := find(tx, actor.Source, p.ExternalID); err == nil {
		return before.again(member, hash)
	} else if models.KindOf(err) != models.NotFound {
		return Receipt{}, err
	}
	member.Settle(tx.Today())
	unit, outcome, err := pay(tx, member, actor, p)
	if err != nil {
		return Receipt{}, err
	}
	row, err := insert(tx, actor, p, member, unit, outcome, hash)
	if err != nil {
		return Receipt{}, err
	}
	return receipt(row, member, unit), ledger.Write(tx, ledger.Change{Member: member, Outcomes: []terms.Outcome{outcome}})
}

// pay asks the terms in force.
func pay(tx *store.Tx, m *ledger.Member, actor models.Actor, p models.RedemptionParams) (unit string, outcome terms.Outcome, err error) {
	inForce := m.Program.Timeline.At(tx.Now())
	if inForce == nil {
		return "", outcome, models.ErrNotFound
	}
	request := &terms.Request{Source: ledger.RedemptionSource(actor.Source, p.ExternalID), At: tx.Now(), Day: tx.Today(),
		Unit: p.Unit, Points: p.Points, Total: p.OrderTotal}
	if p.Refuse {
		request.Beyond = terms.Refuse
	}
	take := inForce.Redeem
	if p.Reserve {
		take = inForce.Reserve
	}
	outcome, refusal := take(&m.Member, request)
	if refusal.Refused() {
		return "", outcome, models.Refusal(string(refusal.Code), map[string]any{"asked": refusal.Asked, "limit": refusal.Limit})
	}
	return inForce.Unit(p.Unit).Code, outcome, nil
}

func receipt(row models.Redemption, m *ledger.Member, unit string) Receipt {
	return Receipt{Redemption: row, CustomerID: m.CustomerID, Program: m.Program.Code, Unit: unit, Available: m.Account(unit).Available}
}

// stored is a redemption with what Receipt and Redeem need beside it.
type stored struct {
	models.Redemption
	Unit        string
	Membership  int64
	ContentHash []byte
}

const columns = `r.merchant_id, r.id, r.account_id, r.source, r.external_id, r.points, r.worth, r.order_total, r.restored, r.order_id,
	r.store_id, r.staff_id, r.at, r.business_date, r.reversed_at, r.state, r.reserved_until`

func find(tx *store.Tx, source, externalID string) (stored, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+columns+`, a.unit, a.membership_id, r.content_hash
		FROM redemptions r JOIN accounts a ON a.merchant_id = r.merchant_id AND a.id = r.account_id
		WHERE r.merchant_id = $1 AND r.source = $2 AND r.external_id = $3`, tx.MerchantID(), source, externalID)
	if err != nil {
		return stored{}, err
	}
	s, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[stored])
	return s, store.Translate(err)
}

// again answers a request whose id is known: the first answer for the same content, a conflict for any other.
func (s *stored) again(m *ledger.Member, hash []byte) (Receipt, error) {
	if !bytes.Equal(s.ContentHash, hash) {
		return Receipt{}, models.Conflicting("redemption_has_changed", map[string]any{"external_id": s.ExternalID})
	}
	r := receipt(s.Redemption, m, s.Unit)
	r.Replay = true
	return r, nil
}

func contentHash(p models.RedemptionParams) []byte {
	text, _ := json.Marshal(p) // plain values always encode
	sum := sha256.Sum256(text)
	return sum[:]
}

func insert(tx *store.Tx, actor models.Actor, p models.RedemptionParams, m *ledger.Member, unit string, outcome terms.Outcome, hash []byte) (models.Redemption, error) {
	today, accountID := tx.Today(), m.AccountID(unit)
	r := models.Redemption{MerchantID: tx.MerchantID(), AccountID: accountID, State: models.PointsRedeemed, Source: actor.Source, ExternalID: p.ExternalID,
		Points: outcome.Paid, Worth: outcome.Worth, At: tx.Now(), BusinessDate: today.In(time.UTC)}
	if p.Reserve {
		until := tx.Now().Add(time.Duration(m.Program.Timeline.At(tx.Now()).ReserveMinutes(unit)) * time.Minute)
		r.State, r.ReservedUntil = models.PointsReserved, &until
	}
	err := tx.PG().QueryRow(tx.Ctx(), `INSERT INTO redemptions (merchant_id, account_id, source, external_id, points, worth, order_total,
			content_hash, store_id, staff_id, at, business_date, recorded_at, state, reserved_until)
		VALUES ($1, $2, $3, $4, $5, $6, nullif($7::bigint, 0), $8, nullif($9::bigint, 0), nullif($10::bigint, 0), $11, $12, $13, $14, $15)
		RETURNING id, order_total, store_id, staff_id`,
		r.MerchantID, accountID, r.Source, r.ExternalID, r.Points, r.Worth, p.OrderTotal, hash, actor.StoreID, actor.StaffID, r.At, today, tx.Wall(), r.State, r.ReservedUntil).
		Scan(&r.ID, &r.OrderTotal, &r.StoreID, &r.StaffID)
	return r, err
}
