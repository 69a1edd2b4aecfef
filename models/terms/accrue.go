package terms

// Accrue posts a purchase: awards, the order count, the qualifying money, and a tier that it reaches. The member must
// have been settled to the purchase's day. Awards count by the tier held before it.
func (p *Program) Accrue(m *Member, order *Purchase) Outcome {
	out := Outcome{Spend: order.Spend(), Day: order.Day}
	p.reward(m, order, &out)
	if p.tracks.orders {
		m.Note(order.Day, order.Store, out.Spend)
	} else {
		m.Orders++
		m.Spend.Add(order.Day, out.Spend)
	}
	today := max(order.Day, m.SettledTo)
	p.claimByItself(m, today, order.At, &out)
	p.rise(m, turn{today, order.At, order.Source}, &out)
	p.active(m, ByPurchase, "", order.Day, order.At, &out)
	return out
}

// Happen posts an event that is no purchase: its awards, and nothing else. The member must have been settled to its day.
func (p *Program) Happen(m *Member, h *Happening) Outcome {
	out := Outcome{Day: h.Day}
	p.reward(m, h.purchase(), &out)
	return out
}

// reward quotes an event and posts what it earns.
func (p *Program) reward(m *Member, event *Purchase, out *Outcome) {
	out.Awards, out.Misses = p.Quote(m, event)
	for i := range out.Awards {
		p.post(m, event, &out.Awards[i], out)
	}
}

// Quote says what a purchase would earn, and what it narrowly misses. It changes nothing.
func (p *Program) Quote(m *Member, order *Purchase) ([]Award, []Miss) {
	return p.quote(m, order, nil)
}

// quote is Quote for a purchase that has a history, if it is amended.
func (p *Program) quote(m *Member, order *Purchase, was *History) ([]Award, []Miss) {
	e := evaluation{program: p, member: m, order: order, was: was, tier: p.tierFor(m, order)}
	e.run()
	return e.awards, e.misses()
}

// QuoteHappening says what an event that is no purchase would earn. It changes nothing.
func (p *Program) QuoteHappening(m *Member, h *Happening) ([]Award, []Miss) {
	return p.Quote(m, h.purchase())
}

// evaluation is an event on its way through the rules, in this order (S-E1, S-E2): which bonuses apply; what the bases
// pay, each reduced by bonuses below one and rounded once; which of them the groups let pay, what of these the balance may
// still take, and which of what is left ends the chain; and what the bonuses add, each as far as the balance takes it.
type evaluation struct {
	program *Program
	member  *Member
	order   *Purchase
	was     *History // what it has done so far, if it is amended
	tier    string
	quiet   bool // nobody wants to know what was missed
	nearly  []near
	work    sum
	bonuses []bonus // that apply, in the order of the document
	ended   int     // index of the rule that ended the chain, plus one; 0: none did
	awards  []Award
}

func (e *evaluation) run() {
	rules := e.program.rules
	e.work.steps = make([]Step, 0, 3*len(rules)+2)
	if e.program.hasBonus {
		e.findBonuses()
	}
	for i := range rules {
		if r := &rules[i]; !r.bonus && r.answers(e.order) {
			e.base(r)
		}
	}
	e.compete(0)
	e.fit(0)
	e.chain()
	if len(e.bonuses) > 0 {
		e.payBonuses()
	}
}

// base lets a rule that is no bonus pay or miss.
func (e *evaluation) base(r *rule) {
	if points, failed := e.assess(r); points > 0 {
		e.pay(r, points)
	} else {
		e.miss(r, failed)
	}
}

// pay makes an award of the steps just taken.
func (e *evaluation) pay(r *rule, points Points) {
	if e.awards == nil {
		e.awards = make([]Award, 0, min(len(e.program.rules), 2))
	}
	e.awards = append(e.awards, e.program.award(r, e.order, e.tier, points, e.work.taken()))
}

// award dates the points of a rule.
func (p *Program) award(r *rule, order *Purchase, tier string, points Points, steps []Step) Award {
	a := Award{
		Rule: r.index, Code: r.Code, Unit: r.unit.Code, Points: points,
		Why: Explanation{Version: p.version, Rule: r.index, Steps: steps},
	}
	if r.Award.Kind == AnyCoupon {
		return Award{Rule: r.index, Code: r.Code, Coupon: r.Award.Coupon, Why: Explanation{Version: p.version, Rule: r.index}}
	}
	p.date(&a, r, order.Day, tier)
	return a
}

// fit cuts awards, from an index on, of units whose balance is bounded to what it may still take beside those before them.
func (e *evaluation) fit(from int) {
	if !e.program.bounded {
		return
	}
	fitting := e.awards[:from]
	for _, a := range e.awards[from:] {
		if unit := e.ruleOf(&a).unit; unit.Most > 0 && a.Coupon == "" {
			room := e.room(unit) - sumOf(fitting, unit.Code)
			if a.Points > room {
				a.Points = max(room, 0)
				a.Why.Steps = append(a.Why.Steps, Step{Op: OpMost, A: a.Points, Result: a.Points})
			}
		}
		if a.Points > 0 || a.Coupon != "" {
			fitting = append(fitting, a)
		}
	}
	e.awards = fitting
}

// room is what a bounded balance may still take. What an order that is amended gave is not in its own way, and never too
// much.
func (e *evaluation) room(unit *Unit) Points {
	room := unit.Most - e.member.look(unit.Code).Balance()
	if e.was == nil {
		return room
	}
	var given Points
	for i := range e.was.Awards {
		if award := &e.was.Awards[i]; award.Unit == unit.Code {
			given += award.Points
			room += award.Points - award.Revoked
		}
	}
	return max(room, given)
}

func sumOf(awards []Award, unit string) (sum Points) {
	for i := range awards {
		if awards[i].Unit == unit {
			sum += awards[i].Points
		}
	}
	return sum
}
