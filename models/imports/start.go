package imports

import (
	"context"
	"errors"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
	"dangol/models/tasks"
)

// phase is what a task of an import does.
type phase struct {
	Phase string `json:"phase"`
}

const (
	checking = "check"
	running  = "run"
)

// StartCheck asks for a dry run: it writes nothing but what it found. Errors: models.Invalid for a mapping that lacks
// something; models.Conflict "import_state", "already_posting", "no_terms"; models.NotFound.
func (d *Desk) StartCheck(ctx context.Context, merchantID, id int64, actor models.Actor) (taskID int64, err error) {
	return d.start(ctx, merchantID, id, actor, Checking, tasks.Params{Kind: tasks.Import, Args: phase{checking}})
}

// StartRun asks for what the dry run has shown. One import runs at a time in a shop. Errors: as StartCheck;
// models.Conflict "import_running".
func (d *Desk) StartRun(ctx context.Context, merchantID, id int64, actor models.Actor) (taskID int64, err error) {
	return d.start(ctx, merchantID, id, actor, Running, tasks.Params{Kind: tasks.Import, Args: phase{running}})
}

func (d *Desk) start(ctx context.Context, merchantID, id int64, actor models.Actor, to State, p tasks.Params) (taskID int64, err error) {
	err = store.InTx(ctx, d.DB, merchantID, func(tx *store.Tx) error {
		imp, err := lock(tx, id)
		if err != nil {
			return err
		}
		if err := imp.may(tx, to); err != nil {
			return err
		}
		if err := imp.become(tx, to); err != nil {
			return err
		}
		if p.Total, err = imp.pieces(tx, to); err != nil {
			return err
		}
		p.SubjectID, p.StaffID = id, actor.StaffID
		if taskID, err = tasks.Create(tx, p); err != nil {
			return err
		}
		return audit.Record(tx, actor, "import."+string(to), subject(id), map[string]any{
			"mode": imp.Mode, "reason": imp.Options.Reason, "counts": imp.Counts})
	})
	return taskID, err
}

// may says whether a step may begin now.
func (imp *Import) may(tx *store.Tx, to State) error {
	if to == Undoing {
		return nil
	}
	if err := imp.allowed(tx); err != nil {
		return err
	}
	if _, err := imp.job(tx); err != nil {
		return err
	}
	if to != Running {
		return nil
	}
	if imp.State == Failed {
		if left, err := imp.chunks(tx); err != nil || len(left) == 0 {
			return errors.Join(err, models.Conflicting("import_state", map[string]any{"state": string(imp.State)}))
		}
	}
	var others bool
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT EXISTS (SELECT FROM imports WHERE merchant_id = $1 AND id <> $2 AND state IN ('running', 'undoing'))`,
		tx.MerchantID(), imp.ID).Scan(&others)
	if err == nil && others {
		err = models.Conflicting("import_running", nil)
	}
	return err
}

// pieces is the size of a step, for its progress: rows to be written or to be looked at.
func (imp *Import) pieces(tx *store.Tx, to State) (n int64, err error) {
	switch to {
	case Checking:
		n = imp.Counts.Rows
	case Running:
		err = tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce(sum(size), 0) FROM import_chunks WHERE merchant_id = $1 AND import_id = $2 AND done_at IS NULL`,
			tx.MerchantID(), imp.ID).Scan(&n)
	case Undoing:
		n = imp.Counts.New
	}
	return n, err
}
