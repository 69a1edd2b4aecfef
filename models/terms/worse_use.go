package terms

import (
	"cmp"
	"reflect"
	"slices"

	"dangol/models"
	"dangol/models/calendar"
)

func (w *losses) redemptions(before, after *Terms) {
	for i := range before.Redemptions {
		old := &before.Redemptions[i]
		name := before.Unit(old.Unit).Name
		j := slices.IndexFunc(after.Redemptions, func(r Redemption) bool { return r.Unit == old.Unit })
		if j < 0 {
			w.note(models.LosesUse, pointer("/redemptions").index(i), name, true)
			continue
		}
		now, at := &after.Redemptions[j], pointer("/redemptions").index(j)
		w.note(models.LosesMinimum, at, name, now.Minimum > old.Minimum || max(now.Step, 1) > max(old.Step, 1))
		w.note(models.LosesShare, at.key("share"), name, now.Share < old.Share || old.Beyond != now.Beyond && now.Beyond == Refuse || old.OwnOrder && !now.OwnOrder)
		w.note(models.LosesWorth, at.key("item"), name, old.Item != nil && (now.Item == nil || now.Item.UpTo < old.Item.UpTo) || old.Item == nil && now.Item != nil)
	}
}

// rewards: what a member saves up for.
func (w *losses) rewards(before, after *Terms) {
	for i := range before.Rewards {
		old := &before.Rewards[i]
		now, at := place(w, "/rewards", i, after.Rewards, old.Name, func(r *Reward) bool { return r.Code == old.Code })
		if now == nil {
			continue
		}
		w.note(models.LosesPrice, at.key("price"), old.Name, now.Unit != old.Unit || now.Price > old.Price)
		w.rewardTiers(at.key("tiers"), old, now)
		w.note(models.LosesAward, at, old.Name, now.Kind != old.Kind || now.Coupon != old.Coupon || now.Into != old.Into || now.Credit < old.Credit)
		w.note(models.LosesCondition, at.key("auto"), old.Name, now.Auto != old.Auto) // points that it takes by itself pay for nothing else
		w.note(models.LosesCap, at.key("stock"), old.Name, now.Stock.narrower(old.Stock))
		w.note(models.LosesCap, at.key("per_member"), old.Name, now.PerMember.narrower(old.PerMember))
		w.note(models.LosesDays, at, old.Name, now.From > old.From || sooner(now.Until, old.Until))
	}
}

// rewardTiers: a tier may have another price than before, or none any more.
func (w *losses) rewardTiers(at pointer, old, now *Reward) {
	for _, t := range slices.Concat(old.Tiers, now.Tiers) {
		was, had := old.price(t.Tier)
		costs, has := now.price(t.Tier)
		w.note(models.LosesCondition, at, old.Name, had && !has)
		w.note(models.LosesPrice, at, old.Name, had && has && costs > was)
	}
}

// narrower reports whether a quota allows fewer, or may.
func (q Quota) narrower(than Quota) bool {
	return q.Times > 0 && q != than && (q.Per != than.Per || bound(q.Times, than.Times))
}

// sooner reports whether a last day, of which zero is none, comes before another.
func sooner(now, old calendar.Date) bool { return !now.IsZero() && (old.IsZero() || now < old) }

// transfers: giving points to others is one thing that can be done with them.
func (w *losses) transfers(before, after *Terms) {
	for i := range before.Transfers {
		old := &before.Transfers[i]
		name := before.Unit(old.Unit).giving()
		now, at := place(w, "/transfers", i, after.Transfers, name, func(t *Transfer) bool { return t.Unit == old.Unit })
		if now == nil {
			continue
		}
		w.note(models.LosesCondition, at.key("minimum"), name, max(now.Minimum, 1) > max(old.Minimum, 1))
		w.note(models.LosesCap, at.key("once"), name, bound(now.Once, old.Once))
		w.note(models.LosesCap, at.key("per_day"), name, bound(now.PerDay, old.PerDay))
		w.note(models.LosesLife, at.key("reset"), name, old.Reset && !now.Reset)
	}
}

// giving names the gift of a unit to another member.
func (u *Unit) giving() Text {
	return Text{Ko: josa(u.Name.In("ko"), "을/를") + " 다른 회원께 보내기", En: "Sending " + u.plural("en") + " to another member"}
}

func (w *losses) causes(before, after *Terms) {
	for i := range before.Causes {
		old := &before.Causes[i]
		if now, at := place(w, "/causes", i, after.Causes, old.Name, func(c *Cause) bool { return c.Code == old.Code }); now != nil {
			w.note(models.LosesCondition, at, old.Name, old.Unit != "" && (now.Unit != old.Unit || max(now.Minimum, 1) > max(old.Minimum, 1)))
		}
	}
}

// coupons: those that somebody holds stay as they are; what the next ones will be is promised too.
func (w *losses) coupons(before, after *Terms) {
	for i := range before.Coupons {
		old := &before.Coupons[i]
		j := slices.IndexFunc(after.Coupons, func(k CouponKind) bool { return k.Code == old.Code })
		if j < 0 {
			w.note(models.LosesGone, pointer("/coupons").index(i), old.Name, old.Get != GetGiven)
			continue // what gave it says so
		}
		now, at := &after.Coupons[j], pointer("/coupons").index(j)
		w.note(models.LosesCoupon, at, old.Name, now.less(old) || now.rarer(old))
		w.note(models.LosesTogether, at.key("group"), old.Name, after.hinders(now.Group, before, old.Group))
	}
}

// less reports whether a coupon takes less off, or may.
func (k *CouponKind) less(than *CouponKind) bool {
	return k.Amount < than.Amount || k.Percent < than.Percent || than.Shipping && !k.Shipping ||
		bound(k.Most, than.Most) || than.Most > 0 && k.Most == 0 && k.Percent == 0 && !k.Shipping ||
		than.FreeItem != nil && (k.FreeItem == nil || bound(k.FreeItem.UpTo, than.FreeItem.UpTo) || k.FreeItem.Price > than.FreeItem.Price) ||
		slices.ContainsFunc(than.Rates, func(r SKURate) bool {
			return !slices.ContainsFunc(k.Rates, func(now SKURate) bool { return now.SKU == r.SKU && now.Percent >= r.Percent })
		}) ||
		slices.ContainsFunc(than.Gifts, func(g GiftPool) bool {
			return !slices.ContainsFunc(k.Gifts, func(now GiftPool) bool { return reflect.DeepEqual(now, g) })
		})
}

// rarer reports whether a coupon can be had or used by fewer, for less long or for larger orders only, or might.
func (k *CouponKind) rarer(than *CouponKind) bool {
	return k.Minimum > than.Minimum || k.Days < than.Days || k.If.narrower(&than.If) ||
		k.MinUnits > than.MinUnits || bound(k.MaxUnits, than.MaxUnits) || k.After > than.After || k.From > than.From || sooner(k.Until, than.Until) ||
		k.Get != than.Get || k.Shared != than.Shared || bound(k.Stock, than.Stock) || bound(k.UnitStock, than.UnitStock) || bound(k.PerMember, than.PerMember) ||
		len(k.Plans) > 0 && !slices.Equal(k.Plans, than.Plans)
}

// mode is how what names a group competes; empty: with nothing.
func (t *Terms) mode(group string) GroupMode {
	if g := t.group(group); g != nil {
		return g.Mode
	}
	return ""
}

// kinder is what a group lets apply, the kindest first.
var kinder = []GroupMode{"", GroupBest, GroupFirst, GroupExclusive}

// hinders reports whether what was in one group, or in none, now competes with more, or may.
func (t *Terms) hinders(group string, before *Terms, was string) bool {
	now, old := slices.Index(kinder, t.mode(group)), slices.Index(kinder, before.mode(was))
	return cmp.Compare(now, old) > 0 || now > 0 && group != was
}
