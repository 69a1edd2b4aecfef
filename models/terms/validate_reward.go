package terms

func (v *validator) rewards() {
	v.within("/rewards", int64(len(v.terms.Rewards)), 0, maxList)
	seen := map[string]bool{}
	for i := range v.terms.Rewards {
		at, r := pointer("/rewards").index(i), &v.terms.Rewards[i]
		v.code(at.key("code"), r.Code, seen)
		v.text(at.key("name"), r.Name)
		v.spendable(at.key("unit"), r.Unit)
		v.within(at.key("price"), r.Price, 1, maxBalance)
		v.tierPrices(at.key("tiers"), r.Tiers)
		v.rewardKind(at, r)
		v.quota(at.key("stock"), r.Stock)
		v.quota(at.key("per_member"), r.PerMember)
		if !r.Until.IsZero() && r.Until < r.From {
			v.add(at.key("until"), "before_begin")
		}
	}
	v.welcomes()
}

// spendable demands a unit that can be spent.
func (v *validator) spendable(at pointer, code string) {
	v.known(at, code, v.units)
	if unit := v.terms.Unit(code); code != "" && unit != nil && unit.Kind == Qualifying {
		v.add(at, "not_spendable", "value", code)
	}
}

func (v *validator) tierPrices(at pointer, prices []TierPrice) {
	seen := map[string]bool{}
	for i, price := range prices {
		v.known(at.index(i).key("tier"), price.Tier, v.tiers)
		if seen[price.Tier] {
			v.add(at.index(i).key("tier"), "taken", "value", price.Tier)
		}
		seen[price.Tier] = true
		v.within(at.index(i).key("price"), price.Price, 0, maxBalance)
	}
}

func (v *validator) rewardKind(at pointer, r *Reward) {
	oneOf(&v.faults, at.key("kind"), r.Kind, RewardCoupon, RewardCodes, RewardCredit, RewardSent, RewardDonation)
	switch {
	case r.Kind == RewardCoupon:
		v.givenCoupon(at.key("coupon"), r.Coupon)
	case r.Coupon != "":
		v.add(at.key("coupon"), "only_with", "field", "kind")
	}
	switch {
	case r.Kind == RewardCredit:
		v.spendable(at.key("into"), r.Into)
		v.within(at.key("credit"), r.Credit, 1, maxBalance)
		if r.Into == r.Unit {
			v.add(at.key("into"), "taken", "value", r.Into)
		}
	case r.Into != "" || r.Credit != 0:
		v.add(at.key("credit"), "only_with", "field", "kind")
	}
	if r.Auto && r.Kind != RewardCoupon && r.Kind != RewardCredit {
		v.add(at.key("auto"), "only_with", "field", "coupon")
	}
	if r.Auto && (r.Stock != Quota{} || r.PerMember != Quota{}) {
		v.add(at.key("stock"), "only_with", "field", "price") // what is taken by itself has no bound but the points
	}
}

func (v *validator) quota(at pointer, q Quota) {
	if q == (Quota{}) {
		return
	}
	oneOf(&v.faults, at.key("per"), q.Per, PerLife, PerDay, PerMonth)
	v.within(at.key("times"), q.Times, 1, maxBalance)
}

// welcomes looks at the coupons that tiers give.
func (v *validator) welcomes() {
	if v.terms.Tiers == nil {
		return
	}
	for i, tier := range v.terms.Tiers.Tiers {
		if coupon := tier.Welcome.Coupon; coupon != "" {
			v.givenCoupon(pointer("/tiers/tiers").index(i).key("welcome").key("coupon"), coupon)
		}
	}
}

// givenCoupon demands a coupon kind that members are given.
func (v *validator) givenCoupon(at pointer, code string) {
	v.known(at, code, v.coupons)
	if k := v.terms.Coupon(code); k != nil && k.Get != GetGiven {
		v.add(at, "not_given", "value", code)
	}
}

// couponRule refuses what makes no sense for a rule that gives a coupon.
func (v *validator) couponRule(at pointer, r *Rule) {
	if r.Award.Kind != AnyCoupon {
		if r.Award.Coupon != "" {
			v.add(at.key("award").key("coupon"), "only_with", "field", "kind")
		}
		return
	}
	if len(r.Tiers) > 0 || r.Cap > 0 || r.Hold != (Hold{}) || r.Rounding != (Rounding{}) {
		v.add(at.key("award").key("kind"), "not_with_coupon")
	}
	for i, limit := range r.Limits {
		v.within(at.key("limits").index(i).key("points"), limit.Points, 0, 0)
	}
}
