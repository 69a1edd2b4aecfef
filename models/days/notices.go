package days

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/messages"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// due is a last day of which people are told today, and which of the three notices it is.
type due struct {
	expiresOn calendar.Date
	step      string
	prolonged bool // only lots that were prolonged to that day: their month's notice would have been due before
}

// dueNotices says of which last days a day tells: of those that lie two months, one month and three days ahead, by the
// calendar, and of those to which lots have just been prolonged.
func dueNotices(day calendar.Date) (list []due) {
	for expires := day + 1; expires <= day+63; expires++ {
		switch day {
		case expires.AddMonths(-2):
			list = append(list, due{expires, "2m", false})
		case expires.AddMonths(-1):
			list = append(list, due{expires, "1m", false})
		case expires - 3:
			list = append(list, due{expires, "3d", false})
		}
	}
	return append(list, due{aMonthAfter(day - 1), "1m", true})
}

// aMonthAfter is the last day to which a lot that ended on a day is prolonged: an end of month stays one.
func aMonthAfter(day calendar.Date) calendar.Date {
	if day == day.EndOfMonth() {
		return (day + 1).EndOfMonth()
	}
	return day.AddMonths(1)
}

// untoldSQL finds the accounts with points that end on one of the days and whose owner can be reached and was not told of
// it yet: a notice is an account's, for all its lots of that day. Of each day the next accounts from $6 on are looked for.
// It is written so that statistics which lag behind, as after an import, cannot lead to another plan: the accounts are
// found first, and what was told is counted by its key.
const untoldSQL = `WITH due AS MATERIALIZED (
		SELECT s.expires_on, s.step, found.account_id, found.customer_id
		FROM unnest($2::date[], $3::text[], $4::boolean[]) AS s (expires_on, step, prolonged)
		CROSS JOIN LATERAL (
			SELECT DISTINCT l.account_id, m.customer_id
			FROM lots l
			JOIN accounts a ON a.merchant_id = $1 AND a.id = l.account_id
			JOIN memberships m ON m.merchant_id = $1 AND m.id = a.membership_id AND m.left_at IS NULL
			JOIN customers c ON c.merchant_id = $1 AND c.id = m.customer_id AND c.email IS NOT NULL
			WHERE l.merchant_id = $1 AND l.expires_on = s.expires_on AND l.account_id >= $6 AND l.remaining > 0 AND l.bucket = 'available'
				AND (SELECT count(*) FROM lot_notices n WHERE n.merchant_id = $1 AND n.account_id = l.account_id AND n.lot_seq = l.seq
					AND n.expires_on = s.expires_on AND n.step = s.step) = 0
				AND (NOT s.prolonged OR (SELECT count(*) FROM lot_extensions x WHERE x.merchant_id = $1 AND x.account_id = l.account_id
					AND x.lot_seq = l.seq AND x.to_on = s.expires_on) > 0)
			ORDER BY l.account_id LIMIT $5) AS found)
	SELECT a.id, a.unit, a.available, c.id, c.email, c.name, c.locale, due.expires_on - date '1970-01-01', due.step, l.points, l.lots
	FROM due
	CROSS JOIN LATERAL (
		SELECT sum(l.remaining)::bigint AS points, array_agg(l.seq ORDER BY l.seq) AS lots FROM lots l
		WHERE l.merchant_id = $1 AND l.account_id = due.account_id AND l.expires_on = due.expires_on AND l.remaining > 0 AND l.bucket = 'available') AS l
	JOIN accounts a ON a.merchant_id = $1 AND a.id = due.account_id
	JOIN customers c ON c.merchant_id = $1 AND c.id = due.customer_id
	ORDER BY a.id`

// notice is a row of untoldSQL.
type notice struct {
	account   int64
	unit      string
	balance   int64
	customer  int64
	email     string
	name      string
	locale    string
	expiresOn calendar.Date
	step      string
	points    int64
	lots      []int32
}

// notices tells people by message that points of theirs will end. Whoever has no address is not told, and keeps them.
func (d *opening) notices() (more bool, err error) {
	found, err := d.untold()
	if err != nil || len(found) == 0 {
		return false, err
	}
	var shop string
	if err := d.tx.PG().QueryRow(d.tx.Ctx(), `SELECT name FROM merchants WHERE id = $1`, d.tx.MerchantID()).Scan(&shop); err != nil {
		return false, err
	}
	list := make([]messages.Params, len(found))
	for i := range found {
		list[i] = found[i].message(shop)
	}
	ids, err := messages.EnqueueAll(d.tx, list)
	if err != nil {
		return false, err
	}
	d.done.Notices += len(found)
	more = d.goOnAfter(found)
	return more, d.noteNotices(found, ids)
}

// goOnAfter moves the place behind what was found and reports whether there may be more: a batch of one of the days is
// full. The next one begins where the first full one ended.
func (d *opening) goOnAfter(found []notice) (more bool) {
	type kind struct {
		expires calendar.Date
		step    string
	}
	count, last := map[kind]int{}, map[kind]int64{}
	for i := range found {
		k := kind{found[i].expiresOn, found[i].step}
		count[k]++
		last[k] = found[i].account
	}
	for k, n := range count {
		if n == Batch && (!more || last[k] < d.at.Account) {
			d.at.Account, more = last[k], true
		}
	}
	return more
}

func (d *opening) untold() ([]notice, error) {
	if d.at.Day != d.day {
		*d.at = place{Day: d.day}
	}
	var expires []calendar.Date
	var steps []string
	var prolonged []bool
	for _, n := range dueNotices(d.day) {
		if n.expiresOn < d.tx.Today() {
			continue // the server was down over that day: it would tell of what is past
		}
		expires, steps, prolonged = append(expires, n.expiresOn), append(steps, n.step), append(prolonged, n.prolonged)
	}
	rows, err := d.tx.PG().Query(d.tx.Ctx(), untoldSQL, d.tx.MerchantID(), expires, steps, prolonged, Batch, d.at.Account)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (n notice, err error) {
		err = row.Scan(&n.account, &n.unit, &n.balance, &n.customer, &n.email, &n.name, &n.locale, (*int32)(&n.expiresOn), &n.step, &n.points, &n.lots)
		return n, err
	})
}

func (n *notice) message(shop string) messages.Params {
	return messages.Params{
		Template: models.MessageExpiryNotice, Recipient: n.email, CustomerID: n.customer, Locale: n.locale,
		Data:  models.MessageData{Name: n.name, Shop: shop, Points: n.points, Balance: n.balance, Unit: n.unit, ExpiresOn: n.expiresOn.String()},
		Cause: fmt.Sprintf("expiry:%d:%s:%s", n.account, n.expiresOn, n.step),
	}
}

// noteNotices writes down which lot's end each message tells. A sandbox's messages reach nobody: there the row in the
// outbox is the delivery; elsewhere whoever delivers the message notes the day.
func (d *opening) noteNotices(found []notice, ids []int64) error {
	var account, message []int64
	var lot, expires []int32
	var steps []string
	for i, n := range found {
		for _, seq := range n.lots {
			account, lot, expires = append(account, n.account), append(lot, seq), append(expires, int32(n.expiresOn))
			steps, message = append(steps, n.step), append(message, ids[i])
		}
	}
	var told *calendar.Date
	if d.tx.Merchant().Sandbox {
		told = &d.day
	}
	_, err := d.tx.PG().Exec(d.tx.Ctx(), `INSERT INTO lot_notices (merchant_id, account_id, lot_seq, expires_on, step, message_id, told_on)
		SELECT $1, n.account, n.lot, date '1970-01-01' + n.expires, n.step, nullif(n.message, 0), $2
		FROM unnest($3::bigint[], $4::int[], $5::int[], $6::text[], $7::bigint[]) AS n (account, lot, expires, step, message)
		ON CONFLICT DO NOTHING`, d.tx.MerchantID(), told, account, lot, expires, steps, message)
	return err
}

// Shown notes that a customer has seen which of their points end soon, on a screen that named each of those days
// (counter.Guest.Ending). It counts as told where the shop has chosen so; elsewhere nothing is noted and counts is false.
// It settles first, so that it is the lots' present last days that are noted. Errors: models.ErrClockMoving.
func Shown(tx *store.Tx, customerID int64, unit string) (counts bool, err error) {
	if err := tx.Posting(); err != nil {
		return false, err
	}
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce((settings->>'shown_counts')::boolean, false) FROM merchants WHERE id = $1`, tx.MerchantID()).Scan(&counts)
	if err != nil || !counts {
		return false, err
	}
	running, err := programs.Running(tx)
	if err != nil {
		return false, err
	}
	members, err := ledger.Load(tx, running, 0, ledger.Of(models.CustomerRef{ID: customerID}))
	if err == nil {
		err = ledger.Settle(tx, tx.Today(), members...)
	}
	if err != nil {
		return false, err
	}
	today := tx.Today()
	_, err = tx.PG().Exec(tx.Ctx(), `INSERT INTO lot_notices (merchant_id, account_id, lot_seq, expires_on, step, told_on)
		SELECT l.merchant_id, l.account_id, l.seq, l.expires_on, 'shown', $3
		FROM memberships m JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id AND a.unit = $5
			JOIN lots l ON l.merchant_id = a.merchant_id AND l.account_id = a.id AND l.remaining > 0 AND l.bucket = 'available'
		WHERE m.merchant_id = $1 AND m.customer_id = $2 AND l.expires_on BETWEEN $3 AND $4
		ON CONFLICT DO NOTHING`, tx.MerchantID(), customerID, today, today.AddMonths(terms.NoticeMonths), unit)
	return true, err
}
