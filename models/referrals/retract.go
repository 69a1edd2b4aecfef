package referrals

import (
	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/coupons"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

// Retract takes back what both got for friends whose orders no longer stand whole as a day begins: anything that is
// returned, however late, ends what it counted for, as it would have kept it from counting before. It takes at most most of
// them, and tells how many. Members who have left have nothing
// to take from, and a coupon that was used stays so. One runner a merchant at a time.
func Retract(tx *store.Tx, program *ledger.Program, day calendar.Date, most int) (int, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `WITH gone AS (
			SELECT r.id FROM referrals r JOIN orders o ON o.merchant_id = r.merchant_id AND o.id = r.order_id
			WHERE r.merchant_id = $1 AND r.program_id = $2 AND r.state = 'rewarded' AND (o.refunded > 0 OR o.withdrawn_at IS NOT NULL) ORDER BY r.id LIMIT $3)
		UPDATE referrals r SET state = 'reversed', reason = 'returned', reversed_on = $4 FROM gone WHERE r.merchant_id = $1 AND r.id = gone.id
		RETURNING r.id, r.decided_on,
			(SELECT m.id FROM memberships m WHERE m.merchant_id = $1 AND m.id = r.membership_id AND m.left_at IS NULL),
			(SELECT m.id FROM memberships m WHERE m.merchant_id = $1 AND m.program_id = $2 AND m.customer_id = r.friend_id AND m.left_at IS NULL)`,
		tx.MerchantID(), program.ID, most, day)
	if err != nil {
		return 0, err
	}
	var all []event
	var n int
	var id int64
	var decided calendar.Date
	var member, friend *int64
	if _, err := pgx.ForEachRow(rows, []any{&id, &decided, &member, &friend}, func() error {
		n++
		if member != nil {
			all = append(all, event{*member, id, terms.OnReferral, decided})
		}
		if friend != nil {
			all = append(all, event{*friend, id, terms.OnReferred, decided})
		}
		return nil
	}); err != nil || n == 0 {
		return 0, err
	}
	return n, retract(tx, program, day, all)
}

// event is that a referral counted for one of the two.
type event struct {
	membership, referral int64
	kind                 terms.When
	on                   calendar.Date
}

// retract takes back points and coupons, and both from the limits of the rules that gave them.
func retract(tx *store.Tx, program *ledger.Program, day calendar.Date, all []event) error {
	memberships, causes, since := make([]int64, len(all)), make([]string, len(all)), day
	for i, e := range all {
		memberships[i], causes[i], since = e.membership, eventOf(e.referral, e.kind), min(since, e.on)
	}
	zone := tx.Merchant().Zone
	members, err := load(tx, program, since, memberships)
	if err != nil {
		return err
	}
	given, err := ledger.Given(tx, memberships, causes)
	if err != nil {
		return err
	}
	gone, err := coupons.GoWithEvents(tx, day.In(zone), memberships, causes)
	if err != nil {
		return err
	}
	of := deeds{}
	for i, e := range all {
		if len(given[i]) > 0 {
			of.add(e.membership, func(m *ledger.Member) []terms.Outcome {
				return []terms.Outcome{program.Timeline.At(e.on.In(zone)).Retract(&m.Member, "un"+causes[i], day.In(zone), day,
					terms.History{Source: causes[i], At: e.on.In(zone), Day: e.on, Awards: given[i]})}
			})
		}
	}
	for _, g := range gone {
		of.add(g.MembershipID, func(m *ledger.Member) []terms.Outcome { return coupons.Forgone(m, []coupons.Gone{g}) })
	}
	return of.post(tx, members, day)
}
