package terms

// Partner is another company together with which a shop rewards its members: a bank whose card pays more, a brand whose
// goods do. It carries a share of what the points cost that its rules give. What it owes is settled by month.
type Partner struct {
	Code  string   `json:"code"`
	Name  Text     `json:"name"`
	Rules []string `json:"rules"` // codes of earning rules, each of one partner at most
	Funds Ratio    `json:"funds"` // of the points' worth, paid by the partner
}

// FundsOf is what of the worth of points the partner pays, in money. It is asked about all points up to a day, so that a
// month's share is what is not yet settled, and rounding never adds up.
func (p *Partner) FundsOf(worth Money) Money { return share(worth, p.Funds.Num, p.Funds.Den) }

// Partner finds a partner by its code, or nil.
func (t *Terms) Partner(code string) *Partner {
	for i := range t.Partners {
		if t.Partners[i].Code == code {
			return &t.Partners[i]
		}
	}
	return nil
}

func (v *validator) partners() {
	codes, taken := map[string]bool{}, map[string]bool{}
	v.within("/partners", int64(len(v.terms.Partners)), 0, maxList)
	for i := range v.terms.Partners {
		at, p := pointer("/partners").index(i), &v.terms.Partners[i]
		v.code(at.key("code"), p.Code, codes)
		v.text(at.key("name"), p.Name)
		v.within(at.key("rules"), int64(len(p.Rules)), 1, maxList)
		for j, code := range p.Rules {
			v.partnerRule(at.key("rules").index(j), code, taken)
		}
		v.ratio(at.key("funds"), p.Funds)
		if p.Funds.Num > p.Funds.Den {
			v.add(at.key("funds"), "out_of_range", "max", 1)
		}
	}
}

// partnerRule demands a rule that gives points with a worth, and that no other partner carries.
func (v *validator) partnerRule(at pointer, code string, taken map[string]bool) {
	rule := v.terms.Rule(code)
	switch {
	case rule == nil:
		v.add(at, "unknown_code", "value", code)
	case taken[code]:
		v.add(at, "taken", "value", code)
	case v.terms.Unit(rule.Unit) == nil || v.terms.Unit(rule.Unit).Worth == (Worth{}):
		v.add(at, "without_worth", "value", code)
	}
	taken[code] = true
}
