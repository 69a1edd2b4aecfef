package terms

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dangol/models/conditions"
)

// amend gives an order a new total, by what the ledger says about it and about its last revision.
func (s *shop) amend(order *Purchase, revision int, date string, total Money) (Outcome, Refusal) {
	s.t.Helper()
	s.settle(date)
	was := s.amendedHistory(order)
	order.Total = total
	out, refusal := s.program.Amend(s.member, &Amendment{
		Source: AmendSource(order.Source, fmt.Sprint(revision)), At: at(date), Day: day(date), Order: *order, History: was,
	})
	if refusal.Refused() {
		order.Total = was.Whole
		return out, refusal
	}
	s.revisions[order.Source] = []Given{}
	for _, award := range out.Awards {
		s.revisions[order.Source] = append(s.revisions[order.Source], Given{Unit: award.Unit, Rule: award.Code, Points: award.Points})
	}
	return s.record(out), refusal
}

// amendedHistory is the history of an order, as its last revision makes it.
func (s *shop) amendedHistory(order *Purchase) History {
	h := s.history(order)
	if s.revisions == nil {
		s.revisions = map[string][]Given{}
	}
	if awards, ok := s.revisions[order.Source]; ok {
		h.Amended(awards)
	}
	return h
}

func TestAnAmendmentGivesTheDifference(t *testing.T) { // S-F1
	s := open(t, one(Rule{Award: rate(1, 10)}), TellNobody)
	order, _ := s.buys("2026-01-10", 1_000)
	out, _ := s.amend(order, 2, "2026-01-11", 1_500)
	s.wants(0, 150, 0)
	mv := out.Movements[0]
	if mv.Cause() != "amend:2:pos:A1/"+mv.Rule || mv.Points != 50 || mv.Why.Recompute() != 50 || mv.Lot.Source != order.Source || mv.Lot.EarnedAt != order.At {
		t.Errorf("%+v", mv)
	}
	if back, err := Decode(mv.Why.Encode()); err != nil || back.Recompute() != 50 {
		t.Errorf("its explanation is stored and read again: %+v, %v", back, err)
	}
	s.refund(order, "2026-01-12", 750) // half of the new order
	s.wants(0, 75, 0)
	s.amend(order, 3, "2026-01-13", 1_000)
	s.wants(0, 25, 0) // 100 less three quarters
	if _, refusal := s.amend(order, 4, "2026-01-14", 750); refusal.Code != BelowReturned {
		t.Errorf("nothing would be left: %+v", refusal)
	}
	s.refund(order, "2026-01-15", 250)
	s.wants(0, 0, 0)
}

func TestAnAmendmentMeetsConditionsAnew(t *testing.T) {
	s := open(t, one(Rule{If: Conditions{MinAmount: 1_000}, Award: Formula{Kind: Fixed, Points: 30}}, Rule{Award: Formula{Kind: PerAmount, Every: 100, Points: 1}, Limits: []Limit{{Per: PerDay, Points: 12}}}), TellNobody)
	order, _ := s.buys("2026-01-10", 900)
	s.wants(0, 9, 0)
	s.amend(order, 2, "2026-01-10", 2_000)
	s.wants(0, 30+12, 0)
	s.amend(order, 3, "2026-01-10", 500)
	s.wants(0, 5, 0)
	s.buys("2026-01-10", 900) // the limit has 7 left
	s.wants(0, 5+7, 0)
	s.amend(order, 4, "2026-01-10", 0)
	s.wants(0, 7, 0)
}

// What an order has brought itself neither meets nor fails a condition when it is amended (S-F1).
func TestAnAmendmentForgetsWhatTheOrderBrought(t *testing.T) {
	below := func(field conditions.Field, n int64) Conditions {
		return where(conditions.Where(field, conditions.AtMost, conditions.Number(n-1)))
	}
	for name, rule := range map[string]Rule{
		"the amount is reached": {When: OnThreshold, Reach: &Reach{Amount: 1_000, Window: Window{RollingMonths, 12}}},
		"so much in the year":   {If: below(conditions.Spend12m, 1_000)},
		"so many orders":        {If: below(conditions.Orders, 1)},
		"so many points":        {If: below(conditions.Points, 30)},
		"the first order":       {When: OnFirstPurchase},
	} {
		rule.Award, rule.Limits = Formula{Kind: Fixed, Points: 30}, []Limit{{Per: PerLife, Times: 5}}
		s := open(t, one(rule), TellNobody)
		order, _ := s.buys("2026-01-10", 1_000)
		s.wants(0, 30, 0)
		for i, total := range []Money{1_000, 1_001, 1_000} {
			if s.amend(order, i+2, "2026-01-11", total); s.account().Available != 30 {
				t.Errorf("%s: %d left of 30 after revision %d", name, s.account().Available, i+2)
			}
		}
		if spent := s.member.Spend.Sum(0, day("2026-02-01")); spent != 1_000 {
			t.Errorf("%s: %d spent", name, spent)
		}
	}
}

// Orders that came after it take nothing from an order that is amended, and lend it nothing (S-F1).
func TestAnAmendmentAfterOtherOrders(t *testing.T) {
	for name, c := range map[string]struct {
		rule   Rule
		totals [2]Money // of the two orders
		first  Money    // of the first, amended
		has    Points
	}{
		"the first order stays it":            {Rule{When: OnFirstPurchase}, [2]Money{500, 500}, 500, 30},
		"the second is not the first":         {Rule{When: OnFirstPurchase, If: Conditions{MinAmount: 400}}, [2]Money{500, 500}, 300, 0},
		"the second has reached the amount":   {Rule{When: OnThreshold}, [2]Money{600, 600}, 601, 30},
		"the first has, and does":             {Rule{When: OnThreshold}, [2]Money{1_000, 600}, 1_200, 30},
		"the first has not, but does already": {Rule{When: OnThreshold}, [2]Money{200, 600}, 1_000, 30},
	} {
		c.rule.Award, c.rule.Limits = Formula{Kind: Fixed, Points: 30}, []Limit{{Per: PerLife, Times: 5}}
		if c.rule.When == OnThreshold {
			c.rule.Reach = &Reach{Amount: 1_000, Window: Window{RollingMonths, 12}}
		}
		s := open(t, one(c.rule), TellNobody)
		order, _ := s.buys("2026-01-10", c.totals[0])
		s.buys("2026-01-10", c.totals[1])
		if s.amend(order, 2, "2026-01-11", c.first); s.account().Available != c.has {
			t.Errorf("%s: %d, want %d", name, s.account().Available, c.has)
		}
	}
}

// Conditions of an order that is amended ask about what the member had before it, where that is told (S-F1).
func TestAnAmendmentAsksAboutWhatWasBefore(t *testing.T) {
	is, num := conditions.Where, conditions.Number
	for name, c := range map[string]struct {
		asks   conditions.Condition
		before Before // for which it holds
	}{
		"orders":          {is(conditions.Orders, conditions.Equals, num(3)), Before{Orders: 3}},
		"the first order": {is(conditions.FirstOrder, conditions.Yes, conditions.Value{}), Before{Points: 9, Spend12m: 9}},
		"points":          {is(conditions.Points, conditions.Equals, num(7)), Before{Points: 7}},
		"spend":           {is(conditions.Spend12m, conditions.AtLeast, num(100_000)), Before{Spend12m: 100_000}},
	} {
		s := open(t, one(Rule{If: where(c.asks), Award: Formula{Kind: Fixed, Points: 30}}), TellNobody)
		if !s.program.AsksPast() {
			t.Errorf("%s: the past is not asked about", name)
		}
		s.buys("2026-01-09", 1_000)
		order, _ := s.buys("2026-01-10", 1_000)
		had := s.account().Available
		order.Before = &c.before
		if s.amend(order, 2, "2026-01-11", 1_000); s.account().Available != had+30 {
			t.Errorf("%s: it holds, and %d are there, %d before", name, s.account().Available, had)
		}
		order.Before = &Before{Orders: 8, Points: 8, Spend12m: 8}
		if s.amend(order, 3, "2026-01-11", 1_000); s.account().Available != had {
			t.Errorf("%s: it does not hold, and %d are there, %d before", name, s.account().Available, had)
		}
	}
	tier := one(Rule{If: where(is(conditions.MemberDays, conditions.AtLeast, num(1))), Award: Formula{Kind: Fixed, Points: 30}})
	if open(t, tier, TellNobody).program.AsksPast() {
		t.Error("the day on which somebody joined is no past")
	}
}

// What an order gave is not in its own way when it is amended, however full the balance is now (S-F1).
func TestAnAmendmentOfAFullBalance(t *testing.T) {
	doc := one(Rule{Award: rate(1, 10)}, Rule{Award: times(2, 1)})
	doc.Units[0].Most = 300
	for name, c := range map[string]struct {
		returned, total Money
		has             Points
	}{
		"as it was":                         {0, 1_000, 300},
		"smaller":                           {0, 600, 220},
		"larger: there is no room":          {0, 9_000, 300},
		"as it was, and half of it is back": {500, 1_000, 300},
	} {
		s := open(t, doc, TellNobody)
		order, _ := s.buys("2026-01-10", 1_000)
		if c.returned > 0 {
			s.refund(order, "2026-01-11", c.returned)
		}
		s.buys("2026-01-12", 10_000)
		s.wants(0, 300, 0)
		for revision := range 2 {
			if s.amend(order, revision+2, "2026-01-13", c.total); s.account().Available != c.has {
				t.Errorf("%s: %d, want %d", name, s.account().Available, c.has)
			}
		}
	}
}

// What an order has used of its rule's limits is not in its own way (S-F1).
func TestAnAmendmentAtALimit(t *testing.T) {
	for name, limit := range map[string]Limit{
		"times": {Per: PerLife, Times: 1}, "points": {Per: PerDay, Points: 100}, "all or nothing": {Per: PerDay, Points: 100, Reject: true},
		"a budget": {Per: PerYear, Points: 100, Shared: true},
	} {
		s := open(t, one(Rule{Award: rate(1, 10), Limits: []Limit{limit}}), TellNobody)
		order, _ := s.buys("2026-01-10", 1_000)
		for i, total := range []Money{1_000, 900, 1_000} {
			if s.amend(order, i+2, "2026-01-11", total); s.account().Available != total/10 {
				t.Errorf("%s: %d of %d", name, s.account().Available, total/10)
			}
		}
	}
}

func TestWhatWasCancelledStaysCancelled(t *testing.T) {
	s := awaiting(t)
	order, _ := s.buys("2026-01-10", 1_000)
	s.settle("2026-03-01")
	s.amend(order, 2, "2026-03-02", 2_000)
	s.wants(0, 0, 0)
	s.refund(order, "2026-03-03", 2_000)
	s.wants(0, 0, 0)
}

// However often an order is amended and returned in parts, it ends as if it had been posted and returned at once.
func TestAmendmentsEndAsIfPostedAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := drawTerms(t)
		doc.Rewards = nil              // one that is taken by itself stays taken
		doc.Earning[2].Parts = Parts{} // what is given more comes in parts of its own
		for i := range tiersOf(&doc) {
			doc.Tiers.Tiers[i].Welcome = Welcome{} // so does what a tier gave that was reached for a while
		}
		if amount := rapid.SampledFrom([]Money{0, 5_000, 30_000}).Draw(t, "reach"); amount > 0 {
			doc.Earning = slices.Insert(doc.Earning, 0, Rule{Code: "reach", Unit: "p", Name: Text{En: "reach"}, When: OnThreshold, Reach: &Reach{Amount: amount, Window: Window{RollingMonths, 2}}, Award: Formula{Kind: Fixed, Points: 77}, Limits: []Limit{{Per: PerLife, Times: 5}}})
		}
		doc.Units[0].Most = rapid.SampledFrom([]Points{0, 300, 2_000}).Draw(t, "most")
		totals := rapid.SliceOfN(rapid.Int64Range(1_000, 60_000), 1, 5).Draw(t, "totals")
		last := totals[len(totals)-1]
		returned := rapid.SliceOfN(rapid.Int64Range(1, 200), 0, 4).Draw(t, "returned")
		first := rapid.Int64Range(1_000, 60_000).Draw(t, "first")
		s, direct := open(t, doc, TellNobody), open(t, doc, TellNobody)
		before := s.program.TierOf(s.member)
		order, _ := s.buys("2026-01-10", first)
		order.Tier = cmp.Or(before, "none") // awards count by the tier held before the order
		for i, total := range totals {
			if i < len(returned) {
				s.refund(order, "2026-01-10", returned[i])
			}
			if _, refusal := s.amend(order, i+2, "2026-01-10", total); refusal.Refused() {
				t.Fatal(refusal)
			}
			sound(t)(s)
		}
		straight, _ := direct.buys("2026-01-10", last)
		if sum := s.returned[order.Source]; sum > 0 {
			direct.refund(straight, "2026-01-10", sum)
		}
		if a, b := s.account(), direct.account(); a.Pending != b.Pending || a.Available != b.Available || a.Deficit != b.Deficit {
			t.Fatalf("amended %+v; at once %+v", a, b)
		}
		if s.member.Orders != direct.member.Orders || !slices.Equal(s.member.Spend, direct.member.Spend) {
			t.Fatalf("amended %+v; at once %+v", s.member, direct.member)
		}
	})
}

func tiersOf(doc *Terms) []Tier {
	if doc.Tiers == nil {
		return nil
	}
	return doc.Tiers.Tiers
}
