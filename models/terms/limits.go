package terms

import "dangol/models/calendar"

// name is how a counter calls the period in which a day falls.
func (per LimitPeriod) name(day calendar.Date) string {
	switch per {
	case PerDay:
		return "day:" + day.String()
	case PerWeek:
		return "week:" + day.Monday().String()
	case PerYear:
		return "year:" + day.String()[:len("2026")]
	case PerMonth:
		return "month:" + day.String()[:len("2026-11")]
	default:
		return "life"
	}
}

// find gives a counter, or nil: a missing one stands at 0.
func (c Counters) find(rule, period string) *LimitUse {
	for i := range c {
		if c[i].Rule == rule && c[i].Period == period {
			return &c[i]
		}
	}
	return nil
}

// add moves a counter, never below 0, and gives it with its new value.
func (c *Counters) add(rule, period string, by int64) LimitUse {
	use := c.find(rule, period)
	if use == nil {
		*c = append(*c, LimitUse{Rule: rule, Period: period})
		use = &(*c)[len(*c)-1]
	}
	use.Used = max(use.Used+by, 0)
	return *use
}

// Now is how a counter stands that an outcome has moved.
func (c *Counters) Now(moved LimitUse) int64 { return c.find(moved.Rule, moved.Period).Used }

// counters are those that a limit counts with.
func (m *Member) counters(limit *Limit) *Counters {
	if !limit.Shared {
		return &m.Used
	}
	if m.Budgets == nil {
		m.Budgets = &Counters{}
	}
	return m.Budgets
}

// left is what a limit still allows, in times or points as it counts.
func (m *Member) left(r *rule, limit *Limit, day calendar.Date) int64 {
	left := limit.Times + limit.Points
	if use := m.counters(limit).find(r.Code, limit.Per.name(day)); use != nil {
		left -= use.Used
	}
	return left
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
		case work.result() <= left:
		case limit.Reject:
			work.aside, work.value = 0, 0
		default:
			work.do(OpLimit, left, 0)
		}
	}
}

// countAward moves the counters of a rule's limits by an award, or with direction −1 takes it off them again.
func (m *Member) countAward(limits []Limit, rule string, points Points, direction int64, day calendar.Date, out *Outcome) {
	for i := range limits {
		limit, by := &limits[i], direction
		if limit.Points > 0 {
			by *= points
		}
		use := m.counters(limit).add(rule, limit.Per.name(day), by)
		if limit.Shared {
			out.Budgets = append(out.Budgets, use)
		} else {
			out.Used = append(out.Used, use)
		}
	}
}
