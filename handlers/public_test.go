package handlers

import (
	"testing"

	"dangol/models"
	"dangol/models/terms"
	"dangol/views/i18n"
)

// The steps on the public page promise nothing that the terms below them take back.
func TestStepsAreThoseOfTheTerms(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*terms.Terms)
		want   int
	}{
		"as usual":                 {func(*terms.Terms) {}, 3},
		"later than the purchase":  {func(d *terms.Terms) { d.Earning[0].Hold.Days = 7 }, 1},
		"once it was delivered":    {func(d *terms.Terms) { d.Earning[0].Hold = terms.Hold{Event: "delivered"} }, 1},
		"from the next visit":      {func(d *terms.Terms) { d.Earning[0].Hold = terms.Hold{NextVisit: true} }, 3},
		"nothing to use points on": {func(d *terms.Terms) { d.Redemptions, d.Rewards = nil, nil }, 2},
	} {
		d := terms.Default(models.TradeUnknown, 12_000)
		c.change(&d)
		if got := steps(&d, i18n.New(i18n.Korean)); len(got) != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
