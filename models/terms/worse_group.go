package terms

import (
	"reflect"
	"slices"

	"dangol/models"
)

// together tells where rules keep more from paying than before: those that compete, those that end the chain, those that
// come before others. There, what is better for one rule may be worse for another.
func (w *losses) together(before, after *Terms) {
	for j := range after.Earning {
		now, old := &after.Earning[j], before.Rule(after.Earning[j].Code)
		at := pointer("/earning").index(j)
		if old == nil {
			w.note(models.LosesTogether, at, now.Name, after.inTheWay(now, j) || !now.IsBonus() && after.raises(now) || after.shifts())
			continue
		}
		w.note(models.LosesTogether, at.key("group"), now.Name, after.hinders(now.Group, before, old.Group) || after.frees(now, before, old))
		w.note(models.LosesTogether, at.key("last"), now.Name, now.Last && !old.Last)
		w.note(models.LosesTogether, at, now.Name, after.comesIn(now, j, old) || after.differs(now, before, old) && (after.shifts() || after.grows(now)))
		w.note(models.LosesAward, at, now.Name, now.lowers() && now.sooner(old))
		w.note(models.LosesCondition, at.key("if"), now.Name, !now.If.sameItems(&old.If) && after.spreads(now))
		w.note(models.LosesCap, at.key("limits"), now.Name, now.rejects() && after.feeds(now, before, old) || now.wears() && now.earlier(old))
	}
	w.order(before, after)
}

// comesIn reports whether a rule that changed may now keep another one from paying, or let one pay that does.
func (t *Terms) comesIn(now *Rule, index int, old *Rule) bool {
	switch {
	case reflect.DeepEqual(now, old):
		return false
	case old.idles() && t.any((*Rule).competes),
		!now.IsBonus() && now.sooner(old) && t.raises(now),
		(!slices.Equal(now.Limits, old.Limits) || now.Cap != old.Cap) && now.IsBonus() && t.any((*Rule).rough):
		return true
	default:
		return t.inTheWay(now, index) && (now.sooner(old) || t.mode(now.Group) == GroupBest || !now.paysAs(old) && t.maybe(now))
	}
}

func (t *Terms) any(is func(*Rule) bool) bool {
	return slices.ContainsFunc(t.Earning, func(r Rule) bool { return is(&r) })
}

func (r *Rule) ends() bool { return r.Last }

// competes reports whether a rule may keep others from paying.
func (r *Rule) competes() bool { return r.Last || r.Group != "" }

// raises reports whether a bonus that keeps others from paying may do so because of a base.
func (t *Terms) raises(base *Rule) bool {
	for i := range t.Earning {
		if b := &t.Earning[i]; base.raisedBy(*b) && t.inTheWay(b, i) {
			return true
		}
	}
	return false
}

// picks reports whether a bonus works on some of the rules or items only.
func (t *Terms) picks(b *Rule) bool {
	return b.IsBonus() && (b.If.items() || t.any(func(r *Rule) bool { return !r.IsBonus() && !r.raisedBy(*b) }))
}

func (t *Terms) anyPicks() bool { return t.any(t.picks) }

// rough reports whether what is paid may be more than what was counted: a bonus goes on from it if one before is cut.
func (r *Rule) rough() bool { return r.Rounding.plain() != Rounding{}.plain() }

// frees reports whether a rule that competes otherwise than before may leave others in the way: those that were left alone by
// an exclusive group, or end the chain or go without a bonus once they are not beaten any more, or bonuses after the end.
func (t *Terms) frees(now *Rule, before *Terms, old *Rule) bool {
	mode := t.mode(now.Group)
	return (now.Group != old.Group || mode != before.mode(old.Group)) &&
		(now.Group != old.Group && before.mode(old.Group) == GroupExclusive || t.any((*Rule).ends) || mode != "" && t.anyPicks()) ||
		old.Last && !now.Last && t.any(func(r *Rule) bool { return r.IsBonus() && r.competes() })
}

// spreads reports whether a bonus on some items works on a base that pays no more for more items: then these have less of it.
func (t *Terms) spreads(base *Rule) bool {
	return !base.IsBonus() && (base.Cap > 0 || len(base.Limits) > 0) && slices.ContainsFunc(t.Earning, func(b Rule) bool {
		return b.Award.Kind == Times && b.If.items() && b.worksOn(base)
	})
}

// sameItems reports whether the same items count.
func (c *Conditions) sameItems(as *Conditions) bool {
	return reflect.DeepEqual(c.Categories, as.Categories) && reflect.DeepEqual(c.SKUs, as.SKUs) && reflect.DeepEqual(c.Labels, as.Labels)
}

// inTheWay reports whether a rule, if it pays, keeps another one from paying, and not only one that pays less: the best may
// be ended by an earlier rule, or go without a bonus that the other one has.
func (t *Terms) inTheWay(r *Rule, index int) bool {
	later := func(same func(*Rule) bool) bool {
		return slices.ContainsFunc(t.Earning[index+1:], func(other Rule) bool { return same(&other) })
	}
	switch {
	case r.Last && later(func(other *Rule) bool { return !r.IsBonus() || other.IsBonus() }):
		return true
	case t.mode(r.Group) == GroupBest:
		return t.any((*Rule).ends) || t.anyPicks()
	case t.mode(r.Group) == GroupFirst:
		return later(func(other *Rule) bool { return other.Group == r.Group })
	default:
		return t.mode(r.Group) == GroupExclusive
	}
}

// sooner reports whether a rule may pay for what it did not pay for.
func (r *Rule) sooner(than *Rule) bool {
	now, old := *r, *than
	now.Name, now.Hold, now.Parts, now.Expiry, now.Group, now.Last = old.Name, old.Hold, old.Parts, old.Expiry, old.Group, old.Last
	now.Award, now.Tiers, now.Rounding, now.Cap = old.Award, old.Tiers, old.Rounding, old.Cap
	return r.Award.Every < than.Award.Every || !reflect.DeepEqual(now, old)
}

// rejects reports whether a limit takes an award away whole that is too large for it.
func (r *Rule) rejects() bool {
	return slices.ContainsFunc(r.Limits, func(l Limit) bool { return l.Reject && l.Points > 0 })
}

// feeds reports whether an award may be larger than before: by itself, by what counts, or, of a bonus, by its bases.
func (t *Terms) feeds(now *Rule, before *Terms, old *Rule) bool {
	same := t.Basis == before.Basis && (now.IsBonus() || reflect.DeepEqual(now.If, old.If))
	return !same || !reflect.DeepEqual(now.Award, old.Award) || now.Cap != old.Cap || !reflect.DeepEqual(now.Tiers, old.Tiers) || now.Rounding.plain() != old.Rounding.plain() ||
		now.IsBonus() && !reflect.DeepEqual(t.Earning, before.Earning)
}

// order: where the earlier rule goes before the later, another order lets others pay.
func (w *losses) order(before, after *Terms) {
	last := -1
	for j := range after.Earning {
		i := slices.IndexFunc(before.Earning, func(r Rule) bool { return r.Code == after.Earning[j].Code })
		w.note(models.LosesTogether, pointer("/earning").index(j), after.Earning[j].Name, i >= 0 && i < last && after.ordered())
		last = max(last, i)
	}
}

// ordered reports whether the order of the rules matters.
func (t *Terms) ordered() bool {
	return slices.ContainsFunc(t.Earning, func(r Rule) bool {
		mode := t.mode(r.Group)
		return r.Last || mode == GroupFirst || mode == GroupExclusive || r.IsBonus() && (r.Cap > 0 || len(r.Limits) > 0)
	})
}
