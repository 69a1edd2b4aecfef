package days

import (
	"context"
	"errors"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
)

// Late is a shop's days that should be closed and are not.
type Late struct {
	Days  int64         // how many
	First calendar.Date // the oldest of them
	Fault string        // a code: why the last try failed; empty: nobody has tried, because the program did not run
	At    time.Time     // wall time of that try
}

// ReadLate tells which days are late. Yesterday counts once it was tried in vain: at midnight it is still on its way.
func ReadLate(tx *store.Tx) (late Late, err error) {
	var closed *int32
	var at *time.Time
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT (SELECT max(day) - date '1970-01-01' FROM business_days WHERE merchant_id = $1), coalesce(f.code, ''), f.at
		FROM (SELECT) one LEFT JOIN close_faults f ON f.merchant_id = $1`, tx.MerchantID()).Scan(&closed, &late.Fault, &at)
	if err != nil || closed == nil {
		return Late{}, err
	}
	late.First = calendar.Date(*closed) + 1
	if late.Days = int64(tx.Today() - late.First); at == nil {
		late.Days--
	} else {
		late.At = *at
	}
	if late.Days <= 0 {
		return Late{}, nil
	}
	return late, nil
}

// noteFault keeps why a shop's day could not be closed. A program that is being stopped is no reason.
func noteFault(ctx context.Context, db *store.DB, merchantID int64, fault error) error {
	if errors.Is(fault, context.Canceled) {
		return nil
	}
	code := "internal"
	if e, ok := errors.AsType[*models.Error](fault); ok {
		code = e.Code
	}
	return store.InTx(context.WithoutCancel(ctx), db, merchantID, func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO close_faults (merchant_id, code, at) VALUES ($1, $2, $3)
			ON CONFLICT (merchant_id) DO UPDATE SET code = EXCLUDED.code, at = EXCLUDED.at`, merchantID, code, tx.Wall())
		return err
	})
}

func forgetFault(ctx context.Context, db *store.DB, merchantID int64) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), `DELETE FROM close_faults WHERE merchant_id = $1`, merchantID)
		return err
	})
}
