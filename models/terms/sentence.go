package terms

// Sentence is the programme in one or two sentences: what its first rule gives and on which conditions, how it is used, and
// the birthday. It promises no more than the terms page.
func (t *Terms) Sentence(locale string) string {
	s := t.speak(locale)
	if len(t.Units) == 0 || len(t.Earning) == 0 || t.Unit(t.Earning[0].Unit) == nil {
		return ""
	}
	r := &t.Earning[0]
	unit := t.Unit(r.Unit)
	sentence := s.sentence(s.given(r, unit), s.restricts(r, unit), s.used(r, unit))
	for i := range t.Occasions {
		o := &t.Occasions[i]
		if coupon := t.Coupon(o.Coupon); coupon != nil {
			return sentence + " " + s.sentenceCoupon(s.coupon(coupon), s.some(coupon.Minimum), s.number(o.MemberFor))
		}
	}
	return sentence
}

// given says what a rule gives, as briefly as its conditions allow.
func (s speaker) given(r *Rule, unit *Unit) string {
	others := r.If
	others.Categories, others.SKUs, others.Labels = Selection{}, Selection{}, Selection{}
	switch {
	case r.When == OnPurchase && r.If.IsZero() && s.isShare(r, unit):
		return s.sentenceRate(s.percent(r.Award.Rate), s.name(unit))
	case r.When == OnPurchase && r.If.items() && others.IsZero() && r.Award.Kind == PerUnit: // its name says which items
		return s.sentenceItem(r.Name.In(s.locale), s.counted(r.Award.Points, unit))
	default:
		return s.award(r, unit)
	}
}

// restricts says what keeps a rule from giving all that.
func (s speaker) restricts(r *Rule, unit *Unit) []string {
	all := s.bounds(r, unit)
	if r.Hold.Event != "" {
		all = append(all, s.life.holdEvent(s.event(r.Hold.Event)))
	}
	return all
}

// counted names the unit beside a number whose suffix does not: "스탬프 1개".
func (s speaker) counted(n Points, unit *Unit) string {
	if s.locale == "en" {
		return s.pts(n, unit)
	}
	return s.name(unit) + " " + s.pts(n, unit)
}

// spoken is counted, but for points that are the currency itself and need no name beside their number: "1,000P".
func (s speaker) spoken(n Points, unit *Unit) string {
	if s.isMoney(unit) || unit.Suffix.Ko == "" {
		return s.pts(n, unit)
	}
	return s.counted(n, unit)
}

// used says how what a rule gives is used; nothing of a coupon, which says so itself.
func (s speaker) used(rule *Rule, unit *Unit) string {
	r := s.terms.Redemption(unit.Code)
	switch {
	case rule.Award.Kind == AnyCoupon:
		return ""
	case r == nil:
		return s.sentenceNothing
	case r.Item != nil:
		return s.sentenceSwap(s.pts(max(r.Step, 1), unit), r.Item.Name.In(s.locale))
	default:
		return s.sentenceUse(s.pts(max(r.Minimum, r.Step, 1), unit))
	}
}
