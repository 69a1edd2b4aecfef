package programs

import (
	"testing"

	"dangol/models/terms"
)

func TestCompare(t *testing.T) {
	base := func(t *terms.Terms) { tiers("base", "gold")(t) }
	for _, c := range []struct {
		name   string
		change func(*terms.Terms)
		want   []Change
	}{
		{"nothing", func(*terms.Terms) {}, nil},
		{"a number", func(t *terms.Terms) { t.Tiers.Tiers[1].Threshold = 150_000 },
			[]Change{{"/tiers/tiers/1/threshold", []byte("100000"), []byte("150000")}}},
		{"something new", func(t *terms.Terms) { t.Basis.Shipping = true },
			[]Change{{"/basis", nil, []byte(`{"shipping":true}`)}}},
		{"a member of a list goes", func(t *terms.Terms) { t.Tiers.Tiers = t.Tiers.Tiers[:1] },
			[]Change{{"/tiers/tiers/1", []byte(`{"code":"gold","name":{"en":"gold","ko":"gold"},"threshold":100000}`), nil}}},
	} {
		got, err := Compare(document(base), document(base, c.change))
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
			continue
		}
		for i, w := range c.want {
			if g := got[i]; g.Pointer != w.Pointer || string(g.Before) != string(w.Before) || string(g.After) != string(w.After) {
				t.Errorf("%s: got %s, want %s", c.name, g, w)
			}
		}
	}
}

func TestARuleThatMovedIsTheSameRule(t *testing.T) {
	got, err := Compare(document(), document(func(t *terms.Terms) {
		t.Earning[0], t.Earning[1] = t.Earning[1], t.Earning[0]
	}))
	if err != nil || len(got) != 0 {
		t.Errorf("%s, %v", got, err)
	}
}
