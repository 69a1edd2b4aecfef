package previews_test

import (
	"fmt"
	"slices"
	"testing"

	"dangol/models"
	"dangol/models/insights"
	"dangol/models/previews"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// preview tries a change of what the shop promises.
func preview(t *testing.T, s *shoptest.Shop, change func(*terms.Terms)) (p previews.Preview) {
	t.Helper()
	s.In(t, func(tx *store.Tx) error {
		desk, err := programs.Open(tx)
		if err != nil {
			return err
		}
		change(&desk.Draft)
		p, err = previews.Of(tx, desk.Program.ID, &desk.Draft)
		return err
	})
	return p
}

func same(*terms.Terms) {}

// The replay of what is in force is what really happened, to the point; twice the rate is twice of what the rate gave.
func TestTheReplayIsWhatHappened(t *testing.T) {
	t.Parallel()
	s := shoptest.New(t)
	var earned, first int64
	for i := range 12 {
		guest := s.Meets(t, fmt.Sprintf("손님%d", i))
		for j := range i%3 + 1 {
			for _, m := range guest.Buys(t, fmt.Sprint(9_000+1_000*i+500*j)).Members {
				for _, award := range m.Awards {
					earned += award.Points
					if award.Code == "first" {
						first += award.Points
					}
				}
			}
		}
	}
	p := preview(t, s, same)
	if p.Replay == nil || p.Replay.Points != earned || p.Replay.Before != earned || p.Replay.Change() != 0 || p.Replay.Orders != 24 {
		t.Fatalf("the replay is %+v, %d points were earned with 24 orders", p.Replay, earned)
	}
	twice := preview(t, s, func(d *terms.Terms) { d.Earning[0].Award.Rate = terms.Percent(4) })
	if want := 2*(earned-first) + first; twice.Replay.Points != want || twice.Replay.Before != earned {
		t.Errorf("at twice the rate %+v, want %d points", twice.Replay, want)
	}
	if p.Members != 12 || !p.Cost.Usual {
		t.Errorf("%d members, the cost is %+v", p.Members, p.Cost)
	}
}

// Everybody stands in one tier; who would be below what they hold is counted, to the person.
func TestWhoStandsWhere(t *testing.T) {
	t.Parallel()
	s := shoptest.New(t, tiered(100_000, 300_000))
	spent := map[int]string{0: "20,000", 1: "120,000", 2: "150,000", 3: "320,000"}
	for i := range 4 {
		s.Meets(t, fmt.Sprintf("손님%d", i)).Buys(t, spent[i])
	}
	if err := insights.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	p := preview(t, s, same)
	wants(t, p, [][2]int64{{1, 1}, {2, 2}, {1, 1}}, 0)
	wants(t, preview(t, s, tiered(130_000, 400_000)), [][2]int64{{1, 2}, {2, 2}, {1, 0}}, 2)
	if preview(t, s, func(d *terms.Terms) { d.Tiers, d.Earning[0].Tiers = nil, nil }).Tiers != nil {
		t.Error("terms without tiers have a distribution")
	}
}

func tiered(regular, vip int64) func(*terms.Terms) {
	return func(d *terms.Terms) {
		plan, factors := terms.SuggestTiers(12_000, nil)
		plan.Tiers[1].Threshold, plan.Tiers[2].Threshold = regular, vip
		d.Tiers, d.Earning[0].Tiers = &plan, factors
	}
}

func wants(t *testing.T, p previews.Preview, nowAfter [][2]int64, drop int64) {
	t.Helper()
	for i, row := range p.Tiers.Rows {
		if row.Now != nowAfter[i][0] || row.After != nowAfter[i][1] {
			t.Errorf("tier %s: %d now, %d after, want %v", row.Code, row.Now, row.After, nowAfter[i])
		}
	}
	if p.Tiers.Drop != drop {
		t.Errorf("%d in danger, want %d", p.Tiers.Drop, drop)
	}
}

// One person beyond a tier's threshold is enough to reach it, wherever in the bucket the others stand.
func TestATierThatSomebodyReachesIsNoWarning(t *testing.T) {
	t.Parallel()
	s := shoptest.New(t, tiered(100_000, 300_000))
	for i, spent := range []string{"320,000", "321,000", "390,000"} {
		s.Meets(t, fmt.Sprintf("손님%d", i)).Buys(t, spent)
	}
	if err := insights.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	unreachable := func(vip int64) bool {
		return slices.ContainsFunc(preview(t, s, tiered(100_000, vip)).Warnings, func(w terms.Warning) bool { return w.Code == terms.TierUnreachable })
	}
	if unreachable(380_000) {
		t.Error("a tier that one of three reaches is called out of reach")
	}
	if !unreachable(400_000) {
		t.Error("a tier that nobody reaches gives no warning")
	}
}

// A shop that knows nobody is told by a usual month: the worked cost of the default programme.
func TestTheCostOfAUsualMonth(t *testing.T) {
	t.Parallel()
	p := preview(t, shoptest.New(t), same)
	if p.Cost.Total != 140_000 || p.Cost.PerMille != 14 || p.Cost.Visits != 20 || p.Replay != nil || p.Birthdays == nil {
		t.Errorf("%+v", p.Cost)
	}
}

// A shop without a programme previews what its trade starts with.
func TestBeforeThereIsAProgramme(t *testing.T) {
	t.Parallel()
	s := shoptest.New(t)
	s.In(t, func(tx *store.Tx) error {
		draft := terms.Default(models.TradeCafe, 6_000)
		p, err := previews.Of(tx, 0, &draft)
		if err == nil && p.Replay != nil {
			t.Error("there is a replay of nothing")
		}
		return err
	})
}

// byOrders is a plan that asks for orders in a month.
func byOrders(d *terms.Terms) {
	plan, _ := terms.SuggestTiers(12_000, nil)
	plan.Metric, plan.Window = terms.MetricOrders, terms.Window{Kind: terms.CalendarMonth}
	plan.Tiers[1].Threshold, plan.Tiers[2].Threshold = 2, 3
	d.Tiers = &plan
}

// A plan that asks for visits is tried on what members did, one by one.
func TestWhoStandsWhereByOtherMeasures(t *testing.T) {
	t.Parallel()
	s := shoptest.New(t, tiered(100_000, 300_000))
	for i := range 3 {
		guest := s.Meets(t, fmt.Sprintf("손님%d", i))
		for range i + 1 {
			guest.Buys(t, "120,000")
		}
	}
	if err := insights.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	wants(t, preview(t, s, byOrders), [][2]int64{{0, 1}, {2, 1}, {1, 1}}, 1)
}

// Of very many members one in so many is measured, and the figures say so.
func TestOfVeryManyMembersAPartIsMeasured(t *testing.T) {
	t.Parallel()
	s := shoptest.New(t, tiered(100_000, 300_000))
	s.Maya.Buys(t, "120,000")
	s.Exec(t, `WITH made AS (
			INSERT INTO customers (merchant_id, name, created_at, updated_at) SELECT $1, '손님' || n, $2, $2 FROM generate_series(1, 4100) n RETURNING id)
		INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at)
		SELECT $1, (SELECT program_id FROM memberships WHERE merchant_id = $1 LIMIT 1), id, 'member' || id, $2 FROM made`, s.Clock.Now())
	if err := insights.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	found := preview(t, s, byOrders).Tiers
	if found.Part != 3 || found.Rows[0].After%3 != 0 || found.Rows[0].After < 4_000 || found.Rows[0].After > 4_200 {
		t.Errorf("one in three of 4,101, told as such: %+v", found)
	}
}
