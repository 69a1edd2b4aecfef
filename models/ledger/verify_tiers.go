package ledger

import (
	"bytes"
	"fmt"
	"math"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/terms"
)

// memberPage is how many members' tier histories are read at a time.
const memberPage = 5000

type tierOwner struct {
	id     int64
	code   string
	tier   string
	until  calendar.Date
	seq    int64
	digest []byte
}

type tierRow struct {
	membership, seq int64
	cause           string
	change          terms.TierChange
	recordedAt      time.Time
	digest          []byte
}

// tiers follows every member's tier history to the tier that the member holds.
func (c *checker) tiers() error {
	for from := int64(math.MinInt64); ; {
		owners, err := c.tierOwners(from)
		if err != nil {
			return err
		}
		to, last := int64(math.MaxInt64), len(owners) < memberPage
		if !last {
			to = owners[len(owners)-1].id
		}
		changes, err := c.tierRows(from, to)
		if err != nil {
			return err
		}
		c.report.Members += int64(len(owners))
		c.histories(owners, changes)
		if last {
			return nil
		}
		from = to + 1
	}
}

// histories takes the page member by member; what is left between two belongs to nobody.
func (c *checker) histories(owners []tierOwner, changes []tierRow) {
	var mine, strays []tierRow
	for i := range owners {
		o := &owners[i]
		strays, changes = cut(changes, func(t *tierRow) bool { return t.membership < o.id })
		c.strayTiers(strays)
		mine, changes = cut(changes, func(t *tierRow) bool { return t.membership == o.id })
		c.history(o, mine)
	}
	c.strayTiers(changes)
}

func (c *checker) strayTiers(rows []tierRow) {
	for i := range rows {
		c.find("member", "tier_changes", tierAt(&rows[i]), "a tier change of a member who does not exist")
	}
}

func tierAt(t *tierRow) string { return fmt.Sprintf("membership %d, change %d", t.membership, t.seq) }

func (c *checker) history(o *tierOwner, changes []tierRow) {
	var digest []byte
	held, until, of := "", calendar.Date(0), owner{c.merchantID, o.code, ""}
	for i := range changes {
		t := &changes[i]
		if t.seq != int64(i+1) {
			c.find("gap", "tier_changes", tierAt(t), "the change before it is number %d", i)
			return
		}
		if digest = tierDigest(digest, of, t.seq, t.cause, &t.change, t.recordedAt); !bytes.Equal(digest, t.digest) {
			c.find("digest", "tier_changes", tierAt(t), "the change is not the one that was sealed")
			digest = t.digest
		}
		if t.change.From != held {
			c.find("from", "tier_changes", tierAt(t), "from %q, the tier held was %q", t.change.From, held)
		}
		held, until = t.change.To, t.change.Until
	}
	where := fmt.Sprintf("membership %d", o.id)
	if int64(len(changes)) != o.seq || !bytes.Equal(digest, o.digest) {
		c.find("digest", "memberships", where, "its last tier change is number %d and it has %d", o.seq, len(changes))
	}
	if held != o.tier {
		c.find("tier", "memberships", where, "holds %q, by its history %q", o.tier, held)
	}
	if until != o.until {
		c.find("validity", "memberships", where, "its tier is safe until %v, by its history until %v", o.until, until)
	}
}

func (c *checker) tierOwners(from int64) ([]tierOwner, error) {
	rows, err := c.tx.Query(c.ctx, `SELECT id, code, coalesce(tier_code, ''), coalesce(tier_until - date '1970-01-01', 0), tier_seq, tier_digest FROM memberships
		WHERE merchant_id = $1 AND id >= $2 ORDER BY id LIMIT $3`, c.merchantID, from, memberPage)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (o tierOwner, err error) {
		err = row.Scan(&o.id, &o.code, &o.tier, days(&o.until), &o.seq, &o.digest)
		return o, err
	})
}

func (c *checker) tierRows(from, to int64) ([]tierRow, error) {
	rows, err := c.tx.Query(c.ctx, `SELECT membership_id, seq, cause, reason, coalesce(from_code, ''), to_code, amount,
			coalesce(window_from - date '1970-01-01', 0), coalesce(window_to - date '1970-01-01', 0), coalesce(valid_until - date '1970-01-01', 0),
			at, recorded_at, digest, readings
		FROM tier_changes WHERE merchant_id = $1 AND membership_id BETWEEN $2 AND $3 ORDER BY membership_id, seq`, c.merchantID, from, to)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t tierRow, err error) {
		x, readings := &t.change, ""
		err = row.Scan(&t.membership, &t.seq, &t.cause, &x.Reason, &x.From, &x.To, &x.Amount, days(&x.WindowFrom), days(&x.WindowTo), days(&x.Until),
			&x.At, &t.recordedAt, &t.digest, &readings)
		x.Readings = terms.ParseReadings(readings)
		return t, err
	})
}
