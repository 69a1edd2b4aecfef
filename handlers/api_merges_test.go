package handlers

import "testing"

func TestCustomersAreMergedByAPI(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	k.send("POST", "/customers", `{"name": "김마야", "phone": "010-0000-1234", "external_id": "M1", "consents": {"membership": true}}`).is(201)
	k.send("POST", "/customers", `{"name": "김마야", "phone": "010-0000-5678", "external_id": "M2", "consents": {"membership": true}}`).is(201)
	k.send("POST", "/orders", `{"external_id": "A1", "customer": {"external_id": "M1"}, "total": 10000}`).is(201).has("balances/0/available", 1200)
	k.send("POST", "/orders", `{"external_id": "A2", "customer": {"phone": "010-0000-5678"}, "total": 20000}`).is(201).has("balances/0/available", 1400)

	const merge = `{"external_id": "G1", "from": {"external_id": "M2"}, "into": {"external_id": "M1"}, "reason": "two phones"}`
	k.send("POST", "/customers/merges", merge).is(201).has("orders", 1).has("into/balances/0/available", 2600)
	if again := k.send("POST", "/customers/merges", merge).is(201).has("orders", 1); again.Header().Get("Idempotency-Replayed") != "true" {
		t.Error("the same merge is not marked as told before")
	}
	k.send("POST", "/customers/merges", `{"external_id": "G1", "from": {"external_id": "M2"}, "into": {"external_id": "M1"}, "reason": "other"}`).is(409).has("code", "merge_has_changed")
	k.send("POST", "/customers/merges", `{"external_id": "G2", "from": {"external_id": "M2"}, "into": {"external_id": "M1"}, "reason": "x"}`).is(422).has("errors/0/pointer", "/from").has("errors/0/code", "already_merged")
	k.send("POST", "/customers/merges", `{"external_id": "G2", "from": {"external_id": "M1"}, "into": {"phone": "010-0000-5678"}, "reason": "x"}`).is(422).has("errors/0/code", "same_customer")
	k.send("POST", "/customers/merges", `{"external_id": "G2", "from": {"external_id": "M9"}, "into": {"external_id": "M1"}, "reason": "x"}`).is(422).has("errors/0/code", "unknown")
	k.send("POST", "/customers/merges", `{"external_id": "G2", "from": {"external_id": "M1"}, "into": {"external_id": "M1"}, "reason": " "}`).is(422).has("errors/0/pointer", "/reason")

	// The till goes on with the old number, by whatever name, and with the old order.
	k.send("POST", "/customers/lookup", `{"phone": "010-0000-5678"}`).is(200).has("external_id", "M1").has("memberships/0/balances/0/available", 2600)
	k.send("GET", "/customers/ext:M2", ``).is(200).has("external_id", "M1")
	k.send("POST", "/orders", `{"external_id": "A2", "customer": {"phone": "010-0000-5678"}, "total": 20000}`).is(201).has("awards/0/points", 400)
	k.send("POST", "/customers/merges/G1/undo", ``).is(201).has("orders", 1).has("into/balances/0/available", 1200)
	k.send("POST", "/customers/merges/G1/undo", ``).is(201).has("orders", 1)
	k.send("POST", "/customers/merges/G9/undo", ``).is(404)
	k.send("GET", "/customers/ext:M2", ``).is(200).has("external_id", "M2").has("memberships/0/balances/0/available", 1400)

	k.send("POST", "/customers/merges", `{"external_id": "G3", "from": {"external_id": "M2"}, "into": {"external_id": "M1"}, "reason": "two phones"}`).is(201)
	k.send("POST", "/orders", `{"external_id": "A3", "customer": {"external_id": "M2"}, "total": 10000}`).is(201).has("balances/0/available", 2800)
	k.send("PUT", "/orders/A2", `{"total": 30000, "revision": 2}`).is(200).has("balances/0/available", 2000) // 200 more, and the second first purchase of one person goes
	k.send("POST", "/orders/A2/refunds", `{"external_id": "F1", "amount": 15000}`).is(201).has("balances/0/available", 1700)
	k.send("POST", "/orders/A2/cancellations", `{"external_id": "C1"}`).is(201).has("balances/0/available", 1400)
	k.send("POST", "/customers/merges/G3/undo", ``).is(422).has("code", "merge_used")
	k.sound()
}
