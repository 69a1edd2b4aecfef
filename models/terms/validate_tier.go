package terms

import (
	"time"

	"dangol/models"
)

// Bounds of a tier plan.
const (
	maxTiers    = 20
	maxCriteria = 10
	maxWindow   = 60 // months
	maxExtend   = 366
)

func (v *validator) tierPlan() {
	plan := v.terms.Tiers
	if plan == nil {
		return
	}
	const at pointer = "/tiers"
	numbers := map[string]bool{}
	v.within(at.key("numbers"), int64(len(plan.Numbers)), 0, maxCriteria)
	for i, n := range plan.Numbers {
		at := at.key("numbers").index(i)
		v.code(at.key("code"), n.Code, numbers)
		v.text(at.key("name"), n.Name)
	}
	v.measure(at, Criterion{Metric: plan.Metric, Unit: plan.Unit, Number: plan.Number}, numbers)
	v.window(at.key("window"), plan.Window)
	if plan.Metric.timeless() != (plan.Window.Kind == NoWindow) {
		v.add(at.key("window").key("kind"), "not_with", "field", "metric")
	}
	v.tierTimes(at, plan)
	v.within(at.key("tiers"), int64(len(plan.Tiers)), 1, maxTiers)
	for i := range plan.Tiers {
		v.tier(at.key("tiers").index(i), plan.Tiers, i, numbers)
	}
}

// tierTimes judges when members rise, how long they stay and how they fall.
func (v *validator) tierTimes(at pointer, plan *TierPlan) {
	if plan.AtEnd {
		v.within(at.key("review_day"), int64(plan.ReviewDay), 0, 0)
	} else {
		v.within(at.key("review_day"), int64(plan.ReviewDay), 1, 28)
	}
	oneOf(&v.faults, at.key("downgrade"), plan.Downgrade, DownOneStep, DownFull, DownNever)
	v.within(at.key("grace_months"), int64(plan.Grace), 0, 12)
	oneOf(&v.faults, at.key("grace_to"), plan.GraceTo, "", MonthPeriod, QuarterPeriod, HalfPeriod, YearPeriod)
	if plan.GraceTo != "" && plan.Grace == 0 {
		v.add(at.key("grace_to"), "only_with", "field", "grace_months")
	}
	oneOf(&v.faults, at.key("upgrade"), plan.Upgrade, "", UpAtOnce, UpNextPeriod)
	if plan.Upgrade == UpNextPeriod && plan.Validity.Kind == NoValidity {
		v.add(at.key("upgrade"), "not_with", "field", "validity")
	}
	v.validity(at.key("validity"), plan.Validity)
}

func (v *validator) validity(at pointer, val Validity) {
	oneOf(&v.faults, at.key("kind"), val.Kind, NoValidity, ValidForMonths, ValidPeriod, ValidNextPeriod, ValidNextYear, ValidToDate)
	if val.Kind == ValidForMonths {
		v.within(at.key("months"), int64(val.Months), 1, maxWindow)
	}
	if val.Kind == ValidToDate {
		v.within(at.key("month"), int64(val.Month), 1, 12)
		longest := time.Date(2001, time.Month(val.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day() // a year without 29 February
		v.within(at.key("day"), int64(val.Day), 1, int64(longest))
	} else {
		v.within(at.key("month"), int64(val.Month), 0, 0)
		v.within(at.key("day"), int64(val.Day), 0, 0)
	}
	v.within(at.key("extend_months"), int64(val.ExtendMonths), 0, 12)
	v.within(at.key("extend_days"), int64(val.ExtendDays), 0, maxExtend)
	if val.Kind == NoValidity && val.ExtendMonths+val.ExtendDays != 0 {
		v.add(at.key("extend_months"), "not_with", "field", "kind")
	}
}

func (v *validator) window(at pointer, w Window) {
	oneOf(&v.faults, at.key("kind"), w.Kind,
		RollingMonths, CalendarMonth, CalendarQuarter, CalendarHalf, CalendarYear, MemberYear, Lifetime, NoWindow)
	if w.Kind == RollingMonths {
		v.within(at.key("months"), int64(w.Months), 1, maxWindow)
	} else if w.Kind != CalendarYear { // whose months were never looked at
		v.within(at.key("months"), int64(w.Months), 0, 0)
	}
}

// measure judges what is measured: which unit, or which number.
func (v *validator) measure(at pointer, c Criterion, numbers map[string]bool) {
	oneOf(&v.faults, at.key("metric"), c.Metric, MetricSpend, MetricEarned, MetricOrders, MetricVisits, MetricNumber, MetricBalance)
	switch {
	case c.Metric == MetricEarned || c.Metric == MetricBalance:
		if c.Unit != "" {
			v.known(at.key("unit"), c.Unit, v.units)
		}
	case c.Unit != "":
		v.add(at.key("unit"), "not_with", "field", "metric")
	}
	if c.Metric == MetricNumber {
		v.known(at.key("number"), c.Number, numbers)
	} else if c.Number != "" {
		v.add(at.key("number"), "not_with", "field", "metric")
	}
}

func (v *validator) tier(at pointer, tiers []Tier, i int, numbers map[string]bool) {
	t := &tiers[i]
	v.code(at.key("code"), t.Code, v.tiers)
	v.text(at.key("name"), t.Name)
	v.within(at.key("threshold"), t.Threshold, 0, models.MaxMoney)
	v.ascending(at.key("threshold"), tiers, i)
	v.criteria(at.key("all"), t.All, numbers)
	v.criteria(at.key("any"), t.Any, numbers)
	if t.ByHand && (t.Threshold > 0 || len(t.All)+len(t.Any) > 0) {
		v.add(at.key("by_hand"), "not_with", "field", "threshold")
	}
	v.welcome(at.key("welcome"), &t.Welcome)
	v.within(at.key("benefits"), int64(len(t.Benefits)), 0, maxTiers)
	for j, benefit := range t.Benefits {
		v.text(at.key("benefits").index(j), benefit)
	}
}

// ascending demands that a tier by a threshold alone lies above the last such one, and that only the first asks nothing.
func (v *validator) ascending(at pointer, tiers []Tier, i int) {
	if i == 0 || !tiers[i].plain() {
		return
	}
	above, found := int64(0), tiers[i].Threshold == 0
	for _, lower := range tiers[:i] {
		if lower.plain() {
			above, found = lower.Threshold, true
		}
	}
	if found && tiers[i].Threshold <= above {
		v.add(at, "not_ascending", "above", above)
	}
}

// plain reports whether a tier is asked for by its threshold alone.
func (t *Tier) plain() bool { return len(t.All)+len(t.Any) == 0 && !t.ByHand }

func (v *validator) criteria(at pointer, all []Criterion, numbers map[string]bool) {
	v.within(at, int64(len(all)), 0, maxCriteria)
	for i, c := range all {
		at := at.index(i)
		v.measure(at, c, numbers)
		v.within(at.key("at_least"), c.AtLeast, 1, models.MaxMoney)
		if c.Window == (Window{}) {
			if !c.Metric.timeless() && v.terms.Tiers.Window.Kind == NoWindow {
				v.add(at.key("window"), "required")
			}
			continue
		}
		v.window(at.key("window"), c.Window)
		if c.Metric.timeless() || c.Window.Kind == NoWindow {
			v.add(at.key("window").key("kind"), "not_with", "field", "metric")
		}
	}
}

func (v *validator) welcome(at pointer, w *Welcome) {
	v.within(at.key("points"), w.Points, 0, maxBalance)
	if w.Unit != "" {
		v.known(at.key("unit"), w.Unit, v.units)
		if w.Points == 0 {
			v.add(at.key("unit"), "only_with", "field", "points")
		}
	}
}
