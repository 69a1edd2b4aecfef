package terms

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dangol/models/calendar"
)

// drawTerms makes terms of one unit with a purchase rule, and perhaps a bonus, tiers, a hold and an end.
func drawTerms(t *rapid.T) Terms {
	base := Rule{Award: drawFormula(t), Hold: Hold{
		Days: rapid.SampledFrom([]int{0, 0, 7, 40}).Draw(t, "hold"), NextVisit: rapid.Bool().Draw(t, "next visit"),
	}}
	bonus := Rule{
		When: OnFirstPurchase, Award: Formula{Kind: Fixed, Points: 500},
		If:     Conditions{MinAmount: rapid.Int64Range(0, 20_000).Draw(t, "minimum")},
		Limits: []Limit{{Per: PerLife, Times: 1}},
	}
	capped := Rule{Award: rate(1, 50), Limits: []Limit{{Per: PerMonth, Points: 300}}}
	doc := one(base, bonus, capped)
	if rapid.Bool().Draw(t, "ends") {
		doc.Units[0].Expiry = Expiry{Rolling, rapid.IntRange(1, 5).Draw(t, "months")}
	}
	doc.Redemptions[0] = Redemption{Unit: "p", Minimum: 100, Step: 10, Share: 100, OwnOrder: rapid.Bool().Draw(t, "own")}
	if rapid.Bool().Draw(t, "tiers") {
		doc.Tiers = drawPlan(t)
		doc.Earning[0].Tiers = []Factor{{"t1", Ratio{3, 2}}}
	}
	return doc
}

func drawFormula(t *rapid.T) Formula {
	if rapid.Bool().Draw(t, "per amount") {
		return Formula{Kind: PerAmount, Every: rapid.Int64Range(1, 3_000).Draw(t, "every"), Points: rapid.Int64Range(1, 50).Draw(t, "points")}
	}
	return rate(rapid.Int64Range(1, 300).Draw(t, "num"), rapid.Int64Range(1, 1_000).Draw(t, "den"))
}

func drawPlan(t *rapid.T) *TierPlan {
	plan := &TierPlan{
		Metric: MetricSpend, ReviewDay: rapid.IntRange(1, 28).Draw(t, "review"), Grace: rapid.IntRange(0, 2).Draw(t, "grace"),
		Window:    rapid.SampledFrom([]Window{{RollingMonths, 2}, {RollingMonths, 12}, {Kind: CalendarYear}}).Draw(t, "window"),
		Validity:  rapid.SampledFrom([]Validity{{Kind: NoValidity}, {ValidForMonths, 2}, {Kind: ValidNextYear}}).Draw(t, "validity"),
		Downgrade: rapid.SampledFrom([]Downgrade{DownFull, DownOneStep, DownNever}).Draw(t, "downgrade"),
	}
	for i, threshold := range []Money{0, 20_000, 60_000}[rapid.IntRange(0, 1).Draw(t, "base tier"):] {
		plan.Tiers = append(plan.Tiers, Tier{Code: fmt.Sprintf("t%d", i), Name: Text{En: "Tier"}, Threshold: threshold})
	}
	return plan
}

// deed is something that happens on a day of a script.
type deed struct {
	day    int
	what   string
	amount int64
	pick   int
}

func drawScript(t *rapid.T) []deed {
	script := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) deed {
		return deed{
			day:    rapid.IntRange(0, 400).Draw(t, "day"),
			what:   rapid.SampledFrom([]string{"buy", "buy", "buy", "pay", "refund", "refund all", "give", "take", "tell"}).Draw(t, "what"),
			amount: rapid.Int64Range(1, 30_000).Draw(t, "amount"),
			pick:   rapid.IntRange(0, 9).Draw(t, "pick"),
		}
	}), 1, 25).Draw(t, "script")
	slices.SortStableFunc(script, func(a, b deed) int { return a.day - b.day })
	return script
}

// play acts a script out. daily settles every day of it; check runs after every deed.
func play(t *rapid.T, doc Terms, telling Telling, script []deed, daily bool, check func(*shop)) *shop {
	s := open(t, doc, telling)
	var orders []*Purchase
	first := day("2026-01-01")
	for i, d := range script {
		date := first.AddDays(d.day)
		if daily {
			for s.member.SettledTo < date {
				s.settle((max(s.member.SettledTo, first-1) + 1).String())
			}
		}
		s.settle(date.String())
		orders = s.act(d, i, date, orders)
		if check != nil {
			check(s)
		}
	}
	last := first.AddDays(500)
	for daily && s.member.SettledTo < last {
		s.settle((max(s.member.SettledTo, first-1) + 1).String())
	}
	s.settle(last.String())
	return s
}

func (s *shop) act(d deed, i int, date calendar.Date, orders []*Purchase) []*Purchase {
	when := date.String()
	switch d.what {
	case "buy":
		order, _ := s.buys(when, d.amount)
		return append(orders, order)
	case "pay":
		request := Request{At: at(when), Day: date, Total: d.amount}
		if points, _ := s.program.Redeemable(s.member, &request); points > 0 {
			order, _ := s.pays(when, d.amount, 0)
			return append(orders, order)
		}
	case "refund", "refund all":
		if len(orders) == 0 {
			break
		}
		order := orders[d.pick%len(orders)]
		left := order.Goods() - s.returned[order.Source]
		if d.what == "refund" {
			left = min(left, d.amount)
		}
		if left > 0 {
			s.refund(order, when, left)
		}
	case "give", "take":
		g := Grant{Source: fmt.Sprintf("grant:%d", i), At: at(when), Day: date, Points: d.amount % 700}
		if d.what == "take" {
			g.Points = -g.Points
		}
		out, _ := s.program.Grant(s.member, &g)
		s.record(out)
	case "tell":
		for j := range s.account().Lots {
			if lot := &s.account().Lots[j]; lot.ToldOn.IsZero() {
				lot.ToldOn = date
			}
		}
	}
	return orders
}

// sound checks what always holds of an account and its ledger.
func sound(t *rapid.T) func(*shop) {
	return func(s *shop) {
		a := s.account()
		var buckets = map[Bucket]Points{}
		causes := map[string]bool{}
		for i, mv := range s.ledger {
			buckets[mv.Bucket] += mv.Points
			key := fmt.Sprint(mv.Cause(), mv.Kind, mv.Bucket)
			if mv.Seq != int64(i+1) || mv.Points == 0 || causes[key] {
				t.Fatalf("entry %d: %+v", i+1, mv)
			}
			if i > 0 && mv.At.Before(s.ledger[i-1].At) {
				t.Fatalf("entry %d lies before the last: %+v", i+1, mv)
			}
			causes[key] = true
			sumUses(t, &mv)
		}
		lots := map[Bucket]Points{}
		for _, l := range a.Lots {
			lots[l.Bucket] += l.Remaining
			if l.Remaining <= 0 || l.Remaining > l.Points {
				t.Fatalf("lot %+v", l)
			}
		}
		for bucket, got := range map[Bucket]Points{Pending: a.Pending, Available: a.Available} {
			if got != buckets[bucket] || got != lots[bucket] || got < 0 {
				t.Fatalf("%s: stored %d, entries %d, lots %d", bucket, got, buckets[bucket], lots[bucket])
			}
		}
		if a.Deficit != buckets[DeficitPart] || a.Deficit < 0 || a.Deficit > 0 && (a.Available > 0 || s.refunds == 0) {
			t.Fatalf("owes %d with %d available after %d refunds", a.Deficit, a.Available, s.refunds)
		}
		if !slices.IsSortedFunc(a.Lots, byConsumption) {
			t.Fatalf("lots out of order: %+v", a.Lots)
		}
	}
}

// sumUses checks that what a movement did to lots is what it did to its bucket.
func sumUses(t *rapid.T, mv *Movement) {
	sum := mv.Lot.Points
	for _, use := range mv.Uses {
		sum += use.Points
	}
	if mv.Bucket != DeficitPart && sum != mv.Points {
		t.Fatalf("moves %d, its lots %d: %+v", mv.Points, sum, mv)
	}
}

func TestAccountsAreAlwaysSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		telling := rapid.SampledFrom([]Telling{TellByFact, TellByOutbox, TellNobody}).Draw(t, "telling")
		play(t, drawTerms(t), telling, drawScript(t), false, sound(t))
	})
}

func TestAtOnceIsDayByDay(t *testing.T) {
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
		s := play(t, drawTerms(t), TellNobody, drawScript(t), false, nil)
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
