package coupons

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
)

// Used is what a coupon did at the counter.
type Used struct {
	Coupon   models.Coupon
	Discount int64 // minor units
}

// Use takes a coupon for an order that is not known yet, as at a counter whose till counts for itself. Errors: as UseIn.
func Use(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, use models.CouponUse) (u Used, err error) {
	err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		u, err = UseIn(tx, actor, use, 0)
		return err
	})
	return u, err
}

// UseIn takes a coupon in the caller's transaction, for an order or, with 0, for none. A code that was mistyped, that
// nobody has, and that belongs to somebody else than the customer are the same refusal, so that nothing is learnt by
// guessing. What the terms ask of a cart they ask of what is known here: the member, the moment, the store, the amount.
// Errors: models.Refused "coupon_unknown", "coupon_used" (Args: on), "coupon_early" (from), "coupon_ended" (until),
// "coupon_revoked", "coupon_minimum" (minimum, missing), "coupon_kept", "coupon_paused", "coupon_unfit" (condition, wants);
// models.ErrClockMoving.
func UseIn(tx *store.Tx, actor models.Actor, use models.CouponUse, orderID int64) (Used, error) {
	if err := tx.Posting(); err != nil {
		return Used{}, err
	}
	c, err := byCode(tx, use)
	if err != nil {
		return Used{}, err
	}
	if err := tx.Tick(); err != nil {
		return Used{}, err
	}
	if err := refusal(&c, use.Order, tx); err != nil {
		return Used{}, err
	}
	paused, err := pausedKinds(tx, c.ProgramID)
	if err == nil && paused[c.Kind] {
		err = models.Refusal("coupon_paused", nil)
	}
	if err == nil {
		err = fits(tx, actor, &c, use.Order)
	}
	if err != nil {
		return Used{}, err
	}
	return take(tx, actor, c, use.Order, orderID)
}

// Check says what a customer's coupon would take off an order, or refuses as UseIn would. Nothing is written.
// Errors: models.NotFound; models.Refused as in UseIn.
func Check(tx *store.Tx, actor models.Actor, id, customerID, order int64) (Used, error) {
	c, err := one(tx, `SELECT `+columns+` FROM coupons c JOIN memberships m ON m.merchant_id = c.merchant_id AND m.id = c.membership_id
		WHERE c.merchant_id = $1 AND c.id = $2 AND m.customer_id = $3`, id, customerID)
	if err == nil {
		err = refusal(&c, order, tx)
	}
	if err == nil {
		err = fits(tx, actor, &c, order)
	}
	return Used{c, c.Discount(order)}, err
}

// byCode finds and locks the coupon.
func byCode(tx *store.Tx, use models.CouponUse) (models.Coupon, error) {
	code, ok := models.NormalCouponCode(use.Code)
	if !ok {
		return models.Coupon{}, models.Refusal("coupon_unknown", nil)
	}
	c, err := one(tx, `SELECT `+columns+` FROM coupons c WHERE c.merchant_id = $1 AND c.code = $2 AND ($3::bigint = 0 OR EXISTS
		(SELECT FROM memberships m WHERE m.merchant_id = c.merchant_id AND m.id = c.membership_id AND m.customer_id = $3))
		FOR UPDATE`, code, use.CustomerID)
	if models.KindOf(err) == models.NotFound {
		err = models.Refusal("coupon_unknown", nil)
	}
	return c, err
}

func refusal(c *models.Coupon, order int64, tx *store.Tx) error {
	switch c.Status(midnight(tx.Today())) {
	case models.CouponUsed:
		return models.Refusal("coupon_used", map[string]any{"on": c.UsedOn.Format("2006-01-02")})
	case models.CouponEarly:
		return models.Refusal("coupon_early", map[string]any{"from": c.ValidFrom.Format("2006-01-02")})
	case models.CouponEnded:
		return models.Refusal("coupon_ended", map[string]any{"until": c.ValidUntil.Format("2006-01-02")})
	case models.CouponRevoked:
		return models.Refusal("coupon_revoked", nil)
	}
	if order < c.Minimum {
		return models.Refusal("coupon_minimum", map[string]any{"minimum": c.Minimum, "missing": c.Minimum - order})
	}
	return nil
}

func take(tx *store.Tx, actor models.Actor, c models.Coupon, order, orderID int64) (Used, error) {
	today := tx.Today()
	err := tx.PG().QueryRow(tx.Ctx(), `UPDATE coupons SET used_at = $3, used_on = $4, used_by = nullif($5::bigint, 0),
			used_store_id = nullif($6::bigint, 0), order_id = nullif($7::bigint, 0)
		WHERE merchant_id = $1 AND id = $2 RETURNING used_at, used_on, used_by, used_store_id, order_id`,
		c.MerchantID, c.ID, tx.Now(), today, actor.StaffID, actor.StoreID, orderID).
		Scan(&c.UsedAt, &c.UsedOn, &c.UsedBy, &c.UsedStoreID, &c.OrderID)
	if err == nil {
		err = claimed(tx, `id = $2`, c.ID, "issued", "redeemed")
	}
	return Used{c, c.Discount(order)}, err
}

// UndoUse gives a coupon back that was used today, with its days as they were; one that is not used stays as it is, and
// one that was used on an order goes back with that order alone. One whose own order or referral has gone meanwhile is not
// used any more, and revoked: an undo makes nothing usable that a return has ended.
// Errors: models.NotFound, models.Forbidden, models.Refused "coupon_on_order"; models.ErrClockMoving.
func UndoUse(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, id int64) (c models.Coupon, err error) {
	err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		if err := tx.Posting(); err != nil {
			return err
		}
		if c, err = Find(tx, id); err != nil || c.UsedAt == nil {
			return err
		}
		holders, err := lockHolder(tx, &c)
		if err != nil {
			return err
		}
		if c, err = lock(tx, id); err != nil || c.UsedAt == nil {
			return err
		}
		if !actor.MayUndo(c.UsedBy, *c.UsedOn, midnight(tx.Today())) {
			return models.ErrForbidden
		}
		if c.OrderID != nil {
			return models.Refusal("coupon_on_order", nil)
		}
		if err := putBack(tx, id, holders); err != nil {
			return err
		}
		if c, err = Find(tx, id); err != nil {
			return err
		}
		return audit.Record(tx, actor, "coupon.undo", subject(id), nil)
	})
	return c, err
}

func giveBack(tx *store.Tx, column string, id int64) (ids []int64, err error) {
	if err := claimed(tx, column+` = $2 AND used_at IS NOT NULL`, id, "redeemed", "issued"); err != nil {
		return nil, err
	}
	rows, err := tx.PG().Query(tx.Ctx(), `UPDATE coupons SET used_at = NULL, used_on = NULL, used_by = NULL, used_store_id = NULL, order_id = NULL, discount = NULL, units = 0, why = NULL
		WHERE merchant_id = $1 AND `+column+` = $2 AND used_at IS NOT NULL RETURNING id`, tx.MerchantID(), id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// Revoke takes an unused coupon back for good. Errors: models.NotFound, models.Conflict "coupon_used".
func Revoke(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, id int64, reason string) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		c, err := lock(tx, id)
		if err != nil || c.RevokedAt != nil {
			return err
		}
		if c.UsedAt != nil {
			return models.Conflicting("coupon_used", nil)
		}
		if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE coupons SET revoked_at = $3 WHERE merchant_id = $1 AND id = $2`, c.MerchantID, id, tx.Now()); err != nil {
			return err
		}
		return audit.Record(tx, actor, "coupon.revoke", subject(id), map[string]string{"reason": reason})
	})
}

func subject(id int64) string { return fmt.Sprintf("coupon:%d", id) }
