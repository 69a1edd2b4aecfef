package imports

import (
	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/store"
	"dangol/models/tasks"
	"dangol/models/terms"
)

// write does a chunk: its people, their purchases, and what these do to their memberships. Everything about one customer
// happens in this one transaction.
func (j *job) write(tx *store.Tx, c *chunk) error {
	if err := tx.Posting(); err != nil {
		return err
	}
	if err := c.read(tx, j.imp.ID); err != nil {
		return err
	}
	if err := c.settlePeople(tx); err != nil {
		return err
	}
	if err := orders.LockCustomers(tx, c.customerIDs()...); err != nil {
		return err
	}
	if err := j.leaveKnown(tx, c); err != nil {
		return err
	}
	return j.post(tx, c)
}

// The keys are looked up one by one in the unique index, whatever the planner thinks of the table. Those of orders are asked
// for in an order that it alone has: of a shop without statistics any index that begins with the shop seems as good.
const (
	knownOrdersSQL = `SELECT k FROM unnest($2::text[]) k CROSS JOIN LATERAL (SELECT FROM orders o
		WHERE o.merchant_id = $1 AND o.source = '` + source + `' AND o.external_id BETWEEN k AND k ORDER BY o.external_id LIMIT 1) o`
	knownOpeningsSQL = `SELECT k FROM unnest($2::text[]) k CROSS JOIN LATERAL (SELECT FROM import_openings o
		WHERE o.merchant_id = $1 AND o.key = k LIMIT 1) o`
)

// leaveKnown drops rows that have been written since the check.
func (j *job) leaveKnown(tx *store.Tx, c *chunk) error {
	sql := knownOrdersSQL
	if j.imp.Mode == Opening {
		sql = knownOpeningsSQL
	}
	known, err := have(tx, sql, c.keys())
	c.without(known)
	return err
}

func (j *job) post(tx *store.Tx, c *chunk) error {
	if err := j.enrol(tx, c); err != nil {
		return err
	}
	postings, err := j.load(tx, c)
	if err != nil {
		return err
	}
	for i := range postings {
		j.fold(tx, &postings[i])
	}
	if j.imp.Mode == Opening {
		if err := j.keepOpenings(tx, postings); err != nil {
			return err
		}
	} else if err := j.keepOrders(tx, c, postings); err != nil {
		return err
	}
	return ledger.Write(tx, changes(postings)...)
}

// enrol makes members of those whom the mode makes members.
func (j *job) enrol(tx *store.Tx, c *chunk) error {
	var joining []ledger.Joining
	for _, p := range c.people {
		if at, ok := j.joins(tx, p); ok {
			joining = append(joining, ledger.Joining{CustomerID: p.customerID, At: at})
		}
	}
	if len(joining) == 0 {
		return nil
	}
	_, err := ledger.Enrol(tx, j.program, joining...)
	return err
}

// changes are what the ledger stores, each with the orders that it is about.
func changes(postings []posting) []ledger.Change {
	all := make([]ledger.Change, len(postings))
	for i := range postings {
		p := &postings[i]
		byCause := make(map[string]int64, len(p.person.rows))
		for n := range p.person.rows {
			if r := &p.person.rows[n]; r.orderID != 0 {
				byCause[r.cause()] = r.orderID
			}
		}
		all[i] = ledger.Change{Member: p.member, Outcomes: []terms.Outcome{p.outcome}, Orders: byCause}
	}
	return all
}

// keepOrders writes the purchases and their rollups.
func (j *job) keepOrders(tx *store.Tx, c *chunk, postings []posting) error {
	membership := make(map[*person]int64, len(postings))
	for i := range postings {
		membership[postings[i].person] = postings[i].member.ID
	}
	ids, err := orders.IDs(tx, len(c.keys()))
	if err != nil || len(ids) == 0 {
		return err
	}
	all := make([]orders.New, 0, len(ids))
	for _, p := range c.people {
		for i := range p.rows {
			r := &p.rows[i]
			r.orderID = ids[len(all)]
			all = append(all, j.order(tx, p, r, membership[p]))
		}
	}
	return orders.Write(tx, all...)
}

// order is a purchase as a row. A purchase that the terms have not seen names no membership.
func (j *job) order(tx *store.Tx, p *person, r *planned, membershipID int64) orders.New {
	o := orders.New{Day: r.placedOn, Order: models.Order{
		MerchantID: tx.MerchantID(), ID: r.orderID, Source: source, ExternalID: r.key, CustomerID: &p.customerID, Channel: channel,
		PlacedAt: r.placedAt, HasTime: r.hasTime, Total: r.amount, Basis: r.amount, ContentHash: r.hash, ImportID: &j.imp.ID, RecordedAt: tx.Wall(),
	}}
	if r.posted {
		o.MembershipID = &membershipID
	}
	if j.goods {
		o.Lines = []models.OrderLine{{Name: r.item, Quantity: int(r.quantity), Amount: r.amount}}
	}
	return o
}

// keepOpenings notes the balances, so that the same file brings them once.
func (j *job) keepOpenings(tx *store.Tx, postings []posting) error {
	var keys, causes []string
	var memberships []int64
	for i := range postings {
		for n := range postings[i].person.rows {
			r := &postings[i].person.rows[n]
			keys, causes = append(keys, r.key), append(causes, r.opening())
			memberships = append(memberships, postings[i].member.ID)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO import_openings (merchant_id, key, import_id, membership_id, cause)
		SELECT $1, n.key, $2, n.membership_id, n.cause FROM unnest($3::text[], $4::bigint[], $5::text[]) AS n (key, membership_id, cause)`,
		tx.MerchantID(), j.imp.ID, keys, memberships, causes)
	return err
}

// mark notes that the chunk is done. Errors: tasks.ErrLost if somebody else has done it.
func (c *chunk) mark(tx *store.Tx, importID int64) error {
	tag, err := tx.PG().Exec(tx.Ctx(), `UPDATE import_chunks SET done_at = $4 WHERE merchant_id = $1 AND import_id = $2 AND chunk = $3 AND done_at IS NULL`,
		tx.MerchantID(), importID, c.number, tx.Wall())
	if err == nil && tag.RowsAffected() == 0 {
		err = tasks.ErrLost
	}
	return err
}
