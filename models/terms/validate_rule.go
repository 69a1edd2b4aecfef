package terms

import "dangol/models"

func (v *validator) allRules() {
	v.within("/earning", int64(len(v.terms.Earning)), 0, maxList)
	seen := map[string]bool{}
	for i := range v.terms.Earning {
		at, r := pointer("/earning").index(i), &v.terms.Earning[i]
		v.code(at.key("code"), r.Code, seen)
		if r.Unit != "" || r.Award.Kind != AnyCoupon {
			v.known(at.key("unit"), r.Unit, v.units)
		}
		v.text(at.key("name"), r.Name)
		oneOf(&v.faults, at.key("when"), r.When, OnPurchase, OnFirstPurchase)
		v.conditions(at.key("if"), &r.If)
		v.formula(at.key("award"), &r.Award)
		v.factors(at.key("tiers"), r.Tiers)
		v.rounding(at.key("rounding"), r)
		v.cap(at, r)
		v.limits(at.key("limits"), r)
		v.hold(at.key("hold"), &r.Hold)
		if !r.Expiry.IsZero() {
			v.expiry(at.key("expiry"), &r.Expiry)
		}
		v.couponRule(at, r)
	}
}

func (v *validator) conditions(at pointer, c *Conditions) {
	v.within(at.key("min_amount"), c.MinAmount, 0, models.MaxMoney)
	v.selection(at.key("categories"), c.Categories)
	v.selection(at.key("skus"), c.SKUs)
	for i, tier := range c.Tiers {
		v.known(at.key("tiers").index(i), tier, v.tiers)
	}
}

func (v *validator) selection(at pointer, s Selection) {
	if len(s.Only) > 0 && len(s.Except) > 0 {
		v.add(at, "exactly_one", "fields", []string{"only", "except"})
	}
}

func (v *validator) formula(at pointer, f *Formula) {
	oneOf(&v.faults, at.key("kind"), f.Kind, PerAmount, Rate, PerUnit, Fixed, AnyCoupon)
	if f.Kind == AnyCoupon {
		v.givenCoupon(at.key("coupon"), f.Coupon)
		return
	}
	if f.Kind == Rate {
		v.ratio(at.key("rate"), f.Rate)
		return
	}
	v.within(at.key("points"), f.Points, 1, maxPart)
	if f.Kind == PerAmount {
		v.within(at.key("every"), f.Every, 1, models.MaxMoney)
	}
}

// ratio demands a positive fraction of bounded parts and size: none of them can overflow, or pay beyond reason.
func (v *validator) ratio(at pointer, r Ratio) {
	switch {
	case r.Num < 1 || r.Den < 1:
		v.add(at, "not_positive")
	case r.Num > maxPart || r.Den > maxPart || r.Num/r.Den > maxTimes:
		v.add(at, "out_of_range", "max", maxTimes)
	}
}

func (v *validator) factors(at pointer, factors []Factor) {
	seen := map[string]bool{}
	for i, f := range factors {
		v.known(at.index(i).key("tier"), f.Tier, v.tiers)
		if seen[f.Tier] {
			v.add(at.index(i).key("tier"), "taken", "value", f.Tier)
		}
		seen[f.Tier] = true
		v.ratio(at.index(i).key("factor"), f.Factor)
	}
}

func (v *validator) rounding(at pointer, r *Rule) {
	oneOf(&v.faults, at.key("scope"), r.Rounding.Scope, "", PerOrder, PerLine)
	oneOf(&v.faults, at.key("mode"), r.Rounding.Mode, "", Floor, HalfUp, Ceil)
	switch r.Rounding.To {
	case 0, 1, 10, 100, 1000:
	default:
		v.add(at.key("to"), "not_one_of", "value", r.Rounding.To, "allowed", []int{1, 10, 100, 1000})
	}
	if r.Rounding.Scope == PerLine && r.Award.Kind != Rate {
		v.add(at.key("scope"), "only_with", "field", "rate")
	}
}

// cap demands that the most for one order is not less than the least that the rule pays.
func (v *validator) cap(at pointer, r *Rule) {
	v.within(at.key("cap"), r.Cap, 0, maxBalance)
	if r.Cap > 0 && r.Award.Kind != Rate && r.Cap < r.Award.Points {
		v.add(at.key("cap"), "below_award", "award", r.Award.Points)
	}
}

func (v *validator) limits(at pointer, r *Rule) {
	seen := map[LimitPeriod]bool{}
	for i, limit := range r.Limits {
		at := at.index(i)
		oneOf(&v.faults, at.key("per"), limit.Per, PerLife, PerDay, PerMonth)
		if seen[limit.Per] {
			v.add(at.key("per"), "taken", "value", string(limit.Per))
		}
		seen[limit.Per] = true
		v.within(at.key("times"), limit.Times, 0, maxBalance)
		v.within(at.key("points"), limit.Points, 0, maxBalance)
		if (limit.Times > 0) == (limit.Points > 0) {
			v.add(at, "exactly_one", "fields", []string{"times", "points"})
		}
		if limit.Reject && r.Award.Kind != Rate && limit.Points > 0 && limit.Points < r.Award.Points {
			v.add(at.key("points"), "below_award", "award", r.Award.Points)
		}
	}
}
