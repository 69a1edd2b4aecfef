package accrual_test

import (
	"testing"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/store"
	"dangol/models/terms"
)

// Rules pay for joining once: at the counter, and with an order that makes its customer a member; who is a member already
// is not greeted again.
func TestJoiningIsPaidForOnce(t *testing.T) {
	t.Parallel()
	shop := newStory(t, func(doc *terms.Terms) {
		doc.Enrolment.Automatic = true
		doc.Earning = []terms.Rule{{
			Code: "hello", Unit: doc.Units[0].Code, Name: terms.Text{Ko: "어서 오세요"}, When: terms.OnEnrolment, Award: terms.Formula{Kind: terms.Fixed, Points: 300},
		}}
	})
	greeted := func(customer int64) int64 {
		return shop.ID(t, `SELECT coalesce(sum(e.points), 0)::bigint FROM entries e JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id
			JOIN memberships m ON m.merchant_id = e.merchant_id AND m.id = a.membership_id WHERE e.merchant_id = $1 AND m.customer_id = $2
			AND e.cause = 'enrolment/hello'`, customer)
	}
	for range 2 {
		shop.Posts(t, shop.Maya.Order(t, "5,000"))
	}
	old := shop.ID(t, `SELECT customer_id FROM memberships WHERE merchant_id = $1 AND id = $2`, shop.Joins(t, "Old"))
	var joined models.Customer
	shop.In(t, func(tx *store.Tx) (err error) {
		joined, err = accrual.Enrol(tx, shop.Till, models.CustomerParams{Name: new("김하나"), Phone: new("010-2222-3333")})
		return err
	})
	for _, customer := range []int64{shop.Maya.ID, old, joined.ID} {
		shop.In(t, func(tx *store.Tx) error { return accrual.Join(tx, customer) })
	}
	for who, got := range map[string][2]int64{
		"with an order": {greeted(shop.Maya.ID), 300}, "at the counter": {greeted(joined.ID), 300}, "a member of old": {greeted(old), 0},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %d, want %d", who, got[0], got[1])
		}
	}
	shop.verify(t)
}
