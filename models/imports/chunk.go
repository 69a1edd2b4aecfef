package imports

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/orders"
	"dangol/models/store"
)

// chunk is a part of the plan that one transaction writes: whole customers with all their rows.
type chunk struct {
	number      int
	firstPerson int
	lastPerson  int
	firstSeq    *int
	lastSeq     *int
	size        int64
	people      []*person
}

// person is a customer of the file with what is to be written.
type person struct {
	number     int
	customerID int64 // 0: new
	fresh      bool  // made in this transaction
	name       string
	phone      string
	email      string
	ext        string
	birth      string
	rows       []planned
}

// planned is a row to be written.
type planned struct {
	key       string
	hash      []byte
	placedAt  time.Time
	placedOn  calendar.Date
	hasTime   bool
	amount    int64
	quantity  int64
	item      string
	points    int64
	expiresOn calendar.Date
	orderID   int64
	posted    bool // the engine has seen it
}

// source of all orders that come by file, and their channel: a file does not tell it.
const source, channel = "import", "store"

// cause is by what the ledger knows the order.
func (r *planned) cause() string { return orders.Source(source, r.key) }

// opening is by what the ledger knows an opening balance.
func (r *planned) opening() string { return "opening:" + r.key }

// chunks lists the parts of the plan that are not done yet.
func (imp *Import) chunks(tx *store.Tx) ([]*chunk, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT chunk, first_person, last_person, first_seq, last_seq, size FROM import_chunks
		WHERE merchant_id = $1 AND import_id = $2 AND done_at IS NULL ORDER BY chunk`, tx.MerchantID(), imp.ID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (*chunk, error) {
		c := &chunk{}
		err := row.Scan(&c.number, &c.firstPerson, &c.lastPerson, &c.firstSeq, &c.lastSeq, &c.size)
		return c, err
	})
}

// read loads what the chunk is about.
func (c *chunk) read(tx *store.Tx, importID int64) error {
	if err := c.readPeople(tx, importID); err != nil || c.firstSeq == nil {
		return err
	}
	return c.readRows(tx, importID)
}

func (c *chunk) readPeople(tx *store.Tx, importID int64) error {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT person, coalesce(customer_id, 0), coalesce(name, ''), coalesce(phone, ''), coalesce(email, ''),
			coalesce(ext, ''), coalesce(birth, '')
		FROM import_people WHERE merchant_id = $1 AND import_id = $2 AND person BETWEEN $3 AND $4 ORDER BY person`,
		tx.MerchantID(), importID, c.firstPerson, c.lastPerson)
	if err != nil {
		return err
	}
	c.people, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (*person, error) {
		p := &person{}
		err := row.Scan(&p.number, &p.customerID, &p.name, &p.phone, &p.email, &p.ext, &p.birth)
		return p, err
	})
	return err
}

// readRows gives each person their rows; both come in the order of their numbers.
func (c *chunk) readRows(tx *store.Tx, importID int64) error {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT person, key, hash, placed_at, coalesce(placed_on - date '1970-01-01', 0), coalesce(has_time, false),
			coalesce(amount, 0), coalesce(quantity, 1), coalesce(item, ''), coalesce(points, 0), coalesce(expires_on - date '1970-01-01', 0)
		FROM import_rows WHERE merchant_id = $1 AND import_id = $2 AND seq BETWEEN $3 AND $4 ORDER BY seq`,
		tx.MerchantID(), importID, *c.firstSeq, *c.lastSeq)
	if err != nil {
		return err
	}
	at := 0
	for rows.Next() {
		var number int
		var r planned
		var placedAt *time.Time
		if err := rows.Scan(&number, &r.key, &r.hash, &placedAt, (*int32)(&r.placedOn), &r.hasTime,
			&r.amount, &r.quantity, &r.item, &r.points, (*int32)(&r.expiresOn)); err != nil {
			rows.Close()
			return err
		}
		if placedAt != nil {
			r.placedAt = placedAt.UTC()
		}
		for c.people[at].number < number {
			at++
		}
		c.people[at].rows = append(c.people[at].rows, r)
	}
	return rows.Err()
}

// without leaves out rows that somebody else has written since the check: another import of the same file.
func (c *chunk) without(known map[string]bool) {
	if len(known) == 0 {
		return
	}
	for _, p := range c.people {
		kept := p.rows[:0]
		for _, r := range p.rows {
			if !known[r.key] {
				kept = append(kept, r)
			}
		}
		p.rows = kept
	}
}

func (c *chunk) keys() (keys []string) {
	for _, p := range c.people {
		for i := range p.rows {
			keys = append(keys, p.rows[i].key)
		}
	}
	return keys
}

// customerIDs of those who have rows.
func (c *chunk) customerIDs() (ids []int64) {
	for _, p := range c.people {
		if len(p.rows) > 0 {
			ids = append(ids, p.customerID)
		}
	}
	return ids
}

// have asks which of the keys are taken.
func have(tx *store.Tx, sql string, keys []string) (map[string]bool, error) {
	rows, err := tx.PG().Query(tx.Ctx(), sql, tx.MerchantID(), keys)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	known := make(map[string]bool, len(found))
	for _, key := range found {
		known[key] = true
	}
	return known, err
}
