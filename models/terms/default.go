package terms

import (
	"cmp"
	"slices"

	"dangol/models"
)

// DefaultTicket is what a customer of a small shop usually spends at once, in won, until the shop says otherwise.
const DefaultTicket Money = 12_000

// Default is the programme with which a shop of a trade starts; medianTicket is what a customer usually spends at once,
// in won (0: DefaultTicket). A small shop never changes it, so these numbers are the product: the start-up wizard, the
// demo and the documentation take them from here.
func Default(trade models.Trade, medianTicket Money) Terms {
	medianTicket = cmp.Or(medianTicket, DefaultTicket)
	t := shopDefault(medianTicket)
	switch trade {
	case models.TradeCafe:
		cafe(&t)
	case models.TradeBeauty:
		t.Earning[0].Award.Rate = Percent(3)
		t.Coupons[0].Amount, t.Coupons[0].Minimum = 5_000, 30_000
	case models.TradeOnline:
		online(&t)
	}
	return t
}

// shopDefault is the programme of a shop around the corner.
func shopDefault(medianTicket Money) Terms {
	return Terms{
		Schema:   Schema,
		Name:     Text{Ko: "단골 프로그램", En: "Regulars' programme"},
		Currency: "KRW",
		Units: []Unit{{
			Code: "point", Kind: Spendable,
			Name: Text{"포인트", "point"}, Plural: Text{"포인트", "points"}, Suffix: Text{"P", "P"},
			Worth:  Worth{Money: 1, Points: 1},
			Expiry: Expiry{Kind: Rolling, Months: 60},
		}},
		Earning: []Rule{
			{
				Code: "purchase", Unit: "point", Name: Text{"구매 적립", "Purchases"}, When: OnPurchase,
				Award: Formula{Kind: Rate, Rate: Percent(2)},
			},
			{
				Code: "first", Unit: "point", Name: Text{"첫 구매", "First purchase"}, When: OnFirstPurchase,
				If:     Conditions{MinAmount: 10_000},
				Award:  Formula{Kind: Fixed, Points: 1_000},
				Limits: []Limit{{Per: PerLife, Times: 1}},
				Hold:   Hold{NextVisit: true},
			},
		},
		Redemptions: []Redemption{{Unit: "point", Minimum: 1_000, Step: 100, Share: 100}},
		Occasions: []Occasion{{
			Code: "birthday", Kind: OnBirthday, Coupon: "birthday", Lead: 7, After: 7, MemberFor: 30,
		}},
		Coupons: []CouponKind{{
			Code: "birthday", Name: Text{"생일 쿠폰", "Birthday coupon"},
			Amount: quarter(medianTicket), Minimum: medianTicket, Days: 14,
		}},
		Grants: []GrantLimit{
			{Role: models.Clerk, Once: 3_000, PerDay: 10_000},
			{Role: models.Manager, Once: 10_000, PerDay: 50_000},
			{Role: models.Owner},
		},
		Comparison: Comparison{Percent: 10, Audience: 300},
	}
}

// Margin is what a trade usually keeps of its sales, in percent; an estimate until the shop says its own.
func Margin(trade models.Trade) int {
	switch trade {
	case models.TradeCafe:
		return 70
	case models.TradeRestaurant:
		return 65
	case models.TradeBeauty:
		return 80
	case models.TradeRetail:
		return 35
	case models.TradeOnline:
		return 30
	default:
		return 60
	}
}

// quarter is a quarter of the usual ticket, to the nearest thousand.
func quarter(ticket Money) Money { return max(scale(ticket, 1, 4, HalfUp, 1_000), 1_000) }

// cafe counts drinks: ten stamps are a drink, and the first card has two already.
func cafe(t *Terms) {
	t.Units = []Unit{{
		Code: "stamp", Kind: Spendable,
		Name: Text{"스탬프", "stamp"}, Plural: Text{"스탬프", "stamps"}, Suffix: Text{"개", ""},
		Worth:  Worth{Money: 4_500, Points: 10},
		Expiry: Expiry{Kind: Rolling, Months: 60},
	}}
	t.Earning = []Rule{
		{
			Code: "drink", Unit: "stamp", Name: Text{"음료 한 잔", "A drink"}, When: OnPurchase,
			If:     Conditions{Categories: Selection{Only: []string{DrinkCategory}}},
			Award:  Formula{Kind: PerUnit, Points: 1},
			Limits: []Limit{{Per: PerDay, Points: 10}},
		},
		{
			Code: "first", Unit: "stamp", Name: Text{"첫 카드", "First card"}, When: OnFirstPurchase,
			Award:  Formula{Kind: Fixed, Points: 2},
			Limits: []Limit{{Per: PerLife, Times: 1}},
		},
	}
	t.Redemptions = []Redemption{{
		Unit: "stamp", Minimum: 10, Step: 10, Share: 100,
		Item: &Item{Name: Text{"음료 한 잔", "a drink"}, UpTo: 4_500},
	}}
	t.Grants = []GrantLimit{
		{Role: models.Clerk, Once: 5, PerDay: 20},
		{Role: models.Manager, Once: 20, PerDay: 100},
		{Role: models.Owner},
	}
}

// DrinkCategory is the category of the lines that a café's counter posts for drinks.
const DrinkCategory = "drink"

// online is a mall's: money of its own, after the time in which most goods come back.
func online(t *Terms) {
	unit := &t.Units[0]
	unit.Name, unit.Plural, unit.Suffix = Text{"적립금", "credit"}, Text{"적립금", "credits"}, Text{"원", ""}
	t.Earning[0].Award.Rate = Percent(1)
	for i := range t.Earning {
		t.Earning[i].Hold.Days = 7
	}
	t.Redemptions[0].Minimum, t.Redemptions[0].Share = 2_000, 50
}

// MembersForTopShares is how many customers it takes to set tiers by the shares of them that reach them.
const MembersForTopShares = 200

// SuggestTiers is the plan that is proposed once a shop has regulars: everybody, 단골, VIP, at 1, 1½ and 2½ times the
// usual rate. spend is what each customer spent in the last 12 months; with few of them the thresholds follow the usual
// ticket, twelve and thirty-six of them, with many the line of the top 30 % and 10 %.
func SuggestTiers(medianTicket Money, spend []Money) (TierPlan, []Factor) {
	regular := scale(medianTicket, 12, 1, Ceil, 50_000)
	vip := scale(medianTicket, 36, 1, Ceil, 50_000)
	if len(spend) >= MembersForTopShares {
		regular = topShare(spend, 30)
		vip = max(topShare(spend, 10), regular+10_000)
	}
	plan := TierPlan{
		Metric: MetricSpend, Window: Window{Kind: RollingMonths, Months: 12},
		Tiers: []Tier{
			{Code: "member", Name: Text{"손님", "Member"}},
			{Code: "regular", Name: Text{"단골", "Regular"}, Threshold: regular},
			{Code: "vip", Name: Text{"VIP", "VIP"}, Threshold: vip},
		},
		ReviewDay: 1, Validity: Validity{Kind: ValidForMonths, Months: 12}, Downgrade: DownOneStep, Grace: 1,
	}
	return plan, []Factor{{Tier: "regular", Factor: Ratio{3, 2}}, {Tier: "vip", Factor: Ratio{5, 2}}}
}

// topShare is the spending that the top percent of customers reach, down to ten thousand.
func topShare(spend []Money, percent int) Money {
	sorted := slices.Sorted(slices.Values(spend))
	line := sorted[len(sorted)-max(len(sorted)*percent/100, 1)]
	return max(line/10_000*10_000, 10_000)
}
