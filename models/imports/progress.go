package imports

import (
	"time"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/tasks"
)

// Progress is how far the work on an import is.
type Progress struct {
	Import
	Task      tasks.Task // the latest; the zero value before the first
	PerSecond int64      // rows written, from the beginning of the task
	Left      time.Duration
}

// Watch reads an import and its latest task. Errors: models.NotFound.
func Watch(tx *store.Tx, id int64) (p Progress, err error) {
	if p.Import, err = Find(tx, id); err != nil {
		return p, err
	}
	for _, kind := range []tasks.Kind{tasks.Import, tasks.ImportUndo} {
		task, err := tasks.Latest(tx, kind, id)
		if err == nil && task.ID > p.Task.ID {
			p.Task = task
		} else if err != nil && models.KindOf(err) != models.NotFound {
			return p, err
		}
	}
	if p.Task.StartedAt != nil {
		if seconds := tx.Wall().Sub(*p.Task.StartedAt).Seconds(); seconds > 0 {
			p.PerSecond = int64(float64(p.Task.Done) / seconds)
		}
		p.Left = p.Task.Left(tx.Wall())
	}
	return p, nil
}
