package terms

import "reflect"

// paysAs reports whether a rule pays the same as another, whenever that comes and ends.
func (r *Rule) paysAs(other *Rule) bool {
	now := *r
	now.Name, now.Hold, now.Parts, now.Expiry = other.Name, other.Hold, other.Parts, other.Expiry
	return reflect.DeepEqual(&now, other)
}

// differs reports whether a rule may pay another amount than before.
func (t *Terms) differs(now *Rule, before *Terms, old *Rule) bool {
	return !now.paysAs(old) || !now.IsBonus() && t.Basis != before.Basis
}

// small reports whether a base may pay too little for its multiple to be rounded to more.
func (r *Rule) small() bool {
	return !r.IsBonus() && (r.Award.Kind != Rate || r.rough() || r.bounded())
}

// bounded reports whether less may be paid than was counted.
func (r *Rule) bounded() bool { return r.Cap > 0 || len(r.Limits) > 0 }

// maybe reports whether a bonus that multiplies may add nothing, so that with more it comes in.
func (t *Terms) maybe(b *Rule) bool {
	return b.Award.Kind == Times && t.any(func(base *Rule) bool { return base.small() && base.raisedBy(*b) })
}

// grows reports whether a bonus that keeps others from paying may do so once the base pays more.
func (t *Terms) grows(base *Rule) bool {
	return base.small() && t.raises(base)
}

// shifts reports whether bonuses go on from what bounds have left of bases that are rounded coarsely or are several: with more
// before a bound, what it leaves may be worth less to the bonuses after it.
func (t *Terms) shifts() bool {
	bounded := t.any(func(r *Rule) bool { return !r.IsBonus() && r.bounded() && r.rough() && t.multiplied(r) })
	for i := range t.Earning {
		b := &t.Earning[i]
		if bounded && b.Award.Kind == Times {
			return true
		}
		bounded = bounded || b.IsBonus() && b.bounded() && t.several(b)
	}
	return false
}

func (t *Terms) multiplied(base *Rule) bool {
	return t.any(func(b *Rule) bool { return b.Award.Kind == Times && base.raisedBy(*b) })
}

// several reports whether a bonus works on more than one base, or on one that is rounded coarsely.
func (t *Terms) several(b *Rule) bool {
	bases := 0
	for i := range t.Earning {
		if base := &t.Earning[i]; base.raisedBy(*b) {
			if bases++; base.rough() {
				return true
			}
		}
	}
	return bases > 1
}

// wears reports whether how often a rule pays is limited, or how much to all members together. A first purchase comes once.
func (r *Rule) wears() bool {
	if r.When == OnFirstPurchase {
		return false
	}
	for _, l := range r.Limits {
		if l.Times > 0 || l.Shared {
			return true
		}
	}
	return false
}

// earlier reports whether a rule may pay for what it did not pay for, or was rounded to nothing, and so use up its limits.
func (r *Rule) earlier(than *Rule) bool {
	now, old := *r, *than
	now.Limits = old.Limits
	return now.sooner(&old) || now.Rounding.plain() != old.Rounding.plain() || lower(old.Award.Rate.rat(), now.Award.Rate.rat())
}
