package forms

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"dangol/models"
	"dangol/models/terms"
	"dangol/views/i18n"
)

// withTiers is a shop's default with the tiers that are proposed later.
func withTiers(trade models.Trade) terms.Terms {
	t := terms.Default(trade, 0)
	plan, factors := terms.SuggestTiers(terms.DefaultTicket, nil)
	t.Tiers = &plan
	if t.Earning[0].Award.Kind == terms.Rate {
		t.Earning[0].Tiers = factors
	}
	return t
}

func TestAFormThatNobodyTouchedChangesNothing(t *testing.T) {
	for _, locale := range i18n.Locales {
		for _, trade := range models.Trades {
			for _, before := range []terms.Terms{terms.Default(trade, 0), withTiers(trade)} {
				after, err := ProgramFrom(before, i18n.New(locale)).Apply(before)
				if err != nil {
					t.Fatalf("%s: %v", trade, err)
				}
				if !bytes.Equal(before.Encode(), after.Encode()) {
					t.Errorf("%s %s:\nbefore %s\nafter  %s", locale, trade, before.Encode(), after.Encode())
				}
			}
		}
	}
}

func TestWhatIsTypedStandsInTheTerms(t *testing.T) {
	form := ProgramFrom(withTiers(models.TradeRestaurant), i18n.New(i18n.Korean))
	form.Rate, form.From, form.BirthdayAmount, form.TierFrom[1], form.TierRate[1] = "1.5", "2,000P", "5000원", "300,000", "3"
	got, err := form.Apply(withTiers(models.TradeRestaurant))
	if err != nil {
		t.Fatal(err)
	}
	rule := got.Earning[0]
	if rule.Award.Rate != (terms.Ratio{Num: 3, Den: 200}) || got.Redemptions[0].Minimum != 2000 || got.Coupons[0].Amount != 5000 {
		t.Errorf("rate %v, from %d, birthday %d", rule.Award.Rate, got.Redemptions[0].Minimum, got.Coupons[0].Amount)
	}
	if got.Tiers.Tiers[1].Threshold != 300_000 || rule.Tiers[0].Factor != (terms.Ratio{Num: 2, Den: 1}) {
		t.Errorf("threshold %d, factor %v", got.Tiers.Tiers[1].Threshold, rule.Tiers[0].Factor)
	}
}

func TestWhatIsSwitchedOffIsGone(t *testing.T) {
	form := ProgramFrom(withTiers(models.TradeRetail), i18n.New(i18n.Korean))
	form.TiersOn, form.BirthdayOn, form.First, form.Months = "", "", "0", "0"
	got, err := form.Apply(withTiers(models.TradeRetail))
	if err != nil {
		t.Fatal(err)
	}
	first := slices.ContainsFunc(got.Earning, func(r terms.Rule) bool { return r.When == terms.OnFirstPurchase })
	if got.Tiers != nil || len(got.Occasions) > 0 || first || got.Units[0].Expiry.Kind != terms.Never {
		t.Errorf("still there: %s", got.Encode())
	}
}

func TestEveryFaultIsTold(t *testing.T) {
	form := ProgramFrom(terms.Default(models.TradeRetail, 0), i18n.New(i18n.Korean))
	form.Rate, form.From, form.BirthdayMin = "많이", "", "삼천"
	_, err := form.Apply(terms.Default(models.TradeRetail, 0))
	problems := Explain(i18n.New(i18n.Korean), err)
	if problems["rate"] == "" || problems["birthday_min"] == "" || len(problems) != 2 {
		t.Errorf("got %v", problems)
	}
}

func TestAmountsAreReadAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct {
		text     string
		decimals int
		want     int64
		fault    string
	}{
		{"12,000", 0, 12000, ""}, {"12000원", 0, 12000, ""}, {" ₩12,000 ", 0, 12000, ""}, {"１２０００", 0, 12000, ""},
		{"$12.50", 2, 1250, ""}, {"12.5", 2, 1250, ""}, {"12", 2, 1200, ""},
		{"", 0, 0, "required"}, {"12.5", 0, 0, "bad_amount"}, {"-12", 0, 0, "bad_amount"}, {"1.2.3", 2, 0, "bad_amount"},
		{"원", 0, 0, "bad_amount"}, {"99999999999999999999", 0, 0, "bad_amount"}, {"1e5", 0, 0, "bad_amount"},
	} {
		got, err := Amount("amount", c.text, c.decimals)
		code := ""
		if fault, ok := err.(*models.Error); ok {
			code = fault.Fields[0].Code
		}
		if got != c.want || code != c.fault {
			t.Errorf("Amount(%q, %d) = %d, %q; want %d, %q", c.text, c.decimals, got, code, c.want, c.fault)
		}
	}
}

// What the page does not know of a plan survives editing it: measures, windows, gifts, and tiers that ask other things.
func TestAPlanTheFormDoesNotKnowSurvives(t *testing.T) {
	before := withTiers(models.TradeRestaurant)
	plan := before.Tiers
	plan.Window, plan.Validity = terms.Window{Kind: terms.CalendarQuarter}, terms.Validity{Kind: terms.ValidNextPeriod, ExtendDays: 7}
	plan.AtEnd, plan.ReviewDay, plan.GraceTo, plan.Upgrade = true, 0, terms.QuarterPeriod, terms.UpNextPeriod
	plan.Numbers = []terms.Number{{Code: "rating", Name: terms.Text{Ko: "별점", En: "Rating"}}}
	plan.Tiers[1].All = []terms.Criterion{{Metric: terms.MetricNumber, Number: "rating", AtLeast: 450}}
	plan.Tiers[2].Threshold, plan.Tiers[2].Any = 0, []terms.Criterion{{Metric: terms.MetricVisits, AtLeast: 20}, {Metric: terms.MetricSpend, AtLeast: 9}}
	plan.Tiers[2].Lasting, plan.Tiers[2].Welcome = true, terms.Welcome{Points: 500}
	plan.Tiers[1].Benefits = []terms.Text{{Ko: "무료 배송", En: "free delivery"}}
	plan.Tiers = append(plan.Tiers, terms.Tier{Code: "friend", Name: terms.Text{Ko: "벗", En: "Friend"}, ByHand: true})
	if faults := before.Validate(); len(faults) > 0 {
		t.Fatal(faults)
	}
	form := ProgramFrom(before, i18n.New(i18n.Korean))
	form.Rate = "3"
	after, err := form.Apply(before)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(after.Tiers, before.Tiers) || after.Earning[0].Award.Rate != terms.Percent(3) {
		t.Errorf("\n%s\n%s", before.Encode(), after.Encode())
	}
}
