package terms

import (
	"math/big"
)

// redeem pays with points for an order, or for none, and gives what was taken and what it is worth; 0: it was refused.
func (n *naive) redeem(o *naiveOrder, asked, total int64) (p *naivePayment, worth int64) {
	how, w := &n.doc.Redemptions[0], n.unit().Worth
	step, have, most := max(how.Step, 1), n.sum(n.spendable(o)), int64(1)<<60
	share := floor(big.NewRat(total*int64(how.Share), 100))
	if total > 0 {
		most = floor(big.NewRat(share*w.Points, w.Money))
	}
	points := min(have, most)
	if asked > 0 {
		if points = min(asked, have, most); how.Beyond == Refuse && (points < asked || asked%step != 0) {
			return nil, 0
		}
	}
	if points -= points % step; points < max(how.Minimum, step) {
		return nil, 0
	}
	p = &naivePayment{points: points}
	p.from, _ = n.take(points, n.spendable(o))
	n.active(ByUsing)
	if worth = floor(big.NewRat(points*w.Money, w.Points)); total > 0 {
		worth = min(worth, share)
	}
	return p, worth
}

// restore brings back what of a payment has to be back: what is owed first, then to the lots in the order in which they
// paid, and for a few days where these have ended.
func (n *naive) restore(p *naivePayment, due int64) {
	points := due - p.restored
	if points <= 0 {
		return
	}
	skip := p.restored
	p.restored = due
	filled := min(points, n.deficit)
	n.deficit -= filled
	points -= filled
	var homeless int64
	for _, part := range p.from {
		over := min(skip, part.points)
		skip -= over
		back := min(part.points-over, points)
		points -= back
		if l := part.lot; l.ends.IsZero() || !l.ends.Before(n.today) {
			l.left += back
		} else {
			homeless += back
		}
	}
	days := n.doc.Refunds.CourtesyDays
	if days == 0 {
		days = 30
	}
	n.gain(&naiveLot{left: homeless, earned: n.today, ends: n.today.AddDate(0, 0, days), moveable: true})
}

func (n *naive) refund(o *naiveOrder, amount int64) {
	before := portion(o.qualifies, o.returned, o.total)
	o.returned += amount
	if o.paid != nil {
		n.restore(o.paid, portion(o.paid.points, o.returned, o.total))
	}
	for _, a := range o.awards {
		points := portion(a.given, o.returned, o.total) - a.revoked
		if points <= 0 {
			continue
		}
		own := func(l *naiveLot) bool { return l.order == o && l.rule == a.rule }
		_, short := n.take(points, func(l *naiveLot) bool { return l.pending && own(l) })
		_, short = n.take(short, func(l *naiveLot) bool { return !l.pending && own(l) })
		_, short = n.take(short, (*naiveLot).available)
		if n.doc.Refunds.Shortfall != Forgive {
			n.deficit += short
		}
		a.revoked += points // what is let go is let go
	}
	n.spend[o.day] -= portion(o.qualifies, o.returned, o.total) - before
	if o.returned == o.total {
		n.orders--
		for _, a := range o.awards {
			n.count(a.rule, o.day, a.given, -1)
		}
	}
}
