package forms

import (
	"testing"

	"dangol/models"
	"dangol/models/terms"
	"dangol/views/i18n"
)

// Each change of the default programme is told once, with its numbers, and marked where customers are worse off.
func TestDifferences(t *testing.T) {
	t.Parallel()
	p := i18n.New(i18n.English)
	words := p.Program
	usual := func() terms.Terms { return terms.Default(models.TradeUnknown, 12_000) }
	tiered := func() terms.Terms {
		d := usual()
		plan, factors := terms.SuggestTiers(12_000, nil)
		d.Tiers, d.Earning[0].Tiers = &plan, factors
		return d
	}
	for name, c := range map[string]struct {
		from   terms.Terms
		change func(*terms.Terms)
		what   string
		worse  bool
	}{
		"a lower rate":        {usual(), func(d *terms.Terms) { d.Earning[0].Award.Rate = terms.Percent(1) }, words.EarnRule, true},
		"a higher rate":       {usual(), func(d *terms.Terms) { d.Earning[0].Award.Rate = terms.Percent(3) }, words.EarnRule, false},
		"a higher minimum":    {usual(), func(d *terms.Terms) { d.Redemptions[0].Minimum = 2_000 }, words.UseRule, true},
		"a smaller share":     {usual(), func(d *terms.Terms) { d.Redemptions[0].Share = 50 }, words.UseShare, true},
		"a shorter life":      {usual(), func(d *terms.Terms) { d.Units[0].Expiry.Months = 12 }, words.EndRule, true},
		"no end any more":     {usual(), func(d *terms.Terms) { d.Units[0].Expiry = terms.Expiry{Kind: terms.Never} }, words.EndRule, false},
		"a longer wait":       {usual(), func(d *terms.Terms) { d.Earning[0].Hold.Days = 7 }, words.HoldRule, true},
		"nothing at first":    {usual(), func(d *terms.Terms) { d.Earning = d.Earning[:1] }, words.FirstRule, true},
		"tiers":               {usual(), func(d *terms.Terms) { *d = tiered() }, words.Tiers, false},
		"no tiers any more":   {tiered(), func(d *terms.Terms) { *d = usual() }, words.Tiers, true},
		"a higher threshold":  {tiered(), func(d *terms.Terms) { d.Tiers.Tiers[1].Threshold += 50_000 }, "Regular · " + words.TierFrom, true},
		"a harder fall":       {tiered(), func(d *terms.Terms) { d.Tiers.Downgrade = terms.DownFull }, words.Downgrade, true},
		"a smaller coupon":    {usual(), func(d *terms.Terms) { d.Coupons[0].Amount = 1_000 }, words.Birthday + " · " + words.BirthdayAmount, true},
		"what the page lacks": {usual(), func(d *terms.Terms) { d.Earning[0].Cap = 500 }, "Earning", false},
	} {
		after, err := terms.Parse(c.from.Encode())
		if err != nil {
			t.Fatal(err)
		}
		c.change(&after)
		found := Differences(p, c.from, after)
		if len(found) == 0 || found[0].Worse != c.worse || found[0].What != c.what && name != "what the page lacks" {
			t.Errorf("%s: %+v, want %q, worse %v", name, found, c.what, c.worse)
		}
		if again := Differences(p, after, after); len(again) != 0 {
			t.Errorf("%s: the same twice differs in %+v", name, again)
		}
	}
	for _, d := range Differences(p, terms.Terms{Currency: "KRW"}, usual()) {
		if d.Worse || d.Before != "" && d.Before != words.EndNever {
			t.Errorf("the first promise is told as %+v", d)
		}
	}
}

// A sentence stands beside the one that says it otherwise, wherever that is, and what is new stands alone.
func TestSentencesStandBesideWhatTheySaidBefore(t *testing.T) {
	t.Parallel()
	p := i18n.New(i18n.English)
	before := terms.Default(models.TradeUnknown, 12_000)
	after, err := terms.Parse(before.Encode())
	if err != nil {
		t.Fatal(err)
	}
	after.Earning[0].Rounding.To = 10
	after.Earning[0].Limits = []terms.Limit{{Per: terms.PerMonth, Times: 4}}
	after.Basis.BeforeTax = true
	said := map[string]string{}
	for _, d := range Differences(p, before, after) {
		said[d.After] = d.Before
	}
	for now, old := range map[string]string{
		"Rounded down to the nearest 10P.":                "Rounded down to the nearest 1P.",
		"Up to 4 times a month.":                          "",
		"Limits go by calendar month, in our local time.": "",
		"Based on what you pay after discounts, before tax. Delivery and anything paid with points don't count.": "Based on what you pay after discounts, tax included. Delivery and anything paid with points don't count.",
	} {
		if got, told := said[now]; !told || got != old {
			t.Errorf("%q stands beside %q (%v)", now, got, told)
		}
	}
	if t.Failed() {
		t.Logf("%q", said)
	}
}
