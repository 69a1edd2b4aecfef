package terms

import (
	"slices"
	"testing"

	"dangol/models"
)

// Each warning has terms that fire it and terms that do not.
func TestCheck(t *testing.T) { // D-29
	usual := Facts{MedianTicket: 12_000, MedianGapDays: 20, MarginPercent: 60, Spend12m: []Money{12_000, 150_000, 200_000, 460_000, 30_000}}
	shop := func(change func(*Terms)) Terms {
		d := Default(models.TradeUnknown, 12_000)
		plan, factors := SuggestTiers(12_000, nil)
		d.Tiers, d.Earning[0].Tiers = &plan, factors
		if change != nil {
			change(&d)
		}
		return d
	}
	with := func(change func(*Facts)) Facts {
		f := usual
		change(&f)
		return f
	}
	if got := codes(Check(ptr(shop(nil)), usual)); len(got) != 0 {
		t.Errorf("a good programme in a usual shop: %v", got)
	}
	for _, c := range []struct {
		code, pointer string
		terms         Terms
		facts         Facts
	}{
		{FirstRewardLate, "/redemptions/0/minimum", shop(func(d *Terms) { d.Redemptions[0].Minimum = 2_000 }), usual}, // the 6th visit
		{FirstRewardLate, "/redemptions/0/minimum", shop(nil), with(func(f *Facts) { f.MedianGapDays = 91 })},
		{FirstRewardNever, "/redemptions/0", shop(func(d *Terms) { d.Redemptions[0].Minimum = 900_000 }), usual},
		{MostNeverReach, "/redemptions/0/minimum", shop(nil), with(func(f *Facts) { f.Spend12m = []Money{12_000, 12_000, 500_000} })},
		{DiscountAboveMargin, "/earning", shop(func(d *Terms) { d.Earning[0].Award.Rate = Percent(30) }), usual},
		{ExpiryBelowGap, "/units/0/expiry/months", shop(func(d *Terms) { d.Units[0].Expiry.Months = 1 }), with(func(f *Facts) { f.MedianGapDays = 31 })},
		{TierUnreachable, "/tiers/tiers/2/threshold", shop(func(d *Terms) { d.Tiers.Tiers[2].Threshold = 460_001 }), usual},
		{TierTooEasy, "/tiers/tiers/1/threshold", shop(func(d *Terms) { d.Tiers.Tiers[1].Threshold = 30_000 }), usual},
		{CouponBelowValue, "/coupons/0/minimum", shop(func(d *Terms) { d.Coupons[0].Minimum = 2_999 }), usual},
		{RulesOverlap, "/earning/2", shop(func(d *Terms) {
			d.Earning = append(d.Earning, Rule{Code: "cake", Unit: "point", Name: Text{En: "Cake"}, When: OnPurchase,
				If: Conditions{Categories: Selection{Only: []string{"cake"}}}, Award: rate(5, 100)})
		}), usual},
	} {
		found := Check(&c.terms, c.facts)
		i := slices.IndexFunc(found, func(w Warning) bool { return w.Code == c.code })
		if i < 0 || found[i].Pointer != c.pointer {
			t.Errorf("%s at %s: %+v", c.code, c.pointer, found)
		}
	}
}

func TestRulesThatDoNotOverlap(t *testing.T) {
	only := func(codes ...string) Conditions { return Conditions{Categories: Selection{Only: codes}} }
	for _, c := range []struct {
		a, b Conditions
		want bool
	}{
		{Conditions{}, Conditions{}, true},
		{only("cake"), only("drink"), false},
		{only("cake", "tea"), only("tea"), true},
		{only("cake"), Conditions{Categories: Selection{Except: []string{"cake"}}}, false},
		{Conditions{Categories: Selection{Except: []string{"cake"}}}, only("cake", "tea"), true},
		{Conditions{Channels: []string{"online"}}, Conditions{Channels: []string{"store"}}, false},
		{Conditions{Tiers: []string{"vip"}}, Conditions{Tiers: []string{"vip", "regular"}}, true},
	} {
		doc := one(Rule{If: c.a, Award: rate(1, 100)}, Rule{If: c.b, Award: rate(1, 100)})
		plan, _ := SuggestTiers(12_000, nil)
		doc.Tiers = &plan
		if got := slices.Contains(codes(Check(&doc, Facts{})), RulesOverlap); got != c.want {
			t.Errorf("%+v and %+v overlap: %v", c.a, c.b, got)
		}
	}
}

func TestCheckWaitsForValidTerms(t *testing.T) {
	doc := Default(models.TradeUnknown, 12_000)
	doc.Coupons[0].Minimum = 0
	doc.Earning[0].Award.Rate = Ratio{}
	if got := Check(&doc, Facts{}); got != nil {
		t.Errorf("faults come first: %+v", got)
	}
}

func codes(found []Warning) (all []string) {
	for _, w := range found {
		all = append(all, w.Code)
	}
	return all
}

func ptr[T any](v T) *T { return &v }
