package terms

import (
	"slices"
	"strconv"
	"strings"

	"dangol/models/calendar"
)

// tier is a Tier as it is judged: what it asks, with the plan's metric and windows written out.
type tier struct {
	*Tier
	all, any []Criterion
}

// free reports whether a tier asks nothing: everybody has it.
func (t *tier) free() bool { return len(t.all) == 0 && len(t.any) == 0 && !t.ByHand }

// compileTiers makes the plan ready: what each tier asks, and each measure once.
func (p *Program) compileTiers() {
	plan := p.terms.Tiers
	if plan == nil {
		return
	}
	main := p.resolve(Criterion{Metric: plan.Metric, Unit: plan.Unit, Number: plan.Number})
	p.measure(main)
	for i := range plan.Tiers {
		doc := &plan.Tiers[i]
		t := tier{Tier: doc}
		if doc.Threshold > 0 {
			main.AtLeast = doc.Threshold
			t.all = append(t.all, main)
		}
		for _, c := range doc.All {
			t.all = append(t.all, p.measure(p.resolve(c)))
		}
		for _, c := range doc.Any {
			t.any = append(t.any, p.measure(p.resolve(c)))
		}
		p.tiers = append(p.tiers, t)
	}
}

// resolve writes out what a criterion leaves to the plan and to the default unit.
func (p *Program) resolve(c Criterion) Criterion {
	if c.Metric == MetricEarned || c.Metric == MetricBalance {
		if unit := p.Unit(c.Unit); unit != nil {
			c.Unit = unit.Code
		}
	}
	switch {
	case c.Metric.timeless():
		c.Window = Window{Kind: NoWindow}
	case c.Window == Window{}:
		c.Window = p.terms.Tiers.Window
	}
	return c
}

// measure adds a criterion to what is measured and tracked.
func (p *Program) measure(c Criterion) Criterion {
	of := c
	of.AtLeast = 0
	if !slices.Contains(p.measures, of) {
		p.measures = append(p.measures, of)
	}
	p.tracks.add(of)
	return c
}

// tracks says what a member must be followed by, beside the money spent.
type tracks struct {
	orders, balance bool
	earned          []string // units
}

func (t *tracks) add(c Criterion) {
	switch c.Metric {
	case MetricOrders, MetricVisits:
		t.orders = true
	case MetricBalance:
		t.balance = true
	case MetricEarned:
		t.earn(c.Unit)
	}
}

func (t *tracks) earns(unit string) bool { return slices.Contains(t.earned, unit) }

func (t *tracks) earn(unit string) {
	if !t.earns(unit) {
		t.earned = append(t.earned, unit)
	}
}

// widen adds what another version tracks: a member may live through both.
func (t *tracks) widen(more tracks) {
	t.orders, t.balance = t.orders || more.orders, t.balance || more.balance
	for _, unit := range more.earned {
		t.earn(unit)
	}
}

// value is what a criterion counts of a member in its window that ends with a day.
func (m *Member) value(c *Criterion, day calendar.Date) int64 {
	switch c.Metric {
	case MetricBalance:
		return m.look(c.Unit).Available
	case MetricNumber:
		return m.number(c.Number)
	}
	return m.series(c).Sum(c.Window.before(m.Joined, day), day)
}

// series is what a criterion's window is laid over; nil for a metric that has none.
func (m *Member) series(c *Criterion) Series {
	switch c.Metric {
	case MetricSpend:
		return m.Spend
	case MetricOrders:
		return m.Bought
	case MetricVisits:
		return m.Visits
	case MetricEarned:
		return m.look(c.Unit).Earned
	default:
		return nil
	}
}

// meets reports whether a member has what a criterion asks, on a day.
func (m *Member) meets(c *Criterion, day calendar.Date) bool { return m.value(c, day) >= c.AtLeast }

// meets reports whether a member has what a tier asks, on a day.
func (t *tier) meets(m *Member, day calendar.Date) bool {
	for i := range t.all {
		if !m.meets(&t.all[i], day) {
			return false
		}
	}
	for i := range t.any {
		if m.meets(&t.any[i], day) {
			return true
		}
	}
	return len(t.any) == 0
}

// reached is the highest tier that a member meets on a day, −1 for none (S-T1).
func (p *Program) reached(m *Member, day calendar.Date) int {
	for i := len(p.tiers) - 1; i >= 0; i-- {
		if t := &p.tiers[i]; !t.ByHand && t.meets(m, day) {
			return i
		}
	}
	return -1
}

// base is the tier that everybody has, −1 for none.
func (p *Program) base() int {
	if len(p.tiers) > 0 && p.tiers[0].free() {
		return 0
	}
	return -1
}

// amount is the plan's own metric, over the window that ends with a day.
func (p *Program) amount(m *Member, day calendar.Date) int64 { return m.value(&p.measures[0], day) }

// Reading is what a measure showed when a tier was judged.
type Reading struct {
	Measure string // "spend", "visits@calendar_month", "number:rating"
	Value   int64
}

// nameOf names what a criterion measures: "spend", "earned:star", "visits@rolling-3", "number:rating". The window stands
// behind it where it is not the plan's.
func (p *Program) nameOf(c *Criterion) string {
	name := string(c.Metric)
	if c.Unit != "" || c.Number != "" {
		name += ":" + c.Unit + c.Number
	}
	if !c.Metric.timeless() && c.Window != p.terms.Tiers.Window {
		name += "@" + string(c.Window.Kind)
		if c.Window.Months > 0 {
			name += "-" + itoa(c.Window.Months)
		}
	}
	return name
}

// readings are all measures of a plan that has several; the amount alone says what one has.
func (p *Program) readings(m *Member, day calendar.Date) []Reading {
	if len(p.measures) < 2 {
		return nil
	}
	all := make([]Reading, len(p.measures))
	for i := range p.measures {
		all[i] = Reading{Measure: p.nameOf(&p.measures[i]), Value: m.value(&p.measures[i], day)}
	}
	return all
}

// FormatReadings writes readings as they are stored and sealed: "spend=120000 visits=4".
func FormatReadings(all []Reading) string {
	parts := make([]string, len(all))
	for i, r := range all {
		parts[i] = r.Measure + "=" + strconv.FormatInt(r.Value, 10)
	}
	return strings.Join(parts, " ")
}

// ParseReadings reads what FormatReadings wrote; what is none is left out.
func ParseReadings(text string) (all []Reading) {
	for _, part := range strings.Fields(text) {
		name, value, _ := strings.Cut(part, "=")
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			all = append(all, Reading{Measure: name, Value: n})
		}
	}
	return all
}

// Measured finds what a reading is of, among what a plan measures; AtLeast is the value.
func (p *Program) Measured(r Reading) (Criterion, bool) {
	for i := range p.measures {
		if p.nameOf(&p.measures[i]) == r.Measure {
			c := p.measures[i]
			c.AtLeast = r.Value
			return c, true
		}
	}
	return Criterion{}, false
}

// Quiet is the plan without what tiers give to those who reach them.
func (plan *TierPlan) Quiet() *TierPlan {
	quiet := *plan
	quiet.Tiers = slices.Clone(plan.Tiers)
	for i := range quiet.Tiers {
		quiet.Tiers[i].Welcome = Welcome{}
	}
	return &quiet
}
