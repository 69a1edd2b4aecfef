// Package tasks runs long work — imports, gifts to a group, a test clock on its way — so that it survives whatever kills
// the program. A task is a row: what to do, how far it has come (its cursor), and who is at it until when (its lease).
// Each chunk of work and the cursor behind it are committed in one transaction, and only by who holds the lease. A
// program that dies lets its lease run out; the next sweep hands the task to somebody else, who goes on from the cursor.
package tasks

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

// Kind is what a task does.
type Kind string

// The kinds, as the schema lists them.
const (
	Import     Kind = "import"
	ImportUndo Kind = "import_undo"
	Clock      Kind = "clock"
	Give       Kind = "give"
)

// State is how far a task has come.
type State string

// The states. Done, Failed and Stopped are final, except that Again sends a failed task back to waiting.
const (
	Waiting State = "waiting" // nobody is at it
	Running State = "running" // somebody holds its lease, or has died with it
	Done    State = "done"
	Failed  State = "failed"  // Error says why
	Stopped State = "stopped" // somebody stopped it; what it had committed stands
)

// Over says whether nothing more will happen by itself.
func (s State) Over() bool { return s == Done || s == Failed || s == Stopped }

// Task is one long work.
type Task struct {
	MerchantID int64
	ID         int64
	Kind       Kind
	SubjectID  int64           // the import, the gift …; 0: none
	Args       json.RawMessage // what to do
	State      State
	Cursor     json.RawMessage // how far it is; "{}" at the beginning
	Done       int64           // pieces done
	Total      int64           // of so many; 0: unknown
	Error      string          // a failed task's error code, "internal" for a fault of ours
	CreatedAt  time.Time       // wall time, as all three
	StartedAt  *time.Time
	FinishedAt *time.Time
}

// Percent is the progress from 0 to 100; a task of unknown size is at 0 until it is done.
func (t *Task) Percent() int {
	switch {
	case t.State == Done:
		return 100
	case t.Total <= 0:
		return 0
	}
	return int(min(t.Done*100/t.Total, 100))
}

// Left estimates how long the rest takes, from the rate so far; 0 when that cannot be said.
func (t *Task) Left(wall time.Time) time.Duration {
	if t.StartedAt == nil || t.Done <= 0 || t.State.Over() || t.Total <= t.Done {
		return 0
	}
	return time.Duration(float64(wall.Sub(*t.StartedAt)) / float64(t.Done) * float64(t.Total-t.Done)).Round(time.Second)
}

// Params describes a new task.
type Params struct {
	Kind      Kind
	SubjectID int64
	Args      any   // becomes JSON; nil: none
	Total     int64 // pieces, for progress; 0: unknown
	StaffID   int64 // who asked; 0: the program
}

// Create writes down what is to be done and returns the task's id. The next sweep starts it once tx has committed.
// Errors: models.ErrClockMoving for a second clock task.
func Create(tx *store.Tx, p Params) (id int64, err error) {
	args, err := document(p.Args)
	if err != nil {
		return 0, err
	}
	err = tx.PG().QueryRow(tx.Ctx(), `
		INSERT INTO tasks (merchant_id, kind, subject_id, args, total, created_at, created_by)
		VALUES ($1, $2, nullif($3::bigint, 0), $4, $5, $6, nullif($7::bigint, 0)) RETURNING id`,
		tx.Merchant().ID, p.Kind, p.SubjectID, args, p.Total, tx.Wall(), p.StaffID).Scan(&id)
	return id, store.Translate(err)
}

func document(v any) ([]byte, error) {
	if v == nil {
		return []byte("{}"), nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("tasks: %w", err)
	}
	return b, nil
}

const columns = `merchant_id, id, kind, coalesce(subject_id, 0), args, state, cursor, done, total, coalesce(error, ''),
	created_at, started_at, finished_at`

// Find reads a task. Errors: models.NotFound.
func Find(tx *store.Tx, id int64) (Task, error) {
	return one(tx, `SELECT `+columns+` FROM tasks WHERE merchant_id = $1 AND id = $2`, id)
}

// Latest reads the newest task of a kind about a subject. Errors: models.NotFound.
func Latest(tx *store.Tx, kind Kind, subjectID int64) (Task, error) {
	return one(tx, `SELECT `+columns+` FROM tasks WHERE merchant_id = $1 AND kind = $2 AND coalesce(subject_id, 0) = $3
		ORDER BY id DESC LIMIT 1`, kind, subjectID)
}

// Recent lists the newest tasks of the merchant, newest first.
func Recent(tx *store.Tx, limit int) ([]Task, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+columns+` FROM tasks WHERE merchant_id = $1 ORDER BY id DESC LIMIT $2`,
		tx.Merchant().ID, limit)
	if err != nil {
		return nil, store.Translate(err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Task])
}

func one(tx *store.Tx, query string, args ...any) (Task, error) {
	rows, err := tx.PG().Query(tx.Ctx(), query, append([]any{tx.Merchant().ID}, args...)...)
	if err != nil {
		return Task{}, store.Translate(err)
	}
	t, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Task])
	return t, store.Translate(err)
}

// Stop ends a task for good; who is at it notices at its next chunk, which is not committed. Errors: models.NotFound,
// models.Conflict "task_over".
func Stop(tx *store.Tx, id int64) error {
	return change(tx, id, `state IN ('waiting', 'running')`, `state = 'stopped', lease_owner = NULL, lease_until = NULL, finished_at = $3`)
}

// Again sends a failed task back to waiting; it goes on from its cursor. Errors: models.NotFound, models.Conflict
// "task_over".
func Again(tx *store.Tx, id int64) error {
	return change(tx, id, `state = 'failed'`, `state = 'waiting', error = NULL, finished_at = NULL, created_at = least(created_at, $3)`)
}

func change(tx *store.Tx, id int64, from, to string) error {
	tag, err := tx.PG().Exec(tx.Ctx(), `UPDATE tasks SET `+to+` WHERE merchant_id = $1 AND id = $2 AND `+from, tx.Merchant().ID, id, tx.Wall())
	if err != nil || tag.RowsAffected() == 1 {
		return store.Translate(err)
	}
	if _, err := Find(tx, id); err != nil {
		return err
	}
	return models.Conflicting("task_over", nil)
}
