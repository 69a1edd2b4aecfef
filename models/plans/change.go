package plans

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/programs"
	"dangol/models/store"
)

// Pay notes that the shop was paid for the present period, and gives the period's coupons.
//
// Errors: models.Invalid for input out of range; models.Refused "nothing_due", "amount_not_due" (Args: asked, limit: what is
// due); models.Conflict "payment_has_changed" for the same id with other content; models.NotFound; models.ErrClockMoving;
// those of store.Once.
func Pay(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, p models.SubscriptionPayment) (Subscription, error) {
	var f models.Faults
	p.ExternalID = f.ExternalID("external_id", p.ExternalID)
	if p.Amount <= 0 {
		f.Add("amount", "required", nil)
	}
	if len(f) > 0 {
		return Subscription{}, f.Err()
	}
	return done(store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Subscription, error) {
		return change(tx, actor, p.Subscription, func(s *Subscription) (bool, error) { return pay(tx, actor, s, &p) })
	}))
}

func pay(tx *store.Tx, actor models.Actor, s *Subscription, p *models.SubscriptionPayment) (known bool, err error) {
	if known, err := paidBefore(tx, actor, s, p); known || err != nil {
		return known, err
	}
	switch due := s.Due(); {
	case due == 0:
		return false, models.Refusal("nothing_due", nil)
	case due != p.Amount:
		return false, models.Refusal("amount_not_due", map[string]any{"asked": p.Amount, "limit": due})
	}
	s.Paid, s.given = true, tx.Today()
	_, err = tx.PG().Exec(tx.Ctx(), `INSERT INTO subscription_payments (merchant_id, source, external_id, subscription_id, period, amount, at, business_date, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.MerchantID(), actor.Source, p.ExternalID, s.ID, s.N, p.Amount, tx.Now(), tx.Today(), tx.Wall())
	return false, err
}

func paidBefore(tx *store.Tx, actor models.Actor, s *Subscription, p *models.SubscriptionPayment) (bool, error) {
	var id, amount int64
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT subscription_id, amount FROM subscription_payments WHERE merchant_id = $1 AND source = $2 AND external_id = $3`,
		tx.MerchantID(), actor.Source, p.ExternalID).Scan(&id, &amount)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case id != s.ID || amount != p.Amount:
		return true, models.Conflicting("payment_has_changed", map[string]any{"external_id": p.ExternalID})
	}
	return true, nil
}

// Cancel ends a plan with its period or, at once, with yesterday. Who ends it at once gets back what was paid for the
// period, unless a benefit was used in it: an order since it began, or one of its coupons. A plan that has ended stays as
// it is. Errors: models.NotFound; models.ErrClockMoving; those of store.Once.
func Cancel(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, externalID string, atOnce bool) (Subscription, error) {
	return done(store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Subscription, error) {
		return change(tx, actor, externalID, func(s *Subscription) (bool, error) { return cancel(tx, s, atOnce) })
	}))
}

func cancel(tx *store.Tx, s *Subscription, atOnce bool) (known bool, err error) {
	if s.State == models.SubscriptionEnded || s.State == models.SubscriptionCancelled && !atOnce {
		return true, nil
	}
	if s.State != models.SubscriptionCancelled {
		s.State = models.SubscriptionCancelled
		if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE subscriptions SET cancelled_at = $3 WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), s.ID, tx.Now()); err != nil {
			return false, err
		}
	}
	if !atOnce {
		return false, nil
	}
	var used bool
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT EXISTS (SELECT FROM coupons WHERE merchant_id = $1 AND membership_id = $2 AND cause = $3 AND used_at IS NOT NULL)
		OR EXISTS (SELECT FROM orders WHERE merchant_id = $1 AND customer_id = $4 AND business_date >= $5)`,
		tx.MerchantID(), s.membership, s.cause(), s.CustomerID, s.Period.From).Scan(&used)
	if s.Paid && !used {
		s.Refund = s.Period.Price
	}
	s.end(tx.Today(), models.EndCancelled)
	return false, err
}

// change locks a subscription, brings it up to today, and lets fn change it; known: there was nothing to change.
func change(tx *store.Tx, actor models.Actor, externalID string, fn func(*Subscription) (known bool, err error)) (Subscription, error) {
	if err := tx.Posting(); err != nil {
		return Subscription{}, err
	}
	s, err := lock(tx, actor.Source, externalID)
	if err != nil {
		return Subscription{}, err
	}
	if err := tx.Tick(); err != nil {
		return Subscription{}, err
	}
	timeline, err := programs.Timeline(tx, s.programID)
	if err != nil {
		return Subscription{}, err
	}
	if err := advance(tx, timeline, tx.Today(), []*Subscription{s}); err != nil {
		return Subscription{}, err
	}
	known, err := fn(s)
	if known || err != nil {
		return told(s), err
	}
	return *s, save(tx, timeline, []*Subscription{s})
}
