package main

import (
	"context"
	"fmt"
)

// benchPosting posts single orders over HTTP, once only by key and number, against one statement that writes the same
// rows. They are orders of members who have bought before: a first purchase writes more.
func benchPosting(ctx context.Context, e *env) (rows []Row, err error) {
	for _, clients := range []int{1, 8, 16, 64} {
		row, err := e.benchClients(ctx, clients)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (e *env) benchClients(ctx context.Context, clients int) (row Row, err error) {
	start := e.spent()
	floor, _, err := e.pgbench(ctx, floorPost, clients)
	if err != nil {
		return row, err
	}
	floorUse := e.spent().each(start, int(floor*float64(e.o.seconds)))
	if err := e.admin(ctx, `CHECKPOINT`); err != nil {
		return row, err
	}
	c, err := e.openCounter(ctx, clients)
	if err != nil {
		return row, err
	}
	defer c.close()
	if _, _, err := load(ctx, clients, 1, c.postOne); err != nil { // connections are made and statements prepared
		return row, err
	}
	start = e.spent()
	rate, took, err := load(ctx, clients, e.o.seconds, c.postOne)
	if err != nil {
		return row, err
	}
	use := e.spent().each(start, len(took))
	return Row{
		Name: fmt.Sprintf("one order over HTTP, %d clients", clients), Unit: "orders/s", Product: rate, Floor: floor, Ratio: rate / floor,
		Goal: goals[clients], Note: fmt.Sprintf("p50 %.2f, p99 %.2f ms; %s; floor %s", at(took, 50), at(took, 99), use, floorUse),
	}, e.admin(ctx, `CHECKPOINT`)
}

var goals = map[int]string{1: "≥ 0.30", 8: "≥ 0.50, p99 < 15 ms", 16: "≥ 0.50", 64: "1"}
