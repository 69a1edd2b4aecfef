package terms

import (
	"slices"
	"strings"

	"dangol/models/conditions"
)

// Clause is a paragraph of the customer's terms page.
type Clause struct {
	Heading   string
	Sentences []string
}

// Describe writes the customer's terms page in "ko" or "en": everything that the document promises, and nothing else.
func (t *Terms) Describe(locale string) []Clause {
	s := t.speak(locale)
	var page []Clause
	add := func(heading string, sentences []string) {
		if len(sentences) > 0 {
			page = append(page, Clause{heading, sentences})
		}
	}
	add(s.headings.earn, s.earning())
	add(s.headings.use, distinct(append(s.using(), s.giving()...)))
	add(s.headings.last, distinct(s.lasting()))
	add(s.headings.tiers, s.tiers())
	add(s.headings.birthday, distinct(s.birthdays()))
	add(s.offerWords().heading, s.coupons())
	add(s.offerWords().rewards, s.rewards())
	add(s.planWords().heading, s.plans())
	add(s.referralWords().heading, s.referral())
	add(s.headings.refund, s.refunds())
	return page
}

// distinct leaves out what was said before. What bounds a rule, a coupon or a reward is said with each of them.
func distinct(sentences []string) (once []string) {
	for _, sentence := range sentences {
		if !slices.Contains(once, sentence) {
			once = append(once, sentence)
		}
	}
	return once
}

func (s speaker) earning() (all []string) {
	money := false
	for i := range s.terms.Earning {
		r := &s.terms.Earning[i]
		all = append(all, s.rule(r)...)
		money = money || !s.isHappening(r) && (r.Award.Kind == Rate || r.Award.Kind == PerAmount)
	}
	if money {
		all = append(all, s.basis(s.terms.Basis, s.paying()))
	}
	return slices.Concat(all, s.together(), s.partners())
}

// paying names the units that pay, empty where none does.
func (s speaker) paying() string {
	var names []string
	for i := range s.terms.Redemptions {
		if u := s.terms.Unit(s.terms.Redemptions[i].Unit); u != nil {
			names = append(names, s.name(u))
		}
	}
	return strings.Join(names, ", ")
}

// together says which rules do not pay beside each other, and how much can be held.
func (s speaker) together() (all []string) {
	for _, group := range s.terms.Groups {
		var names []string
		for i := range s.terms.Earning {
			if r := &s.terms.Earning[i]; r.Group == group.Code {
				names = append(names, r.Name.In(s.locale))
			}
		}
		if len(names) > 0 {
			all = append(all, s.bonus.group(group.Mode, names))
		}
	}
	for i := range s.terms.Earning {
		if r := &s.terms.Earning[i]; r.Last && i < len(s.terms.Earning)-1 {
			all = append(all, s.bonus.last(r.Name.In(s.locale)))
		}
	}
	for i := range s.terms.Units {
		if unit := &s.terms.Units[i]; unit.Most > 0 {
			all = append(all, s.bonus.most(s.name(unit), s.pts(unit.Most, unit)))
		}
	}
	return all
}

// rule says when and how much, then what bounds it.
func (s speaker) rule(r *Rule) []string {
	unit := s.terms.Unit(r.Unit)
	if unit == nil {
		return nil
	}
	all := []string{s.award(r, unit)}
	if list := s.factors(r, unit); len(list) > 0 {
		all = append(all, s.tierRates(list))
	}
	if r.Award.Kind == Rate || len(r.Tiers) > 0 && r.Award.Kind != Times {
		all = append(all, s.rounding(r.Rounding.Mode, s.pts(max(r.Rounding.To, 1), unit), r.Rounding.Scope == PerLine))
	}
	if r.Cap > 0 {
		all = append(all, s.cap(s.pts(r.Cap, unit)))
	}
	for i := range r.Limits {
		all = append(all, s.bounds(&r.Limits[i], unit))
	}
	if r.Chance != nil {
		all = append(all, s.bonus.chance(s.number(int(r.Chance.OneIn))))
	}
	return append(all, s.held(r)...)
}

// bounds says what a limit leaves to a member, or to all of them together.
func (s speaker) bounds(limit *Limit, unit *Unit) string {
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
		return s.bonus.times(when, s.times(a.Rate))
	case a.Kind == Plus:
		return s.bonus.plus(when, s.pts(a.Points, unit))
	case a.Kind == EachLine:
		return s.bonus.eachLine(when, s.pts(a.Points, unit))
	case a.Kind == PerUnit && s.isHappening(r):
		return s.fixed(when, s.counted(a.Points, unit))
	case a.Kind == PerAmount:
		return s.per(when, s.won(a.Every), s.spoken(a.Points, unit))
	case a.Kind == PerUnit:
		return s.perItem(r.Name.In(s.locale), s.counted(a.Points, unit))
	case a.Kind == Fixed:
		return s.fixed(when, s.spoken(a.Points, unit))
	case a.Kind == AnyCoupon:
		return s.fixed(when, s.quoted(s.couponName(a.Coupon)))
	case sameMoney(unit):
		return s.rate(when, s.percent(a.Rate), s.name(unit))
	default:
		every, points := s.perMoney(a.Rate)
		return s.per(when, s.won(every), s.spoken(points, unit))
	}
}

// perMoney writes a rate as points for money, no less of it than one whole of the currency where that is no fraction.
func (s speaker) perMoney(r Ratio) (every Money, points Points) {
	whole := Money(1)
	for range decimalsOf(s.terms.Currency) {
		whole *= 10
	}
	if r.Den < whole && whole%r.Den == 0 {
		return whole, r.Num * (whole / r.Den)
	}
	return r.Den, r.Num
}

func (s speaker) conditions(r *Rule) whenWords {
	w := whenWords{
		first:    r.When == OnFirstPurchase,
		only:     slices.Concat(r.If.Categories.Only, r.If.SKUs.Only, r.If.Labels.Only),
		except:   slices.Concat(r.If.Categories.Except, r.If.SKUs.Except, r.If.Labels.Except),
		channels: r.If.Channels, stores: r.If.Stores,
	}
	switch {
	case s.isHappening(r):
		w.event = s.bonus.event(r.When, r.Name.In(s.locale))
	case r.Reach != nil:
		w.event = s.bonus.reached(s.window(r.Reach.Window, s.number(r.Reach.Window.Months)), s.won(r.Reach.Amount))
	}
	w.where = r.If.Where.Sentence(s.of(s.terms.Unit(r.Unit)), conditions.When)
	if r.If.MinAmount > 0 {
		w.minimum = s.won(r.If.MinAmount)
	}
	for _, code := range r.If.Tiers {
		w.tiers = append(w.tiers, s.tierName(code))
	}
	return w
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
				return s.planName(code)
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
		case r.Award.Kind == Rate && sameMoney(unit):
			list = append(list, s.tierRate(name, s.percent(product)))
		case r.Award.Kind == Times:
			list = append(list, s.tierFactor(name, s.times(product)))
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

func (s speaker) using() (all []string) {
	for i := range s.terms.Redemptions {
		r := &s.terms.Redemptions[i]
		if unit := s.terms.Unit(r.Unit); unit != nil {
			all = append(all, s.redemption(r, unit)...)
		}
	}
	return all
}

func (s speaker) redemption(r *Redemption, unit *Unit) (all []string) {
	step := max(r.Step, 1)
	if r.Item != nil {
		return []string{s.swap(s.pts(step, unit), r.Item.Name.In(s.locale), s.won(r.Item.UpTo))}
	}
	if points, money := s.pts(unit.Worth.Points, unit), s.won(unit.Worth.Money); points != money && (unit.Decimals == 0 || !sameMoney(unit)) {
		all = append(all, s.worth(points, money))
	}
	all = append(all,
		s.useFrom(s.pts(max(r.Minimum, step), unit), s.pts(step, unit)),
		s.useShare(s.number(r.Share)+"%", r.Share == 100))
	if !r.OwnOrder {
		all = append(all, s.notOwn(s.name(unit)))
	}
	return all
}
