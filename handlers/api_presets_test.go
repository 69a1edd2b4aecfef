package handlers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/terms/presets"
)

func TestPresetsByAPI(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	k.send("GET", "/presets", ``).is(200).has("presets/0/code", "starbucks").has("presets/0/currency", "USD").has("presets/3/illustrative", true)
	document := k.send("GET", "/presets/toms", ``).is(200)
	toms, _ := presets.Find("toms")
	if got := document.Body.String(); got != string(toms.Terms.Encode()) || document.Header().Get("ETag") != fmt.Sprintf("%q", toms.Terms.Hash()) {
		t.Errorf("%v %s", document.Header(), got)
	}
	k.send("GET", "/presets/nothing", ``).is(404)
	k.send("PUT", "/programs/toms", document.Body.String()).is(422).has("errors/0/pointer", "/currency")
}

// club is a preset in a sandbox whose first day is 2026-01-01, with one member, Maya.
type club struct {
	*till
	shop int64
}

func clubOf(t *testing.T, preset string) *club {
	t.Helper()
	p, _ := presets.Find(preset)
	start := time.Date(2026, 1, 1, 3, 0, 0, 0, time.UTC)
	site := newSite(t)
	shop := site.AddMerchant(t, "Asia/Seoul", p.Terms.Currency, &start)
	c := &club{&till{site: site, t: t, key: makeKey(t, site, shop, models.Scopes...)}, shop}
	document := c.send("GET", "/presets/"+preset, ``).is(200).Body.String()
	c.send("PUT", "/programs/club", document).is(200).has("program", "club")
	c.send("POST", "/programs/club/publications", `{}`).is(201)
	c.send("POST", "/customers", `{"name": "Maya", "external_id": "M1", "birth": {"calendar": "solar", "month": 9, "day": 5}, "consents": {"membership": true}}`).is(201)
	return c
}

// dayRow is a line of a table that was worked out by hand. The request's body gets Maya and a number of its own.
type dayRow struct {
	on, path, body string
	balances, tier string // "star 20+5" of each unit of which there is anything: and 5 on the way
	coupons        string // usable ones, with their last day
}

// lives plays a table in a sandbox, by nothing but the API.
func (k *club) lives(table []dayRow) {
	k.t.Helper()
	for i, r := range table {
		k.moves(r.on)
		if r.path != "" {
			body := strings.Replace(r.body, "{", fmt.Sprintf(`{"external_id": "N%d", `, i), 1)
			if !strings.HasPrefix(r.path, "/orders/") {
				body = strings.Replace(body, "{", `{"customer": {"external_id": "M1"}, `, 1)
			}
			k.send("POST", r.path, body).is(201)
		}
		maya := k.send("GET", "/customers/ext:M1", ``).is(200)
		tier, _ := maya.at("memberships/0/tier/code").(string)
		if balances, coupons := maya.balances(), k.coupons(); balances != r.balances || tier != r.tier || coupons != r.coupons {
			k.t.Errorf("row %d, %s:\nhas  %q, %q, %q\nwant %q, %q, %q", i+1, r.on, balances, tier, coupons, r.balances, r.tier, r.coupons)
		}
	}
	if report, err := ledger.Verify(k.t.Context(), k.DB, programs.Running, k.shop); err != nil || report.Found > 0 {
		k.t.Errorf("%v: %+v", err, report)
	}
}

// moves brings the clock to noon of a day in Seoul.
func (k *club) moves(day string) {
	k.t.Helper()
	to := day + "T03:00:00Z"
	if k.send("GET", "/sandbox/clock", ``).is(200).at("now") == to {
		return
	}
	k.send("POST", "/sandbox/clock", `{"to": "`+to+`"}`).is(202)
	k.runClock(k.shop)
}

func (a *told) balances() string {
	var all []string
	list, _ := a.at("memberships/0/balances").([]any)
	for i := range list {
		at := func(name string) int {
			n, _ := a.at(fmt.Sprintf("memberships/0/balances/%d/%s", i, name)).(float64)
			return int(n)
		}
		text := fmt.Sprintf("%v %d", a.at(fmt.Sprintf("memberships/0/balances/%d/unit", i)), at("available")-at("deficit"))
		if at("pending") > 0 {
			text += fmt.Sprintf("+%d", at("pending"))
		}
		if at("available") != 0 || at("deficit") != 0 || at("pending") != 0 {
			all = append(all, text)
		}
	}
	return strings.Join(all, ", ")
}

// coupons are those that Maya could use today.
func (k *club) coupons() string {
	k.t.Helper()
	var all []string
	list := k.send("GET", "/customers/ext:M1/coupons", ``).is(200)
	for i := 0; list.at(fmt.Sprintf("coupons/%d", i)) != nil; i++ {
		at := func(name string) any { return list.at(fmt.Sprintf("coupons/%d/%s", i, name)) }
		if at("status") == "usable" {
			all = append(all, fmt.Sprintf("%v until %v", at("kind"), at("valid_until")))
		}
	}
	return strings.Join(all, ", ")
}

func TestAYearAtStarbucksByAPI(t *testing.T) {
	t.Parallel()
	clubOf(t, "starbucks").lives([]dayRow{
		{"2026-01-05", "/orders", `{"total": 2000}`, "star 20", "green", ""},
		{"2026-02-01", "/events", `{"kind": "custom", "name": "reload", "amount": 5000}`, "star 45", "green", ""},
		{"2026-02-02", "/rewards/customization/claims", `{"reserve": false}`, "star 20", "green", "customization until 2026-02-02"},
		{"2026-03-01", "/orders", `{"total": 48000}`, "star 500", "gold", ""}, // 525 earned
		{"2026-03-15", "/orders", `{"total": 10000}`, "star 620", "gold", ""},
		{"2026-04-01", "/rewards/sandwich/claims", `{"reserve": false}`, "star 320", "gold", "sandwich until 2026-04-01"},
		{"2026-05-01", "/orders", `{"total": 160000}`, "star 2240", "reserve", ""},
		{"2026-05-02", "/orders", `{"total": 1001}`, "star 2257", "reserve", ""},
		{"2026-09-05", "", "", "star 2257", "reserve", "birthday until 2026-09-05"},
		{"2026-09-06", "", "", "star 2257", "reserve", ""},
		{"2027-01-01", "", "", "star 2257", "reserve", ""},
	})
}

func TestAYearAtBarnesNobleByAPI(t *testing.T) {
	t.Parallel()
	clubOf(t, "barnes-noble").lives([]dayRow{
		{"2026-01-05", "/orders", `{"total": 2599}`, "stamp 2", "", ""},
		{"2026-02-01", "/orders", `{"total": 999}`, "stamp 2", "", ""},
		{"2026-03-01", "/orders", `{"total": 9500}`, "stamp 1, reward 500", "", ""},
		{"2026-05-01", "/redemptions", `{"unit": "reward", "points": 500, "order_total": 1200}`, "stamp 1", "", ""},
		{"2026-05-01", "/orders", `{"total": 1200, "paid_with_points": 500}`, "stamp 1", "", ""},
		{"2026-06-01", "/orders", `{"total": 25000}`, "stamp 6, reward 1000", "", ""},
		{"2027-06-01", "", "", "stamp 6, reward 1000", "", ""},
		{"2027-06-02", "", "", "reward 1000", "", ""},
	})
}

func TestAYearAtTele2ByAPI(t *testing.T) {
	t.Parallel()
	taxi, cinema := `[{"sku": "ride", "name": "ride", "category": "taxi", "quantity": 1, "amount": 200000}]`, `[{"sku": "film", "name": "film", "category": "cinema", "quantity": 3, "amount": 150000}]`
	clubOf(t, "tele2").lives([]dayRow{
		{"2026-01-10", "/orders", `{"total": 200000, "lines": ` + taxi + `}`, "cashback 0+20000", "", ""},
		{"2026-02-20", "/orders/N0/events", `{"event": "confirmed"}`, "cashback 20000", "", ""},
		{"2026-03-01", "/orders", `{"total": 150000, "lines": ` + cinema + `}`, "cashback 20000+60000", "", ""},
		{"2026-05-30", "", "", "cashback 20000+60000", "", ""},
		{"2026-05-31", "", "", "cashback 20000", "", ""},
		{"2026-06-01", "/events", `{"kind": "custom", "name": "film"}`, "cashback 20000", "", "film until 2026-06-07"},
		{"2026-06-08", "", "", "cashback 20000", "", ""},
		{"2026-10-01", "/events", `{"kind": "custom", "name": "brand-day"}`, "cashback 20000", "", "data until 2026-10-30"},
		{"2026-10-02", "/events", `{"kind": "custom", "name": "brand-day"}`, "cashback 20000", "", "data until 2026-10-30"},
		{"2027-01-10", "", "", "cashback 20000", "", ""},
	})
}

func TestAYearAtWildberriesByAPI(t *testing.T) {
	t.Parallel()
	review := func(days int, more string) string {
		return fmt.Sprintf(`{"kind": "review", "numbers": {"delivered_days": %d%s}}`, days, more)
	}
	clubOf(t, "wildberries-buyers").lives([]dayRow{
		{"2026-03-05", "/events", review(4, ""), "bonus 0+5000", "", ""},
		{"2026-03-12", "/events", review(6, ""), "bonus 0+5000", "", ""},
		{"2026-03-18", "", "", "bonus 0+5000", "", ""},
		{"2026-03-19", "", "", "bonus 5000", "", ""},
		{"2026-04-10", "/events", review(5, `, "photo": 1, "video": 1`), "bonus 5000+10000", "", ""},
		{"2026-04-24", "", "", "bonus 15000", "", ""},
		{"2026-05-01", "/redemptions", `{"points": 15000, "order_total": 100000}`, "", "", ""},
		{"2027-03-05", "", "", "", "", ""},
	})
}

func TestAYearAtAdidasByAPI(t *testing.T) {
	t.Parallel()
	clubOf(t, "adidas").lives([]dayRow{
		{"2026-01-05", "/events", `{"kind": "profile"}`, "point 100, level 100", "level1", ""},
		{"2026-01-10", "/orders", `{"total": 9000}`, "point 100+900, level 100+900", "level1", ""},
		{"2026-01-13", "", "", "point 1000, level 1000", "level2", ""},
		{"2026-02-01", "/events", `{"kind": "custom", "name": "run", "quantity": 12}`, "point 1024, level 1024", "level2", ""},
		{"2026-03-01", "/donations", `{"program": "club", "cause": "oceans", "points": 500}`, "point 524, level 1024", "level2", ""},
		{"2027-01-31", "", "", "point 524, level 1024", "level2", ""},
		{"2027-02-01", "", "", "point 524, level 24", "level1", ""},
		{"2027-03-01", "", "", "", "level1", ""},
	})
}
