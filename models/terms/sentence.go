package terms

// Sentence is the programme in one or two sentences: what its first rule gives, how it is used, and the birthday.
func (t *Terms) Sentence(locale string) string {
	s := t.speak(locale)
	unit := t.Unit("")
	if unit == nil || len(t.Earning) == 0 {
		return ""
	}
	sentence := s.gives(&t.Earning[0], t.Unit(t.Earning[0].Unit)) + s.used(unit)
	for i := range t.Occasions {
		if coupon := t.Coupon(t.Occasions[i].Coupon); coupon != nil {
			return sentence + " " + s.sentenceCoupon(s.coupon(coupon))
		}
	}
	return sentence
}

func (s speaker) gives(r *Rule, unit *Unit) string {
	if unit == nil {
		return ""
	}
	a := &r.Award
	switch {
	case s.isHappening(r) && (a.Kind == Fixed || a.Kind == PerUnit):
		return s.sentenceEvent(s.bonus.event(r.When, r.Name.In(s.locale)), s.counted(a.Points, unit))
	case a.Kind == PerAmount:
		return s.sentencePer(s.won(a.Every), s.spoken(a.Points, unit))
	case a.Kind == PerUnit:
		return s.sentenceItem(r.Name.In(s.locale), s.counted(a.Points, unit))
	case a.Kind == AnyCoupon:
		return s.sentenceFixed(s.quoted(s.couponName(a.Coupon)))
	case a.Kind == Fixed:
		return s.sentenceFixed(s.spoken(a.Points, unit))
	case sameMoney(unit):
		return s.sentenceRate(s.percent(a.Rate), s.name(unit))
	default:
		every, points := s.perMoney(a.Rate)
		return s.sentencePer(s.won(every), s.spoken(points, unit))
	}
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
	if sameMoney(unit) || unit.Suffix.Ko == "" {
		return s.pts(n, unit)
	}
	return s.counted(n, unit)
}

func (s speaker) used(unit *Unit) string {
	r := s.terms.Redemption("")
	switch {
	case r == nil:
		return s.sentenceNothing
	case r.Item != nil:
		return s.sentenceSwap(s.pts(max(r.Step, 1), unit), r.Item.Name.In(s.locale))
	default:
		return s.sentenceUse(s.pts(max(r.Minimum, r.Step, 1), unit))
	}
}
