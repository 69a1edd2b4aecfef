package terms

import "slices"

// calendar says what a week, a month and a year are to limits that count by them, apart from what the page said before.
func (s speaker) calendar(used []LimitPeriod, said ...LimitPeriod) []string {
	var periods []LimitPeriod
	for _, per := range []LimitPeriod{PerWeek, PerMonth, PerYear} {
		if slices.Contains(used, per) && !slices.Contains(said, per) {
			periods = append(periods, per)
		}
	}
	if len(periods) == 0 {
		return nil
	}
	return []string{s.measureWords().calendar(periods)}
}

// limited are the periods by which the limits of rules count.
func (s speaker) limited() (periods []LimitPeriod) {
	for i := range s.terms.Earning {
		for _, limit := range s.terms.Earning[i].Limits {
			periods = append(periods, limit.Per)
		}
	}
	return periods
}

// quotas are the periods by which rewards are counted.
func (s speaker) quotas() (periods []LimitPeriod) {
	for i := range s.terms.Rewards {
		periods = append(periods, s.terms.Rewards[i].Stock.Per, s.terms.Rewards[i].PerMember.Per)
	}
	return periods
}

// minimums says what a smallest purchase is measured on, and money that is to be reached.
func (s speaker) minimums() (all []string) {
	asks, items, reach := false, false, false
	for i := range s.terms.Earning {
		r := &s.terms.Earning[i]
		if r.If.MinAmount > 0 && !s.isHappening(r) {
			asks, items = true, items || r.If.items()
		}
		reach = reach || r.Reach != nil
	}
	if asks {
		all = append(all, s.measureWords().minimum(s.paying(), items))
	}
	if reach {
		all = append(all, s.measureWords().spend(s.paying()))
	}
	return all
}

// asksSpend reports whether a tier asks for money spent.
func (plan *TierPlan) asksSpend() bool {
	asks := func(c Criterion) bool { return c.Metric == MetricSpend }
	return slices.ContainsFunc(plan.Tiers, func(t Tier) bool {
		return plan.Metric == MetricSpend && t.Threshold > 0 || slices.ContainsFunc(t.All, asks) || slices.ContainsFunc(t.Any, asks)
	})
}

// judged says which time a review looks at, as weigh does. What is as it is today has none, and for a date within a period it
// depends on the day.
func (s speaker) judged(plan *TierPlan) []string {
	w, v := plan.Window, plan.Validity.Kind
	how := judgedEither
	switch {
	case plan.Metric.timeless() || v == NoValidity && !w.periodic() || w.Kind == Lifetime:
		return nil
	case !w.periodic():
		how = judgedRolling
	case plan.Upgrade == UpNextPeriod:
		how = judgedLast
	case v == ValidPeriod || v == NoValidity:
		how = judgedNow
	case v == ValidForMonths:
		how = judgedUntil
	case v == ValidToDate:
		return nil
	}
	return []string{s.measureWords().judged(how, s.number(w.Months), s.tierPeriod(plan))}
}
