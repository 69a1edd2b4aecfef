package plans

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
)

// Subscribe begins a plan today: with its trial, for who has never had the plan, or with a period that is to be paid for.
//
// Errors: models.Invalid for input out of range and "unknown" at customer; models.Refused "plan_not_offered", "plan_held";
// models.Conflict "subscription_has_changed" for the same id with other content; models.NotFound for the programme;
// models.ErrClockMoving; those of store.Once.
func Subscribe(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.SubscriptionParams) (Subscription, error) {
	var f models.Faults
	if params.ExternalID = f.ExternalID("external_id", params.ExternalID); len(f) > 0 {
		return Subscription{}, f.Err()
	}
	return done(store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Subscription, error) { return subscribe(tx, actor, &params) }))
}

// done marks an answer that was given before.
func done(s Subscription, replay bool, err error) (Subscription, error) {
	s.Replay = s.Replay || replay
	return s, err
}

func subscribe(tx *store.Tx, actor models.Actor, p *models.SubscriptionParams) (Subscription, error) {
	if err := tx.Posting(); err != nil {
		return Subscription{}, err
	}
	program, err := programs.One(tx, p.Program)
	if err != nil {
		return Subscription{}, err
	}
	m, err := ledger.LoadOne(tx, program, ledger.Of(p.Customer))
	if err != nil {
		return Subscription{}, err
	}
	hash := contentHash(program.Code, p.Plan, m.ID)
	if known, err := repeated(tx, actor, p.ExternalID, hash); known != nil || err != nil {
		return told(known), err
	}
	inForce := program.Timeline.At(tx.Now())
	if inForce == nil || inForce.Terms().Plan(p.Plan) == nil {
		return Subscription{}, models.Refusal("plan_not_offered", nil)
	}
	had, err := before(tx, m.ID, p.Plan)
	if err != nil {
		return Subscription{}, err
	}
	plan := inForce.Terms().Plan(p.Plan)
	s := &Subscription{ExternalID: p.ExternalID, Program: program.Code, CustomerID: m.CustomerID, Plan: p.Plan, StartedOn: tx.Today(),
		programID: program.ID, membership: m.ID}
	s.begin(plan, plan.Begin(tx.Today(), !had), inForce.Version())
	err = tx.PG().QueryRow(tx.Ctx(), `INSERT INTO subscriptions (merchant_id, source, external_id, program_id, membership_id, plan, state, started_on, period, content_hash, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
		tx.MerchantID(), actor.Source, s.ExternalID, s.programID, s.membership, s.Plan, s.State, s.StartedOn, s.N, hash, tx.Wall()).Scan(&s.ID)
	if err != nil {
		return Subscription{}, err
	}
	return *s, save(tx, program.Timeline, []*Subscription{s})
}

func contentHash(parts ...any) []byte {
	text, _ := json.Marshal(parts) // plain values always encode
	sum := sha256.Sum256(text)
	return sum[:]
}

// repeated finds the subscription that was begun under this number; nil if there is none.
func repeated(tx *store.Tx, actor models.Actor, externalID string, hash []byte) (*Subscription, error) {
	var was []byte
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT content_hash FROM subscriptions WHERE merchant_id = $1 AND source = $2 AND external_id = $3`,
		tx.MerchantID(), actor.Source, externalID).Scan(&was)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, err
	case !bytes.Equal(was, hash):
		return nil, models.Conflicting("subscription_has_changed", map[string]any{"external_id": externalID})
	}
	return Find(tx, actor.Source, externalID)
}

// told is a subscription as an answer that changed nothing.
func told(s *Subscription) Subscription {
	if s == nil {
		return Subscription{}
	}
	s.Replay = true
	return *s
}

// before reports whether the member has had the plan. Errors: models.Refused "plan_held" if it goes on.
func before(tx *store.Tx, membershipID int64, plan string) (had bool, err error) {
	var living bool
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT count(*) > 0, coalesce(bool_or(state <> 'ended'), false) FROM subscriptions
		WHERE merchant_id = $1 AND membership_id = $2 AND plan = $3`, tx.MerchantID(), membershipID, plan).Scan(&had, &living)
	if err == nil && living {
		err = models.Refusal("plan_held", nil)
	}
	return had, err
}
