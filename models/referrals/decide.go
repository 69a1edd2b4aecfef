package referrals

import (
	"maps"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

// waiting is a referral whose time has come.
type waiting struct {
	ID         int64
	Membership int64
	Friend     *int64 // membership; nil: none
	Left       bool   // who brought is no member any more
	ReferredOn calendar.Date
	OrderedOn  calendar.Date // zero: nothing was bought
	Goods      int64
	Refunded   int64
	Order      *int64
	awards     int
}

// Decide looks at the referrals of a programme whose friends' first orders can be returned no more as a day begins, or
// whose time to buy is over, at most most of them, and tells how many: the caller goes on until it is fewer. One runner a
// merchant at a time.
func Decide(tx *store.Tx, program *ledger.Program, inForce *terms.Program, day calendar.Date, most int) (int, error) {
	if inForce.Terms().Referral == nil {
		return 0, nil
	}
	bounds := inForce.Terms().Referral.Bounds()
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT r.id, r.membership_id, f.id, m.left_at IS NOT NULL, r.referred_on, o.business_date, coalesce(o.goods, 0), coalesce(o.refunded, 0), o.id
		FROM referrals r
		JOIN memberships m ON m.merchant_id = r.merchant_id AND m.id = r.membership_id
		LEFT JOIN memberships f ON f.merchant_id = r.merchant_id AND f.program_id = r.program_id AND f.customer_id = r.friend_id AND f.left_at IS NULL
		LEFT JOIN LATERAL (SELECT id, business_date, total - shipping AS goods, refunded FROM orders
			WHERE merchant_id = r.merchant_id AND customer_id = r.friend_id AND withdrawn_at IS NULL ORDER BY business_date, id LIMIT 1) o ON true
		WHERE r.merchant_id = $1 AND r.program_id = $2 AND r.state = 'pending'
			AND CASE WHEN o.business_date <= r.referred_on + $4::int THEN o.business_date + $5::int < $3::date ELSE r.referred_on + $4::int < $3::date END
		ORDER BY r.id LIMIT $6`, tx.MerchantID(), program.ID, day, bounds.Within, bounds.After, most)
	if err != nil {
		return 0, err
	}
	due, err := pgx.CollectRows(rows, scanWaiting)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	verdicts, err := judge(tx, &bounds, day, due)
	if err != nil {
		return 0, err
	}
	if err := reward(tx, program, inForce, day, due, verdicts); err != nil {
		return 0, err
	}
	return len(due), note(tx, &bounds, day, due, verdicts)
}

func scanWaiting(row pgx.CollectableRow) (w waiting, err error) {
	return w, row.Scan(&w.ID, &w.Membership, &w.Friend, &w.Left, &w.ReferredOn, &w.OrderedOn, &w.Goods, &w.Refunded, &w.Order)
}

// judge says of each referral why it does not count; empty: it does.
func judge(tx *store.Tx, bounds *terms.Referral, day calendar.Date, due []waiting) ([]models.ReferralReason, error) {
	members := make([]int64, len(due))
	for i := range due {
		members[i] = due[i].Membership
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT membership_id, count(*) FROM referrals
		WHERE merchant_id = $1 AND membership_id = ANY ($2) AND period = $3 AND state = 'rewarded' GROUP BY 1`, tx.MerchantID(), members, bounds.Limit.Period(day))
	if err != nil {
		return nil, err
	}
	counted := map[int64]int64{}
	var member, n int64
	if _, err := pgx.ForEachRow(rows, []any{&member, &n}, func() error {
		counted[member] = n
		return nil
	}); err != nil {
		return nil, err
	}
	verdicts := make([]models.ReferralReason, len(due))
	for i := range due {
		if verdicts[i] = due[i].fails(bounds, counted[due[i].Membership]); verdicts[i] == "" {
			counted[due[i].Membership]++
		}
	}
	return verdicts, nil
}

func (w *waiting) fails(bounds *terms.Referral, counted int64) models.ReferralReason {
	switch {
	case w.OrderedOn.IsZero() || w.OrderedOn > w.ReferredOn.AddDays(bounds.Within):
		return models.ReferralLate
	case w.Refunded > 0:
		return models.ReferralReturned
	case w.Goods < bounds.Minimum:
		return models.ReferralSmall
	case w.Left || w.Friend == nil:
		return models.ReferralLeft
	case counted >= bounds.Limit.Times:
		return models.ReferralLimit
	}
	return ""
}

// note writes the verdicts down, and those who count as events of both.
func note(tx *store.Tx, bounds *terms.Referral, day calendar.Date, due []waiting, verdicts []models.ReferralReason) error {
	ids, orders, awards, reasons := make([]int64, len(due)), make([]*int64, len(due)), make([]int, len(due)), make([]string, len(due))
	for i := range due {
		ids[i], orders[i], awards[i], reasons[i] = due[i].ID, due[i].Order, due[i].awards, string(verdicts[i])
	}
	_, err := tx.PG().Exec(tx.Ctx(), `WITH decided AS (
			UPDATE referrals r SET state = CASE n.reason WHEN '' THEN 'rewarded' ELSE 'rejected' END, reason = n.reason, decided_on = $6,
				period = CASE n.reason WHEN '' THEN $7 END, order_id = CASE n.reason WHEN '' THEN n.order_id END, awards = n.awards
			FROM unnest($2::bigint[], $3::bigint[], $4::int[], $5::text[]) n (id, order_id, awards, reason) WHERE r.merchant_id = $1 AND r.id = n.id
			RETURNING r.id, r.state, r.membership_id, r.friend_id)
		INSERT INTO happenings (merchant_id, source, external_id, customer_id, kind, happened_at, business_date, content_hash, recorded_at)
		SELECT $1, $10, d.id || ':' || k.kind, k.customer, k.kind, $8, $6, sha256((d.id || k.kind)::bytea), $9
		FROM decided d JOIN memberships m ON m.merchant_id = $1 AND m.id = d.membership_id
		CROSS JOIN LATERAL (VALUES ('referral', m.customer_id), ('referred', d.friend_id)) k (kind, customer)
		WHERE d.state = 'rewarded'`,
		tx.MerchantID(), ids, orders, awards, reasons, day, bounds.Limit.Period(day), day.In(tx.Merchant().Zone), tx.Wall(), source)
	return err
}

// reward lets the rules pay both, and counts what they pay for each.
func reward(tx *store.Tx, program *ledger.Program, inForce *terms.Program, day calendar.Date, due []waiting, verdicts []models.ReferralReason) error {
	at := day.In(tx.Merchant().Zone)
	of := deeds{}
	pay := func(w *waiting, kind terms.When, membership int64) {
		of.add(membership, func(m *ledger.Member) []terms.Outcome {
			outcome := inForce.Happen(&m.Member, &terms.Happening{Source: eventOf(w.ID, kind), Kind: kind, At: at, Day: day})
			w.awards += given(&outcome)
			return []terms.Outcome{outcome}
		})
	}
	for i := range due {
		if verdicts[i] == "" {
			pay(&due[i], terms.OnReferral, due[i].Membership)
			pay(&due[i], terms.OnReferred, *due[i].Friend)
		}
	}
	if len(of) == 0 {
		return nil
	}
	members, err := load(tx, program, day, slices.Sorted(maps.Keys(of)))
	if err != nil {
		return err
	}
	return of.post(tx, members, day)
}

// given counts the awards: points by rule and unit, and coupons.
func given(outcome *terms.Outcome) int {
	points := map[[2]string]bool{}
	for i := range outcome.Movements {
		if mv := &outcome.Movements[i]; mv.Kind == terms.Earn {
			points[[2]string{mv.Unit, mv.Rule}] = true
		}
	}
	return len(points) + len(outcome.Coupons)
}

// source is whose events referrals are; no key can be called so.
const source = "@referrals"

func eventOf(id int64, kind terms.When) string {
	return "event:" + source + ":" + strconv.FormatInt(id, 10) + ":" + string(kind)
}

// deeds are what is to happen to members, by membership.
type deeds map[int64][]func(*ledger.Member) []terms.Outcome

func (d deeds) add(membership int64, deed func(*ledger.Member) []terms.Outcome) {
	d[membership] = append(d[membership], deed)
}

// load locks members, for events of business dates from since on.
func load(tx *store.Tx, program *ledger.Program, since calendar.Date, memberships []int64) ([]*ledger.Member, error) {
	return ledger.Load(tx, []*ledger.Program{program}, since, ledger.Members(memberships...))
}

// post does them to members who are settled to the day, and posts what came of them.
func (d deeds) post(tx *store.Tx, members []*ledger.Member, day calendar.Date) error {
	changes := make([]ledger.Change, 0, len(members))
	for _, m := range members {
		m.Settle(day)
		change := ledger.Change{Member: m}
		for _, deed := range d[m.ID] {
			change.Outcomes = append(change.Outcomes, deed(m)...)
		}
		changes = append(changes, change)
	}
	return ledger.Write(tx, changes...)
}
