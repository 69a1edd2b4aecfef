package accrual_test

import (
	"sync"
	"testing"

	"dangol/models/accrual"
	"dangol/models/terms"
)

// A budget that 64 tills draw from at once is used to its last point and never passed, and what is returned can be
// earned again.
func TestABudgetIsNeverPassed(t *testing.T) {
	t.Parallel()
	shop := newStory(t, func(doc *terms.Terms) {
		doc.Earning = []terms.Rule{{
			Code: "gift", Unit: "point", Name: terms.Text{Ko: "깜짝"}, When: terms.OnPurchase, Award: terms.Formula{Kind: terms.Fixed, Points: 70},
			Limits: []terms.Limit{{Per: terms.PerMonth, Points: 1_000, Shared: true}},
		}}
	})
	var (
		wait   sync.WaitGroup
		lock   sync.Mutex
		given  int64
		posted []accrual.Result
	)
	for i := range 64 {
		who := shop.Maya
		if i%2 == 1 {
			who = shop.Joon
		}
		order := who.Order(t, "5,000")
		wait.Go(func() {
			result := shop.Posts(t, order)
			lock.Lock()
			defer lock.Unlock()
			posted = append(posted, result)
			for _, a := range result.Members[0].Awards {
				given += a.Points
			}
		})
	}
	wait.Wait()
	if given != 1_000 {
		t.Errorf("%d of a budget of 1,000 were given", given)
	}
	for _, order := range posted {
		shop.Returns(t, order, "5,000")
	}
	if again := shop.Posts(t, shop.Maya.Order(t, "5,000")); len(again.Members[0].Awards) != 1 || again.Members[0].Awards[0].Points != 70 {
		t.Errorf("what came back can be given again: %+v", again.Members[0].Awards)
	}
}
