package terms

import (
	"cmp"
	"strconv"
	"time"

	"dangol/models/calendar"
)

// Refund takes back what the returned part of an order earned, and gives back what it was paid with. Both are
// cumulative: after any split of the same sum the member has the same (S-F1, S-F6), but for points that come between two
// parts where the terms forgive: they pay nothing that was let go. p is the version of the order. An order that is wholly
// returned does not count as one any more, and frees the limits that its awards used.
func (p *Program) Refund(m *Member, refund *Refund) (Outcome, Refusal) {
	h := &refund.History
	left := h.Whole - h.Returned
	switch {
	case left <= 0:
		return Outcome{}, Refusal{Code: NothingToRefund, Asked: refund.Amount}
	case refund.Amount > left:
		return Outcome{}, Refusal{Code: AboveOrder, Asked: refund.Amount, Limit: left}
	}
	return p.takeBack(m, refund, h.Returned+refund.Amount), Refusal{}
}

// Undo takes back the whole of what is left of an order, as if it had never been.
func (p *Program) Undo(m *Member, source string, at time.Time, day calendar.Date, history History) Outcome {
	out := p.takeBack(m, &Refund{Source: source, At: at, Day: day, History: history}, history.Whole)
	if p.tracks.orders {
		m.forget(history.Day, history.Store)
	}
	return out
}

// takeBack brings an order to the state in which done of it has been returned. Points that paid come back first: they
// may be what the awards are then taken from.
func (p *Program) takeBack(m *Member, refund *Refund, done Money) Outcome {
	h := &refund.History
	out := Outcome{Day: h.Day, Spend: Cumulative(h.Spend, h.Returned, h.Whole) - Cumulative(h.Spend, done, h.Whole)}
	to := back{source: refund.Source, at: refund.At, day: refund.Day, closed: h.Closed}
	for i := range h.Payments {
		paid := &h.Payments[i]
		p.restore(m, to, paid, Cumulative(paid.Points, done, h.Whole)-paid.Restored, &out)
	}
	for i := range h.Awards {
		given := &h.Awards[i]
		p.revoke(m, to, h.Source, given, Cumulative(given.Points, done, h.Whole)-p.gone(h, given), &out)
	}
	m.Spend.Add(h.Day, out.Spend)
	if done >= h.Whole && (h.Returned < h.Whole || h.Whole == 0) {
		p.uncount(m, h, &out)
	}
	return out
}

// gone is what of an award counts as taken back: what was, and where the terms let go what is not there, all that was due
// with what has been returned (S-F1).
func (p *Program) gone(h *History, given *Given) Points {
	if p.terms.Refunds.Shortfall != Forgive {
		return given.Revoked
	}
	return max(given.Revoked, returnedOf(given.Points, h.Returned, h.Whole))
}

// uncount takes a wholly returned order off the counters.
func (p *Program) uncount(m *Member, h *History, out *Outcome) {
	m.Orders = max(m.Orders-1, 0)
	if p.tracks.orders {
		m.Bought.Add(h.Day, -1)
	}
	p.free(m, h, out)
}

// Retract takes back what an event that is no purchase gave, as if it had never been: the history is the event's.
func (p *Program) Retract(m *Member, source string, at time.Time, day calendar.Date, history History) Outcome {
	h, out := &history, Outcome{Day: history.Day}
	to := back{source: source, at: at, day: day}
	for i := range h.Awards {
		given := &h.Awards[i]
		p.revoke(m, to, h.Source, given, given.Points-given.Revoked, &out)
	}
	p.free(m, h, &out)
	return out
}

// free gives the awards back to the limits that they used. An award of nothing is what an amendment has left of one, or a
// coupon, which has a way of its own: see Forgo.
func (p *Program) free(m *Member, h *History, out *Outcome) {
	for i := range h.Awards {
		given := &h.Awards[i]
		if r := p.terms.Rule(given.Rule); r != nil && given.Points > 0 {
			m.countAward(r.Limits, r.Code, given.Points, -1, h.Day, out)
		}
	}
}

// Forgo gives a coupon back to the limits of the rule that gave it for an order of a day: it has gone with that order
// (S-F5). p is the version that gave it. A coupon goes once; the caller sees to that.
func (p *Program) Forgo(m *Member, rule string, day calendar.Date) Outcome {
	out := Outcome{Day: day}
	if r := p.terms.Rule(rule); r != nil && r.Award.Kind == AnyCoupon {
		m.countAward(r.Limits, r.Code, 0, -1, day, &out)
	}
	return out
}

// back is the event that takes something back.
type back struct {
	source string
	at     time.Time
	day    calendar.Date
	closed []Lot // lots that are not open any more
	kind   Kind  // of what goes back to lots; empty: Restore
}

func (b back) movement(kind Kind, bucket Bucket, rule string, reverses int64) Movement {
	return Movement{
		Kind: kind, Bucket: bucket, At: b.at, OccurredAt: b.at, Source: b.source, Rule: rule, Reverses: reverses,
	}
}

func (b back) givingBack() Kind {
	if b.kind == "" {
		return Restore
	}
	return b.kind
}

// revoke takes points of an award back: from its own pending lot, its own open lot, then from others in the order of
// consumption (S-F2). What is not there the account owes, or is let go.
func (p *Program) revoke(m *Member, to back, order string, given *Given, points Points, out *Outcome) {
	if points <= 0 {
		return
	}
	account := m.Account(given.Unit)
	own := func(l *Lot) bool { return l.Source == order && l.Rule == given.Rule }

	taking := func(kind Kind, bucket Bucket) Movement {
		mv := to.movement(kind, bucket, given.Rule, given.Seq)
		if given.Seq == 0 { // earned on another account of the same person: the movement alone says by which version
			mv.Version = given.Version
		}
		return mv
	}
	held := taking(CancelHold, Pending)
	points -= account.claw(held, points, func(l *Lot) bool { return l.Bucket == Pending && own(l) }, nil, out)

	counted := points
	open := func(l *Lot) bool { return l.Bucket == Available }
	points -= account.claw(taking(Clawback, Available), points,
		func(l *Lot) bool { return open(l) && own(l) }, open, out)

	if points > 0 && p.terms.Refunds.Shortfall != Forgive {
		owed := taking(Clawback, DeficitPart)
		owed.Points = points
		account.enter(owed, out)
		points = 0
	}
	if p.tracks.earns(given.Unit) {
		account.Earned.Add(out.Day, points-counted)
	}
}

// claw makes one movement of what it can take, from the first lots before the second, and says how much that was.
func (a *Account) claw(mv Movement, points Points, first, second func(*Lot) bool, out *Outcome) Points {
	uses, taken := a.take(points, first)
	if second != nil && taken < points {
		more, n := a.take(points-taken, second)
		uses, taken = append(uses, more...), taken+n
	}
	if taken > 0 {
		mv.Points, mv.Uses = -taken, uses
		a.enter(mv, out)
	}
	return taken
}

// restore gives points of a payment back to the lots that they came from, which keep their last day, in the order in
// which they were taken (S-F3). What came from a lot that has ended meanwhile becomes a new lot for a few days.
func (p *Program) restore(m *Member, to back, paid *Paid, points Points, out *Outcome) {
	if points <= 0 {
		return
	}
	account := m.Account(paid.Unit)
	mv := to.movement(to.givingBack(), Available, "paid-"+strconv.FormatInt(paid.Seq, 10), paid.Seq)
	mv.Points = points
	points = account.fill(mv, out)
	ended := points
	mv.Points = 0
	for _, part := range unrestored(paid, points) {
		if account.putBack(part, to) {
			mv.Uses = append(mv.Uses, part)
			mv.Points += part.Points
			ended -= part.Points
		}
	}
	if mv.Points > 0 {
		account.enter(mv, out)
	}
	if ended > 0 {
		p.courtesy(account, to, paid, ended, out)
	}
}

// unrestored spreads points over the lots that a payment took from, after what was given back to them before.
func unrestored(paid *Paid, points Points) (parts []LotUse) {
	skip := paid.Restored
	for _, use := range paid.Uses {
		had := -use.Points
		done := min(skip, had)
		skip -= done
		if n := min(had-done, points); n > 0 {
			parts = append(parts, LotUse{Lot: use.Lot, Points: n})
			points -= n
		}
	}
	return parts
}

// putBack gives points back to a lot, opening it again if it was used up; it reports false if the lot has ended.
func (a *Account) putBack(part LotUse, to back) bool {
	if lot := a.lot(part.Lot); lot != nil {
		lot.Remaining += part.Points
		return true
	}
	for _, lot := range to.closed {
		if lot.Seq == part.Lot && (lot.ExpiresOn.IsZero() || lot.ExpiresOn >= to.day) {
			lot.Remaining = part.Points
			a.open(lot)
			return true
		}
	}
	return false
}

// courtesyDays is how long points live that come back to a lot that has ended, where the terms do not say.
const courtesyDays = 30

func (r Refunds) courtesy() int { return cmp.Or(r.CourtesyDays, courtesyDays) }

// courtesy makes a short-lived lot of points whose own lot has ended.
func (p *Program) courtesy(a *Account, to back, paid *Paid, points Points, out *Outcome) {
	mv := to.movement(to.givingBack(), Available, "courtesy-"+strconv.FormatInt(paid.Seq, 10), paid.Seq)
	mv.Points = points
	mv.Lot = Lot{EarnedAt: to.at, ExpiresOn: to.day.AddDays(p.terms.Refunds.courtesy()), Source: to.source}
	a.credit(mv, out)
}
