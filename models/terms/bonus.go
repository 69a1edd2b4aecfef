package terms

import (
	"math"
	"slices"
)

// bonus is a bonus rule that applies to the event.
type bonus struct {
	*rule
	factor Ratio // times: what it multiplies by, for the member's tier
}

// below reports whether the bonus makes less of its bases: it then acts inside them instead of paying by itself.
func (b *bonus) below() bool { return b.Award.Kind == Times && b.factor.Num < b.factor.Den }

// factor is what a bonus multiplies by for members of a tier: its own rate times the tier's factor, exactly.
func (r *rule) factor(tier string) Ratio {
	factor := r.Award.Rate
	if by, ok := r.factorOf(tier); ok {
		factor.Num, factor.Den = multiply(factor, by)
	}
	return factor
}

// on reports whether the bonus works on what a base pays.
func (b *bonus) on(base *rule) bool {
	return !base.bonus && base.unit == b.unit && b.worksOn(base.Rule)
}

// findBonuses notes which bonuses apply.
func (e *evaluation) findBonuses() {
	for i := range e.program.rules {
		r := &e.program.rules[i]
		if !r.bonus || !r.answers(e.order) {
			continue
		}
		b := bonus{r, r.factor(e.tier)}
		switch failed := e.check(r, r.count(e.order)); {
		case failed != 0:
			e.miss(r, failed)
		case r.Award.Kind == Plus || b.factor.Num != b.factor.Den: // times one changes nothing
			e.bonuses = append(e.bonuses, b)
		}
	}
}

// reduce multiplies a base under way by the bonuses below one.
func (e *evaluation) reduce(base *rule) {
	var lines weights
	for i := range e.bonuses {
		if b := &e.bonuses[i]; b.below() && b.on(base) {
			factor := lines.times(e.order, base, b)
			e.work.do(OpTimes, factor.Num, factor.Den)
		}
	}
}

// raised is what a base pays, and what the bonuses so far have made of it.
type raised struct {
	base *rule
	value
	before value // the bonus that pays
}

// value is what a base stands at.
type value struct {
	steps []Step // exact: before rounding, unless what was paid was cut
	lines weights
	paid  Points
}

// raise prepares the bases' awards for bonuses.
func (e *evaluation) raise() []raised {
	all := make([]raised, 0, len(e.awards))
	for i := range e.awards {
		a := &e.awards[i]
		base := raised{base: e.ruleOf(a), value: value{steps: exact(a.Why.Steps), paid: a.Points}}
		for j := range e.bonuses {
			if b := &e.bonuses[j]; b.below() && b.on(base.base) {
				base.lines.times(e.order, base.base, b) // is among the steps already
			}
		}
		all = append(all, base)
	}
	return all
}

// exact are the steps of an award before it was rounded: for the order, or line by line; then its multiple is rounded for the
// order. An award that was cut after that stays what it is.
func exact(steps []Step) []Step {
	n := len(steps)
	if n > 0 && steps[n-1].Op.cuts() {
		return already(steps[n-1].Result)
	}
	if n > 0 && steps[n-1].Op == OpChance {
		n--
	}
	if n > 0 && steps[n-1].Op == OpRound {
		return steps[:n-1]
	}
	for n > 0 && steps[n-1].Op == OpLine {
		n--
	}
	if n > 0 && steps[n-1].Op == OpLines {
		return steps[:n-1]
	}
	return steps
}

// already are the steps of what was paid of a value that was cut.
func already(paid Points) []Step { return []Step{{Op: OpPaid, A: paid, Result: paid}} }

// payBonuses lets the bonuses pay, one after the other: each pays what its factor adds to what the bases and the earlier
// bonuses pay, so that all together pay the product of all factors, rounded once, as far as none is cut (S-E1, S-E2).
func (e *evaluation) payBonuses() {
	from := len(e.awards)
	bases := e.raise()
	if e.program.competes {
		e.chooseBonuses(from)
	}
	for i := range e.bonuses {
		b := &e.bonuses[i]
		if e.ended > 0 && b.index >= e.ended || b.below() {
			continue
		}
		before := len(e.awards)
		if points := e.payBonus(b, bases); points > 0 {
			e.pay(b.rule, points)
			if e.fit(before); b.Last && len(e.awards) > before {
				e.ended = b.index + 1
			}
		}
		standAtPaid(bases, sumOf(e.awards[before:], b.unit.Code))
	}
}

// standAtPaid has the bases stand at what a bonus was paid, the first of them first, if that was cut: later bonuses go on
// from there. A base for which nothing is left is as if the bonus were not there.
func standAtPaid(bases []raised, paid Points) {
	var whole Points
	for i := range bases {
		whole += bases[i].paid - bases[i].before.paid
	}
	if paid >= whole {
		return
	}
	for i := range bases {
		base := &bases[i]
		more := min(base.paid-base.before.paid, paid)
		paid -= more
		switch now := base.before.paid + more; {
		case more == 0:
			base.value = base.before
		case now < base.paid:
			base.steps, base.paid = already(now), now
		}
	}
}

// chooseBonuses tries each bonus by itself and leaves those that their groups let pay. One that is in no group, and by
// itself adds nothing to what is rounded, may still do so on top of others.
func (e *evaluation) chooseBonuses(from int) {
	for i := range e.bonuses {
		if b := &e.bonuses[i]; !b.below() {
			if points := e.payBonus(b, e.raiseOnly(from)); points > 0 {
				e.pay(b.rule, points)
			}
		}
	}
	e.compete(from)
	chosen := e.awards[from:]
	e.bonuses = slices.DeleteFunc(e.bonuses, func(b bonus) bool {
		return !b.below() && !slices.ContainsFunc(chosen, func(a Award) bool { return a.Rule == b.index }) && (b.group != nil || e.taken(b.unit, chosen))
	})
	e.awards = e.awards[:from]
}

// raiseOnly is raise for the first awards only.
func (e *evaluation) raiseOnly(n int) []raised {
	only := evaluation{program: e.program, order: e.order, bonuses: e.bonuses, awards: e.awards[:n]}
	return only.raise()
}

// payBonus takes the steps of what a bonus adds to its bases.
func (e *evaluation) payBonus(b *bonus, bases []raised) Points {
	e.work.begin()
	for i := range bases {
		bases[i].before = bases[i].value
	}
	for i := range bases {
		switch base := &bases[i]; {
		case !b.on(base.base):
		case b.Award.Kind == Plus:
			e.add(b)
			return e.bound(b.rule)
		default:
			e.multiply(b, base)
		}
	}
	return e.bound(b.rule)
}

// add takes the steps of what a bonus gives more.
func (e *evaluation) add(b *bonus) {
	e.work.do(OpFixed, b.Award.Points, 0)
	if by, ok := b.factorOf(e.tier); ok {
		e.work.do(OpTier, by.Num, by.Den)
	}
	b.round(e.order, counting{}, &e.work)
}

// multiply takes the steps from a base's exact value to what its multiple is more than what has been paid. It takes none
// where that is nothing: the multiple of a base that was cut may be rounded below it.
func (e *evaluation) multiply(b *bonus, base *raised) {
	before := e.work
	factor := base.lines.times(e.order, base.base, b)
	base.steps = append(slices.Clip(base.steps), Step{Op: OpTimes, A: factor.Num, B: factor.Den})
	if len(e.work.taken()) > 0 {
		e.work.do(OpAnd, 0, 0)
	}
	for _, step := range base.steps {
		e.work.do(step.Op, step.A, step.B)
	}
	rounding := &base.base.Rounding
	e.work.do(OpRound, rounding.Mode.number(), max(rounding.To, 1))
	if e.work.do(OpLess, base.paid, 0); e.work.value <= 0 {
		e.work = before
		return
	}
	base.paid += e.work.value
}

// weights is how much each line that a base counts weighs, once bonuses on some of the lines have multiplied them.
type weights []int64

// times multiplies the lines that a bonus counts, and says by how much the whole grows. A bonus on everything multiplies
// the whole; so does one on things that are not lines, or on a base that counts none.
func (w *weights) times(order *Purchase, base *rule, b *bonus) Ratio {
	factor := b.factor
	if !b.If.items() || len(order.Lines) == 0 || base.Award.Kind == Fixed {
		return factor
	}
	if *w == nil {
		*w = base.weigh(order)
	}
	if w.sum() == 0 {
		return Ratio{1, 1}
	}
	factor.Num, factor.Den = reduce(factor.Num, factor.Den)
	grown := make(weights, len(order.Lines))
	for i := range grown {
		by := factor.Den
		if b.counts(&order.Lines[i]) {
			by = factor.Num
		}
		if most := math.MaxInt64 / maxFactor / int64(len(grown)) / maxFactor; (*w)[i] > most/max(by, factor.Den) {
			return Ratio{1, 1} // too fine for 64 bits: the bonus does nothing here
		}
		grown[i] = (*w)[i] * by
	}
	before := w.sum()
	*w = grown
	num, den := reduce(grown.sum(), before*factor.Den)
	return Ratio{num, den}
}

func (w weights) sum() (all int64) {
	for _, weight := range w {
		all += weight
	}
	return all
}

// weigh is what each line brings to a base: its money, its items, or one; nothing for lines that do not count.
func (r *rule) weigh(order *Purchase) weights {
	lines := make(weights, len(order.Lines))
	for i := range order.Lines {
		line := &order.Lines[i]
		switch {
		case !r.counts(line):
		case r.Award.Kind == PerUnit:
			lines[i] = line.Quantity
		case r.Award.Kind == EachLine:
			lines[i] = 1
		default:
			lines[i] = line.Amount
		}
	}
	return lines
}
