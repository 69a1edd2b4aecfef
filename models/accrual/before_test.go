package accrual_test

import (
	"testing"

	"dangol/models/accrual"
	"dangol/models/conditions"
	"dangol/models/shoptest"
	"dangol/models/terms"
)

// asking pays 100 for each purchase in the store, and 30 for one of 9,000 won or more of which a condition holds.
func asking(where conditions.Condition) func(*terms.Terms) {
	return func(doc *terms.Terms) {
		one := func(code string, cond terms.Conditions, points int64) terms.Rule {
			return terms.Rule{Code: code, Unit: "point", Name: doc.Name, When: terms.OnPurchase, If: cond, Award: terms.Formula{Kind: terms.Fixed, Points: points}}
		}
		doc.Earning = []terms.Rule{one("each", terms.Conditions{Channels: []string{"store"}}, 100), one("asks", terms.Conditions{MinAmount: 9_000, Where: where}, 30)}
	}
}

func asked30(r accrual.Result) bool {
	for _, award := range r.Members[0].Awards {
		if award.Code == "asks" {
			return award.Points == 30
		}
	}
	return false
}

// An order that is amended is judged by what the member had before it: nothing that came after it takes its award or lends it
// one, be it orders, points, what was spent on the same day, or what was returned meanwhile (S-F1).
func TestAnAmendedOrderIsJudgedByWhatWasBefore(t *testing.T) {
	t.Parallel()
	is, num := conditions.Where, conditions.Number
	for name, c := range map[string]struct {
		where conditions.Condition
		holds bool
	}{
		"the first order":    {is(conditions.FirstOrder, conditions.Yes, conditions.Value{}), false},
		"one order before":   {is(conditions.Orders, conditions.Equals, num(1)), true},
		"two orders before":  {is(conditions.Orders, conditions.AtLeast, num(2)), false},
		"few points":         {is(conditions.Points, conditions.AtMost, num(100)), true},
		"as many points":     {is(conditions.Points, conditions.AtLeast, num(100)), true},
		"more points":        {is(conditions.Points, conditions.AtLeast, num(101)), false},
		"little spent":       {is(conditions.Spend12m, conditions.AtMost, num(8_000)), true},
		"as much spent":      {is(conditions.Spend12m, conditions.AtLeast, num(8_000)), true},
		"more spent":         {is(conditions.Spend12m, conditions.AtLeast, num(8_001)), false},
		"not the first, but": {conditions.Not(is(conditions.Orders, conditions.AtLeast, num(2))), true},
	} {
		for _, channel := range []string{"store", "online"} { // with an award besides, and without
			shop := shoptest.New(t, asking(c.where))
			before := shop.Maya.Order(t, "8,000")
			before.Channel = "store"
			first := shop.Posts(t, before)
			order := shop.Maya.Order(t, "10,000")
			order.Channel, order.Revision = channel, 1
			if got := asked30(shop.Posts(t, order)); got != c.holds {
				t.Errorf("%s, %s: posted: %v, want %v", name, channel, got, c.holds)
			}
			after := shop.Maya.Order(t, "30,000")
			after.Channel = "store"
			shop.Posts(t, after)
			for revision, total := range []int64{10_000, 11_000, 9_000} {
				order.Total, order.Revision = total, revision+2
				if got := asked30(shop.Posts(t, order)); got != c.holds {
					t.Errorf("%s, %s: revision %d: %v, want %v", name, channel, order.Revision, got, c.holds)
				}
				if revision == 1 {
					shop.Returns(t, first, "8,000")
				}
			}
		}
	}
}
