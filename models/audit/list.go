package audit

import (
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
)

// Kinds are the first words of the actions, in the order in which a chooser shows them.
var Kinds = []string{"customer", "grant", "give", "coupon", "program", "segment", "import", "staff", "second_factor", "key", "shop", "clock", "task", "backup"}

// Entry is a record as a page shows it.
type Entry struct {
	ID      int64
	StaffID int64  // 0: the program itself, or the command line
	Who     string // the person's name; empty for the program
	Action  string
	Subject string
	At      time.Time // wall time
	Version int64     // of a promise that was started; 0: of none, or no longer on record
}

// Query says which records are wanted.
type Query struct {
	Kind    string // one of Kinds; empty or unknown: all
	StaffID int64  // 0: everybody
	Before  int64  // id of the last record of the page before; 0: the newest
}

// PageSize is how many records a page has.
const PageSize = 50

// List gives a page of records, newest first, and whether there are more.
func List(tx *store.Tx, q Query) (page []Entry, more bool, err error) {
	if !slices.Contains(Kinds, q.Kind) {
		q.Kind = ""
	}
	sql := `SELECT r.id, coalesce(r.staff_id, 0), coalesce(p.name, ''), r.action, r.subject, r.at,
			CASE WHEN r.action = 'program.publish' THEN coalesce((SELECT (d.payload ->> 'version')::bigint FROM audit_payloads d
				WHERE d.merchant_id = r.merchant_id AND d.audit_id = r.id), 0) ELSE 0 END
		FROM audit_records r
		LEFT JOIN staff f ON f.merchant_id = r.merchant_id AND f.id = r.staff_id LEFT JOIN people p ON p.id = f.person_id
		WHERE r.merchant_id = $1 AND ($2 = 0 OR r.id < $2)`
	args := []any{tx.MerchantID(), q.Before, PageSize + 1}
	switch {
	case q.Kind != "" && q.StaffID != 0:
		sql, args = sql+` AND split_part(r.action, '.', 1) = $4 AND r.staff_id = $5`, append(args, q.Kind, q.StaffID)
	case q.Kind != "":
		sql, args = sql+` AND split_part(r.action, '.', 1) = $4`, append(args, q.Kind)
	case q.StaffID != 0:
		sql, args = sql+` AND r.staff_id = $4`, append(args, q.StaffID)
	}
	rows, err := tx.PG().Query(tx.Ctx(), sql+` ORDER BY r.id DESC LIMIT $3`, args...)
	if err != nil {
		return nil, false, err
	}
	page, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Entry])
	if len(page) > PageSize {
		page, more = page[:PageSize], true
	}
	return page, more, err
}
