package coupons

import (
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

// Shown is what somebody shows for a cart: a coupon of the member's, a code that everybody knows, or what staff switch on.
type Shown struct {
	Offer   terms.Offer
	Coupon  models.Coupon // ID 0: there is none until it is used
	Refused *models.Error // why it cannot be used at all; then there is no offer
}

// MostShown bounds how many coupons one cart may show.
const MostShown = 30

// Show finds what was typed: a coupon's code, a shared code, or the code of a kind that staff switch on. A code that was
// mistyped, that nobody has, and that belongs to somebody else are the same refusal. With forOrder the coupons are locked
// for the order of that name, "pos:A17"; a coupon that is kept for another order is refused. Refusals: "coupon_unknown",
// "coupon_used", "coupon_early", "coupon_ended", "coupon_revoked", "coupon_kept", "coupon_paused", "sold_out",
// "enough_for_one".
func Show(tx *store.Tx, m *ledger.Member, inForce *terms.Program, typed []string, forOrder string) ([]Shown, error) {
	if len(typed) > MostShown {
		return nil, models.InvalidField("coupons", "too_many", map[string]any{"limit": MostShown})
	}
	paused, err := pausedKinds(tx, m.Program.ID)
	if err != nil {
		return nil, err
	}
	shown := make([]Shown, 0, len(typed))
	seen := map[string]bool{}
	for _, text := range typed {
		s, err := show(tx, m, inForce, text, forOrder)
		if err != nil {
			return nil, err
		}
		if s.Refused == nil && paused[s.Offer.Kind.Code] {
			s.Refused = models.Refusal("coupon_paused", nil)
		}
		if !seen[s.Offer.Ref] {
			shown = append(shown, s)
		}
		seen[s.Offer.Ref] = true
	}
	return shown, nil
}

func show(tx *store.Tx, m *ledger.Member, inForce *terms.Program, text, forOrder string) (Shown, error) {
	if code, ok := models.NormalCouponCode(text); ok {
		return showOwn(tx, m, code, forOrder)
	}
	clean := strings.TrimSpace(text)
	s := Shown{Offer: terms.Offer{Ref: clean}, Refused: models.Refusal("coupon_unknown", nil)}
	for i := range inForce.Terms().Coupons {
		k := &inForce.Terms().Coupons[i]
		if k.Get == terms.GetShared && k.Shared == strings.ToUpper(clean) || k.Get == terms.GetStaff && k.Code == clean {
			s.Offer.Kind = k
			return s, s.leftOf(tx, m)
		}
	}
	return s, nil
}

// leftOf looks at the counters of a kind that has no coupon until it is used.
func (s *Shown) leftOf(tx *store.Tx, m *ledger.Member) error {
	k := s.Offer.Kind
	var all, own, units int64
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce(sum(used) FILTER (WHERE rule = $2 AND scope = 'shop'), 0)::bigint,
			coalesce(sum(used) FILTER (WHERE rule = $2 AND scope = 'member'), 0)::bigint, coalesce(sum(used) FILTER (WHERE rule = $2 || '/units'), 0)::bigint
		FROM limit_uses WHERE merchant_id = $1 AND rule IN ($2, $2 || '/units') AND period = 'life' AND (scope = 'shop' AND subject = 0 OR scope = 'member' AND subject = $3)`,
		tx.MerchantID(), counter(m.Program.Code, k.Code), m.ID).Scan(&all, &own, &units)
	s.Offer.UnitsLeft, s.Refused = k.UnitStock-units, nil
	switch {
	case k.Stock > 0 && all >= k.Stock:
		s.Refused = models.Refusal("sold_out", nil)
	case k.PerMember > 0 && own >= k.PerMember:
		s.Refused = models.Refusal("enough_for_one", map[string]any{"limit": k.PerMember})
	}
	return err
}

// counter names the counters of a kind among those of the rules.
func counter(program, kind string) string { return program + "/coupon:" + kind }

// kept is a coupon and the order that it is kept for.
type kept struct {
	models.Coupon
	For   *string
	Until *time.Time
}

func showOwn(tx *store.Tx, m *ledger.Member, code, forOrder string) (Shown, error) {
	s := Shown{Offer: terms.Offer{Ref: code}}
	lock := ""
	if forOrder != "" {
		lock = " FOR UPDATE"
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+columns+`, c.reserved_for, c.reserved_until FROM coupons c
		WHERE c.merchant_id = $1 AND c.code = $2 AND c.membership_id = $3`+lock, tx.MerchantID(), code, m.ID)
	if err != nil {
		return s, err
	}
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[kept])
	if errors.Is(err, pgx.ErrNoRows) {
		s.Refused = models.Refusal("coupon_unknown", nil)
		return s, nil
	}
	if err != nil {
		return s, err
	}
	return s.of(tx, m, &c, forOrder), nil
}

// of makes an offer of a coupon, by the terms under which it was issued.
func (s Shown) of(tx *store.Tx, m *ledger.Member, c *kept, forOrder string) Shown {
	s.Coupon = c.Coupon
	issued := m.Program.Timeline.Version(c.Version)
	if issued != nil {
		s.Offer.Kind = issued.Terms().Coupon(c.Kind)
	}
	unbounded := c.Coupon
	unbounded.Minimum = 0 // which the cart is judged by, see terms.Price
	refused, _ := errors.AsType[*models.Error](refusal(&unbounded, 0, tx))
	switch {
	case s.Offer.Kind == nil:
		s.Refused = models.Refusal("coupon_unknown", nil)
	case refused != nil:
		s.Refused = refused
	case c.For != nil && *c.For != forOrder && c.Until.After(tx.Now()):
		s.Refused = models.Refusal("coupon_kept", nil)
	}
	return s
}

func pausedKinds(tx *store.Tx, programID int64) (map[string]bool, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT code FROM coupon_kinds WHERE merchant_id = $1 AND program_id = $2 AND paused_at IS NOT NULL`, tx.MerchantID(), programID)
	if err != nil {
		return nil, err
	}
	paused := map[string]bool{}
	var code string
	_, err = pgx.ForEachRow(rows, []any{&code}, func() error {
		paused[code] = true
		return nil
	})
	return paused, err
}

// Unfit is the refusal of a coupon whose conditions a cart does not meet: "coupon_minimum" (minimum, missing),
// "coupon_together", or "coupon_unfit" (condition, wants).
func Unfit(k *terms.CouponKind, miss *terms.Misfit) *models.Error {
	switch miss.Condition {
	case terms.MissAmount:
		return models.Refusal("coupon_minimum", map[string]any{"minimum": k.Minimum, "missing": miss.By})
	case terms.MissTogether:
		return models.Refusal("coupon_together", nil)
	case terms.MissStock:
		return models.Refusal("sold_out", nil)
	}
	return models.Refusal("coupon_unfit", map[string]any{"condition": string(miss.Condition), "wants": miss.Wants})
}
