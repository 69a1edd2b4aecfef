package terms

import (
	"slices"
	"strconv"
	"time"

	"dangol/models/calendar"
)

// enter makes a movement of the account: it gets the next number, its moment never lies before the last one's, and its
// bucket moves.
func (a *Account) enter(mv Movement, out *Outcome) int64 {
	a.Seq++
	if mv.At.Before(a.At) {
		mv.At = a.At
	}
	a.At = mv.At
	mv.Unit, mv.Seq = a.Unit, a.Seq
	if mv.Lot.Points > 0 {
		mv.Lot.Seq = a.Seq
	}
	*a.bucket(mv.Bucket) += mv.Points
	out.Movements = append(out.Movements, mv)
	return a.Seq
}

func (a *Account) bucket(b Bucket) *Points {
	switch b {
	case Pending:
		return &a.Pending
	case Available:
		return &a.Available
	case Reserved:
		return &a.Reserved
	default:
		return &a.Deficit
	}
}

// credit adds mv.Points as a new lot, which mv.Lot describes. What becomes available first fills the deficit (S-L3); a
// deficit has no lots.
func (a *Account) credit(mv Movement, out *Outcome) {
	lot := mv.Lot
	mv.Lot = Lot{}
	mv.Points = a.fill(mv, out)
	if mv.Points == 0 {
		return
	}
	lot.Bucket, lot.Points, lot.Remaining = mv.Bucket, mv.Points, mv.Points
	mv.Lot = lot
	lot.Seq = a.enter(mv, out)
	a.open(lot)
}

// fill pays the deficit with a credit to the available points and says what is left of the credit.
func (a *Account) fill(mv Movement, out *Outcome) (left Points) {
	if mv.Bucket != Available || a.Deficit == 0 {
		return mv.Points
	}
	paid := min(mv.Points, a.Deficit)
	left = mv.Points - paid
	mv.Bucket, mv.Points, mv.Uses = DeficitPart, -paid, nil
	a.enter(mv, out)
	return left
}

// open puts a lot among the others, in the order of consumption.
func (a *Account) open(lot Lot) {
	at := len(a.Lots) // where most lots belong
	for at > 0 && byConsumption(&lot, &a.Lots[at-1]) < 0 {
		at--
	}
	a.Lots = slices.Insert(a.Lots, at, lot)
}

// take consumes at most points from the lots that are eligible, in their order, and says what was taken from which.
// The movement that it belongs to is the caller's.
func (a *Account) take(points Points, eligible func(*Lot) bool) (uses []LotUse, taken Points) {
	for i := range a.Lots {
		lot := &a.Lots[i]
		if taken == points {
			break
		}
		if lot.Remaining == 0 || !eligible(lot) {
			continue
		}
		n := min(points-taken, lot.Remaining)
		lot.Remaining -= n
		taken += n
		uses = append(uses, LotUse{Lot: lot.Seq, Points: -n})
	}
	a.Lots = slices.DeleteFunc(a.Lots, func(l Lot) bool { return l.Remaining == 0 })
	return uses, taken
}

// lot finds an open lot, or nil.
func (a *Account) lot(seq int64) *Lot {
	for i := range a.Lots {
		if a.Lots[i].Seq == seq {
			return &a.Lots[i]
		}
	}
	return nil
}

// post gives the award of an order and counts it.
func (p *Program) post(m *Member, order *Purchase, award *Award, out *Outcome) {
	if award.Coupon != "" {
		p.issue(award.Coupon, order.Source+"/"+award.Code, order.Source, order.At, max(order.Day, m.SettledTo), out)
		m.countAward(p.rules[award.Rule].Limits, award.Code, 0, +1, order.Day, out)
		return
	}
	if out.Movements == nil {
		out.Movements = make([]Movement, 0, len(out.Awards))
	}
	p.credit(m, order, award, order.Source, max(order.Day, m.SettledTo), order.At, out)
	m.countAward(p.rules[award.Rule].Limits, award.Code, award.Points, +1, order.Day, out)
}

// credit gives an award of an order, whole or in its parts. Source is the event that gives it, the order itself or an
// amendment.
func (p *Program) credit(m *Member, order *Purchase, award *Award, source string, today calendar.Date, at time.Time, out *Outcome) {
	if len(award.Later) == 0 {
		p.creditOne(m, order, award, source, today, at, out)
		return
	}
	for i, part := range award.Parts() {
		if part.Points > 0 {
			p.creditOne(m, order, &part, partSource(source, i+1), today, at, out)
		}
	}
}

// creditOne makes a lot: pending while it is held, else available at once. What comes late may bring one whose hold, or
// whose last day, is past already.
func (p *Program) creditOne(m *Member, order *Purchase, award *Award, source string, today calendar.Date, at time.Time, out *Outcome) {
	account := m.Account(award.Unit)
	mv := Movement{
		Kind: Earn, Bucket: Available, Points: award.Points, At: at, OccurredAt: at,
		Source: source, Rule: award.Code, Version: p.version, Why: award.Why,
		Lot: Lot{
			EarnedAt: order.At, UsableFrom: award.UsableFrom, ExpiresOn: award.ExpiresOn,
			Awaits: award.Awaits, CancelsOn: award.CancelsOn, Source: order.Source, Rule: award.Code,
		},
	}
	if award.ActivatesOn > today {
		mv.Bucket, mv.Lot.ActivatesOn = Pending, award.ActivatesOn
	}
	if award.Awaits != "" {
		mv.Bucket = Pending
	}
	account.credit(mv, out)
	p.active(m, ByEarning, award.Unit, order.Day, at, out)
	if mv.Bucket == Available && p.tracks.earns(award.Unit) {
		account.Earned.Add(order.Day, award.Points)
	}
	if last := award.ExpiresOn; !last.IsZero() && last < today {
		account.expire(account.Seq, at, out)
	}
}

// expire ends what is left of a lot.
func (a *Account) expire(seq int64, at time.Time, out *Outcome) {
	uses, points := a.take(maxPoints, func(l *Lot) bool { return l.Seq == seq })
	if points > 0 {
		a.enter(Movement{
			Kind: Expire, Bucket: Available, Points: -points, At: at, OccurredAt: at,
			Source: lotSource("expire", seq), Uses: uses,
		}, out)
	}
}

// activate ends a lot's hold: out of pending, into available, as a new lot that keeps the old one's origin and last day.
func (a *Account) activate(lot Lot, at time.Time, out *Outcome) {
	uses, points := a.take(lot.Remaining, func(l *Lot) bool { return l.Seq == lot.Seq })
	mv := Movement{
		Kind: Activate, Bucket: Pending, Points: -points, At: at, OccurredAt: at,
		Source: lotSource("activate", lot.Seq), Uses: uses,
	}
	a.enter(mv, out)
	mv.Bucket, mv.Points, mv.Uses = Available, points, nil
	mv.Lot = Lot{
		EarnedAt: lot.EarnedAt, UsableFrom: lot.UsableFrom, ExpiresOn: lot.ExpiresOn, ToldOn: lot.ToldOn,
		Source: lot.Source, Rule: lot.Rule,
	}
	a.credit(mv, out)
}

// maxPoints is more than any account can hold: "all of it".
const maxPoints Points = 1 << 62

// lotSource names an event that befalls a lot: "expire:lot 12".
func lotSource(what string, seq int64) string { return what + ":lot " + strconv.FormatInt(seq, 10) }

// spendable reports whether a lot can pay for an order on a day.
func (l *Lot) spendable(day calendar.Date, order string, own bool) bool {
	return l.Bucket == Available && l.UsableFrom <= day && (own || order == "" || l.Source != order)
}
