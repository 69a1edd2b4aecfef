package coupons

import (
	"dangol/models"
	"dangol/models/audit"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Take uses what was shown for an order, with what it took off and why. What has no coupon yet is counted, and gets one
// that is used at once, so that whatever is true of a used coupon is true of it. Errors: models.Refused "sold_out",
// "enough_for_one" where others were faster.
func Take(tx *store.Tx, actor models.Actor, m *ledger.Member, s *Shown, d *terms.Discount, order *models.Order) error {
	id := s.Coupon.ID
	if id == 0 {
		if err := count(tx, m, s.Offer.Kind, d.Units); err != nil {
			return err
		}
		cause := "use:" + order.Source + ":" + order.ExternalID
		err := tx.PG().QueryRow(tx.Ctx(), `INSERT INTO coupons (merchant_id, program_id, kind, version, membership_id, code, cause, amount, percent, most, minimum,
				valid_from, valid_until, issued_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13) RETURNING id`,
			tx.MerchantID(), m.Program.ID, s.Offer.Kind.Code, m.Program.Timeline.At(tx.Now()).Version(), m.ID, models.NewCouponCode(), cause,
			s.Offer.Kind.Amount, s.Offer.Kind.Percent, s.Offer.Kind.Most, s.Offer.Kind.Minimum, tx.Today(), tx.Now()).Scan(&id)
		if err != nil {
			return err
		}
	}
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE coupons SET used_at = $3, used_on = $4, used_by = nullif($5::bigint, 0), used_store_id = nullif($6::bigint, 0),
			order_id = $7, discount = $8, units = $9, why = $10, reserved_for = NULL, reserved_until = NULL WHERE merchant_id = $1 AND id = $2`,
		tx.MerchantID(), id, tx.Now(), tx.Today(), actor.StaffID, actor.StoreID, order.ID, d.Off, d.Units, d.Why.Encode())
	if err == nil && s.Coupon.ID != 0 {
		err = claimed(tx, `id = $2`, id, "issued", "redeemed")
	}
	return err
}

// claimed tells the claims that gave coupons that these were used, or came back.
func claimed(tx *store.Tx, which string, id int64, from, to string) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE reward_claims r SET state = $4::text, decided_at = CASE WHEN $4::text = 'redeemed' THEN $5::timestamptz END
		FROM (SELECT membership_id, cause FROM coupons WHERE merchant_id = $1 AND `+which+`) c
		JOIN accounts a ON a.merchant_id = $1 AND a.membership_id = c.membership_id
		WHERE r.merchant_id = $1 AND r.account_id = a.id AND r.cause = c.cause AND r.state = $3`, tx.MerchantID(), id, from, to, tx.Now())
	return err
}

// count counts one more use of a kind, unless that is too many.
func count(tx *store.Tx, m *ledger.Member, k *terms.CouponKind, units int64) error {
	rule := counter(m.Program.Code, k.Code)
	for _, of := range []struct {
		rule, scope string
		subject     int64
		by, most    int64
		code        string
	}{
		{rule, "shop", 0, 1, k.Stock, "sold_out"},
		{rule + "/units", "shop", 0, units, k.UnitStock, "sold_out"},
		{rule, "member", m.ID, 1, k.PerMember, "enough_for_one"},
	} {
		if of.most == 0 || of.by == 0 {
			continue
		}
		tag, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO limit_uses (merchant_id, rule, scope, subject, period, used) VALUES ($1, $2, $3, $4, 'life', $5)
			ON CONFLICT (merchant_id, rule, scope, subject, period) DO UPDATE SET used = limit_uses.used + $5 WHERE limit_uses.used + $5 <= $6`,
			tx.MerchantID(), of.rule, of.scope, of.subject, of.by, of.most)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return models.Refusal(of.code, map[string]any{"limit": of.most})
		}
	}
	return nil
}

// uncount ends the coupons that were made by being used on an order which is returned: the codes may be used anew.
const uncountSQL = `WITH gone AS (
		UPDATE coupons c SET revoked_at = $3, used_at = NULL, used_on = NULL, used_by = NULL, used_store_id = NULL, order_id = NULL, discount = NULL, units = 0, why = NULL
		FROM (SELECT id, units FROM coupons WHERE merchant_id = $1 AND order_id = $2 AND cause LIKE 'use:%' AND used_at IS NOT NULL FOR UPDATE) old, programs p
		WHERE c.merchant_id = $1 AND c.id = old.id AND p.merchant_id = $1 AND p.id = c.program_id
		RETURNING p.code || '/coupon:' || c.kind AS rule, old.units,
			coalesce((SELECT m.merged_into FROM memberships m WHERE m.merchant_id = $1 AND m.id = c.membership_id), c.membership_id) AS membership_id),
	counted AS (
		SELECT rule, 'shop' AS scope, 0::bigint AS subject, count(*) AS n FROM gone GROUP BY 1
		UNION ALL SELECT rule, 'member', membership_id, count(*) FROM gone GROUP BY 1, 3
		UNION ALL SELECT rule || '/units', 'shop', 0, sum(units) FROM gone GROUP BY 1)
	UPDATE limit_uses u SET used = greatest(u.used - n.n, 0) FROM counted n
	WHERE u.merchant_id = $1 AND u.rule = n.rule AND u.scope = n.scope AND u.subject = n.subject AND u.period = 'life'`

// Pause stops the use of every coupon of a kind until it goes on: for a slip that must not cost more. Errors:
// models.NotFound for the programme or the kind.
func Pause(tx *store.Tx, actor models.Actor, program, kind string, paused bool) error {
	p, err := programs.One(tx, program)
	if err != nil {
		return err
	}
	tag, err := tx.PG().Exec(tx.Ctx(), `UPDATE coupon_kinds SET paused_at = CASE WHEN $4 THEN coalesce(paused_at, $5::timestamptz) END, paused_by = CASE WHEN $4 THEN nullif($6::bigint, 0) END
		WHERE merchant_id = $1 AND program_id = $2 AND code = $3`, tx.MerchantID(), p.ID, kind, paused, tx.Now(), actor.StaffID)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return models.ErrNotFound
	}
	return audit.Record(tx, actor, "coupon.pause", "coupon_kind:"+kind, map[string]bool{"paused": paused})
}
