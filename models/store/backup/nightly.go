package backup

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

const (
	// Kept is how many of the nights' backups stay in their folder.
	Kept = 7
	// Stale is the age from which somebody should look after the backups.
	Stale = 48 * time.Hour

	nightHour  = 3             // the first shop's local hour from which a night's backup is due
	retryAfter = time.Hour     // how long a failed one rests
	longest    = 4 * time.Hour // whoever is at it for longer has died with it
	stamp      = "20060102T150405Z"
)

// Nightly takes the backup of this night into the folder, or the one that somebody asked for, and keeps the last seven.
// Most calls find that nothing is due. A night is taken once, however many programs call this; a night that was slept
// through is made up for at the next call, and one that failed is tried again an hour later. Its outcome is kept for Read.
func Nightly(ctx context.Context, db *store.DB, url, folder string) (done Summary, err error) {
	id, err := claim(ctx, db)
	if err != nil || id == 0 {
		return done, err
	}
	ctx, stop := context.WithTimeout(ctx, longest)
	defer stop()
	name := "dangol-" + db.Wall().Format(stamp) + ".backup"
	if err = os.MkdirAll(folder, 0o700); err == nil {
		done, err = WriteFile(ctx, url, filepath.Join(folder, name), db.Wall())
	}
	if err == nil {
		err = prune(folder)
	}
	return done, errors.Join(err, settle(context.WithoutCancel(ctx), db, id, name, done.Rows, err))
}

// Ask makes the next call of Nightly take a backup, at any hour. Asking twice is asking once.
func Ask(tx *store.Tx) error {
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO ops.backups (asked_at) VALUES ($1) ON CONFLICT DO NOTHING`, tx.Wall())
	return err
}

// claim takes what is due, if anything is, and gives its number; 0: nothing.
func claim(ctx context.Context, db *store.DB) (id int64, err error) {
	err = store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE ops.backups SET finished_at = $1, fault = 'interrupted' WHERE finished_at IS NULL AND started_at < $2`,
			tx.Wall(), tx.Wall().Add(-longest)); err != nil {
			return err
		}
		due, err := due(tx)
		if err == nil && due {
			err = Ask(tx)
		}
		if err != nil {
			return err
		}
		err = tx.PG().QueryRow(tx.Ctx(), `UPDATE ops.backups SET started_at = $1 WHERE finished_at IS NULL AND started_at IS NULL RETURNING id`, tx.Wall()).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			err = nil
		}
		return err
	})
	return id, err
}

// due tells whether this night has no backup yet. An installation without a shop has nothing to keep.
func due(tx *store.Tx) (bool, error) {
	var zone string
	var last, failed *time.Time
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT (SELECT zone FROM merchants ORDER BY sandbox, id LIMIT 1),
		(SELECT max(started_at) FROM ops.backups WHERE file IS NOT NULL), (SELECT max(finished_at) FROM ops.backups WHERE fault <> 'interrupted')
		WHERE EXISTS (SELECT FROM merchants)`).Scan(&zone, &last, &failed)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	night, err := nightBefore(tx.Wall(), zone)
	if err != nil {
		return false, err
	}
	return (last == nil || last.Before(night)) && (failed == nil || tx.Wall().Sub(*failed) >= retryAfter), nil
}

// nightBefore is the moment of the latest night that has begun.
func nightBefore(wall time.Time, zone string) (time.Time, error) {
	where, err := time.LoadLocation(zone)
	if err != nil {
		return time.Time{}, err
	}
	local := wall.In(where)
	night := time.Date(local.Year(), local.Month(), local.Day(), nightHour, 0, 0, 0, where)
	if night.After(wall) {
		night = night.AddDate(0, 0, -1)
	}
	return night, nil
}

// settle notes how it went.
func settle(ctx context.Context, db *store.DB, id int64, name string, rows int64, fault error) error {
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	return store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		if fault != nil {
			_, err := tx.PG().Exec(tx.Ctx(), `UPDATE ops.backups SET finished_at = $2, fault = $3 WHERE id = $1`, id, tx.Wall(), code(fault))
			return err
		}
		_, err := tx.PG().Exec(tx.Ctx(), `UPDATE ops.backups SET finished_at = $2, file = $3, rows = $4 WHERE id = $1`, id, tx.Wall(), name, rows)
		return err
	})
}

// code names the reason of a failure as the screens do.
func code(err error) string {
	_, file := errors.AsType[*fs.PathError](err)
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "disk_full"
	case file:
		return "folder_closed"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "interrupted"
	case models.KindOf(store.Translate(err)) == models.Unavailable:
		return "unavailable"
	}
	return "internal"
}

// prune keeps the newest backups of a folder and throws away what a program that died has left half written.
func prune(folder string) error {
	for pattern, kept := range map[string]int{"dangol-*.backup": Kept, "dangol-*.backup.part": 0} {
		files, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			return err
		}
		slices.Sort(files) // their names are their times
		for _, file := range files[:max(len(files)-kept, 0)] {
			if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// Last is how the installation's backups stand.
type Last struct {
	At      time.Time // when the latest good one was begun; zero: there is none
	Fault   string    // why the latest one failed; empty: it is good, or under way
	Waiting bool      // one is asked for, or under way
}

// Old tells whether the latest good backup is too old, or the latest one has failed.
func (l Last) Old(wall time.Time) bool {
	return l.Fault != "" || !l.At.IsZero() && wall.Sub(l.At) > Stale
}

// Read tells how the installation's backups stand.
func Read(tx *store.Tx) (l Last, err error) {
	var at *time.Time
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT (SELECT max(started_at) FROM ops.backups WHERE file IS NOT NULL),
		coalesce((SELECT fault FROM ops.backups WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1), ''),
		EXISTS (SELECT FROM ops.backups WHERE finished_at IS NULL)`).Scan(&at, &l.Fault, &l.Waiting)
	if at != nil {
		l.At = *at
	}
	return l, err
}
