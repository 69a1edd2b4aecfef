package terms

import (
	"time"

	"dangol/models/calendar"
)

// Redeem pays with points: as many as were asked for, as can be spent and as the order can absorb, in whole steps
// (S-R1 to S-R3). What goes beyond the limits is cut down to them or refused, as the request or else the terms say.
func (p *Program) Redeem(m *Member, request *Request) (Outcome, Refusal) {
	how := p.terms.Redemption(request.Unit)
	if how == nil {
		return Outcome{}, Refusal{Code: NotRedeemable, Asked: request.Points}
	}
	account := m.Account(how.Unit)
	points, refusal := p.allowed(how, account, request)
	if refusal.Refused() {
		return Outcome{}, refusal
	}
	out := Outcome{Day: request.Day, Paid: points, Worth: p.worth(how, points, request)}
	account.debit(Movement{
		Kind: Redeem, Bucket: Available, Points: -points, At: request.At, OccurredAt: request.At, Source: request.Source,
	}, func(l *Lot) bool { return l.spendable(request.Day, request.Order, how.OwnOrder) }, &out)
	p.active(m, ByUsing, how.Unit, request.Day, request.At, &out)
	return out, Refusal{}
}

// Redeemable is what a member could pay with on this request at most, and the money that it is worth. It changes nothing.
func (p *Program) Redeemable(m *Member, request *Request) (Points, Money) {
	all := *request
	all.Points, all.Beyond = 0, Clamp
	how := p.terms.Redemption(request.Unit)
	if how == nil {
		return 0, 0
	}
	points, refusal := p.allowed(how, m.look(how.Unit), &all)
	if refusal.Refused() {
		return 0, 0
	}
	return points, p.worth(how, points, &all)
}

// allowed decides how many points a request takes.
func (p *Program) allowed(how *Redemption, a *Account, request *Request) (Points, Refusal) {
	var (
		asked   = request.Points
		step    = max(how.Step, 1)
		minimum = max(how.Minimum, step)
		have    = a.spendable(request, how)
		most    = p.mostFor(how, request)
	)
	if asked == 0 {
		asked = maxPoints
	} else if request.beyond(how) == Refuse {
		return asked, strictly(asked, step, minimum, have, most)
	}
	points := min(asked, have, most) / step * step
	switch {
	case points >= minimum:
		return points, Refusal{}
	case have < minimum:
		return 0, Refusal{Code: NotEnough, Asked: request.Points, Limit: have}
	case asked < minimum:
		return 0, Refusal{Code: BelowMinimum, Asked: request.Points, Limit: minimum}
	default:
		return 0, Refusal{Code: AboveShare, Asked: request.Points, Limit: most}
	}
}

// strictly turns down what clamping would have cut.
func strictly(asked, step, minimum, have, most Points) Refusal {
	switch {
	case asked < minimum:
		return Refusal{Code: BelowMinimum, Asked: asked, Limit: minimum}
	case asked%step != 0:
		return Refusal{Code: NotWholeSteps, Asked: asked, Limit: step}
	case asked > have:
		return Refusal{Code: NotEnough, Asked: asked, Limit: have}
	case asked > most:
		return Refusal{Code: AboveShare, Asked: asked, Limit: most}
	default:
		return Refusal{}
	}
}

func (r *Request) beyond(how *Redemption) Beyond {
	if r.Beyond != "" {
		return r.Beyond
	}
	return how.Beyond
}

// spendable is what of the available points can pay for this request.
func (a *Account) spendable(request *Request, how *Redemption) (points Points) {
	for i := range a.Lots {
		if l := &a.Lots[i]; l.spendable(request.Day, request.Order, how.OwnOrder) {
			points += l.Remaining
		}
	}
	return points
}

// mostFor is how many points the order can absorb: the share of it that points may pay, in whole points; for an item, as
// many whole items as it takes to reach that share.
func (p *Program) mostFor(how *Redemption, request *Request) Points {
	if request.Total == 0 {
		return maxPoints
	}
	payable := share(request.Total, int64(how.Share), 100)
	if how.Item != nil {
		return scale(payable, 1, how.Item.UpTo, Ceil, 1) * max(how.Step, 1)
	}
	worth := p.Unit(how.Unit).Worth
	return share(payable, worth.Points, worth.Money)
}

// worth is the money that points pay on a request.
func (p *Program) worth(how *Redemption, points Points, request *Request) Money {
	worth := p.Unit(how.Unit).Worth.Of(points)
	if how.Item != nil {
		worth = points / max(how.Step, 1) * how.Item.UpTo
	}
	if request.Total > 0 {
		worth = min(worth, share(request.Total, int64(how.Share), 100))
	}
	return worth
}

// Of is the money that points are worth, rounded down.
func (w Worth) Of(points Points) Money { return share(points, w.Money, w.Points) }

// debit makes a movement of −points, taken from eligible lots. That there are enough, its caller has seen to.
func (a *Account) debit(mv Movement, eligible func(*Lot) bool, out *Outcome) {
	mv.Uses, _ = a.take(-mv.Points, eligible)
	a.enter(mv, out)
}

// Unredeem gives the points of a redemption back to their lots: all that is left of it.
func (p *Program) Unredeem(m *Member, source string, at time.Time, day calendar.Date, paid Paid, closed []Lot) Outcome {
	out := Outcome{Day: day}
	p.restore(m, back{source: source, at: at, day: day, closed: closed}, &paid, paid.Points-paid.Restored, &out)
	return out
}
