package handlers

import (
	"testing"

	"dangol/models"
	"dangol/models/programs"
	"dangol/models/terms"
)

func TestAnOrdersLife(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	k.send("POST", "/customers", `{"name": "김마야", "phone": "010-0000-1234", "external_id": "M1", "consents": {"membership": true}}`).is(201)
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

// newTillWith is a till in a shop that runs the default programme with changes.
func newTillWith(t *testing.T, change func(*terms.Terms)) *till {
	t.Helper()
	s := newSite(t)
	document := terms.Default(models.TradeUnknown, 12000)
	change(&document)
	if _, err := programs.Create(t.Context(), s.DB, s.MerchantID, models.Actor{}, "shop", document.Encode()); err != nil {
		t.Fatal(err)
	}
	if _, err := programs.Publish(t.Context(), s.DB, s.MerchantID, models.Actor{}, "shop", models.PublishParams{}); err != nil {
		t.Fatal(err)
	}
	return &till{site: s, t: t, key: makeKey(t, s, s.MerchantID, models.Scopes...)}
}

func TestPointsWaitForTheDelivery(t *testing.T) {
	t.Parallel()
	k := newTillWith(t, func(doc *terms.Terms) {
		doc.Earning = doc.Earning[:1]
		doc.Earning[0].Hold = terms.Hold{Event: "delivered", Within: 30}
	})
	k.send("POST", "/customers", `{"name": "김마야", "external_id": "M1", "consents": {"membership": true}}`).is(201)
	k.send("POST", "/orders", `{"external_id": "A1", "customer": {"external_id": "M1"}, "total": 10000}`).is(201).
		has("awards/0/awaits", "delivered").has("awards/0/pending", true).has("balances/0/pending", 200).has("balances/0/available", 0)
	k.send("POST", "/orders/A1/events", `{"external_id": "E0", "event": "shipped"}`).is(201).has("balances/0/pending", 200)
	k.send("POST", "/orders/A1/events", `{"external_id": "E1", "event": "delivered"}`).is(201).has("released/0/points", 200).has("balances/0/available", 200)
	k.send("POST", "/orders/A1/events", `{"external_id": "E1", "event": "delivered"}`).is(201).has("balances/0/available", 200)
	k.send("PUT", "/orders/A1", `{"customer": {"external_id": "M1"}, "total": 15000, "revision": 2}`).is(200).has("balances/0/available", 300)
}

func TestMembersGive(t *testing.T) {
	t.Parallel()
	k := newTillWith(t, func(doc *terms.Terms) {
		doc.Transfers = []terms.Transfer{{Unit: "point"}}
		doc.Causes = []terms.Cause{{Code: "trees", Name: terms.Text{Ko: "나무", En: "Trees"}, Unit: "point", Share: terms.Percent(1)}}
		doc.Partners = []terms.Partner{{Code: "hana", Name: terms.Text{Ko: "하나은행", En: "Hana"}, Rules: []string{doc.Earning[0].Code}, Funds: terms.Percent(50)}}
	})
	for _, who := range []string{"M1", "M2"} {
		k.send("POST", "/customers", `{"name": "단골", "external_id": "`+who+`", "consents": {"membership": true}}`).is(201)
	}
	k.send("POST", "/orders", `{"external_id": "A1", "customer": {"external_id": "M1"}, "total": 9000}`).is(201).has("balances/0/available", 180)
	gift := `{"external_id": "T1", "from": {"external_id": "M1"}, "to": {"external_id": "M2"}, "points": 30}`
	k.send("POST", "/transfers", gift).is(201).has("from/balances/0/available", 150).has("to/balances/0/available", 30)
	if again := k.send("POST", "/transfers", gift).is(201).has("from/balances/0/available", 150); again.Header().Get("Idempotency-Replayed") != "true" {
		t.Error("told again under a new key and not marked so")
	}
	k.send("POST", "/transfers", `{"external_id": "T2", "from": {"external_id": "M1"}, "points": 30}`).is(422).has("errors/0/pointer", "/to")
	k.send("POST", "/transfers", `{"external_id": "T2", "from": {"external_id": "M1"}, "to": {"external_id": "M2"}, "points": 3000}`).is(422).has("code", "not_enough_points")
	k.send("POST", "/donations", `{"external_id": "D1", "customer": {"external_id": "M1"}, "cause": "trees", "points": 50}`).is(201).has("worth", 50).has("balances/0/available", 100)
	k.send("POST", "/donations", `{"external_id": "D2", "customer": {"external_id": "M1"}, "cause": "whales", "points": 50}`).is(422).has("code", "not_donatable")
	k.send("GET", "/programs/shop/causes", "").is(200).has("pools/0/points", 50).has("pools/0/share", 90)
	k.send("GET", "/programs/shop/causes?month=2020-13", "").is(422)
	k.send("GET", "/programs/none/causes", "").is(404)
	k.send("GET", "/programs/shop/partners/hana", "").is(200).has("funded", 0).has("name", "Hana")
	k.send("GET", "/programs/shop/partners/none", "").is(404)
}
