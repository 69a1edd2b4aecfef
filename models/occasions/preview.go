package occasions

import (
	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/store"
	"dangol/models/terms"
)

// Preview is who will get the gift of an occasion in the next days, and who will not and why.
type Preview struct {
	People   []Person       `json:"people"` // by the day they get it, at most as many as were asked for
	Counts   map[string]int `json:"counts"` // everybody in the span, by the reason against it; "" is those who get it
	MostCost int64          `json:"-"`      // if everybody used it: money, minor units; a percentage counts with its bound
}

// Person is a row of the table.
type Person struct {
	MembershipID int64             `json:"membership"`
	CustomerID   int64             `json:"customer"`
	Name         string            `json:"-"`
	Birthday     calendar.Birthday `json:"birthday"` // as entered
	FallsOn      calendar.Date     `json:"falls_on"` // this year's solar date
	IssueOn      calendar.Date     `json:"issue_on"` // the day on which the coupon comes
	Why          string            `json:"why"`      // empty: gets it
}

// The reasons against a gift.
const (
	AlreadyHad = "already_had" // of this year, or less than 300 days ago
	TooNew     = "too_new"     // not a member for long enough by then
)

// ahead is the common part: everybody whose gift would come in the span, and what stands against it. $8 is the day that
// enrolment must lie before on the birthday itself, as days of membership.
const ahead = `WITH ahead AS MATERIALIZED (
	SELECT m.id AS membership, c.id AS customer, c.name, b.calendar, b.month, b.day, b.falls_on,
		greatest($11::date, b.falls_on - $12::int, (m.enrolled_at AT TIME ZONE $10)::date + $8::int) AS issue_on,
		CASE WHEN (SELECT count(*) FROM occasion_issues i ` + had + `) > 0 THEN 'already_had'
			WHEN (m.enrolled_at AT TIME ZONE $10)::date + $8::int > b.falls_on THEN 'too_new'
			ELSE '' END AS why
	FROM unnest($3::text[], $4::int[], $5::int[], $6::date[], $7::text[]) AS b (calendar, month, day, falls_on, period)
	JOIN customers c ON c.merchant_id = $1 AND c.birth_calendar = b.calendar AND c.birth_month = b.month AND c.birth_day = b.day
	JOIN memberships m ON m.merchant_id = $1 AND m.program_id = $2 AND m.customer_id = c.id
	WHERE m.left_at IS NULL)`

// Ahead previews an occasion, of terms that are in force or of a draft, over the next days. It asks one question however
// many members there are.
func Ahead(tx *store.Tx, programID int64, t *terms.Terms, occasion *terms.Occasion, days, limit int) (p Preview, err error) {
	today := tx.Today()
	b := between(today, today.AddDays(days-1+occasion.Lead), occasion.Rules)
	args := []any{tx.MerchantID(), programID, b.calendar, b.month, b.day, b.fallsOn, b.period,
		occasion.MemberFor, occasion.Code, tx.Merchant().Zone.String(), today, occasion.Lead}
	if err := p.read(tx, append(args, limit)); err != nil {
		return p, err
	}
	p.Price(t, occasion)
	return p, nil
}

// Price works out what the gift of these terms costs if everybody who gets it uses it.
func (p *Preview) Price(t *terms.Terms, occasion *terms.Occasion) {
	p.MostCost = int64(p.Counts[""]) * worth(t.Coupon(occasion.Coupon))
}

// Call puts the names to the people of a preview that was kept.
func (p *Preview) Call(tx *store.Tx) error {
	place, ids := map[int64]int{}, make([]int64, len(p.People))
	for i := range p.People {
		ids[i], place[p.People[i].CustomerID] = p.People[i].CustomerID, i
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT id, name FROM customers WHERE merchant_id = $1 AND id = ANY ($2)`, tx.MerchantID(), ids)
	if err != nil {
		return err
	}
	var id int64
	var name string
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error {
		p.People[place[id]].Name = name
		return nil
	})
	return err
}

// Unknown counts the members whose birthday is not known. It asks everybody.
func Unknown(tx *store.Tx, programID int64) (n int64, err error) {
	return n, tx.PG().QueryRow(tx.Ctx(), `SELECT count(*) FILTER (WHERE c.birth_month IS NULL)
		FROM memberships m JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id
		WHERE m.merchant_id = $1 AND m.program_id = $2 AND m.left_at IS NULL`, tx.MerchantID(), programID).Scan(&n)
}

// worth is what a coupon costs at most; 0 for a percentage without a bound, of which nobody can say.
func worth(kind *terms.CouponKind) int64 {
	switch {
	case kind == nil:
		return 0
	case kind.Percent > 0:
		return kind.Most
	}
	return kind.Amount
}

// read asks who it is, at most as many as $13 says, and with each of them how many there are in all.
func (p *Preview) read(tx *store.Tx, args []any) error {
	rows, err := tx.PG().Query(tx.Ctx(), ahead+`, counted AS (SELECT why, count(*) AS people FROM ahead GROUP BY why)
		SELECT membership, customer, name, calendar, month, day, falls_on - date '1970-01-01', issue_on - date '1970-01-01', why,
			(SELECT jsonb_object_agg(why, people) FROM counted)
		FROM ahead ORDER BY why <> '', issue_on, falls_on, membership LIMIT $13`, args...)
	if err != nil {
		return err
	}
	p.Counts = map[string]int{}
	p.People, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (who Person, err error) {
		err = row.Scan(&who.MembershipID, &who.CustomerID, &who.Name, &who.Birthday.Calendar, &who.Birthday.Month, &who.Birthday.Day,
			(*int32)(&who.FallsOn), (*int32)(&who.IssueOn), &who.Why, &p.Counts)
		return who, err
	})
	return err
}
