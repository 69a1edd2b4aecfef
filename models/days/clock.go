package days

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/calendar"
	"dangol/models/store"
	"dangol/models/tasks"
)

// farthest is how far one move may take a sandbox's clock.
const farthest = 10 // years

// MoveClock sets a sandbox's clock on its way forward and gives the task that will arrive there, day by day. Until then
// posting to the shop is refused as models.ErrClockMoving. Errors: models.Conflict "not_a_sandbox"; models.Invalid at
// "to" ("clock_backwards", "too_far"); models.ErrClockMoving while another move is on its way.
func MoveClock(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, to time.Time) (taskID int64, err error) {
	to = to.UTC().Truncate(time.Microsecond)
	err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		taskID, err = depart(tx, actor, to)
		return err
	})
	return taskID, err
}

// target is a clock task's arguments.
type target struct {
	To time.Time `json:"to"`
}

func depart(tx *store.Tx, actor models.Actor, to time.Time) (taskID int64, err error) {
	at, err := mayMove(tx, to)
	if err != nil {
		return 0, err
	}
	open, err := firstOpen(tx)
	if err != nil {
		return 0, err
	}
	if err := note(tx, open-1); err != nil { // where this shop's days begin, should nothing have been closed yet
		return 0, err
	}
	if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET clock_target = $2 WHERE id = $1`, tx.MerchantID(), to); err != nil {
		return 0, err
	}
	ahead := int64(calendar.DateOf(to, tx.Merchant().Zone) - open)
	taskID, err = tasks.Create(tx, tasks.Params{Kind: tasks.Clock, Args: target{to}, Total: max(ahead, 1), StaffID: actor.StaffID})
	if err != nil {
		return 0, err
	}
	return taskID, audit.Record(tx, actor, "clock.move", "sandbox", map[string]any{"from": at, "to": to})
}

// mayMove waits for whoever posts, keeps others from beginning, and says where the clock stands.
func mayMove(tx *store.Tx, to time.Time) (at time.Time, err error) {
	if !tx.Merchant().Sandbox {
		return at, models.Conflicting("not_a_sandbox", nil)
	}
	var moving bool
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT clock_at, clock_target IS NOT NULL FROM merchants WHERE id = $1 FOR UPDATE`, tx.MerchantID()).Scan(&at, &moving)
	switch {
	case err != nil:
		return at, err
	case moving:
		return at, models.ErrClockMoving
	case !to.After(at):
		return at, models.InvalidField("to", "clock_backwards", nil)
	case to.After(at.AddDate(farthest, 0, 0)):
		return at, models.InvalidField("to", "too_far", map[string]any{"years": farthest})
	}
	return at, tx.Tick()
}

// RunClock brings a sandbox's clock to where its task says, closing the days on the way; after is called once it has
// arrived. It goes on where a killed run stopped. Errors: tasks.ErrHeld, tasks.ErrLost, and what the work failed with.
func RunClock(ctx context.Context, db *store.DB, merchantID, taskID int64, after func(ctx context.Context, merchantID int64) error) error {
	err := tasks.Run(ctx, db, merchantID, taskID, travel)
	if err != nil {
		return err
	}
	return after(ctx, merchantID)
}

// travel is one leg of the way: as many days as a transaction holds, and at the end the moment itself.
func travel(tx *store.Tx, task tasks.Task, cursor json.RawMessage) (tasks.Progress, error) {
	var to target
	var at place
	if err := errors.Join(json.Unmarshal(task.Args, &to), json.Unmarshal(cursor, &at)); err != nil {
		return tasks.Progress{}, err
	}
	if err := lock(tx); err != nil {
		return tasks.Progress{}, err
	}
	var done Done
	more, err := closeSome(tx, calendar.DateOf(to.To, tx.Merchant().Zone), &done, &at, func(day calendar.Date) error {
		return set(tx, day.In(tx.Merchant().Zone))
	})
	if err != nil || more {
		return tasks.Progress{Cursor: at, Done: int64(done.Days)}, err
	}
	if err := set(tx, to.To); err != nil {
		return tasks.Progress{}, err
	}
	_, err = tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET clock_target = NULL WHERE id = $1`, tx.MerchantID())
	return tasks.Progress{Done: int64(done.Days), Finished: true}, err
}

// lock waits for whoever closes days of this shop.
func lock(tx *store.Tx) error {
	if err := tx.AllowLong(time.Minute); err != nil {
		return err
	}
	_, err := tx.PG().Exec(tx.Ctx(), `SELECT set_config('lock_timeout', '60s', true), pg_advisory_xact_lock(`+lockKey+`)`, tx.MerchantID())
	return err
}

// set moves the frozen clock, never back.
func set(tx *store.Tx, at time.Time) error {
	if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET clock_at = greatest(clock_at, $2) WHERE id = $1`, tx.MerchantID(), at); err != nil {
		return err
	}
	return tx.Tick()
}
