package terms

import (
	"slices"
	"strings"
	"testing"

	"dangol/models"
)

// stamps is a document of B&N's kind: ten stamps become a coupon by themselves.
func stamps() Terms {
	doc := withCoupons(CouponKind{Code: "five", Amount: 5_000}, CouponKind{Code: "next", Amount: 1_000, Days: 14, After: 1})
	doc.Earning[0].Award = Formula{Kind: PerAmount, Every: 1_000, Points: 1}
	doc.Units = append(doc.Units, Unit{Code: "won", Kind: Spendable, Name: Text{En: "credit"}, Worth: Worth{1, 1}, Expiry: Expiry{Kind: Rolling, Months: 12}})
	doc.Rewards = []Reward{{Code: "auto", Name: Text{En: "Five off"}, Kind: RewardCoupon, Unit: "p", Price: 10, Coupon: "five", Auto: true}}
	return doc
}

func TestTenStampsAreARewardByItself(t *testing.T) { // S-P5, D-50
	s := open(t, stamps(), TellNobody)
	_, out := s.buys("2026-11-22", 9_000)
	if len(out.Claims)+len(out.Coupons) != 0 {
		t.Fatalf("nine are not ten: %+v", out)
	}
	order, out := s.buys("2026-11-23", 12_000)
	if len(out.Claims) != 2 || len(out.Coupons) != 2 || out.Claims[0].Source != "auto:auto:3" || out.Claims[1].Points != 10 {
		t.Fatalf("twenty-one stamps are two rewards: %+v %+v", out.Claims, out.Coupons)
	}
	coupon := out.Coupons[0]
	if coupon.Kind != "five" || coupon.Cause != "auto:auto:3" || coupon.From != day("2026-11-23") || coupon.Until != day("2026-12-22") {
		t.Errorf("thirty days from today: %+v", coupon)
	}
	s.wants(0, 1, 0)
	s.refund(order, "2026-11-24", 12_000)
	s.wants(0, 0, 11)
}

func TestHeldStampsBecomeARewardWhenTheyArrive(t *testing.T) { // S-P5
	doc := stamps()
	doc.Earning[0].Hold.Days = 7
	s := open(t, doc, TellNobody)
	s.buys("2026-11-22", 150_000)
	out := s.settle("2026-11-29")
	if len(out.Claims) != 10 {
		t.Errorf("ten a day, the rest the day after: %d", len(out.Claims))
	}
	if next := s.timeline.NextDue(s.member); next != day("2026-11-30") {
		t.Errorf("something is due on %s", next)
	}
	if out = s.settle("2026-12-05"); len(out.Claims) != 5 {
		t.Errorf("the rest: %d", len(out.Claims))
	}
	s.wants(0, 0, 0)
}

func TestARewardForPoints(t *testing.T) {
	doc := stamps()
	plan, _ := SuggestTiers(DefaultTicket, nil)
	doc.Tiers = &plan
	doc.Rewards = []Reward{
		{Code: "cake", Name: Text{En: "Cake"}, Kind: RewardCoupon, Unit: "p", Price: 100, Coupon: "five",
			Tiers: []TierPrice{{"regular", 80}, {"vip", 0}}, From: day("2026-11-01"), Until: day("2026-11-30")},
		{Code: "credit", Name: Text{En: "Credit"}, Kind: RewardCredit, Unit: "p", Price: 50, Into: "won", Credit: 5_000},
	}
	for _, c := range []struct {
		name, reward, tier, on string
		has, paid              Points
		refused                RefusalCode
	}{
		{"its price", "cake", "", "2026-11-22", 100, 100, ""},
		{"a tier's price", "cake", "regular", "2026-11-22", 80, 80, ""},
		{"not for a tier", "cake", "vip", "2026-11-22", 500, 0, RewardOtherTier},
		{"too few", "cake", "", "2026-11-22", 99, 0, NotEnough},
		{"its last day", "cake", "", "2026-11-30", 100, 100, ""},
		{"over", "cake", "", "2026-12-01", 100, 0, RewardNotOffered},
		{"unknown", "pie", "", "2026-11-22", 100, 0, RewardNotOffered},
		{"store credit", "credit", "", "2026-11-22", 60, 50, ""},
	} {
		s := saved(t, doc, c.has)
		s.member.Tier.Code = c.tier
		out, refusal := s.program.Claim(s.member, &ClaimRequest{Source: "claim:pos:1", Reward: c.reward, At: at(c.on), Day: day(c.on)})
		if refusal.Code != c.refused || out.Paid != c.paid {
			t.Errorf("%s: paid %d, %+v; want %d, %s", c.name, out.Paid, refusal, c.paid, c.refused)
			continue
		}
		if s.wants(0, c.has-c.paid, 0); c.reward == "credit" {
			won := s.member.Account("won")
			if won.Available != 5_000 || won.Lots[0].ExpiresOn != day("2027-11-30") {
				t.Errorf("%s: %+v", c.name, won)
			}
		} else if (len(out.Coupons) == 1) != (c.refused == "") {
			t.Errorf("%s: %+v", c.name, out.Coupons)
		}
	}
}

func TestPointsAreSetAside(t *testing.T) { // S-R4
	s := saved(t, Default(models.TradeUnknown, DefaultTicket), 5_000)
	request := &Request{Source: "redeem:pos:R1", At: at("2026-11-22"), Day: day("2026-11-22"), Points: 3_000}
	out, refusal := s.program.Reserve(s.member, request)
	if refusal.Refused() {
		t.Fatal(refusal)
	}
	s.record(out)
	held := Held{Unit: "point", Seq: out.Movements[0].Seq, Points: out.Paid, Uses: out.Movements[0].Uses}
	if a := s.account(); a.Available != 2_000 || a.Reserved != 3_000 || out.Worth != 3_000 {
		t.Fatalf("%+v", a)
	}
	if _, refusal := s.program.Redeem(s.member, &Request{Source: "redeem:pos:R2", At: at("2026-11-22"), Day: day("2026-11-22"), Points: 2_100, Beyond: Refuse}); refusal.Limit != 2_000 {
		t.Errorf("what is set aside cannot be spent: %+v", refusal)
	}
	s.record(s.program.Unreserve(s.member, "release:pos:R1", at("2026-11-23"), day("2026-11-23"), held))
	if a := s.account(); a.Available != 5_000 || a.Reserved != 0 || len(a.Lots) != 1 || a.Lots[0].Remaining != 5_000 {
		t.Fatalf("back to its own lot: %+v", a)
	}
	out, _ = s.program.Reserve(s.member, &Request{Source: "redeem:pos:R3", At: at("2026-11-23"), Day: day("2026-11-23"), Points: 3_000})
	s.record(s.program.Confirm(s.member, "redeem:pos:R3", at("2026-11-23"), day("2026-11-23"), Held{Unit: "point", Points: out.Paid}))
	if a := s.account(); a.Available != 2_000 || a.Reserved != 0 {
		t.Fatalf("paid: %+v", a)
	}
}

func TestPointsSetAsideOutliveTheirLot(t *testing.T) { // S-R4, S-F3
	doc := one(Rule{Award: rate(1, 1)})
	s := open(t, doc, TellNobody)
	g, _ := s.program.Grant(s.member, &Grant{Source: "grant:1", At: at("2026-11-01"), Day: day("2026-11-01"), Points: 100, Expiry: day("2026-11-22")})
	s.record(g)
	out, _ := s.program.Reserve(s.member, &Request{Source: "redeem:pos:R1", At: at("2026-11-22 23:50"), Day: day("2026-11-22"), Points: 60})
	s.record(out)
	s.settle("2026-11-23")
	s.record(s.program.Unreserve(s.member, "release:pos:R1", at("2026-11-23"), day("2026-11-23"),
		Held{Unit: "p", Seq: out.Movements[0].Seq, Points: 60, Uses: out.Movements[0].Uses, Closed: []Lot{{Seq: 1, ExpiresOn: day("2026-11-22")}}}))
	if a := s.account(); a.Available != 60 || a.Lots[0].ExpiresOn != day("2026-12-23") {
		t.Errorf("a courtesy of thirty days: %+v", a)
	}
}

func TestANextOrderCoupon(t *testing.T) { // S-F5
	doc := stamps()
	doc.Rewards = nil
	doc.Earning = append(doc.Earning, Rule{
		Code: "next", Name: Text{En: "Next time"}, When: OnPurchase, If: Conditions{MinAmount: 10_000},
		Award: Formula{Kind: AnyCoupon, Coupon: "next"}, Limits: []Limit{{Per: PerMonth, Times: 2}},
	})
	s := open(t, doc, TellNobody)
	if _, out := s.buys("2026-11-22", 9_000); len(out.Coupons) != 0 || out.Misses[0].By != 1_000 ||
		s.program.Terms().ExplainMiss(out.Misses[0], "en") == "" {
		t.Errorf("%+v", out)
	}
	order, out := s.buys("2026-11-22", 12_000)
	if len(out.Coupons) != 1 || out.Coupons[0].Cause != order.Source+"/next" || out.Coupons[0].Source != order.Source ||
		out.Coupons[0].From != day("2026-11-23") || out.Coupons[0].Until != day("2026-12-06") {
		t.Fatalf("from the day after, for 14 days: %+v", out.Coupons)
	}
	if award := out.Awards[1]; award.Coupon != "next" || award.Points != 0 {
		t.Errorf("%+v", award)
	}
	s.buys("2026-11-23", 12_000)
	if _, out = s.buys("2026-11-24", 12_000); len(out.Coupons) != 0 {
		t.Errorf("twice a month: %+v", out.Coupons)
	}
}

// A coupon that would have no day any more is none: it is not told, uses no limit, and ends no chain.
func TestACouponWhoseKindIsOver(t *testing.T) {
	doc := withCoupons(CouponKind{Code: "next", Amount: 1_000, Days: 14, After: 1, Until: day("2026-11-22")})
	coupon := Rule{
		Code: "next", Name: Text{En: "Next time"}, When: OnPurchase, Last: true,
		Award: Formula{Kind: AnyCoupon, Coupon: "next"}, Limits: []Limit{{Per: PerLife, Times: 5}},
	}
	doc.Earning = append([]Rule{coupon}, doc.Earning...)
	s := open(t, doc, TellNobody)
	for _, c := range []struct {
		date    string
		coupons int
	}{{"2026-11-21", 1}, {"2026-11-22", 0}} {
		_, out := s.buys(c.date, 12_000)
		if len(out.Coupons) != c.coupons || len(out.Used) != c.coupons || len(out.Awards) != 1 || (out.Awards[0].Coupon != "") != (c.coupons > 0) {
			t.Errorf("%s: %+v", c.date, out)
		}
	}
	if _, out := s.buysLate("2026-11-21", 12_000); len(out.Coupons)+len(out.Used) > 0 {
		t.Errorf("it comes on a day that is over: %+v", out)
	}
}

func TestATierWelcomesWithACoupon(t *testing.T) {
	doc := stamps()
	doc.Rewards = nil
	plan, _ := SuggestTiers(DefaultTicket, nil)
	doc.Tiers = &plan
	doc.Tiers.Tiers[1].Welcome.Coupon = "five"
	s := open(t, doc, TellNobody)
	s.buys("2026-11-22", 100_000)
	order, out := s.buys("2026-11-23", 100_000)
	if len(out.Coupons) != 1 || out.Coupons[0].Cause != "tier:regular:2026-01-01" || out.Coupons[0].Source != order.Source {
		t.Fatalf("%+v", out.Coupons)
	}
	if _, out = s.buys("2026-11-24", 1_000); len(out.Coupons) != 0 {
		t.Errorf("once: %+v", out.Coupons)
	}
	if page := flat(s.program.Terms().Describe("en")); !slices.ContainsFunc(page, func(line string) bool {
		return strings.HasPrefix(line, "When you become "+doc.Tiers.Tiers[1].Name.En+", you get ")
	}) {
		t.Errorf("%q", page)
	}
}

func TestRewardFaults(t *testing.T) {
	for _, c := range []struct {
		change func(*Terms)
		want   string
	}{
		{func(d *Terms) { d.Rewards[0].Price = 0 }, "/rewards/0/price out_of_range"},
		{func(d *Terms) { d.Rewards[0].Unit = "star" }, "/rewards/0/unit unknown_code"},
		{func(d *Terms) { d.Rewards[0].Kind = "luck" }, "/rewards/0/kind not_one_of"},
		{func(d *Terms) { d.Rewards[0].Coupon = "none" }, "/rewards/0/coupon unknown_code"},
		{func(d *Terms) { d.Coupons[0].Get = GetAutomatic }, "/rewards/0/coupon not_given"},
		{func(d *Terms) { d.Rewards[0].Kind = RewardCodes }, "/rewards/0/auto only_with"},
		{func(d *Terms) { d.Rewards[0].Stock = Quota{PerDay, 1} }, "/rewards/0/stock only_with"},
		{func(d *Terms) { d.Rewards[0].Kind, d.Rewards[0].Into = RewardCredit, "p" }, "/rewards/0/into taken"},
		{func(d *Terms) { d.Rewards[0].Tiers = []TierPrice{{"gold", 1}} }, "/rewards/0/tiers/0/tier unknown_code"},
		{func(d *Terms) { d.Rewards[0].PerMember = Quota{"year", 1} }, "/rewards/0/per_member/per not_one_of"},
		{func(d *Terms) { d.Rewards[0].From, d.Rewards[0].Until = 2, 1 }, "/rewards/0/until before_begin"},
		{func(d *Terms) { d.Earning[0].Award = Formula{Kind: AnyCoupon, Coupon: "x"} }, "/earning/0/award/coupon unknown_code"},
		{func(d *Terms) { d.Earning[0].Award.Coupon = "five" }, "/earning/0/award/coupon only_with"},
		{func(d *Terms) {
			d.Earning[0].Award, d.Earning[0].Hold.Days = Formula{Kind: AnyCoupon, Coupon: "five"}, 3
		}, "/earning/0/award/kind not_with_coupon"},
		{func(d *Terms) { d.Redemptions[0].Minutes = -1 }, "/redemptions/0/reserve_minutes out_of_range"},
	} {
		doc := stamps()
		c.change(&doc)
		_, err := Compile(doc, 1)
		if got := faultsOf(t, err); !slices.Contains(got, c.want) {
			t.Errorf("%s: got %q", c.want, got)
		}
	}
}
