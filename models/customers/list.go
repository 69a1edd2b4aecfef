package customers

import (
	"math"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
)

// View is a way of looking at everybody.
type View string

// The saved views.
const (
	Everybody View = "all"      // the newest first
	Expiring  View = "expiring" // points end within SoonDays; the soonest first
	Birthday  View = "birthday" // a birthday this month, by the calendar the customer keeps; in the order of the days
	Away      View = "away"     // later than their own rhythm (insights.AwayOn); who has just become so first
	OfTier    View = "tier"     // hold ListQuery.Tier; the newest members first
)

// Views lists the views in the order of their tabs.
var Views = []View{Everybody, Expiring, Birthday, Away, OfTier}

// ListQuery asks for a page of a view.
type ListQuery struct {
	View  View   // empty: Everybody
	Tier  string // with OfTier: the tier's code; empty: those who hold what everybody has
	After string // the cursor of the page before
	Limit int    // rows; 0: PageSize
}

// List reads a page of a view. A page costs the same wherever it stands and however many people there are.
// Errors: models.Invalid at "view" or "after".
func List(tx *store.Tx, q ListQuery) (Page, error) {
	from, err := parseCursor(q.After)
	if err != nil {
		return Page{}, err
	}
	places, err := q.places(tx, from, pageSize(q.Limit)+1)
	if err != nil {
		return Page{}, err
	}
	var next string
	if limit := pageSize(q.Limit); len(places) > limit {
		places = places[:limit]
		next = cursor{Day: places[limit-1].Day, ID: places[limit-1].Key}.String()
	}
	ids := make([]int64, len(places))
	for i, p := range places {
		ids[i] = p.ID
	}
	rows, err := Rows(tx, ids)
	return Page{Rows: rows, Next: next}, err
}

// place is a person's place in a view: the sort key (a day, then a key) and whose it is.
type place struct {
	Day calendar.Date
	Key int64
	ID  int64
}

func (q ListQuery) places(tx *store.Tx, from cursor, limit int) ([]place, error) {
	today := tx.Today()
	if from.ID == 0 {
		from = q.beginning(today)
	}
	switch q.View {
	case Everybody, "":
		return placesBy(tx, everybodySQL, from, limit)
	case OfTier:
		if q.Tier == "" {
			return placesBy(tx, tierSQL+`IS NULL`+tierOrder, from, limit)
		}
		return placesBy(tx, tierSQL+`= $5`+tierOrder, from, limit, q.Tier)
	case Expiring:
		return placesBy(tx, expiringSQL, from, limit, today, today.AddDays(SoonDays))
	case Away:
		return placesBy(tx, awaySQL, from, limit)
	case Birthday:
		return birthdays(tx, today, from, limit)
	}
	return nil, models.InvalidField("view", "unknown", nil)
}

// beginning is the place before the first of a view, so that every page is one range of an index.
func (q ListQuery) beginning(today calendar.Date) cursor {
	switch q.View {
	case Expiring:
		return cursor{Day: today}
	case Birthday:
		return cursor{Day: today.FirstOfMonth()}
	}
	return cursor{Day: today, ID: math.MaxInt64}
}

// The pages: $1 the merchant, $2 and $3 the last place of the page before, $4 the rows, then what the view needs. Each
// walks an index in its order.
const (
	everybodySQL = `SELECT NULL::date, id, id FROM customers
		WHERE merchant_id = $1 AND ($2::date IS NULL OR true) AND id < $3 AND merged_into IS NULL ORDER BY id DESC LIMIT $4`
	tierSQL = `SELECT NULL::date, id, customer_id FROM memberships
		WHERE merchant_id = $1 AND program_id = (SELECT min(id) FROM programs WHERE merchant_id = $1 AND ended_at IS NULL)
		  AND ($2::date IS NULL OR true) AND id < $3 AND left_at IS NULL AND tier_code `
	tierOrder = ` ORDER BY id DESC LIMIT $4`
	awaySQL   = `SELECT f.away_on, f.customer_id, f.customer_id FROM customer_facts f
		WHERE f.merchant_id = $1 AND (f.away_on, f.customer_id) < ($2, $3)
		  AND f.last_on = (SELECT s.last_on FROM customer_stats s WHERE s.merchant_id = f.merchant_id AND s.customer_id = f.customer_id)
		ORDER BY f.away_on DESC, f.customer_id DESC LIMIT $4`
	expiringSQL = `SELECT l.expires_on, l.account_id, m.customer_id
		FROM (SELECT DISTINCT ON (expires_on, account_id) expires_on, account_id FROM lots l
			WHERE merchant_id = $1 AND (expires_on, account_id) > ($2, $3) AND expires_on <= $6 AND bucket = 'available' AND remaining > 0
			  AND (SELECT count(*) FROM lots e WHERE e.merchant_id = $1 AND e.account_id = l.account_id AND e.bucket = 'available'
			       AND e.remaining > 0 AND e.expires_on >= $5 AND e.expires_on < l.expires_on) = 0
			ORDER BY expires_on, account_id LIMIT $4) l
		JOIN accounts a ON a.merchant_id = $1 AND a.id = l.account_id
		JOIN memberships m ON m.merchant_id = $1 AND m.id = a.membership_id
		ORDER BY l.expires_on, l.account_id`
	birthdaySQL = `SELECT $2::date, id, id FROM customers
		WHERE merchant_id = $1 AND id > $3 AND merged_into IS NULL AND (birth_calendar, birth_month, birth_day) IN (SELECT * FROM unnest($5::text[], $6::int[], $7::int[]))
		ORDER BY id LIMIT $4`
)

func placesBy(tx *store.Tx, sql string, from cursor, limit int, more ...any) ([]place, error) {
	found, err := tx.PG().Query(tx.Ctx(), sql, append([]any{tx.MerchantID(), from.Day, from.ID, limit}, more...)...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, pgx.RowToStructByPos[place])
}
