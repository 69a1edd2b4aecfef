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

// Action is one thing that a member of staff did.
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
	rows, err := tx.PG().Query(tx.Ctx(), recentSQL, tx.MerchantID(), staffID, tx.Today(), limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanAction)
}

func scanAction(row pgx.CollectableRow) (a Action, err error) {
	err = row.Scan(&a.Kind, &a.ID, &a.CustomerID, &a.Name, &a.Phone, &a.Points, &a.CouponKind, &a.Program, &a.Version, &a.At, &a.Undone)
	return a, err
}

// What has this member of staff done today, newest first? Each arm reads its own few rows by an index on the author.
const recentSQL = `
WITH acts AS (
	(SELECT 'earn' AS kind, o.id, o.customer_id, NULL::bigint AS membership_id, NULL::bigint AS account_id, 0::bigint AS points, '' AS coupon, 0::bigint AS program,
	        0 AS version, o.recorded_at AS at, o.withdrawn_at IS NOT NULL AS undone
	 FROM orders o WHERE o.merchant_id = $1 AND o.staff_id = $2 AND o.business_date = $3 ORDER BY o.id DESC LIMIT $4)
	UNION ALL
	(SELECT 'redeem', r.id, NULL, NULL, r.account_id, -r.points, '', 0, 0, r.recorded_at, r.reversed_at IS NOT NULL
	 FROM redemptions r WHERE r.merchant_id = $1 AND r.staff_id = $2 AND r.business_date = $3 ORDER BY r.id DESC LIMIT $4)
	UNION ALL
	(SELECT 'coupon', c.id, NULL, c.membership_id, NULL, 0, c.kind, c.program_id, c.version, c.used_at, false
	 FROM coupons c WHERE c.merchant_id = $1 AND c.used_by = $2 AND c.used_on = $3 AND c.order_id IS NULL ORDER BY c.used_at DESC LIMIT $4)
	UNION ALL
	(SELECT 'grant', g.id, NULL, g.membership_id, NULL, g.points, '', 0, 0, g.at, g.undone_at IS NOT NULL
	 FROM grants g WHERE g.merchant_id = $1 AND g.staff_id = $2 AND g.business_date = $3 ORDER BY g.id DESC LIMIT $4))
SELECT a.kind, a.id, c.id, c.name, coalesce(c.phone, ''),
       CASE WHEN a.kind = 'earn' THEN coalesce((SELECT sum(e.points) FROM entries e WHERE e.merchant_id = $1 AND e.order_id = a.id AND e.kind = 'earn'
                                                 AND e.bucket <> 'deficit'), 0)::bigint ELSE a.points END,
       a.coupon, a.program, a.version, a.at, a.undone
FROM acts a
LEFT JOIN accounts ac ON ac.merchant_id = $1 AND ac.id = a.account_id
LEFT JOIN memberships m ON m.merchant_id = $1 AND m.id = coalesce(a.membership_id, ac.membership_id)
JOIN customers c ON c.merchant_id = $1 AND c.id = coalesce(a.customer_id, m.customer_id)
ORDER BY a.at DESC, a.id DESC LIMIT $4`
