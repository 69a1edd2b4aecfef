package terms

import (
	"testing"

	"dangol/models"
)

type worseCase struct {
	change, back func(*Terms)
	want         models.LossKind
	at           string
}

// rich has what a shop may promise beside points for purchases.
func rich() Terms {
	d := one(Rule{Name: Text{En: "base"}, Award: rate(1, 100), Rounding: Rounding{Mode: HalfUp, To: 10}}, Rule{Award: Formula{Kind: Fixed, Points: 50}}, Rule{Award: times(2, 1)})
	d.Units = append(d.Units, Unit{Code: "won", Kind: Spendable, Name: Text{Ko: "적립금", En: "credit"}, Worth: Worth{1, 1}, Expiry: Expiry{Kind: Never}})
	d.Units[0].Most = 10_000
	d.Tiers = &TierPlan{Metric: MetricSpend, Window: Window{Kind: CalendarYear}, Tiers: []Tier{{Code: "base", Name: Text{En: "Base"}}, {Code: "top", Name: Text{En: "Top"}, Threshold: 100_000}},
		ReviewDay: 1, Validity: Validity{Kind: ValidNextYear}, Downgrade: DownFull}
	d.Coupons = []CouponKind{{Code: "ten", Name: Text{En: "Ten off"}, Percent: 10, Most: 5_000, Days: 30, If: Conditions{Tiers: []string{"top"}}},
		{Code: "drink", Name: Text{En: "Free drink"}, FreeItem: &FreeItem{UpTo: 4_500}, Days: 30}}
	d.Groups = []Group{{"bases", GroupBest}, {"offers", GroupBest}}
	d.Rewards = []Reward{
		{Code: "cup", Name: Text{En: "Cup"}, Kind: RewardSent, Unit: "p", Price: 500, Tiers: []TierPrice{{"top", 400}}, Stock: Quota{PerMonth, 10}, PerMember: Quota{PerMonth, 2},
			From: day("2026-01-01"), Until: day("2027-12-31")},
		{Code: "credit", Name: Text{En: "Credit"}, Kind: RewardCredit, Unit: "p", Price: 100, Into: "won", Credit: 1_000},
	}
	d.Transfers = []Transfer{{Unit: "p", Minimum: 10, Once: 200, PerDay: 300, Reset: true}}
	d.Causes = []Cause{{Code: "trees", Name: Text{En: "Trees"}, Unit: "p", Minimum: 10}}
	return d
}

func testWorse(t *testing.T, from Terms, cases map[string]worseCase) {
	t.Helper()
	if faults := from.Validate(); len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	for name, c := range cases {
		getsWorse(t, name, from, c.change, c.back, c.want, c.at)
	}
}

func TestWorseRewards(t *testing.T) {
	t.Parallel()
	testWorse(t, rich(), map[string]worseCase{
		"a dearer reward":            {func(d *Terms) { d.Rewards[0].Price++ }, func(d *Terms) { d.Rewards[0].Price-- }, models.LosesPrice, "/rewards/0/price"},
		"a reward that is gone":      {func(d *Terms) { d.Rewards = d.Rewards[:1] }, nil, models.LosesGone, "/rewards/1"},
		"a dearer one in a tier":     {func(d *Terms) { d.Rewards[0].Tiers[0].Price = 450 }, func(d *Terms) { d.Rewards[0].Tiers[0].Price = 300 }, models.LosesPrice, "/rewards/0/tiers"},
		"no tier price":              {func(d *Terms) { d.Rewards[0].Tiers = nil }, nil, models.LosesPrice, "/rewards/0/tiers"},
		"none for a tier":            {func(d *Terms) { d.Rewards[0].Tiers[0].Price = 0 }, nil, models.LosesCondition, "/rewards/0/tiers"},
		"a smaller stock":            {func(d *Terms) { d.Rewards[0].Stock.Times = 9 }, func(d *Terms) { d.Rewards[0].Stock = Quota{} }, models.LosesCap, "/rewards/0/stock"},
		"fewer for one member":       {func(d *Terms) { d.Rewards[0].PerMember.Times = 1 }, func(d *Terms) { d.Rewards[0].PerMember.Times = 3 }, models.LosesCap, "/rewards/0/per_member"},
		"fewer days":                 {func(d *Terms) { d.Rewards[0].Until-- }, func(d *Terms) { d.Rewards[0].Until = 0 }, models.LosesDays, "/rewards/0"},
		"a smaller credit":           {func(d *Terms) { d.Rewards[1].Credit-- }, func(d *Terms) { d.Rewards[1].Credit++ }, models.LosesAward, "/rewards/1"},
		"one that is taken by force": {func(d *Terms) { d.Rewards[1].Auto = true }, nil, models.LosesCondition, "/rewards/1/auto"},
		"a cause that is gone":       {func(d *Terms) { d.Causes = nil }, nil, models.LosesGone, "/causes/0"},
		"a larger gift to a cause":   {func(d *Terms) { d.Causes[0].Minimum = 20 }, func(d *Terms) { d.Causes[0].Minimum = 0 }, models.LosesCondition, "/causes/0"},
	})
}

func TestWorseTransfers(t *testing.T) {
	t.Parallel()
	testWorse(t, rich(), map[string]worseCase{
		"no giving":        {func(d *Terms) { d.Transfers = nil }, nil, models.LosesGone, "/transfers/0"},
		"a higher minimum": {func(d *Terms) { d.Transfers[0].Minimum = 20 }, func(d *Terms) { d.Transfers[0].Minimum = 0 }, models.LosesCondition, "/transfers/0/minimum"},
		"less at a time":   {func(d *Terms) { d.Transfers[0].Once = 100 }, func(d *Terms) { d.Transfers[0].Once = 0 }, models.LosesCap, "/transfers/0/once"},
		"less a day":       {func(d *Terms) { d.Transfers[0].PerDay = 250 }, func(d *Terms) { d.Transfers[0].PerDay = 400 }, models.LosesCap, "/transfers/0/per_day"},
		"an old end":       {func(d *Terms) { d.Transfers[0].Reset = false }, nil, models.LosesLife, "/transfers/0/reset"},
	})
}

func TestWorseRounding(t *testing.T) {
	t.Parallel()
	rounding := func(r Rounding) func(*Terms) { return func(d *Terms) { d.Earning[0].Rounding = r } }
	for from, to := range map[Rounding]struct{ worse, better []Rounding }{
		{}:                                     {[]Rounding{{To: 10}, {Scope: PerLine}, {Mode: HalfUp, To: 10}, {Mode: HalfUp, Scope: PerLine}}, []Rounding{{Mode: Floor, To: 1}, {Mode: HalfUp}, {Mode: Ceil}, {Mode: Ceil, To: 10}}},
		{Scope: PerLine, To: 10}:               {[]Rounding{{Scope: PerLine, To: 100}, {To: 100}}, []Rounding{{To: 10}, {}, {Scope: PerLine}, {Mode: HalfUp, Scope: PerLine, To: 10}}},
		{Mode: HalfUp, To: 10}:                 {[]Rounding{{To: 10}, {Mode: HalfUp}, {Mode: HalfUp, To: 100}, {Mode: HalfUp, Scope: PerLine, To: 10}}, []Rounding{{Mode: Ceil, To: 10}}},
		{Mode: Ceil, To: 10}:                   {[]Rounding{{Mode: HalfUp, To: 10}, {Mode: Ceil}, {To: 10}, {Mode: Ceil, Scope: PerLine, To: 10}}, []Rounding{{Mode: Ceil, To: 100}}},
		{Mode: HalfUp, Scope: PerLine, To: 10}: {[]Rounding{{Mode: HalfUp, To: 10}}, []Rounding{{Mode: Ceil, Scope: PerLine, To: 10}}},
	} {
		doc := changed(rich(), rounding(from))
		for _, r := range to.worse {
			getsWorse(t, "rounding", doc, rounding(r), nil, models.LosesRounding, "/earning/0/rounding")
		}
		for _, r := range to.better {
			if after := changed(copied(t, doc), rounding(r)); len(Worse(&doc, &after)) > 0 {
				t.Errorf("%+v is told as worse than %+v", r, from)
			}
		}
	}
}

func TestWorseTogether(t *testing.T) {
	t.Parallel()
	grouped := changed(rich(), func(d *Terms) { d.Earning[0].Group, d.Earning[1].Group = "bases", "bases" })
	testWorse(t, rich(), map[string]worseCase{
		"rules that compete":   {func(d *Terms) { d.Earning[0].Group, d.Earning[1].Group = "bases", "bases" }, nil, models.LosesTogether, "/earning/0/group"},
		"a rule that ends all": {func(d *Terms) { d.Earning[0].Last = true }, nil, models.LosesTogether, "/earning/0/last"},
		"offers that compete":  {func(d *Terms) { d.Coupons[0].Group = "offers" }, nil, models.LosesTogether, "/coupons/0/group"},
		"a new last rule": {func(d *Terms) {
			d.Earning = append([]Rule{{Code: "new", Unit: "p", Name: Text{En: "New"}, When: OnPurchase, Award: rate(1, 50), Last: true}}, d.Earning...)
		},
			func(d *Terms) {
				d.Earning = append([]Rule{{Code: "new", Unit: "p", Name: Text{En: "New"}, When: OnPurchase, Award: rate(1, 50)}}, d.Earning...)
			}, models.LosesTogether, "/earning/0"},
		"a new rule that takes": {func(d *Terms) {
			d.Earning = append(d.Earning, Rule{Code: "new", Unit: "p", Name: Text{En: "New"}, When: OnPurchase, Award: times(1, 2)})
		}, nil, models.LosesAward, "/earning/3"},
		"a lower most":         {func(d *Terms) { d.Units[0].Most = 9_000 }, func(d *Terms) { d.Units[0].Most = 0 }, models.LosesRoom, "/units/0/most"},
		"a first most":         {func(d *Terms) { d.Units[1].Most = 9_000 }, nil, models.LosesRoom, "/units/1/most"},
		"a rarer surprise":     {func(d *Terms) { d.Earning[1].Chance = &Chance{OneIn: 5, Seed: "long enough"} }, nil, models.LosesAward, "/earning/1/chance"},
		"a smaller free thing": {func(d *Terms) { d.Coupons[1].FreeItem.UpTo = 4_000 }, func(d *Terms) { d.Coupons[1].FreeItem.UpTo = 0 }, models.LosesCoupon, "/coupons/1"},
		"a coupon that ends":   {func(d *Terms) { d.Coupons[0].Until = day("2026-12-31") }, nil, models.LosesCoupon, "/coupons/0"},
	})
	testWorse(t, grouped, map[string]worseCase{
		"the first, not the best": {func(d *Terms) { d.Groups[0].Mode = GroupFirst }, func(d *Terms) { d.Earning[0].Group, d.Earning[1].Group = "", "" }, models.LosesTogether, "/earning/0/group"},
		"one alone":               {func(d *Terms) { d.Groups[0].Mode = GroupExclusive }, nil, models.LosesTogether, "/earning/0/group"},
	})
	first := changed(grouped, func(d *Terms) { d.Groups[0].Mode = GroupFirst })
	testWorse(t, first, map[string]worseCase{
		"another first":                   {func(d *Terms) { d.Earning[0], d.Earning[1] = d.Earning[1], d.Earning[0] }, nil, models.LosesTogether, "/earning/1"},
		"the best, which no bonus raises": {func(d *Terms) { d.Groups[0].Mode = GroupBest }, nil, models.LosesTogether, "/earning/0/group"},
		"a first one for more":            {func(d *Terms) { d.Earning[0].When = OnFirstPurchase }, func(d *Terms) { d.Earning[1].Award.Points++ }, models.LosesTogether, "/earning/0"},
	})
}

func TestWorseBasis(t *testing.T) {
	t.Parallel()
	full := changed(rich(), func(d *Terms) { d.Basis = Basis{BeforeDiscounts: true, Shipping: true, PointsPaid: true} })
	least := changed(rich(), func(d *Terms) { d.Basis = Basis{BeforeTax: true} })
	testWorse(t, full, map[string]worseCase{
		"before tax":       {func(d *Terms) { d.Basis.BeforeTax = true }, nil, models.LosesBasis, "/basis/before_tax"},
		"items":            {func(d *Terms) { d.Basis.Items = true }, nil, models.LosesBasis, "/basis/items"},
		"without shipping": {func(d *Terms) { d.Basis.Shipping = false }, nil, models.LosesBasis, "/basis/shipping"},
		"less discounts":   {func(d *Terms) { d.Basis.BeforeDiscounts = false }, nil, models.LosesBasis, "/basis/before_discounts"},
		"less points":      {func(d *Terms) { d.Basis.PointsPaid = false }, nil, models.LosesBasis, "/basis/points_paid"},
	})
	if found := Worse(&least, &full); len(found) > 0 {
		t.Errorf("a larger basis is told as %+v", found)
	}
}
