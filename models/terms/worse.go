package terms

import (
	"math/big"
	"reflect"
	"slices"

	"dangol/models"
)

// WorseNotice is how many days ahead members are told of terms that are worse for them. What the law asks for needs counsel.
const WorseNotice = 30

// Worse lists in what a document is worse for its members than the one before it, clause by clause, each once. What is
// better, or new, is not told, unless it gets in the way of what there is; of a condition that changed and is not plainly
// wider it is taken that somebody loses by it.
func Worse(before, after *Terms) []models.Loss {
	var w losses
	w.units(before, after)
	w.basis(before, after)
	w.rules(before, after)
	w.together(before, after)
	w.redemptions(before, after)
	w.rewards(before, after)
	w.transfers(before, after)
	w.causes(before, after)
	w.tiers(before.Tiers, after.Tiers)
	w.occasions(before, after)
	w.coupons(before, after)
	w.plans(before, after)
	w.referral(before, after)
	w.note(models.LosesLife, "/refunds/courtesy_days", givenBack, after.Refunds.courtesy() < before.Refunds.courtesy())
	w.note(models.LosesRefunds, "/refunds/shortfall", before.Name, before.Refunds.Shortfall == Forgive && after.Refunds.Shortfall != Forgive)
	return w
}

// givenBack names the points that a refund gives back to a lot that has ended.
var givenBack = Text{Ko: "환불로 돌려받은 만료 포인트", En: "What a refund gives back of expired points"}

type losses []models.Loss

// note notes a loss once: where it first stands in the new document, or in the old one if it is gone.
func (w *losses) note(kind models.LossKind, at pointer, of Text, worse bool) {
	if !worse {
		return
	}
	loss := models.Loss{Kind: kind, At: string(at), Ko: of.In("ko"), En: of.In("en")}
	if !slices.ContainsFunc(*w, func(l models.Loss) bool { return l.Kind == loss.Kind && l.Ko == loss.Ko && l.En == loss.En }) {
		*w = append(*w, loss)
	}
}

// place finds a clause of the old document in the new one. If it is gone, that is a loss, where it was.
func place[T any](w *losses, list pointer, i int, now []T, name Text, same func(*T) bool) (*T, pointer) {
	for j := range now {
		if same(&now[j]) {
			return &now[j], list.index(j)
		}
	}
	w.note(models.LosesGone, list.index(i), name, true)
	return nil, ""
}

func (w *losses) units(before, after *Terms) {
	for i := range before.Units {
		old := &before.Units[i]
		now, at := place(w, "/units", i, after.Units, old.Name, func(u *Unit) bool { return u.Code == old.Code })
		if now == nil {
			continue
		}
		w.note(models.LosesWorth, at.key("worth"), old.Name, lower(ratio(now.Worth), ratio(old.Worth)) || old.Kind == Spendable && now.Kind != Spendable)
		w.note(models.LosesWorth, at.key("decimals"), old.Name, now.Decimals > old.Decimals)
		w.note(models.LosesLife, at.key("expiry"), old.Name, now.Expiry.shorter(&old.Expiry))
		w.note(models.LosesRoom, at.key("most"), old.Name, bound(now.Most, old.Most))
	}
}

// basis: the lines' own amounts and the order's may each be the smaller, for an order with a discount or with more than its
// lines tell.
func (w *losses) basis(before, after *Terms) {
	old, now := before.Basis, after.Basis
	for _, part := range []struct {
		name  string
		worse bool
	}{
		{"shipping", old.Shipping && !now.Shipping},
		{"points_paid", old.PointsPaid && !now.PointsPaid},
		{"before_discounts", old.BeforeDiscounts && !now.BeforeDiscounts},
		{"before_tax", !old.BeforeTax && now.BeforeTax},
		{"items", old.Items != now.Items},
	} {
		w.note(models.LosesBasis, pointer("/basis").key(part.name), before.Name, part.worse)
	}
}

func ratio(w Worth) *big.Rat {
	if w.Points == 0 {
		return new(big.Rat)
	}
	return big.NewRat(w.Money, w.Points)
}

func lower(a, b *big.Rat) bool { return a.Cmp(b) < 0 }

// bound reports whether an upper bound, of which 0 is none, is narrower.
func bound(now, old int64) bool { return now > 0 && (old == 0 || now < old) }

// shorter reports whether points live less long by this expiry, or might.
func (e *Expiry) shorter(than *Expiry) bool {
	if reflect.DeepEqual(e, than) || (e.IsZero() || e.Kind == Never) && len(e.Tiers) == 0 {
		return false
	}
	plain, other := *e, *than
	plain.Months, plain.Days, other.Months, other.Days = 0, 0, 0, 0
	return !reflect.DeepEqual(plain, other) || e.Months < than.Months || e.Days < than.Days
}
