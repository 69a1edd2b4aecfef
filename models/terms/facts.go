package terms

import (
	"slices"
	"time"

	"dangol/models/conditions"
)

// facts is what a rule's own condition may ask about: the event and its lines, and of the member what the engine knows.
type facts struct {
	program *Program
	member  *Member
	order   *Purchase
	tier    string
}

// asked are the fields of a member that a rule may ask about. Whatever else is known of customers changes while nobody
// posts anything, and belongs to groups of customers.
var asked = []conditions.Field{
	conditions.Tier, conditions.Plan, conditions.MemberDays, conditions.Joined, conditions.Orders, conditions.Points, conditions.Spend12m,
}

// past are those of them that what comes after an order changes, and no date of the order's keeps: see Purchase.Before.
var past = []conditions.Field{conditions.Orders, conditions.FirstOrder, conditions.Points, conditions.Spend12m}

// AsksPast reports whether a rule's own condition asks about the member's past.
func (p *Program) AsksPast() bool {
	return slices.ContainsFunc(p.terms.Earning, func(r Rule) bool {
		return slices.ContainsFunc(r.If.Where.Fields(), func(field conditions.Field) bool { return slices.Contains(past, field) })
	})
}

// number answers for the member's past.
func (b *Before) number(field conditions.Field) (n int64, known bool) {
	switch field {
	case conditions.Orders:
		return b.Orders, true
	case conditions.FirstOrder:
		return flag(b.Orders == 0), true
	case conditions.Points:
		return b.Points, true
	case conditions.Spend12m:
		return b.Spend12m, true
	}
	return 0, false
}

// Number implements conditions.Facts.
func (f facts) Number(field conditions.Field) (n int64, known bool) {
	if f.order.Before != nil {
		if n, known = f.order.Before.number(field); known {
			return n, known
		}
	}
	if f.order.happening == nil {
		if n, known = f.order.number(field); known {
			return n, known
		}
	}
	m, day := f.member, f.order.Day
	switch field {
	case conditions.Date:
		return int64(day), true
	case conditions.FirstOrder:
		return flag(m.Orders == 0 && f.order.happening == nil), true
	case conditions.Time:
		return int64(f.order.Minute) - 1, f.order.Minute > 0
	case conditions.MemberDays:
		return int64(day - m.Joined), !m.Joined.IsZero()
	case conditions.Joined:
		return int64(m.Joined), !m.Joined.IsZero()
	case conditions.Orders:
		return m.Orders, true
	case conditions.Points:
		return m.look(f.program.Unit("").Code).beside(f.order.Source), true
	case conditions.Spend12m:
		return m.Spend.Sum(day.AddMonths(-12), day), true
	}
	if h := f.order.happening; h != nil {
		n, known = h.Numbers[string(field)]
	}
	return n, known
}

// beside is what is available but for what an order itself has given, which is there only when it is amended.
func (a *Account) beside(order string) Points {
	points := a.Available
	for i := range a.Lots {
		if lot := &a.Lots[i]; lot.Bucket == Available && lot.Source == order && order != "" {
			points -= lot.Remaining
		}
	}
	return points
}

// number gives what is counted of an order.
func (p *Purchase) number(field conditions.Field) (n int64, known bool) {
	switch field {
	case conditions.Amount:
		return p.Goods(), true
	case conditions.Total:
		return p.Total, true
	case conditions.Lines:
		return int64(len(p.Lines)), len(p.Lines) > 0
	case conditions.Items:
		for i := range p.Lines {
			n += p.Lines[i].Quantity
		}
		return n, len(p.Lines) > 0
	}
	return 0, false
}

func flag(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// Any implements conditions.Facts.
func (f facts) Any(field conditions.Field, has func(string) bool) (found, known bool) {
	order := f.order
	switch field {
	case conditions.Label:
		return slices.ContainsFunc(order.Labels, has) || order.anyLine(field, has), len(order.Labels)+len(order.Lines) > 0
	case conditions.SKU, conditions.Category:
		return order.anyLine(field, has), len(order.Lines) > 0
	case conditions.Store:
		return order.Store != "" && has(order.Store), true
	case conditions.Channel:
		return order.Channel != "" && has(order.Channel), true
	case conditions.Payment:
		return slices.ContainsFunc(order.Payments, has), len(order.Payments) > 0
	case conditions.Tier:
		return f.tier != "" && has(f.tier), true
	case conditions.Plan:
		return f.member.holds(order.Day, has), true
	case conditions.Event:
		return order.happening != nil && has(string(order.happening.Kind)), true
	}
	if order.happening == nil {
		return false, false
	}
	text, known := order.happening.Texts[string(field)]
	return known && has(text), known
}

func (p *Purchase) anyLine(field conditions.Field, has func(string) bool) bool {
	for i := range p.Lines {
		line := &p.Lines[i]
		switch field {
		case conditions.SKU:
			if line.SKU != "" && has(line.SKU) {
				return true
			}
		case conditions.Category:
			if line.Category != "" && has(line.Category) {
				return true
			}
		default:
			if slices.ContainsFunc(line.Labels, has) {
				return true
			}
		}
	}
	return false
}

// MinuteOf is the minute of the day of a moment in a zone, counted from 1; 0 stands for an order without time.
func MinuteOf(at time.Time, zone *time.Location) int {
	local := at.In(zone)
	return local.Hour()*60 + local.Minute() + 1
}

// lacks says what of a rule's own condition failed: another tier or more money would do, or nothing that anybody changes
// at a till.
func (e *evaluation) lacks(r *rule) verdict {
	if r.where == nil {
		return 0
	}
	known := facts{e.program, e.member, e.order, e.tier}
	if r.where.Holds(known) {
		return 0
	}
	if e.quiet {
		return failsHard
	}
	miss, single := r.where.Missing(known)
	switch {
	case !single || miss.Not:
		return failsHard
	case miss.Field == conditions.Tier:
		return failsTier
	case (miss.Field == conditions.Amount || miss.Field == conditions.Total) && miss.By > 0:
		return failsAmount
	}
	return failsHard
}
