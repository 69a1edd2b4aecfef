package ledger

import (
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/terms"
)

// accountOwner is an account's row and whose it is.
type accountOwner struct {
	id, program int64
	unit        string
	membership  string // code; empty if the membership is gone
	sums        sums
	lastSeq     int64
	lastAt      time.Time
	lastDigest  []byte
}

type versionKey struct{ program, version int64 }

type useRow struct{ account, entry, lot, points, place int64 }

type lotRow struct {
	account int64
	order   int64
	lot     terms.Lot
}

type extensionRow struct {
	account, lot   int64
	from, to       calendar.Date
	reason         terms.ExtensionReason
	at, recordedAt time.Time
	digest         []byte
}

// accountPageRows are the rows of a range of accounts, each table in the order of account and number.
type accountPageRows struct {
	entries    []Entry
	uses       []useRow
	lots       []lotRow
	extensions []extensionRow
}

// accountRowsOf are the rows of one account, or of a hole between two.
type accountRowsOf accountPageRows

// before takes the rows of accounts below id off the page, of the rows of id, rest what is left.
func (p *accountPageRows) before(id int64) accountRowsOf { return p.take(id) }
func (p *accountPageRows) of(id int64) accountRowsOf     { return p.take(id + 1) }

func (p *accountPageRows) rest() accountRowsOf {
	rows := accountRowsOf(*p)
	*p = accountPageRows{}
	return rows
}

func (p *accountPageRows) take(below int64) (rows accountRowsOf) {
	rows.entries, p.entries = cut(p.entries, func(e *Entry) bool { return e.AccountID < below })
	rows.uses, p.uses = cut(p.uses, func(u *useRow) bool { return u.account < below })
	rows.lots, p.lots = cut(p.lots, func(l *lotRow) bool { return l.account < below })
	rows.extensions, p.extensions = cut(p.extensions, func(x *extensionRow) bool { return x.account < below })
	return rows
}

// cut splits off the rows at the front that belong.
func cut[T any](rows []T, belongs func(*T) bool) (front, rest []T) {
	n := 0
	for n < len(rows) && belongs(&rows[n]) {
		n++
	}
	return rows[:n], rows[n:]
}

// entry finds an entry by its number: in a sound ledger it stands at its place.
func (r *accountRowsOf) entry(seq int64) *Entry {
	at, found := slices.BinarySearchFunc(r.entries, seq, func(e Entry, seq int64) int { return int(e.Seq - seq) })
	if !found {
		return nil
	}
	return &r.entries[at]
}

func (r *accountRowsOf) lotOf(seq int64) *terms.Lot {
	at, found := slices.BinarySearchFunc(r.lots, seq, func(l lotRow, seq int64) int { return int(l.lot.Seq - seq) })
	if !found {
		return nil
	}
	return &r.lots[at].lot
}

func (r *accountRowsOf) usesOf(seq int64) (uses []terms.LotUse) {
	at, _ := slices.BinarySearchFunc(r.uses, seq, func(u useRow, seq int64) int { return int(u.entry - seq) })
	for ; at < len(r.uses) && r.uses[at].entry == seq; at++ {
		uses = append(uses, terms.LotUse{Lot: r.uses[at].lot, Points: r.uses[at].points})
	}
	return uses
}

func (c *checker) readHashes() error {
	rows, err := c.tx.Query(c.ctx, `SELECT program_id, version, hash FROM program_versions WHERE merchant_id = $1`, c.merchantID)
	if err != nil {
		return err
	}
	c.hashes = map[versionKey]string{}
	var key versionKey
	var hash string
	_, err = pgx.ForEachRow(rows, []any{&key.program, &key.version, &hash}, func() error {
		c.hashes[key] = hash
		return nil
	})
	return err
}

// owners reads the next accounts of a range of ids.
func (c *checker) owners(from, to int64) ([]accountOwner, error) {
	rows, err := c.tx.Query(c.ctx, `SELECT a.id, coalesce(m.program_id, 0), a.unit, coalesce(m.code, ''), a.pending, a.available, a.reserved, a.deficit,
			a.last_seq, coalesce(a.last_at, timestamptz 'epoch'), a.last_digest
		FROM accounts a LEFT JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id
		WHERE a.merchant_id = $1 AND a.id BETWEEN $2 AND $3 ORDER BY a.id LIMIT $4`, c.merchantID, from, to, accountPage)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (o accountOwner, err error) {
		err = row.Scan(&o.id, &o.program, &o.unit, &o.membership, &o.sums.pending, &o.sums.available, &o.sums.reserved, &o.sums.deficit,
			&o.lastSeq, &o.lastAt, &o.lastDigest)
		return o, err
	})
}

// page reads all rows of a range of accounts in one round trip.
func (c *checker) page(from, to int64) (*accountPageRows, error) {
	p, batch, merchant := &accountPageRows{}, &pgx.Batch{}, c.merchantID
	batch.Queue(`SELECT account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, coalesce(order_id, 0), coalesce(version, 0), coalesce(rule, ''),
			coalesce(reverses_seq, 0), why, digest
		FROM entries WHERE merchant_id = $1 AND account_id BETWEEN $2 AND $3 ORDER BY account_id, seq`, merchant, from, to).Query(p.readEntries)
	batch.Queue(`SELECT account_id, entry_seq, lot_seq, points, place FROM lot_uses
		WHERE merchant_id = $1 AND account_id BETWEEN $2 AND $3 ORDER BY account_id, entry_seq, place, lot_seq`, merchant, from, to).Query(p.readUses)
	batch.Queue(`SELECT account_id, seq, bucket, points, remaining, earned_at, coalesce(usable_from - date '1970-01-01', 0),
			coalesce(activates_on - date '1970-01-01', 0), coalesce(expires_on - date '1970-01-01', 0), cause, coalesce(rule, ''), coalesce(order_id, 0),
			coalesce(awaits, ''), coalesce(cancels_on - date '1970-01-01', 0)
		FROM lots WHERE merchant_id = $1 AND account_id BETWEEN $2 AND $3 ORDER BY account_id, seq`, merchant, from, to).Query(p.readLots)
	batch.Queue(`SELECT account_id, lot_seq, from_on - date '1970-01-01', to_on - date '1970-01-01', reason, at, recorded_at, digest FROM lot_extensions
		WHERE merchant_id = $1 AND account_id BETWEEN $2 AND $3 ORDER BY account_id, lot_seq, to_on`, merchant, from, to).Query(p.readExtensions)
	return p, c.tx.SendBatch(c.ctx, batch).Close()
}

func (p *accountPageRows) readEntries(rows pgx.Rows) error {
	for rows.Next() {
		p.entries = append(p.entries, Entry{})
		e := &p.entries[len(p.entries)-1]
		if err := rows.Scan(&e.AccountID, &e.Seq, &e.Kind, &e.Bucket, &e.Points, &e.At, &e.OccurredAt, &e.RecordedAt, &e.Cause, &e.OrderID, &e.Version,
			&e.Rule, &e.Reverses, &e.Why, &e.Digest); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (p *accountPageRows) readUses(rows pgx.Rows) error {
	for rows.Next() {
		var u useRow
		if err := rows.Scan(&u.account, &u.entry, &u.lot, &u.points, &u.place); err != nil {
			return err
		}
		p.uses = append(p.uses, u)
	}
	return rows.Err()
}

func (p *accountPageRows) readLots(rows pgx.Rows) error {
	for rows.Next() {
		p.lots = append(p.lots, lotRow{})
		l := &p.lots[len(p.lots)-1]
		if err := rows.Scan(&l.account, &l.lot.Seq, &l.lot.Bucket, &l.lot.Points, &l.lot.Remaining, &l.lot.EarnedAt, days(&l.lot.UsableFrom),
			days(&l.lot.ActivatesOn), days(&l.lot.ExpiresOn), &l.lot.Source, &l.lot.Rule, &l.order,
			&l.lot.Awaits, days(&l.lot.CancelsOn)); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (p *accountPageRows) readExtensions(rows pgx.Rows) error {
	for rows.Next() {
		var x extensionRow
		if err := rows.Scan(&x.account, &x.lot, days(&x.from), days(&x.to), &x.reason, &x.at, &x.recordedAt, &x.digest); err != nil {
			return err
		}
		p.extensions = append(p.extensions, x)
	}
	return rows.Err()
}
