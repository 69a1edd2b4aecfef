package terms

import (
	"fmt"
	"testing"

	"dangol/models"
)

// threeRules is a programme with a rate by tier, a bonus for a category and the first purchase, and a birthday.
func threeRules() Terms {
	t := Default(models.TradeUnknown, DefaultTicket)
	plan, factors := SuggestTiers(DefaultTicket, nil)
	t.Tiers, t.Earning[0].Tiers = &plan, factors
	t.Earning = append(t.Earning, Rule{
		Code: "cake", Unit: "point", Name: Text{"케이크", "Cake"}, When: OnPurchase,
		If:    Conditions{Categories: Selection{Only: []string{"cake"}}},
		Award: Formula{Kind: PerAmount, Every: 1_000, Points: 10},
	})
	return t
}

func benchmarkAccrue(b *testing.B, doc Terms, lines ...Line) {
	p := compile(b, doc)
	order := Purchase{Source: "order:pos:A1", At: at("2026-11-22"), Day: day("2026-11-22"), Total: 12_300, Lines: lines}
	fresh := func() Member {
		return Member{
			Joined: day("2026-01-01"), Orders: 7, Tier: TierState{Code: "regular", Until: day("2027-03-01")},
			Accounts: []Account{{Unit: "point", Lots: make([]Lot, 0, 64)}}, Spend: make(Series, 0, 8),
		}
	}
	m := fresh()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%32 == 0 {
			lots := m.Accounts[0].Lots[:0]
			m.Accounts[0] = Account{Unit: "point", Lots: lots}
			m.Spend = m.Spend[:0]
		}
		p.Accrue(&m, &order)
	}
}

func BenchmarkAccrueDefault(b *testing.B) {
	benchmarkAccrue(b, Default(models.TradeUnknown, DefaultTicket))
}

func BenchmarkAccrueThreeRules(b *testing.B) {
	benchmarkAccrue(b, threeRules(), Line{Category: "cake", Quantity: 1, Amount: 8_000}, Line{Category: "drink", Quantity: 1, Amount: 4_300})
}

// A year of weekly purchases of one member, with tiers, and then thirteen months in which the points end.
func BenchmarkAdvanceAYear(b *testing.B) {
	doc := threeRules()
	doc.Units[0].Expiry.Months = 12
	timeline := NewTimeline(seoul, TellNobody, Version{From: at("2020-01-01"), Program: compile(b, doc)})
	first := day("2026-01-01")
	events := make([]Event, 52)
	for i := range events {
		date := first.AddDays(7 * i)
		events[i] = &Purchase{Source: fmt.Sprint("order:", i), At: date.In(seoul), Day: date, Total: 12_300}
	}
	b.ReportAllocs()
	for b.Loop() {
		m := Member{Joined: first}
		timeline.Advance(&m, events, first.AddMonths(25))
	}
}
