// Package upkeep says what keeps a shop in order by itself and has failed at it: long work, the close of the day, the
// backups; and runs again what can be run again.
package upkeep

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/days"
	"dangol/models/store"
	"dangol/models/store/backup"
	"dangol/models/tasks"
)

// Failed is long work that could not finish.
type Failed struct {
	ID        int64
	Kind      tasks.Kind
	SubjectID int64     // the gift, or the import
	Code      string    // why
	At        time.Time // wall time
}

// State is how a shop stands.
type State struct {
	Failed []Failed
	Late   days.Late
	Backup backup.Last
}

const (
	remembered = 14 * 24 * time.Hour // what failed before that nobody waits for
	most       = 10
)

// Read tells how the shop stands. An import that failed is told on its own page, where its file is at hand.
func Read(tx *store.Tx) (s State, err error) {
	if s.Failed, err = failed(tx); err != nil {
		return s, err
	}
	if s.Late, err = days.ReadLate(tx); err != nil {
		return s, err
	}
	s.Backup, err = backup.Read(tx)
	return s, err
}

func failed(tx *store.Tx) ([]Failed, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT id, kind, coalesce(subject_id, 0), coalesce(error, 'internal'), coalesce(finished_at, created_at) FROM tasks
		WHERE merchant_id = $1 AND state = 'failed' AND kind <> $2 AND created_at > $3 ORDER BY id DESC LIMIT $4`,
		tx.MerchantID(), tasks.Import, tx.Wall().Add(-remembered), most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Failed])
}

// RunAgain sends failed work back to waiting, from where it stopped. Pressing twice is pressing once: work that waits or
// runs again already is left alone. An import goes on from its own page. Errors: models.NotFound; models.ErrClockMoving
// for a clock while another move is on its way.
func RunAgain(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, id int64) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		task, err := tasks.Find(tx, id)
		if err != nil {
			return err
		}
		if task.Kind == tasks.Import || task.Kind == tasks.ImportUndo {
			return models.Conflicting("import_state", nil)
		}
		err = tasks.Again(tx, id)
		if e, ok := errors.AsType[*models.Error](err); ok && e.Code == "task_over" {
			return nil
		}
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "task.again", fmt.Sprintf("task:%d", id), nil)
	})
}

// AskBackup takes a backup soon.
func AskBackup(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		if err := backup.Ask(tx); err != nil {
			return err
		}
		return audit.Record(tx, actor, "backup.ask", "installation", nil)
	})
}
