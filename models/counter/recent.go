package counter

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

// Kind says what an action at the counter was.
type Kind string

// The kinds of action.
const (
	Earned   Kind = "earn"
	Redeemed Kind = "redeem"
	Coupon   Kind = "coupon"
	Granted  Kind = "grant"
)

// Action is one thing that was done at the counter or by a till.
type Action struct {
	Kind       Kind
	ID         int64 // of the order, redemption, coupon or grant
	CustomerID int64
	Name       string
	Phone      string
	Points     int64  // signed, what moved; 0 for a coupon
	CouponKind string // code
	Program    int64  // of the coupon
	Version    int    // of the coupon's terms
	At         time.Time
	Undone     bool
	Who        string // the member of staff; empty: a till, a key or the program
}

// Token names the action in the address of its undoing.
func (a *Action) Token() string { return fmt.Sprintf("%s-%d", a.Kind, a.ID) }

// ParseToken reads a token. Errors: models.NotFound.
func ParseToken(token string) (kind Kind, id int64, err error) {
	name, number, _ := strings.Cut(token, "-")
	id, bad := strconv.ParseInt(number, 10, 64)
	switch kind = Kind(name); {
	case bad == nil && id > 0 && (kind == Earned || kind == Redeemed || kind == Coupon || kind == Granted):
		return kind, id, nil
	}
	return "", 0, models.ErrNotFound
}

// Recent lists what a member of staff did today, the newest first, at most limit actions. A coupon that was used on an
// order is part of that order and is taken back with it.
func Recent(tx *store.Tx, staffID int64, limit int) ([]Action, error) {
	return actions(tx, recentSQL, tx.MerchantID(), limit, staffID, tx.Today())
}

// Lately lists what was done last in the whole shop, by staff and by tills, the newest first by when it was, at most limit
// actions. What came in by file is not among them.
func Lately(tx *store.Tx, limit int) ([]Action, error) {
	return actions(tx, latelySQL, tx.MerchantID(), limit, lookback)
}

// lookback bounds how many of the last orders are looked through for those that no file brought.
const lookback = 200

func actions(tx *store.Tx, acts string, args ...any) ([]Action, error) {
	rows, err := tx.PG().Query(tx.Ctx(), acts+toldSQL, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanAction)
}

func scanAction(row pgx.CollectableRow) (a Action, err error) {
	err = row.Scan(&a.Kind, &a.ID, &a.CustomerID, &a.Name, &a.Phone, &a.Points, &a.CouponKind, &a.Program, &a.Version, &a.At, &a.Undone, &a.Who)
	return a, err
}

// What has this member of staff done today, newest first? Each arm reads its own few rows by an index on the author.
const recentSQL = `
WITH acts AS (
	(SELECT 'earn' AS kind, o.id, o.customer_id, NULL::bigint AS membership_id, NULL::bigint AS account_id, 0::bigint AS points, '' AS coupon, 0::bigint AS program,
	        0 AS version, o.recorded_at AS at, o.withdrawn_at IS NOT NULL AS undone, o.staff_id AS who
	 FROM orders o WHERE o.merchant_id = $1 AND o.staff_id = $3 AND o.business_date = $4 ORDER BY o.id DESC LIMIT $2)
	UNION ALL
	(SELECT 'redeem', r.id, NULL, NULL, r.account_id, -r.points, '', 0, 0, r.recorded_at, r.reversed_at IS NOT NULL, r.staff_id
	 FROM redemptions r WHERE r.merchant_id = $1 AND r.staff_id = $3 AND r.business_date = $4 ORDER BY r.id DESC LIMIT $2)
	UNION ALL
	(SELECT 'coupon', c.id, NULL, c.membership_id, NULL, 0, c.kind, c.program_id, c.version, c.used_at, false, c.used_by
	 FROM coupons c WHERE c.merchant_id = $1 AND c.used_by = $3 AND c.used_on = $4 AND c.order_id IS NULL ORDER BY c.used_at DESC LIMIT $2)
	UNION ALL
	(SELECT 'grant', g.id, NULL, g.membership_id, NULL, g.points, '', 0, 0, g.at, g.undone_at IS NOT NULL, g.staff_id
	 FROM grants g WHERE g.merchant_id = $1 AND g.staff_id = $3 AND g.business_date = $4 ORDER BY g.id DESC LIMIT $2))`

// What was done last in the shop? Each arm walks back from the last row of its own key or index; orders that tills bring late
// stand where they belong.
const latelySQL = `
WITH acts AS (
	(SELECT 'earn' AS kind, o.id, o.customer_id, NULL::bigint AS membership_id, NULL::bigint AS account_id, 0::bigint AS points, '' AS coupon, 0::bigint AS program,
	        0 AS version, o.placed_at AS at, o.withdrawn_at IS NOT NULL AS undone, o.staff_id AS who
	 FROM (SELECT * FROM orders WHERE merchant_id = $1 ORDER BY id DESC LIMIT $3) o
	 WHERE o.import_id IS NULL AND o.customer_id IS NOT NULL ORDER BY o.placed_at DESC, o.id DESC LIMIT $2)
	UNION ALL
	(SELECT 'redeem', r.id, NULL, NULL, r.account_id, -r.points, '', 0, 0, r.at, r.reversed_at IS NOT NULL, r.staff_id
	 FROM redemptions r WHERE r.merchant_id = $1 ORDER BY r.id DESC LIMIT $2)
	UNION ALL
	(SELECT 'coupon', c.id, NULL, c.membership_id, NULL, 0, c.kind, c.program_id, c.version, c.used_at, false, c.used_by
	 FROM coupons c WHERE c.merchant_id = $1 AND c.used_at IS NOT NULL AND c.order_id IS NULL ORDER BY c.used_at DESC LIMIT $2)
	UNION ALL
	(SELECT 'grant', g.id, NULL, g.membership_id, NULL, g.points, '', 0, 0, g.at, g.undone_at IS NOT NULL, g.staff_id
	 FROM grants g WHERE g.merchant_id = $1 ORDER BY g.id DESC LIMIT $2))`

// toldSQL says of the actions whose they are, by whom, and what they earned.
const toldSQL = `
SELECT a.kind, a.id, c.id, c.name, coalesce(c.phone, ''),
       CASE WHEN a.kind = 'earn' THEN coalesce((SELECT sum(e.points) FROM entries e WHERE e.merchant_id = $1 AND e.order_id = a.id AND e.kind = 'earn'
                                                 AND e.bucket <> 'deficit'), 0)::bigint ELSE a.points END,
       a.coupon, a.program, a.version, a.at, a.undone, coalesce(p.name, '')
FROM acts a
LEFT JOIN accounts ac ON ac.merchant_id = $1 AND ac.id = a.account_id
LEFT JOIN memberships m ON m.merchant_id = $1 AND m.id = coalesce(a.membership_id, ac.membership_id)
JOIN customers c ON c.merchant_id = $1 AND c.id = coalesce(a.customer_id, m.customer_id)
LEFT JOIN staff s ON s.merchant_id = $1 AND s.id = a.who
LEFT JOIN people p ON p.id = s.person_id
ORDER BY a.at DESC, a.id DESC LIMIT $2`
