package terms

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dangol/models/calendar"
)

// climbed opens a shop that gives a point for each of the currency's smallest part, with a plan.
func climbed(t rapid.TB, plan TierPlan, change ...func(*Terms)) *shop {
	doc := one(Rule{Award: rate(1, 1)})
	doc.Tiers = &plan
	for _, c := range change {
		c(&doc)
	}
	return open(t, doc, TellNobody)
}

func named(code string, threshold Money) Tier {
	return Tier{Code: code, Name: Text{En: strings.ToUpper(code[:1]) + code[1:]}, Threshold: threshold}
}

// Sephora: spending of a calendar year, valid to the end of the next one.
func TestYearsSpendingLastsToTheEndOfTheNext(t *testing.T) { // S-T2
	s := climbed(t, TierPlan{
		Metric: MetricSpend, Window: Window{Kind: CalendarYear}, Validity: Validity{Kind: ValidNextPeriod}, AtEnd: true, Downgrade: DownFull,
		Tiers: []Tier{named("insider", 0), named("vib", 350_00), named("rouge", 1000_00)},
	})
	s.buys("2026-05-10", 400_00)
	s.holds("vib")
	if until := s.member.Tier.Until; until != day("2028-01-01") {
		t.Errorf("reached in 2026, held through 2027: %v", until)
	}
	s.buys("2027-11-01", 360_00) // again in 2027: through 2028
	s.settle("2028-01-01")
	s.holds("vib")
	if until := s.member.Tier.Until; until != day("2029-01-01") {
		t.Errorf("kept by what 2027 brought: %v", until)
	}
	if got := s.program.Standing(s.member, day("2028-03-01")); got.Projected != "insider" || got.ReviewOn != day("2029-01-01") || got.ToKeep != 350_00 || got.WindowTo != day("2028-12-31") {
		t.Errorf("nothing in 2028 so far: %+v", got)
	}
	s.settle("2029-01-01")
	s.holds("insider")
	s.buys("2029-05-10", 1000_00)
	s.buys("2030-05-10", 400_00)
	s.settle("2031-01-01")
	s.holds("vib") // what 2030 brought, and as long as that lasts by itself
	s.settle("2032-01-01")
	s.holds("insider")
}

// Starbucks: stars earned in a calendar year; what is still pending is none yet.
func TestStarsOfAYear(t *testing.T) { // S-T4
	s := climbed(t, TierPlan{
		Metric: MetricEarned, Window: Window{Kind: CalendarYear}, Validity: Validity{Kind: ValidNextPeriod}, AtEnd: true, Downgrade: DownFull,
		Tiers: []Tier{named("green", 0), {Code: "gold", Name: Text{En: "Gold"}, Threshold: 500, Welcome: Welcome{Points: 25},
			Benefits: []Text{{En: "free refills"}}}, named("reserve", 2500)},
	}, func(d *Terms) { d.Earning[0].Hold.Days = 3 })
	s.buys("2026-02-10", 600)
	s.holds("green")
	out := s.settle("2026-02-13")
	s.holds("gold")
	if len(out.Movements) != 3 || out.Movements[2].Source != "tier:gold:2026-01-01" || out.Movements[2].Points != 25 {
		t.Errorf("activated, and greeted: %+v", out.Movements)
	}
	if words := s.program.Terms().Explain(out.Movements[2].Why, "en"); !slices.Equal(words, []string{"For becoming Gold: 25 points"}) {
		t.Errorf("%q", words)
	}
	s.pays("2026-03-01", 600, 600)
	s.holds("gold") // spending lowers nothing
	if got := s.program.Standing(s.member, day("2026-06-01")); got.Amount != 600 || got.ToNext != 1900 || got.Next != "reserve" {
		t.Errorf("the greeting does not count: %+v", got)
	}
}

// adidas: level points that are valid for twelve months to the end of the month; the level is what there is.
func TestLevelPointsThatEnd(t *testing.T) { // S-P5
	s := climbed(t, TierPlan{
		Metric: MetricBalance, Unit: "p", Window: Window{Kind: NoWindow}, Validity: Validity{Kind: NoValidity}, ReviewDay: 1, Downgrade: DownFull,
		Tiers: []Tier{named("level1", 0), named("level2", 1000), named("level3", 4000)},
	}, func(d *Terms) {
		d.Units[0].Kind, d.Units[0].Expiry, d.Redemptions = Qualifying, Expiry{Kind: Rolling, Months: 12}, nil
	})
	s.buys("2026-03-10", 800)
	s.buys("2026-08-20", 300)
	s.holds("level2")
	s.settle("2027-03-31")
	s.holds("level2")
	out := s.settle("2027-04-01")
	s.holds("level1") // the same night: points end, then tiers are judged
	if len(out.Tiers) != 1 || out.Tiers[0].Amount != 300 || out.Tiers[0].Day != day("2027-04-01") {
		t.Errorf("%+v", out.Tiers)
	}
}

// Wildberries, sellers: each month is judged by several criteria of the month before; the top is given by hand.
func TestMonthlyCriteria(t *testing.T) { // S-T3, S-T5
	month := Window{Kind: CalendarMonth}
	s := climbed(t, TierPlan{
		Metric: MetricSpend, Window: month, Upgrade: UpNextPeriod, Validity: Validity{Kind: ValidPeriod}, AtEnd: true, Downgrade: DownFull,
		Numbers: []Number{{Code: "rating", Name: Text{Ko: "별점", En: "Rating"}}},
		Tiers: []Tier{named("initial", 0),
			{Code: "bronze", Name: Text{En: "Bronze"}, Threshold: 1000, All: []Criterion{{Metric: MetricNumber, Number: "rating", AtLeast: 450}}},
			{Code: "silver", Name: Text{En: "Silver"}, All: []Criterion{{Metric: MetricNumber, Number: "rating", AtLeast: 470}},
				Any: []Criterion{{Metric: MetricSpend, AtLeast: 3000}, {Metric: MetricOrders, AtLeast: 3}}},
			{Code: "platinum", Name: Text{En: "Platinum"}, ByHand: true}},
	})
	s.program.Look(s.member, &Look{Source: "numbers:1", At: at("2026-01-05"), Day: day("2026-01-05"), Numbers: []NumberValue{{"rating", 475}}})
	for _, date := range []string{"2026-01-10", "2026-01-11", "2026-01-12"} {
		s.buys(date, 100)
	}
	s.holds("initial")
	if got := s.program.Standing(s.member, day("2026-01-20")); got.Projected != "silver" {
		t.Errorf("three orders and a rating: %+v", got)
	}
	out := s.settle("2026-02-01")
	s.holds("silver")
	change := out.Tiers[0]
	if FormatReadings(change.Readings) != "spend=300 number:rating=475 orders=3" || change.WindowFrom != day("2026-01-01") || change.Until != day("2026-03-01") {
		t.Errorf("%+v", change)
	}
	if back := ParseReadings(FormatReadings(change.Readings)); !slices.Equal(back, change.Readings) {
		t.Errorf("%+v", back)
	}
	s.buys("2026-02-10", 1500)
	s.settle("2026-03-01")
	s.holds("bronze")
	s.settle("2026-04-01")
	s.holds("initial")
	floor := TierFloor{Source: "floor:1", At: at("2026-04-02"), Day: day("2026-04-02"), Tier: "platinum", Until: day("2026-06-30")}
	if out, _ := s.program.SetFloor(s.member, &floor); len(out.Tiers) != 1 || out.Tiers[0].Reason != TierSet || out.Tiers[0].Until != day("2026-07-01") {
		t.Errorf("%+v", out)
	}
	s.settle("2026-06-30")
	s.holds("platinum")
	s.settle("2026-07-01")
	s.holds("initial")
	if _, refusal := s.program.SetFloor(s.member, &TierFloor{Tier: "gold"}); refusal.Code != NoSuchTier {
		t.Errorf("%+v", refusal)
	}
	want := []string{"# Tiers", "Everyone starts as Initial.",
		"You become Bronze with at least $10.00 spent in a calendar month and rating of at least 4.5.",
		"You become Silver with rating of at least 4.7, and with at least $30.00 spent in a calendar month or at least 3 orders in a calendar month.",
		"Platinum is by invitation.", "You move up on the first day of the next month.", "You keep a tier to the end of that month.",
		"We review your tier when that time ends. If you no longer qualify, you move to the tier you qualify for."}
	page := flat(s.program.Terms().Describe("en"))
	from := slices.Index(page, "# Tiers")
	doc := s.program.Terms()
	if doc.Currency == "USD" && !slices.Equal(page[from:from+len(want)], want) {
		t.Errorf("%s", strings.Join(page[from:], "\n"))
	}
}

// What was given by hand goes with its floor; what was reached stays until it is judged.
func TestALiftedFloor(t *testing.T) { // S-T3
	s := ranked(t, nil)
	set := func(floor TierFloor) Outcome {
		floor.At, floor.Day = at("2026-03-10"), day("2026-03-10")
		out, _ := s.program.SetFloor(s.member, &floor)
		return out
	}
	set(TierFloor{Source: "floor:1", Tier: "vip"})
	s.holds("vip")
	set(TierFloor{Source: "floor:2"})
	s.holds("vip")
	if out := set(TierFloor{Source: "floor:3", Given: true}); len(out.Tiers) != 1 || out.Tiers[0].To != "member" {
		t.Errorf("%+v", out.Tiers)
	}
}

func TestATierThatIsNeverLost(t *testing.T) {
	s := ranked(t, func(p *TierPlan) { p.Downgrade, p.Grace = DownFull, 0; p.Tiers[1].Lasting = true })
	s.buys("2026-03-10", 500_000)
	s.settle("2030-01-01")
	s.holds("regular")
}

func TestGraceToTheEndOfTheQuarter(t *testing.T) {
	s := ranked(t, func(p *TierPlan) { p.Grace, p.GraceTo = 1, QuarterPeriod })
	s.buys("2026-03-10", 200_000)
	s.settle("2027-04-01") // failed: a month, and to the end of June
	s.settle("2027-06-30")
	s.holds("regular")
	s.settle("2027-07-01")
	s.holds("member")
}

func TestTwelveMonths(t *testing.T) { // D-53
	year := Window{Kind: RollingMonths, Months: 12}
	for today, first := range map[string]string{"2026-11-22": "2025-11-23", "2028-02-29": "2027-03-01"} {
		if got := year.from(0, day(today)); got != day(first) {
			t.Errorf("%s: from %v, want %s", today, got, first)
		}
	}
}

func TestWindowsAndValidities(t *testing.T) {
	joined := day("2024-02-29")
	for _, c := range []struct {
		kind        WindowKind
		day         string
		first, next string
	}{
		{CalendarMonth, "2026-02-28", "2026-02-01", "2026-03-01"}, {CalendarQuarter, "2026-06-30", "2026-04-01", "2026-07-01"},
		{CalendarHalf, "2026-07-01", "2026-07-01", "2027-01-01"}, {CalendarYear, "2026-12-31", "2026-01-01", "2027-01-01"},
		{MemberYear, "2026-02-27", "2025-02-28", "2026-02-28"}, {MemberYear, "2028-02-29", "2028-02-29", "2029-02-28"},
	} {
		first, next := Window{Kind: c.kind}.period(joined, day(c.day))
		if first != day(c.first) || next != day(c.next) {
			t.Errorf("%s %s: %v to %v", c.kind, c.day, first, next)
		}
	}
	for _, c := range []struct {
		validity Validity
		want     string
	}{
		{Validity{Kind: ValidPeriod}, "2026-07-01"}, {Validity{Kind: ValidNextPeriod, ExtendMonths: 1, ExtendDays: 2}, "2026-11-03"},
		{Validity{Kind: ValidToDate, Month: 3, Day: 31}, "2027-04-01"}, {Validity{Kind: ValidToDate, Month: 5, Day: 10}, "2026-05-11"},
	} {
		plan := TierPlan{Window: Window{Kind: CalendarQuarter}, Validity: c.validity}
		if got := plan.until(joined, day("2026-05-10")); got != day(c.want) {
			t.Errorf("%+v: %v, want %s", c.validity, got, c.want)
		}
	}
}

// The series that tiers are judged by are what the ledger and the orders say, added up anew.
func TestSeriesAreWhatTheLedgerSays(t *testing.T) { // S-T1, S-T4
	rapid.Check(t, func(t *rapid.T) {
		doc := drawTerms(t)
		doc.Tiers = drawPlan(t)
		doc.Tiers.Metric, doc.Tiers.Window = MetricEarned, Window{Kind: Lifetime}
		s := play(t, doc, TellNobody, drawScript(t), false, nil)
		if !s.program.tracks.earns("p") {
			t.Fatal("nothing is tracked")
		}
		days := map[calendar.Date]int64{}
		for i := range s.ledger {
			mv := &s.ledger[i]
			switch {
			case mv.Unit != "p" || strings.HasPrefix(mv.Source, "tier:"):
			case mv.Kind == Earn && mv.Bucket != Pending:
				days[calendar.DateOf(mv.OccurredAt, seoul)] += Owned(mv.Bucket, mv.Points)
			case mv.Kind == Activate && mv.Bucket == Pending:
				days[calendar.DateOf(s.lots[mv.Uses[0].Lot].EarnedAt, seoul)] -= mv.Points
			case mv.Kind == Clawback && s.ledger[mv.Reverses-1].Kind == Earn:
				days[calendar.DateOf(s.ledger[mv.Reverses-1].OccurredAt, seoul)] += Owned(mv.Bucket, mv.Points)
			}
		}
		for _, d := range s.account().Earned {
			if days[d.Day] != d.Amount {
				t.Fatalf("%v: %d, by the ledger %d", d.Day, d.Amount, days[d.Day])
			}
			delete(days, d.Day)
		}
		for date, left := range days {
			if left != 0 {
				t.Fatalf("%v: %d are missing", date, left)
			}
		}
	})
}
