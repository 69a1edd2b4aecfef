package terms

import "dangol/models/calendar"

// name is how a counter calls the period in which a day falls.
func (per LimitPeriod) name(day calendar.Date) string {
	switch per {
	case PerDay:
		return "day:" + day.String()
	case PerMonth:
		return "month:" + day.String()[:len("2026-11")]
	default:
		return "life"
	}
}

// used finds a counter; a missing one stands at 0.
func (m *Member) used(rule, period string) int64 {
	for i := range m.Used {
		if m.Used[i].Rule == rule && m.Used[i].Period == period {
			return m.Used[i].Used
		}
	}
	return 0
}

// count moves a counter, never below 0, and notes its new value.
func (m *Member) count(rule, period string, by int64, out *Outcome) {
	use := LimitUse{Rule: rule, Period: period, Used: max(m.used(rule, period)+by, 0)}
	out.Used = append(out.Used, use)
	for i := range m.Used {
		if m.Used[i].Rule == rule && m.Used[i].Period == period {
			m.Used[i] = use
			return
		}
	}
	m.Used = append(m.Used, use)
}

// left is what a limit still allows, in times or points as it counts.
func (m *Member) left(r *rule, limit *Limit, day calendar.Date) int64 {
	return limit.Times + limit.Points - m.used(r.Code, limit.Per.name(day))
}

// usedUp reports whether a limit of the rule allows nothing any more.
func (m *Member) usedUp(r *rule, day calendar.Date) bool {
	for i := range r.Limits {
		if m.left(r, &r.Limits[i], day) <= 0 {
			return true
		}
	}
	return false
}

// cut brings an award down to what the limits on points leave, or to nothing where a limit rejects.
func (m *Member) cut(r *rule, day calendar.Date, work *sum) {
	for i := range r.Limits {
		limit := &r.Limits[i]
		if limit.Points == 0 {
			continue
		}
		left := m.left(r, limit, day)
		switch {
		case work.value <= left:
		case limit.Reject:
			work.value = 0
		default:
			work.do(OpLimit, left, 0)
		}
	}
}

// countAward moves the counters of a rule's limits by an award, or with direction −1 takes it off them again.
func (m *Member) countAward(limits []Limit, rule string, points Points, direction int64, day calendar.Date, out *Outcome) {
	for i := range limits {
		by := int64(1)
		if limits[i].Points > 0 {
			by = points
		}
		m.count(rule, limits[i].Per.name(day), by*direction, out)
	}
}
