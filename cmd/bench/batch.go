package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/store/pg"
)

// batchOrders is how many orders one batch holds: as many as it may.
const batchOrders = 1000

// benchBatches posts batches over HTTP, one after the other, against statements that write the same rows of as many orders at
// once, for members who are there.
func benchBatches(ctx context.Context, e *env) ([]Row, error) {
	c, err := e.openCounter(ctx, 1)
	if err != nil {
		return nil, err
	}
	defer c.close()
	if err := c.postBatch(ctx, 0, -1); err != nil { // statements are prepared
		return nil, err
	}
	start := e.spent()
	rate, took, err := load(ctx, 1, e.o.seconds, c.postBatch)
	if err != nil {
		return nil, err
	}
	use := e.spent().each(start, len(took)*batchOrders)
	floor, err := e.batchFloor(ctx, len(took)*batchOrders)
	if err != nil {
		return nil, err
	}
	rate *= batchOrders
	return []Row{{
		Name: fmt.Sprintf("batches of %d orders over HTTP, one client", batchOrders), Unit: "orders/s", Product: rate, Floor: floor, Ratio: rate / floor,
		Goal: "≥ 0.50", Note: fmt.Sprintf("%d batches, p50 %.0f ms; %s", len(took), at(took, 50), use),
	}}, nil
}

// postBatch sends one batch of orders of some customers.
func (c *counter) postBatch(_ context.Context, till, n int) error {
	number := fmt.Sprintf("%d-%d-%d", till, n, time.Now().UnixNano())
	orders := make([]string, batchOrders)
	for i := range orders {
		orders[i] = fmt.Sprintf(`{"external_id":"%s-%d","customer":{"id":%d},"currency":"KRW","total":%d}`,
			number, i, c.e.first+rand.Int64N(int64(c.e.o.customers)), (50+rand.IntN(350))*100)
	}
	told, err := c.lines[till].send(http.MethodPost, "/api/v1/orders/batch", c.key, number, `{"orders":[`+strings.Join(orders, ",")+`]}`, http.StatusOK)
	if posted := strings.Count(string(told), `"status":201`); err == nil && posted != batchOrders {
		err = fmt.Errorf("%d of %d orders were posted: %.300s", posted, batchOrders, told)
	}
	return err
}

// batchFloor writes as many orders in a shop of their own, whose members are made before, and gives orders per second.
func (e *env) batchFloor(ctx context.Context, orders int) (float64, error) {
	id, err := e.importShop(ctx, "floor batch")
	if err != nil {
		return 0, err
	}
	conn, err := pgx.Connect(ctx, e.server.URL("dangol", pg.Database))
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx)
	shop := strings.NewReplacer(":m", strconv.FormatInt(id, 10), ":people", strconv.Itoa(e.o.customers))
	members := `CREATE TEMPORARY TABLE stage (ext text, day date, amount bigint);` + peopleSQL
	if _, err := conn.Exec(ctx, shop.Replace(members)); err != nil {
		return 0, err
	}
	if err := e.admin(ctx, `CHECKPOINT`); err != nil {
		return 0, err
	}
	file := purchases(orders, e.o.customers)
	began := time.Now()
	if _, err := conn.PgConn().CopyFrom(ctx, strings.NewReader(file), `COPY stage FROM STDIN (FORMAT csv, HEADER)`); err != nil {
		return 0, err
	}
	_, err = conn.Exec(ctx, shop.Replace("BEGIN; ANALYZE stage;"+floorImport+"COMMIT"))
	return float64(orders) / time.Since(began).Seconds(), err
}
