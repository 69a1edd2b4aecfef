package accrual

import (
	"context"

	"github.com/jackc/pgx/v5"

	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/store"
)

// group is orders that share one transaction.
type group struct {
	tx       *store.Tx
	lock     ledger.Lock // Skip: it waits for nobody
	postings []*posting

	ordered bool              // the shop has had an order
	posted  bool              // and has posted one
	current bool              // running is what the shop promises now
	running []*ledger.Program // as they were known before the transaction
	people  ledger.People
	loader  *ledger.Loader
	members map[int64][]*ledger.Member // by customer
	stores  []shopStore

	changes []ledger.Change // of the members that orders have touched
}

// post posts orders by one transaction, as often as the database asks for it.
func post(ctx context.Context, s shop, lock ledger.Lock, postings ...*posting) error {
	return store.InBatches(ctx, s.db, s.merchantID, func(tx *store.Tx) error {
		g := &group{tx: tx, lock: lock}
		g.gather(postings)
		return g.run()
	})
}

// gather takes orders in; of those with the same number or key only the first.
func (g *group) gather(postings []*posting) {
	taken := map[string]bool{}
	for _, p := range postings {
		p.begin(g)
		if p.aside = p.taken(taken); !p.aside {
			g.postings = append(g.postings, p)
		}
	}
}

// taken reports whether one before it has the order's number or key, and takes them if none has.
func (p *posting) taken(before map[string]bool) bool {
	number, key := orders.Source(p.source, p.params.ExternalID), "key:"+p.key.Scope+"\x00"+p.key.Key
	if before[number] || p.key.Key != "" && before[key] {
		return true
	}
	before[number], before[key] = true, true
	return false
}

// run is the life of orders: read and lock, decide, write.
func (g *group) run() error {
	if err := g.tx.Posting(); err != nil {
		return err
	}
	if err := g.read(); err != nil {
		return err
	}
	behind := map[int64]bool{} // customers of whom an order was put aside, so that their later ones do not go before it
	for _, p := range g.postings {
		if p.aside = p.held() || len(g.postings) > 1 && (!p.plain() || behind[p.found.customer]); p.aside {
			behind[p.found.customer] = p.found.customer != 0
			continue
		}
		if err := p.decide(); err != nil {
			return err
		}
	}
	return g.write()
}

// change is where gathers what orders do to a member, who is settled before the first of them.
func (g *group) change(m *ledger.Member) *ledger.Change {
	for i := range g.changes {
		if c := &g.changes[i]; c.Member == m {
			return c
		}
	}
	m.Settle(g.tx.Today())
	g.changes = append(g.changes, ledger.Change{Member: m, Orders: map[string]int64{}})
	return &g.changes[len(g.changes)-1]
}

// write stores the orders, what they did, and the answers, in one round trip; only refunds that were waiting for an order
// cost more.
func (g *group) write() error {
	batch := &pgx.Batch{}
	if err := g.queueEffects(batch); err != nil {
		return err
	}
	if p := g.postings[0]; p.waits() {
		if err := g.tx.PG().SendBatch(g.tx.Ctx(), batch).Close(); err != nil {
			return err
		}
		if err := p.applyWaiting(); err != nil {
			return err
		}
		batch = &pgx.Batch{}
	}
	if err := g.queueAnswers(batch); err != nil {
		return err
	}
	return g.tx.Finish(batch)
}

// queueEffects puts into a batch what the orders write beside their answers.
func (g *group) queueEffects(batch *pgx.Batch) error {
	var rows []orders.New
	var fresh []*posting
	earned := false
	for _, p := range g.postings {
		if !p.aside && p.order.ID != 0 {
			rows, fresh = append(rows, p.order), append(fresh, p)
			earned = earned || p.order.MembershipID != nil
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	orders.Queue(batch, g.tx.MerchantID(), rows...)
	for _, p := range fresh {
		p.queueBonds(batch)
	}
	g.queueFirsts(batch, earned)
	return ledger.Queue(batch, g.tx.MerchantID(), g.tx.Wall(), g.changes...)
}

// queueFirsts notes the shop's first order, after which zone and currency stand, and its first posting, after which
// nothing can be imported "as if".
func (g *group) queueFirsts(batch *pgx.Batch, earned bool) {
	if g.ordered && (g.posted || !earned) {
		return
	}
	batch.Queue(`UPDATE merchants SET first_order_at = coalesce(first_order_at, $2), first_posting_at = coalesce(first_posting_at, CASE WHEN $3 THEN $2::timestamptz END)
		WHERE id = $1`, g.tx.MerchantID(), g.tx.Now(), earned)
}
