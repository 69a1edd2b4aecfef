package terms

import (
	"testing"

	"dangol/models"
	"dangol/models/calendar"
)

// yearly is a shop whose points end a year later, at the month's end.
func yearly(t *testing.T, telling Telling) *shop {
	doc := one(Rule{Award: rate(1, 10)})
	doc.Units[0].Expiry = Expiry{Kind: Rolling, Months: 12}
	return open(t, doc, telling)
}

func TestALotEndsAfterItsLastDay(t *testing.T) { // S-P3, S-P4
	s := yearly(t, TellNobody)
	s.buys("2026-11-22", 1_000)
	s.settle("2027-11-30")
	s.wants(0, 100, 0)
	out := s.settle("2027-12-01")
	s.wants(0, 0, 0)
	mv := out.Movements[0]
	if mv.Cause() != "expire:lot 1" || !mv.At.Equal(at("2027-12-01 00:00")) || mv.Uses[0] != (LotUse{1, -100}) {
		t.Errorf("it ends as the day begins: %+v", mv)
	}
	if again := s.settle("2027-12-31"); len(again.Movements) != 0 { // S-P6
		t.Errorf("nothing ends twice: %+v", again)
	}
}

func TestOnlyWhatIsLeftEnds(t *testing.T) {
	s := yearly(t, TellNobody)
	s.buys("2026-11-22", 10_000)
	s.pays("2026-12-05", 700, 700)
	out := s.settle("2027-12-01")
	if mv := out.Movements[0]; mv.Points != -300 {
		t.Errorf("700 of 1,000 were spent: %+v", mv)
	}
}

func TestNobodyLosesAPointUntold(t *testing.T) {
	s := yearly(t, TellByFact)
	s.buys("2026-11-22", 1_000)
	out := s.settle("2027-12-22") // 13 months later
	s.wants(0, 100, 0)
	if len(out.Extensions) != 1 || out.Extensions[0].From != day("2027-11-30") || out.Extensions[0].To != day("2027-12-31") {
		t.Fatalf("prolonged by a month: %+v", out.Extensions)
	}
	s.account().Lots[0].ToldOn = day("2027-12-29") // too late for the 31st
	s.settle("2028-01-01")
	s.wants(0, 100, 0)
	s.settle("2028-01-31")
	s.wants(0, 100, 0)
	out = s.settle("2028-02-01")
	s.wants(0, 0, 0)
	if len(out.Movements) != 1 {
		t.Errorf("once: %+v", out.Movements)
	}
}

func TestToldInTime(t *testing.T) {
	for told, left := range map[string]Points{"2027-11-27": 0, "2027-11-28": 100, "2027-10-01": 0} {
		s := yearly(t, TellByFact)
		s.buys("2026-11-22", 1_000)
		s.account().Lots[0].ToldOn = day(told)
		s.settle("2027-12-01")
		s.wants(0, left, 0)
	}
}

func TestASandboxTellsByItsOutbox(t *testing.T) {
	s := yearly(t, TellByOutbox)
	s.buys("2026-11-22", 1_000)
	s.settle("2027-12-01")
	s.wants(0, 0, 0)
	out, _ := s.program.Grant(s.member, &Grant{Source: "grant:1", At: at("2027-12-01"), Day: day("2027-12-01"), Points: 50, Expiry: day("2027-12-02")})
	s.record(out)
	s.settle("2027-12-03")
	s.wants(0, 50, 0) // no notice could have come three days before
}

func TestProlongingKeepsTheMonthsEnd(t *testing.T) {
	for from, want := range map[string]string{
		"2027-11-30": "2027-12-31", "2027-02-28": "2027-03-31", "2028-02-28": "2028-03-28", "2027-01-30": "2027-02-28",
	} {
		if got := monthLater(day(from)); got != day(want) {
			t.Errorf("%s: %v, want %s", from, got, want)
		}
	}
}

func TestBeginningsInOrder(t *testing.T) { // S-P5: activate, tiers, expire, on one day
	doc := one(Rule{Award: rate(1, 10), Hold: Hold{Days: 9}})
	doc.Units[0].Expiry = Expiry{Kind: Rolling, Months: 1}
	doc.Tiers = &TierPlan{
		Metric: MetricSpend, Window: Window{RollingMonths, 1}, ReviewDay: 1, Validity: Validity{Kind: ValidForMonths, Months: 1},
		Downgrade: DownFull, Tiers: []Tier{{Code: "all", Name: Text{En: "All"}}, {Code: "top", Name: Text{En: "Top"}, Threshold: 5_000}},
	}
	s := open(t, doc, TellNobody)
	s.buys("2026-10-23", 5_000) // activates on 1 November, ends on 31 December
	s.buys("2026-12-23", 1_000) // activates on 1 January
	out := s.settle("2027-01-01")
	var kinds []Kind
	for _, mv := range out.Movements {
		kinds = append(kinds, mv.Kind)
	}
	if len(kinds) != 3 || kinds[0] != Activate || kinds[1] != Activate || kinds[2] != Expire {
		t.Errorf("%v", kinds)
	}
	if s.member.Tier.Code != "all" {
		t.Errorf("the tier was judged on 1 December: %+v", s.member.Tier)
	}
}

func TestMidnight(t *testing.T) {
	s := yearly(t, TellNobody)
	s.buys("2026-11-22", 1_000)
	lastDay := calendar.DateOf(at("2027-11-30 23:59"), seoul)
	s.record(s.timeline.Settle(s.member, lastDay))
	s.wants(0, 100, 0)
	s.record(s.timeline.Settle(s.member, calendar.DateOf(at("2027-12-01 00:00"), seoul)))
	s.wants(0, 0, 0)
}

func TestNextDue(t *testing.T) {
	s := yearly(t, TellNobody)
	if due := s.timeline.NextDue(s.member); !due.IsZero() {
		t.Errorf("nothing is due for a member without points: %v", due)
	}
	s.buys("2026-11-22", 1_000)
	if due := s.timeline.NextDue(s.member); due != day("2027-12-01") {
		t.Errorf("the day after the lot's last: %v", due)
	}
	mall := open(t, Default(models.TradeOnline, 30_000), TellNobody)
	mall.buys("2026-11-22", 1_000)
	if due := mall.timeline.NextDue(mall.member); due != day("2026-11-29") {
		t.Errorf("the end of the hold: %v", due)
	}
}

func TestVersionsRuleByTheirTime(t *testing.T) { // D-7
	one1, one2 := one(Rule{Award: rate(1, 100)}), one(Rule{Award: rate(5, 100), Hold: Hold{Days: 3}})
	one1.Units[0].Expiry, one2.Units[0].Expiry = Expiry{Kind: Rolling, Months: 12}, Expiry{Kind: Rolling, Months: 24}
	v1, v2 := compile(t, one1), compile(t, one2)
	timeline := NewTimeline(seoul, TellNobody,
		Version{From: at("2026-12-01 00:00"), Program: v2}, Version{From: at("2026-01-01 00:00"), Program: v1})
	m := &Member{Joined: day("2026-01-01")}
	events := []Event{
		&Purchase{Source: "order:a", At: at("2025-12-31 23:59"), Day: day("2025-12-31"), Total: 10_000}, // before the first version
		&Purchase{Source: "order:b", At: at("2026-11-30 23:59"), Day: day("2026-11-30"), Total: 10_000},
		&Purchase{Source: "order:c", At: at("2026-12-01 00:00"), Day: day("2026-12-01"), Total: 10_000},
	}
	out := timeline.Advance(m, events, day("2026-12-31"))
	if len(out.Awards) != 2 || out.Awards[0].Points != 100 || out.Awards[1].Points != 500 {
		t.Fatalf("each by the version of its moment: %+v", out.Awards)
	}
	if timeline.Version(1) == nil || timeline.Version(2) != nil || len(timeline.Needs().Units) != 1 {
		t.Errorf("both are version 1, and need one unit: %+v", timeline.Needs())
	}
	timeline.Settle(m, day("2027-12-01"))
	if a := m.Account("p"); a.Available != 500 || a.Lots[0].ExpiresOn != day("2028-12-31") {
		t.Errorf("a lot keeps the last day that it was given: %+v", a)
	}
}

func TestARefundGoesByTheVersionOfItsOrder(t *testing.T) { // D-7
	forgiving, owing := one(Rule{Award: rate(1, 10)}), one(Rule{Award: rate(1, 10)})
	forgiving.Refunds.Shortfall = Forgive
	timeline := NewTimeline(seoul, TellNobody,
		Version{From: at("2026-01-01 00:00"), Program: compile(t, forgiving)}, Version{From: at("2026-12-01 00:00"), Program: compile(t, owing)})
	for bought, owes := range map[string]Points{"2026-11-30": 0, "2026-12-01": 100} {
		m := &Member{}
		history := History{Source: "order:a", At: at(bought), Day: day(bought), Whole: 1_000, Awards: []Given{{Seq: 1, Unit: "p", Rule: "a", Points: 100}}}
		timeline.Advance(m, []Event{
			&Refund{Source: "refund:a", At: at("2026-12-02"), Day: day("2026-12-02"), Amount: 1_000, History: history},
		}, day("2026-12-02"))
		if got := m.Account("p").Deficit; got != owes {
			t.Errorf("bought on %s, and spent since: owes %d, want %d", bought, got, owes)
		}
	}
}
