package accrual

import (
	"errors"
	"hash/fnv"
	"slices"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/programs"
	"dangol/models/store"
)

// found is what the first round trip has read and locked for an order.
type found struct {
	prior      *store.Answer // what the key's first request was told
	id         int64         // the order's, if it will be written
	ordered    bool          // the shop has had an order
	posted     bool          // and has posted one
	customer   int64
	store      shopStore
	order      *models.Order // the number is known
	waiting    bool          // refunds wait for this order
	redemption redemption
	running    []*ledger.Program
	members    []*ledger.Member
	joined     []*ledger.Program
}

type shopStore struct {
	id   int64
	code string
}

type redemption struct{ id, worth, order int64 }

func (f *found) memberOf(program *ledger.Program) bool {
	return slices.ContainsFunc(f.members, func(m *ledger.Member) bool { return m.Program.ID == program.ID })
}

func (f *found) enrolled(m *ledger.Member) bool { return slices.Contains(f.joined, m.Program) }

// read is the first round trip: it takes the locks in their order and reads everything that deciding needs. Only a
// programme that was published since the last order, or a unit that is new to the member, costs another one.
func (p *posting) read() error {
	f, merchant := &p.found, p.tx.MerchantID()
	known, fingerprint, _ := programs.Known(p.tx.DB(), merchant)
	batch := &pgx.Batch{}
	batch.Queue(beginSQL)
	claim := queueClaim(batch, p.tx, p.key)
	queueOrderLock(batch, p.tx, p.source, p.params.ExternalID)
	var current, order int64
	batch.Queue(contextSQL, merchant, p.source, p.params.ExternalID).
		QueryRow(into(&f.id, &f.ordered, &f.posted, &current, &order, &f.waiting, new(string)))
	loader, err := p.queueCustomer(batch, known)
	if err != nil {
		return err
	}
	p.queueStore(batch)
	p.queueRedemption(batch)
	if err := claim.error(p.tx.PG().SendBatch(p.tx.Ctx(), batch).Close()); err != nil {
		return err
	}
	if f.prior, err = claim.prior(); err != nil || f.prior != nil {
		return err
	}
	if order != 0 {
		o, err := orders.Find(p.tx, order)
		if err != nil {
			return err
		}
		f.order = &o
	}
	return p.complete(loader, known, current == fingerprint)
}

// beginSQL lets the key's claim wait longer than other locks, until contextSQL, and keeps plans (see ledger.KeepPlans).
const beginSQL = `SELECT set_config('lock_timeout', '` + store.ClaimWait + `', true), ` + ledger.KeepPlans

// contextSQL asks about the shop and the order's number: the id that the order will have, whether it is the shop's first,
// what the programmes depend on, the order that has the number already, and whether refunds wait for it.
const contextSQL = `SELECT ` + orders.IDSQL + `, first_order_at IS NOT NULL, first_posting_at IS NOT NULL, (` + programs.FingerprintSQL + `),
	coalesce((SELECT o.id FROM orders o WHERE o.merchant_id = $1 AND o.source = $2 AND o.external_id = $3), 0),
	EXISTS (SELECT FROM refunds r WHERE r.merchant_id = $1 AND r.source = $2 AND r.order_external_id = $3 AND r.state = 'waiting'),
	set_config('lock_timeout', '` + store.LockWait + `', true)
	FROM merchants WHERE id = $1`

// complete checks what was named against what is there, and reads again what the first round trip could not know.
func (p *posting) complete(loader *ledger.Loader, known []*ledger.Program, current bool) error {
	f, params := &p.found, p.params
	if params.Customer != nil && f.customer == 0 {
		return models.InvalidField("customer", "unknown", nil)
	}
	if (params.Store != "" || p.actor.StoreID != 0) && f.store.id == 0 {
		return models.InvalidField("store", "unknown", nil)
	}
	if f.order == nil && params.Redemption != "" && (f.redemption.id == 0 || f.redemption.order != 0) {
		return models.InvalidField("redemption", "unknown", nil)
	}
	if err := p.tx.Tick(); err != nil {
		return err
	}
	f.running = known
	if loader != nil {
		f.members = loader.Members()
	}
	if !current {
		running, err := programs.Running(p.tx)
		if err != nil {
			return err
		}
		f.running = running
	}
	if !current || slices.ContainsFunc(f.members, func(m *ledger.Member) bool { return !m.Complete() }) {
		return p.reload()
	}
	return nil
}

// reload reads the customer's memberships anew, by the programmes that run now.
func (p *posting) reload() (err error) {
	if p.found.customer != 0 {
		p.found.members, err = ledger.Load(p.tx, p.found.running, p.since(), ledger.Of(models.CustomerRef{ID: p.found.customer}))
	}
	return err
}

// since is the earliest business date that may be posted.
func (p *posting) since() calendar.Date {
	if p.params.PlacedAt.IsZero() {
		return p.tx.Today()
	}
	return calendar.DateOf(p.params.PlacedAt, p.tx.Merchant().Zone)
}

// queueCustomer locks the customer, whose rollups will move, and then the memberships.
func (p *posting) queueCustomer(batch *pgx.Batch, known []*ledger.Program) (*ledger.Loader, error) {
	if p.params.Customer == nil {
		return nil, nil
	}
	who := ledger.Of(*p.params.Customer)
	if err := who.QueueCustomer(batch, p.tx.MerchantID(), &p.found.customer); err != nil {
		return nil, err
	}
	loader := ledger.NewLoader(p.tx.MerchantID(), known, p.since(), p.tx.Today(), who)
	return loader, loader.Queue(batch)
}

func (p *posting) queueStore(batch *pgx.Batch) {
	if p.params.Store == "" && p.actor.StoreID == 0 {
		return
	}
	batch.Queue(`SELECT id, code FROM stores WHERE merchant_id = $1 AND (code = $2 OR $2 = '' AND id = $3)`,
		p.tx.MerchantID(), p.params.Store, p.actor.StoreID).QueryRow(maybe(&p.found.store.id, &p.found.store.code))
}

// queueRedemption finds the redemption that paid part of the order.
func (p *posting) queueRedemption(batch *pgx.Batch) {
	if p.params.Redemption == "" {
		return
	}
	r := &p.found.redemption
	batch.Queue(`SELECT id, worth, coalesce(order_id, 0) FROM redemptions WHERE merchant_id = $1 AND source = $2 AND external_id = $3 AND reversed_at IS NULL AND state = 'redeemed'
		FOR NO KEY UPDATE`, p.tx.MerchantID(), p.source, p.params.Redemption).QueryRow(maybe(&r.id, &r.worth, &r.order))
}

// queueOrderLock makes requests about one order number wait for each other, also before the order exists: a refund that
// comes at the same moment either finds it or is found by it.
func queueOrderLock(batch *pgx.Batch, tx *store.Tx, source, externalID string) {
	hash := fnv.New64a()
	hash.Write([]byte(orders.Source(source, externalID)))
	batch.Queue(`SELECT pg_advisory_xact_lock($1)`, int64(hash.Sum64())^tx.MerchantID())
}

// into reads one row.
func into(targets ...any) func(pgx.Row) error {
	return func(row pgx.Row) error { return row.Scan(targets...) }
}

// maybe reads a row that may be missing.
func maybe(targets ...any) func(pgx.Row) error {
	return func(row pgx.Row) error {
		if err := row.Scan(targets...); !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		return nil
	}
}
