package accrual

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/store"
	"dangol/models/terms"
)

// Accrue posts an order: once for ever by the actor's source and the order's number, and once by key, if the key is not
// empty. It settles the customer's memberships, enrols the customer where the terms do so by themselves, lets every
// programme award what it promises, and applies refunds that were waiting for the order. An order without a customer is
// stored and earns nothing. With a later revision than the order has, it gives the order new content; an earlier one, or
// any of an order that was withdrawn, does nothing.
//
// Errors: models.Invalid with every faulty field, "unknown" at customer, store or redemption, "fixed" at what no revision
// may change; models.ErrReplayOther when the number and revision are known with other content, naming the fields;
// models.Refused "below_returned" (Args: limit) for new content of which as much or more was returned;
// those of coupons.UseIn; models.ErrClockMoving; models.ErrKeyReused and ErrKeyBusy.
func Accrue(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.OrderParams) (Result, error) {
	merchant, err := db.Merchant(ctx, merchantID)
	if err != nil {
		return Result{}, err
	}
	if err := check(&params, merchant); err != nil {
		return Result{}, err
	}
	var p *posting
	post := func(tx *store.Tx) error {
		p = &posting{tx: tx, actor: actor, key: key, params: &params, source: sourceOf(actor)}
		return p.run()
	}
	err = store.InBatches(ctx, db, merchantID, post)
	if store.Constraint(err) == "orders_external_id_key" { // an import has brought the same order meanwhile
		err = store.InBatches(ctx, db, merchantID, post)
	}
	if err != nil {
		return Result{}, err
	}
	return p.result, nil
}

// sourceOf says whose order numbers the actor uses.
func sourceOf(actor models.Actor) string {
	if actor.Source == "" {
		return "counter"
	}
	return actor.Source
}

// posting is one order on its way through one transaction.
type posting struct {
	tx     *store.Tx
	actor  models.Actor
	key    store.Key
	params *models.OrderParams
	source string

	found  found
	order  orders.New
	events terms.Purchase
	result Result
}

// run is the life of an order: read and lock, decide, write.
func (p *posting) run() error {
	if err := p.tx.Posting(); err != nil {
		return err
	}
	if err := p.read(); err != nil {
		return err
	}
	if p.found.prior != nil {
		return p.repeatKey()
	}
	if p.found.order != nil {
		return p.known(p.found.order)
	}
	if err := p.prepare(); err != nil {
		return err
	}
	if err := p.useCoupon(); err != nil {
		return err
	}
	changes, err := p.decide()
	if err != nil {
		return err
	}
	return p.write(changes)
}

// repeatKey tells again what the first request with this key was told.
func (p *posting) repeatKey() (err error) {
	p.result, err = remembered[Result](p.found.prior.Body)
	p.result.Replay = true
	return err
}

// prepare makes the order's row and what the rules see of it, and the customer a member where the terms do that.
func (p *posting) prepare() error {
	params, merchant := p.params, p.tx.Merchant()
	at, err := moment(params.PlacedAt, params.HasTime, "placed_at", p.tx.Now(), merchant)
	if err != nil {
		return err
	}
	if params.Redemption != "" && params.PaidWithPoints == 0 {
		params.PaidWithPoints = min(p.found.redemption.worth, params.Total-params.Shipping)
	}
	day := calendar.DateOf(at, merchant.Zone)
	p.order = orders.New{Day: day, Lines: params.Lines, Order: models.Order{
		ID: p.found.id, Source: p.source, ExternalID: params.ExternalID, CustomerID: optional(p.found.customer), StoreID: optional(p.found.store.id),
		Channel: params.Channel, PlacedAt: at, HasTime: params.HasTime || params.PlacedAt.IsZero(), Total: params.Total, Shipping: params.Shipping,
		Discount: params.Discount, PaidWithPoints: params.PaidWithPoints, ContentHash: p.contentHash(),
		StaffID: optional(p.actor.StaffID), RecordedAt: p.tx.Wall(), Revision: params.Revision,
	}}
	p.events = orders.Purchase(&p.order.Order)
	p.events.Day, p.events.Store, p.events.Lines = day, p.found.store.code, lines(params.Lines)
	p.order.Basis = p.events.Spend()
	p.result = Result{OrderID: p.found.id, Source: p.source, ExternalID: params.ExternalID, CustomerID: p.found.customer, BusinessDate: day}
	return p.enrol(at)
}

func lines(given []models.OrderLine) []terms.Line {
	seen := make([]terms.Line, len(given))
	for i, l := range given {
		seen[i] = terms.Line{SKU: l.SKU, Category: l.Category, Quantity: int64(l.Quantity), Amount: l.Amount}
	}
	return seen
}

// optional is nil for no id.
func optional(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// decide lets every programme of the customer settle and award.
func (p *posting) decide() ([]ledger.Change, error) {
	changes := make([]ledger.Change, 0, len(p.found.members))
	for _, m := range p.found.members {
		m.Settle(p.tx.Today())
		change := ledger.Change{Member: m, Orders: map[string]int64{p.events.Source: p.order.ID}}
		if program := m.Program.Timeline.At(p.order.PlacedAt); program != nil {
			outcome, err := p.award(m, program)
			if err != nil {
				return nil, err
			}
			change.Outcomes = []terms.Outcome{outcome}
		}
		changes = append(changes, change)
	}
	return changes, nil
}

func (p *posting) award(m *ledger.Member, program *terms.Program) (terms.Outcome, error) {
	purchase := p.events
	if err := p.tierThen(m, program, &purchase); err != nil {
		return terms.Outcome{}, err
	}
	outcome := program.Accrue(&m.Member, &purchase)
	p.result.Members = append(p.result.Members, Earned{
		MembershipID: m.ID, Program: m.Program.Code, Version: program.Version(), Enrolled: p.found.enrolled(m), Awards: outcome.Awards, Misses: outcome.Misses,
		Tier: program.TierOf(&m.Member), Tiers: outcome.Tiers, Balances: balances(m),
	})
	if p.order.MembershipID == nil {
		p.order.MembershipID = &m.ID
	}
	return outcome, nil
}

// tierThen finds the tier by which an order counts that is older than the tier its member has now.
func (p *posting) tierThen(m *ledger.Member, program *terms.Program, purchase *terms.Purchase) error {
	if program.Terms().Tiers == nil || purchase.Day >= m.Tier.Since {
		return nil
	}
	err := p.tx.PG().QueryRow(p.tx.Ctx(), `SELECT to_code FROM tier_changes WHERE merchant_id = $1 AND membership_id = $2 AND at <= $3 ORDER BY seq DESC LIMIT 1`,
		p.tx.MerchantID(), m.ID, purchase.At).Scan(&purchase.Tier)
	if errors.Is(err, pgx.ErrNoRows) {
		purchase.Tier = program.Terms().Tiers.Tiers[0].Code
		return nil
	}
	return err
}

// write stores the order, what it earned, and the answer, in one round trip.
func (p *posting) write(changes []ledger.Change) error {
	tx, batch := p.tx, &pgx.Batch{}
	orders.Queue(batch, tx.MerchantID(), p.order)
	if err := ledger.Queue(batch, tx.MerchantID(), tx.Wall(), changes...); err != nil {
		return err
	}
	p.queueFirsts(batch)
	if p.params.Revision > 1 {
		batch.Queue(`UPDATE orders SET revision = $3 WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), p.order.ID, p.params.Revision)
	}
	if r := &p.found.redemption; r.id != 0 {
		batch.Queue(`UPDATE redemptions SET order_id = $3 WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), r.id, p.order.ID)
	}
	if p.found.waiting {
		if err := tx.PG().SendBatch(tx.Ctx(), batch).Close(); err != nil {
			return err
		}
		if err := p.applyWaiting(); err != nil {
			return err
		}
		batch = &pgx.Batch{}
	}
	if err := queueAnswer(batch, tx, p.key, p.result); err != nil {
		return err
	}
	return tx.Finish(batch)
}

// queueFirsts notes the shop's first order, after which zone and currency stand, and its first posting, after which
// nothing can be imported "as if".
func (p *posting) queueFirsts(batch *pgx.Batch) {
	posting := p.order.MembershipID != nil
	if p.found.ordered && (p.found.posted || !posting) {
		return
	}
	batch.Queue(`UPDATE merchants SET first_order_at = coalesce(first_order_at, $2), first_posting_at = coalesce(first_posting_at, CASE WHEN $3 THEN $2::timestamptz END)
		WHERE id = $1`, p.tx.MerchantID(), p.tx.Now(), posting)
}

// queueAnswer keeps what the request was told with its key.
func queueAnswer(batch *pgx.Batch, tx *store.Tx, key store.Key, answer any) error {
	if key.Key == "" {
		return nil
	}
	body, err := json.Marshal(answer)
	if err == nil {
		batch.Queue(store.AnswerSQL, tx.MerchantID(), key.Scope, key.Key, store.Done, body)
	}
	return err
}

// enrol makes the customer a member of the programmes that take everybody by themselves.
func (p *posting) enrol(at time.Time) error {
	if p.found.customer == 0 {
		return nil
	}
	joined := false
	for _, program := range p.found.running {
		version := program.Timeline.At(at)
		if version == nil || !version.Terms().Enrolment.Automatic || p.found.memberOf(program) {
			continue
		}
		if err := ledger.Enrol(p.tx, program, ledger.Joining{CustomerID: p.found.customer, At: at}); err != nil {
			return err
		}
		p.found.joined, joined = append(p.found.joined, program), true
	}
	if joined {
		return p.reload()
	}
	return nil
}
