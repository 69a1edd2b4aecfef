package terms

import (
	"crypto/sha256"
	"encoding/binary"
)

// verdict is what of a rule's conditions failed.
type verdict uint8

const (
	failsHard   verdict = 1 << iota // for good, or by something that nobody changes at a till
	failsTier                       // another tier would do
	failsItem                       // nothing in the order counts
	failsAmount                     // more of it would do
)

// near reports whether exactly one thing failed that could have been different.
func (v verdict) near() bool { return v == failsTier || v == failsItem || v == failsAmount }

// answers reports whether the event is of the kind that the rule rewards.
func (r *Rule) answers(event *Purchase) bool {
	if h := event.happening; h != nil {
		return r.When == h.Kind && (h.Kind != OnCustom || r.Event == h.Name)
	}
	return r.When == OnPurchase || r.When == OnFirstPurchase || r.When == OnThreshold
}

// assess computes what a base pays for the event; 0 comes with what failed. The steps are left in work.
func (e *evaluation) assess(r *rule) (Points, verdict) {
	e.work.begin()
	counting := r.count(e.order)
	if failed := e.check(r, counting); failed != 0 {
		return 0, failed
	}
	e.compute(r, counting)
	if points := e.bound(r); points > 0 {
		return points, 0
	}
	return 0, r.whyNothing(e.order, e.program.terms.Basis, counting)
}

// check names the conditions that fail.
func (e *evaluation) check(r *rule, c counting) (failed verdict) {
	m, order := e.member, e.order
	if r.When == OnFirstPurchase && m.Orders > 0 && !e.gave(r) ||
		!anyOf(r.If.Channels, order.Channel) || !anyOf(r.If.Stores, order.Store) || m.usedUp(r, order.Day) ||
		r.Reach != nil && !e.reaches(r) || e.over(r) || r.Chance != nil && !r.Chance.brings(r.Code, order.Source) {
		return failsHard
	}
	if failed = e.lacks(r); !anyOf(r.If.Tiers, e.tier) {
		failed |= failsTier
	}
	if r.perItem && c.nothing() {
		return failed | failsItem
	}
	if c.of(order.Goods()) < r.If.MinAmount {
		failed |= failsAmount
	}
	return failed
}

// over reports whether a rule gives a coupon that would have no day any more.
func (e *evaluation) over(r *rule) bool {
	if r.Award.Kind != AnyCoupon {
		return false
	}
	_, _, ok := e.program.window(r.Award.Coupon, max(e.order.Day, e.member.SettledTo))
	return !ok
}

// bound applies to the steps' result what bounds an award, a rule's cap and limits, and says what is left.
func (e *evaluation) bound(r *rule) Points {
	work := &e.work
	if r.Chance != nil && work.result() > 0 {
		work.do(OpChance, r.Chance.OneIn, 0)
	}
	if r.Cap > 0 && work.result() > r.Cap {
		work.do(OpCap, r.Cap, 0)
	}
	if e.member.cut(r, e.order.Day, work); work.result() <= 0 {
		work.drop()
		return 0
	}
	return work.result()
}

// whyNothing tells whether a rule whose conditions hold pays nothing only because the amount is too small.
func (r *rule) whyNothing(order *Purchase, basis Basis, c counting) verdict {
	if r.Award.Kind == PerAmount && c.of(basis.of(order)) < r.Award.Every {
		return failsAmount
	}
	return failsHard
}

func anyOf(codes []string, code string) bool {
	for _, c := range codes {
		if c == code {
			return true
		}
	}
	return len(codes) == 0
}

// gave reports whether an order that is amended has an award of the rule.
func (e *evaluation) gave(r *rule) bool {
	if e.was == nil {
		return false
	}
	given := e.was.award(r.unit.Code, r.Code)
	return given != nil && given.Points > 0
}

// reaches reports whether the order's own money is what reaches the amount. It is not, of an order that is amended, if with
// what it was the amount was reached and it was not by it: then it was by one after it on its day.
func (e *evaluation) reaches(r *rule) bool {
	reach, day := r.Reach, e.order.Day
	before := e.member.Spend.Sum(reach.Window.before(e.member.Joined, day), day)
	without := before
	if e.was != nil && !e.gave(r) {
		without += e.was.Spend
	}
	return without < reach.Amount && before+e.order.Spend() >= reach.Amount
}

// brings draws whether an event is the one in so many. Who knows the seed can follow every draw.
func (c *Chance) brings(rule, source string) bool {
	digest := sha256.Sum256([]byte(c.Seed + "\x00" + rule + "\x00" + source))
	return c.OneIn > 0 && binary.BigEndian.Uint64(digest[:])%uint64(c.OneIn) == 0
}
