package terms

import (
	"slices"
	"strconv"
	"time"

	"dangol/models/calendar"
)

// Merging moves all that one member has to another, because both are the same person; Unmerge moves it back.
type Merging struct {
	Source string // its own cause: "merge:pos:M1", "unmerge:pos:M1"
	At     time.Time
	Day    calendar.Date
}

// movement begins a movement of the merging. Rule tells those of one bucket apart.
func (g *Merging) movement(bucket Bucket, points Points, rule string) Movement {
	return Movement{Kind: Merged, Bucket: bucket, Points: points, At: g.At, OccurredAt: g.At, Source: g.Source, Rule: rule}
}

// Merge empties the accounts of one member and fills those of another: of each open lot, pending ones too, a lot is made
// that keeps hold, end, order and rule, and what was owed is owed on. The other's lots pay it first, as its deficit takes
// from what comes. Both have been settled to the day, and nothing is set aside.
func (g *Merging) Merge(from, into *Member) (gone, come Outcome) {
	for i := range from.Accounts {
		a := &from.Accounts[i]
		g.move(a, into.Account(a.Unit), &gone, &come)
	}
	return gone, come
}

func (g *Merging) move(from, into *Account, gone, come *Outcome) {
	owed := from.Deficit
	for _, lot := range from.empty(g, gone) {
		mv := g.movement(lot.Bucket, lot.Remaining, "lot-"+strconv.FormatInt(lot.Seq, 10))
		mv.Lot = lot
		mv.Lot.Seq = 0
		into.credit(mv, come)
	}
	if owed > 0 {
		into.owe(g.movement(Available, -owed, "owed"), come)
	}
}

// empty takes everything out of an account, bucket by bucket, and gives the lots that were open.
func (a *Account) empty(g *Merging, out *Outcome) []Lot {
	lots := slices.Clone(a.Lots)
	for _, bucket := range []Bucket{Pending, Available} {
		mv := g.movement(bucket, 0, "")
		a.claw(mv, maxPoints, func(l *Lot) bool { return l.Bucket == bucket }, nil, out)
	}
	if a.Deficit > 0 {
		a.enter(g.movement(DeficitPart, -a.Deficit, ""), out)
	}
	return lots
}

// owe takes a debit from the open lots, and owes what they do not have.
func (a *Account) owe(mv Movement, out *Outcome) {
	owed := -mv.Points
	owed -= a.claw(mv, owed, func(l *Lot) bool { return l.Bucket == Available }, nil, out)
	if owed > 0 {
		mv.Bucket, mv.Points = DeficitPart, owed
		a.enter(mv, out)
	}
}

// Rise lifts the member to whom everything went to a tier that both together reach (S-T2), without the tier's welcome. What
// both have bought and earned has been loaded.
func (g *Merging) Rise(p *Program, into *Member) Outcome {
	out := Outcome{Day: g.Day}
	if plan := p.terms.Tiers; plan == nil || plan.Upgrade == UpNextPeriod {
		return out
	}
	t := turn{max(g.Day, into.SettledTo), g.At, g.Source}
	if rank := p.deserved(into, t.day); rank > p.rank(into) {
		p.move(into, rank, TierMerged, t.day, t, &out)
	}
	return out
}

// Unmerge takes back what a merge did to an account, the last movement first: its lots are emptied, and the points go back
// to those that they were taken from. Closed are the lots among those that nothing is left of. A movement's lot is the one
// in which its points are now, after their hold has ended too. It reports false, with the account spoilt, where they are
// not all there any more.
func (g *Merging) Unmerge(a *Account, movements []Movement, closed []Lot, out *Outcome) bool {
	for _, mv := range slices.Backward(movements) {
		if !g.reverse(a, &mv, closed, out) {
			return false
		}
	}
	return true
}

func (g *Merging) reverse(a *Account, mv *Movement, closed []Lot, out *Outcome) bool {
	back := g.movement(mv.Bucket, -mv.Points, mv.Rule)
	back.Reverses = mv.Seq
	if made := &mv.Lot; made.Seq != 0 {
		lot := a.lot(made.Seq)
		if lot == nil || lot.Remaining != mv.Points {
			return false
		}
		back.Bucket = lot.Bucket
		back.Uses, _ = a.take(mv.Points, func(l *Lot) bool { return l.Seq == made.Seq })
	}
	for _, use := range mv.Uses {
		part := LotUse{Lot: use.Lot, Points: -use.Points}
		if !a.reopen(part, closed) {
			return false
		}
		back.Uses = append(back.Uses, part)
	}
	if back.Bucket == DeficitPart && a.Deficit+back.Points < 0 {
		return false
	}
	a.enter(back, out)
	return true
}

// reopen gives points back to a lot, whether its last day is past or not: the next day step sees to that.
func (a *Account) reopen(part LotUse, closed []Lot) bool {
	if lot := a.lot(part.Lot); lot != nil {
		lot.Remaining += part.Points
		return true
	}
	for _, lot := range closed {
		if lot.Seq == part.Lot {
			lot.Remaining = part.Points
			a.open(lot)
			return true
		}
	}
	return false
}

// Return brings a member from whom everything went back to the tier held before, until as long as it was safe. If
// anything else has changed the tier since, it only falls to what is still deserved.
func (g *Merging) Return(p *Program, m *Member, before, after TierState) Outcome {
	look := &Look{Source: g.Source, At: g.At, Day: g.Day}
	switch {
	case before == after:
		return Outcome{Day: g.Day}
	case m.Tier != after:
		return p.Lower(m, look)
	}
	out := Outcome{Day: g.Day}
	if plan := p.terms.Tiers; plan != nil && before.Code != after.Code {
		out.Tiers = append(out.Tiers, TierChange{
			Reason: TierMerged, From: after.Code, To: before.Code, Amount: p.amount(m, g.Day), Readings: p.readings(m, g.Day),
			WindowFrom: plan.Window.from(m.Joined, g.Day), WindowTo: g.Day, Until: before.Until, At: g.At, Day: g.Day, Source: g.Source,
		})
	}
	m.Tier = before
	return out
}
