package handlers

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/terms"
)

// offering is a till of a shop with coupons and rewards, and M1 with 10,240P.
func offering(t *testing.T) *till {
	t.Helper()
	k := newTill(t)
	doc := terms.Default(models.TradeUnknown, 12_000)
	doc.Coupons = append(doc.Coupons,
		terms.CouponKind{Code: "cake", Name: terms.Text{Ko: "케이크 쿠폰", En: "Cake coupon"}, Amount: 3_000, Minimum: 10_000, Days: 30},
		terms.CouponKind{Code: "hello", Name: terms.Text{Ko: "환영", En: "Hello"}, Percent: 10, Get: terms.GetShared, Shared: "HELLO", Stock: 50, PerMember: 1},
		terms.CouponKind{Code: "phone", Name: terms.Text{Ko: "전화기", En: "Phones"}, Rates: []terms.SKURate{{SKU: "p1", Percent: 15}, {SKU: "p2", Percent: 50}}, Get: terms.GetStaff, MaxUnits: 2, UnitStock: 3, PerMember: 1},
		terms.CouponKind{Code: "next", Name: terms.Text{Ko: "다음", En: "Next"}, Amount: 1_000, Days: 14},
	)
	doc.Earning = append(doc.Earning, terms.Rule{Code: "next", Name: terms.Text{Ko: "다음 쿠폰", En: "Next time"}, When: terms.OnPurchase,
		If: terms.Conditions{MinAmount: 50_000}, Award: terms.Formula{Kind: terms.AnyCoupon, Coupon: "next"}})
	doc.Rewards = []terms.Reward{
		{Code: "cake", Name: terms.Text{Ko: "케이크", En: "Cake"}, Kind: terms.RewardCoupon, Unit: "point", Price: 1_000, Coupon: "cake"},
		{Code: "cinema", Name: terms.Text{Ko: "영화", En: "Cinema"}, Kind: terms.RewardCodes, Unit: "point", Price: 90_000},
	}
	k.send("PUT", "/programs/shop", string(doc.Encode())).is(200)
	k.send("POST", "/programs/shop/publications", `{}`).is(201)
	k.Clock.Advance(time.Second)
	k.send("POST", "/customers", `{"consents": {"membership": true}, "name": "김마야", "external_id": "M1"}`).is(201)
	return k
}

func (k *till) sound() {
	k.t.Helper()
	report, err := ledger.Verify(k.t.Context(), k.DB, programs.Running, k.MerchantID)
	if err != nil || report.Found > 0 {
		k.t.Errorf("%v: %+v", err, report)
	}
}

func TestOffersByAPI(t *testing.T) {
	t.Parallel()
	k := offering(t)
	k.send("POST", "/orders", `{"external_id": "A1", "customer": {"external_id": "M1"}, "total": 500000}`).is(201).has("awards/2/coupon", "next")
	k.Clock.Advance(24 * time.Hour)
	k.send("POST", "/redemptions", `{"external_id": "R1", "customer": {"external_id": "M1"}, "points": 2000, "reserve": true}`).is(201).has("state", "reserved").has("balances/0/reserved", 2000)
	k.send("POST", "/redemptions/R1/confirm", ``).is(201).has("state", "redeemed").has("balances/0/reserved", 0)
	k.send("POST", "/redemptions", `{"external_id": "R2", "customer": {"external_id": "M1"}, "points": 2000, "reserve": true}`).is(201)
	k.send("POST", "/redemptions/R2/cancel", ``).is(201).has("state", "cancelled").has("balances/0/available", 9_000)
	k.send("POST", "/redemptions/R2/confirm", ``).is(422).has("code", "reservation_ended")

	k.send("POST", "/rewards/cinema/codes", `{"codes": ["AAA", "BBB", "AAA"]}`).is(201).has("added", 2)
	k.send("POST", "/rewards/cinema/claims", `{"external_id": "C0", "customer": {"external_id": "M1"}}`).is(422).has("code", "not_enough_points")
	code := fmt.Sprint(k.send("POST", "/rewards/cake/claims", `{"external_id": "C1", "customer": {"external_id": "M1"}, "reserve": true}`).is(201).has("state", "reserved").
		send(k, "POST", "/claims/C1/confirm", ``).is(201).has("state", "issued").at("coupon"))
	k.send("GET", "/customers/ext:M1/coupons", ``).is(200).has("coupons/0/code", code).has("coupons/0/name", "Cake coupon").has("coupons/1/kind", "next")
	k.send("POST", "/coupons/lookup", `{"customer": {"external_id": "M1"}, "code": "`+strings.ToLower(code)+`"}`).is(200).has("coupons/0/status", "usable")

	quote := fmt.Sprintf(`{"total": 9000, "customer": {"external_id": "M1"}, "coupons": [%q, "hello", "NONE"], "points": 0}`, code)
	k.send("POST", "/programs/shop/quotes", quote).is(200).has("price/discounts/0/kind", "hello").has("price/discounts/0/off", 900).
		has("price/unfit/0/short_by", 1_000).has("price/unfit/1/condition", "coupon_unknown").has("price/total", 8_100).has("price/points/worth", 8_000).
		has("coupons/1/miss/condition", "amount").has("rewards/1/short_by", 90_000-8_000)
	k.send("POST", "/coupons/reservations", fmt.Sprintf(`{"order": "A2", "customer": {"external_id": "M1"}, "coupons": [%q]}`, code)).is(201)
	order := `{"external_id": %q, "customer": {"external_id": "M1"}, "total": 15000, "discount": 5000, "coupons": [%q, "HELLO"]}`
	k.send("POST", "/orders", fmt.Sprintf(order, "A3", code)).is(422).has("code", "coupon_kept")
	k.send("POST", "/orders", fmt.Sprintf(order, "A2", code)).is(201)
	k.send("POST", "/orders", fmt.Sprintf(order, "A4", code)).is(422).has("code", "coupon_used")
	k.send("POST", "/claims/C1/cancel", ``).is(409).has("code", "claim_over")
	k.sound()
	k.send("POST", "/orders/A2/refunds", `{"external_id": "F1", "amount": 15000}`).is(201)
	k.send("POST", "/orders/A1/refunds", `{"external_id": "F2", "amount": 500000}`).is(201)
	k.send("GET", "/customers/ext:M1/coupons", ``).is(200).has("coupons/1/status", "usable").has("coupons/2/kind", "next").has("coupons/2/status", "revoked")
	k.send("POST", "/programs/shop/coupons/cake/pause", `{"paused": true}`).is(200)
	k.send("POST", "/orders", fmt.Sprintf(order, "A5", code)).is(422).has("code", "coupon_paused")
	k.send("POST", "/programs/shop/coupons/cake/pause", `{"paused": false}`).is(200)
	k.send("POST", "/orders", fmt.Sprintf(order, "A6", code)).is(201)
	k.send("POST", "/coupons/reservations/A9/cancel", ``).is(201)
	k.sound()
}

// send goes on with another request.
func (a *told) send(k *till, method, path, body string) *told { return k.send(method, path, body) }

// What staff switch on takes its rate off each thing, on one receipt, as long as things are there (product §33).
func TestARateByThing(t *testing.T) {
	t.Parallel()
	k := offering(t)
	k.send("POST", "/customers", `{"consents": {"membership": true}, "name": "이준", "external_id": "M2"}`).is(201)
	order := func(id, who string, lines string, discount, total int) string {
		return fmt.Sprintf(`{"external_id": %q, "customer": {"external_id": %q}, "total": %d, "discount": %d, "coupons": ["phone"], "lines": [%s]}`, id, who, total, discount, lines)
	}
	both := `{"sku": "p1", "quantity": 1, "amount": 100000}, {"sku": "p2", "quantity": 1, "amount": 100000}`
	k.send("POST", "/orders", order("S1", "M1", both, 65_000, 135_000)).is(201)
	k.send("POST", "/orders", order("S2", "M1", both, 65_000, 135_000)).is(422).has("code", "enough_for_one") // a split receipt
	k.send("POST", "/orders", order("S3", "M2", both, 65_000, 135_000)).is(201)                               // one of the two: the last
	k.send("POST", "/customers", `{"consents": {"membership": true}, "name": "박", "external_id": "M3"}`).is(201)
	k.send("POST", "/orders", order("S4", "M3", both, 65_000, 135_000)).is(422).has("code", "sold_out")
	k.sound()
	k.send("POST", "/orders/S1/refunds", `{"external_id": "F1", "amount": 135000}`).is(201)
	k.send("POST", "/orders", order("S5", "M3", both, 65_000, 135_000)).is(201)
	k.sound()
}

// Two hundred people type a code of fifty uses at once: fifty use it.
func TestASharedCodeIsUsedSoManyTimes(t *testing.T) {
	t.Parallel()
	k := offering(t)
	for i := range 200 {
		_, err := k.DB.Pool().Exec(t.Context(), `WITH c AS (INSERT INTO customers (merchant_id, name, external_id, created_at, updated_at) VALUES ($1, 'guest', $2, $3, $3) RETURNING id)
			INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at) SELECT $1, p.id, c.id, $4, $3 FROM c, programs p WHERE p.merchant_id = $1`,
			k.MerchantID, fmt.Sprintf("G%d", i), k.Clock.Now(), fmt.Sprintf("GUEST-%05d", i))
		if err != nil {
			t.Fatal(err)
		}
	}
	var used, soldOut atomic.Int64
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			one := &till{site: k.site, t: t, key: k.key}
			answer := one.send("POST", "/orders", fmt.Sprintf(`{"external_id": "O%d", "customer": {"external_id": "G%d"}, "total": 9000, "discount": 1000, "coupons": ["HELLO"]}`, i, i), fmt.Sprintf("o-%d", i))
			switch answer.Code {
			case 201:
				used.Add(1)
			case 422:
				soldOut.Add(1)
			}
		})
	}
	all.Wait()
	if used.Load() != 50 {
		t.Errorf("used %d times, sold out for %d", used.Load(), soldOut.Load())
	}
	k.sound()
}
