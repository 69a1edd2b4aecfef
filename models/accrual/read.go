package accrual

import (
	"errors"
	"hash/fnv"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/programs"
	"dangol/models/store"
)

// read is the first round trip: it takes the locks in their order and reads everything that deciding needs.
func (g *group) read() error {
	known, fingerprint, _ := programs.Known(g.tx.DB(), g.tx.MerchantID())
	g.running = known
	batch := &pgx.Batch{}
	var now int64
	batch.Queue(shopSQL, g.tx.MerchantID()).QueryRow(into(&g.ordered, &g.posted, &now, nil, nil, nil, nil, nil, nil, nil))
	g.queueLocks(batch)
	g.queueKeys(batch)
	g.queueNumbers(batch)
	g.queueStores(batch)
	if err := g.queueMembers(batch); err != nil {
		return err
	}
	if err := g.busy(g.tx.PG().SendBatch(g.tx.Ctx(), batch).Close()); err != nil {
		return err
	}
	g.current = now == fingerprint
	return g.assign()
}

// shopSQL asks about the shop: whether it has had an order and has posted one, and what its programmes depend on. Plans are
// kept from here on, see ledger.KeepPlans.
const shopSQL = `SELECT first_order_at IS NOT NULL, first_posting_at IS NOT NULL, (` + programs.FingerprintSQL + `), ` + ledger.KeepPlans + `
	FROM merchants WHERE id = $1`

// queueLocks takes the keys' locks and then the numbers'. Who waits does so for the key longer than for anything else, and
// says of the key alone that it is busy; who does not wait takes what is free.
func (g *group) queueLocks(batch *pgx.Batch) {
	if g.lock == ledger.Skip {
		g.queueTries(batch)
		return
	}
	for _, p := range g.postings {
		p.found.locked = p.key.Key == ""
		if p.key.Key != "" {
			batch.Queue(lockSQL, store.ClaimWait, p.key.Lock(g.tx.MerchantID())).Exec(func(pgconn.CommandTag) error {
				p.found.locked = true
				return nil
			})
		}
		batch.Queue(lockSQL, store.LockWait, numberLock(g.tx, p.source, p.params.ExternalID))
	}
}

const lockSQL = `SELECT set_config('lock_timeout', $1, true), pg_advisory_xact_lock($2)`

// queueTries takes the locks of keys and numbers that nobody has.
func (g *group) queueTries(batch *pgx.Batch) {
	var locks []int64
	var whose []*posting
	for _, p := range g.postings {
		p.found.locked = true
		if p.key.Key != "" {
			locks, whose = append(locks, p.key.Lock(g.tx.MerchantID())), append(whose, p)
		}
		locks, whose = append(locks, numberLock(g.tx, p.source, p.params.ExternalID)), append(whose, p)
	}
	batch.Queue(`SELECT n.place, pg_try_advisory_xact_lock(n.lock) FROM unnest($1::bigint[]) WITH ORDINALITY AS n (lock, place)`, locks).
		Query(each(func(row pgx.Rows) error {
			var place int
			var free bool
			err := row.Scan(&place, &free)
			if !free {
				whose[place-1].found.locked = false
			}
			return err
		}))
}

// busy says what a first batch that failed means: whoever waited too long for the key is told that it is busy.
func (g *group) busy(err error) error {
	e, ok := errors.AsType[*pgconn.PgError](err)
	if ok && e.Code == "55P03" && g.lock == ledger.Wait && !g.postings[0].found.locked {
		return models.ErrKeyBusy
	}
	return err
}

// queueKeys looks for keys that were used before.
func (g *group) queueKeys(batch *pgx.Batch) {
	var scopes, keys []string
	for _, p := range g.postings {
		scopes, keys = append(scopes, p.key.Scope), append(keys, p.key.Key)
	}
	batch.Queue(store.FindSQL, g.tx.MerchantID(), scopes, keys).Query(each(func(row pgx.Rows) error {
		var place int
		var used store.Used
		err := row.Scan(&place, &used.BodyHash, &used.Status, &used.Body)
		if err == nil {
			g.postings[place-1].found.used = &used
		}
		return err
	}))
}

// numbersSQL asks about each order's number: the id that the order will have, the order that has the number already, and
// whether refunds wait for it.
const numbersSQL = `SELECT n.place, ` + orders.IDSQL + `, coalesce(o.id, 0),
		EXISTS (SELECT FROM refunds r WHERE r.merchant_id = $1 AND r.source = n.source AND r.order_external_id = n.number AND r.state = 'waiting')
	FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS n (source, number, place)
	LEFT JOIN orders o ON o.merchant_id = $1 AND o.source = n.source AND o.external_id = n.number`

func (g *group) queueNumbers(batch *pgx.Batch) {
	var sources, numbers []string
	for _, p := range g.postings {
		sources, numbers = append(sources, p.source), append(numbers, p.params.ExternalID)
	}
	batch.Queue(numbersSQL, g.tx.MerchantID(), sources, numbers).Query(each(func(row pgx.Rows) error {
		var place int
		var f found
		err := row.Scan(&place, &f.id, &f.known, &f.waiting)
		if err == nil {
			into := &g.postings[place-1].found
			into.id, into.known, into.waiting = f.id, f.known, f.waiting
		}
		return err
	}))
}

func (p *posting) namesStore() bool { return p.params.Store != "" || p.actor.StoreID != 0 }

// queueStores looks for the stores that orders name, and for the redemption that paid part of an order by itself.
func (g *group) queueStores(batch *pgx.Batch) {
	var codes []string
	var ids []int64
	for _, p := range g.postings {
		if p.namesStore() {
			codes, ids = append(codes, p.params.Store), append(ids, p.actor.StoreID)
		}
		p.queueRedemption(batch)
	}
	if len(ids) == 0 {
		return
	}
	batch.Queue(`SELECT id, code FROM stores WHERE merchant_id = $1 AND (code = ANY ($2) OR id = ANY ($3))`, g.tx.MerchantID(), codes, ids).
		Query(each(func(row pgx.Rows) error {
			var s shopStore
			err := row.Scan(&s.id, &s.code)
			g.stores = append(g.stores, s)
			return err
		}))
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

// queueMembers locks the customers, whose rollups will move, and then their memberships.
func (g *group) queueMembers(batch *pgx.Batch) error {
	merchant, since := g.tx.MerchantID(), g.tx.Today()
	named := false
	for _, p := range g.postings {
		since = min(since, p.since())
		if who := p.params.Customer; who != nil {
			named = true
			if err := g.people.Add(*who); err != nil && len(g.postings) == 1 {
				return err
			}
		}
	}
	g.loader = ledger.NewLoader(merchant, g.running, since, g.tx.Today(), ledger.Noted, g.lock)
	if !named {
		return nil
	}
	g.people.Queue(batch, merchant, g.lock)
	return g.loader.Queue(batch)
}

// since is the earliest business date that the order may be posted on.
func (p *posting) since() calendar.Date {
	if p.params.PlacedAt.IsZero() {
		return p.tx.Today()
	}
	return calendar.DateOf(p.params.PlacedAt, p.tx.Merchant().Zone)
}

// assign gives each order its part of what was read, and its moment by the clock as it stands now that the locks are taken.
func (g *group) assign() error {
	if err := g.tx.Tick(); err != nil {
		return err
	}
	for _, m := range g.loader.Members() {
		if g.members == nil {
			g.members = map[int64][]*ledger.Member{}
		}
		g.members[m.CustomerID] = append(g.members[m.CustomerID], m)
	}
	for _, p := range g.postings {
		p.at, p.future = g.tx.Moment("placed_at", p.params.PlacedAt, p.params.HasTime)
		p.day = calendar.DateOf(p.at, g.tx.Merchant().Zone)
		if p.params.Customer != nil {
			p.found.customer = g.people.Find(*p.params.Customer)
			p.found.members = g.members[p.found.customer]
		}
		p.found.store = g.store(p)
	}
	return nil
}

// store finds the store that the order names, or else its till's own.
func (g *group) store(p *posting) shopStore {
	for _, s := range g.stores {
		if s.code == p.params.Store || p.params.Store == "" && s.id == p.actor.StoreID {
			return s
		}
	}
	return shopStore{}
}

// complete reads again, for an order by itself, what the first round trip could not know: a programme that was published
// since the last order, or a unit that is new to the member.
func (p *posting) complete() error {
	g := p.group
	if g.current && !slices.ContainsFunc(p.found.members, func(m *ledger.Member) bool { return !m.Complete() }) {
		return nil
	}
	running, err := programs.Running(p.tx)
	if err != nil {
		return err
	}
	g.running, g.current = running, true
	return p.reload()
}

// reload reads the customer's memberships anew, by the programmes that run now.
func (p *posting) reload() (err error) {
	if p.found.customer != 0 {
		p.found.members, err = ledger.Load(p.tx, p.group.running, p.since(), ledger.Of(models.CustomerRef{ID: p.found.customer}))
	}
	return err
}

// numberLock is the advisory lock of an order's number: requests about one number wait for each other, also before the
// order exists. A refund that comes at the same moment either finds it or is found by it.
func numberLock(tx *store.Tx, source, externalID string) int64 {
	hash := fnv.New64a()
	hash.Write([]byte(orders.Source(source, externalID)))
	return int64(hash.Sum64()) ^ tx.MerchantID()
}

func queueOrderLock(batch *pgx.Batch, tx *store.Tx, source, externalID string) {
	batch.Queue(`SELECT pg_advisory_xact_lock($1)`, numberLock(tx, source, externalID))
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

// each reads rows one by one.
func each(read func(pgx.Rows) error) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		for rows.Next() {
			if err := read(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	}
}
