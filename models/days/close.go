package days

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
)

const (
	// Batch is how many members one transaction serves at most.
	Batch = 5000
	// settled is how many of them it locks: a till that meets one of these waits until the transaction ends, which must
	// come well before it would give up.
	settled = 2000
)

// Done counts what a run did.
type Done struct {
	Days    int // closed
	Members int // on whom something was due
	Coupons int
	Notices int
	Plans   int // paid memberships that were renewed, or ended
	Refunds int // that waited for their order in vain
}

// add sums up.
func (d *Done) add(more Done) {
	d.Days += more.Days
	d.Members += more.Members
	d.Coupons += more.Coupons
	d.Notices += more.Notices
	d.Plans += more.Plans
	d.Refunds += more.Refunds
}

// work is what of a run fills a transaction.
func (d *Done) work() int { return d.Members + d.Plans + d.Coupons + d.Notices }

// CloseUntil closes the shop's open days up to yesterday, the oldest first. While somebody else is at it, it does nothing. Errors: models.NotFound, models.Unavailable; what was committed stands.
func CloseUntil(ctx context.Context, db *store.DB, merchantID int64) (done Done, err error) {
	var at place
	for more := true; more && err == nil; {
		var part Done
		next := at
		err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) (err error) {
			more, part, next = false, Done{}, at
			free, err := begin(tx)
			if err != nil || !free {
				return err
			}
			more, err = closeSome(tx, tx.Today(), &part, &next, nil)
			return err
		})
		if err == nil {
			at = next
			done.add(part)
		}
	}
	return done, err
}

// place is how far the notices of a day have come. It only saves looking again at whom a run has passed: whoever begins
// without it finds the same.
type place struct {
	Day     calendar.Date `json:"day"`
	Account int64         `json:"account"`
}

// begin takes the shop's lock for this transaction, unless somebody else has it.
func begin(tx *store.Tx) (free bool, err error) {
	if err := tx.AllowLong(time.Minute); err != nil {
		return false, err
	}
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT pg_try_advisory_xact_lock(`+lockKey+`)`, tx.MerchantID()).Scan(&free)
	return free, err
}

const lockKey = `hashtextextended('days:' || $1::bigint, 0)`

// mostDays bounds how many days, of which most are empty, one transaction closes.
const mostDays = 60

// closeSome closes days before today until a transaction is full, and reports whether there is more to do. Arrive, if
// given, is told each day that begins before its steps are run.
func closeSome(tx *store.Tx, today calendar.Date, done *Done, at *place, arrive func(calendar.Date) error) (more bool, err error) {
	open, err := firstOpen(tx)
	if err != nil || open >= today {
		return false, err
	}
	running, err := programs.Running(tx)
	if err != nil {
		return false, err
	}
	for ; open < today; open++ {
		if done.work() >= Batch || done.Days >= mostDays {
			return true, nil
		}
		if arrive != nil {
			if err := arrive(open + 1); err != nil {
				return false, err
			}
		}
		d := opening{tx: tx, day: open + 1, running: running, done: done, at: at}
		if more, err := d.run(); more || err != nil {
			return more, err
		}
		if err := note(tx, open); err != nil {
			return false, err
		}
		done.Days++
	}
	return false, nil
}

// firstOpen is the first day that is not closed. A shop's time begins when it is made; a sandbox's, where its clock stood.
func firstOpen(tx *store.Tx) (calendar.Date, error) {
	var closed *int32
	var created time.Time
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT (SELECT max(day) - date '1970-01-01' FROM business_days WHERE merchant_id = m.id), created_at
		FROM merchants m WHERE id = $1`, tx.MerchantID()).Scan(&closed, &created)
	switch {
	case err != nil:
		return 0, err
	case closed != nil:
		return calendar.Date(*closed) + 1, nil
	case tx.Merchant().Sandbox:
		return tx.Today(), nil
	}
	return calendar.DateOf(created, tx.Merchant().Zone), nil
}

func note(tx *store.Tx, day calendar.Date) error {
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO business_days (merchant_id, day, closed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		tx.MerchantID(), day, tx.Wall())
	return err
}

// opening is a day that begins.
type opening struct {
	tx      *store.Tx
	day     calendar.Date
	running []*ledger.Program
	done    *Done
	at      *place
}

// run does the day's steps in their order and stops, with more, when the transaction is full: then the day is run again,
// and each step finds what is left.
func (d *opening) run() (more bool, err error) {
	for _, step := range []func() (more bool, err error){d.settle, d.begun, d.plans, d.referrals, d.occasions, d.notices, d.refunds, d.partners} {
		if more, err := step(); more || err != nil {
			return more, err
		}
	}
	return false, nil
}

// CloseAll closes the days of every shop; after is called for each shop of which a day was closed. One shop's fault keeps
// no other waiting.
func CloseAll(ctx context.Context, db *store.DB, after func(ctx context.Context, merchantID int64) error) (done Done, err error) {
	ids, err := merchants(ctx, db)
	if err != nil {
		return done, err
	}
	var faults []error
	for _, id := range ids {
		part, err := CloseNow(ctx, db, id, after)
		done.add(part)
		if err != nil {
			faults = append(faults, fmt.Errorf("shop %d: %w", id, err))
		}
	}
	return done, errors.Join(faults...)
}

// CloseNow is CloseUntil with after for a shop of which a day was closed. Why it failed is kept for ReadLate. Errors: as
// CloseUntil, and after's.
func CloseNow(ctx context.Context, db *store.DB, merchantID int64, after func(ctx context.Context, merchantID int64) error) (Done, error) {
	done, err := CloseUntil(ctx, db, merchantID)
	if err != nil {
		return done, errors.Join(err, noteFault(ctx, db, merchantID, err))
	}
	if done.Days == 0 {
		return done, nil
	}
	return done, errors.Join(forgetFault(ctx, db, merchantID), after(ctx, merchantID))
}

func merchants(ctx context.Context, db *store.DB) (ids []int64, err error) {
	err = store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		rows, err := tx.PG().Query(tx.Ctx(), `SELECT id FROM merchants ORDER BY id`)
		if err != nil {
			return err
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		return err
	})
	return ids, err
}
