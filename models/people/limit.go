package people

import (
	"math"
	"net/netip"
	"time"

	"dangol/models"
	"dangol/models/store"
)

// limit is how many tries a subject has in a window of time. Windows stand at fixed times, so that a count is one row.
type limit struct {
	scope  string
	max    int
	window time.Duration
}

// The limits of signing in and of asking for a reset. Those on an account alone never refuse a known device, and slow a
// stranger down long before they refuse, so that nobody can lock somebody else out (OWASP ASVS 5.0, 6.1.1).
var (
	perPlace   = limit{"sign_in:place", 10, 15 * time.Minute}    // account and address together
	perDevice  = limit{"sign_in:device", 10, 15 * time.Minute}   // account on a known device, which meets no other limit
	perAccount = limit{"sign_in:account", 300, 15 * time.Minute} // account, from everywhere unknown
	perAddress = limit{"sign_in:address", 100, time.Hour}
	resets     = limit{"reset:account", 3, time.Hour}
	resetsFrom = limit{"reset:address", 30, time.Hour}
)

// freeTries is how many failures an account has from everywhere before strangers' tries take longer.
const freeTries = 10

// take counts one try before it is judged, so that parallel tries cannot pass together, and gives the number so far.
// It returns TooMany with Args["seconds"] beyond the limit.
func (l limit) take(tx *store.Tx, subject string) (int, error) {
	var count int
	err := tx.PG().QueryRow(tx.Ctx(), `INSERT INTO attempts AS a (scope, subject, window_at, count) VALUES ($1, $2, $3, 1)
		ON CONFLICT (scope, subject, window_at) DO UPDATE SET count = a.count + 1 RETURNING count`,
		l.scope, subject, tx.Wall().Truncate(l.window)).Scan(&count)
	if err == nil && count > l.max {
		return count, l.exceeded(tx.Wall())
	}
	return count, err
}

// giveBack takes a try off again: it was the person's own.
func (l limit) giveBack(tx *store.Tx, subject string) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE attempts SET count = count - 1 WHERE scope = $1 AND subject = $2 AND window_at = $3 AND count > 0`,
		l.scope, subject, tx.Wall().Truncate(l.window))
	return err
}

func (l limit) exceeded(now time.Time) error {
	left := now.Truncate(l.window).Add(l.window).Sub(now)
	return &models.Error{Kind: models.TooMany, Code: "too_many", Args: map[string]any{"seconds": int64(math.Ceil(left.Seconds()))}}
}

// subnet is the address as limits count it: an IPv6 customer owns a whole /64, and could use a new address for every try.
func subnet(address string) string {
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

// slowDown is how long a stranger's try waits when an account has seen so many failures.
func slowDown(failures int) time.Duration {
	if failures <= freeTries {
		return 0
	}
	return min(5*time.Second, 500*time.Millisecond<<min(failures-freeTries-1, 4))
}
