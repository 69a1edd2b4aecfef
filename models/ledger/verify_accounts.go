package ledger

import (
	"bytes"
	"fmt"
	"math"

	"dangol/models/calendar"
	"dangol/models/terms"
)

// accountPage is how many accounts are walked at a time. Pages are ranges of ids without holes between them, so that a row
// whose account does not exist is met as well.
const accountPage = 2000

// accounts walks the chain of every account of a part. The parts are ranges of ids of one width; the first and the last
// reach to the ends of all numbers.
func (c *checker) accounts(part int64) error {
	if err := c.readHashes(); err != nil {
		return err
	}
	from, to, err := c.rangeOf(part)
	for more := true; more && err == nil; {
		from, more, err = c.walkPage(from, to)
	}
	return err
}

// rangeOf gives a part's first and last id.
func (c *checker) rangeOf(part int64) (from, to int64, err error) {
	var first, last int64
	err = c.tx.QueryRow(c.ctx, `SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM accounts WHERE merchant_id = $1`, c.merchantID).Scan(&first, &last)
	width := (last-first)/accountParts + 1
	from, to = first+part*width, first+(part+1)*width-1
	if part == 0 {
		from = math.MinInt64
	}
	if part == accountParts-1 {
		to = math.MaxInt64
	}
	return from, to, err
}

// walkPage walks the next accounts of a range and tells where the page behind them begins, if there is one.
func (c *checker) walkPage(from, to int64) (next int64, more bool, err error) {
	owners, err := c.owners(from, to)
	if err != nil {
		return 0, false, err
	}
	end := to
	if more = len(owners) == accountPage; more {
		end = owners[len(owners)-1].id
	}
	page, err := c.page(from, end)
	if err != nil {
		return 0, false, err
	}
	c.walk(owners, page)
	return end + 1, more, nil
}

// walk takes the rows of a page account by account; both are in the order of the account ids.
func (c *checker) walk(owners []accountOwner, page *accountPageRows) {
	for i := range owners {
		o := &owners[i]
		c.strays(page.before(o.id))
		c.account(o, page.of(o.id))
	}
	c.strays(page.rest())
}

// strays are rows of accounts that do not exist.
func (c *checker) strays(rows accountRowsOf) {
	for i := range rows.entries {
		e := &rows.entries[i]
		c.find("account", "entries", entryAt(e.AccountID, e.Seq), "an entry of an account that does not exist")
	}
	for i := range rows.uses {
		u := &rows.uses[i]
		c.find("account", "lot_uses", entryAt(u.account, u.entry), "a use of a lot in an account that does not exist")
	}
	for i := range rows.lots {
		l := &rows.lots[i]
		c.find("account", "lots", lotAt(l.account, l.lot.Seq), "a lot of an account that does not exist")
	}
	for i := range rows.extensions {
		x := &rows.extensions[i]
		c.find("account", "lot_extensions", lotAt(x.account, x.lot), "an extension in an account that does not exist")
	}
}

func entryAt(account, seq int64) string { return fmt.Sprintf("account %d, entry %d", account, seq) }
func lotAt(account, seq int64) string   { return fmt.Sprintf("account %d, lot %d", account, seq) }

// account recomputes everything about one account from its entries.
func (c *checker) account(o *accountOwner, rows accountRowsOf) {
	c.report.Accounts++
	c.report.Entries += int64(len(rows.entries))
	c.report.Lots += int64(len(rows.lots))
	c.extensions(o, rows)
	c.uses(o, rows)
	c.entries(o, rows)
	c.lots(o, rows)
}

// entries follows the chain: numbers without gaps, time that never goes back, digests, sums.
func (c *checker) entries(o *accountOwner, rows accountRowsOf) {
	var digest []byte
	var sums sums
	of := owner{c.merchantID, o.membership, o.unit}
	for i := range rows.entries {
		e := &rows.entries[i]
		where := entryAt(o.id, e.Seq)
		if e.Seq != int64(i+1) {
			c.find("gap", "entries", where, "the entry before it is number %d", i)
			return // what follows cannot agree any more
		}
		if i > 0 && e.At.Before(rows.entries[i-1].At) {
			c.find("time", "entries", where, "it happened at %s, before its predecessor", e.At)
		}
		e.Uses, e.Lot = rows.usesOf(e.Seq), rows.lotOf(e.Seq)
		if digest = e.digest(digest, of, c.hashes[versionKey{o.program, e.Version}]); !bytes.Equal(digest, e.Digest) {
			c.find("digest", "entries", where, "the entry, its lot, its uses or its member are not those that were sealed")
			digest = e.Digest // the rest of the chain is judged by itself
		}
		c.spread(where, e)
		sums.add(e.Bucket, e.Points)
	}
	c.explained(o, rows)
	c.stored(o, rows, digest, sums)
}

// spread checks that an entry of a bucket with lots is the lot that it made, or what it took from others.
func (c *checker) spread(where string, e *Entry) {
	if e.Bucket != terms.Pending && e.Bucket != terms.Available {
		if e.Lot != nil || len(e.Uses) > 0 {
			c.find("lots", "entries", where, "an entry of a bucket without lots has some")
		}
		return
	}
	moved := terms.Points(0)
	if e.Lot != nil {
		moved = e.Lot.Points
	}
	for _, use := range e.Uses {
		moved += use.Points
	}
	if moved != e.Points {
		c.find("lots", "entries", where, "it moved %d points and its lots %d", e.Points, moved)
	}
}

// explained follows the arithmetic of every award again; one that filled a deficit is two entries of one cause.
func (c *checker) explained(o *accountOwner, rows accountRowsOf) {
	for i := 0; i < len(rows.entries); i++ {
		e := &rows.entries[i]
		if e.Kind != terms.Earn || len(e.Why) == 0 {
			continue
		}
		earned := gained(e)
		if next := i + 1; next < len(rows.entries) && rows.entries[next].Cause == e.Cause && rows.entries[next].Kind == terms.Earn {
			earned += gained(&rows.entries[next])
			i = next
		}
		why, _, err := e.Explanation()
		if err != nil || why.Recompute() != earned {
			c.find("why", "entries", entryAt(o.id, e.Seq), "its explanation does not give the %d points that were earned", earned)
		}
	}
}

// gained is what an entry added to what the member owns.
func gained(e *Entry) terms.Points {
	if e.Bucket == terms.DeficitPart {
		return -e.Points
	}
	return e.Points
}

// sums are the four numbers of an account.
type sums struct{ pending, available, reserved, deficit terms.Points }

func (s *sums) add(bucket terms.Bucket, points terms.Points) {
	switch bucket {
	case terms.Pending:
		s.pending += points
	case terms.Available:
		s.available += points
	case terms.Reserved:
		s.reserved += points
	case terms.DeficitPart:
		s.deficit += points
	}
}

// stored compares the account's row with its entries, and its buckets with their lots.
func (c *checker) stored(o *accountOwner, rows accountRowsOf, digest []byte, entries sums) {
	where := fmt.Sprintf("account %d", o.id)
	if entries != o.sums {
		c.find("sum", "accounts", where, "stored %+v, entries %+v", o.sums, entries)
	}
	if int64(len(rows.entries)) != o.lastSeq {
		c.find("gap", "accounts", where, "its last entry is number %d and it has %d", o.lastSeq, len(rows.entries))
	}
	if n := len(rows.entries); n > 0 && !rows.entries[n-1].At.Equal(o.lastAt) {
		c.find("time", "accounts", where, "its last entry is of %s, stored %s", rows.entries[n-1].At, o.lastAt)
	}
	if !bytes.Equal(digest, o.lastDigest) {
		c.find("digest", "accounts", where, "its last digest is not its last entry's")
	}
	var lots sums
	for i := range rows.lots {
		lots.add(rows.lots[i].lot.Bucket, rows.lots[i].lot.Remaining)
	}
	if lots.pending != o.sums.pending || lots.available != o.sums.available {
		c.find("lots", "accounts", where, "stored %d pending and %d available, open lots %d and %d",
			o.sums.pending, o.sums.available, lots.pending, lots.available)
	}
}

// lots compares each lot with what was taken from it and given back.
func (c *checker) lots(o *accountOwner, rows accountRowsOf) {
	taken := map[int64]terms.Points{}
	for i := range rows.uses {
		taken[rows.uses[i].lot] += rows.uses[i].points
	}
	for i := range rows.lots {
		l := &rows.lots[i]
		where := lotAt(o.id, l.lot.Seq)
		e := rows.entry(l.lot.Seq)
		switch {
		case e == nil:
			c.find("lot", "lots", where, "it has no entry")
		case e.Bucket != l.lot.Bucket || e.OrderID != l.order:
			c.find("lot", "lots", where, "bucket or order are not its entry's")
		}
		if left := l.lot.Points + taken[l.lot.Seq]; left != l.lot.Remaining {
			c.find("remaining", "lots", where, "%d remain, by its uses %d", l.lot.Remaining, left)
		}
		delete(taken, l.lot.Seq)
	}
	for seq := range taken {
		c.find("lot", "lot_uses", lotAt(o.id, seq), "uses of a lot that is not there")
	}
}

// uses checks that each belongs to an entry, and that their places are counted without gaps.
func (c *checker) uses(o *accountOwner, rows accountRowsOf) {
	place := int64(0)
	for i := range rows.uses {
		u := &rows.uses[i]
		if i > 0 && rows.uses[i-1].entry != u.entry {
			place = 0
		}
		if u.place != place {
			c.find("place", "lot_uses", entryAt(o.id, u.entry), "use number %d says %d", place, u.place)
		}
		place++
		if rows.entry(u.entry) == nil {
			c.find("entry", "lot_uses", entryAt(o.id, u.entry), "a use without an entry")
		}
	}
}

// extensions follows each lot's prolongations from the day that it was born with to the day that stands, and puts the day
// of its birth back for the digest.
func (c *checker) extensions(o *accountOwner, rows accountRowsOf) {
	of := owner{c.merchantID, o.membership, o.unit}
	for i := 0; i < len(rows.extensions); {
		seq, born, last := rows.extensions[i].lot, rows.extensions[i].from, calendar.Date(0)
		for ; i < len(rows.extensions) && rows.extensions[i].lot == seq; i++ {
			x := &rows.extensions[i]
			sealed := terms.Extension{Unit: o.unit, Lot: x.lot, Reason: x.reason, From: x.from, To: x.to, At: x.at}
			if !bytes.Equal(extensionDigest(of, &sealed, x.recordedAt), x.digest) {
				c.find("digest", "lot_extensions", lotAt(o.id, seq), "the extension to %s is not the one that was sealed", x.to)
			}
			if !last.IsZero() && x.from != last {
				c.find("gap", "lot_extensions", lotAt(o.id, seq), "from %s, the one before ends on %s", x.from, last)
			}
			last = x.to
		}
		lot := rows.lotOf(seq)
		switch {
		case lot == nil:
			c.find("lot", "lot_extensions", lotAt(o.id, seq), "an extension of a lot that is not there")
		case lot.ExpiresOn != last:
			c.find("expiry", "lots", lotAt(o.id, seq), "it ends on %s, prolonged to %s", lot.ExpiresOn, last)
			lot.ExpiresOn = born
		default:
			lot.ExpiresOn = born
		}
	}
}
