package handlers

import (
	"testing"

	"dangol/models/terms"
)

func TestAPlanIsSoldThroughTheAPI(t *testing.T) {
	t.Parallel()
	k := newTillWith(t, func(doc *terms.Terms) {
		doc.Plans = []terms.Plan{{Code: "premium", Name: terms.Text{Ko: "프리미엄"}, Price: 39_900, Per: terms.PlanYear, Renews: true}}
	})
	k.send("POST", "/customers", `{"name": "김마야", "external_id": "M1", "consents": {"membership": true}}`).is(201)
	begin := `{"external_id": "S1", "customer": {"external_id": "M1"}, "plan": "premium"}`
	k.send("POST", "/subscriptions", begin, "k1").is(201).has("state", "active").has("due/amount", 39_900).has("period/number", 1)
	if again := k.send("POST", "/subscriptions", begin, "k1").is(201).has("state", "active"); again.Header().Get("Idempotency-Replayed") != "true" {
		t.Error("begun twice and not marked so")
	}
	k.send("POST", "/subscriptions", begin).is(201).has("period/number", 1)
	k.send("POST", "/subscriptions", `{"external_id": "S2", "customer": {"external_id": "M1"}, "plan": "premium"}`).is(422).has("code", "plan_held")
	k.send("POST", "/subscriptions", `{"external_id": "S2", "plan": "premium"}`).is(422).has("errors/0/pointer", "/customer")
	k.send("GET", "/subscriptions", "").is(200).has("unpaid/0/external_id", "S1")
	k.send("GET", "/subscriptions?after=x", "").is(422)
	k.send("POST", "/subscriptions/S1/payments", `{"external_id": "P1", "amount": 1}`).is(422).has("code", "amount_not_due")
	k.send("POST", "/subscriptions/S1/payments", `{"external_id": "P1"}`).is(422).has("errors/0/pointer", "/amount")
	k.send("POST", "/subscriptions/S1/payments", `{"external_id": "P1", "amount": 39900}`).is(201).has("period/price", 39_900).has("due", nil)
	k.send("POST", "/subscriptions/S1/payments", `{"external_id": "P1", "amount": 39901}`).is(409).has("code", "payment_has_changed")
	k.send("POST", "/subscriptions/S9/payments", `{"external_id": "P2", "amount": 1}`).is(404)
	k.send("GET", "/subscriptions", "").is(200).has("unpaid/0", nil)
	k.send("GET", "/subscriptions/S1", "").is(200).has("plan", "premium").has("refund", 0)
	k.send("GET", "/subscriptions/S9", "").is(404)
	k.send("POST", "/subscriptions/S1/cancel", `{}`).is(200).has("state", "cancelled").has("refund", 0)
	k.send("POST", "/subscriptions/S1/cancel", `{"at_once": true}`).is(200).has("state", "ended").has("reason", "cancelled").has("refund", 39_900)
}

func TestAFriendIsBroughtThroughTheAPI(t *testing.T) {
	t.Parallel()
	k := newTillWith(t, func(doc *terms.Terms) { doc.Referral = &terms.Referral{} })
	for _, who := range []string{"M1", "M2"} {
		k.send("POST", "/customers", `{"name": "단골", "external_id": "`+who+`", "consents": {"membership": true}}`).is(201)
	}
	ask := `{"customer": {"external_id": "M1"}}`
	code := k.send("POST", "/customers/referral-codes", ask, "k0").is(201).at("code").(string)
	k.send("POST", "/customers/referral-codes", ask, "k0").is(201).has("code", code)
	k.send("POST", "/customers/referral-codes", ask).is(200).has("code", code)
	k.send("POST", "/customers/referral-codes", `{"customer": {"external_id": "M9"}}`).is(422).has("errors/0/pointer", "/customer")
	k.send("POST", "/referrals", `{"external_id": "R1", "code": "`+code+`", "customer": {"external_id": "M1"}}`).is(201).has("state", "rejected").has("reason", "self")
	k.send("POST", "/referrals", `{"external_id": "R2", "code": "`+code+`", "customer": {"external_id": "M2"}}`, "k1").is(201).has("state", "pending")
	k.send("POST", "/referrals", `{"external_id": "R2", "code": "`+code+`", "customer": {"external_id": "M1"}}`).is(409).has("code", "referral_has_changed")
	k.send("POST", "/referrals", `{"external_id": "R3", "code": "nonsense", "customer": {"external_id": "M2"}}`).is(422).has("errors/0/pointer", "/code")
	k.send("POST", "/referrals", `{"external_id": "R3", "code": "`+code+`"}`).is(422).has("errors/0/pointer", "/customer")
}
