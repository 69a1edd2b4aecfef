package terms

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dangol/models/calendar"
)

func TestLastDays(t *testing.T) { // S-P3, S-P4
	half := []YearDay{{6, 30}, {12, 31}}
	for _, c := range []struct {
		expiry     Expiry
		from, last string
	}{
		{Expiry{Kind: Never}, "2026-01-31", ""},
		{Expiry{Kind: Rolling, Months: 12}, "2020-07-06", "2021-07-31"},
		{Expiry{Kind: Rolling, Months: 1}, "2026-01-31", "2026-02-28"},
		{Expiry{Kind: Rolling, Months: 1, Until: ToDay}, "2026-01-31", "2026-02-28"},
		{Expiry{Kind: Rolling, Months: 1, Until: ToDay}, "2026-01-15", "2026-02-15"},
		{Expiry{Kind: Rolling, Months: 12, Until: ToQuarter}, "2026-04-01", "2027-06-30"},
		{Expiry{Kind: Rolling, Months: 12, Until: ToHalfYear}, "2026-07-01", "2027-12-31"},
		{Expiry{Kind: Rolling, Months: 12, Until: ToHalfYear}, "2026-06-30", "2027-06-30"},
		{Expiry{Kind: Rolling, Months: 12, Until: ToYear}, "2026-01-01", "2027-12-31"},
		{Expiry{Kind: Rolling, Months: 12, Until: ToGivenMonth, Month: 3}, "2026-03-31", "2027-03-31"},
		{Expiry{Kind: Rolling, Months: 12, Until: ToGivenMonth, Month: 3}, "2026-04-01", "2028-03-31"},
		{Expiry{Kind: Rolling, Months: 12, Until: ToGivenMonth, Month: 2}, "2026-11-30", "2028-02-29"},
		{Expiry{Kind: RollingDays, Days: 30}, "2026-01-31", "2026-03-02"},
		{Expiry{Kind: RollingDays, Days: 30, Until: ToMonth}, "2026-01-31", "2026-03-31"},
		{Expiry{Kind: Inactivity, Months: 12}, "2024-02-29", "2025-02-28"},
		{Expiry{Kind: OnDates, Dates: half}, "2026-06-30", "2026-06-30"},
		{Expiry{Kind: OnDates, Dates: half}, "2026-07-01", "2026-12-31"},
		{Expiry{Kind: OnDates, Dates: half, Months: 6}, "2026-07-01", "2027-06-30"},
		{Expiry{Kind: OnDates, Dates: []YearDay{{2, 29}}}, "2026-03-01", "2027-02-28"},
		{Expiry{Kind: OnDates, Dates: []YearDay{{2, 29}}}, "2027-03-01", "2028-02-29"},
	} {
		last := ""
		if d := c.expiry.LastDay(day(c.from)); !d.IsZero() {
			last = d.String()
		}
		if last != c.last {
			t.Errorf("%+v from %s ends on %s, want %s", c.expiry, c.from, last, c.last)
		}
	}
}

func TestNoLotEndsBeforeItBegins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := calendar.Date(rapid.IntRange(0, 40_000).Draw(t, "from"))
		e := drawExpiry(t)
		last, later := e.LastDay(from), e.LastDay(from+1)
		if last < from || later < last {
			t.Fatalf("%+v: from %v to %v, from the next day to %v", e, from, last, later)
		}
	})
}

func TestHoldsEnd(t *testing.T) { // D-53
	for _, c := range []struct {
		hold      Hold
		day, ends string
	}{
		{Hold{Days: 7}, "2026-11-22", "2026-11-29"},
		{Hold{Months: 1}, "2026-01-31", "2026-02-28"},
		{Hold{Months: 1, Until: ToMonth}, "2026-01-31", "2026-03-01"},
		{Hold{Months: 3, Until: ToYear}, "2026-05-05", "2027-01-01"},
		{Hold{Date: day("2026-12-24")}, "2026-11-22", "2026-12-24"},
	} {
		if got := c.hold.ends(day(c.day)); got != day(c.ends) {
			t.Errorf("%+v of %s ends on %v, want %s", c.hold, c.day, got, c.ends)
		}
	}
	if late := (&Hold{Date: day("2026-12-24")}); !late.ends(day("2026-12-24")).IsZero() {
		t.Error("what comes on the day is not held")
	}
}

// awaiting is a shop whose points come with the delivery, within 30 days, and then last a month.
func awaiting(t *testing.T) *shop {
	doc := one(Rule{Award: rate(1, 10), Hold: Hold{Event: "delivered", Within: 30}})
	doc.Units[0].Expiry = Expiry{Kind: Rolling, Months: 1}
	return open(t, doc, TellNobody)
}

func (s *shop) delivered(order *Purchase, date string) Outcome {
	s.settle(date)
	return s.record(s.program.Release(s.member, &Happened{Event: "delivered", Order: order.Source, At: at(date), Day: day(date)}))
}

func TestAnEventReleases(t *testing.T) { // S-P1, S-P2
	s := awaiting(t)
	order, out := s.buys("2026-01-10", 1_000)
	if a := out.Awards[0]; a.Awaits != "delivered" || a.CancelsOn != day("2026-02-10") || !a.ExpiresOn.IsZero() {
		t.Errorf("%+v", a)
	}
	s.wants(100, 0, 0)
	if n, _ := s.program.Redeemable(s.member, &Request{Day: day("2026-01-20"), Total: 1_000}); n != 0 {
		t.Errorf("%d pending points can be spent", n)
	}
	s.delivered(order, "2026-02-05")
	s.wants(0, 100, 0)
	if last := s.account().Lots[0].ExpiresOn; last != day("2026-03-31") {
		t.Errorf("activation starts the clock: %v", last)
	}
	if again := s.delivered(order, "2026-02-06"); len(again.Movements) != 0 {
		t.Errorf("released twice: %+v", again.Movements)
	}
	s.refund(order, "2026-02-07", 1_000)
	s.wants(0, 0, 0)
}

func TestWhatDoesNotComeIsCancelled(t *testing.T) { // S-P2
	s := awaiting(t)
	order, _ := s.buys("2026-01-10", 1_000)
	s.refund(order, "2026-01-11", 400)
	s.settle("2026-02-09")
	s.wants(60, 0, 0)
	out := s.settle("2026-03-01")
	s.wants(0, 0, 0)
	mv := out.Movements[0]
	if mv.Kind != CancelHold || mv.Points != -60 || mv.Reverses != 1 || mv.Cause() != "cancel:lot 1" || !mv.At.Equal(at("2026-02-10 00:00")) {
		t.Errorf("%+v", mv)
	}
	if late := s.delivered(order, "2026-03-02"); len(late.Movements) != 0 {
		t.Errorf("it came too late: %+v", late.Movements)
	}
	s.refund(order, "2026-03-03", 600)
	s.wants(0, 0, 0)
}

func TestActivityProlongsEverything(t *testing.T) {
	doc := one(Rule{Award: rate(1, 10)}, Rule{Award: rate(1, 20), Expiry: Expiry{Kind: RollingDays, Days: 10}})
	doc.Units[0].Expiry = Expiry{Kind: Inactivity, Months: 12, By: []Activity{ByPurchase}}
	s := open(t, doc, TellNobody)
	s.buys("2026-01-10", 1_000)
	_, out := s.buys("2026-06-10", 1_000)
	if len(out.Extensions) != 1 || out.Extensions[0].To != day("2027-06-10") || out.Extensions[0].Reason != ForActivity {
		t.Errorf("the older lot lives on: %+v", out.Extensions)
	}
	s.wants(0, 250, 0)
	s.settle("2026-06-21") // the other rule's end is its own
	s.wants(0, 200, 0)
	if out := s.record(s.program.Accrue(s.member, s.order("2026-06-01", 0))); len(out.Extensions) != 0 {
		t.Errorf("a late order shortens nothing: %+v", out.Extensions)
	}
	s.settle("2027-06-10")
	s.wants(0, 200, 0)
	s.settle("2027-06-11")
	s.wants(0, 0, 0)
}

func TestWhoWasToldOfTheOldEndWasNotToldOfTheNewOne(t *testing.T) {
	doc := one(Rule{Award: rate(1, 10)})
	doc.Units[0].Expiry = Expiry{Kind: Inactivity, Months: 2, By: []Activity{ByUsing}}
	s := open(t, doc, TellByFact)
	s.buys("2026-01-10", 10_000)
	s.account().Lots[0].ToldOn = day("2026-02-10")
	s.pays("2026-03-01", 500, 500)
	s.settle("2026-05-02")
	if a := s.account(); a.Available != 500+0 || a.Lots[0].ExpiresOn != day("2026-06-01") {
		t.Errorf("%+v", a)
	}
}

func TestATierMayKeepPointsForEver(t *testing.T) {
	doc := one(Rule{Award: rate(1, 10)})
	doc.Tiers = &TierPlan{
		Metric: MetricSpend, Window: Window{Kind: CalendarYear}, ReviewDay: 1, Validity: Validity{Kind: ValidNextYear}, Downgrade: DownFull,
		Tiers: []Tier{{Code: "green", Name: Text{En: "Green"}}, {Code: "gold", Name: Text{En: "Gold"}, Threshold: 5_000}},
	}
	doc.Units[0].Expiry = Expiry{Kind: Rolling, Months: 6, Tiers: []TierExpiry{{"gold", Expiry{Kind: Never}}}}
	s := open(t, doc, TellNobody)
	s.buys("2026-01-10", 1_000)
	s.buys("2026-02-10", 5_000) // still green as it is earned
	s.buys("2026-03-10", 1_000)
	if last := s.account().Lots[2]; !last.ExpiresOn.IsZero() {
		t.Errorf("gold: %+v", last)
	}
	s.settle("2027-12-31")
	s.wants(0, 700, 0)
	s.settle("2028-02-01") // green again: what was prolonged ends, what never ends stays
	s.wants(0, 100, 0)
	page := ""
	for _, clause := range doc.Describe("en") {
		page += strings.Join(clause.Sentences, " ")
	}
	if !strings.Contains(page, "There's no expiry date on your Gold points.") || !strings.Contains(page, "We'll tell you") {
		t.Error(page)
	}
}

func TestLifeIsSaidInBothLanguages(t *testing.T) {
	doc := one(
		Rule{Code: "a", Award: rate(1, 10), Expiry: Expiry{Kind: RollingDays, Days: 30}, Hold: Hold{Event: "confirmed", Within: 14}},
		Rule{Code: "b", Award: rate(1, 10), Hold: Hold{Months: 1, Until: ToMonth}},
		Rule{Code: "c", Award: rate(1, 10), Hold: Hold{Date: day("2026-12-24")}})
	doc.Units[0].Expiry = Expiry{Kind: Inactivity, Months: 12, Until: ToQuarter, By: []Activity{ByPurchase, ByUsing}}
	doc.Earning[0].Name = Text{En: "Summer", Ko: "여름"}
	doc.Units[0].Name.Ko, doc.Units[0].Plural = "포인트", Text{Ko: "포인트", En: "points"}
	compile(t, doc)
	for locale, wants := range map[string][]string{
		"ko": {
			"포인트는 마지막으로 사시거나 쓰신 날부터 1년 뒤 그날이 든 분기의 마지막 날까지 쓸 수 있어요. 그때마다 기한이 모두 늘어나요.",
			"‘여름’ 포인트는 들어온 날부터 30일 뒤 그날까지 쓸 수 있어요.", "구매가 확정되면 들어와요.", "구매하신 날부터 14일 안에 그렇게 되지 않으면 들어오지 않아요.",
			"구매하신 날부터 1개월 뒤 그날이 든 달의 마지막 날이 지나면 들어와요.", "2026-12-24에 들어와요.",
		},
		"en": {
			"You keep your points for 1 year after the day you last bought something or used some, and then to the end of the quarter in which that time runs out. Each time you do, that time starts again for all of them.",
			"You keep your points from “Summer” for 30 days after the day they become available.", "Available after the end of the month that lies 1 month after the purchase.",
			"Available once the purchase is confirmed.",
			"If that doesn't happen within 14 days of the purchase, nothing is added.",
		},
	} {
		var said []string
		for _, clause := range doc.Describe(locale) {
			said = append(said, clause.Sentences...)
		}
		for _, want := range wants {
			if !slices.Contains(said, want) {
				t.Errorf("%s does not say %q:\n%s", locale, want, strings.Join(said, "\n"))
			}
		}
	}
}

func TestFaultsOfLife(t *testing.T) {
	for name, c := range map[string]struct {
		expiry Expiry
		hold   Hold
		want   string
	}{
		"no months":          {expiry: Expiry{Kind: Rolling}, want: "/units/0/expiry/months out_of_range"},
		"days with months":   {expiry: Expiry{Kind: Rolling, Months: 1, Days: 1}, want: "/units/0/expiry/days out_of_range"},
		"both":               {expiry: Expiry{Kind: Inactivity, Months: 1, Days: 1, By: []Activity{ByUsing}}, want: "/units/0/expiry exactly_one"},
		"no activity":        {expiry: Expiry{Kind: Inactivity, Months: 1}, want: "/units/0/expiry/by out_of_range"},
		"unknown activity":   {expiry: Expiry{Kind: Inactivity, Months: 1, By: []Activity{"sleep"}}, want: "/units/0/expiry/by/0 not_one_of"},
		"activity elsewhere": {expiry: Expiry{Kind: Never, By: []Activity{ByUsing}}, want: "/units/0/expiry/by only_with"},
		"no dates":           {expiry: Expiry{Kind: OnDates}, want: "/units/0/expiry/dates out_of_range"},
		"30 February":        {expiry: Expiry{Kind: OnDates, Dates: []YearDay{{2, 30}}}, want: "/units/0/expiry/dates/0/day out_of_range"},
		"twice":              {expiry: Expiry{Kind: OnDates, Dates: []YearDay{{2, 3}, {2, 3}}}, want: "/units/0/expiry/dates/1 taken"},
		"no given month":     {expiry: Expiry{Kind: Rolling, Months: 1, Until: ToGivenMonth}, want: "/units/0/expiry/month out_of_range"},
		"until of never":     {expiry: Expiry{Kind: Never, Until: ToYear}, want: "/units/0/expiry/until not_one_of"},
		"no such tier":       {expiry: Expiry{Kind: Never, Tiers: []TierExpiry{{"gold", Expiry{Kind: Never}}}}, want: "/units/0/expiry/tiers/0/tier unknown_code"},
		"two holds":          {hold: Hold{Days: 1, Event: "x"}, want: "/earning/0/hold exactly_one"},
		"within what":        {hold: Hold{Within: 1}, want: "/earning/0/hold/within_days only_with"},
		"event":              {hold: Hold{Event: "No!"}, want: "/earning/0/hold/event malformed"},
	} {
		doc := one(Rule{Award: rate(1, 10), Hold: c.hold})
		if c.expiry.Kind != "" {
			doc.Units[0].Expiry = c.expiry
		}
		_, err := Compile(doc, 1)
		if got := faultsOf(t, err); !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s: %q, want %s", name, got, c.want)
		}
	}
}

// A dividend of a year is paid in March of the next.
func TestAHoldToTheEndOfTheYearAndLonger(t *testing.T) {
	hold := Hold{Until: ToYear, Plus: 2}
	for on, want := range map[string]string{"2026-01-01": "2027-03-01", "2026-12-31": "2027-03-01", "2027-01-01": "2028-03-01"} {
		if got := hold.ends(day(on)); got != day(want) {
			t.Errorf("%s: until %v, want %s", on, got, want)
		}
	}
	doc := one(Rule{Award: rate(1, 100), Hold: hold})
	if page := flat(doc.Describe("en")); !slices.Contains(page, "Available 2 months after the end of the year of the purchase.") {
		t.Errorf("%q", page)
	}
	if page := flat(doc.Describe("ko")); !slices.Contains(page, "구매하신 해의 마지막 날이 지나고 2개월 뒤에 들어와요.") {
		t.Errorf("%q", page)
	}
	doc.Earning[0].Hold = Hold{Until: ToDay, Plus: 2}
	if faults := doc.Validate(); len(faults) != 2 { // no period, and nothing that it could be longer than
		t.Errorf("%v", faults)
	}
}
