package terms

import (
	"slices"
	"strconv"

	"dangol/models/conditions"
)

// coupons says what each coupon takes off and when, apart from what was said of a birthday's already.
func (s speaker) coupons() (all []string) {
	for i := range s.terms.Coupons {
		if k := &s.terms.Coupons[i]; s.lists(k) {
			all = append(all, s.offerWords().line(k.Name.In(s.locale), s.takesOff(k)))
			all = append(all, s.couponRest(k)...)
		}
	}
	if s.listsMinimum() {
		all = append(all, s.measureWords().coupon)
	}
	free := func(k CouponKind) bool { return k.Group == "" }
	if len(s.terms.Coupons) > 1 && slices.ContainsFunc(s.terms.Coupons, free) {
		all = append(all, s.offerWords().together)
	}
	return all
}

// lists reports whether a kind stands in the clause about coupons.
func (s speaker) lists(k *CouponKind) bool { return !s.occasional(k.Code) || k.hasMore() }

// listsMinimum reports whether that clause says how a coupon's minimum is measured.
func (s speaker) listsMinimum() bool {
	return slices.ContainsFunc(s.terms.Coupons, func(k CouponKind) bool { return k.Minimum > 0 && s.lists(&k) })
}

// hasMore reports whether a kind says anything that the clause about an occasion does not.
func (k *CouponKind) hasMore() bool {
	return k.Amount == 0 && k.Percent == 0 || !k.If.IsZero() || k.MinUnits > 0 || k.After > 0 || len(k.Plans) > 0 || k.Group != "" || !k.From.IsZero() || !k.Until.IsZero()
}

func (s speaker) occasional(code string) bool {
	for i := range s.terms.Occasions {
		if s.terms.Occasions[i].Coupon == code {
			return true
		}
	}
	return false
}

// takesOff says what a coupon takes off.
func (s speaker) takesOff(k *CouponKind) string {
	w := s.offerWords()
	switch {
	case k.Shipping:
		return w.shipping(s.some(k.Most))
	case k.FreeItem != nil:
		return w.freeItem(s.some(k.FreeItem.UpTo), s.some(k.FreeItem.Price))
	case len(k.Gifts) > 0:
		return joined(k.Gifts, func(g *GiftPool) string {
			days := ""
			if !g.Begin.IsZero() || !g.End.IsZero() {
				days = w.span(dateText(g.Begin.IsZero(), g.Begin.String()), dateText(g.End.IsZero(), g.End.String()))
			}
			return w.gift(s.won(g.From), s.won(g.Price), each(shortened(g.SKUs), s.code), days)
		})
	case len(k.Rates) > 0:
		return joined(k.Rates[:min(len(k.Rates), mostNamed)], func(r *SKURate) string { return w.rate(s.code(r.SKU), s.number(r.Percent)+"%") }) + more(len(k.Rates))
	default:
		return s.coupon(k)
	}
}

// mostNamed is how many things a sentence names.
const mostNamed = 10

// etc stands for those that a sentence does not name.
const etc = "…"

func shortened(things []string) []string {
	if len(things) <= mostNamed {
		return things
	}
	return append(slices.Concat(things[:mostNamed], nil), etc)
}

func more(n int) string {
	if n > mostNamed {
		return ", " + etc
	}
	return ""
}

func joined[T any](list []T, say func(*T) string) (text string) {
	for i := range list {
		if i > 0 {
			text += ", "
		}
		text += say(&list[i])
	}
	return text
}

// some writes an amount, nothing for none.
func (s speaker) some(amount Money) string {
	if amount == 0 {
		return ""
	}
	return s.won(amount)
}

// couponRest says what bounds a coupon.
func (s speaker) couponRest(k *CouponKind) (all []string) {
	w := s.offerWords()
	say := func(applies bool, sentence func() string) {
		if applies {
			all = append(all, sentence())
		}
	}
	say(k.If.items(), func() string { return w.only(s.goods(&k.If)) })
	say(k.Minimum > 0, func() string { return w.minimum(s.won(k.Minimum)) })
	say(k.MinUnits > 0, func() string { return w.minUnits(s.count(k.MinUnits)) })
	say(k.MaxUnits > 0, func() string { return w.maxUnits(s.count(k.MaxUnits)) })
	say(len(k.If.Stores) > 0, func() string { return w.where(each(k.If.Stores, s.codes.store)) })
	say(len(k.If.Channels) > 0, func() string { return w.through(each(k.If.Channels, s.codes.channel)) })
	say(len(k.If.Tiers) > 0, func() string { return w.tiers(each(k.If.Tiers, s.tierName)) })
	say(!k.If.Where.IsZero(), func() string { return w.when(s.asked(k.If.Where)) })
	say(len(k.Plans) > 0, func() string { return s.planWords().only(each(k.Plans, s.planName)) })
	say(k.After > 0, func() string { return w.after(s.number(k.After)) })
	say(k.Days > 0 && (k.Get == GetGiven) && !s.occasional(k.Code), func() string { return w.days(s.number(k.Days), k.After > 0 || !k.From.IsZero()) })
	say(!k.From.IsZero() || !k.Until.IsZero(), func() string {
		return w.window(dateText(k.From.IsZero(), k.From.String()), dateText(k.Until.IsZero(), k.Until.String()))
	})
	say(w.get[k.Get] != "", func() string { return w.get[k.Get] })
	say(k.Get == GetShared, func() string { return w.shared(k.Shared) })
	say(k.Stock > 0, func() string { return w.stock(s.count(k.Stock)) })
	say(k.UnitStock > 0, func() string { return w.unitStock(s.count(k.UnitStock)) })
	say(k.PerMember > 0, func() string { return w.perMember(s.count(k.PerMember)) })
	if g := s.terms.group(k.Group); g != nil {
		say(true, func() string { return w.group(g.Mode, s.groupOf(k.Group)) })
	}
	return all
}

// groupOf names the coupons of a group.
func (s speaker) groupOf(group string) (names []string) {
	for i := range s.terms.Coupons {
		if k := &s.terms.Coupons[i]; k.Group == group {
			names = append(names, s.quoted(k.Name.In(s.locale)))
		}
	}
	return names
}

// asked says a condition of a cart: "when you buy on a Tuesday".
func (s speaker) asked(c conditions.Condition) string {
	return c.Sentence(s.of(s.terms.Unit("")), conditions.When)
}

func dateText(none bool, text string) string {
	if none {
		return ""
	}
	return text
}

func (s speaker) count(n int64) string { return grouped(strconv.FormatInt(n, 10)) }

// ExplainDiscount says in words, a line a step, why an offer took off what it did.
func (t *Terms) ExplainDiscount(why Explanation, locale string) (lines []string) {
	s := t.speak(locale)
	w := s.offerWords()
	for _, step := range why.Steps {
		a, result := s.won(step.A), s.won(step.Result)
		switch step.Op {
		case OpCounts:
			lines = append(lines, w.countsOf(a))
		case OpAmountOff:
			lines = append(lines, w.amountOf(a))
		case OpPercentOff:
			lines = append(lines, w.percentOf(s.count(step.A)+"%", result))
		case OpAtMost:
			lines = append(lines, w.atMost(a))
		case OpLeft:
			lines = append(lines, w.left(a))
		case OpItemOff:
			lines = append(lines, w.itemOf(a, s.won(step.B), result))
		case OpRateOff:
			lines = append(lines, w.rateOf(a, s.count(step.B)+"%", result))
		}
	}
	return lines
}

// ExplainMisfit says in words why an offer did not apply, and what would make it.
func (t *Terms) ExplainMisfit(m Misfit, locale string) string {
	s := t.speak(locale)
	w, name := s.offerWords(), s.couponName(m.Code)
	switch m.Condition {
	case MissAmount:
		if m.By == 0 {
			return w.miss[MissNothing](name)
		}
		return w.missAmount(s.won(m.By), name, s.some(m.Off))
	case MissUnits:
		return w.missUnits(s.count(m.By), name)
	case MissItem:
		return w.missItem(m.Wants, name)
	case MissTier:
		return w.missTier(s.tierName(m.Wants), name)
	case MissPlan:
		return s.planWords().miss(s.planName(m.Wants), name)
	case MissWhere:
		return w.missWhere(s.asked(m.Where), name)
	case MissTogether:
		return w.missTogether(name, s.couponName(m.Wants))
	case MissGift:
		return w.missGift(m.Wants)
	default:
		if say := w.miss[m.Condition]; say != nil {
			return say(name)
		}
		return ""
	}
}

func (s speaker) couponName(code string) string {
	if k := s.terms.Coupon(code); k != nil {
		return k.Name.In(s.locale)
	}
	return code
}

// rewards says what members can take for points.
func (s speaker) rewards() (all []string) {
	for i := range s.terms.Rewards {
		r := &s.terms.Rewards[i]
		if unit := s.terms.Unit(r.Unit); unit != nil {
			all = append(all, s.reward(r, unit)...)
		}
	}
	return append(all, s.calendar(s.quotas(), s.limited()...)...)
}

// comesAs says what a reward is, where its name does not.
func (s speaker) comesAs(r *Reward) []string {
	w := s.offerWords()
	switch into := s.terms.Unit(r.Into); {
	case r.Kind == RewardCredit && into != nil:
		return []string{w.credits(s.counted(r.Credit, into))}
	case r.Kind != RewardCoupon:
		return []string{w.kind[r.Kind]}
	case s.couponName(r.Coupon) != r.Name.In(s.locale):
		return []string{w.coupon(s.couponName(r.Coupon))}
	default:
		return nil
	}
}

func (s speaker) reward(r *Reward, unit *Unit) []string {
	w, name := s.offerWords(), r.Name.In(s.locale)
	all := []string{w.reward(s.counted(r.Price, unit), name)}
	if r.Auto {
		all = []string{w.auto(s.counted(r.Price, unit), name)}
	}
	all = append(all, s.comesAs(r)...)
	for _, price := range r.Tiers {
		if price.Price > 0 {
			all = append(all, w.tierPrice(s.tierName(price.Tier), s.pts(price.Price, unit)))
		} else {
			all = append(all, w.tierNone(s.tierName(price.Tier)))
		}
	}
	if r.Stock.Times > 0 {
		all = append(all, w.quota(r.Stock.Per, s.count(r.Stock.Times), false))
	}
	if r.PerMember.Times > 0 {
		all = append(all, w.quota(r.PerMember.Per, s.count(r.PerMember.Times), true))
	}
	if !r.From.IsZero() || !r.Until.IsZero() {
		all = append(all, w.window(dateText(r.From.IsZero(), r.From.String()), dateText(r.Until.IsZero(), r.Until.String())))
	}
	return all
}
