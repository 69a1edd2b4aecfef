package accrual

import (
	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/terms"
)

// before finds what the member had before an order that is amended, for conditions that ask about it: what came after it
// must not judge it anew. It is what the first posting saw, by this rule:
//
// Orders and spend are of the customer's orders with smaller ids, each by its last content, less what of it had been returned
// when the order was recorded; one that was withdrawn later still stood. Points are what the entries before the order's first
// award come to or, where it was awarded none, those that were recorded before the order.
//
// Three things cannot be known as they were: an earlier order that was corrected since counts by its correction; a duplicate's
// orders that were merged in count as the member's own, and where the order was the duplicate's and earned nothing, points are the
// member's; of two orders of one customer at the same instant, the smaller id was first.
func (p *posting) before(m *ledger.Member, program *terms.Program, o *models.Order, purchase *terms.Purchase) error {
	if !program.AsksPast() {
		return nil
	}
	unit, b := program.Unit("").Code, terms.Before{}
	err := p.tx.PG().QueryRow(p.tx.Ctx(), ordersBeforeSQL, p.tx.MerchantID(), o.ID, purchase.Day.AddMonths(-12), purchase.Day).Scan(&b.Orders, &b.Spend12m)
	if err == nil {
		err = p.tx.PG().QueryRow(p.tx.Ctx(), pointsBeforeSQL, p.tx.MerchantID(), o.ID, m.ID, unit, orders.Source(o.Source, o.ExternalID)+"/").Scan(&b.Points)
	}
	purchase.Before = &b
	return err
}

// How many orders had the customer, and what had they spent in the twelve months to the day of this one, when it came?
const ordersBeforeSQL = `WITH earlier AS (
		SELECT o.business_date, o.basis, o.total - o.shipping AS goods, least(coalesce(f.refunded, 0), o.total - o.shipping) AS returned
		FROM orders this
		JOIN orders o ON o.merchant_id = $1 AND o.customer_id = this.customer_id AND o.id < this.id
			AND (o.withdrawn_at IS NULL OR o.withdrawn_at > this.recorded_at)
		CROSS JOIN LATERAL (SELECT sum(r.amount) AS refunded FROM refunds r
			WHERE r.merchant_id = $1 AND r.order_id = o.id AND r.state = 'applied' AND r.decided_at < this.recorded_at) f
		WHERE this.merchant_id = $1 AND this.id = $2)
	SELECT count(*) FILTER (WHERE NOT (goods > 0 AND returned >= goods)),
		coalesce(sum(basis - CASE WHEN goods > 0 THEN div(basis::numeric * returned, goods) ELSE 0 END) FILTER (WHERE business_date > $3 AND business_date <= $4), 0)::bigint
	FROM earlier`

// What had the member of a unit before the order's first award or, if it had none, when the order was recorded?
const pointsBeforeSQL = `WITH first AS (
		SELECT e.account_id, min(e.seq) AS seq FROM entries e
		JOIN accounts a ON a.merchant_id = $1 AND a.id = e.account_id AND a.unit = $4
		JOIN memberships m ON m.merchant_id = $1 AND m.id = a.membership_id AND (m.id = $3 OR m.merged_into = $3)
		WHERE e.merchant_id = $1 AND e.order_id = $2 AND e.kind = 'earn' AND starts_with(e.cause, $5)
		GROUP BY 1 ORDER BY 1 LIMIT 1)
	SELECT coalesce(CASE WHEN EXISTS (SELECT FROM first)
		THEN (SELECT sum(e.points) FROM first JOIN entries e ON e.merchant_id = $1 AND e.account_id = first.account_id AND e.seq < first.seq AND e.bucket = 'available')
		ELSE (SELECT sum(e.points) FROM orders o JOIN accounts a ON a.merchant_id = $1 AND a.membership_id = $3 AND a.unit = $4
			JOIN entries e ON e.merchant_id = $1 AND e.account_id = a.id AND e.bucket = 'available'
				AND (e.recorded_at < o.recorded_at OR e.recorded_at = o.recorded_at AND coalesce(e.order_id, 0) < o.id)
			WHERE o.merchant_id = $1 AND o.id = $2) END, 0)::bigint`
