package coupons

import (
	"errors"
	"fmt"
	"testing"

	"dangol/models"
	"dangol/models/conditions"
	"dangol/models/store"
	"dangol/models/terms"
)

// given makes the default terms' coupon one with conditions.
func given(cond terms.Conditions) func(*terms.Terms) {
	return func(doc *terms.Terms) { doc.Coupons[0].If = cond }
}

// A coupon that is used at a counter is asked what a cart is asked, of what the counter knows; what it cannot know does not hold.
func TestACounterAsksTheCouponsConditions(t *testing.T) {
	t.Parallel()
	is, text, num := conditions.Where, conditions.Text, conditions.Number
	for _, c := range []struct {
		cond  terms.Conditions
		order int64
		wants string // condition and wants; empty: it may be used
	}{
		{terms.Conditions{Where: is(conditions.Amount, conditions.AtLeast, num(15_000))}, 14_999, "where amount"},
		{terms.Conditions{Where: is(conditions.Amount, conditions.AtLeast, num(15_000))}, 15_000, ""},
		{terms.Conditions{Where: is(conditions.Orders, conditions.AtLeast, num(1))}, 20_000, "where orders"},
		{terms.Conditions{Where: is(conditions.FirstOrder, conditions.Yes, conditions.Value{})}, 20_000, ""},
		{terms.Conditions{Where: is(conditions.Points, conditions.AtLeast, num(500))}, 20_000, ""},
		{terms.Conditions{Where: is(conditions.Points, conditions.AtLeast, num(501))}, 20_000, "where points"},
		{terms.Conditions{Where: is(conditions.Category, conditions.In, text("cake"))}, 20_000, "where "},
		{terms.Conditions{Where: conditions.Not(is(conditions.Category, conditions.In, text("cake")))}, 20_000, "where "},
		{terms.Conditions{Where: is(conditions.Channel, conditions.In, text("store"))}, 20_000, ""},
		{terms.Conditions{Channels: []string{"online"}}, 20_000, "channel "},
		{terms.Conditions{Categories: terms.Selection{Only: []string{"cake"}}}, 20_000, ""}, // the counter sees the cake
	} {
		s := open(t, given(c.cond))
		s.Gives(t, s.maya, 500, "adjust:1")
		code := s.issue(t, cake, "give:1")[0]
		s.In(t, func(tx *store.Tx) error {
			var id, customer int64
			err := tx.PG().QueryRow(tx.Ctx(), `SELECT c.id, m.customer_id FROM coupons c JOIN memberships m ON m.merchant_id = c.merchant_id AND m.id = c.membership_id
				WHERE c.merchant_id = $1`, tx.MerchantID()).Scan(&id, &customer)
			if err == nil {
				_, err = Check(tx, models.Actor{}, id, customer, c.order)
				wantsUnfit(t, "looked at", c.cond, err, c.wants)
				err = nil
			}
			return err
		})
		_, err := s.use(code, c.order)
		wantsUnfit(t, "used", c.cond, err, c.wants)
	}
}

func wantsUnfit(t *testing.T, how string, cond terms.Conditions, err error, want string) {
	t.Helper()
	got := ""
	if e, ok := errors.AsType[*models.Error](err); ok && e.Code == "coupon_unfit" {
		got = fmt.Sprint(e.Args["condition"], " ", e.Args["wants"])
	} else if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("%s, %s: %q, want %q", how, cond.Where.Encode(), got, want)
	}
}

// A coupon that is kept for an order that is being checked out is not for the counter meanwhile.
func TestACounterLeavesAKeptCoupon(t *testing.T) {
	t.Parallel()
	s := open(t)
	code, maya := s.issue(t, cake, "give:1")[0], s.Customer(t, s.maya)
	s.In(t, func(tx *store.Tx) error {
		_, err := Keep(tx, models.Actor{Source: "web"}, KeepParams{Order: "A1", Customer: maya, Codes: []string{code}})
		return err
	})
	_, err := s.use(code, 20_000)
	refused(t, err, "coupon_kept")
}
