package ledger

import (
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
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

// OfOrder reads a member's entries about an order, account by account in the order in which they were written, each with
// what it took from lots and with the lot that it made, whatever has become of that since. Those of customers who were
// merged into the member's are among them.
func OfOrder(tx *store.Tx, membershipID, orderID int64) ([]Entry, error) {
	return entriesOf(tx, `(a.membership_id = $2 OR a.membership_id IN
		(SELECT f.id FROM memberships f WHERE f.merchant_id = $1 AND f.merged_into = $2)) AND e.order_id = $3`, membershipID, orderID)
}

// entriesWhere reads entries of a member with their uses and lots. The condition is a constant of this package about e,
// with $3 as its argument.
func entriesWhere(tx *store.Tx, membershipID int64, condition string, arg any) ([]Entry, error) {
	return entriesOf(tx, `a.membership_id = $2 AND `+condition, membershipID, arg)
}

func entriesOf(tx *store.Tx, condition string, membershipID int64, arg any) ([]Entry, error) {
	rows, err := tx.PG().Query(tx.Ctx(), strings.Replace(fullEntriesSQL, "{condition}", condition, 1), tx.MerchantID(), membershipID, arg)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFullEntry)
}

var fullEntriesSQL = query("full_entries")

func scanFullEntry(row pgx.CollectableRow) (e Entry, err error) {
	var lots, used []int64
	var lot struct {
		points, remaining          *int64
		earned                     *time.Time
		usable, activates, expires *int32
		cause, rule, awaits        *string
		cancels                    *int32
	}
	err = row.Scan(&e.AccountID, &e.Unit, &e.Seq, &e.Kind, &e.Bucket, &e.Points, &e.At, &e.OccurredAt, &e.RecordedAt, &e.Cause, &e.OrderID,
		&e.Version, &e.Rule, &e.Reverses, &e.Why, &e.Digest, &lots, &used,
		&lot.points, &lot.remaining, &lot.earned, &lot.usable, &lot.activates, &lot.expires, &lot.cause, &lot.rule, &lot.awaits, &lot.cancels)
	e.At, e.OccurredAt, e.RecordedAt = e.At.UTC(), e.OccurredAt.UTC(), e.RecordedAt.UTC()
	for i := range lots {
		e.Uses = append(e.Uses, terms.LotUse{Lot: lots[i], Points: used[i]})
	}
	if err == nil && lot.points != nil {
		e.Lot = &terms.Lot{
			Seq: e.Seq, Bucket: e.Bucket, Points: *lot.points, Remaining: *lot.remaining, EarnedAt: lot.earned.UTC(), UsableFrom: date(lot.usable),
			ActivatesOn: date(lot.activates), ExpiresOn: date(lot.expires), Source: *lot.cause, Rule: str(lot.rule),
			Awaits: str(lot.awaits), CancelsOn: date(lot.cancels),
		}
	}
	return e, err
}

func date(days *int32) calendar.Date {
	if days == nil {
		return 0
	}
	return calendar.Date(*days)
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// Movement gives an entry back as the engine made it.
func (e *Entry) Movement() terms.Movement {
	mv := terms.Movement{
		Unit: e.Unit, Seq: e.Seq, Kind: e.Kind, Bucket: e.Bucket, Points: e.Points, At: e.At, OccurredAt: e.OccurredAt,
		Source: strings.TrimSuffix(e.Cause, "/"+e.Rule), Rule: e.Rule, Version: int(e.Version), Reverses: e.Reverses, Uses: e.Uses,
	}
	if e.Lot != nil {
		mv.Lot = *e.Lot
	}
	return mv
}

// RedemptionSource is the cause under which the ledger knows a redemption.
func RedemptionSource(source, externalID string) string { return "redeem:" + source + ":" + externalID }

// AccountEntries reads one account, the newest first, at most limit entries with a seq below before; 0 is from the newest.
// Their Uses and Lot are not read.
func AccountEntries(tx *store.Tx, accountID, before int64, limit int) ([]Entry, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+entryColumns+` FROM entries e JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id
		WHERE e.merchant_id = $1 AND e.account_id = $2 AND ($3 = 0 OR e.seq < $3) ORDER BY e.seq DESC LIMIT $4`, tx.MerchantID(), accountID, before, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanEntry)
}
