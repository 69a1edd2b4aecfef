package terms

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// giving is a shop whose members may give points away, and a second member of it.
func giving(t rapid.TB, how Transfer) (*shop, *Member) {
	doc := one(Rule{Award: rate(1, 10)})
	doc.Units[0].Expiry = Expiry{Kind: Rolling, Months: 1}
	how.Unit = "p"
	doc.Transfers = []Transfer{how}
	doc.Causes = []Cause{{Code: "trees", Name: Text{En: "Trees", Ko: "나무"}, Unit: "p", Minimum: 50, Share: Ratio{1, 100}}}
	return open(t, doc, TellNobody), &Member{Joined: day("2026-01-01")}
}

func (s *shop) hands(to *Member, date string, points, sent Points) (Outcome, Outcome, Refusal) {
	s.settle(date)
	s.timeline.Settle(to, day(date))
	given, received, refusal := s.program.Transfer(s.member, to, &Handover{Source: "transfer:pos:T1", At: at(date), Day: day(date), Points: points, Sent: sent})
	s.record(given)
	return given, received, refusal
}

func TestATransferKeepsTheLotsApart(t *testing.T) { // S-P1
	s, to := giving(t, Transfer{})
	s.buys("2026-01-10", 1_000)
	s.buys("2026-02-10", 1_000)
	given, received, refusal := s.hands(to, "2026-02-11", 150, 0)
	if refusal.Refused() || len(given.Movements) != 1 || given.Movements[0].Points != -150 || len(received.Movements) != 2 {
		t.Fatalf("%+v %+v %+v", given, received, refusal)
	}
	got := to.Account("p")
	if got.Available != 150 || got.Lots[0].Points != 100 || got.Lots[0].ExpiresOn != day("2026-02-28") || got.Lots[1].ExpiresOn != day("2026-03-31") {
		t.Errorf("each keeps its end: %+v", got)
	}
	if a, b := received.Movements[0].Cause(), received.Movements[1].Cause(); a != "transfer:pos:T1/lot-1" || b != "transfer:pos:T1/lot-2" {
		t.Errorf("%s, %s", a, b)
	}
	s.wants(0, 50, 0)
}

func TestATransferMayResetTheEnd(t *testing.T) {
	s, to := giving(t, Transfer{Reset: true})
	s.buys("2026-01-10", 1_000)
	s.hands(to, "2026-02-11", 100, 0)
	if lot := to.Account("p").Lots[0]; lot.ExpiresOn != day("2026-03-31") {
		t.Errorf("%+v", lot)
	}
}

func TestATransferFillsADeficit(t *testing.T) { // S-L3
	s, to := giving(t, Transfer{})
	s.buys("2026-01-10", 1_000)
	to.Account("p").Deficit = 30
	s.hands(to, "2026-01-11", 100, 0)
	if a := to.Account("p"); a.Deficit != 0 || a.Available != 70 {
		t.Errorf("%+v", a)
	}
}

func TestTransfersAreBounded(t *testing.T) {
	for _, c := range []struct {
		points, sent Points
		code         RefusalCode
		limit        Points
	}{
		{9, 0, BelowMinimum, 10}, {61, 0, AboveOnce, 60}, {31, 50, AbovePerDay, 30}, {30, 50, "", 0}, {60, 20, "", 0}, {1, 99, BelowMinimum, 10}, {10, 99, AbovePerDay, 0},
	} {
		s, to := giving(t, Transfer{Minimum: 10, Once: 60, PerDay: 80})
		s.buys("2026-01-10", 1_000)
		if _, _, refusal := s.hands(to, "2026-01-11", c.points, c.sent); refusal.Code != c.code || refusal.Limit != c.limit {
			t.Errorf("%+v: %+v", c, refusal)
		}
	}
	s, to := giving(t, Transfer{})
	s.program.terms.Earning[0].Hold.Days = 7
	s.buys("2026-01-10", 1_000)
	if _, _, refusal := s.hands(to, "2026-01-11", 1, 0); refusal.Code != NotEnough || refusal.Limit != 0 {
		t.Errorf("what is pending stays: %+v", refusal)
	}
	if _, _, refusal := s.program.Transfer(s.member, to, &Handover{Unit: "other", Points: 1}); refusal.Code != NotTransferable {
		t.Errorf("%+v", refusal)
	}
}

func TestATransferLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, to := giving(t, Transfer{Reset: rapid.Bool().Draw(t, "reset")})
		for range rapid.IntRange(1, 5).Draw(t, "orders") {
			s.buys("2026-01-10", rapid.Int64Range(0, 5_000).Draw(t, "total"))
		}
		before, points := s.account().Available, rapid.Int64Range(1, 2_000).Draw(t, "points")
		_, received, refusal := s.hands(to, "2026-01-12", points, 0)
		if refusal.Refused() != (points > before) {
			t.Fatalf("%d of %d: %+v", points, before, refusal)
		}
		if s.account().Available+to.Account("p").Available != before {
			t.Fatalf("%d and %d of %d", s.account().Available, to.Account("p").Available, before)
		}
		sound(t)(s)
		for i := range received.Movements {
			sumUses(t, &received.Movements[i])
		}
	})
}

func TestADonation(t *testing.T) {
	s, _ := giving(t, Transfer{})
	s.buys("2026-01-10", 1_000)
	donate := func(cause string, points Points) (Outcome, Refusal) {
		out, refusal := s.program.Donate(s.member, &Donation{Source: "donate:pos:D1", At: at("2026-01-11"), Day: day("2026-01-11"), Cause: cause, Points: points})
		s.record(out)
		return out, refusal
	}
	for _, c := range []struct {
		cause  string
		points Points
		code   RefusalCode
	}{{"whales", 60, NotDonatable}, {"trees", 49, BelowMinimum}, {"trees", 101, NotEnough}} {
		if _, refusal := donate(c.cause, c.points); refusal.Code != c.code {
			t.Errorf("%+v: %+v", c, refusal)
		}
	}
	out, _ := donate("trees", 60)
	if mv := out.Movements[0]; mv.Kind != Donate || mv.Points != -60 || mv.Cause() != "donate:pos:D1/trees" || out.Worth != 60 {
		t.Errorf("%+v", out)
	}
	s.wants(0, 40, 0)
	if got := s.program.terms.Causes[0].ShareOf(12_345); got != 123 {
		t.Errorf("one percent, rounded down: %d", got)
	}
}

func TestGivingIsSaidAndChecked(t *testing.T) {
	s, _ := giving(t, Transfer{Minimum: 10, Once: 60, PerDay: 80})
	var said []string
	for _, locale := range []string{"ko", "en"} {
		for _, clause := range s.program.terms.Describe(locale) {
			said = append(said, clause.Sentences...)
		}
	}
	for _, want := range []string{"You can give up to 80 points a day.", "The expiry date stays the same.", "We donate 1% of what you spend to “Trees”.", "쓰신 돈의 1%를 가게가 ‘나무’에 기부해요."} {
		if !slices.Contains(said, want) {
			t.Errorf("nobody says %q: %q", want, said)
		}
	}
	doc := s.program.terms
	doc.Transfers = []Transfer{{Unit: "p", Minimum: 5, Once: 3}, {Unit: "p"}, {Unit: "x", Once: 9, PerDay: 8}}
	doc.Causes = []Cause{{Code: "a", Name: Text{En: "A"}}, {Code: "b", Name: Text{En: "B"}, Unit: "x"}, {Code: "c", Name: Text{En: "C"}, Share: Ratio{2, 1}}, {Code: "d", Name: Text{En: "D"}, Share: Ratio{1, 2}, Minimum: 1}}
	_, err := Compile(doc, 1)
	want := []string{"/transfers/0/once out_of_range", "/transfers/1/unit taken", "/transfers/2/unit unknown_code", "/transfers/2/once above_day",
		"/causes/0 exactly_one", "/causes/1/unit unknown_code", "/causes/2/share out_of_range", "/causes/3/minimum only_with"}
	if got := faultsOf(t, err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
