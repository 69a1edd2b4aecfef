package terms

import (
	"slices"
	"testing"

	"dangol/models"
)

// Each way to make terms worse is told by its kind, and its opposite is not told at all.
func TestWorse(t *testing.T) {
	t.Parallel()
	usual := func() Terms { return Default(models.TradeUnknown, 12_000) }
	tiered := func() Terms {
		d := usual()
		plan, factors := SuggestTiers(12_000, nil)
		d.Tiers, d.Earning[0].Tiers = &plan, factors
		return d
	}
	for name, c := range map[string]struct {
		from         Terms
		change, back func(*Terms)
		want         models.LossKind
	}{
		"a lower rate":        {usual(), func(d *Terms) { d.Earning[0].Award.Rate = Percent(1) }, func(d *Terms) { d.Earning[0].Award.Rate = Percent(3) }, models.LosesAward},
		"another way to earn": {usual(), func(d *Terms) { d.Earning[0].Award.Kind = Fixed }, nil, models.LosesAward},
		"a rule that is gone": {usual(), func(d *Terms) { d.Earning = d.Earning[:1] }, nil, models.LosesGone},
		"a cap":               {usual(), func(d *Terms) { d.Earning[0].Cap = 500 }, nil, models.LosesCap},
		"a limit":             {usual(), func(d *Terms) { d.Earning[0].Limits = []Limit{{Per: "day", Times: 1}} }, nil, models.LosesCap},
		"a wait":              {usual(), func(d *Terms) { d.Earning[0].Hold.Days = 7 }, func(d *Terms) { d.Earning[1].Hold = Hold{} }, models.LosesWait},
		"a condition":         {usual(), func(d *Terms) { d.Earning[0].If.MinAmount = 5_000 }, func(d *Terms) { d.Earning[1].If = Conditions{} }, models.LosesCondition},
		"a shorter life": {usual(), func(d *Terms) { d.Units[0].Expiry.Months = 12 }, func(d *Terms) { d.Units[0].Expiry = Expiry{Kind: Never} },
			models.LosesLife},
		"a higher minimum":   {usual(), func(d *Terms) { d.Redemptions[0].Minimum = 2_000 }, func(d *Terms) { d.Redemptions[0].Minimum = 500 }, models.LosesMinimum},
		"larger steps":       {usual(), func(d *Terms) { d.Redemptions[0].Step = 500 }, func(d *Terms) { d.Redemptions[0].Step = 1 }, models.LosesMinimum},
		"a smaller share":    {usual(), func(d *Terms) { d.Redemptions[0].Share = 50 }, nil, models.LosesShare},
		"no use":             {usual(), func(d *Terms) { d.Redemptions = nil }, nil, models.LosesUse},
		"worth less":         {usual(), func(d *Terms) { d.Units[0].Worth.Points = 2 }, func(d *Terms) { d.Units[0].Worth.Money = 2 }, models.LosesWorth},
		"no tiers":           {tiered(), func(d *Terms) { d.Tiers, d.Earning[0].Tiers = nil, nil }, nil, models.LosesGone},
		"a higher threshold": {tiered(), func(d *Terms) { d.Tiers.Tiers[1].Threshold += 50_000 }, func(d *Terms) { d.Tiers.Tiers[1].Threshold -= 50_000 }, models.LosesThreshold},
		"a harder fall":      {tiered(), func(d *Terms) { d.Tiers.Downgrade = DownFull }, func(d *Terms) { d.Tiers.Downgrade = DownNever }, models.LosesKeeping},
		"less grace":         {tiered(), func(d *Terms) { d.Tiers.Grace = 0 }, func(d *Terms) { d.Tiers.Grace += 3 }, models.LosesKeeping},
		"a lower factor":     {tiered(), func(d *Terms) { d.Earning[0].Tiers = nil }, nil, models.LosesAward},
		"a smaller coupon":   {usual(), func(d *Terms) { d.Coupons[0].Amount = 1_000 }, func(d *Terms) { d.Coupons[0].Amount = 5_000 }, models.LosesCoupon},
		"a dearer coupon":    {usual(), func(d *Terms) { d.Coupons[0].Minimum += 1_000 }, func(d *Terms) { d.Coupons[0].Minimum = 0 }, models.LosesCoupon},
		"fewer days":         {usual(), func(d *Terms) { d.Occasions[0].After = 1 }, func(d *Terms) { d.Occasions[0].After = 14 }, models.LosesDays},
		"no birthday":        {usual(), func(d *Terms) { d.Occasions = nil }, nil, models.LosesGone},
		"worth nothing":      {usual(), func(d *Terms) { d.Units[0].Kind, d.Redemptions = Qualifying, nil }, nil, models.LosesWorth},
		"owing":              {changed(usual(), func(d *Terms) { d.Refunds.Shortfall = Forgive }), func(d *Terms) { d.Refunds.Shortfall = Deficit }, nil, models.LosesRefunds},
		"a smaller basis":    {changed(usual(), func(d *Terms) { d.Basis.Shipping = true }), func(d *Terms) { d.Basis.Shipping = false }, nil, models.LosesBasis},
	} {
		getsWorse(t, name, c.from, c.change, c.back, c.want, "")
	}
}

// getsWorse sees that a change is told by its kind, at its place, in both languages, and neither its opposite nor no change.
func getsWorse(t *testing.T, name string, from Terms, change, back func(*Terms), want models.LossKind, place string) {
	t.Helper()
	worse := copied(t, from)
	change(&worse)
	found := Worse(&from, &worse)
	if !slices.ContainsFunc(found, func(l models.Loss) bool {
		return l.Kind == want && l.Ko != "" && l.En != "" && l.At != "" && (place == "" || l.At == place)
	}) {
		t.Errorf("%s: %+v, want %s at %s", name, found, want, place)
	}
	if same := Worse(&worse, &worse); len(same) != 0 {
		t.Errorf("%s: the same twice is worse in %+v", name, same)
	}
	if back == nil {
		return
	}
	better := copied(t, from)
	back(&better)
	if found := Worse(&from, &better); len(found) != 0 {
		t.Errorf("the opposite of %s is told as %+v", name, found)
	}
}

func TestAFirstPromiseIsNotWorse(t *testing.T) {
	first := Default(models.TradeUnknown, 12_000)
	if found := Worse(&Terms{}, &first); len(found) != 0 {
		t.Errorf("a first promise is worse in %+v", found)
	}
}

func changed(d Terms, change func(*Terms)) Terms {
	change(&d)
	return d
}

func copied(t *testing.T, d Terms) Terms {
	t.Helper()
	same, err := Parse(d.Encode())
	if err != nil {
		t.Fatal(err)
	}
	return same
}
