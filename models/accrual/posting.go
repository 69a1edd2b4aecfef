package accrual

import (
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/store"
	"dangol/models/terms"
)

// posting is one order on its way into the ledger.
type posting struct {
	actor  models.Actor
	key    store.Key
	params *models.OrderParams
	source string

	// Of the transaction that posts it.
	group  *group
	tx     *store.Tx
	found  found
	at     time.Time     // business moment of the order
	day    calendar.Date // and its date
	future error         // there is none yet
	order  orders.New    // ID 0: nothing is to be written
	events terms.Purchase

	// What has become of it.
	result Result
	told   bool  // result is new, to be kept with the key
	aside  bool  // it needs a transaction of its own
	err    error // nothing, for this reason
}

// found is what was read and locked for an order.
type found struct {
	locked     bool        // nobody else is about the key or the number
	used       *store.Used // the key was used before
	id         int64       // the order's, if it will be written
	known      int64       // the order that has the number already
	waiting    bool        // refunds wait for this order
	customer   int64
	store      shopStore
	redemption redemption
	members    []*ledger.Member
	joined     []*ledger.Program // with this order
}

type shopStore struct {
	id   int64
	code string
}

type redemption struct{ id, worth, order int64 }

func (f *found) memberOf(program *ledger.Program) bool {
	return slices.ContainsFunc(f.members, func(m *ledger.Member) bool { return m.Program.ID == program.ID })
}

// begin forgets what an earlier try has found.
func (p *posting) begin(g *group) {
	*p = posting{actor: p.actor, key: p.key, params: p.params, source: p.source, group: g, tx: g.tx}
}

// held reports whether somebody else has in hands what the order needs, or may have: who is not found where locked rows
// are skipped may be locked.
func (p *posting) held() bool {
	return p.group.lock == ledger.Skip &&
		(!p.found.locked || p.params.Customer != nil && (p.found.customer == 0 || p.group.loader.Busy(p.found.customer)))
}

// plain reports whether all about the order is as usual: it is new, has no fault, and needs nothing that was not read.
func (p *posting) plain() bool {
	f := &p.found
	return p.group.current && f.used == nil && f.known == 0 && !f.waiting && p.check() == nil && p.future == nil && len(p.joining()) == 0 &&
		!slices.ContainsFunc(f.members, func(m *ledger.Member) bool { return !m.Complete() || p.older(m) })
}

// decide tells again what was told before, or lets a new order have its effect in memory.
func (p *posting) decide() error {
	if p.found.used != nil {
		return p.repeatKey()
	}
	if err := p.check(); err != nil {
		return err
	}
	if err := p.complete(); err != nil {
		return err
	}
	if p.found.known != 0 {
		return p.repeat()
	}
	if p.future != nil {
		return p.future
	}
	if err := p.enrol(); err != nil {
		return err
	}
	p.prepare()
	if err := p.useCoupon(); err != nil {
		return err
	}
	return p.award()
}

// repeatKey tells again what the first request with this key was told.
func (p *posting) repeatKey() error {
	prior, err := p.found.used.Prior(p.key.BodyHash)
	if err == nil {
		p.result, err = remembered[Result](prior.Body)
	}
	p.result.Replay = true
	return err
}

// check compares what was named with what is there.
func (p *posting) check() error {
	f, params := &p.found, p.params
	if params.Customer != nil && f.customer == 0 {
		return models.InvalidField("customer", "unknown", nil)
	}
	if p.namesStore() && f.store.id == 0 {
		return models.InvalidField("store", "unknown", nil)
	}
	if f.known == 0 && params.Redemption != "" && (f.redemption.id == 0 || f.redemption.order != 0) {
		return models.InvalidField("redemption", "unknown", nil)
	}
	return nil
}

// joining lists the programmes of which the customer becomes a member with this order, as their terms want it.
func (p *posting) joining() (programs []*ledger.Program) {
	if p.found.customer == 0 {
		return nil
	}
	for _, program := range p.group.running {
		if version := program.Timeline.At(p.at); version != nil && version.Terms().Enrolment.Automatic && !p.found.memberOf(program) {
			programs = append(programs, program)
		}
	}
	return programs
}

// enrol makes the customer a member of the programmes that take everybody by themselves.
func (p *posting) enrol() error {
	joining := p.joining()
	p.found.joined = nil
	for _, program := range joining {
		joined, err := ledger.Enrol(p.tx, program, ledger.Joining{CustomerID: p.found.customer, At: p.at})
		if err != nil {
			return err
		}
		if joined {
			p.found.joined = append(p.found.joined, program)
		}
	}
	if len(joining) == 0 {
		return nil
	}
	return p.reload()
}

// prepare makes the order's row and what the rules see of it.
func (p *posting) prepare() {
	params := p.params
	if params.Redemption != "" && params.PaidWithPoints == 0 {
		params.PaidWithPoints = min(p.found.redemption.worth, params.Total-params.Shipping)
	}
	p.order = orders.New{Day: p.day, Lines: params.Lines, Order: models.Order{
		ID: p.found.id, Source: p.source, ExternalID: params.ExternalID, CustomerID: optional(p.found.customer), StoreID: optional(p.found.store.id),
		Channel: params.Channel, PlacedAt: p.at, HasTime: params.HasTime || params.PlacedAt.IsZero(), Total: params.Total, Shipping: params.Shipping,
		Discount: params.Discount, PaidWithPoints: params.PaidWithPoints, Tax: params.Tax, Payments: params.Payments, Labels: params.Labels, ContentHash: p.contentHash(),
		StaffID: optional(p.actor.StaffID), RecordedAt: p.tx.Wall(), Revision: params.Revision,
	}}
	p.events = orders.Purchase(&p.order.Order, p.tx.Merchant().Zone)
	p.events.Day, p.events.Store, p.events.Lines = p.day, p.found.store.code, orders.Seen(params.Lines, params.Labels)
	p.order.Basis = p.events.Spend()
	p.result = Result{OrderID: p.found.id, Source: p.source, ExternalID: params.ExternalID, CustomerID: p.found.customer, BusinessDate: p.day}
	p.told = true
}

// optional is nil for no id.
func optional(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// award offers the order to every programme of the customer.
func (p *posting) award() error {
	for _, m := range p.found.members {
		change := p.group.change(m)
		change.Orders[p.events.Source] = p.order.ID
		if program := m.Program.Timeline.At(p.at); program != nil {
			outcomes, err := p.awardMember(m, program)
			if err != nil {
				return err
			}
			change.Outcomes = append(change.Outcomes, outcomes...)
		}
	}
	return nil
}

// awardMember lets the terms pay for the order, and before it for joining with it.
func (p *posting) awardMember(m *ledger.Member, program *terms.Program) (outcomes []terms.Outcome, err error) {
	purchase := p.events
	if p.older(m) {
		if err := p.tierThen(m, program, &purchase); err != nil {
			return nil, err
		}
	}
	enrolled := slices.Contains(p.found.joined, m.Program)
	var greeting terms.Outcome
	if enrolled {
		greeting = welcome(m, program, p.at, p.day)
		outcomes = append(outcomes, greeting)
	}
	outcome := program.Accrue(&m.Member, &purchase)
	p.result.Members = append(p.result.Members, Earned{
		MembershipID: m.ID, Program: m.Program.Code, Version: program.Version(), Enrolled: enrolled,
		Awards: append(greeting.Awards, outcome.Awards...), Misses: outcome.Misses, Tier: program.TierOf(&m.Member), Tiers: outcome.Tiers, Balances: balances(m),
	})
	if p.order.MembershipID == nil {
		p.order.MembershipID = &m.ID
	}
	return append(outcomes, outcome), nil
}

// older reports whether the order is older than the tier that the member has now.
func (p *posting) older(m *ledger.Member) bool {
	program := m.Program.Timeline.At(p.at)
	return program != nil && program.Terms().Tiers != nil && p.day < m.Tier.Since
}

// tierThen finds the tier by which an order counts that is older than the tier its member has now.
func (p *posting) tierThen(m *ledger.Member, program *terms.Program, purchase *terms.Purchase) error {
	err := p.tx.PG().QueryRow(p.tx.Ctx(), `SELECT to_code FROM tier_changes WHERE merchant_id = $1 AND membership_id = $2 AND at <= $3 ORDER BY seq DESC LIMIT 1`,
		p.tx.MerchantID(), m.ID, purchase.At).Scan(&purchase.Tier)
	if errors.Is(err, pgx.ErrNoRows) {
		purchase.Tier = program.Terms().Tiers.Tiers[0].Code
		return nil
	}
	return err
}

// bound reports whether something else is to be locked with the order, which a group does not do.
func (p *posting) bound() bool { return p.params.Redemption != "" || p.params.Coupon != "" }

// waits reports whether refunds wait for this new order.
func (p *posting) waits() bool { return p.order.ID != 0 && p.found.waiting }

// queueBonds notes what the order's row does not say by itself: a later revision that came first, and on the redemption that
// paid part of the order which order that was.
func (p *posting) queueBonds(batch *pgx.Batch) {
	if p.params.Revision > 1 {
		batch.Queue(`UPDATE orders SET revision = $3 WHERE merchant_id = $1 AND id = $2`, p.tx.MerchantID(), p.order.ID, p.params.Revision)
	}
	if r := &p.found.redemption; r.id != 0 {
		batch.Queue(`UPDATE redemptions SET order_id = $3 WHERE merchant_id = $1 AND id = $2`, p.tx.MerchantID(), r.id, p.order.ID)
	}
}
