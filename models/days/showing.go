package days

import (
	"time"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/tasks"
)

// MoveClockIn is MoveClock in a transaction of the caller, such as one that claims a key.
func MoveClockIn(tx *store.Tx, actor models.Actor, to time.Time) (taskID int64, err error) {
	return depart(tx, actor, to.UTC().Truncate(time.Microsecond))
}

// Clock is what a sandbox's clock shows and, while it moves, where to and how far it has come.
type Clock struct {
	Now       time.Time
	MovingTo  *time.Time
	DaysDone  int64
	DaysTotal int64
	TaskID    int64 // of the move; 0: it stands
}

// ReadClock reads a sandbox's clock. Errors: models.Conflict "not_a_sandbox".
func ReadClock(tx *store.Tx) (c Clock, err error) {
	if !tx.Merchant().Sandbox {
		return c, models.Conflicting("not_a_sandbox", nil)
	}
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT m.clock_at, m.clock_target, coalesce(t.id, 0), coalesce(t.done, 0), coalesce(t.total, 0)
		FROM merchants m LEFT JOIN tasks t ON t.merchant_id = m.id AND t.kind = $2 AND t.state IN ('waiting', 'running') WHERE m.id = $1`,
		tx.MerchantID(), tasks.Clock).Scan(&c.Now, &c.MovingTo, &c.TaskID, &c.DaysDone, &c.DaysTotal)
	return c, store.Translate(err)
}
