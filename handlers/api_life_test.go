package handlers

import "testing"

func TestAnOrdersLife(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	k.send("POST", "/customers", `{"consents": {"membership": true}, "name": "김마야", "phone": "010-0000-1234", "external_id": "M1"}`).is(201)
	k.send("PUT", "/orders/A1", `{"customer": {"external_id": "M1"}, "total": 10000, "revision": 1}`).is(200).has("balances/0/available", 1200)
	k.send("PUT", "/orders/A1", `{"customer": {"external_id": "M1"}, "total": 20000, "revision": 2}`).is(200).has("awards/0/points", 400).has("balances/0/available", 1400)
	again := k.send("PUT", "/orders/A1", `{"customer": {"external_id": "M1"}, "total": 20000, "revision": 2}`).is(200).has("awards/0/points", 400)
	if again.Header().Get("Idempotency-Replayed") != "true" {
		t.Error("the same revision is not marked as told before")
	}
	k.send("PUT", "/orders/A1", `{"customer": {"external_id": "M1"}, "total": 30000, "revision": 2}`).is(409).has("code", "order_has_changed")
	k.send("PUT", "/orders/A1", `{"customer": {"external_id": "M1"}, "total": 10000, "revision": 1}`).is(200).has("balances/0/available", 1400)
	k.send("PUT", "/orders/A1", `{"customer": {"external_id": "M1"}, "total": 30000, "revision": 3, "channel": "online"}`).is(422).has("errors/0/pointer", "/channel").has("errors/0/code", "fixed")
	k.send("PUT", "/orders/A1", `{"total": 30000}`).is(422).has("errors/0/pointer", "/revision")
	k.send("POST", "/orders/A1/refunds", `{"external_id": "F1", "amount": 5000}`).is(201).has("balances/0/available", 1050)
	k.send("PUT", "/orders/A1", `{"total": 5000, "revision": 3}`).is(422).has("code", "below_returned")
	k.send("POST", "/orders/A1/events", `{"external_id": "E1", "event": "delivered"}`).is(201).has("event", "delivered").has("balances/0/available", 1050)
	k.send("POST", "/orders/A1/events", `{"external_id": "E1", "event": "lost"}`).is(409).has("code", "event_has_changed")
	k.send("POST", "/orders/A9/events", `{"external_id": "E2", "event": "delivered"}`).is(404)
	k.send("POST", "/orders/A1/events", `{"external_id": "E2", "event": "No!"}`).is(422).has("errors/0/pointer", "/event")
	k.send("POST", "/orders/A1/cancellations", `{"external_id": "C1"}`).is(201).has("balances/0/available", 0)
	k.send("POST", "/orders/A1/cancellations", `{"external_id": "C2"}`).is(201)
	k.send("POST", "/orders/A2/cancellations", `{"external_id": "C3"}`).is(202).has("state", "waiting_for_order")
	k.send("POST", "/orders", `{"external_id": "A2", "customer": {"external_id": "M1"}, "total": 10000}`).is(201).has("balances/0/available", 0)
}
