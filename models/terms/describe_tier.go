package terms

import "slices"

// tiers says how members rise, what they have of it, how long it lasts and how they fall.
func (s speaker) tiers() (all []string) {
	plan := s.terms.Tiers
	if plan == nil {
		return nil
	}
	for i := range plan.Tiers {
		all = append(all, s.tier(plan, i)...)
	}
	if plan.asksSpend() {
		all = append(all, s.measureWords().spend(s.paying()))
	}
	if plan.Upgrade == UpNextPeriod {
		all = append(all, s.upNext(s.tierPeriod(plan)))
	} else {
		all = append(all, s.tierUp(plan.spending()))
	}
	if plan.Downgrade == DownNever {
		return append(all, s.downNever)
	}
	v := plan.Validity
	all = append(all, s.validity(v, s.span(v.Months), s.tierPeriod(plan)))
	if v.ExtendMonths+v.ExtendDays > 0 {
		all = append(all, s.extended(s.number(v.ExtendMonths), s.number(v.ExtendDays)))
	}
	day := s.number(plan.ReviewDay)
	if v.Kind == NoValidity {
		day = ""
	}
	all = append(all, s.review(reviewWords{day, plan.Downgrade, s.number(plan.Grace), plan.GraceTo, plan.spending()}))
	return append(all, s.judged(plan)...)
}

// counts reports whether a tier asks for points of a unit.
func (plan *TierPlan) counts(unit string) bool {
	if plan == nil {
		return false
	}
	asks := func(c Criterion) bool { return c.Unit == unit }
	return plan.Unit == unit || slices.ContainsFunc(plan.Tiers, func(t Tier) bool {
		return slices.ContainsFunc(t.All, asks) || slices.ContainsFunc(t.Any, asks)
	})
}

// spending reports whether the plan asks for nothing but money.
func (plan *TierPlan) spending() bool {
	for i := range plan.Tiers {
		if len(plan.Tiers[i].All)+len(plan.Tiers[i].Any) > 0 {
			return false
		}
	}
	return plan.Metric == MetricSpend
}

// BySpending reports whether what members spend decides alone, within about a year: then what they spent in twelve months
// tells where they would stand. No plan decides by nothing else.
func (plan *TierPlan) BySpending() bool {
	if plan == nil {
		return true
	}
	byHand := slices.ContainsFunc(plan.Tiers, func(t Tier) bool { return t.ByHand })
	return plan.spending() && !byHand && (plan.Window.Kind == CalendarYear || plan.Window == Window{RollingMonths, 12})
}

// tierPeriod names the plan's period.
func (s speaker) tierPeriod(plan *TierPlan) string {
	if plan.Window.periodic() {
		return s.periodOf[plan.Window.Kind]
	}
	return s.periodOf[CalendarMonth]
}

func (s speaker) tier(plan *TierPlan, i int) []string {
	tier := &plan.Tiers[i]
	name := tier.Name.In(s.locale)
	all := []string{s.reaching(plan, tier, name)}
	if tier.Lasting && plan.Downgrade != DownNever {
		all = append(all, s.stays(name))
	}
	if gift := s.gift(&tier.Welcome); gift != "" {
		once := s.periodOf[CalendarYear]
		if plan.Window.periodic() {
			once = s.tierPeriod(plan)
		}
		all = append(all, s.welcome(name, gift, s.one(once)))
	}
	if len(tier.Benefits) > 0 {
		var list []string
		for _, benefit := range tier.Benefits {
			list = append(list, benefit.In(s.locale))
		}
		all = append(all, s.perks(name, list))
	}
	return all
}

// reaching says what a tier asks.
func (s speaker) reaching(plan *TierPlan, tier *Tier, name string) string {
	switch {
	case tier.ByHand:
		return s.byHand(name)
	case tier.plain() && tier.Threshold == 0:
		return s.tierBase(name)
	case tier.plain() && plan.Metric == MetricSpend:
		return s.tierAt(name, s.won(tier.Threshold), s.window(plan.Window, s.number(plan.Window.Months)))
	}
	var all, any []string
	if tier.Threshold > 0 {
		all = append(all, s.ask(plan, Criterion{Metric: plan.Metric, Unit: plan.Unit, Number: plan.Number, AtLeast: tier.Threshold}))
	}
	for _, c := range tier.All {
		all = append(all, s.ask(plan, c))
	}
	for _, c := range tier.Any {
		any = append(any, s.ask(plan, c))
	}
	return s.tierMeets(name, all, any)
}

// ask says one thing that a tier asks: "최근 3개월 동안 방문 20번 이상".
func (s speaker) ask(plan *TierPlan, c Criterion) string {
	window := c.Window
	if window == (Window{}) {
		window = plan.Window
	}
	name, amount := s.measured(plan, c)
	return s.asks(c.Metric, name, amount, s.window(window, s.number(window.Months)))
}

// numberDecimals are those of every custom number.
const numberDecimals = 2

// measured writes an amount of a metric, and what it is an amount of where that is a unit or a number.
func (s speaker) measured(plan *TierPlan, c Criterion) (name, amount string) {
	switch c.Metric {
	case MetricSpend:
		return "", s.won(c.AtLeast)
	case MetricEarned, MetricBalance:
		if unit := s.terms.Unit(c.Unit); unit != nil {
			return s.name(unit), s.pts(c.AtLeast, unit)
		}
	case MetricNumber:
		for i := range plan.Numbers {
			if n := &plan.Numbers[i]; n.Code == c.Number {
				return n.Name.In(s.locale), trimZeros(scaled(c.AtLeast, numberDecimals))
			}
		}
	}
	return c.Number, s.number(int(c.AtLeast))
}

// gift says what a welcome is: "1,000P와 3,000원 쿠폰".
func (s speaker) gift(w *Welcome) string {
	points, coupon := "", ""
	if unit := s.terms.Unit(w.Unit); unit != nil && w.Points > 0 {
		points = s.pts(w.Points, unit)
	}
	if kind := s.terms.Coupon(w.Coupon); kind != nil {
		coupon = s.coupon(kind)
	}
	if points != "" && coupon != "" {
		return s.both(points, coupon)
	}
	return points + coupon
}

// Measure writes an amount of what a plan measures, with its name: "방문 12번", "₩120,000 spent".
func (t *Terms) Measure(c Criterion, amount int64, locale string) string {
	s := t.speak(locale)
	if t.Tiers == nil {
		return s.number(int(amount))
	}
	c.AtLeast = amount
	name, figure := s.measured(t.Tiers, c)
	return s.measureOf(c.Metric, name, figure)
}

// explainWelcome says which tier gave points to those who reached it.
func (t *Terms) explainWelcome(e Explanation, locale string) []string {
	if t.Tiers == nil || e.Rule < 0 || e.Rule >= len(t.Tiers.Tiers) {
		return nil
	}
	tier, s := &t.Tiers.Tiers[e.Rule], t.speak(locale)
	unit := t.Unit(tier.Welcome.Unit)
	if unit == nil {
		return nil
	}
	return []string{s.welcomeOf(tier.Name.In(s.locale), s.pts(e.Steps[0].A, unit))}
}
