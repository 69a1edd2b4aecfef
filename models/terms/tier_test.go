package terms

import (
	"reflect"
	"testing"
)

// ranked is a shop with the tiers that are proposed for a ticket of 12,000원: 150,000 and 450,000 in twelve months.
func ranked(t *testing.T, change func(*TierPlan)) *shop {
	doc := one(Rule{Award: rate(2, 100)})
	plan, factors := SuggestTiers(DefaultTicket, nil)
	if change != nil {
		change(&plan)
	}
	doc.Tiers, doc.Earning[0].Tiers = &plan, factors
	return open(t, doc, TellNobody)
}

func (s *shop) holds(tier string) {
	s.t.Helper()
	if got := s.program.TierOf(s.member); got != tier {
		s.t.Errorf("holds %q, want %q (%+v)", got, tier, s.member.Tier)
	}
}

func TestUpAtOnce(t *testing.T) { // S-T1, S-T2
	s := ranked(t, nil)
	s.holds("member")
	s.buys("2026-03-10", 149_999)
	s.holds("member")
	_, out := s.buys("2026-03-11", 1)
	s.holds("regular")
	change := out.Tiers[0]
	if change.Reason != TierUp || change.Amount != 150_000 || change.Until != day("2027-03-11") || change.WindowFrom != day("2025-03-12") {
		t.Errorf("counting this purchase, for twelve months: %+v", change)
	}
	_, out = s.buys("2026-03-12", 10_000)
	if out.Awards[0].Points != 300 {
		t.Errorf("3 %% from the next order on: %+v", out.Awards)
	}
	_, out = s.buys("2026-03-13", 400_000)
	s.holds("vip")
	if out.Awards[0].Points != 12_000 {
		t.Errorf("the order that lifts counts by the tier before it: %+v", out.Awards[0])
	}
}

func TestDownOneStepAfterGrace(t *testing.T) { // S-T2
	s := ranked(t, nil)
	s.buys("2026-03-10", 500_000)
	s.settle("2027-03-31")
	s.holds("vip") // safe for twelve months, then until the next review
	s.settle("2027-04-01")
	s.holds("vip") // failed, a month of grace
	s.settle("2027-04-30")
	s.holds("vip")
	out := s.settle("2027-05-01")
	s.holds("regular")
	if len(out.Tiers) != 1 || out.Tiers[0].Reason != TierDown || out.Tiers[0].From != "vip" || out.Tiers[0].Until != day("2028-05-01") {
		t.Errorf("one step, and twelve months there: %+v", out.Tiers)
	}
	s.settle("2028-06-01")
	s.holds("member")
	if due := s.timeline.NextDue(s.member); due != 0 && due < day("2031-01-01") && len(s.account().Lots) == 0 {
		t.Errorf("nobody falls below what everybody has: %v", due)
	}
}

func TestAReviewInsideTheGraceDecidesNothing(t *testing.T) { // S-T2
	s := ranked(t, func(p *TierPlan) { p.Grace = 2 })
	s.buys("2026-03-10", 500_000)
	s.settle("2027-04-01") // failed: two months of grace
	out, _ := s.program.Grant(s.member, &Grant{Source: "grant:1", At: at("2027-04-02"), Day: day("2027-04-02"), Points: 5, Expiry: day("2027-04-30")})
	s.record(out)
	s.settle("2027-05-01") // a review day on which something else is due
	s.holds("vip")
	s.settle("2027-06-01")
	s.holds("regular")

	s = ranked(t, func(p *TierPlan) { p.Grace = 2 })
	s.buys("2026-03-10", 200_000)
	s.settle("2027-04-01")
	s.buys("2027-04-20", 150_000)
	out, _ = s.program.Grant(s.member, &Grant{Source: "grant:1", At: at("2027-04-21"), Day: day("2027-04-21"), Points: 5, Expiry: day("2027-04-30")})
	s.record(out)
	if out := s.settle("2027-05-31"); len(out.Tiers) != 0 {
		t.Errorf("kept, but only because something else was due: %+v", out.Tiers)
	}
	if out := s.settle("2027-06-01"); len(out.Tiers) != 1 || out.Tiers[0].Reason != TierKept {
		t.Errorf("kept as the grace ends: %+v", out.Tiers)
	}
}

func TestKeptInTheGrace(t *testing.T) {
	s := ranked(t, nil)
	s.buys("2026-03-10", 200_000)
	s.settle("2027-04-01")
	s.buys("2027-04-20", 150_000)
	out := s.settle("2027-05-01")
	s.holds("regular")
	if len(out.Tiers) != 1 || out.Tiers[0].Reason != TierKept || out.Tiers[0].Until != day("2028-05-01") {
		t.Errorf("deserved again: %+v", out.Tiers)
	}
	if s.member.Tier.Since != day("2026-03-10") || !s.member.Tier.GraceUntil.IsZero() {
		t.Errorf("held without a break: %+v", s.member.Tier)
	}
}

func TestDowngradeModes(t *testing.T) { // S-T2
	full := ranked(t, func(p *TierPlan) { p.Downgrade, p.Grace = DownFull, 0 })
	full.buys("2026-03-10", 500_000)
	full.settle("2027-04-01")
	full.holds("member")
	never := ranked(t, func(p *TierPlan) { p.Downgrade = DownNever })
	never.buys("2026-03-10", 500_000)
	never.settle("2030-01-01")
	never.holds("vip")
}

func TestNoValidityFallsTheNightTheMoneyLeaves(t *testing.T) { // D-50
	s := ranked(t, func(p *TierPlan) { p.Validity, p.Grace, p.Downgrade = Validity{Kind: NoValidity}, 0, DownFull })
	s.buys("2026-03-10", 100_000)
	s.buys("2026-05-20", 60_000)
	s.holds("regular")
	s.settle("2027-03-09")
	s.holds("regular")
	out := s.settle("2027-03-10") // (10 March 2026, 10 March 2027]
	s.holds("member")
	if out.Tiers[0].Day != day("2027-03-10") || out.Tiers[0].Amount != 60_000 {
		t.Errorf("%+v", out.Tiers)
	}
	jump := ranked(t, func(p *TierPlan) { p.Validity, p.Grace, p.Downgrade = Validity{Kind: NoValidity}, 0, DownFull })
	jump.buys("2026-03-10", 160_000)
	if out := jump.settle("2027-12-01"); len(out.Tiers) != 1 || out.Tiers[0].Day != day("2027-03-10") {
		t.Errorf("the same night in one jump: %+v", out.Tiers)
	}
}

func TestCalendarYear(t *testing.T) {
	s := ranked(t, func(p *TierPlan) {
		p.Window, p.Validity, p.Grace = Window{Kind: CalendarYear}, Validity{Kind: ValidNextYear}, 0
	})
	s.buys("2026-12-31", 100_000)
	s.buys("2027-01-01", 100_000)
	s.holds("member") // two years, 100,000 each
	s.buys("2027-06-01", 50_000)
	s.holds("regular")
	s.settle("2028-12-31")
	s.holds("regular")
	s.settle("2029-01-01")
	s.holds("member")
}

func TestManualFloor(t *testing.T) { // S-T3
	s := ranked(t, func(p *TierPlan) { p.Grace, p.Downgrade = 0, DownFull })
	s.buys("2026-03-10", 150_000)
	s.member.Tier.Floor, s.member.Tier.FloorUntil = "regular", day("2028-12-31")
	s.settle("2028-12-31")
	s.holds("regular")
	s.settle("2029-12-31")
	s.holds("member")
	last := ranked(t, func(p *TierPlan) { p.Grace, p.Downgrade = 0, DownFull })
	last.buys("2026-03-10", 150_000)
	last.member.Tier.Floor, last.member.Tier.FloorUntil = "regular", day("2027-04-01") // a review day
	last.settle("2027-04-30")
	last.holds("regular")
	s.member.Tier.Floor = "regular"
	s.member.Tier.FloorUntil = 0
	s.buys("2030-01-01", 450_000)
	s.holds("vip") // a higher tier that is earned wins
}

func TestRefundsLowerTheMetricNotTheTier(t *testing.T) {
	s := ranked(t, func(p *TierPlan) { p.Grace = 0 })
	order, _ := s.buys("2026-03-10", 150_000)
	s.refund(order, "2026-03-20", 50_000)
	s.holds("regular")
	if got := s.member.Spend.Sum(day("2026-03-09"), day("2026-03-10")); got != 100_000 {
		t.Errorf("the money goes off the day of the order: %d", got)
	}
	s.settle("2027-04-01")
	s.holds("member")
}

func TestStanding(t *testing.T) { // S-T5
	s := ranked(t, nil)
	s.buys("2026-03-10", 200_000)
	got := s.program.Standing(s.member, day("2026-06-01"))
	want := Standing{
		Tier: "regular", Next: "vip", Amount: 200_000, ToNext: 250_000, Until: day("2027-03-10"), WindowFrom: day("2025-06-02"),
		ReviewOn: day("2027-04-01"), Reached: "regular", Projected: "member",
		Measures: []Measured{{Criterion: Criterion{Metric: MetricSpend, Window: Window{RollingMonths, 12}}, Value: 200_000, Keep: 150_000, Next: 450_000}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := s.program.Standing(s.member, day("2027-03-20")); got.ToKeep != 150_000 {
		t.Errorf("to keep it at the review: %+v", got)
	}
}

func TestANewVersionAndHeldTiers(t *testing.T) { // D-7
	doc := one(Rule{Award: rate(2, 100)})
	plan, _ := SuggestTiers(DefaultTicket, nil)
	doc.Tiers = &plan
	v1 := compile(t, doc)
	next := plan
	next.Tiers = []Tier{plan.Tiers[0], {Code: "friend", Name: Text{En: "Friend"}, Threshold: 300_000}}
	doc2 := doc
	doc2.Tiers = &next
	v2 := compile(t, doc2)
	for _, c := range []struct {
		name    string
		mapping TierMapping
		spent   Money
		want    string
		until   string
	}{
		{"kept until its validity ends", TierMapping{To: "friend"}, 200_000, "friend", "2027-03-10"},
		{"judged at once", TierMapping{To: "friend", AtOnce: true}, 200_000, "member", ""},
		{"judged at once, and deserved", TierMapping{To: "friend", AtOnce: true}, 400_000, "friend", "2027-06-01"},
	} {
		timeline := NewTimeline(seoul, TellNobody, Version{From: at("2026-01-01 00:00"), Program: v1},
			Version{From: at("2026-06-01 00:00"), Program: v2, Mapping: map[string]TierMapping{"regular": c.mapping}})
		m := &Member{Joined: day("2026-01-01")}
		out := timeline.Advance(m, []Event{
			&Purchase{Source: "order:a", At: at("2026-03-10"), Day: day("2026-03-10"), Total: c.spent},
		}, day("2026-06-02"))
		last := out.Tiers[len(out.Tiers)-1]
		if last.Reason != TierMapped || last.Day != day("2026-06-01") || m.Tier.Code != c.want {
			t.Errorf("%s: %+v, %+v", c.name, m.Tier, last)
		}
		if c.until != "" && m.Tier.Until != day(c.until) {
			t.Errorf("%s: until %v, want %s", c.name, m.Tier.Until, c.until)
		}
	}
}

func TestLowerThresholdsLiftOnTheirDay(t *testing.T) {
	doc := one(Rule{Award: rate(2, 100)})
	plan, _ := SuggestTiers(DefaultTicket, nil)
	doc.Tiers = &plan
	v1 := compile(t, doc)
	lower := plan
	lower.Tiers = []Tier{plan.Tiers[0], {Code: "regular", Name: Text{En: "Regular"}, Threshold: 50_000}}
	doc.Tiers = &lower
	timeline := NewTimeline(seoul, TellNobody, Version{From: at("2026-01-01 00:00"), Program: v1},
		Version{From: at("2026-06-01 14:00"), Program: compile(t, doc)})
	m := &Member{Joined: day("2026-01-01")}
	out := timeline.Advance(m, []Event{
		&Purchase{Source: "order:a", At: at("2026-03-10"), Day: day("2026-03-10"), Total: 60_000},
	}, day("2026-07-01"))
	if len(out.Tiers) != 1 || out.Tiers[0].Day != day("2026-06-02") {
		t.Errorf("the first day that begins under the new version: %+v", out.Tiers)
	}
}
