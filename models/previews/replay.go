package previews

import "dangol/models/terms"

// Replay is thirty days of orders under the new terms and under those in force. Each order counts by itself: limits over
// several orders, and refunds, are left out.
type Replay struct {
	Orders int64
	Points int64 // of the default unit
	Before int64 // under the terms in force
}

// Change is the difference in tenths of a percent; 0 where nothing was given before.
func (r Replay) Change() int64 {
	if r.Before == 0 {
		return 0
	}
	return (r.Points - r.Before) * 1000 / r.Before
}

// played is what terms gave in the past days.
type played struct {
	points int64
	each   []int64          // by the order's place
	worth  map[string]int64 // by the tier's code: money
}

// play gives every order its awards. Members have the tier that their spending of twelve months reaches in these
// terms; where tiers ask for other things, the one that they hold.
func (p *past) play(program *terms.Program) played {
	t := program.Terms()
	all := played{each: make([]int64, len(p.orders)), worth: map[string]int64{}}
	for i := range p.orders {
		tier := p.orders[i].held
		if t.Tiers.BySpending() {
			tier = t.TierFor(p.orders[i].spent)
		}
		points := p.orders[i].earns(program, tier)
		all.each[i] = points
		all.points += points
		all.worth[tier] += t.Unit("").Worth.Of(points)
	}
	return all
}

// earns is the points of the default unit that an order brings to a member of the tier.
func (o *order) earns(program *terms.Program, tier string) (points int64) {
	unit := program.Terms().Unit("").Code
	purchase, member := o.purchase, &terms.Member{Orders: 1}
	if o.first {
		member.Orders = 0
	}
	purchase.Tier = tier
	awards, _ := program.Quote(member, &purchase)
	for _, a := range awards {
		if a.Unit == unit {
			points += a.Points
		}
	}
	return points
}

// compare sets what was played beside the terms in force, under which members have the tier that they hold. Of a sample it
// gives the estimates for all who came, and how far they may be off.
func (p *past) compare(now played, running *terms.Program) (*Replay, *Sample) {
	before := make([]int64, len(p.orders))
	if running == nil || len(p.orders) == 0 {
		return nil, p.doubt(now.each, before)
	}
	r := &Replay{Orders: int64(len(p.orders)), Points: now.points}
	for i := range p.orders {
		before[i] = p.orders[i].earns(running, p.orders[i].held)
		r.Before += before[i]
	}
	if p.sample != nil {
		r.Orders, r.Points, r.Before = p.sample.orders, p.scale(r.Points), p.scale(r.Before)
	}
	return r, p.doubt(now.each, before)
}
