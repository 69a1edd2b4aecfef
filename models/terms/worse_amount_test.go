package terms

import (
	"testing"

	"dangol/models"
)

// raisedTwice has a base that pays little and two bonuses on it.
func raisedTwice(first, second func(*Rule)) Terms {
	d := one(Rule{Award: Formula{Kind: PerUnit, Points: 5}}, Rule{Award: times(21, 20)}, Rule{Award: times(2, 1)})
	d.Groups = []Group{{"bonuses", GroupExclusive}}
	first(&d.Earning[1])
	second(&d.Earning[2])
	return d
}

func asItIs(*Rule) {}

func TestWorseByMore(t *testing.T) {
	t.Parallel()
	ends := raisedTwice(func(b *Rule) { b.Last = true }, asItIs)
	testWorse(t, ends, map[string]worseCase{
		"a bonus that ends all, and may have added nothing": {func(d *Terms) { d.Earning[1].Award.Rate.Num = 35 }, nil, models.LosesTogether, "/earning/1"},
		"a base that brings it in":                          {func(d *Terms) { d.Earning[0].Award.Points = 10 }, nil, models.LosesTogether, "/earning/0"},
	})
	rejects := raisedTwice(asItIs, func(b *Rule) { b.Limits = []Limit{{Per: PerMonth, Points: 500, Reject: true}} })
	testWorse(t, rejects, map[string]worseCase{
		"a basis for which a limit rejects": {func(d *Terms) { d.Basis.Shipping = true }, nil, models.LosesCap, "/earning/2/limits"},
	})
	held := changed(raisedTwice(asItIs, func(b *Rule) { b.Group = "bonuses" }), func(d *Terms) { d.Earning[0].Last = true })
	testWorse(t, held, map[string]worseCase{
		"an end that kept one from being alone": {func(d *Terms) { d.Earning[0].Last = false }, nil, models.LosesTogether, "/earning/0/group"},
	})
	capped := changed(raisedTwice(func(b *Rule) { b.Cap = 243 }, func(b *Rule) { b.If.SKUs.Only = []string{"tea"} }), func(d *Terms) {
		d.Earning = append(d.Earning, Rule{Code: "r", Unit: "p", Name: Text{En: "r"}, When: OnPurchase, Award: rate(1, 100)})
	})
	testWorse(t, capped, map[string]worseCase{
		"a base that takes another's part of a cap": {func(d *Terms) { d.Earning[0].Award.Points = 6 }, func(d *Terms) { d.Earning[0].Hold = Hold{}; d.Earning[1].Cap = 0 }, models.LosesTogether, "/earning/0"},
	})
}

func TestWorseBySooner(t *testing.T) {
	t.Parallel()
	monthly := one(Rule{Award: rate(1, 100), If: Conditions{MinAmount: 10_000}, Limits: []Limit{{Per: PerMonth, Times: 1}}})
	testWorse(t, monthly, map[string]worseCase{
		"once a month, and by a smaller order": {func(d *Terms) { d.Earning[0].If.MinAmount = 0 }, func(d *Terms) { d.Earning[0].Limits = nil }, models.LosesCap, "/earning/0/limits"},
		"once a month, and by a few won":       {func(d *Terms) { d.Earning[0].Award.Rate = Percent(2) }, func(d *Terms) { d.Earning[0].Limits[0].Times = 2 }, models.LosesCap, "/earning/0/limits"},
	})
	testWorse(t, changed(monthly, func(d *Terms) { d.Earning[0].Limits = []Limit{{Per: PerMonth, Points: 1_000}} }), map[string]worseCase{
		"fewer days for what comes back": {func(d *Terms) { d.Refunds.CourtesyDays = 7 }, func(d *Terms) { d.Earning[0].Award.Rate = Percent(2); d.Refunds.CourtesyDays = 60 }, models.LosesLife, "/refunds/courtesy_days"},
	})
}
