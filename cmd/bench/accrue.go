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

// benchAccrue times the pure engine over one member, as the importer and the test clock run it: the default programme, and one
// of three rules that all pay. A member buys fifty times.
func benchAccrue(_ context.Context, _ *env) ([]Row, error) {
	three := terms.Default(models.TradeUnknown, 12000)
	each := three.Earning[0]
	three.Earning = nil
	for _, kind := range []terms.Formula{{Kind: terms.Rate, Rate: terms.Ratio{Num: 1, Den: 100}}, {Kind: terms.PerAmount, Every: 1000, Points: 5}, {Kind: terms.Fixed, Points: 10}} {
		each.Code, each.Award = string(kind.Kind), kind
		three.Earning = append(three.Earning, each)
	}
	var rows []Row
	for _, each := range []struct {
		name string
		doc  terms.Terms
	}{{"the default programme", terms.Default(models.TradeUnknown, 12000)}, {"three rules", three}} {
		row, err := timeAccrue(each.name, each.doc)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func timeAccrue(name string, document terms.Terms) (row Row, err error) {
	program, err := terms.Compile(document, 1)
	if err != nil {
		return row, err
	}
	day := calendar.NewDate(2026, time.November, 22)
	order := terms.Purchase{Source: "order:bench:1", At: day.In(time.UTC), Day: day, Total: 12000, Channel: "store"}
	var member terms.Member
	const rounds, each = 1_000_000, 50 // orders, and orders of a member
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	for i := range rounds {
		if i%each == 0 {
			member = terms.Member{Joined: day, SettledTo: day, Orders: 1}
		}
		program.Accrue(&member, &order)
	}
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	note := fmt.Sprintf("%.1f allocations an order, lists that grow with the member included", float64(after.Mallocs-before.Mallocs)/rounds)
	return Row{Name: "Accrue, " + name + ", one core", Unit: "orders/s", Product: rounds / took.Seconds(), Goal: "≥ 1,000,000, ≤ 5 allocations", Note: note}, nil
}
