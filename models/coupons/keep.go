package coupons

import (
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// KeepParams asks to keep coupons for an order that is being checked out.
type KeepParams struct {
	Order    string // external id of the order to come
	Program  string // code; empty: the shop's only programme
	Customer models.CustomerRef
	Codes    []string
}

// Kept is what is kept, and until when.
type Kept struct {
	Order string
	Codes []string
	Until time.Time
}

// Keep keeps a member's coupons for one order, so that no other can use them: until the order comes, LetGo, or the terms'
// minutes are over. Kept again for the same order, the time begins anew. Errors: models.Refused as in Show; models.Invalid
// for an unknown customer and for codes that nobody holds; models.NotFound for the programme; models.ErrClockMoving.
func Keep(tx *store.Tx, actor models.Actor, p KeepParams) (kept Kept, err error) {
	if err := tx.Posting(); err != nil {
		return kept, err
	}
	clean, ok := models.CleanText(p.Order, 120)
	if !ok || clean == "" {
		return kept, models.InvalidField("order", "bad_text", map[string]any{"limit": 120})
	}
	program, err := programs.One(tx, p.Program)
	if err != nil {
		return kept, err
	}
	members, err := ledger.Load(tx, []*ledger.Program{program}, 0, ledger.Of(p.Customer))
	if err == nil && len(members) == 0 {
		err = models.InvalidField("customer", "unknown", nil)
	}
	if err != nil {
		return kept, err
	}
	return keep(tx, members[0], p.Codes, actor.Source+":"+clean, clean)
}

func keep(tx *store.Tx, m *ledger.Member, codes []string, forOrder, order string) (kept Kept, err error) {
	inForce := m.Program.Timeline.At(tx.Now())
	if inForce == nil {
		return kept, models.ErrNotFound
	}
	shown, err := Show(tx, m, inForce, codes, forOrder)
	if err != nil {
		return kept, err
	}
	ids := make([]int64, 0, len(shown))
	kept = Kept{Order: order, Codes: []string{}, Until: tx.Now().Add(time.Duration(inForce.ReserveMinutes("")) * time.Minute)}
	for i := range shown {
		s := &shown[i]
		if s.Refused != nil {
			return kept, s.Refused
		}
		if s.Offer.Kind.Get != terms.GetGiven {
			return kept, models.InvalidField("coupons", "not_given", nil)
		}
		ids, kept.Codes = append(ids, s.Coupon.ID), append(kept.Codes, s.Coupon.Code)
	}
	_, err = tx.PG().Exec(tx.Ctx(), `UPDATE coupons SET reserved_for = $3, reserved_until = $4 WHERE merchant_id = $1 AND id = ANY ($2)`,
		tx.MerchantID(), ids, forOrder, kept.Until)
	return kept, err
}

// LetGo ends what Keep began, and says how many coupons were let go.
func LetGo(tx *store.Tx, actor models.Actor, order string) (int64, error) {
	tag, err := tx.PG().Exec(tx.Ctx(), `UPDATE coupons SET reserved_for = NULL, reserved_until = NULL WHERE merchant_id = $1 AND reserved_for = $2`,
		tx.MerchantID(), actor.Source+":"+order)
	return tag.RowsAffected(), err
}
