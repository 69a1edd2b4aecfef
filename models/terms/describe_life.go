package terms

import (
	"cmp"
	"slices"
)

// lasting says how long the points of each unit last, and those of rules and tiers that have another end.
func (s speaker) lasting() (all []string) {
	ends := false
	for i := range s.terms.Units {
		u := &s.terms.Units[i]
		held := slices.ContainsFunc(s.terms.Earning, func(r Rule) bool { return r.Unit == u.Code && r.comesLater() })
		all = append(all, s.lastingOf(s.name(u), held, &u.Expiry)...)
		ends = ends || u.Expiry.mayEnd()
		if u.Kind == Qualifying {
			all = append(all, s.notSpent(s.name(u), s.terms.Tiers.counts(u.Code)))
		}
	}
	for i := range s.terms.Earning {
		r := &s.terms.Earning[i]
		if u := s.terms.Unit(r.Unit); u != nil && !r.Expiry.IsZero() {
			all = append(all, s.lastingOf(s.life.ofRule(s.name(u), r.Name.In(s.locale)), r.comesLater(), &r.Expiry)...)
			ends = ends || r.Expiry.mayEnd()
		}
	}
	if ends {
		all = append(all, s.notices)
	}
	return all
}

// mayEnd reports whether points of this kind end for anybody.
func (e *Expiry) mayEnd() bool {
	for i := range e.Tiers {
		if e.Tiers[i].Expiry.Kind != Never {
			return true
		}
	}
	return e.Kind != Never
}

// comesLater reports whether some of what a rule gives is not there at once.
func (r *Rule) comesLater() bool {
	h := r.Hold
	h.NextVisit = false
	return h != Hold{} || !r.Parts.IsZero()
}

// lastingOf says how points with a name last, for everybody and for the tiers that have it otherwise. Held are points of
// which some come later than they are earned.
func (s speaker) lastingOf(name string, held bool, e *Expiry) []string {
	all := s.expiry(name, held, e)
	for i := range e.Tiers {
		all = append(all, s.expiry(s.life.ofTier(name, s.tierName(e.Tiers[i].Tier)), held, &e.Tiers[i].Expiry)...)
	}
	return all
}

func (s speaker) expiry(name string, held bool, e *Expiry) []string {
	since := s.life.since[held]
	switch {
	case e.Kind == Rolling:
		return []string{s.life.lasts(name, since, s.span(e.Months), s.end(cmp.Or(e.Until, ToMonth), e.Month))}
	case e.Kind == RollingDays:
		return []string{s.life.lasts(name, since, s.period(e.Months, e.Days), s.end(e.Until, e.Month))}
	case e.Kind == Inactivity:
		return []string{s.life.inactive(name, s.period(e.Months, e.Days), s.end(e.Until, e.Month), words(e.By, s.life.by))}
	case e.Kind == OnDates:
		return []string{s.fixedDates(name, since, e)}
	default:
		return []string{s.neverEnds(name)}
	}
}

func (s speaker) fixedDates(name, since string, e *Expiry) string {
	var dates []string
	for _, d := range e.Dates {
		dates = append(dates, s.life.yearDay(d))
	}
	return s.life.onDates(name, since, s.someSpan(e.Months), dates)
}

// period writes a number of months, or else of days.
func (s speaker) period(months, days int) string {
	if months > 0 {
		return s.span(months)
	}
	return s.life.days(s.number(days))
}

// end writes the end to which a day is rounded up; empty where it is not.
func (s speaker) end(to RoundUp, month int) string {
	if to == ToGivenMonth {
		return s.life.givenEnd(month)
	}
	return s.life.ends[to]
}

func words[K comparable](keys []K, of map[K]string) (all []string) {
	for _, key := range keys {
		all = append(all, of[key])
	}
	return all
}

// held says when the points of a rule come.
func (s speaker) held(r *Rule) (all []string) {
	h := &r.Hold
	switch {
	case h.Days > 0:
		all = append(all, s.holdDays(s.number(h.Days), s.isHappening(r)))
	case h.Months > 0 || h.Until != "":
		all = append(all, s.life.holdSpan(s.someSpan(h.Months), s.end(h.Until, h.Month), s.someSpan(h.Plus), s.isHappening(r)))
	case !h.Date.IsZero():
		all = append(all, s.life.holdDate(h.Date.String()))
	case h.Event != "":
		all = append(all, s.life.holdEvent(s.event(h.Event)))
	}
	if h.Within > 0 {
		all = append(all, s.life.within(s.number(h.Within), s.isHappening(r)))
	}
	if h.NextVisit {
		all = append(all, s.nextVisit)
	}
	if !r.Parts.IsZero() {
		all = append(all, s.life.parts(s.number(r.Parts.Of), s.period(r.Parts.Months, r.Parts.Days)))
	}
	return all
}

// someSpan writes a number of months, nothing for none.
func (s speaker) someSpan(months int) string {
	if months == 0 {
		return ""
	}
	return s.span(months)
}

// event names what is waited for; an event of the shop's own is called as it is.
func (s speaker) event(code string) string {
	if name, ok := s.life.events[code]; ok {
		return name
	}
	return s.life.reported(code)
}

// giving says what members can give to others and to causes.
func (s speaker) giving() (all []string) {
	for i := range s.terms.Transfers {
		t := &s.terms.Transfers[i]
		u := s.terms.Unit(t.Unit)
		if u == nil {
			continue
		}
		all = append(all, s.life.gives(s.name(u), s.pts(max(t.Minimum, 1), u)))
		if t.Once > 0 {
			all = append(all, s.life.giveOnce(s.pts(t.Once, u)))
		}
		if t.PerDay > 0 {
			all = append(all, s.life.giveDay(s.pts(t.PerDay, u)))
		}
		all = append(all, s.life.giveKeeps(t.Reset))
	}
	for i := range s.terms.Causes {
		c := &s.terms.Causes[i]
		if u := s.terms.Unit(c.Unit); u != nil && c.Unit != "" {
			all = append(all, s.life.giveTo(s.name(u), c.Name.In(s.locale), s.pts(max(c.Minimum, 1), u)))
		}
		if c.Share != (Ratio{}) {
			all = append(all, s.life.shareTo(s.percent(c.Share), c.Name.In(s.locale)))
		}
	}
	return all
}

func (s speaker) birthdays() (all []string) {
	for i := range s.terms.Occasions {
		o := &s.terms.Occasions[i]
		coupon := s.terms.Coupon(o.Coupon)
		if o.Kind != OnBirthday || coupon == nil {
			continue
		}
		minimum := ""
		if coupon.Minimum > 0 {
			minimum = s.won(coupon.Minimum)
		}
		all = append(all,
			s.birthday(s.number(o.Lead), s.coupon(coupon)), s.birthdayUse(s.number(o.After), minimum),
			s.birthdayOnce(s.number(o.MemberFor)))
		if minimum != "" && !s.listsMinimum() {
			all = append(all, s.measureWords().coupon)
		}
		all = append(all, s.lunar, s.leapMonth[o.Rules.LeapMonth], s.leapDay[string(o.Rules.LeapDay)])
	}
	return all
}

// partners says which rules others carry a part of.
func (s speaker) partners() (all []string) {
	for i := range s.terms.Partners {
		p := &s.terms.Partners[i]
		names := make([]string, len(p.Rules))
		for j, code := range p.Rules {
			names[j] = s.terms.NameOf(code, s.locale)
		}
		all = append(all, s.life.together(names, p.Name.In(s.locale)))
	}
	return all
}

// coupon says what a coupon is worth: "3,000원 쿠폰".
func (s speaker) coupon(c *CouponKind) string {
	switch {
	case c.Amount > 0:
		return s.amountOff(s.won(c.Amount), c.Name.In(s.locale))
	case c.Percent == 0:
		return s.quoted(c.Name.In(s.locale))
	}
	most := ""
	if c.Most > 0 {
		most = s.won(c.Most)
	}
	return s.percentOff(s.number(c.Percent)+"%", most, c.Name.In(s.locale))
}
