package terms

// Explain puts an explanation into words, a line a step: "12,000원의 2% = 240P". t is the version that it names; its
// code and names are all that is read of it.
func (t *Terms) Explain(e Explanation, locale string) []string {
	if len(e.Steps) == 1 && e.Steps[0].Op == OpWelcome {
		return t.explainWelcome(e, locale)
	}
	if e.Rule < 0 || e.Rule >= len(t.Earning) || t.Unit(t.Earning[e.Rule].Unit) == nil {
		return nil
	}
	s := t.speak(locale)
	x := explainer{speaker: s, unit: t.Unit(t.Earning[e.Rule].Unit)}
	x.work.begin()
	for _, step := range e.Steps {
		x.explain(step)
		x.work.run(step.Op, step.A, step.B)
	}
	if x.work.aside > 0 {
		x.say(x.bonus.allOf(x.pts(x.work.result(), x.unit)))
	}
	return x.lines
}

// explainer follows the arithmetic beside the words, for the values between the steps.
type explainer struct {
	speaker
	unit  *Unit
	work  sum
	parts []string // of the basis: the total, and what is taken off it
	exact string   // the product so far, before it is rounded
	lines []string
}

func (x *explainer) explain(step Step) {
	switch step.Op {
	case OpTotal:
		x.parts = []string{x.total(x.won(step.A))}
	case OpGoods:
		x.parts = []string{x.won(step.A)}
	case OpShipping, OpPoints, OpDiscount, OpTax:
		x.parts = append(x.parts, x.less[step.Op](x.won(step.A), x.name(x.unit)))
	case OpGoodsTax:
		x.parts = append(x.parts, x.less[step.Op](x.won(x.work.value-step.Result), x.won(step.A)))
	default:
		x.endBasis()
		x.say(x.line(step))
	}
}

// endBasis writes the basis on one line, unless it is just the total, which the next line names.
func (x *explainer) endBasis() {
	if len(x.parts) > 1 {
		x.say(x.sumOf(x.parts, x.won(x.work.value)))
	}
	x.parts = nil
}

func (x *explainer) say(line string) {
	if line != "" {
		x.lines = append(x.lines, line)
	}
}

// line is the sentence of a step; empty where there is nothing to say, as for a rounding that changes nothing.
func (x *explainer) line(step Step) string {
	value, result := x.work.value, x.pts(step.Result, x.unit)
	switch step.Op {
	case OpEligible:
		return x.eligibleOf(x.won(step.A), x.won(step.B), x.won(step.Result))
	case OpRate:
		x.exact = x.product(value, step.A, step.B)
		if x.isMoney(x.unit) {
			return x.rateOf(x.won(value), x.percent(Ratio{step.A, step.B}), x.exact)
		}
		return x.perOf(x.won(value), x.won(step.B), x.pts(step.A, x.unit), x.exact)
	case OpPer:
		return x.perOf(x.won(value), x.won(step.A), x.pts(step.B, x.unit), result)
	case OpItems:
		return x.itemsOf(x.number(int(step.A)), x.pts(step.B, x.unit), result)
	case OpFixed:
		return x.fixedOf(result)
	case OpTier:
		num, den := multiply(Ratio{x.work.num, x.work.den}, Ratio{step.A, step.B})
		x.exact = x.product(value, num, den)
		return x.tierOf(x.times(Ratio{step.A, step.B}), x.exact)
	case OpKinds:
		return x.bonus.kindsOf(x.number(int(step.A)), x.pts(step.B, x.unit), result)
	case OpTimes:
		num, den := multiply(Ratio{x.work.num, x.work.den}, Ratio{step.A, step.B})
		x.exact = x.product(value, num, den)
		return x.bonus.timesOf(x.times(Ratio{step.A, step.B}), x.exact)
	case OpLess:
		return x.bonus.lessOf(x.pts(step.A, x.unit), result)
	case OpPaid:
		return x.bonus.paidOf(result)
	case OpMost:
		return x.bonus.mostOf(result)
	case OpChance:
		return x.bonus.chanceOf(x.number(int(step.A)))
	case OpLines:
		return x.linesOf
	case OpLine:
		return x.lineOf(x.won(step.A), result)
	case OpRound:
		if x.exact == result {
			return ""
		}
		return x.roundOf(modeOf(step.A), x.pts(step.B, x.unit), result)
	case OpCap:
		return x.capOf(x.pts(step.A, x.unit), result)
	case OpLimit:
		return x.limitOf(x.pts(step.A, x.unit), result)
	case OpPart:
		return x.life.part(x.number(int(step.A)), x.number(int(step.B)), result)
	case OpAlready:
		return x.life.already(x.pts(step.A, x.unit), result)
	default:
		return ""
	}
}

// product writes value·num/den with up to two more decimals than the unit has: "246.9P".
func (x *explainer) product(value, num, den int64) string {
	hundredths := scale(value, num*100, den, Floor, 1)
	if hundredths%100 == 0 {
		return x.pts(hundredths/100, x.unit)
	}
	return x.points(trimZeros(scaled(hundredths, x.unit.Decimals+2)), false, x.unit)
}

// ExplainMiss says in words what would have made a rule pay.
func (t *Terms) ExplainMiss(m Miss, locale string) string {
	if m.Rule < 0 || m.Rule >= len(t.Earning) {
		return ""
	}
	r := &t.Earning[m.Rule]
	unit := t.Unit(r.Unit)
	if unit == nil {
		return ""
	}
	s := t.speak(locale)
	name, points := r.Name.In(s.locale), s.pts(m.Points, unit)
	if r.Award.Kind == AnyCoupon {
		points = s.couponName(r.Award.Coupon)
	}
	switch m.Condition {
	case MissItem:
		return s.missItem(m.Wants, name, points)
	case MissTier:
		return s.missTier(s.tierName(m.Wants), s.won(m.By), name, points)
	default:
		return s.missAmount(s.won(m.By), name, points)
	}
}
