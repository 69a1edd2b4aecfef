package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/terms"
)

// benchAccrue times the pure engine: the default programme over one member, as the importer and the test clock run it.
func benchAccrue(_ context.Context, _ *env) ([]Row, error) {
	program, err := terms.Compile(terms.Default(models.TradeUnknown, 12000), 1)
	if err != nil {
		return nil, err
	}
	day := calendar.NewDate(2026, time.November, 22)
	order := terms.Purchase{Source: "order:bench:1", At: day.In(time.UTC), Day: day, Total: 12000, Channel: "store"}
	var member terms.Member
	const rounds = 1_000_000
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	for i := range rounds {
		if i%1000 == 0 {
			member = terms.Member{Joined: day, SettledTo: day, Orders: 1}
		}
		program.Accrue(&member, &order)
	}
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	note := fmt.Sprintf("%.1f allocations an order, lists that grow with the member included", float64(after.Mallocs-before.Mallocs)/rounds)
	return []Row{{Name: "Accrue, default programme, one core", Unit: "orders/s", Product: rounds / took.Seconds(), Goal: "≥ 1,000,000", Note: note}}, nil
}
