package terms

import (
	"math"
	"slices"

	"dangol/models"
	"dangol/models/conditions"
)

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
		v.when(at, r)
		v.conditions(at.key("if"), &r.If, conditions.OfOrder|conditions.OfMember|conditions.OfEvent)
		v.formula(at.key("award"), &r.Award)
		v.factors(at.key("tiers"), r)
		v.rounding(at.key("rounding"), r)
		v.cap(at, r)
		v.limits(at.key("limits"), r)
		v.hold(at.key("hold"), &r.Hold)
		v.parts(at.key("parts"), r)
		if !r.Expiry.IsZero() {
			v.expiry(at.key("expiry"), &r.Expiry)
		}
		v.couponRule(at, r)
		v.together(at, r)
	}
	v.precision()
}

// when demands what an event needs, and nothing that only another event has.
func (v *validator) when(at pointer, r *Rule) {
	oneOf(&v.faults, at.key("when"), r.When, slices.Concat([]When{OnPurchase, OnFirstPurchase, OnThreshold}, OwnDays, Happenings)...)
	switch {
	case (r.When == OnCustom) != (r.Event != ""):
		v.add(at.key("event"), "only_with", "field", "custom")
	case r.Event != "" && !validCode(r.Event):
		v.add(at.key("event"), "malformed", "value", r.Event)
	}
	if (r.When == OnThreshold) != (r.Reach != nil) {
		v.add(at.key("reach"), "only_with", "field", "threshold")
	} else if r.Reach != nil {
		v.within(at.key("reach").key("amount"), r.Reach.Amount, 1, models.MaxMoney)
		v.window(at.key("reach").key("window"), r.Reach.Window)
		if r.Reach.Window.Kind == NoWindow {
			v.add(at.key("reach").key("window").key("kind"), "not_one_of", "value", string(NoWindow))
		}
		if len(r.Limits) == 0 { // money that comes back could be spent, and rewarded, again
			v.add(at.key("limits"), "required")
		}
	}
	if r.Chance != nil {
		v.within(at.key("chance").key("one_in"), r.Chance.OneIn, 2, maxPart)
		if n := len(r.Chance.Seed); n < 8 || n > 64 {
			v.add(at.key("chance").key("seed"), "out_of_range", "min", 8, "max", 64)
		}
	}
}

// together checks how a rule stands to the others: its bases, and its group, whose rules pay one unit and are all bases
// or all bonuses.
func (v *validator) together(at pointer, r *Rule) {
	if r.Group != "" {
		v.known(at.key("group"), r.Group, v.groups)
		first := slices.IndexFunc(v.terms.Earning, func(other Rule) bool { return other.Group == r.Group })
		if other := &v.terms.Earning[first]; other.Unit != r.Unit || other.IsBonus() != r.IsBonus() {
			v.add(at.key("group"), "unlike", "other", other.Code)
		}
	}
	for i, code := range r.Award.Of {
		base := slices.IndexFunc(v.terms.Earning, func(other Rule) bool { return other.Code == code })
		if base < 0 || v.terms.Earning[base].IsBonus() || v.terms.Earning[base].Unit != r.Unit {
			v.add(at.key("award").key("of").index(i), "unknown_code", "value", code)
		}
	}
}

func (v *validator) conditions(at pointer, c *Conditions, about conditions.Scope) {
	v.within(at.key("min_amount"), c.MinAmount, 0, models.MaxMoney)
	v.selection(at.key("categories"), c.Categories)
	v.selection(at.key("skus"), c.SKUs)
	v.selection(at.key("labels"), c.Labels)
	for i, tier := range c.Tiers {
		v.known(at.key("tiers").index(i), tier, v.tiers)
	}
	v.where(at.key("where"), c.Where, about)
}

// where demands a condition about what the engine knows when it decides.
func (v *validator) where(at pointer, c conditions.Condition, about conditions.Scope) {
	if c.IsZero() {
		return
	}
	v.faults = append(v.faults, c.Validate(string(at), about, func(f conditions.Field, code string) bool {
		return (f != conditions.Tier || v.tiers[code]) && (f != conditions.Plan || v.terms.Plan(code) != nil)
	})...)
	for _, field := range c.Fields() {
		if spec, ok := conditions.Find(field); ok && spec.Scopes == conditions.OfMember && !slices.Contains(asked, field) {
			v.add(at, "not_here", "field", string(field))
		}
	}
}

func (v *validator) selection(at pointer, s Selection) {
	if len(s.Only) > 0 && len(s.Except) > 0 {
		v.add(at, "exactly_one", "fields", []string{"only", "except"})
	}
}

func (v *validator) formula(at pointer, f *Formula) {
	oneOf(&v.faults, at.key("kind"), f.Kind, PerAmount, Rate, PerUnit, EachLine, Fixed, AnyCoupon, Times, Plus)
	switch f.Kind {
	case AnyCoupon:
		v.givenCoupon(at.key("coupon"), f.Coupon)
	case Rate:
		v.ratio(at.key("rate"), f.Rate)
	case Times:
		if v.multiple(at.key("rate"), f.Rate); f.Rate.Num == f.Rate.Den {
			v.add(at.key("rate"), "not_one_of", "value", 1, "allowed", []string{"0", "1.5", "2"})
		}
	default:
		v.within(at.key("points"), f.Points, 1, maxPart)
	}
	if f.Kind == PerAmount {
		v.within(at.key("every"), f.Every, 1, models.MaxMoney)
	}
	if len(f.Of) > 0 && f.Kind != Times && f.Kind != Plus {
		v.add(at.key("of"), "only_with", "field", "times")
	}
}

// maxFactor is the most by which a bonus multiplies, and thousandths are the finest that it may be.
const maxFactor = 10

// multiple demands a factor from 0 to maxFactor, in thousandths at the finest.
func (v *validator) multiple(at pointer, r Ratio) {
	_, den := reduce(r.Num, r.Den)
	switch {
	case r.Den < 1 || r.Num < 0 || r.Num > maxFactor*r.Den:
		v.add(at, "out_of_range", "min", 0, "max", maxFactor)
	case 1_000%den != 0:
		v.add(at, "too_fine", "parts", 1_000)
	}
}

// precision demands that the finest rate, the finest tier and all bonuses together are an exact factor of 64 bits.
func (v *validator) precision() {
	product := Ratio{1, 1}
	rate, tier := Ratio{1, 1}, Ratio{1, 1}
	for i := range v.terms.Earning {
		r := &v.terms.Earning[i]
		switch r.Award.Kind {
		case Times:
			factor := Ratio{max(r.Award.Rate.Num, 1), r.Award.Rate.Den}
			for _, f := range r.Tiers {
				num, den := multiply(r.Award.Rate, f.Factor)
				factor = finer(factor, Ratio{num, den})
			}
			product.Num, product.Den = multiply(product, factor)
			continue
		case Rate:
			rate = finer(rate, r.Award.Rate)
		}
		for _, f := range r.Tiers {
			tier = finer(tier, f.Factor)
		}
	}
	product.Num, product.Den = multiply(product, rate)
	if _, den := multiply(product, tier); den == 0 && len(v.faults) == 0 {
		v.add("/earning", "too_fine", "parts", int64(math.MaxInt64))
	}
}

func finer(a, b Ratio) Ratio { return Ratio{max(a.Num, b.Num), max(a.Den, b.Den)} }

// ratio demands a positive fraction of bounded parts and size: none of them can overflow, or pay beyond reason.
func (v *validator) ratio(at pointer, r Ratio) {
	switch {
	case r.Num < 1 || r.Den < 1:
		v.add(at, "not_positive")
	case r.Num > maxPart || r.Den > maxPart || r.Num/r.Den > maxTimes:
		v.add(at, "out_of_range", "max", maxTimes)
	}
}

func (v *validator) factors(at pointer, r *Rule) {
	seen := map[string]bool{}
	for i, f := range r.Tiers {
		v.known(at.index(i).key("tier"), f.Tier, v.tiers)
		if seen[f.Tier] {
			v.add(at.index(i).key("tier"), "taken", "value", f.Tier)
		}
		seen[f.Tier] = true
		v.ratio(at.index(i).key("factor"), f.Factor)
		if r.Award.Kind == Times && f.Factor.Den > 0 {
			num, den := multiply(r.Award.Rate, f.Factor)
			v.multiple(at.index(i).key("factor"), Ratio{num, den})
		}
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
	if r.IsBonus() && (r.Rounding != Rounding{}) { // it is rounded as its bases are
		v.add(at, "not_with", "field", "times")
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
	type span struct {
		per    LimitPeriod
		shared bool
	}
	seen := map[span]bool{}
	for i, limit := range r.Limits {
		at := at.index(i)
		oneOf(&v.faults, at.key("per"), limit.Per, PerLife, PerDay, PerWeek, PerMonth, PerYear)
		if seen[span{limit.Per, limit.Shared}] {
			v.add(at.key("per"), "taken", "value", string(limit.Per))
		}
		seen[span{limit.Per, limit.Shared}] = true
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
