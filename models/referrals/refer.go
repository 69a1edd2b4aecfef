// Package referrals keeps who brought whom. A friend who comes with a member's code is noted, or turned away at once; the
// day's work looks at the friend's first order once it can be returned no more, and lets the rules pay both.
package referrals

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
)

// Referral is one friend whom a member brings.
type Referral struct {
	ID         int64
	ExternalID string
	State      models.ReferralState
	Reason     models.ReferralReason
	ReferredOn calendar.Date
	Replay     bool `json:"-"` // told before; nothing happened now
}

// Drawn is a member's code.
type Drawn struct {
	Code string
	New  bool // it was drawn now
}

// Code gives a member's code, and draws one for who has none. Errors: models.NotFound for the programme; models.Invalid
// "unknown" at customer; those of store.Once.
func Code(ctx context.Context, db *store.DB, merchantID int64, key store.Key, program string, customer models.CustomerRef) (Drawn, bool, error) {
	return store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Drawn, error) { return draw(tx, program, customer) })
}

func draw(tx *store.Tx, program string, customer models.CustomerRef) (d Drawn, err error) {
	p, err := programs.One(tx, program)
	if err != nil {
		return d, err
	}
	m, err := ledger.LoadOne(tx, p, ledger.Of(customer))
	if err != nil {
		return d, err
	}
	drawn, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO referral_codes (merchant_id, membership_id, code) VALUES ($1, $2, $3)
		ON CONFLICT (merchant_id, membership_id) DO NOTHING`, tx.MerchantID(), m.ID, models.NewCouponCode())
	if err != nil {
		return d, err
	}
	d.New = drawn.RowsAffected() == 1
	return d, tx.PG().QueryRow(tx.Ctx(), `SELECT code FROM referral_codes WHERE merchant_id = $1 AND membership_id = $2`, tx.MerchantID(), m.ID).Scan(&d.Code)
}

// Refer notes that a customer came with a member's code. What does not count is noted as rejected, with its reason.
//
// Errors: models.Invalid "unknown" at code and customer; models.Refused "no_referrals" if the terms have none;
// models.Conflict "referral_has_changed" for the same id with other content; models.ErrClockMoving; those of store.Once.
func Refer(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, p models.ReferralParams) (Referral, error) {
	var f models.Faults
	p.ExternalID = f.ExternalID("external_id", p.ExternalID)
	code, ok := models.NormalCouponCode(p.Code)
	if !ok {
		f.Add("code", "unknown", nil)
	}
	if p.Code = code; len(f) > 0 {
		return Referral{}, f.Err()
	}
	r, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Referral, error) { return refer(tx, actor, &p) })
	r.Replay = r.Replay || replay
	return r, err
}

// pair is who brings and who is brought.
type pair struct{ program, membership, member, friend int64 }

func refer(tx *store.Tx, actor models.Actor, p *models.ReferralParams) (Referral, error) {
	if err := tx.Posting(); err != nil {
		return Referral{}, err
	}
	two, err := between(tx, p)
	if err != nil {
		return Referral{}, err
	}
	before, err := told(tx, actor, p.ExternalID, two)
	if err != nil {
		return Referral{}, err
	}
	if before != nil {
		return *before, nil
	}
	timeline, err := programs.Timeline(tx, two.program)
	if err != nil {
		return Referral{}, err
	}
	if inForce := timeline.At(tx.Now()); inForce == nil || inForce.Terms().Referral == nil {
		return Referral{}, models.Refusal("no_referrals", nil)
	}
	r := Referral{ExternalID: p.ExternalID, State: models.ReferralPending, ReferredOn: tx.Today()}
	if r.Reason, err = suspect(tx, two); err != nil {
		return Referral{}, err
	}
	var decided calendar.Date
	if r.Reason != "" {
		r.State, decided = models.ReferralRejected, tx.Today()
	}
	return r, tx.PG().QueryRow(tx.Ctx(), `INSERT INTO referrals (merchant_id, source, external_id, program_id, membership_id, friend_id, state, reason, referred_on, decided_on, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`, tx.MerchantID(), actor.Source, r.ExternalID, two.program, two.membership, two.friend,
		r.State, r.Reason, r.ReferredOn, decided, tx.Wall()).Scan(&r.ID)
}

// between finds the two, and locks the friend, so that nobody is brought twice at once.
func between(tx *store.Tx, p *models.ReferralParams) (two pair, err error) {
	if two.friend, err = ledger.Customer(tx, ledger.Of(p.Friend)); err != nil {
		return two, err
	}
	if two.friend == 0 {
		return two, models.InvalidField("customer", "unknown", nil)
	}
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT m.program_id, m.id, m.customer_id FROM referral_codes c
		JOIN memberships o ON o.merchant_id = c.merchant_id AND o.id = c.membership_id JOIN customers k ON k.merchant_id = c.merchant_id AND k.id = o.customer_id
		JOIN memberships m ON m.merchant_id = c.merchant_id AND m.program_id = o.program_id AND m.customer_id = coalesce(k.merged_into, k.id)
		WHERE c.merchant_id = $1 AND c.code = $2 AND m.left_at IS NULL`, tx.MerchantID(), p.Code).Scan(&two.program, &two.membership, &two.member)
	if errors.Is(err, pgx.ErrNoRows) {
		return two, models.InvalidField("code", "unknown", nil)
	}
	if err == nil {
		_, err = tx.PG().Exec(tx.Ctx(), `SELECT FROM customers WHERE merchant_id = $1 AND id = ANY ($2) ORDER BY id FOR NO KEY UPDATE`, tx.MerchantID(), []int64{two.friend, two.member})
	}
	return two, err
}

// told finds what was noted under this number; nil if nothing was.
func told(tx *store.Tx, actor models.Actor, externalID string, two pair) (*Referral, error) {
	r, was := &Referral{ExternalID: externalID, Replay: true}, pair{}
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT id, state, reason, referred_on, membership_id, friend_id FROM referrals WHERE merchant_id = $1 AND source = $2 AND external_id = $3`,
		tx.MerchantID(), actor.Source, externalID).Scan(&r.ID, &r.State, &r.Reason, &r.ReferredOn, &was.membership, &was.friend)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, nil
	case err == nil && (was.membership != two.membership || was.friend != two.friend):
		err = models.Conflicting("referral_has_changed", map[string]any{"external_id": externalID})
	}
	return r, err
}

// suspect says what speaks against a referral from the beginning.
func suspect(tx *store.Tx, two pair) (models.ReferralReason, error) {
	if two.member == two.friend {
		return models.ReferralSelf, nil
	}
	var already, circular bool
	var member, friend string
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT
		EXISTS (SELECT FROM orders WHERE merchant_id = $1 AND customer_id = $4) OR
			EXISTS (SELECT FROM referrals WHERE merchant_id = $1 AND program_id = $2 AND friend_id = $4 AND state <> 'rejected'),
		EXISTS (WITH RECURSIVE up (customer) AS (SELECT $3::bigint UNION
			SELECT m.customer_id FROM up JOIN referrals r ON r.merchant_id = $1 AND r.program_id = $2 AND r.friend_id = up.customer AND r.state <> 'rejected'
				JOIN memberships m ON m.merchant_id = r.merchant_id AND m.id = r.membership_id) SELECT FROM up WHERE customer = $4),
		coalesce((SELECT email FROM customers WHERE merchant_id = $1 AND id = $3), ''), coalesce((SELECT email FROM customers WHERE merchant_id = $1 AND id = $4), '')`,
		tx.MerchantID(), two.program, two.member, two.friend).Scan(&already, &circular, &member, &friend)
	switch {
	case err != nil:
		return "", err
	case circular:
		return models.ReferralCircular, nil
	case already:
		return models.ReferralAlready, nil
	case member != "" && mailbox(member) == mailbox(friend):
		return models.ReferralContact, nil
	}
	return "", nil
}

// mailbox is an address without what many providers ignore: dots and what follows a plus in the local part. Phones are
// unique to a customer already.
func mailbox(email string) string {
	local, domain, _ := strings.Cut(email, "@")
	local, _, _ = strings.Cut(local, "+")
	return strings.ReplaceAll(local, ".", "") + "@" + domain
}
