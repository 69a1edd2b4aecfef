package ledger

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/terms"
)

// Cursor is a place in a member's entries: the last one that was seen. The zero value is before the newest.
type Cursor struct {
	At        time.Time
	AccountID int64
	Seq       int64
}

// After is the place behind an entry.
func After(e Entry) Cursor { return Cursor{e.At, e.AccountID, e.Seq} }

// Entries reads what happened to a member, in all units, the newest first, at most limit entries behind a cursor. Their
// Uses and Lot are not read.
func Entries(tx *store.Tx, membershipID int64, from Cursor, limit int) ([]Entry, error) {
	rows, err := tx.PG().Query(tx.Ctx(), entriesSQL, tx.MerchantID(), membershipID, from.At, from.AccountID, from.Seq, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanEntry)
}

var entriesSQL = query("entries")

// entryColumns are what scanEntry reads, of e and its account a.
const entryColumns = `e.account_id, a.unit, e.seq, e.kind, e.bucket, e.points, e.at, e.occurred_at, e.recorded_at, e.cause, coalesce(e.order_id, 0),
	coalesce(e.version, 0), coalesce(e.rule, ''), coalesce(e.reverses_seq, 0), e.why, e.digest`

func scanEntry(row pgx.CollectableRow) (e Entry, err error) {
	err = row.Scan(&e.AccountID, &e.Unit, &e.Seq, &e.Kind, &e.Bucket, &e.Points, &e.At, &e.OccurredAt, &e.RecordedAt, &e.Cause, &e.OrderID,
		&e.Version, &e.Rule, &e.Reverses, &e.Why, &e.Digest)
	e.At, e.OccurredAt, e.RecordedAt = e.At.UTC(), e.OccurredAt.UTC(), e.RecordedAt.UTC()
	return e, err
}

// FindEntry reads one entry. Errors: models.NotFound.
func FindEntry(tx *store.Tx, accountID, seq int64) (Entry, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+entryColumns+` FROM entries e JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id
		WHERE e.merchant_id = $1 AND e.account_id = $2 AND e.seq = $3`, tx.MerchantID(), accountID, seq)
	if err != nil {
		return Entry{}, err
	}
	e, err := pgx.CollectExactlyOneRow(rows, scanEntry)
	return e, store.Translate(err)
}

// Explanation decodes the arithmetic behind an entry; ok is false for one that no rule computed.
func (e *Entry) Explanation() (why terms.Explanation, ok bool, err error) {
	if len(e.Why) == 0 {
		return why, false, nil
	}
	why, err = terms.Decode(e.Why)
	return why, err == nil, err
}

// Balances gives what each unit's account of a member holds at the merchant's now, without writing. Errors:
// models.NotFound for a membership that is not the merchant's, or of a programme that is not among those given.
func Balances(tx *store.Tx, programs []*Program, membershipID int64) ([]terms.Account, error) {
	members, err := Peek(tx, programs, Members(membershipID))
	if err != nil {
		return nil, err
	}
	if len(members) == 0 {
		return nil, models.ErrNotFound
	}
	return members[0].Accounts, nil
}
