package coupons

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Gone is a coupon that went with what it came from: an order, or a friend who does not count any more.
type Gone struct {
	MembershipID int64 // who has it, or has become the one who had it
	Version      int
	Rule         string        // that gave it; empty: none
	Day          calendar.Date // on which its limits counted it
}

// Forgone gives a member's coupons that have gone back to the limits of the rules that gave them.
func Forgone(m *ledger.Member, gone []Gone) (outcomes []terms.Outcome) {
	for _, g := range gone {
		program := m.Program.Timeline.Version(g.Version)
		if g.MembershipID == m.ID && g.Rule != "" && program != nil {
			outcomes = append(outcomes, program.Forgo(&m.Member, g.Rule, g.Day))
		}
	}
	return outcomes
}

// GiveBack makes the coupons usable again that were used on an order which is wholly returned (S-F5). They keep their last
// day. Coupons that the order brought, and that were not used, go with it, as do those that come back now and whose own
// origin has gone before; a code that everybody may type can be typed again. It tells which have gone. The
// caller has the order's customer locked.
func GiveBack(tx *store.Tx, orderID int64) ([]Gone, error) {
	if _, err := tx.PG().Exec(tx.Ctx(), uncountSQL, tx.MerchantID(), orderID, tx.Now()); err != nil {
		return nil, err
	}
	back, err := giveBack(tx, `order_id`, orderID)
	if err != nil {
		return nil, err
	}
	return leave(tx, tx.Now(), []int64{orderID}, back)
}

// GoWithOrders takes back the coupons that orders brought which are withdrawn, as far as they are not used, and tells which. The
// caller has the members locked.
func GoWithOrders(tx *store.Tx, orderIDs []int64) ([]Gone, error) {
	return leave(tx, tx.Now(), orderIDs, nil)
}

// GoWithEvents is GoWithOrders for events that were retracted at a moment of business time: each of a membership and of a
// source, "event:@referrals:7:referred".
func GoWithEvents(tx *store.Tx, at time.Time, memberships []int64, sources []string) ([]Gone, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT c.id FROM unnest($2::bigint[], $3::text[]) n (membership_id, source)
		JOIN coupons c ON c.merchant_id = $1 AND c.membership_id = n.membership_id AND starts_with(c.cause, n.source || '/')`, tx.MerchantID(), memberships, sources)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return leave(tx, at, nil, ids)
}

// originsSQL says of coupons where they came from, as far as that has gone: an order that is taken back now, that was
// withdrawn or wholly returned, or a referral that was reversed.
const originsSQL = `SELECT k.id, coalesce(o.business_date, r.decided_on) AS day,
		CASE WHEN r.id IS NOT NULL THEN split_part(k.cause, '/', 2)
			WHEN starts_with(k.cause, 'order:' || o.source || ':' || o.external_id || '/') THEN substr(k.cause, length('order:' || o.source || ':' || o.external_id || '/') + 1)
			ELSE '' END AS rule
	FROM coupons k
	LEFT JOIN orders o ON o.merchant_id = $1 AND o.id = k.from_order_id
		AND (o.id = ANY ($3) OR o.withdrawn_at IS NOT NULL OR o.total > o.shipping AND o.refunded >= o.total - o.shipping)
	LEFT JOIN referrals r ON r.merchant_id = $1 AND r.state = 'reversed'
		AND r.id = CASE WHEN starts_with(k.cause, 'event:@referrals:') THEN split_part(k.cause, ':', 3)::bigint END
	WHERE k.merchant_id = $1 AND k.id = ANY (ARRAY(SELECT id FROM coupons WHERE merchant_id = $1 AND from_order_id = ANY ($3)) || $4::bigint[])
		AND (o.id IS NOT NULL OR r.id IS NOT NULL)`

// leave takes back what orders brought, and those among other coupons whose origin has gone, as far as they are not used.
func leave(tx *store.Tx, at time.Time, orderIDs, ids []int64) ([]Gone, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `WITH gone AS (
			UPDATE coupons c SET revoked_at = $2, reserved_for = NULL, reserved_until = NULL FROM (`+originsSQL+`) n
			WHERE c.merchant_id = $1 AND c.id = n.id AND c.used_at IS NULL AND c.revoked_at IS NULL
			RETURNING c.membership_id, c.version, n.rule, n.day)
		SELECT coalesce(m.merged_into, m.id), g.version, g.rule, g.day
		FROM gone g JOIN memberships m ON m.merchant_id = $1 AND m.id = g.membership_id ORDER BY 1, 3, 4`, tx.MerchantID(), at, orderIDs, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Gone])
}

// Since is the earliest day on which the coupons that were used on an order were given: that day if there are none.
func Since(tx *store.Tx, orderID int64, day calendar.Date) (calendar.Date, error) {
	return since(tx, `order_id`, orderID, day)
}

func since(tx *store.Tx, column string, id int64, day calendar.Date) (since calendar.Date, err error) {
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT least($3::date, min(o.business_date), min(r.decided_on)) FROM coupons c
		LEFT JOIN orders o ON o.merchant_id = $1 AND o.id = c.from_order_id
		LEFT JOIN referrals r ON r.merchant_id = $1
			AND r.id = CASE WHEN starts_with(c.cause, 'event:@referrals:') THEN split_part(c.cause, ':', 3)::bigint END
		WHERE c.merchant_id = $1 AND c.`+column+` = $2`, tx.MerchantID(), id, day).Scan(&since)
	return since, err
}

// putBack makes a used coupon usable again unless its origin has gone meanwhile: then it goes too, and from the limits of
// its rule. Its holder is locked before it, as everywhere.
func putBack(tx *store.Tx, id int64, holders []*ledger.Member) error {
	back, err := giveBack(tx, `id`, id)
	if err != nil {
		return err
	}
	gone, err := leave(tx, tx.Now(), nil, back)
	if err != nil || len(gone) == 0 {
		return err
	}
	changes := make([]ledger.Change, 0, len(holders))
	for _, m := range holders {
		m.Settle(tx.Today())
		changes = append(changes, ledger.Change{Member: m, Outcomes: Forgone(m, gone)})
	}
	return ledger.Write(tx, changes...)
}

// lockHolder locks whose coupon it is, or who has become the one whose it was: the customer, and the membership as the
// limits of its rule need it. None is given of a programme that has ended.
func lockHolder(tx *store.Tx, c *models.Coupon) ([]*ledger.Member, error) {
	var membership int64
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT h.id FROM memberships m JOIN memberships h ON h.merchant_id = $1 AND h.id = coalesce(m.merged_into, m.id)
		JOIN customers p ON p.merchant_id = $1 AND p.id = h.customer_id WHERE m.merchant_id = $1 AND m.id = $2 FOR NO KEY UPDATE OF p`,
		tx.MerchantID(), c.MembershipID).Scan(&membership)
	if err != nil {
		return nil, err
	}
	day, err := since(tx, `id`, c.ID, tx.Today())
	if err != nil {
		return nil, err
	}
	running, err := programs.Running(tx)
	if err != nil {
		return nil, err
	}
	return ledger.Load(tx, running, day, ledger.Members(membership))
}
