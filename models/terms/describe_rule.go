package terms

import (
	"slices"

	"dangol/models/conditions"
)

// rule says when and how much, then what bounds it.
func (s speaker) rule(r *Rule) []string {
	unit := s.terms.Unit(r.Unit)
	if unit == nil {
		return nil
	}
	award := s.award(r, unit)
	if s.named(r) {
		award = s.offerWords().line(r.Name.In(s.locale), award)
	}
	all := append([]string{award}, s.proportion(r, unit)...)
	if list := s.factors(r, unit); len(list) > 0 {
		all = append(all, s.tierRates(list))
	}
	if _, _, whole := s.wholly(r, unit); !whole && r.Award.Kind == Rate || len(r.Tiers) > 0 && r.Award.Kind != Times {
		all = append(all, s.rounding(r.Rounding.Mode, s.pts(max(r.Rounding.To, 1), unit), r.Rounding.Scope == PerLine))
	}
	return slices.Concat(all, s.bounds(r, unit), s.held(r))
}

// named reports whether a rule's name must stand before it: it tells what codes mean, or other sentences call the rule by it.
func (s speaker) named(r *Rule) bool {
	if r.When == OnCustom { // which is called by its name already
		return false
	}
	joint := func(p Partner) bool { return slices.Contains(p.Rules, r.Code) }
	return r.If.items() || r.Group != "" || r.Last || !r.Expiry.IsZero() ||
		slices.ContainsFunc(s.terms.Partners, joint) || slices.ContainsFunc(s.terms.Earning, r.raisedBy)
}

// raisedBy reports whether a rule is a bonus on what r pays.
func (r *Rule) raisedBy(bonus Rule) bool {
	return bonus.IsBonus() && bonus.Unit == r.Unit && !r.IsBonus() && bonus.worksOn(r)
}

// bounds says what of a rule can be had at most, and how often.
func (s speaker) bounds(r *Rule, unit *Unit) (all []string) {
	if r.Cap > 0 {
		all = append(all, s.cap(s.pts(r.Cap, unit)))
	}
	for i := range r.Limits {
		all = append(all, s.bound(&r.Limits[i], unit))
		if r.Limits[i].Reject && r.Limits[i].Points > 0 {
			all = append(all, s.bonus.reject)
		}
	}
	if r.Chance != nil {
		all = append(all, s.bonus.chance(s.number(int(r.Chance.OneIn))))
	}
	return all
}

// bound says what a limit leaves to a member, or to all of them together.
func (s speaker) bound(limit *Limit, unit *Unit) string {
	times, points := s.number(int(limit.Times)), s.pts(limit.Points, unit)
	switch {
	case limit.Shared && limit.Times > 0:
		return s.bonus.budgetUses(limit.Per, times)
	case limit.Shared:
		return s.bonus.budget(limit.Per, points)
	case limit.Times > 0:
		return s.limitTimes(limit.Per, times)
	default:
		return s.limit(limit.Per, points)
	}
}

func (s speaker) award(r *Rule, unit *Unit) string {
	when, a := s.when(s.conditions(r)), &r.Award
	switch {
	case a.Kind == Times:
		return s.bonus.times(when, s.raised(r, unit), s.times(a.Rate))
	case a.Kind == Plus:
		return s.bonus.plus(when, s.raised(r, unit), s.pts(a.Points, unit))
	case a.Kind == EachLine:
		return s.bonus.eachLine(when, s.pts(a.Points, unit))
	case a.Kind == PerUnit && s.isHappening(r):
		return s.bonus.forEach(when, s.counted(a.Points, unit))
	case a.Kind == PerAmount:
		return s.per(when, s.won(a.Every), s.spoken(a.Points, unit))
	case a.Kind == PerUnit:
		return s.perItem(when, s.counted(a.Points, unit))
	case a.Kind == Fixed:
		return s.fixed(when, s.spoken(a.Points, unit))
	case a.Kind == AnyCoupon:
		return s.fixed(when, s.quoted(s.couponName(a.Coupon)))
	case s.isShare(r, unit):
		return s.rate(when, s.percent(a.Rate), s.name(unit))
	default:
		if every, points, whole := s.wholly(r, unit); whole {
			return s.per(when, s.won(every), s.spoken(points, unit))
		}
		every, points := s.perMoney(a.Rate)
		return s.ratio(when, s.won(every), s.spoken(points, unit))
	}
}

// isShare reports whether what a rule pays can be said in percent of the money, to the last digit.
func (s speaker) isShare(r *Rule, unit *Unit) bool {
	return r.Award.Kind == Rate && s.isMoney(unit) && isExact(r.Award.Rate, 10_000)
}

// proportion says whether money counts that is less than the amount which the award names.
func (s speaker) proportion(r *Rule, unit *Unit) []string {
	switch {
	case r.Award.Kind == PerAmount:
		return []string{s.perWhole(s.won(r.Award.Every))}
	case r.Award.Kind == Rate && !s.isShare(r, unit):
		if every, _, whole := s.wholly(r, unit); whole {
			return []string{s.perWhole(s.won(every))}
		}
		every, _ := s.perMoney(r.Award.Rate)
		return []string{s.perPart(s.won(every))}
	default:
		return nil
	}
}

// wholly writes a rate as points for whole amounts, no less than perMoney would name, where rounding leaves nothing of what
// lies between: nothing but the money may be multiplied before it.
func (s speaker) wholly(r *Rule, unit *Unit) (every Money, points Points, whole bool) {
	times := func(b Rule) bool { return b.Award.Kind == Times && r.raisedBy(b) }
	if r.Award.Kind != Rate || s.isShare(r, unit) || r.Rounding.Mode.number() != Floor.number() || r.Rounding.Scope == PerLine ||
		len(r.Tiers) > 0 || slices.ContainsFunc(s.terms.Earning, times) {
		return 0, 0, false
	}
	points = max(r.Rounding.To, 1)
	num, every := reduce(r.Award.Rate.Num, r.Award.Rate.Den*points)
	least, _ := s.perMoney(r.Award.Rate)
	return every, points, num == 1 && every >= least
}

// perMoney writes a rate as points for money, no less of it than one whole of the currency where that is no fraction. Of a
// draft it may be a rate that is not there yet.
func (s speaker) perMoney(r Ratio) (every Money, points Points) {
	whole := tenTo(decimalsOf(s.terms.Currency))
	if r.Den > 0 && r.Den < whole && whole%r.Den == 0 {
		return whole, r.Num * (whole / r.Den)
	}
	return r.Den, r.Num
}

// raised names the rules that a bonus works on, or the unit where there is none.
func (s speaker) raised(bonus *Rule, unit *Unit) string {
	var names []string
	for i := range s.terms.Earning {
		base := &s.terms.Earning[i]
		if name := s.quoted(base.Name.In(s.locale)); !base.IsBonus() && base.Unit == bonus.Unit && bonus.worksOn(base) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return s.name(unit)
	}
	return s.bonus.bases(names)
}

func (s speaker) conditions(r *Rule) whenWords {
	w := whenWords{
		first: r.When == OnFirstPurchase,
		goods: s.goods(&r.If), tiers: each(r.If.Tiers, s.tierName),
		stores: each(r.If.Stores, s.codes.store), channels: each(r.If.Channels, s.codes.channel),
		where: r.If.Where.Sentence(s.of(s.terms.Unit(r.Unit)), conditions.When),
		buys:  slices.ContainsFunc(r.If.Where.Fields(), ofBuying),
	}
	switch {
	case s.isHappening(r):
		w.event = s.bonus.event(r.When, r.Name.In(s.locale))
	case r.Reach != nil:
		w.event = s.bonus.reached(s.window(r.Reach.Window, s.number(r.Reach.Window.Months)), s.won(r.Reach.Amount))
	}
	if r.If.MinAmount > 0 {
		w.minimum = s.won(r.If.MinAmount)
	}
	return w
}

// ofBuying reports whether a comparison of a field says that one buys or pays.
func ofBuying(f conditions.Field) bool {
	spec, _ := conditions.Find(f)
	return spec.Scopes&conditions.OfOrder != 0 && f != conditions.FirstOrder
}

// goods says of which things a condition speaks: "분류가 ‘drink’인 상품". It is empty for all of them.
func (s speaker) goods(c *Conditions) string {
	var all []conditions.Condition
	for _, of := range []struct {
		field  conditions.Field
		choice *Selection
	}{{conditions.Category, &c.Categories}, {conditions.SKU, &c.SKUs}, {conditions.Label, &c.Labels}} {
		if len(of.choice.Only) > 0 {
			all = append(all, conditions.Where(of.field, conditions.In, conditions.Text(shortened(of.choice.Only)...)))
		}
		if len(of.choice.Except) > 0 {
			all = append(all, conditions.Not(conditions.Where(of.field, conditions.In, conditions.Text(shortened(of.choice.Except)...))))
		}
	}
	if len(all) == 0 {
		return ""
	}
	code := func(_ conditions.Field, code string) string { return s.code(code) }
	return conditions.All(all...).Sentence(conditions.Speaker{Locale: s.locale, Name: code}, conditions.Goods)
}

// code writes a code as what it is, in quotation marks.
func (s speaker) code(code string) string {
	if code == etc {
		return code
	}
	return s.quoted(code)
}

// each says every code.
func each(codes []string, say func(code string) string) (said []string) {
	for _, code := range codes {
		said = append(said, say(code))
	}
	return said
}

// of are the words that this document brings to conditions.
func (s speaker) of(unit *Unit) conditions.Speaker {
	return conditions.Speaker{
		Locale: s.locale, Money: s.won,
		Points: func(n int64) string { return s.pts(n, unit) },
		Name: func(f conditions.Field, code string) string {
			switch f {
			case conditions.Tier:
				return s.tierName(code)
			case conditions.Plan:
				return s.quoted(s.planName(code))
			case conditions.Category:
				return s.codes.category(code)
			case conditions.Store:
				return s.codes.store(code)
			case conditions.Channel:
				return s.codes.channel(code)
			case conditions.Payment:
				return s.codes.payment(code)
			case conditions.SKU:
				return s.quoted(code)
			}
			return ""
		},
	}
}

func (s speaker) isHappening(r *Rule) bool {
	return slices.Contains(Happenings, r.When) || slices.Contains(OwnDays, r.When)
}

func (s speaker) factors(r *Rule, unit *Unit) (list []string) {
	for _, f := range r.Tiers {
		name, product := s.tierName(f.Tier), Ratio{r.Award.Rate.Num * f.Factor.Num, r.Award.Rate.Den * f.Factor.Den}
		switch {
		case s.isShare(r, unit) && isExact(product, 10_000):
			list = append(list, s.tierRate(name, s.percent(product)))
		case r.Award.Kind == Times:
			list = append(list, s.tierTimes(name, s.times(product)))
		case r.Award.Kind == Plus:
			list = append(list, s.tierRate(name, s.pts(share(r.Award.Points, f.Factor.Num, f.Factor.Den), unit)))
		default:
			list = append(list, s.tierFactor(name, s.times(f.Factor)))
		}
	}
	return list
}

func (s speaker) tierName(code string) string {
	if plan := s.terms.Tiers; plan != nil {
		if i := plan.index(code); i >= 0 {
			return plan.Tiers[i].Name.In(s.locale)
		}
	}
	return code
}
