package terms

import (
	"strconv"
	"time"

	"dangol/models/calendar"
)

// Transfer lets members give points of a unit to each other. What is pending, or not usable before a later day, stays.
type Transfer struct {
	Unit    string `json:"unit"`
	Minimum Points `json:"minimum,omitempty"` // fewest points at a time
	Once    Points `json:"once,omitempty"`    // most at a time; 0: no bound
	PerDay  Points `json:"per_day,omitempty"` // most that one member gives on a business date; 0: no bound
	Reset   bool   `json:"reset,omitempty"`   // they last as if the receiver had earned them that day; else as long as before
}

// Transfer finds how a unit is given; the empty code is the default unit. It is nil if the terms do not let it.
func (t *Terms) Transfer(unit string) *Transfer {
	for i := range t.Transfers {
		if u := t.Unit(unit); u != nil && t.Transfers[i].Unit == u.Code {
			return &t.Transfers[i]
		}
	}
	return nil
}

// Handover is what one member gives to another.
type Handover struct {
	Source string // its own cause: "transfer:pos:T1"
	At     time.Time
	Day    calendar.Date
	Unit   string // empty: the default unit
	Points Points
	Sent   Points // by the giver on that day before
}

// Transfer takes points from the lots of one member, in the order of consumption, and makes a lot of the other's of each,
// so that every part keeps its own end. Both have been settled to the day. A giver's entry and a receiver's have one
// source.
func (p *Program) Transfer(from, to *Member, h *Handover) (given, received Outcome, refusal Refusal) {
	how := p.terms.Transfer(h.Unit)
	if how == nil {
		return given, received, Refusal{Code: NotTransferable, Asked: h.Points}
	}
	unit, account := p.Unit(how.Unit), from.Account(how.Unit)
	eligible := func(l *Lot) bool { return l.spendable(h.Day, "", true) }
	if refusal = how.allow(account, h, eligible); refusal.Refused() {
		return given, received, refusal
	}
	before := map[int64]Lot{}
	for _, lot := range account.Lots {
		before[lot.Seq] = lot
	}
	mv := Movement{Kind: Handed, Bucket: Available, Points: -h.Points, At: h.At, OccurredAt: h.At, Source: h.Source}
	account.debit(mv, eligible, &given)
	p.active(from, ByUsing, how.Unit, h.Day, h.At, &given)
	for _, use := range given.Movements[0].Uses {
		lot := before[use.Lot]
		mv.Points, mv.Rule = -use.Points, "lot-"+strconv.FormatInt(use.Lot, 10)
		mv.Lot = Lot{EarnedAt: lot.EarnedAt, ExpiresOn: lot.ExpiresOn, Source: h.Source}
		if how.Reset {
			mv.Lot.EarnedAt, mv.Lot.ExpiresOn = h.At, p.lastDay(to, unit, h.Day)
		}
		to.Account(how.Unit).credit(mv, &received)
	}
	p.active(to, ByEarning, how.Unit, h.Day, h.At, &received)
	return given, received, Refusal{}
}

// allow says why a member may not give so many points.
func (how *Transfer) allow(a *Account, h *Handover, eligible func(*Lot) bool) Refusal {
	refuse := func(code RefusalCode, limit Points) Refusal {
		return Refusal{Code: code, Asked: h.Points, Limit: limit}
	}
	var have Points
	for i := range a.Lots {
		if eligible(&a.Lots[i]) {
			have += a.Lots[i].Remaining
		}
	}
	least := max(how.Minimum, 1)
	switch {
	case h.Points < least:
		return refuse(BelowMinimum, least)
	case how.Once > 0 && h.Points > how.Once:
		return refuse(AboveOnce, how.Once)
	case how.PerDay > 0 && h.Points > how.PerDay-h.Sent:
		return refuse(AbovePerDay, max(how.PerDay-h.Sent, 0))
	case h.Points > have:
		return refuse(NotEnough, have)
	default:
		return Refusal{}
	}
}

func (v *validator) transfers() {
	seen := map[string]bool{}
	for i := range v.terms.Transfers {
		at, t := pointer("/transfers").index(i), &v.terms.Transfers[i]
		v.known(at.key("unit"), t.Unit, v.units)
		if seen[t.Unit] {
			v.add(at.key("unit"), "taken", "value", t.Unit)
		}
		seen[t.Unit] = true
		v.within(at.key("minimum"), t.Minimum, 0, maxBalance)
		v.within(at.key("once"), t.Once, 0, maxBalance)
		v.within(at.key("per_day"), t.PerDay, 0, maxBalance)
		if t.Once > 0 && t.Once < t.Minimum {
			v.add(at.key("once"), "out_of_range", "min", t.Minimum, "max", int64(maxBalance))
		}
		if t.PerDay > 0 && t.Once > t.PerDay {
			v.add(at.key("once"), "above_day", "max", t.PerDay)
		}
	}
}
