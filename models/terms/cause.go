package terms

import (
	"time"

	"dangol/models/calendar"
)

// Cause is something good that members give points to, or that a share of the sales goes to. Its pool is counted by month.
type Cause struct {
	Code    string `json:"code"`
	Name    Text   `json:"name"`
	Unit    string `json:"unit,omitempty"`    // members give points of it; empty: they give none
	Minimum Points `json:"minimum,omitempty"` // fewest points at a time
	Share   Ratio  `json:"share,omitzero"`    // of what members spend on goods, less what is returned, given by the shop
}

// Cause finds a cause by its code, or nil.
func (t *Terms) Cause(code string) *Cause {
	for i := range t.Causes {
		if t.Causes[i].Code == code {
			return &t.Causes[i]
		}
	}
	return nil
}

// ShareOf is what of a month's sales goes to the cause, rounded down once.
func (c *Cause) ShareOf(sales Money) Money { return share(sales, c.Share.Num, c.Share.Den) }

// Donation is what a member gives to a cause.
type Donation struct {
	Source string // its own cause in the ledger: "donate:pos:D1"
	At     time.Time
	Day    calendar.Date
	Cause  string
	Points Points
}

// Donate takes points for a cause, in the order of consumption. Worth is what the shop gives for them, in money.
func (p *Program) Donate(m *Member, d *Donation) (Outcome, Refusal) {
	c := p.terms.Cause(d.Cause)
	if c == nil || c.Unit == "" {
		return Outcome{}, Refusal{Code: NotDonatable, Asked: d.Points}
	}
	account, unit := m.Account(c.Unit), p.Unit(c.Unit)
	have := account.spendable(&Request{Day: d.Day}, &Redemption{OwnOrder: true})
	switch least := max(c.Minimum, 1); {
	case d.Points < least:
		return Outcome{}, Refusal{Code: BelowMinimum, Asked: d.Points, Limit: least}
	case d.Points > have:
		return Outcome{}, Refusal{Code: NotEnough, Asked: d.Points, Limit: have}
	}
	out := Outcome{Day: d.Day, Paid: d.Points, Worth: unit.Worth.Of(d.Points)}
	account.debit(Movement{
		Kind: Donate, Bucket: Available, Points: -d.Points, At: d.At, OccurredAt: d.At, Source: d.Source, Rule: c.Code,
	}, func(l *Lot) bool { return l.spendable(d.Day, "", true) }, &out)
	p.active(m, ByUsing, c.Unit, d.Day, d.At, &out)
	return out, Refusal{}
}

func (v *validator) causes() {
	seen := map[string]bool{}
	v.within("/causes", int64(len(v.terms.Causes)), 0, maxList)
	for i := range v.terms.Causes {
		at, c := pointer("/causes").index(i), &v.terms.Causes[i]
		v.code(at.key("code"), c.Code, seen)
		v.text(at.key("name"), c.Name)
		v.within(at.key("minimum"), c.Minimum, 0, maxBalance)
		switch unit := v.terms.Unit(c.Unit); {
		case c.Unit == "" && c.Share == (Ratio{}):
			v.add(at, "exactly_one", "fields", []string{"unit", "share"})
		case c.Unit == "" && c.Minimum > 0:
			v.add(at.key("minimum"), "only_with", "field", "unit")
		case c.Unit == "":
		case unit == nil:
			v.known(at.key("unit"), c.Unit, v.units)
		case unit.Kind == Qualifying:
			v.add(at.key("unit"), "not_spendable", "value", c.Unit)
		}
		if c.Share != (Ratio{}) {
			v.ratio(at.key("share"), c.Share)
			if c.Share.Num > c.Share.Den {
				v.add(at.key("share"), "out_of_range", "max", 1)
			}
		}
	}
}
