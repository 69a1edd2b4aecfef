package terms

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"
)

// drawTerms makes terms of one unit with a purchase rule, and perhaps a bonus, tiers, a hold and an end.
func drawTerms(t *rapid.T) Terms {
	base := Rule{Award: drawFormula(t), Hold: Hold{
		Days: rapid.SampledFrom([]int{0, 0, 7, 40}).Draw(t, "hold"), NextVisit: rapid.Bool().Draw(t, "next visit"),
	}}
	if rapid.IntRange(0, 3).Draw(t, "waits") == 0 {
		base.Hold = Hold{Event: "delivered", Within: rapid.SampledFrom([]int{0, 10, 60}).Draw(t, "within")}
	}
	if rapid.IntRange(0, 3).Draw(t, "own end") == 0 {
		base.Expiry = Expiry{Kind: RollingDays, Days: rapid.IntRange(1, 90).Draw(t, "own days")}
	}
	bonus := Rule{
		When: OnFirstPurchase, Award: Formula{Kind: Fixed, Points: 500},
		If:     Conditions{MinAmount: rapid.Int64Range(0, 20_000).Draw(t, "minimum")},
		Limits: []Limit{{Per: PerLife, Times: 1}},
	}
	capped := Rule{Award: rate(1, 50), Limits: []Limit{{Per: PerMonth, Points: 300}}}
	if rapid.IntRange(0, 2).Draw(t, "in parts") == 0 {
		capped.Parts = Parts{Of: rapid.IntRange(2, 4).Draw(t, "of"), Days: rapid.IntRange(1, 60).Draw(t, "every")}
	}
	doc := one(base, bonus, capped)
	if rapid.Bool().Draw(t, "ends") {
		doc.Units[0].Expiry = drawExpiry(t)
	}
	doc.Redemptions[0] = Redemption{Unit: "p", Minimum: 100, Step: 10, Share: 100, OwnOrder: rapid.Bool().Draw(t, "own")}
	if rapid.IntRange(0, 3).Draw(t, "coupons") == 0 {
		offered := withCoupons(rapid.SliceOfNDistinct(rapid.Custom(drawKind), 1, 3, func(k CouponKind) string { return k.Code }).Draw(t, "kinds")...)
		doc.Coupons, doc.Groups = offered.Coupons, offered.Groups
	}
	if rapid.IntRange(0, 3).Draw(t, "rewards") == 0 {
		doc.Coupons = append(doc.Coupons, CouponKind{Code: "given", Name: Text{En: "given"}, Amount: 500, Days: 30})
		doc.Rewards = []Reward{
			{Code: "auto", Name: Text{En: "auto"}, Kind: RewardCoupon, Unit: "p", Price: rapid.Int64Range(50, 500).Draw(t, "price"), Coupon: "given", Auto: true},
		}
	}
	if rapid.Bool().Draw(t, "tiers") {
		doc.Tiers = drawPlan(t)
		doc.Earning[0].Tiers = []Factor{{"t1", Ratio{3, 2}}}
	}
	return doc
}

func drawExpiry(t *rapid.T) Expiry {
	until := rapid.SampledFrom([]RoundUp{"", ToDay, ToMonth, ToQuarter, ToHalfYear, ToYear}).Draw(t, "until")
	switch rapid.IntRange(0, 3).Draw(t, "end") {
	case 0:
		return Expiry{Kind: RollingDays, Days: rapid.IntRange(1, 150).Draw(t, "days"), Until: until}
	case 1:
		return Expiry{Kind: Inactivity, Months: rapid.IntRange(1, 5).Draw(t, "months"), Until: until, By: []Activity{ByPurchase, ByUsing}}
	case 2:
		return Expiry{Kind: OnDates, Dates: []YearDay{{6, 30}, {12, 31}, {2, 29}}}
	default:
		return Expiry{Kind: Rolling, Months: rapid.IntRange(1, 5).Draw(t, "months"), Until: until}
	}
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
		Window:    drawWindow(t),
		Validity:  drawValidity(t),
		Downgrade: rapid.SampledFrom([]Downgrade{DownFull, DownOneStep, DownNever}).Draw(t, "downgrade"),
	}
	for i, threshold := range []Money{0, 20_000, 60_000}[rapid.IntRange(0, 1).Draw(t, "base tier"):] {
		plan.Tiers = append(plan.Tiers, Tier{Code: fmt.Sprintf("t%d", i), Name: Text{En: "Tier"}, Threshold: threshold})
	}
	drawMore(t, plan)
	return plan
}

func drawWindow(t *rapid.T) Window {
	return rapid.SampledFrom([]Window{
		{RollingMonths, 2}, {RollingMonths, 12}, {Kind: CalendarMonth}, {Kind: CalendarQuarter}, {Kind: CalendarHalf}, {Kind: CalendarYear},
		{Kind: MemberYear}, {Kind: Lifetime},
	}).Draw(t, "window")
}

func drawValidity(t *rapid.T) Validity {
	return rapid.SampledFrom([]Validity{
		{Kind: NoValidity}, {Kind: ValidForMonths, Months: 2}, {Kind: ValidNextYear}, {Kind: ValidPeriod}, {Kind: ValidNextPeriod},
		{Kind: ValidNextPeriod, ExtendMonths: 1, ExtendDays: 3}, {Kind: ValidToDate, Month: 3, Day: 31},
	}).Draw(t, "validity")
}

// drawMore adds what only some plans have: other metrics, several criteria, gifts, tiers that are never lost.
func drawMore(t *rapid.T, plan *TierPlan) {
	if rapid.Bool().Draw(t, "at the end") {
		plan.AtEnd, plan.ReviewDay = true, 0
	}
	if plan.Grace > 0 {
		plan.GraceTo = rapid.SampledFrom([]Period{"", MonthPeriod, QuarterPeriod}).Draw(t, "grace to")
	}
	if plan.Validity.Kind != NoValidity && rapid.Bool().Draw(t, "next period") {
		plan.Upgrade = UpNextPeriod
	}
	plan.Metric = rapid.SampledFrom([]Metric{MetricSpend, MetricSpend, MetricEarned, MetricBalance, MetricOrders, MetricVisits}).Draw(t, "metric")
	if plan.Metric == MetricBalance {
		plan.Window = Window{Kind: NoWindow}
	}
	top := &plan.Tiers[len(plan.Tiers)-1]
	if plan.Metric == MetricOrders || plan.Metric == MetricVisits {
		for i := range plan.Tiers {
			plan.Tiers[i].Threshold /= 10_000
		}
	}
	more := []Criterion{{Metric: MetricVisits, Window: drawWindow(t), AtLeast: 2}, {Metric: MetricEarned, Window: drawWindow(t), AtLeast: 300}}
	switch rapid.IntRange(0, 3).Draw(t, "criteria") {
	case 1:
		top.All = more
	case 2:
		top.Any, top.Threshold = more, 0
	}
	if rapid.Bool().Draw(t, "welcome") {
		top.Welcome.Points = 200
	}
	top.Lasting = rapid.IntRange(0, 4).Draw(t, "lasting") == 0
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
			what:   rapid.SampledFrom([]string{"buy", "buy", "buy", "pay", "refund", "refund all", "give", "take", "tell", "deliver", "set aside", "set aside"}).Draw(t, "what"),
			amount: rapid.Int64Range(1, 30_000).Draw(t, "amount"),
			pick:   rapid.IntRange(0, 9).Draw(t, "pick"),
		}
	}), 1, 25).Draw(t, "script")
	slices.SortStableFunc(script, func(a, b deed) int { return a.day - b.day })
	return script
}
