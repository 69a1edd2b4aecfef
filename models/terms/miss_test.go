package terms

import (
	"math/rand/v2"
	"testing"
)

func TestTheNearestThree(t *testing.T) { // D-28
	var rules []Rule
	for _, minimum := range []Money{40_000, 10_000, 30_000, 20_000} {
		rules = append(rules, Rule{If: Conditions{MinAmount: minimum}, Award: Formula{Kind: Fixed, Points: minimum / 100}})
	}
	_, misses := compile(t, one(rules...)).Quote(&Member{}, &Purchase{Total: 9_000})
	if len(misses) != 3 || misses[0].By != 1_000 || misses[1].By != 11_000 || misses[2].By != 21_000 || misses[0].Points != 100 {
		t.Errorf("the three that miss the least, nearest first: %+v", misses)
	}
}

// A discount on the whole order is shared among its goods: adding a thing of 3,000원 does not add 3,000원 to what counts.
func TestAMissBehindASharedDiscount(t *testing.T) {
	p := compile(t, one(Rule{
		If: Conditions{MinAmount: 8_000, Categories: Selection{Only: []string{"cake"}}}, Award: Formula{Kind: Fixed, Points: 5},
	}))
	order := Purchase{Total: 10_000, Discount: 10_000, Lines: []Line{
		{Category: "cake", Quantity: 1, Amount: 10_000}, {Category: "drink", Quantity: 1, Amount: 10_000},
	}}
	_, misses := p.Quote(&Member{}, &order)
	earns := func(extra Money) bool {
		more := order
		more.Total += extra
		more.Lines = append(more.Lines[:2:2], Line{Category: "cake", Quantity: 1, Amount: extra})
		awards, _ := p.Quote(&Member{}, &more)
		return len(awards) > 0
	}
	if len(misses) != 1 || earns(3_000) || !earns(misses[0].By) || earns(misses[0].By-1) {
		t.Errorf("%+v", misses)
	}
}

func TestTwoThingsMissingAreNotNear(t *testing.T) {
	p := compile(t, one(
		Rule{If: Conditions{MinAmount: 8_000, Channels: []string{"online"}}, Award: Formula{Kind: Fixed, Points: 5}},
		Rule{If: Conditions{SKUs: Selection{Only: []string{"a"}}, Categories: Selection{Only: []string{"b"}}}, Award: rate(1, 10)},
	))
	if _, misses := p.Quote(&Member{}, &Purchase{Total: 7_000, Channel: "store"}); len(misses) != 0 {
		t.Errorf("%+v", misses)
	}
}

// Whatever the terms and whatever the member did before: what a miss says, and not a won more, makes its rule pay what it
// says.
func TestWhatIsMissingIsEnoughUnderAnyTerms(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	missed := 0
	for i := range uint64(many(500, 20_000)) {
		w := newWorld(t, rand.New(rand.NewPCG(seed, i)))
		for range 20 {
			w.act()
		}
		p, order := w.s[0].program, Purchase{Source: "order:1", At: w.now(), Day: w.today, Total: w.Int64N(20_000)}
		if w.even() {
			order.Lines = []Line{{SKU: "cake", Quantity: 1, Amount: order.Total}}
		}
		_, misses := p.Quote(w.s[0].member, &order)
		for _, miss := range misses {
			missed++
			member, more := *w.s[0].member, order
			if miss.Condition == MissTier {
				member.Tier.Code = miss.Wants
			} else {
				line, _ := p.rules[miss.Rule].wanted()
				more = *suppose(&order, line, p.rules[miss.Rule].perItem).with(miss.By)
			}
			awards, _ := p.Quote(&member, &more)
			if paid := findAward(awards, "p", miss.Code); paid == nil || paid.Points != miss.Points {
				t.Fatalf("world %d: %+v, but then %+v\n%s", i, miss, awards, p.terms.Encode())
			}
		}
	}
	if missed == 0 {
		t.Error("nothing was missed")
	}
}
