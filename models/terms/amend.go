package terms

import (
	"strings"
	"time"

	"dangol/models/calendar"
)

// Amendment gives an order new content: other lines, another total. The moment, the day and the customer stay.
type Amendment struct {
	Source  string // its own cause, see AmendSource
	At      time.Time
	Day     calendar.Date
	Order   Purchase // as it is now, under the source of the order; Tier, Before: what the member had before it
	History History  // as it was
}

// AmendSource is the cause of a revision of an order, whose own is "order:pos:A17": "amend:2:pos:A17".
func AmendSource(order, revision string) string {
	return "amend:" + revision + ":" + strings.TrimPrefix(order, "order:")
}

// amends reports whether a cause is a revision of an order.
func amends(source, order string) bool {
	rest, ok := strings.CutPrefix(source, "amend:")
	_, rest, found := strings.Cut(rest, ":")
	return ok && found && "order:"+rest == order
}

// Amend brings an order to the state in which its new content would have been posted and as much of it returned as was
// (S-F1): what it now earns more is given, in parts of its own where the rule has parts, what it earns less is taken back,
// each rule by itself. The awards of the outcome are those of the whole new order; they are what a later refund counts
// from, see History.Amended. p is the version of the order. An award whose hold was cancelled stays cancelled. An order
// that has been returned wholly, or beyond its new content, is refused.
func (p *Program) Amend(m *Member, a *Amendment) (Outcome, Refusal) {
	h, goods := &a.History, a.Order.Goods()
	if h.Returned > 0 && (h.Returned >= h.Whole || h.Returned >= goods) {
		return Outcome{}, Refusal{Code: BelowReturned, Asked: goods, Limit: h.Returned}
	}
	out := Outcome{Day: h.Day}
	p.uncount(m, h, &out)
	had := kept(h.Spend, h.Returned, h.Whole)
	m.Spend.Add(h.Day, -had)
	out.Awards, out.Misses = p.quote(m, &a.Order, h)
	m.Orders++
	if p.tracks.orders {
		m.Bought.Add(h.Day, +1)
	}
	p.readjust(m, a, &out)
	has := kept(a.Order.Spend(), h.Returned, goods)
	m.Spend.Add(h.Day, has)
	out.Spend = has - had
	p.rise(m, turn{max(a.Day, m.SettledTo), a.At, a.Source}, &out)
	return out, Refusal{}
}

// readjust gives or takes what each rule's new award differs from what is left of its old one.
func (p *Program) readjust(m *Member, a *Amendment, out *Outcome) {
	h, goods := &a.History, a.Order.Goods()
	for i := range h.Awards {
		if given := &h.Awards[i]; findAward(out.Awards, given.Unit, given.Rule) == nil {
			p.revoke(m, a.back(), h.Source, given, given.Points-p.gone(h, given), out)
		}
	}
	for i := range out.Awards {
		award := &out.Awards[i]
		if award.Coupon != "" {
			continue // an amendment brings no coupon, and takes none
		}
		m.countAward(p.rules[award.Rule].Limits, award.Code, award.Points, +1, h.Day, out)
		given := h.award(award.Unit, award.Code)
		if given == nil {
			given = &Given{Unit: award.Unit, Rule: award.Code}
		}
		if given.Revoked > returnedOf(given.Points, h.Returned, h.Whole) {
			continue // cancelled
		}
		left := kept(award.Points, h.Returned, goods)
		if more := left - (given.Points - given.Revoked); more > 0 {
			p.giveMore(m, a, *award, more, out)
		}
		p.revoke(m, a.back(), h.Source, given, given.Points-p.gone(h, given)-left, out)
	}
}

// giveMore posts a part of an award; its explanation goes on from the whole to the part.
func (p *Program) giveMore(m *Member, a *Amendment, award Award, points Points, out *Outcome) {
	already := award.Points - points
	award.Points = points
	if already != 0 {
		award.Why.Steps = append(award.Why.Steps, Step{Op: OpAlready, A: already, Result: points})
	}
	p.credit(m, &a.Order, &award, a.Source, max(a.Day, m.SettledTo), a.At, out)
}

func (a *Amendment) back() back {
	return back{source: a.Source, at: a.At, day: a.Day, closed: a.History.Closed}
}

func findAward(awards []Award, unit, rule string) *Award {
	for i := range awards {
		if awards[i].Unit == unit && awards[i].Code == rule {
			return &awards[i]
		}
	}
	return nil
}

func (h *History) award(unit, rule string) *Given {
	for i := range h.Awards {
		if h.Awards[i].Unit == unit && h.Awards[i].Rule == rule {
			return &h.Awards[i]
		}
	}
	return nil
}

// returnedOf is what of a total has gone with the returned part of a whole; nothing before anything was returned.
func returnedOf(total, returned, whole int64) int64 {
	if returned == 0 {
		return 0
	}
	return Cumulative(total, returned, whole)
}

// kept is what of a total is left.
func kept(total, returned, whole int64) int64 { return total - returnedOf(total, returned, whole) }

// Amended makes of the history of an order that was amended what it would be had the order been posted with its present
// content: each rule gave its award, of which is gone what the member has not. Awards are those of the last revision.
func (h *History) Amended(awards []Given) {
	for i := range h.Awards {
		old := &h.Awards[i]
		held := old.Points - old.Revoked
		old.Points, old.Revoked = 0, -held
		for j := range awards {
			if awards[j].Unit == old.Unit && awards[j].Rule == old.Rule {
				old.Points, old.Revoked = awards[j].Points, awards[j].Points-held
			}
		}
	}
	for _, award := range awards {
		if h.award(award.Unit, award.Rule) == nil {
			h.Awards = append(h.Awards, Given{Unit: award.Unit, Rule: award.Rule, Points: award.Points, Revoked: award.Points})
		}
	}
}
