package tiers_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/models/tiers"
)

func window(kind terms.WindowKind, months int) terms.Window {
	return terms.Window{Kind: kind, Months: months}
}

// measured is a plan whose top tier asks for one thing of everything.
func measured(t *terms.Terms) {
	t.Enrolment.Automatic = true
	t.Tiers = &terms.TierPlan{
		Metric: terms.MetricSpend, Window: window(terms.CalendarMonth, 0), Validity: terms.Validity{Kind: terms.ValidNextPeriod}, AtEnd: true,
		Downgrade: terms.DownFull, Numbers: []terms.Number{{Code: "rating", Name: terms.Text{Ko: "별점", En: "Rating"}}},
		Tiers: []terms.Tier{
			{Code: "member", Name: terms.Text{En: "Member"}},
			{Code: "known", Name: terms.Text{En: "Known"}, All: []terms.Criterion{{Metric: terms.MetricNumber, Number: "rating", AtLeast: 450}}},
			{Code: "top", Name: terms.Text{En: "Top"}, Threshold: models.MaxMoney, Any: []terms.Criterion{
				{Metric: terms.MetricSpend, Window: window(terms.RollingMonths, 3), AtLeast: 1},
				{Metric: terms.MetricVisits, Window: window(terms.RollingMonths, 2), AtLeast: 1},
				{Metric: terms.MetricOrders, Window: window(terms.CalendarYear, 0), AtLeast: 1},
				{Metric: terms.MetricVisits, Window: window(terms.CalendarQuarter, 0), AtLeast: 1},
				{Metric: terms.MetricSpend, Window: window(terms.MemberYear, 0), AtLeast: 1},
				{Metric: terms.MetricOrders, Window: window(terms.Lifetime, 0), AtLeast: 1},
				{Metric: terms.MetricEarned, Window: window(terms.RollingMonths, 12), AtLeast: 1},
				{Metric: terms.MetricEarned, Window: window(terms.Lifetime, 0), AtLeast: 1},
			}},
			{Code: "gold", Name: terms.Text{En: "Gold"}, ByHand: true},
		},
	}
}

// begin is the first day of a window, told apart from the engine.
func begin(w terms.Window, joined, day calendar.Date) calendar.Date {
	switch w.Kind {
	case terms.RollingMonths:
		return day.AddMonths(-w.Months) + 1
	case terms.CalendarMonth:
		return day.FirstOfMonth()
	case terms.CalendarQuarter:
		return calendar.NewDate(day.Year(), (day.Month()-1)/3*3+1, 1)
	case terms.CalendarYear:
		return day.FirstOfYear()
	case terms.MemberYear:
		for joined.AddMonths(12) <= day {
			joined = joined.AddMonths(12)
		}
		return joined
	default:
		return calendar.NewDate(1990, 1, 1)
	}
}

var slowly = map[terms.Metric]string{
	terms.MetricSpend:  `SELECT coalesce(sum(basis - spend_returned), 0) FROM orders WHERE merchant_id = $1 AND customer_id = $2 AND business_date >= $3 AND withdrawn_at IS NULL`,
	terms.MetricOrders: `SELECT count(*) FROM orders WHERE merchant_id = $1 AND customer_id = $2 AND business_date >= $3 AND withdrawn_at IS NULL AND refunded < total`,
	terms.MetricVisits: `SELECT count(DISTINCT (business_date, coalesce(store_id, 0))) FROM orders WHERE merchant_id = $1 AND customer_id = $2 AND business_date >= $3 AND withdrawn_at IS NULL`,
	terms.MetricEarned: `SELECT coalesce(sum(CASE WHEN bucket = 'deficit' THEN -points ELSE points END), 0) FROM entries e WHERE merchant_id = $1
		AND account_id IN (SELECT a.id FROM accounts a JOIN memberships m ON m.id = a.membership_id WHERE m.customer_id = $2)
		AND kind IN ('earn', 'clawback') AND bucket <> 'pending' AND cause NOT LIKE 'tier:%'
		AND (SELECT o.occurred_at FROM entries o WHERE o.account_id = e.account_id AND o.seq = coalesce(e.reverses_seq, e.seq)) >= $3::date::timestamp AT TIME ZONE 'Asia/Seoul'`,
}

// What the loader gives for each window is what a slow look at every order and entry gives (S-T1).
func TestTheLoaderCountsWhatHappened(t *testing.T) {
	t.Parallel()
	clock := time.Date(2026, 8, 17, 3, 0, 0, 0, time.UTC)
	s := shoptest.Sandbox(t, "Asia/Seoul", clock, measured)
	s.Exec(t, `INSERT INTO stores (merchant_id, code, name, created_at) VALUES ($1, 'n', 'North', $2), ($1, 's', 'South', $2)`, clock)
	s.Maya.Buys(t, "12,000")
	s.Exec(t, `UPDATE memberships SET enrolled_at = '2024-05-20 03:00Z' WHERE merchant_id = $1`)
	s.In(t, func(tx *store.Tx) error { return tiers.Tell(tx, s.Till, s.Maya.ID, map[string]int64{"rating": 500}) })
	random := rand.New(rand.NewPCG(7, 7))
	for i := range 90 {
		order := s.Maya.Order(t, fmt.Sprint(1_000+random.IntN(30)*1_000))
		if i >= 10 {
			order.PlacedAt, order.HasTime = clock.AddDate(0, 0, -random.IntN(500)), true
		}
		order.Store = []string{"", "n", "s"}[random.IntN(3)]
		placed := s.Posts(t, order)
		if random.IntN(4) == 0 {
			s.Returns(t, placed, []string{fmt.Sprint(order.Total), "500"}[random.IntN(2)])
		}
	}
	s.In(t, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		members, err := ledger.Peek(tx, running, ledger.Of(models.CustomerRef{ID: s.Maya.ID}))
		if err != nil {
			return err
		}
		m := members[0]
		standing := m.Program.Timeline.At(tx.Now()).Standing(&m.Member, tx.Today())
		if len(standing.Measures) < 8 {
			t.Fatalf("%+v", standing)
		}
		for _, measure := range standing.Measures {
			sql, ok := slowly[measure.Metric]
			if !ok {
				continue
			}
			var want int64
			from := begin(measure.Window, m.Joined, tx.Today())
			if err := tx.PG().QueryRow(tx.Ctx(), sql, tx.MerchantID(), s.Maya.ID, from).Scan(&want); err != nil {
				return err
			}
			if measure.Value != want || want == 0 {
				t.Errorf("%s %+v from %v: %d, counted one by one %d", measure.Metric, measure.Window, from, measure.Value, want)
			}
		}
		return nil
	})
	wantSound(t, s)
}

func wantSound(t *testing.T, s *shoptest.Shop) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), s.DB, programs.Running, s.MerchantID)
	if err != nil || report.Found > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func standing(t *testing.T, s *shoptest.Shop) (held terms.TierState) {
	t.Helper()
	s.In(t, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		members, err := ledger.Peek(tx, running, ledger.Of(models.CustomerRef{ID: s.Maya.ID}))
		held = members[0].Tier
		return err
	})
	return held
}

// A number lifts at once; a floor lifts by hand, is on record, and goes again with what it gave (S-T3).
func TestNumbersAndFloors(t *testing.T) {
	t.Parallel()
	s := shoptest.New(t, measured, func(d *terms.Terms) { d.Tiers.Tiers = append(d.Tiers.Tiers[:2], d.Tiers.Tiers[3]) })
	s.Maya.Buys(t, "12,000")
	member := s.ID(t, `SELECT id FROM memberships WHERE merchant_id = $1 AND customer_id = $2`, s.Maya.ID)
	tell := func(value int64, code string) (err error) {
		s.In(t, func(tx *store.Tx) error {
			err = tiers.Tell(tx, s.Till, s.Maya.ID, map[string]int64{code: value})
			return nil
		})
		return err
	}
	if err := tell(440, "rating"); err != nil || standing(t, s).Code == "known" {
		t.Fatal(err, standing(t, s))
	}
	if err := tell(460, "rating"); err != nil || standing(t, s).Code != "known" {
		t.Fatal(err, standing(t, s))
	}
	if err := tell(1, "smiles"); models.KindOf(err) != models.Invalid {
		t.Error(err)
	}
	set := func(floor tiers.Floor) (err error) {
		floor.MembershipID = member
		s.In(t, func(tx *store.Tx) error {
			err = tiers.Set(tx, s.Clerk, floor)
			return nil
		})
		return err
	}
	if err := set(tiers.Floor{Tier: "gold", Reason: tiers.Agreement, Note: "the choir"}); err != nil || standing(t, s).Code != "gold" {
		t.Fatal(err, standing(t, s))
	}
	wantSound(t, s)
	for _, bad := range []tiers.Floor{{Tier: "tin", Reason: tiers.Thanks}, {Tier: "gold"}, {Until: 30_000, Reason: tiers.Thanks}, {Tier: "gold", Until: 1, Reason: tiers.Thanks}} {
		if err := set(bad); models.KindOf(err) != models.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if err := set(tiers.Floor{Reason: tiers.Mistake}); err != nil || standing(t, s).Code != "known" || standing(t, s).Floor != "" {
		t.Fatal(err, standing(t, s))
	}
	wantSound(t, s)
}
