package coupons

import (
	"slices"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/conditions"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// counterChannel is how an order at a counter comes.
const counterChannel = "store"

// fits asks what a cart is asked that is tried or bought: whether the coupon may be shown at all, and whether the
// conditions of its kind hold, of what a counter knows: the member, the moment, the store, and the order's amount.
// Errors: models.Refused as in Show and Unfit.
func fits(tx *store.Tx, actor models.Actor, c *models.Coupon, order int64) error {
	m, err := holder(tx, c)
	if err != nil {
		return err
	}
	shown, err := showOwn(tx, m, c.Code, "")
	if err != nil {
		return err
	}
	if shown.Refused != nil {
		return shown.Refused
	}
	asked := m.Program.Timeline.At(tx.Now())
	if asked == nil {
		asked = m.Program.Timeline.Version(c.Version)
	}
	cart, err := atCounter(tx, actor, order)
	if err != nil {
		return err
	}
	if miss := asked.Bars(&m.Member, &cart, shown.Offer.Kind); miss.Condition != "" {
		return Unfit(shown.Offer.Kind, &miss)
	}
	return nil
}

// holder is the member whose coupon it is, as of today.
func holder(tx *store.Tx, c *models.Coupon) (*ledger.Member, error) {
	running, err := programs.Running(tx)
	if err != nil {
		return nil, err
	}
	members, err := ledger.Peek(tx, running, ledger.Members(c.MembershipID))
	if err == nil && len(members) == 0 {
		err = models.Refusal("coupon_unknown", nil)
	}
	if err != nil {
		return nil, err
	}
	return members[0], nil
}

// atCounter is an order of which a counter knows the amount.
func atCounter(tx *store.Tx, actor models.Actor, order int64) (cart terms.Purchase, err error) {
	zone := tx.Merchant().Zone
	cart = terms.Purchase{
		At: tx.Now(), Day: calendar.DateOf(tx.Now(), zone), Minute: terms.MinuteOf(tx.Now(), zone), Total: order, Channel: counterChannel,
	}
	if actor.StoreID != 0 {
		err = tx.PG().QueryRow(tx.Ctx(), `SELECT code FROM stores WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), actor.StoreID).Scan(&cart.Store)
	}
	return cart, err
}

// AsksAmount reports whether the terms under which a member's coupon was issued have a condition on what the order comes to.
func AsksAmount(m *ledger.Member, c *models.Coupon) bool {
	issued := m.Program.Timeline.Version(c.Version)
	if issued == nil || issued.Terms().Coupon(c.Kind) == nil {
		return false
	}
	asked := issued.Terms().Coupon(c.Kind).If.Where.Fields()
	return slices.Contains(asked, conditions.Amount) || slices.Contains(asked, conditions.Total)
}
