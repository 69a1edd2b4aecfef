package plans

import (
	"strconv"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/coupons"
	"dangol/models/store"
	"dangol/models/terms"
)

const columns = `SELECT s.id, s.external_id, p.code, m.customer_id, s.plan, s.state, s.started_on, s.ended_on, s.reason, s.refund, s.period,
		n.anchor_on, n.from_on, n.until_on, n.price, n.trial, n.version, n.pay_by, y.id IS NOT NULL, s.program_id, s.membership_id, m.left_at IS NOT NULL
	FROM subscriptions s
	JOIN programs p ON p.merchant_id = s.merchant_id AND p.id = s.program_id
	JOIN memberships m ON m.merchant_id = s.merchant_id AND m.id = s.membership_id
	JOIN subscription_periods n ON n.merchant_id = s.merchant_id AND n.subscription_id = s.id AND n.period = s.period
	LEFT JOIN subscription_payments y ON y.merchant_id = s.merchant_id AND y.subscription_id = s.id AND y.period = s.period
	WHERE s.merchant_id = $1 AND `

func many(tx *store.Tx, where string, args ...any) ([]*Subscription, error) {
	rows, err := tx.PG().Query(tx.Ctx(), columns+where, append([]any{tx.MerchantID()}, args...)...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (*Subscription, error) {
		s := &Subscription{}
		return s, row.Scan(&s.ID, &s.ExternalID, &s.Program, &s.CustomerID, &s.Plan, &s.State, &s.StartedOn, &s.EndedOn, &s.Reason, &s.Refund, &s.N,
			&s.Period.Anchor, &s.Period.From, &s.Period.Until, &s.Period.Price, &s.Period.Trial, &s.Version, &s.PayBy, &s.Paid, &s.programID, &s.membership, &s.left)
	})
}

// locked is many for who is about to change them. What is joined is read after the locks were got: others may have changed
// it meanwhile.
func locked(tx *store.Tx, where string, args ...any) ([]*Subscription, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT id FROM subscriptions WHERE merchant_id = $1 AND `+where+` FOR UPDATE`, append([]any{tx.MerchantID()}, args...)...)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return many(tx, `s.id = ANY ($2) ORDER BY s.id`, ids)
}

func only(found []*Subscription, err error) (*Subscription, error) {
	if err == nil && len(found) == 0 {
		err = models.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// Find reads a subscription of a source's. Errors: models.NotFound.
func Find(tx *store.Tx, source, externalID string) (*Subscription, error) {
	return only(many(tx, `s.source = $2 AND s.external_id = $3`, source, externalID))
}

func lock(tx *store.Tx, source, externalID string) (*Subscription, error) {
	return only(locked(tx, `source = $2 AND external_id = $3`, source, externalID))
}

// Unpaid lists the subscriptions of a source's that wait for payment, by their ids, at most limit after one.
func Unpaid(tx *store.Tx, source string, after int64, limit int) ([]*Subscription, error) {
	return many(tx, `s.source = $2 AND s.id > $3 AND s.due_on IS NOT NULL AND n.price > 0 AND y.id IS NULL ORDER BY s.id LIMIT $4`, source, after, limit)
}

// save stores what became of subscriptions of one programme, with the periods that began, and gives the coupons of those
// that are paid for.
func save(tx *store.Tx, t *terms.Timeline, list []*Subscription) error {
	var changed, began changes
	for _, s := range list {
		changed.add(s, t)
		if s.began {
			began.add(s, t)
		}
	}
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO subscription_periods (merchant_id, subscription_id, period, anchor_on, from_on, until_on, price, pay_by, trial, version, recorded_at)
		SELECT $1, n.* , $11 FROM unnest($2::bigint[], $3::int[], $4::date[], $5::date[], $6::date[], $7::bigint[], $8::date[], $9::bool[], $10::int[]) n`,
		tx.MerchantID(), began.id, began.n, began.anchor, began.from, began.periodUntil, began.price, began.payBy, began.trial, began.version, tx.Wall())
	if err != nil {
		return err
	}
	_, err = tx.PG().Exec(tx.Ctx(), `UPDATE subscriptions s SET state = n.state, period = n.period, until_on = n.until_on, due_on = n.due_on, ended_on = n.ended_on,
			reason = n.reason, refund = n.refund
		FROM unnest($2::bigint[], $3::text[], $4::int[], $5::date[], $6::date[], $7::date[], $8::text[], $9::bigint[])
			n (id, state, period, until_on, due_on, ended_on, reason, refund)
		WHERE s.merchant_id = $1 AND s.id = n.id`,
		tx.MerchantID(), changed.id, changed.state, changed.n, changed.until, changed.due, changed.ended, changed.reason, changed.refund)
	if err != nil {
		return err
	}
	if err := give(tx, t, list); err != nil {
		return err
	}
	for _, s := range list {
		s.began, s.given = false, 0
	}
	return nil
}

// changes are subscriptions by column, as unnest takes them.
type changes struct {
	id, price, refund                                   []int64
	n, version                                          []int
	state, reason                                       []string
	anchor, from, periodUntil, payBy, until, due, ended []calendar.Date
	trial                                               []bool
}

func (c *changes) add(s *Subscription, t *terms.Timeline) {
	c.id, c.n, c.version = append(c.id, s.ID), append(c.n, s.N), append(c.version, s.Version)
	c.state, c.reason = append(c.state, string(s.State)), append(c.reason, string(s.Reason))
	c.anchor, c.from, c.periodUntil = append(c.anchor, s.Period.Anchor), append(c.from, s.Period.From), append(c.periodUntil, s.Period.Until)
	c.price, c.payBy, c.trial = append(c.price, s.Period.Price), append(c.payBy, s.PayBy), append(c.trial, s.Period.Trial)
	c.until, c.due, c.ended, c.refund = append(c.until, s.until(t)), append(c.due, s.due()), append(c.ended, s.EndedOn), append(c.refund, s.Refund)
}

// give issues the coupons of the periods that are paid for, a statement a kind.
func give(tx *store.Tx, t *terms.Timeline, list []*Subscription) error {
	type lot struct {
		program int64
		version int
		kind    string
		day     calendar.Date
	}
	issues := map[lot][]coupons.Issue{}
	var order []lot
	for _, s := range list {
		if s.given.IsZero() {
			continue
		}
		program := t.Version(s.Version).Terms()
		for _, code := range program.Plan(s.Plan).Coupons {
			from, until := program.Coupon(code).Window(s.given)
			if until < from {
				continue
			}
			at := lot{s.programID, s.Version, code, s.given}
			if issues[at] == nil {
				order = append(order, at)
			}
			issues[at] = append(issues[at], coupons.Issue{MembershipID: s.membership, Cause: s.cause(), From: from, Until: until})
		}
	}
	for _, l := range order {
		kind := t.Version(l.version).Terms().Coupon(l.kind)
		if _, err := coupons.IssueAll(tx, models.Actor{}, l.program, l.version, kind, l.day.In(t.Zone()), issues[l]); err != nil {
			return err
		}
	}
	return nil
}

// cause names the coupons of a period: "plan:7:2".
func (s *Subscription) cause() string {
	return "plan:" + strconv.FormatInt(s.ID, 10) + ":" + strconv.Itoa(s.N)
}
