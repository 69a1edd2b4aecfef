package terms

import (
	"math/big"
	"slices"
)

// What rules pay together, as the second engine sees it.

// naiveBase is what a rule pays, and what bonuses make of it.
type naiveBase struct {
	rule    *Rule
	exact   *big.Rat   // before it is rounded; or what is left of it, if it was cut
	weights []*big.Rat // of each line in it
	upTo    int64      // what it pays with the bonuses so far
}

type naiveCredit struct {
	rule   *Rule
	points int64
}

// earns is what an order is paid: by each rule alone, then by each bonus what it adds, as far as there is room. A rule that
// is the last, and pays, ends those after it: a bonus only bonuses.
func (n *naive) earns(o *naiveOrder, lines []Line, paid int64) (credits []naiveCredit) {
	var bases []*naiveBase
	var bonuses []*Rule
	room, end := int64(1)<<60, len(n.doc.Earning)
	if most := n.unit().Most; most > 0 {
		room = most - n.sum(func(*naiveLot) bool { return true }) + n.deficit
	}
	pay := func(r *Rule, points int64) int64 {
		if points = max(min(points, room), 0); points > 0 {
			room -= points
			if r.Last {
				end = slices.IndexFunc(n.doc.Earning, func(other Rule) bool { return other.Code == r.Code })
			}
			credits = append(credits, naiveCredit{r, points})
		}
		return points
	}
	for i := range n.doc.Earning {
		if r := &n.doc.Earning[i]; r.IsBonus() && n.meets(r, o, lines, paid) {
			bonuses = append(bonuses, r)
		}
	}
	for i := range n.doc.Earning {
		r := &n.doc.Earning[i]
		if i > end || r.IsBonus() || !n.meets(r, o, lines, paid) {
			continue
		}
		base := &naiveBase{rule: r, exact: n.exactly(r, o, lines, paid), weights: weightsOf(r, lines)}
		for _, b := range bonuses {
			if n.lowers(b) && worksOn(b, r) {
				base.multiply(b, n.factor(b), lines)
			}
		}
		whole := rounded(base.exact, r.Rounding)
		if base.upTo = pay(r, n.bounded(r, o, whole)); base.upTo == 0 {
			continue
		}
		if base.upTo != whole {
			base.exact.SetInt64(base.upTo)
		}
		bases = append(bases, base)
	}
	for _, b := range bonuses {
		if slices.IndexFunc(n.doc.Earning, func(r Rule) bool { return r.Code == b.Code }) > end {
			continue
		}
		var before []naiveBase
		for _, base := range bases {
			before = append(before, base.copy())
		}
		all := n.adds(b, bases, lines)
		if got := pay(b, n.bounded(b, o, all)); got < all && b.Award.Kind == Times {
			standAt(bases, before, got)
		}
	}
	return credits
}

// standAt spends what a bonus was really paid on the bases that it raised, one after the other: whole, in part, not at all.
func standAt(bases []*naiveBase, before []naiveBase, got int64) {
	for i, base := range bases {
		target := base.upTo
		base.upTo = min(target, before[i].upTo+got)
		got -= base.upTo - before[i].upTo
		if base.upTo == before[i].upTo {
			*base = before[i]
		} else if base.upTo < target {
			base.exact = big.NewRat(base.upTo, 1)
		}
	}
}

func (base *naiveBase) copy() naiveBase {
	c := *base
	c.exact, c.weights = new(big.Rat).Set(base.exact), nil
	for _, w := range base.weights {
		c.weights = append(c.weights, new(big.Rat).Set(w))
	}
	return c
}

// adds is what a bonus makes more of its bases.
func (n *naive) adds(b *Rule, bases []*naiveBase, lines []Line) (points int64) {
	for _, base := range bases {
		switch {
		case !worksOn(b, base.rule) || b.Award.Kind == Times && n.factor(b).Cmp(big.NewRat(1, 1)) <= 0:
		case b.Award.Kind == Plus:
			return floor(new(big.Rat).Mul(big.NewRat(b.Award.Points, 1), n.byTier(b)))
		default:
			base.multiply(b, n.factor(b), lines)
			all := max(rounded(base.exact, base.rule.Rounding), base.upTo)
			points += all - base.upTo
			base.upTo = all
		}
	}
	return points
}

func (n *naive) byTier(r *Rule) *big.Rat {
	for _, f := range r.Tiers {
		if f.Tier == n.doc.Tiers.Tiers[n.tier].Code {
			return big.NewRat(f.Factor.Num, f.Factor.Den)
		}
	}
	return big.NewRat(1, 1)
}

func (n *naive) factor(b *Rule) *big.Rat {
	return new(big.Rat).Mul(big.NewRat(b.Award.Rate.Num, b.Award.Rate.Den), n.byTier(b))
}

func (n *naive) lowers(b *Rule) bool {
	return b.Award.Kind == Times && n.factor(b).Cmp(big.NewRat(1, 1)) < 0
}

func worksOn(b, base *Rule) bool {
	if len(b.Award.Of) > 0 {
		return slices.Contains(b.Award.Of, base.Code)
	}
	return base.Award.Kind != Fixed
}

// weightsOf is what each line brings to a base: nothing, its things, or its money.
func weightsOf(r *Rule, lines []Line) (weights []*big.Rat) {
	for _, l := range lines {
		weight := map[bool]int64{true: l.Quantity, false: l.Amount}[r.Award.Kind == PerUnit]
		if len(r.If.SKUs.Only) > 0 && !slices.Contains(r.If.SKUs.Only, l.SKU) {
			weight = 0
		}
		weights = append(weights, big.NewRat(weight, 1))
	}
	return weights
}

// multiply multiplies a base, or of a base that is about lines those that the bonus counts.
func (base *naiveBase) multiply(b *Rule, factor *big.Rat, lines []Line) {
	if len(b.If.SKUs.Only) == 0 || len(lines) == 0 || base.rule.Award.Kind == Fixed {
		base.exact.Mul(base.exact, factor)
		return
	}
	before, after := new(big.Rat), new(big.Rat)
	for i, l := range lines {
		if before.Add(before, base.weights[i]); slices.Contains(b.If.SKUs.Only, l.SKU) {
			base.weights[i].Mul(base.weights[i], factor)
		}
		after.Add(after, base.weights[i])
	}
	if before.Sign() > 0 {
		base.exact.Mul(base.exact, after.Quo(after, before))
	}
}
