package customers

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

// EventKind is what happened.
type EventKind string

// The kinds of a timeline's events, in the order in which events of one moment are told, newest first.
const (
	EventCouponUsed   EventKind = "coupon_used"
	EventCouponIssued EventKind = "coupon_issued"
	EventTier         EventKind = "tier"
	EventPoints       EventKind = "points"
	EventRefund       EventKind = "refund"
	EventOrder        EventKind = "order"
	EventEnrolled     EventKind = "enrolled"
	EventConsent      EventKind = "consent"
)

// EventPurchase asks for orders together with what they earned at once: the first line that a rule computed for the order,
// at its time, is told by the order's event (its Points, Unit, ProgramID, Version and, in Seq, its place in the account)
// and not by one of its own. What else the order moved is told as ever.
const EventPurchase EventKind = "purchase"

// EventKinds lists the kinds, for filters.
var EventKinds = []EventKind{EventOrder, EventRefund, EventPoints, EventTier, EventCouponIssued, EventCouponUsed, EventEnrolled, EventConsent}

// Event is one thing that happened to a customer. Which fields are set depends on the kind.
type Event struct {
	Kind      EventKind
	At        time.Time // business time
	ID        int64     // order, refund, coupon or membership; of points and tiers the account or membership that Seq counts in
	Seq       int       // points: the entry's; tiers: the change's; orders: of the entry that they tell, else 0
	OrderID   int64     // points, refunds: of which order; 0: of none
	ProgramID int64     // 0: orders and refunds
	Unit      string    // points
	Entry     string    // points: the entry's kind (earn, redeem, …)
	Bucket    string    // points
	Points    int64     // points, and orders that tell theirs: signed, in the unit's smallest part
	Amount    int64     // orders: the total; refunds: what was given back; minor units
	From, To  string    // tiers: codes; consents: kind and medium
	Code      string    // orders and refunds: the external id; coupons: their kind; points: the rule
	Version   int       // points: of the programme, 0: none
	Words     string    // points by hand: what the customer is told
	StaffID   int64     // who did it; 0: the program, a till, an import
	Withdrawn bool      // orders: undone; consents: taken back
}

// EventPage is a page of a timeline. Next is the cursor of the page behind it, empty on the last.
type EventPage struct {
	Events []Event
	Next   string
}

// eventCursor is the sort key of a page's last event.
type eventCursor struct {
	At   time.Time `json:"a"`
	Kind EventKind `json:"k"`
	ID   int64     `json:"i"`
	Seq  int       `json:"s"`
}

// Timeline tells what happened to a customer, newest first: orders and refunds, points, tiers, coupons. kinds chooses
// among them; none means all. Errors: models.Invalid at "after".
func Timeline(tx *store.Tx, customerID int64, kinds []EventKind, after string, limit int) (EventPage, error) {
	from, err := parseEventCursor(after)
	if err != nil {
		return EventPage{}, err
	}
	if len(kinds) == 0 {
		kinds = EventKinds
	}
	limit = pageSize(limit)
	found, err := tx.PG().Query(tx.Ctx(), timelineSQL, tx.MerchantID(), customerID, names(kinds), from.At, from.Kind, from.ID, from.Seq, limit+1)
	if err != nil {
		return EventPage{}, err
	}
	events, err := pgx.CollectRows(found, pgx.RowToStructByPos[Event])
	if err != nil || len(events) <= limit {
		return EventPage{Events: events}, store.Translate(err)
	}
	last := events[limit-1]
	next := eventCursor{last.At, last.Kind, last.ID, last.Seq}
	return EventPage{Events: events[:limit], Next: next.String()}, nil
}

func names(kinds []EventKind) []string {
	all := make([]string, len(kinds))
	for i, k := range kinds {
		all[i] = string(k)
	}
	return all
}

// endOfTime stands behind every event.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

func parseEventCursor(s string) (c eventCursor, err error) {
	if s == "" {
		return eventCursor{At: endOfTime}, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil {
		return c, models.InvalidField("after", "bad_cursor", nil)
	}
	return c, nil
}

func (c eventCursor) String() string {
	b, _ := json.Marshal(c) // times, texts and numbers always encode
	return base64.RawURLEncoding.EncodeToString(b)
}

// timelineSQL merges what happened to customer $2, of the kinds $3, before the event ($4, $5, $6, $7). All of one
// customer's history is looked at: some hundreds of rows behind indexes that begin with the customer.
const timelineSQL = `
WITH member AS (
	SELECT id, program_id, enrolled_at FROM memberships WHERE merchant_id = $1 AND customer_id = $2),
paid AS (
	SELECT DISTINCT ON (e.order_id) e.order_id, e.account_id, e.seq, m.program_id, a.unit, e.kind, e.bucket, e.points, e.version
	FROM member m JOIN accounts a ON a.merchant_id = $1 AND a.membership_id = m.id
	JOIN entries e ON e.merchant_id = $1 AND e.account_id = a.id
	JOIN orders o ON o.merchant_id = $1 AND o.id = e.order_id AND o.customer_id = $2 AND o.placed_at = e.at
	WHERE 'purchase' = ANY ($3) AND e.kind = 'earn' AND e.rule IS NOT NULL
	ORDER BY e.order_id, m.id, a.unit, e.seq),
told AS (
	SELECT 'order' AS kind, o.placed_at AS at, o.id, coalesce(p.seq, 0) AS seq, o.id AS order_id, coalesce(p.program_id, 0) AS program_id,
	       coalesce(p.unit, '') AS unit, coalesce(p.kind, '') AS entry, coalesce(p.bucket, '') AS bucket,
	       coalesce(p.points, 0) AS points, o.total AS amount, '' AS was, '' AS is_now, o.external_id AS code, coalesce(p.version, 0) AS version, '' AS words,
	       coalesce(o.staff_id, 0) AS staff_id, o.withdrawn_at IS NOT NULL AS withdrawn
	FROM orders o LEFT JOIN paid p ON p.order_id = o.id
	WHERE o.merchant_id = $1 AND o.customer_id = $2 AND $3 && ARRAY['order', 'purchase']
	UNION ALL
	SELECT 'refund', r.refunded_at, r.id, 0, r.order_id, 0, '', '', '', 0, r.amount, '', '', r.external_id, 0, '', 0, false
	FROM orders o JOIN refunds r ON r.merchant_id = o.merchant_id AND r.order_id = o.id
	WHERE o.merchant_id = $1 AND o.customer_id = $2 AND o.refunded > 0 AND NOT r.cancels AND 'refund' = ANY ($3)
	UNION ALL
	SELECT 'points', e.at, a.id, e.seq, coalesce(e.order_id, 0), m.program_id, a.unit, e.kind, e.bucket, e.points, 0, '', '',
	       coalesce(e.rule, ''), coalesce(e.version, 0), coalesce(g.words, ''), coalesce(g.staff_id, 0), false
	FROM member m JOIN accounts a ON a.merchant_id = $1 AND a.membership_id = m.id
	JOIN entries e ON e.merchant_id = $1 AND e.account_id = a.id
	LEFT JOIN grants g ON g.merchant_id = $1 AND g.cause = e.cause AND e.kind = 'adjust'
	WHERE 'points' = ANY ($3) AND NOT EXISTS (SELECT FROM paid p WHERE p.account_id = e.account_id AND p.seq = e.seq)
	UNION ALL
	SELECT 'tier', t.at, m.id, t.seq, 0, m.program_id, '', t.reason, '', 0, t.amount, coalesce(t.from_code, ''), t.to_code, '', 0, '', 0, false
	FROM member m JOIN tier_changes t ON t.merchant_id = $1 AND t.membership_id = m.id WHERE 'tier' = ANY ($3)
	UNION ALL
	SELECT 'coupon_issued', c.issued_at, c.id, 0, 0, m.program_id, '', '', '', 0, c.amount, '', '', c.kind, c.version, '', coalesce(c.issued_by, 0), false
	FROM member m JOIN coupons c ON c.merchant_id = $1 AND c.membership_id = m.id WHERE 'coupon_issued' = ANY ($3)
	UNION ALL
	SELECT 'coupon_used', c.used_at, c.id, 0, coalesce(c.order_id, 0), m.program_id, '', '', '', 0, c.amount, '', '', c.kind, c.version, '', coalesce(c.used_by, 0), false
	FROM member m JOIN coupons c ON c.merchant_id = $1 AND c.membership_id = m.id WHERE c.used_at IS NOT NULL AND 'coupon_used' = ANY ($3)
	UNION ALL
	SELECT 'enrolled', m.enrolled_at, m.id, 0, 0, m.program_id, '', '', '', 0, 0, '', '', '', 0, '', 0, false
	FROM member m WHERE 'enrolled' = ANY ($3)
	UNION ALL
	SELECT 'consent', c.at, c.id, 0, 0, 0, '', '', '', 0, 0, c.kind, c.medium, '', 0, '', coalesce(c.staff_id, 0), NOT c.given
	FROM consents c WHERE c.merchant_id = $1 AND c.customer_id = $2 AND 'consent' = ANY ($3))
SELECT kind, at, id, seq, order_id, program_id, unit, entry, bucket, points, amount, was, is_now, code, version, words, staff_id, withdrawn
FROM told WHERE (at, kind COLLATE "C", id, seq) < ($4, $5, $6, $7)
ORDER BY at DESC, kind COLLATE "C" DESC, id DESC, seq DESC LIMIT $8`
