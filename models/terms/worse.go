package terms

import (
	"cmp"
	"math/big"
	"reflect"
	"slices"

	"dangol/models"
)

// WorseNotice is how many days ahead members are told of terms that are worse for them. What the law asks for needs counsel.
const WorseNotice = 30

// Worse lists in what a document is worse for its members than the one before it, clause by clause, each once. What is
// better, or new, is not told; of a condition that changed and is not plainly wider it is taken that somebody loses by it.
func Worse(before, after *Terms) []models.Loss {
	var w losses
	w.units(before, after)
	w.rules(before, after)
	w.redemptions(before, after)
	w.tiers(before.Tiers, after.Tiers)
	w.occasions(before, after)
	w.coupons(before, after)
	w.plans(before, after)
	w.referral(before, after)
	w.note(models.LosesRefunds, before.Name, before.Refunds.Shortfall == Forgive && after.Refunds.Shortfall != Forgive)
	w.note(models.LosesBasis, before.Name, before.Basis.Shipping && !after.Basis.Shipping || before.Basis.PointsPaid && !after.Basis.PointsPaid ||
		before.Basis.BeforeDiscounts && !after.Basis.BeforeDiscounts)
	return w
}

type losses []models.Loss

func (w *losses) note(kind models.LossKind, of Text, worse bool) {
	loss := models.Loss{Kind: kind, Ko: of.Ko, En: cmp.Or(of.En, of.Ko)}
	if worse && !slices.Contains(*w, loss) {
		*w = append(*w, loss)
	}
}

func (w *losses) units(before, after *Terms) {
	for i := range before.Units {
		old := &before.Units[i]
		now := after.Unit(old.Code)
		w.note(models.LosesGone, old.Name, now == nil)
		if now == nil {
			continue
		}
		w.note(models.LosesWorth, old.Name, lower(ratio(now.Worth), ratio(old.Worth)))
		w.note(models.LosesLife, old.Name, now.Expiry.shorter(&old.Expiry))
	}
}

func ratio(w Worth) *big.Rat {
	if w.Points == 0 {
		return new(big.Rat)
	}
	return big.NewRat(w.Money, w.Points)
}

func lower(a, b *big.Rat) bool { return a.Cmp(b) < 0 }

// shorter reports whether points live less long by this expiry, or might.
func (e *Expiry) shorter(than *Expiry) bool {
	if reflect.DeepEqual(e, than) || (e.IsZero() || e.Kind == Never) && len(e.Tiers) == 0 {
		return false
	}
	plain, other := *e, *than
	plain.Months, plain.Days, other.Months, other.Days = 0, 0, 0, 0
	return !reflect.DeepEqual(plain, other) || e.Months < than.Months || e.Days < than.Days
}

func (w *losses) rules(before, after *Terms) {
	for i := range before.Earning {
		old := &before.Earning[i]
		j := slices.IndexFunc(after.Earning, func(r Rule) bool { return r.Code == old.Code })
		w.note(models.LosesGone, old.Name, j < 0)
		if j >= 0 {
			w.rule(old, &after.Earning[j])
		}
	}
}

func (w *losses) rule(old, now *Rule) {
	w.note(models.LosesAward, old.Name, now.Award.less(&old.Award) || lessFactors(now.Tiers, old.Tiers))
	w.note(models.LosesCap, old.Name, bound(now.Cap, old.Cap) || newLimits(now.Limits, old.Limits))
	w.note(models.LosesWait, old.Name, now.Hold.longer(&old.Hold) || now.Parts != old.Parts && !now.Parts.IsZero())
	w.note(models.LosesCondition, old.Name, now.If.narrower(&old.If) || now.When != old.When)
	w.note(models.LosesLife, old.Name, now.Expiry.shorter(&old.Expiry) && !now.Expiry.IsZero())
}

// less reports whether a formula pays less for anything, or might.
func (f *Formula) less(than *Formula) bool {
	if f.Kind != than.Kind || f.Coupon != than.Coupon || !slices.Equal(f.Of, than.Of) {
		return true
	}
	return f.Points < than.Points || f.Every > than.Every || lower(f.Rate.rat(), than.Rate.rat())
}

func (r Ratio) rat() *big.Rat {
	if r.IsZero() {
		return new(big.Rat)
	}
	return big.NewRat(r.Num, r.Den)
}

// lessFactors: a tier that is not named has factor 1.
func lessFactors(now, old []Factor) bool {
	factor := func(list []Factor, tier string) *big.Rat {
		for _, f := range list {
			if f.Tier == tier {
				return f.Factor.rat()
			}
		}
		return big.NewRat(1, 1)
	}
	return slices.ContainsFunc(slices.Concat(now, old), func(f Factor) bool { return lower(factor(now, f.Tier), factor(old, f.Tier)) })
}

// bound reports whether an upper bound, of which 0 is none, is narrower.
func bound(now, old int64) bool { return now > 0 && (old == 0 || now < old) }

// newLimits reports whether there is a limit that is not wider than one that was there for the same span.
func newLimits(now, old []Limit) bool {
	return slices.ContainsFunc(now, func(l Limit) bool {
		return !slices.ContainsFunc(old, func(was Limit) bool {
			same := l.Per == was.Per && l.Reject == was.Reject && l.Shared == was.Shared
			return same && !bound(l.Times, was.Times) && !bound(l.Points, was.Points)
		})
	})
}

// longer reports whether points come later, or might.
func (h *Hold) longer(than *Hold) bool {
	if reflect.DeepEqual(h, than) || reflect.DeepEqual(h, &Hold{}) {
		return false
	}
	plain, other := *h, *than
	plain.Days, other.Days = 0, 0
	return !reflect.DeepEqual(plain, other) || h.Days > than.Days
}

// narrower reports whether anything that counted does not count any more, or might not.
func (c *Conditions) narrower(than *Conditions) bool {
	if c.IsZero() || reflect.DeepEqual(c, than) {
		return false
	}
	plain, other := *c, *than
	plain.MinAmount, other.MinAmount = 0, 0
	return !reflect.DeepEqual(plain, other) || c.MinAmount > than.MinAmount
}

func (w *losses) redemptions(before, after *Terms) {
	for i := range before.Redemptions {
		old := &before.Redemptions[i]
		name := before.Unit(old.Unit).Name
		now := after.Redemption(old.Unit)
		w.note(models.LosesUse, name, now == nil)
		if now == nil {
			continue
		}
		w.note(models.LosesMinimum, name, now.Minimum > old.Minimum || max(now.Step, 1) > max(old.Step, 1))
		w.note(models.LosesShare, name, now.Share < old.Share || old.Beyond != now.Beyond && now.Beyond == Refuse || old.OwnOrder && !now.OwnOrder)
		w.note(models.LosesWorth, name, old.Item != nil && (now.Item == nil || now.Item.UpTo < old.Item.UpTo) || old.Item == nil && now.Item != nil)
	}
}

// harder is how far a member falls, the gentlest first.
var harder = []Downgrade{DownNever, DownOneStep, DownFull}

func (w *losses) tiers(old, now *TierPlan) {
	if old == nil {
		return
	}
	for i := range old.Tiers {
		tier := &old.Tiers[i]
		j := -1
		if now != nil {
			j = slices.IndexFunc(now.Tiers, func(t Tier) bool { return t.Code == tier.Code })
		}
		w.note(models.LosesGone, tier.Name, j < 0)
		if j >= 0 {
			w.note(models.LosesThreshold, tier.Name, now.Tiers[j].steeper(tier))
			w.note(models.LosesGone, tier.Name, now.Tiers[j].givesLess(tier))
		}
	}
	if now == nil || len(old.Tiers) == 0 {
		return
	}
	top := old.Tiers[len(old.Tiers)-1].Name
	w.note(models.LosesKeeping, top, now.Metric != old.Metric || now.Unit != old.Unit || now.Number != old.Number || now.Upgrade != old.Upgrade && now.Upgrade != "" || now.Window != old.Window && !wider(now.Window, old.Window) ||
		slices.Index(harder, now.Downgrade) > slices.Index(harder, old.Downgrade) || now.Grace < old.Grace ||
		now.Validity != old.Validity && (now.Validity.Kind != old.Validity.Kind || now.Validity.Months < old.Validity.Months))
}

// steeper reports whether the tier is harder to reach, or might be.
func (t *Tier) steeper(than *Tier) bool {
	asks := !reflect.DeepEqual(t.All, than.All) && len(t.All) > 0 || !reflect.DeepEqual(t.Any, than.Any)
	return t.Threshold > than.Threshold || asks || t.ByHand && !than.ByHand || than.Lasting && !t.Lasting
}

// givesLess reports whether something that comes with the tier does not come any more, or might not.
func (t *Tier) givesLess(than *Tier) bool {
	gone := slices.ContainsFunc(than.Benefits, func(b Text) bool { return !slices.Contains(t.Benefits, b) })
	return gone || !reflect.DeepEqual(than.Welcome, Welcome{}) && !reflect.DeepEqual(t.Welcome, than.Welcome)
}

func wider(now, old Window) bool { return now.Kind == old.Kind && now.Months > old.Months }

func (w *losses) occasions(before, after *Terms) {
	for i := range before.Occasions {
		old := &before.Occasions[i]
		name := Text{Ko: old.Code, En: old.Code}
		if kind := before.Coupon(old.Coupon); kind != nil {
			name = kind.Name
		}
		j := slices.IndexFunc(after.Occasions, func(o Occasion) bool { return o.Code == old.Code })
		w.note(models.LosesGone, name, j < 0)
		if j >= 0 {
			now := &after.Occasions[j]
			w.note(models.LosesDays, name, now.Lead < old.Lead || now.After < old.After || now.MemberFor > old.MemberFor)
			w.note(models.LosesCoupon, name, now.Coupon != old.Coupon && worth(after.Coupon(now.Coupon)) < worth(before.Coupon(old.Coupon)))
		}
	}
}

func worth(kind *CouponKind) Money {
	if kind == nil {
		return 0
	}
	return kind.Amount
}

// coupons: those that somebody holds stay as they are; what the next ones will be is promised too.
func (w *losses) coupons(before, after *Terms) {
	for i := range before.Coupons {
		old := &before.Coupons[i]
		now := after.Coupon(old.Code)
		if now == nil {
			continue // what gave it says so
		}
		w.note(models.LosesCoupon, old.Name, now.Amount < old.Amount || now.Percent < old.Percent || bound(now.Most, old.Most) ||
			now.Minimum > old.Minimum || now.Days < old.Days || now.If.narrower(&old.If) || len(now.Plans) > 0 && !slices.Equal(now.Plans, old.Plans))
	}
}
