package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/days"
	"dangol/models/keys"
	"dangol/models/programs"
	"dangol/models/terms"
)

// till is a cash register with a key of every scope in a shop that runs the default programme.
type till struct {
	*site
	t   testing.TB
	key string
	n   int
}

func newTill(t *testing.T) *till {
	t.Helper()
	s := newSite(t)
	document := terms.Default(models.TradeUnknown, 12000)
	if _, err := programs.Create(t.Context(), s.DB, s.MerchantID, models.Actor{}, "shop", document.Encode()); err != nil {
		t.Fatal(err)
	}
	if _, err := programs.Publish(t.Context(), s.DB, s.MerchantID, models.Actor{}, "shop", models.PublishParams{}); err != nil {
		t.Fatal(err)
	}
	return &till{site: s, t: t, key: makeKey(t, s, s.MerchantID, models.Scopes...)}
}

func makeKey(t testing.TB, s *site, merchant int64, scopes ...models.Scope) string {
	t.Helper()
	text, _, err := keys.Make(t.Context(), s.DB, merchant, models.Actor{}, keys.Params{Name: "till", Source: "pos", Scopes: scopes})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// told is an answer of the API.
type told struct {
	*httptest.ResponseRecorder
	t    testing.TB
	body map[string]any
}

// send makes a request with a key of its own, or with the one that is given, and holds it against the description.
func (k *till) send(method, path, body string, idempotency ...string) *told {
	k.t.Helper()
	k.n++
	key := fmt.Sprintf("key-%d", k.n)
	if len(idempotency) > 0 {
		key = idempotency[0]
	}
	return k.sendKey(method, path, body, key)
}

func (k *till) sendKey(method, path, body, key string) *told {
	k.t.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+k.key)
	r.Header.Set("Accept-Language", "en")
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	w := httptest.NewRecorder()
	k.server.ServeHTTP(w, r)
	d, err := description()
	if err != nil {
		k.t.Fatal(err)
	}
	d.check(k.t, r, []byte(body), w)
	a := &told{w, k.t, map[string]any{}}
	if err := json.Unmarshal(w.Body.Bytes(), &a.body); err != nil && strings.Contains(w.Header().Get("Content-Type"), "json") {
		k.t.Errorf("%s %s: %v: %s", method, path, err, w.Body)
	}
	return a
}

// is fails unless the answer has the status; it gives the answer back for more questions.
func (a *told) is(status int) *told {
	a.t.Helper()
	if a.Code != status {
		a.t.Fatalf("status %d, want %d: %s", a.Code, status, a.Body)
	}
	return a
}

// at reads a value by its path: "awards/0/points".
func (a *told) at(path string) any {
	var value any = a.body
	for _, part := range strings.Split(path, "/") {
		switch v := value.(type) {
		case map[string]any:
			value = v[part]
		case []any:
			var i int
			if _, err := fmt.Sscan(part, &i); err != nil || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

func (a *told) has(path string, want any) *told {
	a.t.Helper()
	if got := a.at(path); fmt.Sprint(got) != fmt.Sprint(want) {
		a.t.Errorf("%s = %v, want %v in %s", path, got, want, a.Body)
	}
	return a
}

const coffee = `{"external_id": "A1", "customer": {"phone": "010-0000-1234"}, "currency": "KRW", "total": 12000,
	"lines": [{"sku": "latte", "name": "라떼", "category": "drink", "quantity": 2, "amount": 12000}]}`

func TestATillsDay(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	made := k.send("POST", "/customers", `{"name": "김마야", "phone": "010-0000-1234", "external_id": "M1", "birth": {"calendar": "lunar", "month": 11, "day": 20}, "consents": {"membership": true}}`).is(201)
	made.has("phone", "+821000001234").has("memberships/0/program", "shop").has("memberships/0/balances/0/available", 0)

	k.send("POST", "/programs/shop/quotes", `{"total": 9000, "customer": {"external_id": "M1"}}`).is(200).has("awards/0/points", 180).has("nearest_misses/0/short_by", 1000)
	first := k.send("POST", "/orders", coffee, "order-1").is(201)
	first.has("awards/0/points", 240).has("awards/1/points", 1000).has("balances/0/available", 1240)
	if again := k.send("POST", "/orders", coffee, "order-1").is(201); again.Header().Get("Idempotency-Replayed") != "true" || again.Body.String() != first.Body.String() {
		t.Errorf("told again with the same key: %q\n%s\nthe first time:\n%s", again.Header(), again.Body, first.Body)
	}
	if again := k.send("POST", "/orders", coffee, "order-2").is(201); again.Header().Get("Idempotency-Replayed") != "true" {
		t.Error("the same order with another key is not marked as told before")
	}
	k.send("POST", "/orders", strings.Replace(coffee, "12000", "13000", 1), "order-1").is(422).has("code", "key_reused")
	k.send("POST", "/orders", strings.Replace(coffee, `"total": 12000`, `"total": 13000`, 1), "order-3").is(409).has("code", "order_has_changed").has("errors/0/pointer", "/total")

	k.send("POST", "/events", `{"external_id": "E1", "kind": "check_in", "customer": {"external_id": "M1"}, "numbers": {"property:km": 3}}`).is(201).has("balances/0/available", 1240)
	k.send("POST", "/events", `{"external_id": "E1", "kind": "share", "customer": {"external_id": "M1"}}`).is(409).has("code", "happening_has_changed")
	k.send("POST", "/events", `{"external_id": "E2", "kind": "check_in", "customer": {"external_id": "M1"}, "numbers": {"moon": 3}}`).is(422).has("errors/0/pointer", "/facts/moon")

	k.Clock.Advance(24 * time.Hour)
	k.send("POST", "/redemptions", `{"external_id": "R1", "customer": {"external_id": "M1"}, "points": 5000, "order_total": 9000}`).is(422).has("code", "not_enough_points")
	k.send("POST", "/redemptions", `{"external_id": "R2", "customer": {"external_id": "M1"}, "points": 1200, "order_total": 9000}`).is(201).has("worth", 1200).has("balances/0/available", 40)
	k.send("POST", "/orders", `{"external_id": "A2", "customer": {"external_id": "M1"}, "total": 9000, "redemption": "R2"}`).is(201).has("awards/0/points", 156)
	k.send("POST", "/orders/A2/refunds", `{"external_id": "F1", "amount": 4500}`).is(201).has("returned/0/revoked", 78).has("returned/0/restored", 600)
	k.send("POST", "/orders/A2/refunds", `{"external_id": "F2", "amount": 99000}`).is(422)
	k.send("POST", "/redemptions/R2/reversal", ``).is(201).has("balances/0/available", 40+156-78+1200)

	k.send("GET", "/customers/ext:M1", ``).is(200).has("memberships/0/balances/0/available", 40+156-78+1200)
	page := k.send("GET", "/customers/ext:M1/entries?limit=2", ``).is(200)
	if page.at("next") == nil {
		t.Error("a full page names no next one")
	}
	k.send("GET", fmt.Sprintf("/customers/ext:M1/entries?before=%v", page.at("next")), ``).is(200)
	k.send("PATCH", "/customers/ext:M1", `{"name": "김 마야", "version": 1}`).is(200).has("name", "김 마야").has("version", 2)
	k.send("PATCH", "/customers/ext:M1", `{"name": "둘째", "version": 1}`).is(409).has("code", "stale")
	k.send("POST", "/customers/lookup", `{"phone": "01000001234"}`).is(200).has("external_id", "M1")
	k.send("POST", "/customers/lookup", `{"phone": "01000009999"}`).is(404)
	k.send("POST", "/customers", `{"name": "또", "phone": "010-0000-1234", "consents": {"membership": true}}`).is(422).has("errors/0/pointer", "/phone").has("errors/0/code", "taken")
}

// A refund that comes before its order waits, and is applied when the order comes.
func TestARefundBeforeItsOrder(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	k.send("POST", "/customers", `{"name": "이", "external_id": "M1", "consents": {"membership": true}}`).is(201)
	k.send("POST", "/orders/B1/refunds", `{"external_id": "F1", "amount": 5000}`).is(202).has("state", "waiting_for_order")
	k.send("POST", "/orders", `{"external_id": "B1", "customer": {"external_id": "M1"}, "total": 10000}`).is(201).has("balances/0/available", 100+500) // half of what the order brought, the first purchase's bonus included
}

// A programme moves between shops as a file.
func TestAProgrammeByAPI(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	document := k.send("GET", "/programs/shop", ``).is(200)
	other := &till{site: k.site, t: t, key: makeKey(t, k.site, k.AddMerchant(t, "Asia/Seoul", "KRW", nil), models.Scopes...)}
	other.send("GET", "/programs/shop", ``).is(404)
	saved := other.send("PUT", "/programs/shop", document.Body.String()).is(200)
	if `"`+fmt.Sprint(saved.at("hash"))+`"` != document.Header().Get("ETag") {
		t.Errorf("the hash changes on the way: %v, was %v", saved.at("hash"), document.Header().Get("ETag"))
	}
	other.send("POST", "/programs/shop/publications", `{"revision": 99}`).is(409).has("code", "stale")
	other.send("POST", "/programs/shop/publications", `{}`).is(201).has("version", 1)
	if body := other.send("GET", "/programs/shop?version=1", ``).is(200).Body.String(); body != document.Body.String() {
		t.Errorf("published is not what was exported:\n%s\nwas\n%s", body, document.Body)
	}
	broken := strings.Replace(document.Body.String(), `"schema":1`, `"schema":1,"secret":true`, 1)
	other.send("PUT", "/programs/shop", broken).is(422).has("errors/0/pointer", "/secret")
}

// A sandbox's clock moves forward by the API; posting waits until it has arrived. A live shop has no such clock.
func TestTheClockByAPI(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	k.send("GET", "/sandbox/clock", ``).is(409).has("code", "not_a_sandbox")
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	sandbox := k.AddMerchant(t, "Asia/Seoul", "KRW", &start)
	s := &till{site: k.site, t: t, key: makeKey(t, k.site, sandbox, models.Scopes...)}
	s.send("GET", "/sandbox/clock", ``).is(200).has("now", "2026-03-01T12:00:00Z")
	s.send("POST", "/sandbox/clock", `{"to": "2026-02-01T00:00:00Z"}`).is(422).has("errors/0/code", "clock_backwards")
	first := s.send("POST", "/sandbox/clock", `{"to": "2026-04-01T00:00:00Z"}`, "move").is(202).has("moving_to", "2026-04-01T00:00:00Z")
	if again := s.send("POST", "/sandbox/clock", `{"to": "2026-04-01T00:00:00Z"}`, "move").is(202); again.Body.String() != first.Body.String() {
		t.Errorf("told differently: %s", again.Body)
	}
	s.send("POST", "/orders", `{"external_id": "A1", "total": 1000}`).is(409).has("code", "clock_moving")
	s.runClock(sandbox)
	s.send("GET", "/sandbox/clock", ``).is(200).has("now", "2026-04-01T00:00:00Z").has("moving_to", nil)
	s.send("POST", "/orders", `{"external_id": "A1", "total": 1000}`).is(201)
}

// runClock does what the worker does.
func (k *till) runClock(merchant int64) {
	k.t.Helper()
	var task int64
	if err := k.DB.Pool().QueryRow(k.t.Context(), `SELECT id FROM tasks WHERE merchant_id = $1 AND kind = 'clock' ORDER BY id DESC LIMIT 1`, merchant).Scan(&task); err != nil {
		k.t.Fatal(err)
	}
	err := days.RunClock(k.t.Context(), k.DB, merchant, task, func(context.Context, int64) error { return nil })
	if err != nil {
		k.t.Fatal(err)
	}
}

// What is wrong is said at its place and changes nothing.
func TestBadInputByAPI(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	k.send("POST", "/customers", `{"name": "박", "external_id": "M1", "consents": {"membership": true}}`).is(201)
	order := func(change string) string {
		fields := map[string]any{"external_id": "X", "total": 1000, "customer": map[string]any{"external_id": "M1"}}
		extra := map[string]any{}
		if err := json.Unmarshal([]byte(change), &extra); err != nil {
			t.Fatal(err)
		}
		for name, value := range extra {
			fields[name] = value
		}
		text, _ := json.Marshal(fields)
		return string(text)
	}
	for name, bad := range map[string]struct {
		change, pointer, code string
	}{
		"negative amount":    {`{"total": -1}`, "/total", "negative"},
		"other currency":     {`{"currency": "USD"}`, "/currency", "other_currency"},
		"in the future":      {`{"placed_at": "2090-01-01T00:00:00Z"}`, "/placed_at", "in_future"},
		"unknown customer":   {`{"customer": {"external_id": "nobody"}}`, "/customer", "unknown"},
		"two references":     {`{"customer": {"external_id": "M1", "phone": "01000000000"}}`, "/customer", "one_reference"},
		"parts above total":  {`{"shipping": 2000}`, "/total", "less_than_parts"},
		"bad line":           {`{"lines": [{"quantity": 0, "amount": 1}]}`, "/lines/0/quantity", "out_of_range"},
		"unknown field":      {`{"colour": "red"}`, "/colour", "unknown_field"},
		"wrong type":         {`{"total": "1000"}`, "/total", "bad_number"},
		"control characters": {`{"external_id": "a\u0000b"}`, "/external_id", "bad_text"},
		"too long a number":  {`{"external_id": "` + strings.Repeat("9", 200) + `"}`, "/external_id", "bad_text"},
	} {
		k.send("POST", "/orders", order(bad.change)).is(422).has("errors/0/pointer", bad.pointer).has("errors/0/code", bad.code)
		if t.Failed() {
			t.Fatalf("above: %s", name)
		}
	}
	k.send("POST", "/orders", `{"external_id": `).is(400).has("code", "bad_json")
	k.sendKey("POST", "/orders", order(`{}`), "").is(422).has("errors/0/pointer", "/Idempotency-Key")
	k.send("POST", "/orders", `{"external_id": "L", "total": 1, "store": "`+strings.Repeat("x", 1<<20)+`"}`).is(413)
	var n int
	if err := k.DB.Pool().QueryRow(t.Context(), `SELECT count(*) FROM orders`).Scan(&n); err != nil || n != 0 {
		t.Errorf("%d orders (%v), want none", n, err)
	}
}

// Eight tills send the same order at once: it earns once, and all are told the same.
func TestTheSameOrderEightTimesAtOnce(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	k.send("POST", "/customers", `{"name": "최", "external_id": "M1", "phone": "010-0000-1234", "consents": {"membership": true}}`).is(201)
	bodies := make([]string, 8)
	var wait sync.WaitGroup
	for i := range bodies {
		wait.Go(func() {
			bodies[i] = (&till{site: k.site, t: t, key: k.key}).send("POST", "/orders", coffee, fmt.Sprintf("at-once-%d", i)).Body.String()
		})
	}
	wait.Wait()
	for _, body := range bodies {
		if body != bodies[0] {
			t.Errorf("told differently:\n%s\n%s", body, bodies[0])
		}
	}
	k.send("GET", "/customers/ext:M1", ``).is(200).has("memberships/0/balances/0/available", 1240)
}

// Where a customer stands is told with what keeps the tier and what reaches the next; numbers and floors move it.
func TestTiersOverTheWire(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	d := terms.Default(models.TradeUnknown, 12000)
	d.Tiers = &terms.TierPlan{Metric: terms.MetricVisits, Window: terms.Window{Kind: terms.CalendarMonth}, ReviewDay: 1,
		Validity: terms.Validity{Kind: terms.ValidNextPeriod}, Downgrade: terms.DownFull, Numbers: []terms.Number{{Code: "rating", Name: terms.Text{Ko: "별점", En: "Rating"}}},
		Tiers: []terms.Tier{{Code: "member", Name: terms.Text{Ko: "손님", En: "Member"}}, {Code: "star", Name: terms.Text{Ko: "별", En: "Star"},
			All: []terms.Criterion{{Metric: terms.MetricNumber, Number: "rating", AtLeast: 450}}}}}
	if _, err := programs.SaveDraft(t.Context(), k.DB, k.MerchantID, models.Actor{}, "shop", 0, d.Encode()); err != nil {
		t.Fatal(err)
	}
	if _, err := programs.Publish(t.Context(), k.DB, k.MerchantID, models.Actor{}, "shop", models.PublishParams{}); err != nil {
		t.Fatal(err)
	}
	k.send("POST", "/customers", `{"name": "김마야", "external_id": "M1", "consents": {"membership": true}}`).is(201)
	k.send("POST", "/orders", `{"external_id": "T1", "customer": {"external_id": "M1"}, "total": 9000}`).is(201).has("tier/code", "member")
	k.send("GET", "/customers/ext:M1", ``).is(200).has("memberships/0/tier/amount", 1).has("memberships/0/tier/measures/0/words", "1 visit")
	k.send("PUT", "/customers/ext:M1/numbers", `{"numbers": {"rating": 475}}`).is(200).has("memberships/0/tier/code", "star").
		has("memberships/0/tier/measures/1/value", 475).has("memberships/0/tier/measures/1/keep", 450)
	k.send("PUT", "/customers/ext:M1/numbers", `{"numbers": {"smiles": 1}}`).is(422).has("errors/0/pointer", "/numbers/smiles")
	k.send("PUT", "/customers/ext:M9/numbers", `{"numbers": {"rating": 1}}`).is(404)
	k.send("POST", "/customers", `{"name": "이준", "external_id": "M2", "consents": {"membership": true}}`).is(201)
	k.send("PUT", "/customers/ext:M2/floor", `{"tier": "star", "until": "2099-12-31", "reason": "agreement", "note": "합창단"}`).is(200).
		has("memberships/0/tier/floor", "star").has("memberships/0/tier/valid_until", "2100-01-01")
	k.send("PUT", "/customers/ext:M2/floor", `{"tier": "tin", "reason": "thanks"}`).is(422).has("errors/0/pointer", "/tier")
	k.send("PUT", "/customers/ext:M2/floor", `{"reason": "mistake"}`).is(200).has("memberships/0/tier/code", "member")
}
