package accrual_test

import (
	"testing"
	"time"

	"dangol/models/accrual"
	"dangol/models/calendar"
	"dangol/models/conditions"
	"dangol/models/terms"
)

// A rule about hours sees the time of day in the shop's zone, at the till and in a quotation alike; an order of which only
// the day is known meets no hour.
func TestAnHourIsTheShopsHour(t *testing.T) { // D-20
	t.Parallel()
	shop := newStory(t, func(doc *terms.Terms) {
		doc.Earning = []terms.Rule{{
			Code: "quiet", Unit: "point", Name: terms.Text{Ko: "한가한 시간"}, When: terms.OnPurchase, Award: terms.Formula{Kind: terms.Fixed, Points: 50},
			If: terms.Conditions{Where: conditions.Where(conditions.Time, conditions.Between, conditions.Text("14:00", "17:00"))},
		}}
	})
	seoul := time.FixedZone("KST", 9*60*60)
	shop.Clock.Advance(72 * time.Hour)
	yesterday := calendar.DateOf(shop.Clock.Now(), seoul).AddDays(-1).In(seoul)
	for _, c := range []struct {
		name   string
		after  time.Duration
		timed  bool
		points int64
	}{
		{"before", 14*time.Hour - time.Minute, true, 0}, {"within", 14 * time.Hour, true, 50}, {"its last minute", 17*time.Hour - time.Minute, true, 50},
		{"after", 17 * time.Hour, true, 0}, {"without time", 0, false, 0},
	} {
		order := shop.Maya.Order(t, "5,000")
		order.PlacedAt, order.HasTime = yesterday.Add(c.after).UTC(), c.timed
		quoted, err := accrual.Quote(t.Context(), shop.DB, shop.MerchantID, shop.Till, "", order)
		if err != nil || earned(quoted.Awards) != c.points {
			t.Errorf("%s: quoted %+v, %v", c.name, quoted.Awards, err)
		}
		if got := earned(shop.Posts(t, order).Members[0].Awards); got != c.points {
			t.Errorf("%s: earned %d, want %d", c.name, got, c.points)
		}
	}
}

func earned(awards []terms.Award) (points int64) {
	for _, a := range awards {
		points += a.Points
	}
	return points
}
