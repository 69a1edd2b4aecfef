package terms

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dangol/models"
	"dangol/models/conditions"
)

func faultsOf(t *testing.T, err error) (all []string) {
	t.Helper()
	var invalid *models.Error
	if !errors.As(err, &invalid) || invalid.Kind != models.Invalid {
		t.Fatalf("want an invalid document, got %v", err)
	}
	for _, f := range invalid.Fields {
		all = append(all, f.Field+" "+f.Code)
	}
	return all
}

func TestParseNamesEveryFault(t *testing.T) {
	_, err := Parse([]byte(`{"schema":1,"name":{"ko":"가","fr":"x"},"units":[{"code":7,"decimals":1.5}],
		"earning":[{"award":{"rate":"two"}},{"award":{"rate":2}}],"tiers":[],"colour":"red","a/b~":0}`))
	want := []string{
		"/a~1b~0 unknown_field", "/colour unknown_field", "/earning/0/award/rate malformed", "/earning/1/award/rate wrong_type",
		"/name/fr unknown_field", "/tiers wrong_type", "/units/0/code wrong_type", "/units/0/decimals wrong_type",
	}
	if got := faultsOf(t, err); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, text := range []string{"", "{", "[]]", `{"schema":1} {"schema":1}`, "nonsense"} {
		if got := faultsOf(t, func() error { _, err := Parse([]byte(text)); return err }()); got[0] != " not_json" {
			t.Errorf("%q: %v", text, got)
		}
	}
	if got := faultsOf(t, func() error { _, err := Parse([]byte(`{"Schema":1,"schema":1e3}`)); return err }()); len(got) != 2 {
		t.Errorf("names are exact, numbers whole: %v", got)
	}
}

func TestCanonicalText(t *testing.T) {
	doc := Default(models.TradeOnline, 30_000)
	text := doc.Encode()
	want := `{"schema":1,"name":{"ko":"단골 프로그램","en":"Regulars' programme"},"currency":"KRW","units":[{"code":"point",` +
		`"kind":"spendable","name":{"ko":"적립금","en":"credit"},"plural":{"ko":"적립금","en":"credits"},"suffix":{"ko":"원","en":""},` +
		`"worth":{"money":1,"points":1},"expiry":{"kind":"rolling","months":60}}],"earning":[{"code":"purchase","unit":"point",` +
		`"name":{"ko":"구매 적립","en":"Purchases"},"when":"purchase","award":{"kind":"rate","rate":"1/100"},"hold":{"days":7}},`
	if !bytes.HasPrefix(text, []byte(want)) {
		t.Errorf("%s", text)
	}
	if hash := doc.Hash(); len(hash) != 64 || hash != Default(models.TradeOnline, 30_000).Hash() || hash == Default(models.TradeOnline, 40_000).Hash() {
		t.Errorf("the hash names the text: %s", hash)
	}
}

func TestCanonicalTextIsOneForOneMeaning(t *testing.T) {
	text := `{"currency":"KRW", "schema": 1, "name":{"en":"T","ko":""},"earning":[],"tiers":null,"refunds":{},
		"units":[{"expiry":{"kind":"never"},"plural":{"ko":"","en":""},"name":{"ko":"","en":"p"},"kind":"spendable","code":"p"}]}`
	doc, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"schema":1,"name":{"ko":"","en":"T"},"currency":"KRW","units":[{"code":"p","kind":"spendable",` +
		`"name":{"ko":"","en":"p"},"expiry":{"kind":"never"}}]}`
	if got := string(doc.Encode()); got != want {
		t.Errorf("%s", got)
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := drawTerms(t)
		text := doc.Encode()
		back, err := Parse(text)
		if err != nil || !bytes.Equal(back.Encode(), text) {
			t.Fatalf("%s\n%s\n%v", text, back.Encode(), err)
		}
		if _, err := Compile(back, 1); err != nil {
			t.Fatal(err)
		}
	})
	for _, trade := range models.Trades {
		text := Default(trade, 12_000).Encode()
		if back, err := Parse(text); err != nil || !bytes.Equal(back.Encode(), text) {
			t.Errorf("%s: %v", trade, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, trade := range models.Trades {
		f.Add(Default(trade, 12_000).Encode())
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(doc.Encode())
		if err != nil || !bytes.Equal(again.Encode(), doc.Encode()) {
			t.Fatalf("%s: %v", doc.Encode(), err)
		}
		doc.Validate()
		doc.Describe("ko")
		doc.Sentence("en")
	})
}

func TestRatios(t *testing.T) {
	for text, want := range map[string]Ratio{"2/100": {2, 100}, "2%": {2, 100}, "2.5%": {25, 1_000}, "1.5": {15, 10}, "3": {3, 1}, " 1 %": {1, 100}} {
		var r Ratio
		if err := r.UnmarshalText([]byte(text)); err != nil || r != want {
			t.Errorf("%q: %v, %v", text, r, err)
		}
	}
	for _, text := range []string{"", "/", "a/b", "1/", "%", "1.0000001", "--1", "1e3"} {
		var r Ratio
		if err := r.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q should be refused, is %v", text, r)
		}
	}
}

func TestValidate(t *testing.T) {
	for _, c := range []struct {
		change func(*Terms)
		want   string
	}{
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
		{func(d *Terms) { d.Units[0].Most = -1 }, "/units/0/most out_of_range"},
		{func(d *Terms) { d.Redemptions[0].Unit = "star" }, "/redemptions/0/unit unknown_code"},
		{func(d *Terms) { d.Redemptions[0].Share = 101 }, "/redemptions/0/share out_of_range"},
		{func(d *Terms) { d.Redemptions[0].Minimum = 1_050 }, "/redemptions/0/minimum not_whole_steps"},
		{func(d *Terms) { d.Redemptions = append(d.Redemptions, d.Redemptions[0]) }, "/redemptions/1/unit taken"},
		{func(d *Terms) { d.Redemptions[0].Item = &Item{Name: Text{En: "x"}} }, "/redemptions/0/item/up_to out_of_range"},
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
	} {
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

// A value that reads itself from several kinds of JSON is refused at its place, like any other.
func TestStrictReadsConditions(t *testing.T) {
	type holder struct {
		Where conditions.Condition `json:"where"`
	}
	for text, want := range map[string]string{
		`{"where":{"all":[{"field":"amount","is":"at_least","value":30000},{"not":{"field":"sku","is":"in","value":["a","b"]}}]}}`: "",
		`{"where":{"all":[{"field":"amount","value":1.5},{"not":{"fields":"sku","value":{"a":1}}}]}}`:                              "/where/all/0/value wrong_type, /where/all/1/not/fields unknown_field, /where/all/1/not/value wrong_type",
	} {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		var tree any
		if err := decoder.Decode(&tree); err != nil {
			t.Fatal(err)
		}
		var found faults
		found.strict("", tree, reflect.TypeFor[holder]())
		var got []string
		for _, f := range found {
			got = append(got, f.Field+" "+f.Code)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}
