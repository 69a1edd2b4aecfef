package ledger_test

import (
	"slices"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// With no job running a balance is right at 23:59:59 and at 00:00:00.
func TestABalanceIsRightAtMidnight(t *testing.T) { // D-3
	t.Parallel()
	shop := shoptest.New(t, onlineHold)
	order := shop.Maya.Order(t, "12,500") // on 23 November at noon
	order.Channel = "online"
	shop.Posts(t, order)
	shop.Clock.Set(time.Date(2026, 11, 29, 14, 59, 59, 0, time.UTC)) // 23:59:59 in Seoul
	if a := shop.Maya.Has(t); a.Pending != 125 || a.Available != 1_250 {
		t.Errorf("a second before midnight %d pending, %d available", a.Pending, a.Available)
	}
	shop.Clock.Advance(time.Second)
	if a := shop.Maya.Has(t); a.Pending != 0 || a.Available != 1_375 {
		t.Errorf("at midnight %d pending, %d available", a.Pending, a.Available)
	}
	if n := shop.ID(t, `SELECT count(*) FROM entries WHERE merchant_id = $1 AND kind = 'activate'`); n != 0 {
		t.Error("looking has written")
	}
}

func onlineHold(doc *terms.Terms) {
	doc.Earning = append(doc.Earning, terms.Rule{
		Code: "online", Unit: "point", Name: terms.Text{Ko: "x", En: "x"}, When: terms.OnPurchase,
		If: terms.Conditions{Channels: []string{"online"}}, Award: terms.Formula{Kind: terms.Rate, Rate: terms.Percent(1)}, Hold: terms.Hold{Days: 7},
	})
}

func TestSettlingEverybodyTwiceIsOnce(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, onlineHold)
	for _, customer := range []*shoptest.Customer{shop.Maya, shop.Joon} {
		order := customer.Order(t, "12,500")
		order.Channel = "online"
		shop.Posts(t, order)
	}
	shop.Clock.Advance(8 * 24 * time.Hour)
	for _, want := range []int{2, 0} {
		if n, err := ledger.SettleAll(t.Context(), shop.DB, shop.MerchantID, programs.Running); err != nil || n != want {
			t.Errorf("settled %d, %v; want %d", n, err, want)
		}
	}
	want := []string{"activate pending -125 activate:lot 3", "activate available 125 activate:lot 3"}
	if got := shop.Maya.Entries(t); !slices.Contains(got, want[0]) || !slices.Contains(got, want[1]) {
		t.Errorf("entries %q", got)
	}
}

func TestAMemberWhoWasNotLockedCannotBeWritten(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t)
	shop.Maya.Buys(t, "12,500")
	shop.In(t, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		members, err := ledger.Peek(tx, running, ledger.Of(models.CustomerRef{ID: shop.Maya.ID}))
		if err != nil {
			return err
		}
		if err := ledger.Write(tx, ledger.Change{Member: members[0]}); err == nil {
			t.Error("it was written")
		}
		return nil
	})
}

func TestAUnitOfALaterVersionGetsItsAccount(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t)
	shop.Maya.Buys(t, "12,500")
	shop.Clock.Advance(time.Hour)
	shop.Publish(t, shoptest.Automatic, manyPromises)
	result := shop.Maya.Buys(t, "20,000")
	for _, balance := range result.Members[0].Balances {
		if balance.Unit == "star" && balance.Available == 2 {
			return
		}
	}
	t.Errorf("no stars: %+v", result.Members[0])
}
