package terms

import "slices"

// using says what members pay with and what that is worth, and what the units are worth that nobody pays with.
func (s speaker) using() (all []string) {
	for i := range s.terms.Redemptions {
		r := &s.terms.Redemptions[i]
		if unit := s.terms.Unit(r.Unit); unit != nil {
			all = append(all, s.redemption(r, unit)...)
		}
	}
	for i := range s.terms.Units {
		if u := &s.terms.Units[i]; s.terms.Redemption(u.Code) == nil {
			all = append(all, s.worth(u)...)
		}
	}
	return all
}

func (s speaker) redemption(r *Redemption, unit *Unit) (all []string) {
	step := max(r.Step, 1)
	if r.Item != nil {
		all = append(all, s.pay.swap(s.pts(step, unit), r.Item.Name.In(s.locale), s.won(r.Item.UpTo)))
	} else {
		all = append(s.worth(unit), s.pay.from(s.pts(max(r.Minimum, step), unit), s.pts(step, unit)))
	}
	if r.Item == nil || r.Share < 100 {
		all = append(all, s.pay.share(s.number(r.Share)+"%", r.Share == 100))
	}
	if r.Item == nil {
		all = append(all, s.pay.beyond[r.Beyond])
	}
	if atOnce, later := s.comes(unit); atOnce {
		all = append(all, s.pay.own(s.name(unit), r.OwnOrder, later))
	}
	if r.Minutes > 0 {
		all = append(all, s.pay.minutes(s.name(unit), s.number(r.Minutes)))
	}
	return all
}

// comes reports whether some of what purchases earn of a unit can be used from the next one on, and whether some only later.
func (s speaker) comes(unit *Unit) (atOnce, later bool) {
	for i := range s.terms.Earning {
		r := &s.terms.Earning[i]
		if r.Unit != unit.Code || s.isHappening(r) || r.Award.Kind == AnyCoupon {
			continue
		}
		always := r.Hold
		always.Date = 0
		atOnce = atOnce || always == Hold{}
		later = later || r.comesLater() || r.Hold.NextVisit
	}
	return atOnce, later
}

// worth says what a unit is worth in money, of no less than one whole of it where that is no fraction; nothing for none.
func (s speaker) worth(u *Unit) []string {
	w := u.Worth
	if w.Money == 0 {
		return nil
	}
	if whole := tenTo(u.Decimals); w.Points < whole && whole%w.Points == 0 {
		w.Money, w.Points = w.Money*(whole/w.Points), whole
	}
	points, money := s.pts(w.Points, u), s.won(w.Money)
	if u.Decimals > 0 || points == money {
		points = s.counted(w.Points, u)
	}
	return []string{s.pay.worth(points, money)}
}

// refunds says what becomes of every unit, and of coupons, when a purchase is returned.
func (s speaker) refunds() (all []string) {
	earned, paid, ends := s.returned()
	if len(earned) > 0 {
		all = append(all, s.pay.takes(s.pay.list(earned)))
		if s.terms.Refunds.Shortfall == Forgive {
			all = append(all, s.pay.forgives)
		} else {
			all = append(all, s.pay.owes(earned))
		}
	}
	if len(paid) > 0 {
		all = append(all, s.pay.gives(s.pay.list(paid)))
	}
	if ends {
		all = append(all, s.pay.courtesy(s.number(s.terms.Refunds.courtesy())))
	}
	brings := func(r Rule) bool { return !s.isHappening(&r) && r.Award.Kind == AnyCoupon }
	if slices.ContainsFunc(s.terms.Earning, brings) {
		all = append(all, s.pay.couponGone)
	}
	used := func(k CouponKind) bool { return k.Get != GetAutomatic }
	if slices.ContainsFunc(s.terms.Coupons, used) {
		all = append(all, s.pay.couponBack)
	}
	return all
}

// returned names the units that purchases earn, and those that pay for them; ends: some of the latter may have ended.
func (s speaker) returned() (earned, paid []string, ends bool) {
	for i := range s.terms.Units {
		u := &s.terms.Units[i]
		bought := func(r Rule) bool { return r.Unit == u.Code && !s.isHappening(&r) && r.Award.Kind != AnyCoupon }
		if slices.ContainsFunc(s.terms.Earning, bought) {
			earned = append(earned, s.name(u))
		}
		if s.terms.Redemption(u.Code) == nil {
			continue
		}
		paid = append(paid, s.name(u))
		limited := func(r Rule) bool { return r.Unit == u.Code && !r.Expiry.IsZero() && r.Expiry.mayEnd() }
		ends = ends || u.Expiry.mayEnd() || slices.ContainsFunc(s.terms.Earning, limited)
	}
	return earned, paid, ends
}
