package plans_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/conditions"
	"dangol/models/days"
	"dangol/models/ledger"
	"dangol/models/plans"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// bookshop sells a plan by the month: points are doubled, and each month that is paid for brings a coupon.
func bookshop(price int64, change ...func(*terms.Plan)) func(*terms.Terms) {
	return func(doc *terms.Terms) {
		doc.Earning = append(doc.Earning[:1], terms.Rule{Code: "double", Unit: "point", Name: terms.Text{Ko: "두 배"}, When: terms.OnPurchase,
			Award: terms.Formula{Kind: terms.Times, Rate: terms.Ratio{Num: 2, Den: 1}, Of: []string{doc.Earning[0].Code}},
			If:    terms.Conditions{Where: conditions.Where(conditions.Plan, conditions.In, conditions.Text("premium"))}})
		doc.Coupons = append(doc.Coupons, terms.CouponKind{Code: "tote", Name: terms.Text{Ko: "에코백"}, Amount: 5_000, Days: 30})
		plan := terms.Plan{Code: "premium", Name: terms.Text{Ko: "프리미엄"}, Price: price, Per: terms.PlanMonth, Trial: 10, Renews: true, Coupons: []string{"tote"}}
		for _, change := range change {
			change(&plan)
		}
		doc.Plans = []terms.Plan{plan}
	}
}

func at(day string) time.Time { return calendar.MustParse(day).In(time.UTC).Add(3 * time.Hour) } // noon in Seoul

func moves(t *testing.T, s *shoptest.Shop, day string) {
	t.Helper()
	id, err := days.MoveClock(t.Context(), s.DB, s.MerchantID, models.Actor{}, at(day))
	if err == nil {
		err = days.RunClock(t.Context(), s.DB, s.MerchantID, id, func(context.Context, int64) error { return nil })
	}
	if err != nil {
		t.Fatal(err)
	}
}

type member struct {
	*testing.T
	shop *shoptest.Shop
}

func (m member) subscribes(id string) plans.Subscription {
	m.Helper()
	s, err := plans.Subscribe(m.Context(), m.shop.DB, m.shop.MerchantID, m.shop.Till, store.Key{},
		models.SubscriptionParams{ExternalID: id, Customer: models.CustomerRef{ID: m.shop.Maya.ID}, Plan: "premium"})
	if err != nil {
		m.Fatal(err)
	}
	return s
}

func (m member) pays(id, payment string, amount int64) (plans.Subscription, error) {
	return plans.Pay(m.Context(), m.shop.DB, m.shop.MerchantID, m.shop.Till, store.Key{}, models.SubscriptionPayment{Subscription: id, ExternalID: payment, Amount: amount})
}

func (m member) paid(id, payment string, amount int64) plans.Subscription {
	m.Helper()
	s, err := m.pays(id, payment, amount)
	if err != nil {
		m.Fatal(err)
	}
	return s
}

func (m member) cancels(id string, atOnce bool) plans.Subscription {
	m.Helper()
	s, err := plans.Cancel(m.Context(), m.shop.DB, m.shop.MerchantID, m.shop.Till, store.Key{}, id, atOnce)
	if err != nil {
		m.Fatal(err)
	}
	return s
}

// wants compares a subscription with "state from–until price by".
func (m member) wants(id, want string) {
	m.Helper()
	m.shop.In(m.T, func(tx *store.Tx) error {
		s, err := plans.Find(tx, m.shop.Till.Source, id)
		if err != nil {
			return err
		}
		text := func(d calendar.Date) string { b, _ := d.MarshalText(); return string(b) }
		got := []string{string(s.State), text(s.Period.From) + "–" + text(s.Period.Until)}
		if s.Due() > 0 {
			got = append(got, "due by "+text(s.PayBy))
		}
		if s.State == models.SubscriptionEnded {
			got = append(got, string(s.Reason)+" on "+text(s.EndedOn))
		}
		if strings.Join(got, " ") != want {
			m.Errorf("%s, want %s", strings.Join(got, " "), want)
		}
		return nil
	})
}

func (m member) coupons() int64 {
	return m.shop.ID(m.T, `SELECT count(*) FROM coupons WHERE merchant_id = $1 AND kind = 'tote'`)
}

func verified(t *testing.T, s *shoptest.Shop) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), s.DB, programs.Running)
	if err != nil {
		t.Fatal(err)
	}
	if report.Found > 0 {
		t.Errorf("%+v", report.Findings)
	}
}

// A year's story: a trial, a paid month, a dearer one, and the end.
func TestAPlansStory(t *testing.T) {
	t.Parallel()
	shop := shoptest.Sandbox(t, "Asia/Seoul", at("2026-01-01"), bookshop(9_900))
	m := member{t, shop}
	shop.Maya.Buys(t, "10,000") // joins, and earns 200
	shop.Maya.Wants(t, 200)
	m.subscribes("S1")
	m.wants("S1", "trial 2026-01-01–2026-01-10")
	if _, err := m.pays("S1", "P0", 9_900); models.KindOf(err) != models.Refused {
		t.Errorf("a trial costs nothing: %v", err)
	}
	shop.Maya.Buys(t, "10,000")
	shop.Maya.Wants(t, 600)

	moves(t, shop, "2026-01-11")
	m.wants("S1", "active 2026-01-11–2026-02-10 due by 2026-01-17")
	shop.Maya.Buys(t, "10,000") // in the days of grace
	shop.Maya.Wants(t, 1_000)
	if _, err := m.pays("S1", "P1", 9_000); models.KindOf(err) != models.Refused {
		t.Errorf("another sum: %v", err)
	}
	if n := m.coupons(); n != 0 {
		t.Errorf("%d coupons before it was paid", n)
	}
	m.paid("S1", "P1", 9_900)
	if again := m.paid("S1", "P1", 9_900); !again.Replay || m.coupons() != 1 {
		t.Errorf("paid twice: %+v, %d coupons", again, m.coupons())
	}
	m.wants("S1", "active 2026-01-11–2026-02-10")

	shop.Publish(t, shoptest.Automatic, bookshop(12_900))
	moves(t, shop, "2026-02-10")
	m.wants("S1", "active 2026-01-11–2026-02-10")
	moves(t, shop, "2026-02-11")
	m.wants("S1", "active 2026-02-11–2026-03-10 due by 2026-02-17")
	if _, err := m.pays("S1", "P2", 9_900); models.KindOf(err) != models.Refused {
		t.Errorf("the old price at the renewal: %v", err)
	}
	m.paid("S1", "P2", 12_900)
	m.cancels("S1", false)
	m.wants("S1", "cancelled 2026-02-11–2026-03-10")
	moves(t, shop, "2026-03-10")
	shop.Maya.Buys(t, "10,000") // the last day
	shop.Maya.Wants(t, 1_400)
	moves(t, shop, "2026-03-11")
	m.wants("S1", "ended 2026-02-11–2026-03-10 cancelled on 2026-03-11")
	shop.Maya.Buys(t, "10,000")
	shop.Maya.Wants(t, 1_600)
	m.subscribes("S2") // no second trial
	m.wants("S2", "active 2026-03-11–2026-04-10 due by 2026-03-17")
	moves(t, shop, "2026-03-18")
	m.wants("S2", "ended 2026-03-11–2026-04-10 unpaid on 2026-03-18")
	shop.Maya.Buys(t, "10,000")
	shop.Maya.Wants(t, 1_800)
	if n := m.coupons(); n != 2 {
		t.Errorf("%d coupons, want 2", n)
	}
	verified(t, shop)
}

// A till is right also before the day's work has come to a subscription, and what it does brings it up to the day.
func TestAPlanIsRightWithoutTheDaysWork(t *testing.T) {
	t.Parallel()
	shop := shoptest.Sandbox(t, "Asia/Seoul", at("2026-01-01"), bookshop(9_900, func(p *terms.Plan) { p.Trial = 0 }))
	m := member{t, shop}
	shop.Maya.Buys(t, "10,000")
	m.subscribes("S1")
	m.paid("S1", "P1", 9_900)
	shop.Exec(t, `UPDATE merchants SET clock_at = $2 WHERE id = $1`, at("2026-02-03"))
	shop.Maya.Buys(t, "10,000")
	shop.Maya.Wants(t, 200+400)
	m.wants("S1", "active 2026-01-01–2026-01-31")
	m.paid("S1", "P2", 9_900)
	m.wants("S1", "active 2026-02-01–2026-02-28")
	verified(t, shop)
}

// Fifty-two renewals of a week that costs nothing, in one jump; the plan then goes from the terms.
func TestAYearOfWeeks(t *testing.T) {
	t.Parallel()
	weekly := bookshop(0, func(p *terms.Plan) { p.Per, p.Trial = terms.PlanWeek, 0 })
	shop := shoptest.Sandbox(t, "Asia/Seoul", at("2026-01-01"), weekly)
	m := member{t, shop}
	shop.Maya.Buys(t, "10,000")
	m.subscribes("S1")
	moves(t, shop, "2026-12-31")
	m.wants("S1", "active 2026-12-31–2027-01-06")
	if n := m.coupons(); n != 53 {
		t.Errorf("%d coupons, want 53", n)
	}
	if n := shop.ID(t, `SELECT count(*) FROM coupons WHERE merchant_id = $1 AND (issued_at AT TIME ZONE 'Asia/Seoul')::date <> valid_from`); n != 0 {
		t.Errorf("%d coupons were not given as their week began", n)
	}
	shop.Publish(t, shoptest.Automatic)
	moves(t, shop, "2027-01-07")
	m.wants("S1", "ended 2026-12-31–2027-01-06 not_offered on 2027-01-07")
	verified(t, shop)
}

func TestMoneyComesBackOnlyUnused(t *testing.T) {
	t.Parallel()
	for _, used := range []bool{false, true} {
		shop := shoptest.Sandbox(t, "Asia/Seoul", at("2026-01-01"), bookshop(9_900, func(p *terms.Plan) { p.Trial = 0 }))
		m := member{t, shop}
		shop.Maya.Buys(t, "10,000")
		moves(t, shop, "2026-01-02")
		m.subscribes("S1")
		m.paid("S1", "P1", 9_900)
		want := int64(9_900)
		if used {
			shop.Maya.Buys(t, "10,000")
			want = 0
		}
		if s := m.cancels("S1", true); s.Refund != want || s.EndedOn != calendar.MustParse("2026-01-02") {
			t.Errorf("used %v: %+v", used, s)
		}
		if again := m.cancels("S1", true); again.Refund != want || !again.Replay {
			t.Errorf("ended twice: %+v", again)
		}
		verified(t, shop)
	}
}

func TestPlansThatCannotBegin(t *testing.T) {
	t.Parallel()
	shop := shoptest.Sandbox(t, "Asia/Seoul", at("2026-01-01"), bookshop(9_900))
	m := member{t, shop}
	shop.Maya.Buys(t, "10,000")
	first := m.subscribes("S1")
	if again := m.subscribes("S1"); !again.Replay || again.ID != first.ID {
		t.Errorf("begun twice: %+v", again)
	}
	for name, c := range map[string]struct {
		change func(*models.SubscriptionParams)
		want   string
	}{
		"the same plan twice":   {func(p *models.SubscriptionParams) { p.ExternalID = "S2" }, "plan_held"},
		"no such plan":          {func(p *models.SubscriptionParams) { p.ExternalID, p.Plan = "S2", "gold" }, "plan_not_offered"},
		"the number of another": {func(p *models.SubscriptionParams) { p.Plan = "gold" }, "subscription_has_changed"},
		"nobody":                {func(p *models.SubscriptionParams) { p.Customer.ID = 99 }, "invalid; customer: unknown"},
		"no number":             {func(p *models.SubscriptionParams) { p.ExternalID = "" }, "invalid; external_id: bad_text"},
	} {
		p := models.SubscriptionParams{ExternalID: "S1", Customer: models.CustomerRef{ID: shop.Maya.ID}, Plan: "premium"}
		c.change(&p)
		if _, err := plans.Subscribe(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, p); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// The proof sees a coupon that came with no payment, a hole between periods, and money given back that nobody paid.
func TestTheProofSeesPlans(t *testing.T) {
	t.Parallel()
	shop := shoptest.Sandbox(t, "Asia/Seoul", at("2026-01-01"), bookshop(9_900, func(p *terms.Plan) { p.Trial = 0 }))
	m := member{t, shop}
	shop.Maya.Buys(t, "10,000")
	m.subscribes("S1")
	m.paid("S1", "P1", 9_900)
	shop.Exec(t, `UPDATE coupons SET cause = 'plan:' || (SELECT max(id) FROM subscriptions) || ':9' WHERE merchant_id = $1 AND kind = 'tote'`)
	shop.Exec(t, `UPDATE subscriptions SET period = 3, refund = 1 WHERE merchant_id = $1`)
	shop.Exec(t, `INSERT INTO subscription_periods (merchant_id, subscription_id, period, anchor_on, from_on, until_on, price, trial, version, recorded_at)
		SELECT merchant_id, id, 2, '2026-02-02', '2026-02-02', '2026-03-01', 0, false, 1, recorded_at FROM subscriptions WHERE merchant_id = $1`)
	report, err := ledger.Verify(t.Context(), shop.DB, programs.Running)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range report.Findings {
		found = append(found, f.Check+": "+f.Detail)
	}
	for _, want := range []string{"which is not a paid period", "stored to 2 in 2", "the last one ended on 2026-01-31", "gives 1 back"} {
		if !strings.Contains(strings.Join(found, "\n"), want) {
			t.Errorf("%q is not in %q", want, found)
		}
	}
}
