package store

import (
	"time"

	"dangol/models"
	"dangol/models/calendar"
)

// Wall is real time at the start of the transaction: for sessions, limits, leases, retries, keys, audit and recorded_at.
func (tx *Tx) Wall() time.Time { return tx.wall }

// Now is the merchant's business time: wall time for a live shop, the frozen clock for a sandbox. It is read when first
// asked for and stands for the rest of the transaction; who has waited for a lock reads it anew with Tick.
func (tx *Tx) Now() time.Time {
	if tx.now.IsZero() {
		tx.mustHaveMerchant()
		tx.now = tx.db.Wall()
	}
	return tx.now
}

// Today is the merchant's calendar date at Now.
func (tx *Tx) Today() calendar.Date {
	return calendar.DateOf(tx.Now(), tx.Merchant().Zone)
}

// early is how far ahead of the shop's a till's clock may be.
const early = 5 * time.Minute

// Moment is when something happened that somebody tells of, by business time: now if it is not told, and no later than now.
// What has no time of day happened as its date began. Errors: models.Invalid "in_future" at field.
func (tx *Tx) Moment(field string, told time.Time, hasTime bool) (time.Time, error) {
	now, zone := tx.Now(), tx.Merchant().Zone
	switch {
	case told.IsZero():
		return now, nil
	case told.After(now.Add(early)):
		return now, models.InvalidField(field, "in_future", map[string]any{"now": now})
	case told.After(now):
		return now, nil
	case !hasTime:
		return calendar.DateOf(told, zone).In(zone).UTC(), nil
	}
	return told.UTC().Truncate(time.Microsecond), nil
}

// Tick reads business time anew, after the locks were taken. In a live shop it never goes back within a transaction.
func (tx *Tx) Tick() error {
	if tx.Merchant().Sandbox {
		return tx.readClock()
	}
	if now := tx.db.Wall(); now.After(tx.now) {
		tx.now = now
	}
	return nil
}

func (tx *Tx) readClock() error {
	err := tx.pgx.QueryRow(tx.ctx, `SELECT clock_at FROM merchants WHERE id = $1`, tx.merchant.ID).Scan(&tx.now)
	tx.now = tx.now.UTC()
	return err
}

// Posting is called first by whatever writes points, orders or coupons: it keeps a sandbox's clock still until the
// transaction ends. It costs nothing in a live shop. Errors: models.ErrClockMoving while the clock is on its way.
func (tx *Tx) Posting() error {
	m := tx.Merchant()
	if !m.Sandbox {
		return nil
	}
	var moving bool
	err := tx.pgx.QueryRow(tx.ctx, `SELECT clock_at, clock_target IS NOT NULL FROM merchants WHERE id = $1 FOR SHARE`, m.ID).
		Scan(&tx.now, &moving)
	tx.now = tx.now.UTC()
	if err == nil && moving {
		return models.ErrClockMoving
	}
	return err
}
