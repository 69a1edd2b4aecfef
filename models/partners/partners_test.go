package partners_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/days"
	"dangol/models/partners"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// A bank carries a share of what its card brings: two thirds by the first version, half by the second.
func funded(share terms.Ratio) func(*terms.Terms) {
	return func(t *terms.Terms) {
		t.Enrolment.Automatic = true
		t.Earning = []terms.Rule{
			{Code: "shop", Unit: t.Units[0].Code, Name: terms.Text{Ko: "적립"}, When: terms.OnPurchase, Award: terms.Formula{Kind: terms.Fixed, Points: 7}},
			{Code: "card", Unit: t.Units[0].Code, Name: terms.Text{Ko: "카드 적립"}, When: terms.OnPurchase, Award: terms.Formula{Kind: terms.Rate, Rate: terms.Ratio{Num: 3, Den: 100}}},
		}
		t.Partners = []terms.Partner{{Code: "hana", Name: terms.Text{Ko: "하나은행"}, Rules: []string{"card"}, Funds: share}}
	}
}

// Two months' statements with a bank, worked out by hand: what is taken back counts for the version that had given it, in
// the month in which it is taken back; shares are rounded over all points to date, so that no won is paid twice.
func TestTwoMonthsWithABank(t *testing.T) {
	t.Parallel()
	shop := shoptest.Sandbox(t, "Asia/Seoul", time.Date(2026, 1, 10, 3, 0, 0, 0, time.UTC), funded(terms.Ratio{Num: 2, Den: 3}))
	january := shop.Posts(t, shop.Maya.Order(t, "10,000")) // 300
	shop.Posts(t, shop.Joon.Order(t, "5,050"))             // 151
	moves(t, shop, time.Date(2026, 2, 5, 3, 0, 0, 0, time.UTC))
	shop.Publish(t, funded(terms.Ratio{Num: 1, Den: 2}))
	shop.Posts(t, shop.Joon.Order(t, "7,030")) // 210
	shop.Returns(t, january, "10,000")
	moves(t, shop, time.Date(2026, 4, 2, 3, 0, 0, 0, time.UTC))
	for month, want := range map[string]string{
		"2026-01-01": "true [{card 1 point 451 300}] 300",
		"2026-02-01": "true [{card 1 point -300 -200} {card 2 point 210 105}] -95",
		"2026-03-01": "true [] 0",
		"2026-04-01": "false [] 0",
	} {
		if s := read(t, shop, month); fmt.Sprint(s.Closed, s.Lines, s.Funded) != want || s.Name.Ko != "하나은행" {
			t.Errorf("%s: %+v, want %s", month, s, want)
		}
	}
	shop.In(t, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		again, err := partners.Settle(tx, running[0], calendar.MustParse("2026-02-01"))
		if again != 0 {
			t.Errorf("settled again: %d lines", again)
		}
		return err
	})
}

func read(t *testing.T, shop *shoptest.Shop, month string) (s partners.Statement) {
	t.Helper()
	shop.In(t, func(tx *store.Tx) (err error) {
		if _, err := partners.Read(tx, "shop", "nobody", calendar.MustParse(month)); models.KindOf(err) != models.NotFound {
			t.Errorf("a partner whom nobody knows: %v", err)
		}
		s, err = partners.Read(tx, "shop", "hana", calendar.MustParse(month))
		return err
	})
	return s
}

// moves takes the shop's clock to a moment.
func moves(t *testing.T, shop *shoptest.Shop, to time.Time) {
	t.Helper()
	id, err := days.MoveClock(t.Context(), shop.DB, shop.MerchantID, models.Actor{}, to)
	if err == nil {
		err = days.RunClock(t.Context(), shop.DB, shop.MerchantID, id, func(context.Context, int64) error { return nil })
	}
	if err != nil {
		t.Fatal(err)
	}
}
