package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/store"
)

// benchPosting posts single orders, once only by key and number, against one statement that writes the same rows.
func benchPosting(ctx context.Context, e *env) (rows []Row, err error) {
	for _, clients := range []int{1, 8, 16} {
		floor, _, err := e.pgbench(ctx, floorPost, clients)
		if err != nil {
			return nil, err
		}
		if err := e.admin(ctx, `CHECKPOINT`); err != nil {
			return nil, err
		}
		rate, took, err := load(ctx, clients, e.o.seconds, e.postOne)
		if err != nil {
			return nil, err
		}
		rows = append(rows, Row{
			Name: fmt.Sprintf("one order through the verb, %d clients", clients), Unit: "orders/s", Product: rate, Floor: floor, Ratio: rate / floor,
			Goal: "≥ 0.30", Note: fmt.Sprintf("p50 %.2f, p99 %.2f ms", at(took, 50), at(took, 99)),
		})
		if err := e.admin(ctx, `CHECKPOINT`); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func (e *env) postOne(ctx context.Context, client, n int) error {
	number := fmt.Sprintf("%d-%d-%d", client, n, time.Now().UnixNano())
	_, err := accrual.Accrue(ctx, e.db, e.merchant, models.Actor{KeyID: 1, Source: "bench"},
		store.Key{Scope: "api:1", Key: number, BodyHash: []byte{0}},
		models.OrderParams{
			ExternalID: number, Total: int64(50+rand.IntN(350)) * 100,
			Customer: &models.CustomerRef{ID: e.first + rand.Int64N(int64(e.o.customers))},
		})
	return err
}
