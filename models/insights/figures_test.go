package insights_test

import (
	"testing"

	"dangol/models/calendar"
	"dangol/models/insights"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

// The figures equal what a slow calculation finds, over each span; and the night keeps them as they are.
func TestFiguresEqualASlowCalculation(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	all := invent(t, shop, 300, 9)
	var today calendar.Date
	read(t, shop, func(tx *store.Tx) error { today = tx.Today(); return nil })
	refresh(t, shop, today)
	for _, days := range insights.FigureDays {
		var now, kept insights.Figures
		get := func(f *insights.Figures) {
			read(t, shop, func(tx *store.Tx) (err error) { *f, err = insights.ReadFigures(tx, days); return err })
		}
		get(&now)
		slow(t, all, today, days, now)
		if err := insights.RefreshFigures(t.Context(), shop.DB, shop.MerchantID); err != nil {
			t.Fatal(err)
		}
		get(&kept)
		if kept.Buyers != now.Buyers || kept.Sales != now.Sales || kept.AsOf != today || len(kept.Months) != 12 {
			t.Errorf("%d days: kept %+v, computed %+v", days, kept, now)
		}
	}
}

func slow(t *testing.T, all []bought, today calendar.Date, days int, f insights.Figures) {
	t.Helper()
	from := today.AddDays(1 - days)
	orders, sales, before := map[int64]int64{}, map[int64]int64{}, map[int64]bool{}
	var total, count, month int64
	for _, b := range all {
		switch {
		case b.day >= from && b.day <= today:
			orders[b.customer]++
			sales[b.customer] += b.spend - b.returned
			total, count = total+b.spend-b.returned, count+1
		case b.day >= from.AddDays(-days) && b.day < from:
			before[b.customer] = true
		}
		if b.day.FirstOfMonth() == today.FirstOfMonth() && b.day <= today {
			month += b.spend - b.returned
		}
	}
	var repeaters, kept int64
	for customer, n := range orders {
		if n > 1 {
			repeaters++
		}
		if before[customer] {
			kept++
		}
	}
	if f.Buyers != int64(len(orders)) || f.Orders != count || f.Sales != total || f.Repeaters != repeaters || f.Earlier != int64(len(before)) || f.Kept != kept {
		t.Errorf("%d days: %+v, want %d buyers, %d orders, %d sales, %d again, %d before, %d kept", days, f, len(orders), count, total, repeaters, len(before), kept)
	}
	if top := topFifth(sales); f.Top != top {
		t.Errorf("%d days: the top fifth spent %d, want %d", days, f.Top, top)
	}
	if last := f.Months[len(f.Months)-1]; last.Known != month || last.Others != 0 {
		t.Errorf("this month %+v, want %d", last, month)
	}
}

func topFifth(sales map[int64]int64) (sum int64) {
	taken := map[int64]bool{}
	for range (len(sales) + 4) / 5 {
		var best int64
		for customer, n := range sales {
			if !taken[customer] && (best == 0 || n > sales[best]) {
				best = customer
			}
		}
		taken[best] = true
		sum += sales[best]
	}
	return sum
}

// Bars stand beside each other without gaps, hold everybody who spent something, and are few enough to draw.
func TestBarsHoldEverybody(t *testing.T) {
	t.Parallel()
	s := insights.Spending{Buckets: []insights.Bucket{
		{From: 0, To: 1, People: 7}, {From: 800, To: 1000, People: 2, Spend: 1700}, {From: 10_000_000, To: 12_500_000, People: 1, Spend: 11_000_000},
	}}
	bars := s.Bars()
	var people int64
	for i, b := range bars {
		people += b.People
		if i > 0 && b.From != bars[i-1].To {
			t.Errorf("a gap before %d", b.From)
		}
	}
	if people != 3 || len(bars) > 24 || bars[0].From != 800 {
		t.Errorf("%d people in %d bars from %d", people, len(bars), bars[0].From)
	}
	if (insights.Spending{}).Bars() != nil {
		t.Error("nobody has bars")
	}
}
