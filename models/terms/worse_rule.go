package terms

import (
	"cmp"
	"math/big"
	"reflect"
	"slices"

	"dangol/models"
)

func (w *losses) rules(before, after *Terms) {
	for i := range before.Earning {
		old := &before.Earning[i]
		if after.Rule(old.Code) == nil && old.onlyLowers() && !after.any((*Rule).competes) && !after.any((*Rule).rejects) {
			continue
		}
		if now, at := place(w, "/earning", i, after.Earning, old.Name, func(r *Rule) bool { return r.Code == old.Code }); now != nil {
			w.rule(at, old, now)
		}
	}
	for i := range after.Earning {
		r := &after.Earning[i]
		w.note(models.LosesAward, pointer("/earning").index(i), r.Name, before.Rule(r.Code) == nil && r.lowers())
	}
}

func (w *losses) rule(at pointer, old, now *Rule) {
	w.note(models.LosesAward, at.key("award"), old.Name, now.Award.less(&old.Award) || now.Unit != old.Unit)
	w.note(models.LosesAward, at.key("tiers"), old.Name, lessFactors(now.Tiers, old.Tiers))
	w.note(models.LosesAward, at.key("chance"), old.Name, now.rarer(old))
	w.note(models.LosesRounding, at.key("rounding"), old.Name, now.Rounding.less(old.Rounding))
	w.note(models.LosesCap, at.key("cap"), old.Name, bound(now.Cap, old.Cap))
	w.note(models.LosesCap, at.key("limits"), old.Name, newLimits(now.Limits, old.Limits))
	w.note(models.LosesWait, at.key("hold"), old.Name, now.Hold.longer(&old.Hold))
	w.note(models.LosesWait, at.key("parts"), old.Name, now.Parts != old.Parts && !now.Parts.IsZero())
	w.note(models.LosesCondition, at.key("if"), old.Name, now.If.narrower(&old.If))
	w.note(models.LosesCondition, at.key("when"), old.Name, now.When != old.When || now.Event != old.Event)
	w.note(models.LosesCondition, at.key("reach"), old.Name, !reflect.DeepEqual(now.Reach, old.Reach)) // whoever is between the two amounts misses a lower one too
	w.note(models.LosesLife, at.key("expiry"), old.Name, now.Expiry.shorter(&old.Expiry) && !now.Expiry.IsZero())
}

// lowers reports whether a bonus makes less of its bases, in some tier at least.
func (r *Rule) lowers() bool {
	return r.Award.Kind == Times && (r.Award.Rate.Num < r.Award.Rate.Den ||
		slices.ContainsFunc(r.Tiers, func(f Factor) bool { return lower(product(r.Award.Rate, f.Factor), unity) }))
}

// idles reports whether a bonus makes no more of its bases, in some tier at least.
func (r *Rule) idles() bool {
	return r.lowers() || r.Award.Kind == Times && slices.ContainsFunc(r.Tiers, func(f Factor) bool { return product(r.Award.Rate, f.Factor).Cmp(unity) == 0 })
}

// onlyLowers reports whether a bonus makes less of its bases in every tier.
func (r *Rule) onlyLowers() bool {
	return r.Award.Kind == Times && r.Award.Rate.Num < r.Award.Rate.Den &&
		!slices.ContainsFunc(r.Tiers, func(f Factor) bool { return lower(unity, product(r.Award.Rate, f.Factor)) })
}

var unity = big.NewRat(1, 1)

func product(a, b Ratio) *big.Rat { return new(big.Rat).Mul(a.rat(), b.rat()) }

// rarer reports whether fewer events are drawn.
func (r *Rule) rarer(than *Rule) bool {
	return r.Chance != nil && (than.Chance == nil || r.Chance.OneIn > than.Chance.OneIn)
}

// less reports whether an award may be rounded to less: a part of a finer one is never more than it.
func (r Rounding) less(than Rounding) bool {
	r, than = r.plain(), than.plain()
	sameScope := r.Scope == than.Scope || than.Scope == PerLine && than.Mode == Floor
	switch {
	case r == than:
		return false
	case !sameScope:
		return true
	case r.To == than.To:
		return r.Mode.number() < than.Mode.number()
	case r.Mode == Floor && than.Mode == Floor:
		return than.To%r.To != 0
	case r.Mode == Ceil && than.Mode == Ceil:
		return r.To%than.To != 0
	default:
		return r.Mode != Ceil || than.Mode != Floor
	}
}

// plain says what the zero value stands for.
func (r Rounding) plain() Rounding {
	return Rounding{Scope: cmp.Or(r.Scope, PerOrder), Mode: cmp.Or(r.Mode, Floor), To: max(r.To, 1)}
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
