package terms

import (
	"testing"

	"dangol/models"
	"dangol/models/calendar"
)

// The numbers of the default programme are the product: each stands here as it is written in its table.
func TestShopDefault(t *testing.T) {
	for _, trade := range []models.Trade{models.TradeUnknown, models.TradeRestaurant, models.TradeRetail} {
		d := Default(trade, 12_000)
		unit, purchase, first, use := d.Units[0], d.Earning[0], d.Earning[1], d.Redemptions[0]
		check := func(what string, ok bool) {
			t.Helper()
			if !ok {
				t.Errorf("%s: %s: %s", trade, what, d.Encode())
			}
		}
		check("2 %, below 1P dropped, each order", purchase.Award.Rate == Ratio{2, 100} && purchase.Rounding == Rounding{})
		check("1P = 1원", unit.Worth == Worth{1, 1} && unit.Suffix.Ko == "P" && unit.Name.Ko == "포인트")
		check("after discounts, without points and shipping", d.Basis == Basis{})
		check("first purchase 1,000P from 10,000원", first.When == OnFirstPurchase && first.Award.Points == 1_000 && first.If.MinAmount == 10_000)
		check("once a member, from the next visit", first.Limits[0] == Limit{Per: PerLife, Times: 1} && first.Hold == Hold{NextVisit: true})
		check("from 1,000P, by 100P, all of the order", use.Minimum == 1_000 && use.Step == 100 && use.Share == 100)
		check("this order's points later", !use.OwnOrder)
		check("at once in the shop", purchase.Hold == Hold{})
		check("five years, to the month's end", unit.Expiry.Kind == Rolling && unit.Expiry.Months == 60)
		check("no tiers at first", d.Tiers == nil)
		check("birthday 3,000원 from 12,000원", d.Coupons[0].Amount == 3_000 && d.Coupons[0].Minimum == 12_000)
		check("7 days before to 7 after, 30 days a member", d.Occasions[0].Lead == 7 && d.Occasions[0].After == 7 && d.Occasions[0].MemberFor == 30)
		check("29 February on the 28th", d.Occasions[0].Rules == calendar.Rules{})
		clerk, _ := d.GrantLimit(models.Clerk)
		manager, _ := d.GrantLimit(models.Manager)
		owner, ok := d.GrantLimit(models.Owner)
		check("clerk 3,000P and 10,000P", clerk.Once == 3_000 && clerk.PerDay == 10_000)
		check("manager 10,000P and 50,000P", manager.Once == 10_000 && manager.PerDay == 50_000)
		check("owner without a limit", ok && owner.Once == 0 && owner.PerDay == 0)
		check("10 % from 300 people", d.Comparison == Comparison{10, 300})
		_, viewer := d.GrantLimit(models.Viewer)
		check("others may not give", !viewer)
	}
}

func TestDefaultsOfTheTrades(t *testing.T) {
	beauty := Default(models.TradeBeauty, 0)
	if beauty.Earning[0].Award.Rate != Percent(3) || beauty.Coupons[0].Amount != 5_000 || beauty.Coupons[0].Minimum != 30_000 {
		t.Errorf("3 %%, birthday 5,000원 from 30,000원: %s", beauty.Encode())
	}
	mall := Default(models.TradeOnline, 0)
	if mall.Units[0].Name.Ko != "적립금" || mall.Units[0].Suffix.Ko != "원" || mall.Earning[0].Award.Rate != Percent(1) ||
		mall.Earning[0].Hold.Days != 7 || mall.Redemptions[0].Minimum != 2_000 || mall.Redemptions[0].Share != 50 {
		t.Errorf("적립금, 1 %%, 7 days, from 2,000원, at most 50 %%: %s", mall.Encode())
	}
	cafe := Default(models.TradeCafe, 0)
	drink, first, use := cafe.Earning[0], cafe.Earning[1], cafe.Redemptions[0]
	if drink.Award.Kind != PerUnit || drink.Award.Points != 1 || drink.Limits[0] != (Limit{Per: PerDay, Points: 10}) ||
		first.Award.Points != 2 || use.Step != 10 || use.Item.UpTo != 4_500 {
		t.Errorf("a stamp a drink, ten a day, ten for a drink up to 4,500원, two to begin with: %s", cafe.Encode())
	}
	if usual, firstCard := cafe.ItemDiscount(false), cafe.ItemDiscount(true); usual != (Ratio{1, 11}) || firstCard != (Ratio{1, 9}) {
		t.Errorf("a discount of 1/11, at first 1/9: %v, %v", usual, firstCard)
	}
	for _, trade := range models.Trades {
		for _, ticket := range []Money{0, 5_500, 12_000, 150_000} {
			compile(t, Default(trade, ticket))
		}
	}
}

func TestBirthdayCouponFollowsTheTicket(t *testing.T) {
	for ticket, want := range map[Money]Money{1_000: 1_000, 6_000: 2_000, 12_000: 3_000, 30_000: 8_000, 50_000: 13_000} {
		if got := Default(models.TradeUnknown, ticket).Coupons[0].Amount; got != want {
			t.Errorf("%d: %d, want %d", ticket, got, want)
		}
	}
}

func TestFirstRewardOnTheSecondVisit(t *testing.T) {
	for trade, want := range map[models.Trade]int{models.TradeUnknown: 2, models.TradeCafe: 9, models.TradeOnline: 10} {
		if visit, _ := compile(t, Default(trade, 12_000)).FirstReward(12_000, 14); visit != want {
			t.Errorf("%s: visit %d, want %d", trade, visit, want)
		}
	}
}

func TestSuggestedTiers(t *testing.T) {
	plan, factors := SuggestTiers(12_000, nil)
	if plan.Tiers[1].Threshold != 150_000 || plan.Tiers[2].Threshold != 450_000 || plan.Window != (Window{RollingMonths, 12}) {
		t.Errorf("12 and 36 tickets, up to 50,000: %+v", plan)
	}
	if plan.ReviewDay != 1 || plan.Validity != (Validity{Kind: ValidForMonths, Months: 12}) || plan.Downgrade != DownOneStep || plan.Grace != 1 {
		t.Errorf("on the 1st, for twelve months, one step, a month's grace: %+v", plan)
	}
	doc := Default(models.TradeUnknown, 12_000)
	doc.Tiers, doc.Earning[0].Tiers = &plan, factors
	p := compile(t, doc)
	for tier, want := range map[string]Points{"member": 240, "regular": 360, "vip": 600} { // 2, 3, 5 %
		awards, _ := p.Quote(&Member{Orders: 1, Tier: TierState{Code: tier}}, &Purchase{Total: 12_000})
		if awards[0].Points != want {
			t.Errorf("%s: %d, want %d", tier, awards[0].Points, want)
		}
	}
	var spend []Money
	for i := range 200 {
		spend = append(spend, Money(i+1)*1_234)
	}
	plan, _ = SuggestTiers(12_000, spend) // the 60th from the top spent 173,994, the 20th 223,354
	if plan.Tiers[1].Threshold != 170_000 || plan.Tiers[2].Threshold != 220_000 {
		t.Errorf("the lines of the top 30 and 10 %%: %+v", plan.Tiers)
	}
}

func TestWorkedCost(t *testing.T) {
	doc := Default(models.TradeUnknown, 12_000)
	got := doc.MonthlyCost(UsualMonth(12_000, 60))
	want := Cost{
		Earning: 80_000, First: 30_000, Birthday: 30_000, Total: 140_000, PerMille: 14, BreakEven: 233_334, Visits: 20,
	}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestCafeCostsWhatItPaysForDrinks(t *testing.T) {
	cafe := Default(models.TradeCafe, 6_000)
	month := UsualMonth(6_000, 70)
	if got := cafe.MonthlyCost(month); got.Earning != 90_000 { // 450 of 6,000, 30 % of it, 80 % used, of 5,000,000
		t.Errorf("%+v", got)
	}
}

func TestCouponOff(t *testing.T) {
	amount := CouponKind{Amount: 3_000, Minimum: 12_000}
	percent := CouponKind{Percent: 10, Most: 5_000}
	for _, c := range []struct {
		kind  CouponKind
		total Money
		want  Money
	}{{amount, 11_999, 0}, {amount, 12_000, 3_000}, {percent, 12_345, 1_234}, {percent, 90_000, 5_000}, {CouponKind{Amount: 3_000}, 2_000, 2_000}} {
		if got := c.kind.Off(c.total); got != c.want {
			t.Errorf("%+v off %d: %d, want %d", c.kind, c.total, got, c.want)
		}
	}
}
