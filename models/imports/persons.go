package imports

import (
	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/customers"
	"dangol/models/store"
)

// settlePeople finds or makes the customers of a chunk, and gives known ones the details that the shop did not have.
func (c *chunk) settlePeople(tx *store.Tx) error {
	if err := c.findAgain(tx); err != nil {
		return err
	}
	if err := c.fillKnown(tx); err != nil {
		return err
	}
	return c.makeNew(tx)
}

// findAgain looks for those who have become customers since the check, at the counter perhaps.
func (c *chunk) findAgain(tx *store.Tx) error {
	var exts, phones, emails []string
	for _, p := range c.people {
		if p.customerID == 0 {
			exts, phones, emails = append(exts, p.ext), append(phones, p.phone), append(emails, p.email)
		}
	}
	if len(exts) == 0 {
		return nil
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT coalesce(merged_into, id), coalesce(external_id, ''), coalesce(phone, ''), coalesce(email, '') FROM customers
		WHERE merchant_id = $1 AND (external_id = ANY ($2) OR phone = ANY ($3) OR email = ANY ($4))`,
		tx.MerchantID(), exts, phones, emails)
	if err != nil {
		return err
	}
	type found struct {
		ID                int64
		Ext, Phone, Email string
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[found])
	if err != nil || len(all) == 0 {
		return err
	}
	byExt, byPhone, byEmail := map[string]found{}, map[string]found{}, map[string]found{}
	for _, f := range all {
		byExt[f.Ext], byPhone[f.Phone], byEmail[f.Email] = f, f, f
	}
	for _, p := range c.people {
		for _, f := range []found{byExt[p.ext], byPhone[p.phone], byEmail[p.email]} {
			same := p.ext == "" || f.Ext == "" || f.Ext == p.ext
			if p.customerID == 0 && f.ID != 0 && same && (p.ext != "" && f.Ext == p.ext || p.phone != "" && f.Phone == p.phone || p.email != "" && f.Email == p.email) {
				p.customerID = f.ID
			}
		}
		if p.customerID != 0 {
			p.leaveOut(byExt[p.ext].ID, byPhone[p.phone].ID, byEmail[p.email].ID)
		}
	}
	return nil
}

// leaveOut drops details that belong to another customer, or are this one's already.
func (p *person) leaveOut(ext, phone, email int64) {
	if ext != 0 {
		p.ext = ""
	}
	if phone != 0 {
		p.phone = ""
	}
	if email != 0 {
		p.email = ""
	}
}

func (p *person) adds() bool {
	return p.name != "" || p.phone != "" || p.email != "" || p.ext != "" || p.birth != ""
}

// people by column, for unnest and COPY.
type personColumns struct {
	ids                     []int64
	names                   []string
	phones, emails, exts    []*string
	calendars               []*string
	years, months, birthDay []*int
}

func columnsOf(people []*person) (cols personColumns, err error) {
	for _, p := range people {
		cols.ids = append(cols.ids, p.customerID)
		cols.names = append(cols.names, p.name)
		cols.phones = append(cols.phones, optional(p.phone))
		cols.emails = append(cols.emails, optional(p.email))
		cols.exts = append(cols.exts, optional(p.ext))
		b := models.Birth{}
		if p.birth != "" {
			if b, err = readBirth(p.birth); err != nil {
				return cols, err
			}
		}
		cols.calendars = append(cols.calendars, optional(b.Calendar))
		cols.years = append(cols.years, number(b.Year))
		cols.months = append(cols.months, number(b.Month))
		cols.birthDay = append(cols.birthDay, number(b.Day))
	}
	return cols, nil
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func number(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// fillKnown writes details into places that are empty.
func (c *chunk) fillKnown(tx *store.Tx) error {
	var known []*person
	for _, p := range c.people {
		if p.customerID != 0 && p.adds() {
			known = append(known, p)
		}
	}
	if len(known) == 0 {
		return nil
	}
	cols, err := columnsOf(known)
	if err != nil {
		return err
	}
	rows, err := tx.PG().Query(tx.Ctx(), query("fill_customers"), tx.MerchantID(), tx.Now(), cols.ids, cols.names, cols.phones, cols.emails, cols.exts,
		cols.calendars, cols.years, cols.months, cols.birthDay)
	if err != nil {
		return err
	}
	return c.index(tx, rows)
}

// makeNew makes customers of those whom nobody knows.
func (c *chunk) makeNew(tx *store.Tx) error {
	var fresh []*person
	for _, p := range c.people {
		if p.customerID == 0 {
			p.fresh = true
			fresh = append(fresh, p)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	ids, err := take(tx, "customers", len(fresh))
	if err != nil {
		return err
	}
	for i, p := range fresh {
		p.customerID = ids[i]
	}
	cols, err := columnsOf(fresh)
	if err != nil {
		return err
	}
	rows, err := tx.PG().Query(tx.Ctx(), query("make_customers"), tx.MerchantID(), tx.Now(), cols.ids, cols.names, cols.phones, cols.emails, cols.exts,
		cols.calendars, cols.years, cols.months, cols.birthDay, source)
	if err != nil {
		return err
	}
	return c.index(tx, rows)
}

// index writes the search tokens of the customers that a statement returns, in place of those that they had.
func (c *chunk) index(tx *store.Tx, rows pgx.Rows) error {
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (x models.Customer, err error) {
		err = row.Scan(&x.ID, &x.Name, &x.Phone, &x.Email, &x.ExternalID)
		return x, err
	})
	if err != nil {
		return store.Translate(err)
	}
	var ids []int64
	var owners []int64
	var tokens []string
	for i := range found {
		ids = append(ids, found[i].ID)
		for _, token := range customers.TokensOf(&found[i]) {
			owners, tokens = append(owners, found[i].ID), append(tokens, token)
		}
	}
	b := &pgx.Batch{}
	b.Queue(`DELETE FROM customer_search WHERE merchant_id = $1 AND customer_id = ANY ($2)`, tx.MerchantID(), ids)
	b.Queue(`INSERT INTO customer_search (merchant_id, customer_id, token) SELECT $1, unnest($2::bigint[]), unnest($3::text[])`,
		tx.MerchantID(), owners, tokens)
	return tx.PG().SendBatch(tx.Ctx(), b).Close()
}

// take reserves ids of a table's identity.
func take(tx *store.Tx, table string, n int) ([]int64, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT nextval(pg_get_serial_sequence($1, 'id')) FROM generate_series(1, $2)`, table, n)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}
