package messages

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
)

// Send hands one message to a transport. An error wrapped in Permanent will not get better by trying again.
type Send func(ctx context.Context, m models.Message) error

// Permanent marks an error that no further try can mend: no such mailbox.
type Permanent struct{ Err error }

func (p Permanent) Error() string { return p.Err.Error() }

// Unwrap gives the transport's error.
func (p Permanent) Unwrap() error { return p.Err }

// ErrUnread is a transport's answer for a message that it has kept where no reader comes: it is done with, and tells
// nobody of anything.
var ErrUnread = errors.New("kept, not delivered")

const (
	atOnce  = 20
	takenIn = 2 * time.Minute // for so long nobody else tries a message that somebody has taken
	maxTry  = 8
)

// Deliver sends what is due and tells how many messages went out. Several may run side by side. A message that was sent
// but not noted, because the program was killed between, is sent again with the same Message-ID.
func Deliver(ctx context.Context, db *store.DB, send Send) (sent int, err error) {
	for {
		due, err := takeDue(ctx, db)
		if err != nil || len(due) == 0 {
			return sent, err
		}
		for _, m := range due {
			failure := send(ctx, m)
			if ctx.Err() != nil {
				return sent, ctx.Err()
			}
			if err := note(ctx, db, m, failure); err != nil {
				return sent, err
			}
			if failure == nil || errors.Is(failure, ErrUnread) {
				sent++
			}
		}
	}
}

// takeDue takes a few messages and puts off their next try, so that nobody else takes them meanwhile.
func takeDue(ctx context.Context, db *store.DB) (due []models.Message, err error) {
	err = store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		rows, err := tx.PG().Query(tx.Ctx(), `
			UPDATE messages m SET next_try_at = $1, attempts = attempts + 1
			FROM (SELECT merchant_id, id FROM messages WHERE state = 'waiting' AND next_try_at <= $2
				ORDER BY next_try_at LIMIT $3 FOR UPDATE SKIP LOCKED) d
			WHERE m.merchant_id = d.merchant_id AND m.id = d.id
			RETURNING m.merchant_id, m.id, m.template, m.recipient, coalesce(m.customer_id, 0), m.locale, m.data, m.attempts, m.created_at`,
			tx.Wall().Add(takenIn), tx.Wall(), atOnce)
		if err != nil {
			return err
		}
		due, err = pgx.CollectRows(rows, pgx.RowToStructByPos[models.Message])
		return err
	})
	return due, err
}

// note writes how a try went. A token is erased as soon as nobody needs it.
func note(ctx context.Context, db *store.DB, m models.Message, failure error) error {
	return store.InTx(ctx, db, m.MerchantID, func(tx *store.Tx) error {
		_, isPermanent := errors.AsType[Permanent](failure)
		switch {
		case errors.Is(failure, ErrUnread):
			return noteSent(tx, m)
		case failure == nil:
			if err := noteSent(tx, m); err != nil {
				return err
			}
			return noteTold(tx, m)
		case isPermanent, m.Attempts >= maxTry:
			return noteFailed(tx, m, failure)
		}
		_, err := tx.PG().Exec(tx.Ctx(), `UPDATE messages SET next_try_at = $3, error = $4 WHERE merchant_id = $1 AND id = $2`,
			m.MerchantID, m.ID, tx.Wall().Add(backoff(m.Attempts)), clip(failure.Error()))
		return err
	})
}

func noteSent(tx *store.Tx, m models.Message) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE messages SET state = 'sent', sent_at = $3, error = NULL, data = data - 'token' WHERE merchant_id = $1 AND id = $2`,
		m.MerchantID, m.ID, tx.Now())
	return err
}

// noteTold notes with the lots that a notice told of their end: from now on they may expire.
func noteTold(tx *store.Tx, m models.Message) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE lot_notices SET told_on = $3 WHERE merchant_id = $1 AND message_id = $2 AND told_on IS NULL`,
		m.MerchantID, m.ID, calendar.DateOf(tx.Now(), tx.Merchant().Zone).String())
	return err
}

func noteFailed(tx *store.Tx, m models.Message, failure error) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE messages SET state = 'failed', error = $3, data = data - 'token' WHERE merchant_id = $1 AND id = $2`,
		m.MerchantID, m.ID, clip(failure.Error()))
	return err
}

// backoff is the wait after the n-th failed try: 1, 2, 4 … minutes, at most 2 hours; eight tries take about four hours.
func backoff(tries int) time.Duration {
	return min(2*time.Hour, time.Minute<<min(tries-1, 10))
}

func clip(s string) string {
	const most = 300
	if len(s) > most {
		return s[:most]
	}
	return s
}
