package terms

import "dangol/models/calendar"

// welcome gives what a tier promises to those who reach it, once in a period. A counter keeps the period's first day.
func (p *Program) welcome(m *Member, rank int, t turn, out *Outcome) {
	gift := &p.tiers[rank].Welcome
	if *gift == (Welcome{}) {
		return
	}
	rule, period := welcomeRule(p.tiers[rank].Code), p.welcomePeriod(m, t.day)
	var last int64
	if use := m.Used.find(rule, PerLife.name(t.day)); use != nil {
		last = use.Used
	}
	if last >= int64(period) {
		return
	}
	out.Used = append(out.Used, m.Used.add(rule, PerLife.name(t.day), int64(period)-last))
	source := rule + ":" + period.String()
	if gift.Coupon != "" {
		p.issue(gift.Coupon, source, t.source, t.at, t.day, out)
	}
	if unit := p.Unit(gift.Unit); unit != nil && gift.Points > 0 {
		p.greet(m, rank, unit, gift.Points, source, t, out)
	}
}

// greet credits the points of a welcome.
func (p *Program) greet(m *Member, rank int, unit *Unit, points Points, source string, t turn, out *Outcome) {
	m.Account(unit.Code).credit(Movement{
		Kind: Earn, Bucket: Available, Points: points, At: t.at, OccurredAt: t.at, Source: source, Version: p.version,
		Why: Explanation{Version: p.version, Rule: rank, Steps: []Step{{Op: OpWelcome, A: points, Result: points}}},
		Lot: Lot{EarnedAt: t.at, ExpiresOn: p.lastDay(m, unit, t.day), Source: source},
	}, out)
}

// welcomeRule names the counter of a tier's welcome.
func welcomeRule(tier string) string { return "tier:" + tier }

// welcomePeriod begins on the first day of the plan's period, or of the year.
func (p *Program) welcomePeriod(m *Member, day calendar.Date) calendar.Date {
	if window := p.terms.Tiers.Window; window.periodic() {
		first, _ := window.period(m.Joined, day)
		return first
	}
	return day.FirstOfYear()
}
