package terms

import (
	"slices"
	"time"

	"dangol/models"
	"dangol/models/conditions"
)

// Program is a version of the terms, made ready to run. It never changes and may be shared by any number of goroutines.
type Program struct {
	terms    Terms
	version  int
	hash     string
	rules    []rule
	hasBonus bool // there are bonuses
	competes bool // there are groups of rules, or ends of the chain
	bounded  bool // there are units with a most
	tiers    []tier
	measures []Criterion              // each once; the first is the plan's own
	tracks   tracks                   // of all versions of the timeline
	autos    []int                    // rewards that are taken by themselves
	filters  map[string]*couponFilter // of the coupon kinds about single things, or with a condition of their own
	zone     *time.Location           // of the timeline
	mapping  map[string]TierMapping   // set by the timeline: held tiers whose meaning this version changes
}

// rule is a Rule with what looking it up would cost at every purchase.
type rule struct {
	*Rule
	index      int
	unit       *Unit
	categories filter
	skus       filter
	labels     filter
	perItem    bool // lines must be looked at
	bonus      bool
	group      *Group // nil: none
	where      *conditions.Compiled
}

// filter is a Selection as sets.
type filter struct{ only, except map[string]bool }

func (f filter) admits(code string) bool {
	return (f.only == nil || f.only[code]) && !f.except[code]
}

// Compile checks a document and makes it ready to run. A document with faults is a *models.Error of kind Invalid, all
// faults at once, each with its JSON pointer. The program keeps the document's lists: do not change them afterwards.
func Compile(t Terms, version int) (*Program, error) {
	if faults := t.Validate(); len(faults) > 0 {
		return nil, &models.Error{Kind: models.Invalid, Code: "invalid_terms", Fields: faults}
	}
	p := &Program{terms: t, version: version, hash: t.Hash(), zone: time.UTC}
	for i := range p.terms.Earning {
		p.rules = append(p.rules, p.compileRule(i))
		r := &p.rules[i]
		p.hasBonus = p.hasBonus || r.bonus
		p.competes = p.competes || r.group != nil || r.Last
		p.bounded = p.bounded || r.unit.Most > 0
	}
	for i := range p.terms.Rewards {
		if p.terms.Rewards[i].Auto {
			p.autos = append(p.autos, i)
		}
	}
	p.filters = make(map[string]*couponFilter, len(p.terms.Coupons))
	for i := range p.terms.Coupons {
		if k := &p.terms.Coupons[i]; k.perItem() || !k.If.Where.IsZero() {
			p.filters[k.Code] = compileCoupon(k)
		}
	}
	p.compileTiers()
	return p, nil
}

func (p *Program) compileRule(index int) rule {
	doc := &p.terms.Earning[index]
	return rule{
		where:      compileWhere(doc.If.Where),
		Rule:       doc,
		index:      index,
		unit:       p.Unit(doc.Unit),
		categories: compileFilter(doc.If.Categories),
		skus:       compileFilter(doc.If.SKUs),
		labels:     compileFilter(doc.If.Labels),
		perItem:    doc.If.items() || doc.Award.Kind == PerUnit || doc.Award.Kind == EachLine || doc.Rounding.Scope == PerLine,
		bonus:      doc.IsBonus(),
		group:      p.terms.group(doc.Group),
	}
}

// group finds a group by its code, or nil.
func (t *Terms) group(code string) *Group {
	for i := range t.Groups {
		if code != "" && t.Groups[i].Code == code {
			return &t.Groups[i]
		}
	}
	return nil
}

// compileWhere makes a rule's own condition ready; nil if it has none. That it is valid, Validate has seen to.
func compileWhere(c conditions.Condition) *conditions.Compiled {
	if c.IsZero() {
		return nil
	}
	compiled, err := conditions.Compile(c)
	if err != nil {
		return nil
	}
	return compiled
}

func compileFilter(s Selection) filter {
	return filter{only: set(s.Only), except: set(s.Except)}
}

func set(codes []string) map[string]bool {
	if len(codes) == 0 {
		return nil
	}
	s := make(map[string]bool, len(codes))
	for _, code := range codes {
		s[code] = true
	}
	return s
}

// Version of the programme, as it was given to Compile; 0 is a draft.
func (p *Program) Version() int { return p.version }

// Hash of the canonical document, 64 hexadecimal digits.
func (p *Program) Hash() string { return p.hash }

// Terms gives the document. It is shared: read it, do not change it.
func (p *Program) Terms() *Terms { return &p.terms }

// Asks reports whether a rule pays for an event.
func (p *Program) Asks(when When) bool {
	return slices.ContainsFunc(p.terms.Earning, func(r Rule) bool { return r.When == when })
}

// Unit finds a unit by its code; the empty code is the default unit. It is nil if there is none.
func (p *Program) Unit(code string) *Unit { return p.terms.Unit(code) }

// Unit finds a unit by its code; the empty code is the default unit. It is nil if there is none.
func (t *Terms) Unit(code string) *Unit {
	for i := range t.Units {
		if code == "" || t.Units[i].Code == code {
			return &t.Units[i]
		}
	}
	return nil
}

// Redemption finds how a unit pays; the empty code is the default unit. It is nil if the terms let nobody pay with it.
func (t *Terms) Redemption(unit string) *Redemption {
	for i := range t.Redemptions {
		if u := t.Unit(unit); u != nil && t.Redemptions[i].Unit == u.Code {
			return &t.Redemptions[i]
		}
	}
	return nil
}

// Coupon finds a coupon kind by its code, or nil.
func (t *Terms) Coupon(code string) *CouponKind {
	for i := range t.Coupons {
		if t.Coupons[i].Code == code {
			return &t.Coupons[i]
		}
	}
	return nil
}

// GrantLimit finds what a role may give by hand; ok is false if it may give nothing.
func (t *Terms) GrantLimit(role models.Role) (limit GrantLimit, ok bool) {
	i := slices.IndexFunc(t.Grants, func(g GrantLimit) bool { return g.Role == role })
	if i < 0 {
		return GrantLimit{}, false
	}
	return t.Grants[i], true
}

// Needs are the facts about a member that a version uses. A loader fetches these with the account lock, and no more.
type Needs struct {
	Units   []string    // accounts
	Spend   Span        // of the money spent
	Bought  Span        // of orders and visits
	Earned  []UnitSpan  // of the points earned
	Numbers bool        // custom numbers
	Plans   bool        // paid memberships
	Orders  bool        // the number of orders
	Limits  []LimitNeed // counters
	Lines   bool        // order lines
}

// LimitNeed is a counter that a rule reads.
type LimitNeed struct {
	Rule   string
	Per    LimitPeriod
	Shared bool // of all members together
}

// ask widens by what a condition of a rule or of a coupon asks about.
func (n *Needs) ask(fields []conditions.Field) {
	for _, field := range fields {
		switch field {
		case conditions.Spend12m:
			n.Spend.open(Window{Kind: RollingMonths, Months: 12}, nil)
		case conditions.Orders, conditions.FirstOrder:
			n.Orders = true
		case conditions.Plan:
			n.Plans = true
		case conditions.SKU, conditions.Category, conditions.Label, conditions.Items, conditions.Lines:
			n.Lines = true
		}
	}
}

// Needs lists the facts that this version uses.
func (p *Program) Needs() Needs {
	var n Needs
	for i := range p.terms.Units {
		n.Units = append(n.Units, p.terms.Units[i].Code)
	}
	for i := range p.measures {
		n.measure(&p.measures[i], p.terms.Tiers)
	}
	for i := range p.tiers {
		if p.tiers[i].Welcome != (Welcome{}) {
			n.Limits = append(n.Limits, LimitNeed{Rule: welcomeRule(p.tiers[i].Code), Per: PerLife})
		}
	}
	for i := range p.rules {
		r := &p.rules[i]
		n.Orders = n.Orders || r.When == OnFirstPurchase
		n.Lines = n.Lines || r.perItem
		for _, limit := range r.Limits {
			n.Limits = append(n.Limits, LimitNeed{Rule: r.Code, Per: limit.Per, Shared: limit.Shared})
		}
		if r.Reach != nil {
			n.Spend.open(r.Reach.Window, nil)
		}
		n.ask(r.If.Where.Fields())
	}
	for i := range p.terms.Coupons {
		n.Plans = n.Plans || len(p.terms.Coupons[i].Plans) > 0
		n.ask(p.terms.Coupons[i].If.Where.Fields())
	}
	return n
}
