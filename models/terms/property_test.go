package terms

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestAccountsAreAlwaysSound(t *testing.T) { // D-4
	rapid.Check(t, func(t *rapid.T) {
		telling := rapid.SampledFrom([]Telling{TellByFact, TellByOutbox, TellNobody}).Draw(t, "telling")
		play(t, drawTerms(t), telling, drawScript(t), false, sound(t))
	})
}

func TestAtOnceIsDayByDay(t *testing.T) { // D-27
	rapid.Check(t, func(t *rapid.T) {
		doc, script := drawTerms(t), drawScript(t)
		telling := rapid.SampledFrom([]Telling{TellByFact, TellByOutbox, TellNobody}).Draw(t, "telling")
		jump, walk := play(t, doc, telling, script, false, nil), play(t, doc, telling, script, true, nil)
		for i := range min(len(jump.ledger), len(walk.ledger)) {
			if a, b := describe(jump.ledger[i]), describe(walk.ledger[i]); a != b {
				t.Fatalf("entry %d: at once %s, day by day %s", i+1, a, b)
			}
		}
		if len(jump.ledger) != len(walk.ledger) || jump.member.Tier != walk.member.Tier {
			t.Fatalf("at once %d entries, %+v; day by day %d, %+v",
				len(jump.ledger), jump.member.Tier, len(walk.ledger), walk.member.Tier)
		}
		if !slices.Equal(jump.account().Lots, walk.account().Lots) {
			t.Fatalf("at once %+v; day by day %+v", jump.account().Lots, walk.account().Lots)
		}
	})
}

func describe(mv Movement) string {
	return fmt.Sprint(mv.Cause(), " ", mv.Kind, " ", mv.Bucket, " ", mv.Points, " ", mv.At, " ", mv.Seq, mv.Uses)
}

func TestNextDueMissesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := play(t, drawTerms(t), TellNobody, drawScript(t), false, nil)
		due := s.timeline.NextDue(s.member)
		for day := s.member.SettledTo + 1; day < s.member.SettledTo+400 && (due.IsZero() || day < due); day++ {
			var out Outcome
			before := s.member.Tier
			s.timeline.begin(s.member, day, &out)
			if len(out.Movements)+len(out.Tiers)+len(out.Extensions) > 0 || before != s.member.Tier {
				t.Fatalf("something happens on %v, but %v is the next due day: %+v", day, due, out)
			}
		}
	})
}

func TestAnyRefundSplitEndsTheSame(t *testing.T) { // S-F1
	rapid.Check(t, func(t *rapid.T) {
		doc, script := drawTerms(t), drawScript(t)
		doc.Refunds.Shortfall = rapid.SampledFrom([]Shortfall{"", Forgive}).Draw(t, "shortfall")
		total := rapid.Int64Range(1, 50_000).Draw(t, "total")
		parts := rapid.SliceOfN(rapid.Int64Range(1, 50_000), 0, 5).Draw(t, "parts")
		ending := func(parts []int64) (*shop, *Purchase) {
			s := play(t, doc, TellNobody, script, false, nil)
			date := s.member.SettledTo.String()
			order := s.order(date, total)
			if request := (Request{At: order.At, Day: order.Day, Total: total}); rapidPays(s, &request) {
				s.orders--
				order, _ = s.pays(date, total, 0)
			} else {
				s.record(s.program.Accrue(s.member, order))
			}
			for _, part := range parts {
				if left := order.Goods() - s.returned[order.Source] - 1; left > 0 {
					s.refund(order, date, min(part, left))
				}
			}
			s.refund(order, date, order.Goods()-s.returned[order.Source])
			return s, order
		}
		once, _ := ending(nil)
		split, _ := ending(parts)
		sound(t)(split)
		a, b := once.account(), split.account()
		if a.Pending != b.Pending || a.Available != b.Available || a.Deficit != b.Deficit {
			t.Fatalf("at once %+v; in parts %+v", a, b)
		}
		if once.member.Orders != split.member.Orders || !slices.Equal(once.member.Used, split.member.Used) ||
			!slices.Equal(once.member.Spend, split.member.Spend) {
			t.Fatalf("at once %+v; in parts %+v", once.member, split.member)
		}
	})
}

func rapidPays(s *shop, request *Request) bool {
	points, _ := s.program.Redeemable(s.member, request)
	return points > 0
}

func TestAccrueAndRefundAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := drawTerms(t)
		doc.Rewards = nil     // what was taken by itself is not given back
		if doc.Tiers != nil { // a tier that was reached stays, and so does what it gave
			doc.Tiers.Tiers[len(doc.Tiers.Tiers)-1].Welcome = Welcome{}
		}
		s := play(t, doc, TellNobody, drawScript(t), false, nil)
		before, orders := *s.account(), s.member.Orders
		spend := s.member.Spend.Sum(0, 1<<30)
		order, _ := s.buys(s.member.SettledTo.String(), rapid.Int64Range(1, 50_000).Draw(t, "total"))
		s.refund(order, order.Day.String(), order.Total)
		after := s.account()
		if after.Pending != before.Pending || after.Available != before.Available || after.Deficit != before.Deficit {
			t.Fatalf("before %+v, after %+v", before, after)
		}
		if s.member.Orders != orders || s.member.Spend.Sum(0, 1<<30) != spend {
			t.Fatalf("%d orders, %d spent; were %d, %d", s.member.Orders, s.member.Spend.Sum(0, 1<<30), orders, spend)
		}
	})
}

func TestSplittingAnOrderNeverEarnsMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := compile(t, one(Rule{Award: drawFormula(t)}))
		a, b := rapid.Int64Range(0, 100_000).Draw(t, "a"), rapid.Int64Range(0, 100_000).Draw(t, "b")
		earn := func(total Money) Points {
			awards, _ := p.Quote(&Member{}, &Purchase{Total: total})
			return points(Outcome{Awards: awards})
		}
		if earn(a)+earn(b) > earn(a+b) {
			t.Fatalf("%d and %d earn %d and %d, together %d", a, b, earn(a), earn(b), earn(a+b))
		}
	})
}

func TestConsumptionOrder(t *testing.T) { // S-L2
	rapid.Check(t, func(t *rapid.T) {
		s := play(t, drawTerms(t), TellNobody, drawScript(t), false, nil)
		before := slices.Clone(s.account().Lots)
		out, refusal := s.program.Redeem(s.member, &Request{Source: "redeem:x", At: at("2027-06-01"), Day: day("2027-06-01")})
		if refusal.Refused() {
			return
		}
		uses, left := out.Movements[0].Uses, out.Paid
		for _, lot := range before {
			if lot.Bucket == Pending || left == 0 {
				continue
			}
			n := min(lot.Remaining, left)
			if uses[0] != (LotUse{lot.Seq, -n}) {
				t.Fatalf("took %+v, but lot %+v comes first", uses[0], lot)
			}
			uses, left = uses[1:], left-n
		}
	})
}

// drawConditional makes a rule about items and amounts, and an order with lines that may not meet it.
func drawConditional(t *rapid.T) (Rule, Purchase) {
	codes := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 2, func(s string) string { return s })
	rule := Rule{
		If:    Conditions{MinAmount: rapid.Int64Range(0, 30_000).Draw(t, "minimum")},
		Award: rapid.SampledFrom([]Formula{{Kind: Fixed, Points: 10}, {Kind: PerAmount, Every: 5_000, Points: 1}, rate(1, 100), {Kind: PerUnit, Points: 1}}).Draw(t, "award"),
	}
	switch rapid.IntRange(0, 3).Draw(t, "items") {
	case 0:
		rule.If.Categories.Only = codes.Draw(t, "only")
	case 1:
		rule.If.Categories.Except = codes.Draw(t, "except")
	case 2:
		rule.If.SKUs.Only = codes.Draw(t, "skus")
	}
	order := Purchase{}
	for range rapid.IntRange(0, 3).Draw(t, "lines") {
		line := Line{
			SKU:      rapid.SampledFrom([]string{"", "a", "b", "x"}).Draw(t, "sku"),
			Category: rapid.SampledFrom([]string{"", "a", "b", "x"}).Draw(t, "category"),
			Quantity: 1, Amount: rapid.Int64Range(0, 20_000).Draw(t, "amount"),
		}
		order.Lines = append(order.Lines, line)
		order.Total += line.Amount
	}
	order.Discount = rapid.Int64Range(0, 10_000).Draw(t, "discount")
	order.Total = max(order.Total-order.Discount, 0)
	return rule, order
}

func TestTheMissedAmountMakesItApply(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule, order := drawConditional(t)
		p := compile(t, one(rule))
		awards, misses := p.Quote(&Member{}, &order)
		if len(misses) == 0 {
			return
		}
		if len(awards) > 0 {
			t.Fatalf("both paid and missed: %+v, %+v", awards, misses)
		}
		miss := misses[0]
		line, ok := p.rules[0].wanted()
		if !ok || miss.By <= 0 || miss.Condition == MissItem && miss.Wants != line.Category+line.SKU {
			t.Fatalf("%+v", miss)
		}
		add := func(extra Money) Points {
			more := order
			more.Total += extra
			if len(order.Lines) > 0 || p.rules[0].perItem {
				line.Amount = extra
				more.Lines = append(slices.Clone(order.Lines), line)
			}
			awards, _ := p.Quote(&Member{}, &more)
			return points(Outcome{Awards: awards})
		}
		if got := add(miss.By); got == 0 || got != miss.Points {
			t.Fatalf("%d more should earn %d, earns %d", miss.By, miss.Points, got)
		}
		if miss.Condition == MissAmount && miss.By > 1 && add(miss.By-1) > 0 {
			t.Fatalf("%d more would have done too", miss.By-1)
		}
	})
}
