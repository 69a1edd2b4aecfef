package terms

import (
	"reflect"
	"slices"

	"dangol/models"
)

// harder is how far a member falls, the gentlest first.
var harder = []Downgrade{DownNever, DownOneStep, DownFull}

func (w *losses) tiers(old, now *TierPlan) {
	if old == nil {
		return
	}
	var left []Tier
	if now != nil {
		left = now.Tiers
	}
	for i := range old.Tiers {
		tier := &old.Tiers[i]
		if now, at := place(w, "/tiers/tiers", i, left, tier.Name, func(t *Tier) bool { return t.Code == tier.Code }); now != nil {
			w.note(models.LosesThreshold, at.key("threshold"), tier.Name, now.steeper(tier))
			w.note(models.LosesGone, at, tier.Name, now.givesLess(tier))
		}
	}
	if now != nil && len(old.Tiers) > 0 {
		w.keeping(old.Tiers[len(old.Tiers)-1].Name, old, now)
	}
}

// keeping: what is measured, over which time, and how far and when one falls.
func (w *losses) keeping(top Text, old, now *TierPlan) {
	for _, part := range []struct {
		name  string
		worse bool
	}{
		{"metric", now.Metric != old.Metric || now.Unit != old.Unit || now.Number != old.Number},
		{"window", now.Window != old.Window && !wider(now.Window, old.Window)},
		{"upgrade", now.Upgrade != old.Upgrade && now.Upgrade != ""},
		{"downgrade", slices.Index(harder, now.Downgrade) > slices.Index(harder, old.Downgrade)},
		{"grace_months", now.Grace < old.Grace},
		{"grace_to", now.GraceTo != old.GraceTo && old.GraceTo != ""},
		{"validity", now.Validity != old.Validity && (now.Validity.Kind != old.Validity.Kind || now.Validity.Months < old.Validity.Months)},
	} {
		w.note(models.LosesKeeping, pointer("/tiers").key(part.name), top, part.worse)
	}
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
		now, at := place(w, "/occasions", i, after.Occasions, name, func(o *Occasion) bool { return o.Code == old.Code })
		if now == nil {
			continue
		}
		w.note(models.LosesDays, at, name, now.Lead < old.Lead || now.After < old.After || now.MemberFor > old.MemberFor)
		w.note(models.LosesCoupon, at.key("coupon"), name, now.Coupon != old.Coupon && worth(after.Coupon(now.Coupon)) < worth(before.Coupon(old.Coupon)))
	}
}

func worth(kind *CouponKind) Money {
	if kind == nil {
		return 0
	}
	return kind.Amount
}
