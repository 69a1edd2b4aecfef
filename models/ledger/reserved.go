package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
	"dangol/models/terms"
)

// HeldOf reads what a cause has set aside for a member in a unit: from which lots, for Confirm and Unreserve.
func HeldOf(tx *store.Tx, m *Member, unit, cause string) (terms.Held, error) {
	entries, err := entriesWhere(tx, m.ID, `e.kind = 'reserve' AND e.bucket = 'available' AND e.cause = $3`, cause)
	if err != nil {
		return terms.Held{}, err
	}
	held := terms.Held{Unit: unit}
	for i := range entries {
		if e := &entries[i]; e.Unit == unit {
			held.Seq, held.Points, held.Uses = e.Seq, -e.Points, e.Uses
		}
	}
	held.Closed, err = ClosedLots(tx, m, entries)
	return held, err
}

// reservation is points that were set aside for longer than they may be.
type reservation struct {
	table   string // redemptions, reward_claims
	id      int64
	account int64
	cause   string
	until   time.Time
}

// reservedSQL asks what was set aside in these accounts and is due back.
const reservedSQL = `SELECT 'redemptions', id, account_id, 'redeem:' || source || ':' || external_id AS cause, reserved_until
	FROM redemptions WHERE merchant_id = $1 AND account_id = ANY ($2) AND state = 'reserved' AND reserved_until <= $3
	UNION ALL
	SELECT 'reward_claims', id, account_id, cause, reserved_until
	FROM reward_claims WHERE merchant_id = $1 AND account_id = ANY ($2) AND state = 'reserved' AND reserved_until <= $3
	ORDER BY reserved_until, cause`

// release gives back, in memory, what members have set aside for longer than it may be (S-R4); Write stores it. Who has
// nothing set aside costs no question.
func release(tx *store.Tx, members []*Member) error {
	owners := map[int64]*Member{}
	var accounts []int64
	for _, m := range members {
		for i := range m.Accounts {
			if a := &m.Accounts[i]; a.Reserved > 0 && !m.released {
				id := m.AccountID(a.Unit)
				owners[id], accounts = m, append(accounts, id)
			}
		}
		m.released = true
	}
	if len(accounts) == 0 {
		return nil
	}
	if err := tx.Tick(); err != nil {
		return err
	}
	rows, err := tx.PG().Query(tx.Ctx(), reservedSQL, tx.MerchantID(), accounts, tx.Now())
	if err != nil {
		return err
	}
	due, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r reservation, err error) {
		return r, row.Scan(&r.table, &r.id, &r.account, &r.cause, &r.until)
	})
	for i := range due {
		if err == nil {
			err = owners[due[i].account].giveBack(tx, &due[i])
		}
	}
	return err
}

// giveBack ends a reservation at the moment until which it lasted.
func (m *Member) giveBack(tx *store.Tx, r *reservation) error {
	held, err := HeldOf(tx, m, m.unit(r.account), r.cause)
	program := m.Program.Timeline.At(r.until)
	if err != nil || program == nil {
		return err
	}
	day := calendar.DateOf(r.until, m.Program.Timeline.Zone())
	m.settled = append(m.settled, program.Unreserve(&m.Member, "timeout:"+r.cause, r.until, day, held))
	m.ended = append(m.ended, *r)
	return nil
}

// queueEnded notes the reservations that have timed out.
func (w *writer) queueEnded(batch *pgx.Batch) {
	for _, table := range []string{"redemptions", "reward_claims"} {
		var ids []int64
		for i := range w.ended {
			if w.ended[i].table == table {
				ids = append(ids, w.ended[i].id)
			}
		}
		if len(ids) > 0 {
			batch.Queue(`UPDATE `+table+` SET state = 'expired' WHERE merchant_id = $1 AND id = ANY ($2)`, w.merchantID, ids)
			if table == "reward_claims" {
				QueueFreed(batch, w.merchantID, ids...)
			}
		}
	}
}

// dueReservations adds, to the members on whom a day step is due, those with points set aside for too long.
const dueReservations = `SELECT a.membership_id AS id FROM redemptions r JOIN accounts a ON a.merchant_id = r.merchant_id AND a.id = r.account_id
	WHERE r.merchant_id = $1 AND r.state = 'reserved' AND r.reserved_until <= $5
	UNION SELECT a.membership_id FROM reward_claims r JOIN accounts a ON a.merchant_id = r.merchant_id AND a.id = r.account_id
	WHERE r.merchant_id = $1 AND r.state = 'reserved' AND r.reserved_until <= $5`

// Payments picks the entries that paid out of some that set points aside or paid. What was set aside before it paid names
// the lots that it took from.
func Payments(entries []Entry) (paid []Entry) {
	for i := range entries {
		e := entries[i]
		if e.Kind != terms.Redeem {
			continue
		}
		for j := range entries {
			if from := &entries[j]; e.Bucket == terms.Reserved && from.Kind == terms.Reserve && from.Bucket == terms.Available && from.Cause == e.Cause && from.AccountID == e.AccountID {
				e.Uses = from.Uses
			}
		}
		paid = append(paid, e)
	}
	return paid
}

// QueueFreed puts into a batch that claims have ended with their points given back: their codes are free again, and the
// counters of stocks and members count them no more.
func QueueFreed(batch *pgx.Batch, merchantID int64, claims ...int64) {
	batch.Queue(freeCodesSQL, merchantID, claims)
	batch.Queue(freeQuotasSQL, merchantID, claims)
}

const (
	freeCodesSQL  = `UPDATE reward_codes SET claim_id = NULL WHERE merchant_id = $1 AND claim_id = ANY ($2)`
	freeQuotasSQL = `WITH freed AS (
		SELECT p.code || '/reward:' || c.reward AS rule, q.scope, CASE q.scope WHEN 'shop' THEN 0 ELSE a.membership_id END AS subject, q.period, count(*) AS n
		FROM reward_claims c
		JOIN programs p ON p.merchant_id = c.merchant_id AND p.id = c.program_id
		JOIN accounts a ON a.merchant_id = c.merchant_id AND a.id = c.account_id
		CROSS JOIN LATERAL (VALUES ('shop', c.stock_period), ('member', c.member_period)) q (scope, period)
		WHERE c.merchant_id = $1 AND c.id = ANY ($2) AND q.period IS NOT NULL GROUP BY 1, 2, 3, 4)
		UPDATE limit_uses u SET used = greatest(u.used - f.n, 0) FROM freed f
		WHERE u.merchant_id = $1 AND u.rule = f.rule AND u.scope = f.scope AND u.subject = f.subject AND u.period = f.period`
)

// ReleaseEverywhere is ReleaseAll for every shop in which anything is set aside, and says how many members got points back.
// While a sandbox's clock is moved, it waits for another time.
func ReleaseEverywhere(ctx context.Context, db *store.DB, programs func(*store.Tx) ([]*Program, error)) (released int, err error) {
	rows, err := db.Pool().Query(ctx, `SELECT merchant_id FROM redemptions WHERE state = 'reserved' UNION SELECT merchant_id FROM reward_claims WHERE state = 'reserved'`)
	if err != nil {
		return 0, store.Translate(err)
	}
	shops, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	var faults []error
	for _, id := range shops {
		n, err := ReleaseAll(ctx, db, id, programs)
		if released += n; err != nil && !errors.Is(err, models.ErrClockMoving) {
			faults = append(faults, fmt.Errorf("shop %d: %w", id, err))
		}
	}
	return released, errors.Join(append(faults, err)...)
}
