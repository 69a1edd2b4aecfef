package terms

import (
	"slices"
	"strings"
	"testing"

	"dangol/models"
	"dangol/models/conditions"
)

func where(c conditions.Condition) Conditions { return Conditions{Where: c} }

func TestARuleAsksWhatItLikes(t *testing.T) {
	num, text, is := conditions.Number, conditions.Text, conditions.Where
	order := Purchase{
		Source: "order:1", At: at("2026-11-24 15:30"), Day: day("2026-11-24"), Minute: MinuteOf(at("2026-11-24 15:30"), seoul), // a Tuesday
		Total: 20_000, Channel: "store", Store: "hq", Payments: []string{"포인트", "카드"},
		Lines: []Line{{SKU: "latte", Category: "drink", Quantity: 3, Amount: 20_000, Labels: []string{"hot"}}},
	}
	member := Member{Joined: day("2026-11-01"), Orders: 3, Spend: Series{{day("2026-10-01"), 90_000}}, Accounts: []Account{{Unit: "p", Available: 500}}}
	for _, c := range []struct {
		c    conditions.Condition
		want bool
	}{
		{is(conditions.Amount, conditions.AtLeast, num(20_000)), true}, {is(conditions.Amount, conditions.AtLeast, num(20_001)), false},
		{is(conditions.Items, conditions.AtLeast, num(3)), true}, {is(conditions.Lines, conditions.AtLeast, num(2)), false},
		{is(conditions.SKU, conditions.In, text("latte")), true}, {is(conditions.Category, conditions.In, text("cake")), false},
		{is(conditions.Label, conditions.In, text("hot", "new")), true}, {is(conditions.Store, conditions.In, text("hq")), true},
		{is(conditions.Channel, conditions.In, text("online")), false}, {is(conditions.Payment, conditions.In, text("카드")), true},
		{is(conditions.Weekday, conditions.In, text("tue")), true}, {is(conditions.Weekday, conditions.In, text("mon", "wed")), false},
		{is(conditions.Time, conditions.Between, text("15:00", "16:00")), true}, {is(conditions.Time, conditions.Between, text("14:00", "15:30")), false},
		{is(conditions.Date, conditions.Between, text("2026-11-24", "2026-11-24")), true}, {is(conditions.Date, conditions.AtLeast, text("2026-11-25")), false},
		{is(conditions.FirstOrder, conditions.Yes, conditions.Value{}), false}, {conditions.Not(is(conditions.FirstOrder, conditions.Yes, conditions.Value{})), true},
		{is(conditions.MemberDays, conditions.AtLeast, num(23)), true}, {is(conditions.MemberDays, conditions.AtLeast, num(24)), false},
		{is(conditions.Orders, conditions.AtLeast, num(3)), true}, {is(conditions.Points, conditions.AtLeast, num(501)), false},
		{is(conditions.Spend12m, conditions.AtLeast, num(90_000)), true}, {is(conditions.Spend12m, conditions.AtLeast, num(90_001)), false},
		{is(conditions.Rating, conditions.AtLeast, num(1)), false}, // of an event; an order has none
	} {
		if got := paid(t, one(Rule{Award: Formula{Kind: Fixed, Points: 1}, If: where(c.c)}), &member, &order)["a"] == 1; got != c.want {
			t.Errorf("%s: %v, want %v", c.c.Encode(), got, c.want)
		}
	}
	untimed := order
	untimed.Minute = 0
	for _, c := range []conditions.Condition{is(conditions.Time, conditions.Between, text("00:00", "24:00")), conditions.Not(is(conditions.Time, conditions.Between, text("01:00", "02:00")))} {
		if len(paid(t, one(Rule{Award: Formula{Kind: Fixed, Points: 1}, If: where(c)}), &member, &untimed)) > 0 {
			t.Errorf("an order without time meets no hour: %s", c.Encode())
		}
	}
}

func TestAReviewIsAskedAboutItself(t *testing.T) { // stars do not decide; a picture pays more
	num := conditions.Number
	inTime := conditions.All(conditions.Where(conditions.Length, conditions.AtLeast, num(20)), conditions.Where(conditions.DeliveredDays, conditions.AtMost, num(5)))
	photo := conditions.Where(conditions.Photo, conditions.Yes, conditions.Value{})
	p := compile(t, one(
		Rule{When: OnReview, Award: Formula{Kind: Fixed, Points: 100}, If: where(inTime)},
		Rule{When: OnReview, Award: Formula{Kind: Plus, Points: 50, Of: []string{"a"}}, If: where(photo)},
	))
	for _, c := range []struct {
		numbers map[string]int64
		want    Points
	}{
		{map[string]int64{"length": 20, "delivered_days": 5, "rating": 1}, 100},
		{map[string]int64{"length": 20, "delivered_days": 5, "photo": 1}, 150},
		{map[string]int64{"length": 19, "delivered_days": 5, "photo": 1}, 0},
		{map[string]int64{"length": 99, "delivered_days": 6}, 0},
		{map[string]int64{"length": 99}, 0},
	} {
		out := p.Happen(&Member{}, &Happening{Source: "event:1", Kind: OnReview, Day: day("2026-11-24"), At: at("2026-11-24"), Numbers: c.numbers})
		if points(out) != c.want {
			t.Errorf("%v: %d, want %d", c.numbers, points(out), c.want)
		}
	}
}

func TestMissesOfConditions(t *testing.T) {
	doc := one(
		Rule{Award: Formula{Kind: Fixed, Points: 30}, If: where(conditions.All(
			conditions.Where(conditions.Amount, conditions.AtLeast, conditions.Number(30_000)),
			conditions.Where(conditions.Channel, conditions.In, conditions.Text("store"))))},
		Rule{Award: rate(1, 100), If: where(conditions.Where(conditions.Tier, conditions.In, conditions.Text("vip")))},
		Rule{Award: Formula{Kind: Fixed, Points: 99}, If: where(conditions.Where(conditions.Weekday, conditions.In, conditions.Text("sun")))},
	)
	doc.Tiers = threeRules().Tiers
	order := Purchase{Source: "order:1", Total: 21_000, Channel: "store", Day: day("2026-11-24")}
	_, misses := compile(t, doc).Quote(&Member{Tier: TierState{Code: "regular"}, Spend: Series{{day("2026-11-01"), 400_000}}}, &order)
	if len(misses) != 2 || misses[0].Condition != MissAmount || misses[0].By != 9_000 || misses[1].Wants != "vip" || misses[1].By != 50_000 {
		t.Errorf("9,000 more, and 50,000 more to be a VIP; nobody can make it Sunday: %+v", misses)
	}
}

func TestConditionsInTheDocument(t *testing.T) {
	doc := one(Rule{Award: times(2, 1), If: where(conditions.All(
		conditions.Where(conditions.Weekday, conditions.In, conditions.Text("tue")),
		conditions.Where(conditions.Time, conditions.Between, conditions.Text("14:00", "17:00"))))}, Rule{Award: rate(1, 100)})
	again, err := Parse(doc.Encode())
	if err != nil || again.Hash() != doc.Hash() {
		t.Errorf("%v: %s", err, doc.Encode())
	}
	for locale, want := range map[string]string{"ko": "화요일에 사시고, 14~17시에 사시면 ‘rule’ 적립을 모두 합쳐 평소의 2배로 드려요.", "en": "Every time you buy on a Tuesday and buy between 14:00 and 17:00, you earn a total of 2 times the usual amount for “rule”."} {
		if page := doc.Describe(locale); !slices.Contains(page[0].Sentences, want) {
			t.Errorf("want %q in %q", want, page[0].Sentences)
		}
	}
	for want, c := range map[string]conditions.Condition{
		"/earning/0/if/where not_here":      conditions.Where(conditions.AwayDays, conditions.AtLeast, conditions.Number(3)),
		"/earning/0/if/where/value":         conditions.Where(conditions.Tier, conditions.In, conditions.Text("gold")),
		"/earning/0/if/where/all/1/field":   conditions.All(conditions.Where(conditions.Amount, conditions.AtLeast, conditions.Number(1)), conditions.Where("moon", conditions.Yes, conditions.Value{})),
		"/earning/0/if/where/is not_one_of": conditions.Where(conditions.Amount, conditions.Yes, conditions.Value{}),
	} {
		doc.Earning[0].If.Where = c
		_, err := Compile(doc, 1)
		e, _ := err.(*models.Error)
		if e == nil || !slices.ContainsFunc(faultsOf(t, err), func(fault string) bool { return strings.HasPrefix(fault, want) }) {
			t.Errorf("%s: %q", want, faultsOf(t, err))
		}
	}
}
