package imports

import (
	"strings"
	"time"

	"dangol/models"
	"dangol/models/store"
)

var utc = time.UTC

// How many rows one transaction writes, about. A till that serves a customer of the chunk waits for its end: where tills are
// at work a chunk is short. As if runs before there are any.
const (
	chunkRows     = 250
	chunkRowsAsIf = 5000
)

func (imp *Import) chunkRows() int {
	if imp.Mode == AsIf {
		return chunkRowsAsIf
	}
	return chunkRows
}

// checkTime bounds one statement of a check, which compares whole files.
const checkTime = 10 * time.Minute

// check stages the file, compares it with what the shop has, and leaves the plan of what would be written, the errors and
// the counts. It does everything in one transaction: killed, it leaves nothing.
func (d *Desk) check(tx *store.Tx, imp *Import) error {
	if err := tx.AllowLong(checkTime); err != nil {
		return err
	}
	if err := imp.clear(tx); err != nil {
		return err
	}
	if err := d.stage(tx, imp); err != nil {
		return err
	}
	if err := measure(tx, "import_stage"); err != nil {
		return err
	}
	if err := imp.compare(tx); err != nil {
		return err
	}
	if err := d.keepErrors(tx, imp); err != nil {
		return err
	}
	if err := imp.plan(tx); err != nil {
		return err
	}
	if err := imp.count(tx); err != nil {
		return err
	}
	return imp.foresee(tx)
}

// clear removes what an earlier check has left.
func (imp *Import) clear(tx *store.Tx) error {
	for _, table := range []string{"import_rows", "import_people", "import_chunks", "import_errors"} {
		if err := imp.empty(tx, table); err != nil {
			return err
		}
	}
	return nil
}

func (imp *Import) empty(tx *store.Tx, table string) error {
	_, err := tx.PG().Exec(tx.Ctx(), `DELETE FROM `+table+` WHERE merchant_id = $1 AND import_id = $2`, tx.MerchantID(), imp.ID)
	return err
}

// what says what the rows of the file are beside people.
func (imp *Import) what() string {
	switch {
	case imp.Mapping.Has(Date):
		return "purchases"
	case imp.Mode == Opening:
		return "points"
	}
	return "people"
}

// compare finds who and what the rows are, and what the shop has of it.
func (imp *Import) compare(tx *store.Tx) error {
	if imp.Mapping.Has(Phone) && imp.Mapping.Has(Ext) {
		if err := perform(tx, "same_person", "tel:"); err != nil {
			return err
		}
	}
	if imp.Mapping.Has(Email) && imp.Mapping.Has(Ext, Phone) {
		if err := perform(tx, "same_person", "mail:"); err != nil {
			return err
		}
	}
	if err := perform(tx, "who", tx.MerchantID()); err != nil {
		return err
	}
	if err := perform(tx, "people", tx.MerchantID()); err != nil {
		return err
	}
	if err := measure(tx, "import_who", "import_persons"); err != nil {
		return err
	}
	if err := perform(tx, "keys", imp.what()); err != nil {
		return err
	}
	if err := measure(tx, "import_keys"); err != nil {
		return err
	}
	if err := imp.renumber(tx); err != nil {
		return err
	}
	return perform(tx, "verdict", tx.MerchantID(), imp.what())
}

// renumber gives new keys to rows that an undone import brought before.
func (imp *Import) renumber(tx *store.Tx) error {
	for generation := 2; ; generation++ {
		tag, err := tx.PG().Exec(tx.Ctx(), query("withdrawn"), tx.MerchantID(), generation)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
	}
}

// measure lets the planner know what is in temporary tables, which nobody else looks after.
func measure(tx *store.Tx, tables ...string) error {
	_, err := tx.PG().Exec(tx.Ctx(), `ANALYZE `+strings.Join(tables, ", "))
	return err
}

// perform runs a statement. Temporary tables are made anew each time, so no statement about them is kept prepared.
func perform(tx *store.Tx, name string, args ...any) error {
	_, err := tx.PG().Exec(tx.Ctx(), query(name), args...)
	return err
}

func (imp *Import) plan(tx *store.Tx) error {
	if err := perform(tx, "needed", imp.what()); err != nil {
		return err
	}
	if err := measure(tx, "import_needed"); err != nil {
		return err
	}
	if err := perform(tx, "plan_people", tx.MerchantID(), imp.ID); err != nil {
		return err
	}
	if err := perform(tx, "plan_rows", tx.MerchantID(), imp.ID); err != nil {
		return err
	}
	return perform(tx, "plan_chunks", tx.MerchantID(), imp.ID, imp.chunkRows())
}

func (imp *Import) count(tx *store.Tx) error {
	var c Counts
	var unread, phones, dates, taken int64
	err := tx.PG().QueryRow(tx.Ctx(), query("count"), tx.MerchantID()).Scan(&c.Rows, &unread, &phones, &dates,
		&taken, &c.Customers, &c.Filled, &c.New, &c.Known, &c.Changed, &c.Amount, &c.First, &c.Last, &c.Late)
	if err != nil {
		return err
	}
	c.Errors = unread + c.Changed
	if imp.what() == "people" {
		c.New, c.Known = c.Customers, c.Rows-c.Errors-c.Customers
	}
	c.Repairs = map[string]int64{repairNames[repairedPhone]: phones, repairNames[repairedDate]: dates, contactTaken: taken}
	for kind, n := range c.Repairs {
		if n == 0 {
			delete(c.Repairs, kind)
		}
	}
	imp.Counts = c
	return nil
}

// allowed says whether the import may run in its mode, now. Errors: models.Invalid for a mapping that lacks something;
// models.Conflict "already_posting" for as if after the first live posting; "no_programme", "no_terms".
func (imp *Import) allowed(tx *store.Tx) error {
	if err := imp.Mapping.Check(imp.Mode); err != nil {
		return err
	}
	if imp.Mode != AsIf {
		return nil
	}
	var posting bool
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT first_posting_at IS NOT NULL FROM merchants WHERE id = $1`, tx.MerchantID()).Scan(&posting)
	if err == nil && posting {
		err = models.Conflicting("already_posting", nil)
	}
	return err
}
