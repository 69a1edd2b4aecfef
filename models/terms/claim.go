package terms

import (
	"strconv"
	"time"

	"dangol/models/calendar"
)

// ClaimRequest asks for a reward.
type ClaimRequest struct {
	Source  string // its own cause: "claim:pos:C1"
	Reward  string
	At      time.Time
	Day     calendar.Date
	Reserve bool // the points are set aside only; see ConfirmClaim and Unreserve
}

// Claim takes a reward for points: at once, or setting them aside. Stocks and limits are the caller's.
func (p *Program) Claim(m *Member, request *ClaimRequest) (Outcome, Refusal) {
	out := Outcome{Day: request.Day}
	r, price, refusal := p.Claimable(m, request.Reward, request.Day)
	if refusal.Refused() {
		return out, refusal
	}
	out.Paid = price
	account := m.Account(r.Unit)
	eligible := func(l *Lot) bool { return l.spendable(request.Day, "", false) }
	mv := Movement{Kind: Redeem, Bucket: Available, Points: -price, At: request.At, OccurredAt: request.At, Source: request.Source}
	if request.Reserve {
		account.reserve(mv, eligible, &out)
		return out, Refusal{}
	}
	account.debit(mv, eligible, &out)
	p.active(m, ByUsing, r.Unit, request.Day, request.At, &out)
	p.give(m, r, request.Source, request.At, request.Day, &out)
	return out, Refusal{}
}

// Claimable finds a reward and what a member would pay for it on a day. It is refused where the member cannot have it.
func (p *Program) Claimable(m *Member, code string, day calendar.Date) (*Reward, Points, Refusal) {
	r := p.terms.Reward(code)
	if r == nil || r.Auto || !r.on(day) {
		return nil, 0, Refusal{Code: RewardNotOffered}
	}
	price, ok := r.price(p.TierOf(m))
	if !ok {
		return r, 0, Refusal{Code: RewardOtherTier}
	}
	have := m.look(r.Unit).spendable(&Request{Day: day}, &Redemption{})
	if have < price {
		return r, price, Refusal{Code: NotEnough, Asked: price, Limit: have}
	}
	return r, price, Refusal{}
}

// give is what the member gets: a coupon, or another unit. What else a reward gives is not the engine's.
func (p *Program) give(m *Member, r *Reward, source string, at time.Time, day calendar.Date, out *Outcome) {
	switch r.Kind {
	case RewardCoupon:
		p.issue(r.Coupon, source, source, at, day, out)
	case RewardCredit:
		unit := p.Unit(r.Into)
		m.Account(unit.Code).credit(Movement{
			Kind: Earn, Bucket: Available, Points: r.Credit, At: at, OccurredAt: at, Source: source, Rule: r.Code, Version: p.version,
			Lot: Lot{EarnedAt: at, ExpiresOn: p.lastDay(m, unit, day), Source: source, Rule: r.Code},
		}, out)
	}
}

// mostByItself is how often rewards are taken by themselves on one day, each of them.
const mostByItself = 10

// claimByItself takes the rewards that are taken as soon as the points are there. Each is named by the entry that pays.
func (p *Program) claimByItself(m *Member, day calendar.Date, at time.Time, out *Outcome) {
	for _, i := range p.autos {
		r := &p.terms.Rewards[i]
		for range mostByItself {
			price, due := p.dueByItself(m, r, day)
			if !due {
				break
			}
			account := m.Account(r.Unit)
			source := "auto:" + r.Code + ":" + strconv.FormatInt(account.Seq+1, 10)
			account.debit(Movement{Kind: Redeem, Bucket: Available, Points: -price, At: at, OccurredAt: at, Source: source},
				func(l *Lot) bool { return l.Bucket == Available }, out)
			out.Claims = append(out.Claims, SelfClaim{Reward: r.Code, Source: source, Unit: r.Unit, Points: price, Version: p.version, At: account.At, Day: day})
			p.give(m, r, source, at, day, out)
		}
	}
}

func (p *Program) dueByItself(m *Member, r *Reward, day calendar.Date) (Points, bool) {
	price, ok := r.price(p.TierOf(m))
	return price, ok && r.on(day) && m.look(r.Unit).Available >= price
}

// dueForRewards is the first day from a day on on which a reward may be taken by itself; zero if there is none.
func (p *Program) dueForRewards(m *Member, from calendar.Date) (due calendar.Date) {
	for _, i := range p.autos {
		r := &p.terms.Rewards[i]
		day := max(from, r.From)
		if _, ok := p.dueByItself(m, r, day); ok && (due.IsZero() || day < due) {
			due = day
		}
	}
	return due
}

// SelfClaim is a reward that was taken by itself.
type SelfClaim struct {
	Reward  string
	Source  string // "auto:cake:12"
	Unit    string
	Points  Points
	Version int
	At      time.Time
	Day     calendar.Date
}
