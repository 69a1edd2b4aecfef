package handlers

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func batchOf(orders ...string) string { return `{"orders": [` + strings.Join(orders, ", ") + `]}` }

func sale(number, customer string, total int) string {
	return fmt.Sprintf(`{"external_id": %q, "customer": {"external_id": %q}, "total": %d}`, number, customer, total)
}

// Each order of a batch has its own result, whatever is wrong with its neighbours; the same member's happen one after the
// other; a batch that is sent again tells the same.
func TestABatchOfOrders(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	k.joins("M1")
	k.joins("M2")
	k.send("POST", "/orders", sale("OLD", "M2", 10_000)).is(201).has("balances/0/available", 1_200)
	body := batchOf(
		sale("B0", "M1", 10_000), // the first: 200 and 1,000
		sale("B1", "M2", 10_000),
		`{"external_id": "B2", "total": -1, "colour": "red"}`,
		sale("B3", "nobody", 10_000),
		sale("B1", "M2", 10_000), // the same once more; what is held is told as it is then
		sale("B1", "M2", 10_500), // and with other content
		sale("B6", "M1", 20_000),
		`7`,
		sale("B8", "M2", 30_000),
		`{"external_id": "B9", "total": 500, "lines": [{"quantity": 0, "amount": 1}]}`,
		`{"external_id": "B10", "total": 500}`,
	)
	first := k.send("POST", "/orders/batch", body, "batch").is(200)
	for place, want := range []string{
		"201 1200", "201 1400", "422 /colour", "422 /customer", "201 2000", "409 /total", "201 1600", "422 ", "201 2000", "422 /lines/0/quantity", "201 <nil>",
	} {
		at := fmt.Sprintf("results/%d/", place)
		got := fmt.Sprint(first.at(at+"status"), " ", first.at(at+"body/balances/0/available"))
		if first.at(at+"problem") != nil {
			got = fmt.Sprint(first.at(at+"status"), " ", first.at(at+"problem/errors/0/pointer"))
		}
		if got != want {
			t.Errorf("order %d: %s, want %s", place, got, want)
		}
	}
	first.has("results/0/replayed", nil).has("results/0/body/awards/1/points", 1_000).has("results/4/replayed", true)
	again := k.send("POST", "/orders/batch", body, "batch").is(200)
	for place := range 11 {
		at := fmt.Sprintf("results/%d/", place)
		again.has(at+"body", first.at(at+"body")).has(at+"status", first.at(at+"status"))
		if first.at(at+"body") != nil {
			again.has(at+"replayed", true)
		}
	}
	k.send("POST", "/orders/batch", batchOf(sale("B0", "M1", 10_000)), "batch").is(422).has("code", "key_reused")
	k.send("POST", "/orders/batch", batchOf(sale("B0", "M1", 10_000))).is(200).has("results/0/replayed", true)
	k.send("GET", "/customers/ext:M1", ``).is(200).has("memberships/0/balances/0/available", 1_600)

	k.send("POST", "/orders/C0/refunds", `{"external_id": "F1", "amount": 5000}`).is(202) // so that C0 is posted by itself
	k.send("POST", "/orders/batch", batchOf(sale("C0", "M1", 10_000), sale("C1", "M1", 10_000))).is(200).
		has("results/0/body/balances/0/available", 1_700).has("results/1/body/balances/0/available", 1_900)
	k.sound()
}

// What is no list of up to a thousand posts nothing.
func TestABatchThatIsNone(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	one := `{"external_id": "B1", "total": 500}`
	k.send("POST", "/orders/batch", batchOf()).is(422).has("errors/0/pointer", "/orders")
	k.send("POST", "/orders/batch", batchOf(one+strings.Repeat(", {}", 1000))).is(422).has("errors/0/code", "too_many")
	k.send("POST", "/orders/batch", `{"orders": [`+one).is(400)
	k.send("POST", "/orders/batch", batchOf(one, `{"total": 1, "total": 2}`)).is(422).has("errors/0/pointer", "/orders/1/total")
	k.send("POST", "/orders/batch", batchOf(one, `"`+strings.Repeat("x", 8<<20)+`"`)).is(413)
	k.sendKey("POST", "/orders/batch", batchOf(one), "").is(422)
	var n int
	if err := k.DB.Pool().QueryRow(t.Context(), `SELECT count(*) FROM orders`).Scan(&n); err != nil || n != 0 {
		t.Errorf("%d orders (%v), want none", n, err)
	}
}

// A thousand orders of a few members at once are what they would be one by one.
func TestAThousandOrders(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	var orders []string
	for i := range 10 {
		k.joins(fmt.Sprint("M", i))
		k.send("POST", "/orders", sale(fmt.Sprint("first", i), fmt.Sprint("M", i), 10_000)).is(201)
	}
	for i := range 1000 {
		orders = append(orders, sale(fmt.Sprint("T", i), fmt.Sprint("M", i*7%10), 5_000))
	}
	told := k.send("POST", "/orders/batch", batchOf(orders...)).is(200)
	var transactions int
	if err := k.DB.Pool().QueryRow(t.Context(), `SELECT count(DISTINCT xmin::text) FROM orders WHERE external_id LIKE 'T%'`).Scan(&transactions); err != nil || transactions > 20 {
		t.Errorf("%d transactions, %v", transactions, err)
	}
	for i := range 1000 {
		told.has(fmt.Sprintf("results/%d/body/external_id", i), fmt.Sprint("T", i)).has(fmt.Sprintf("results/%d/body/balances/0/available", i), 1_200+100*(i/10+1))
	}
	k.sound()
}

// A batch whose sender goes away in its middle has posted a part; sent again it tells of that and posts the rest.
func TestABatchThatIsBrokenOff(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	k.joins("M1")
	k.joins("M2")
	k.send("POST", "/orders", sale("OLD", "M1", 10_000)).is(201)
	door, err := k.DB.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := door.Exec(t.Context(), `SELECT FROM customers WHERE external_id = 'M2' FOR UPDATE`); err != nil {
		t.Fatal(err)
	}
	body := batchOf(sale("B0", "M1", 10_000), sale("B1", "M2", 10_000))
	ctx, leave := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		r := httptest.NewRequestWithContext(ctx, "POST", "/api/v1/orders/batch", strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+k.key)
		r.Header.Set("Idempotency-Key", "batch")
		k.server.ServeHTTP(httptest.NewRecorder(), r)
	}()
	for n := 0; n < 2 && t.Context().Err() == nil; time.Sleep(time.Millisecond) { // the first is in
		if err := k.DB.Pool().QueryRow(t.Context(), `SELECT count(*) FROM orders`).Scan(&n); err != nil {
			t.Fatal(err)
		}
	}
	leave()
	<-ended
	if err := door.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	k.send("POST", "/orders/batch", body, "batch").is(200).
		has("results/0/replayed", true).has("results/0/body/balances/0/available", 1_400).
		has("results/1/replayed", nil).has("results/1/body/balances/0/available", 1_200)
	k.sound()
}
