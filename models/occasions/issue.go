package occasions

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/coupons"
	"dangol/models/store"
	"dangol/models/terms"
)

// Batch is how many members one call of Issue serves at most.
const Batch = 5000

// due asks who has a birthday in the days ahead, has been a member for long enough, and has had nothing for it: not in
// this year of that calendar, and not less than 300 days apart.
const due = `SELECT m.id, b.falls_on, b.period
	FROM unnest($3::text[], $4::int[], $5::int[], $6::date[], $7::text[]) AS b (calendar, month, day, falls_on, period)
	JOIN customers c ON c.merchant_id = $1 AND c.birth_calendar = b.calendar AND c.birth_month = b.month AND c.birth_day = b.day
	JOIN memberships m ON m.merchant_id = $1 AND m.program_id = $2 AND m.customer_id = c.id
	WHERE m.left_at IS NULL AND m.enrolled_at < $8 AND (SELECT count(*) FROM occasion_issues i ` + had + `) = 0
	ORDER BY m.id, b.falls_on LIMIT $10`

// had finds what makes a birthday one of which the member has had the gift: the same year of that calendar, or another gift
// less than 300 days away. Whoever changes the calendar by which the birthday is counted, or the birthday itself, gains
// nothing; lunar birthdays are 354 or 384 days apart. It is counted for each member by the key, never joined: a join
// planned while the table was empty would read all of it for each member.
const had = `WHERE i.merchant_id = $1 AND i.membership_id = m.id AND i.occasion = $9
	AND (i.period = b.period OR abs(i.falls_on - b.falls_on) < 300)`

// Issue gives the coupons of an occasion that are due on a day, to at most Batch members, and tells to how many: the
// caller goes on until it is fewer than Batch. A coupon comes Lead days before the birthday; who was not ready then (too
// short a member, birthday told late, programme begun late) gets it later, but not after the birthday. One runner a
// merchant at a time.
func Issue(tx *store.Tx, programID int64, program *terms.Program, occasion *terms.Occasion, day calendar.Date) (int, error) {
	kind := program.Terms().Coupon(occasion.Coupon)
	gifts, err := dueOn(tx, programID, occasion, day)
	if err != nil || len(gifts) == 0 {
		return 0, err
	}
	at := day.In(tx.Merchant().Zone)
	if _, err := coupons.IssueAll(tx, models.Actor{}, programID, program.Version(), kind, at, issues(gifts, occasion)); err != nil {
		return 0, err
	}
	return len(gifts), note(tx, occasion, kind.Code, gifts)
}

// gift is one member's birthday.
type gift struct {
	Membership int64
	FallsOn    calendar.Date
	Period     string
}

func dueOn(tx *store.Tx, programID int64, occasion *terms.Occasion, day calendar.Date) ([]gift, error) {
	b := between(day, day.AddDays(occasion.Lead), occasion.Rules)
	return birthdaysOf(tx, programID, b, memberBefore(day, occasion, tx.Merchant().Zone), occasion.Code, Batch)
}

// birthdaysOf finds who of those that joined before a moment has one of the birthdays and has had nothing for it.
func birthdaysOf(tx *store.Tx, programID int64, b birthdays, joined time.Time, occasion string, most int) ([]gift, error) {
	rows, err := tx.PG().Query(tx.Ctx(), due, tx.MerchantID(), programID, b.calendar, b.month, b.day, b.fallsOn, b.period, joined, occasion, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[gift])
}

// memberBefore is the moment before which one must have joined to get something on a day.
func memberBefore(day calendar.Date, occasion *terms.Occasion, zone *time.Location) time.Time {
	return day.AddDays(1 - occasion.MemberFor).In(zone)
}

func issues(gifts []gift, occasion *terms.Occasion) []coupons.Issue {
	list := make([]coupons.Issue, len(gifts))
	for i, g := range gifts {
		list[i] = coupons.Issue{MembershipID: g.Membership, Cause: cause(occasion, g.Period),
			From: g.FallsOn.AddDays(-occasion.Lead), Until: g.FallsOn.AddDays(occasion.After)}
	}
	return list
}

// cause names the gift of a year: "birthday:lunar:2026".
func cause(occasion *terms.Occasion, period string) string { return occasion.Code + ":" + period }

// note writes down who has had the gift of which year, with the coupon, also where the coupon was there already.
func note(tx *store.Tx, occasion *terms.Occasion, kind string, gifts []gift) error {
	members, fallsOn, periods := columns(gifts)
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO occasion_issues (merchant_id, membership_id, occasion, period, falls_on, coupon_id)
		SELECT $1, n.member, $2, n.period, n.falls_on, c.id
		FROM unnest($4::bigint[], $5::text[], $6::date[]) AS n (member, period, falls_on)
		JOIN coupons c ON c.merchant_id = $1 AND c.membership_id = n.member AND c.kind = $3 AND c.cause = $2 || ':' || n.period
		ON CONFLICT DO NOTHING`, tx.MerchantID(), occasion.Code, kind, members, periods, fallsOn)
	return err
}

// columns are gifts as unnest takes them.
func columns(gifts []gift) (members []int64, fallsOn []calendar.Date, periods []string) {
	for _, g := range gifts {
		members, fallsOn, periods = append(members, g.Membership), append(fallsOn, g.FallsOn), append(periods, g.Period)
	}
	return members, fallsOn, periods
}
