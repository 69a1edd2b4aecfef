package terms

import (
	"time"

	"dangol/models/calendar"
)

// Held are points that were set aside: by which entry, and from which lots.
type Held struct {
	Unit   string
	Seq    int64 // of the entry that took them from the available points
	Points Points
	Uses   []LotUse
	Closed []Lot // lots that nothing was left of
}

// Reserve sets points aside for a payment that is still to come: Redeem's limits, but the points are only out of reach.
// Confirm ends it by paying, Unreserve by giving them back to their lots.
func (p *Program) Reserve(m *Member, request *Request) (Outcome, Refusal) {
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
	account.reserve(Movement{Points: -points, At: request.At, OccurredAt: request.At, Source: request.Source},
		func(l *Lot) bool { return l.spendable(request.Day, request.Order, how.OwnOrder) }, &out)
	return out, Refusal{}
}

// reserve moves points out of the available ones into the reserved ones.
func (a *Account) reserve(mv Movement, eligible func(*Lot) bool, out *Outcome) {
	mv.Kind, mv.Bucket = Reserve, Available
	a.debit(mv, eligible, out)
	mv.Bucket, mv.Points = Reserved, -mv.Points
	a.enter(mv, out)
}

// Confirm pays with points that were set aside. They have left their lots already: the reservation's entry names these.
func (p *Program) Confirm(m *Member, source string, at time.Time, day calendar.Date, held Held) Outcome {
	out := Outcome{Day: day, Paid: held.Points}
	m.Account(held.Unit).enter(Movement{
		Kind: Redeem, Bucket: Reserved, Points: -held.Points, At: at, OccurredAt: at, Source: source,
	}, &out)
	p.active(m, ByUsing, held.Unit, day, at, &out)
	return out
}

// ConfirmClaim pays for a reward with points that were set aside, and gives it.
func (p *Program) ConfirmClaim(m *Member, source, reward string, at time.Time, day calendar.Date, held Held) Outcome {
	out := p.Confirm(m, source, at, day, held)
	if r := p.terms.Reward(reward); r != nil {
		p.give(m, r, source, at, day, &out)
	}
	return out
}

// Unreserve gives points that were set aside back to the lots that they came from (S-R4); what came from a lot that has
// ended meanwhile lives a few days more.
func (p *Program) Unreserve(m *Member, source string, at time.Time, day calendar.Date, held Held) Outcome {
	out := Outcome{Day: day}
	m.Account(held.Unit).enter(Movement{
		Kind: Release, Bucket: Reserved, Points: -held.Points, At: at, OccurredAt: at, Source: source, Reverses: held.Seq,
	}, &out)
	paid := Paid{Unit: held.Unit, Seq: held.Seq, Points: held.Points, Uses: held.Uses}
	p.restore(m, back{source: source, at: at, day: day, closed: held.Closed, kind: Release}, &paid, held.Points, &out)
	return out
}

// ReserveMinutes is how long points of a unit stay set aside for a checkout that does not end.
func (p *Program) ReserveMinutes(unit string) int {
	if how := p.terms.Redemption(unit); how != nil && how.Minutes > 0 {
		return how.Minutes
	}
	return reserveMinutes
}

// reserveMinutes is how long, where the terms do not say.
const reserveMinutes = 15
