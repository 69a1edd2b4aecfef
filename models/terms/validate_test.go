package terms

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dangol/models"
)

// wrong is a change that makes sound terms faulty, and the fault that is then found.
type wrong struct {
	change func(*Terms)
	want   string
}

var wrongHeads = []wrong{
	{func(d *Terms) { d.Schema = 2 }, "/schema not_one_of"},
	{func(d *Terms) { d.Name = Text{} }, "/name required"},
	{func(d *Terms) { d.Name.Ko = "줄\n바꿈" }, "/name/ko malformed"},
	{func(d *Terms) { d.Name.Ko = strings.Repeat("긴", 61) }, "/name/ko malformed"},
	{func(d *Terms) { d.Currency = "won" }, "/currency malformed"},
	{func(d *Terms) { d.Refunds.Shortfall = "maybe" }, "/refunds/shortfall not_one_of"},
	{func(d *Terms) { d.Comparison.Percent = 51 }, "/comparison/percent out_of_range"},
	{func(d *Terms) { d.Units = append(d.Units, d.Units[0]) }, "/units/1/code taken"},
	{func(d *Terms) { d.Units[0].Code = "Points!" }, "/units/0/code malformed"},
	{func(d *Terms) { d.Units[0].Kind = "" }, "/units/0/kind not_one_of"},
	{func(d *Terms) { d.Units[0].Worth.Points = 0 }, "/units/0/worth/points out_of_range"},
	{func(d *Terms) { d.Units[0].Expiry.Months = 0 }, "/units/0/expiry/months out_of_range"},
	{func(d *Terms) { d.Units[0].Expiry.Kind = Never }, "/units/0/expiry/months out_of_range"},
	{func(d *Terms) { d.Units[0].Worth = Worth{} }, "/redemptions/0/unit without_worth"},
	{func(d *Terms) { d.Units[0].Kind = Qualifying }, "/redemptions/0/unit not_spendable"},
	{func(d *Terms) { d.Units[0].Most = -1 }, "/units/0/most out_of_range"},
	{func(d *Terms) { d.Redemptions[0].Unit = "star" }, "/redemptions/0/unit unknown_code"},
	{func(d *Terms) { d.Redemptions[0].Share = 101 }, "/redemptions/0/share out_of_range"},
	{func(d *Terms) { d.Redemptions[0].Minimum = 1_050 }, "/redemptions/0/minimum not_whole_steps"},
	{func(d *Terms) { d.Redemptions = append(d.Redemptions, d.Redemptions[0]) }, "/redemptions/1/unit taken"},
	{func(d *Terms) { d.Redemptions[0].Item = &Item{Name: Text{En: "x"}} }, "/redemptions/0/item/up_to out_of_range"},
}

var wrongRules = []wrong{
	{func(d *Terms) { d.Earning[1].Code = "purchase" }, "/earning/1/code taken"},
	{func(d *Terms) { d.Earning[0].Unit = "star" }, "/earning/0/unit unknown_code"},
	{func(d *Terms) { d.Earning[0].When = "full_moon" }, "/earning/0/when not_one_of"},
	{func(d *Terms) { d.Earning[0].Award.Rate = Ratio{0, 100} }, "/earning/0/award/rate not_positive"},
	{func(d *Terms) { d.Earning[0].Award.Rate = Ratio{2, 0} }, "/earning/0/award/rate not_positive"},
	{func(d *Terms) { d.Earning[0].Award.Rate = Ratio{1001, 1} }, "/earning/0/award/rate out_of_range"},
	{func(d *Terms) { d.Earning[1].Award.Points = 0 }, "/earning/1/award/points out_of_range"},
	{func(d *Terms) { d.Earning[0].Award = Formula{Kind: PerAmount, Points: 1} }, "/earning/0/award/every out_of_range"},
	{func(d *Terms) { d.Earning[0].Tiers[0].Tier = "gold" }, "/earning/0/tiers/0/tier unknown_code"},
	{func(d *Terms) { d.Earning[0].Tiers[1].Tier = "regular" }, "/earning/0/tiers/1/tier taken"},
	{func(d *Terms) { d.Earning[0].Tiers[0].Factor = Ratio{-1, 2} }, "/earning/0/tiers/0/factor not_positive"},
	{func(d *Terms) { d.Earning[0].Rounding.To = 7 }, "/earning/0/rounding/to not_one_of"},
	{func(d *Terms) { d.Earning[0].Rounding.Mode = "truncate" }, "/earning/0/rounding/mode not_one_of"},
	{func(d *Terms) { d.Earning[1].Rounding.Scope = PerLine }, "/earning/1/rounding/scope only_with"},
	{func(d *Terms) { d.Earning[1].Cap = 999 }, "/earning/1/cap below_award"},
	{func(d *Terms) { d.Earning[1].Limits[0].Points = 5 }, "/earning/1/limits/0 exactly_one"},
	{func(d *Terms) { d.Earning[1].Limits[0] = Limit{Per: PerDay, Points: 999, Reject: true} }, "/earning/1/limits/0/points below_award"},
	{func(d *Terms) { d.Earning[1].Limits = append(d.Earning[1].Limits, Limit{Per: PerLife, Times: 2}) }, "/earning/1/limits/1/per taken"},
	{func(d *Terms) { d.Earning[0].If.Categories = Selection{[]string{"a"}, []string{"b"}} }, "/earning/0/if/categories exactly_one"},
	{func(d *Terms) { d.Earning[0].If.Tiers = []string{"gold"} }, "/earning/0/if/tiers/0 unknown_code"},
	{func(d *Terms) { d.Earning[0].If.MinAmount = -1 }, "/earning/0/if/min_amount out_of_range"},
	{func(d *Terms) { d.Earning[0].Hold.Days = 366 }, "/earning/0/hold/days out_of_range"},
	{func(d *Terms) { d.Earning[0].When = OnCustom }, "/earning/0/event only_with"},
	{func(d *Terms) { d.Earning[0].Event = "km" }, "/earning/0/event only_with"},
	{func(d *Terms) { d.Earning[0].When, d.Earning[0].Event = OnCustom, "K M" }, "/earning/0/event malformed"},
	{func(d *Terms) { d.Earning[0].When = OnThreshold }, "/earning/0/reach only_with"},
	{func(d *Terms) {
		d.Earning[0].When, d.Earning[0].Reach = OnThreshold, &Reach{Amount: 5, Window: Window{Kind: CalendarYear}}
	}, "/earning/0/limits required"},
	{func(d *Terms) { d.Earning[0].Chance = &Chance{OneIn: 1, Seed: "a seed of some length"} }, "/earning/0/chance/one_in out_of_range"},
	{func(d *Terms) { d.Earning[0].Chance = &Chance{OneIn: 9, Seed: "short"} }, "/earning/0/chance/seed out_of_range"},
	{func(d *Terms) { d.Earning[0].Group = "g" }, "/earning/0/group unknown_code"},
	{func(d *Terms) {
		d.Groups = []Group{{"g", GroupBest}}
		d.Earning[0].Group, d.Earning[1].Group, d.Earning[1].Award = "g", "g", Formula{Kind: Times, Rate: Ratio{2, 1}}
	}, "/earning/1/group unlike"},
	{func(d *Terms) { d.Earning[1].Award = Formula{Kind: Times, Rate: Ratio{11, 1}} }, "/earning/1/award/rate out_of_range"},
	{func(d *Terms) { d.Earning[1].Award = Formula{Kind: Times, Rate: Ratio{3, 3}} }, "/earning/1/award/rate not_one_of"},
	{func(d *Terms) { d.Earning[1].Award = Formula{Kind: Times, Rate: Ratio{4, 3}} }, "/earning/1/award/rate too_fine"},
	{func(d *Terms) { d.Earning[1].Award = Formula{Kind: Plus, Points: 1, Of: []string{"none"}} }, "/earning/1/award/of/0 unknown_code"},
	{func(d *Terms) { d.Earning[1].Award.Of = []string{"purchase"} }, "/earning/1/award/of only_with"},
	{func(d *Terms) {
		d.Earning[1].Award, d.Earning[1].Rounding.To = Formula{Kind: Times, Rate: Ratio{2, 1}}, 10
	}, "/earning/1/rounding not_with"},
	{func(d *Terms) {
		d.Earning[0].Award.Rate, d.Earning[0].Tiers[0].Factor = Ratio{999_983, 999_979}, Ratio{999_961, 999_959}
		for i := range 8 {
			d.Earning = append(d.Earning, Rule{
				Code: fmt.Sprint("m", i), Unit: "point", Name: Text{En: "m"}, When: OnPurchase, Award: Formula{Kind: Times, Rate: Ratio{9_999, 1_000}},
			})
		}
	}, "/earning too_fine"},
}

var wrongTiers = []wrong{
	{func(d *Terms) { d.Tiers.Tiers[2].Threshold = 150_000 }, "/tiers/tiers/2/threshold not_ascending"},
	{func(d *Terms) { d.Tiers.Tiers[1].Threshold = 460_000 }, "/tiers/tiers/2/threshold not_ascending"},
	{func(d *Terms) { d.Tiers.Tiers = nil; d.Earning[0].Tiers = nil }, "/tiers/tiers out_of_range"},
	{func(d *Terms) { d.Tiers.ReviewDay = 29 }, "/tiers/review_day out_of_range"},
	{func(d *Terms) { d.Tiers.Window.Months = 0 }, "/tiers/window/months out_of_range"},
	{func(d *Terms) { d.Tiers.Validity.Months = 0 }, "/tiers/validity/months out_of_range"},
	{func(d *Terms) { d.Tiers.Downgrade = "" }, "/tiers/downgrade not_one_of"},
	{func(d *Terms) { d.Tiers.Metric = "smiles" }, "/tiers/metric not_one_of"},
	{func(d *Terms) { d.Tiers.Metric, d.Tiers.Unit = MetricEarned, "star" }, "/tiers/unit unknown_code"},
	{func(d *Terms) { d.Tiers.Unit = "point" }, "/tiers/unit not_with"},
	{func(d *Terms) { d.Tiers.Metric = MetricNumber }, "/tiers/number unknown_code"},
	{func(d *Terms) { d.Tiers.Metric = MetricBalance }, "/tiers/window/kind not_with"},
	{func(d *Terms) { d.Tiers.Window = Window{Kind: NoWindow} }, "/tiers/window/kind not_with"},
	{func(d *Terms) { d.Tiers.Window = Window{Kind: CalendarMonth, Months: 1} }, "/tiers/window/months out_of_range"},
	{func(d *Terms) { d.Tiers.AtEnd = true }, "/tiers/review_day out_of_range"},
	{func(d *Terms) { d.Tiers.GraceTo, d.Tiers.Grace = MonthPeriod, 0 }, "/tiers/grace_to only_with"},
	{func(d *Terms) { d.Tiers.Upgrade, d.Tiers.Validity = UpNextPeriod, Validity{Kind: NoValidity} }, "/tiers/upgrade not_with"},
	{func(d *Terms) { d.Tiers.Validity = Validity{Kind: ValidToDate, Month: 2, Day: 29} }, "/tiers/validity/day out_of_range"},
	{func(d *Terms) { d.Tiers.Validity = Validity{Kind: NoValidity, ExtendDays: 1} }, "/tiers/validity/extend_months not_with"},
	{func(d *Terms) { d.Tiers.Numbers = []Number{{Code: "rating"}} }, "/tiers/numbers/0/name required"},
	{func(d *Terms) { d.Tiers.Tiers[1].All = []Criterion{{Metric: MetricVisits}} }, "/tiers/tiers/1/all/0/at_least out_of_range"},
	{func(d *Terms) {
		d.Tiers.Tiers[1].Any = []Criterion{{Metric: MetricBalance, Window: Window{Kind: Lifetime}, AtLeast: 1}}
	}, "/tiers/tiers/1/any/0/window/kind not_with"},
	{func(d *Terms) { d.Tiers.Tiers[2].ByHand = true }, "/tiers/tiers/2/by_hand not_with"},
	{func(d *Terms) { d.Tiers.Tiers[2].Welcome.Coupon = "cake" }, "/tiers/tiers/2/welcome/coupon unknown_code"},
	{func(d *Terms) { d.Tiers.Tiers[2].Welcome.Unit = "point" }, "/tiers/tiers/2/welcome/unit only_with"},
	{func(d *Terms) { d.Tiers.Tiers[2].Benefits = []Text{{}} }, "/tiers/tiers/2/benefits/0 required"},
}

var wrongGifts = []wrong{
	{func(d *Terms) { d.Occasions[0].Coupon = "cake" }, "/occasions/0/coupon unknown_code"},
	{func(d *Terms) { d.Occasions[0].Lead = 15 }, "/occasions/0/lead_days out_of_range"},
	{func(d *Terms) { d.Occasions[0].Rules.LeapDay = "feb30" }, "/occasions/0/rules/leap_day not_one_of"},
	{func(d *Terms) { d.Coupons[0].Percent = 10 }, "/coupons/0 exactly_one"},
	{func(d *Terms) { d.Coupons[0].Amount = 0 }, "/coupons/0 exactly_one"},
	{func(d *Terms) { d.Coupons[0].Most = 10 }, "/coupons/0/most only_with"},
	{func(d *Terms) { d.Coupons[0].Days = 0 }, "/coupons/0/days out_of_range"},
	{func(d *Terms) { d.Coupons[0].Shipping = true }, "/coupons/0 exactly_one"},
	{func(d *Terms) { d.Coupons[0].Group = "g" }, "/coupons/0/group unknown_code"},
	{func(d *Terms) { d.Groups = []Group{{"g", "some"}} }, "/groups/0/mode not_one_of"},
	{func(d *Terms) { d.Coupons[0].If.MinAmount = 1 }, "/coupons/0/if/min_amount only_with"},
	{func(d *Terms) { d.Coupons[0].If.Tiers = []string{"gold"} }, "/coupons/0/if/tiers/0 unknown_code"},
	{func(d *Terms) { d.Coupons[0].Get = "luck" }, "/coupons/0/get not_one_of"},
	{func(d *Terms) { d.Coupons[0].Get = GetShared }, "/coupons/0/shared malformed"},
	{func(d *Terms) { d.Coupons[0].Shared = "WELCOME" }, "/coupons/0/shared only_with"},
	{func(d *Terms) { d.Coupons[0].Stock = 5 }, "/coupons/0/stock only_with"},
	{func(d *Terms) { d.Coupons[0].MaxUnits = 5 }, "/coupons/0/max_units only_with"},
	{func(d *Terms) { d.Coupons[0].From, d.Coupons[0].Until = 2, 1 }, "/coupons/0/until before_begin"},
	{func(d *Terms) { d.Coupons[0].Gifts = []GiftPool{{}} }, "/coupons/0/gifts/0/skus out_of_range"},
	{func(d *Terms) { d.Coupons[0].Rates = []SKURate{{"a", 0}} }, "/coupons/0/rates/0/percent out_of_range"},
	{func(d *Terms) { d.Grants[0].Role = "cook" }, "/grants/0/role not_one_of"},
	{func(d *Terms) { d.Grants[1].Role = models.Clerk }, "/grants/1/role taken"},
	{func(d *Terms) { d.Grants[0].Once = 10_001 }, "/grants/0/once above_day"},
}

func TestValidate(t *testing.T) {
	for _, c := range slices.Concat(wrongHeads, wrongRules, wrongTiers, wrongGifts) {
		doc := threeRules()
		c.change(&doc)
		_, err := Compile(doc, 1)
		if got := faultsOf(t, err); !slices.Contains(got, c.want) {
			t.Errorf("%s: got %q", c.want, got)
		}
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	doc := threeRules()
	doc.Currency, doc.Earning[0].Award.Rate, doc.Tiers.ReviewDay = "", Ratio{}, 0
	if got := doc.Validate(); len(got) != 3 {
		t.Errorf("three faults: %+v", got)
	}
}
