// Package limits counts how often somebody tries something, so that nobody can guess or enumerate: the one mechanism behind
// every limit. A count is a row by scope, subject and window of time.
package limits

import (
	"context"
	"math"
	"net/netip"
	"time"

	"dangol/models"
	"dangol/models/store"
)

// Limit is how many tries a subject has in a window of time. Windows stand at fixed times, so that a count is one row.
type Limit struct {
	Scope  string
	Max    int
	Window time.Duration
}

// The limits of looking for customers, so that a list of them cannot be made by trying. A busy till serves a customer every
// 20 seconds and asks some five times for each: 150 in ten minutes, 2,500 in a long day.
var (
	LookupStaff    = Limit{"lookup:staff", 600, 10 * time.Minute}
	LookupStaffDay = Limit{"lookup:staff:day", 6000, 24 * time.Hour}
	LookupKey      = Limit{"lookup:key", 1200, 10 * time.Minute} // a key may serve all tills of a shop
	LookupKeyDay   = Limit{"lookup:key:day", 30_000, 24 * time.Hour}
	LookupAddress  = Limit{"lookup:address", 3000, 10 * time.Minute} // all tills behind one address
	Reveals        = Limit{"reveal:staff", 60, 10 * time.Minute}     // whole telephone numbers
	RevealsDay     = Limit{"reveal:staff:day", 500, 24 * time.Hour}
)

// MissCosts is what a till's search for somebody who is not there counts: guessing finds nobody most of the time.
const MissCosts = 5

// Claim is a limit and who is counted against it.
type Claim struct {
	Limit   Limit
	Subject string
}

// Take counts n tries before they are judged, so that parallel tries cannot pass together, and gives the number so far. It
// returns TooMany with Args["seconds"] beyond the limit.
func (l Limit) Take(tx *store.Tx, subject string, n int) (int, error) {
	var count int
	err := tx.PG().QueryRow(tx.Ctx(), `INSERT INTO attempts AS a (scope, subject, window_at, count) VALUES ($1, $2, $3, $4)
		ON CONFLICT (scope, subject, window_at) DO UPDATE SET count = a.count + EXCLUDED.count RETURNING count`,
		l.Scope, subject, tx.Wall().Truncate(l.Window), n).Scan(&count)
	if err == nil && count > l.Max {
		return count, l.exceeded(tx.Wall())
	}
	return count, err
}

// GiveBack takes a try off again: it was the person's own.
func (l Limit) GiveBack(tx *store.Tx, subject string) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE attempts SET count = count - 1 WHERE scope = $1 AND subject = $2 AND window_at = $3 AND count > 0`,
		l.Scope, subject, tx.Wall().Truncate(l.Window))
	return err
}

func (l Limit) exceeded(now time.Time) error {
	left := now.Truncate(l.Window).Add(l.Window).Sub(now)
	return &models.Error{Kind: models.TooMany, Code: "too_many", Args: map[string]any{"seconds": int64(math.Ceil(left.Seconds()))}}
}

// Count counts n tries against several limits at once, in a transaction of its own and in one statement: a till's search
// waits for it. It does not wait for the disk, for what a crash forgets is the last moment's count. Errors: TooMany for the
// limit that takes longest to pass.
func Count(ctx context.Context, db *store.DB, n int, claims ...Claim) error {
	wall, scopes, subjects, windows := db.Wall(), []string{}, []string{}, []time.Time{}
	for _, c := range claims {
		scopes, subjects, windows = append(scopes, c.Limit.Scope), append(subjects, c.Subject), append(windows, wall.Truncate(c.Limit.Window))
	}
	rows, err := db.Pool().Query(ctx, `WITH lazy AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
		INSERT INTO attempts AS a (scope, subject, window_at, count)
		SELECT scope, subject, window_at, $4 FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS c (scope, subject, window_at), lazy
		ON CONFLICT (scope, subject, window_at) DO UPDATE SET count = a.count + EXCLUDED.count RETURNING scope, count`, scopes, subjects, windows, n)
	if err != nil {
		return store.Translate(err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var scope string
		var count int
		if err := rows.Scan(&scope, &count); err != nil {
			return store.Translate(err)
		}
		counts[scope] = count
	}
	return first(rows.Err(), judge(claims, counts, wall))
}

func first(fault, verdict error) error {
	if fault != nil {
		return store.Translate(fault)
	}
	return verdict
}

// judge gives the refusal that lasts longest, nil if no limit was passed.
func judge(claims []Claim, counts map[string]int, wall time.Time) (refusal error) {
	longest := time.Duration(0)
	for _, c := range claims {
		if counts[c.Limit.Scope] > c.Limit.Max && c.Limit.Window > longest {
			longest, refusal = c.Limit.Window, c.Limit.exceeded(wall)
		}
	}
	return refusal
}

// Subnet is an address as limits count it: an IPv6 customer owns a whole /64, and could use a new address for every try.
func Subnet(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return "unknown"
	}
	a = a.Unmap()
	if a.Is4() {
		return a.String()
	}
	prefix, err := a.WithZone("").Prefix(64)
	if err != nil {
		return "unknown"
	}
	return prefix.String()
}
