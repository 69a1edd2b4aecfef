package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"text/tabwriter"
	"time"

	"dangol/models/audit"
	"dangol/models/days"
	"dangol/models/insights"
	"dangol/models/ledger"
	"dangol/models/messages"
	"dangol/models/people"
	"dangol/models/previews"
	"dangol/models/programs"
	"dangol/models/segments"
	"dangol/models/store"
	"dangol/models/store/backup"
	"dangol/models/tasks"
)

// recurring is work that comes again and again. Each is one line that calls a verb, safe to run twice and side by side;
// serve runs them by this table, and "jobs run NAME" runs one now.
type recurring struct {
	name    string
	every   time.Duration
	summary string
	run     func(ctx context.Context, a *app, db *database) (report string, err error)
}

// schedule is every recurring job, on one page.
var schedule = []recurring{
	{"close-days", time.Minute, "close every shop's open business days: holds, tiers, expiry, birthdays, notices, figures", closeDays},
	{"tasks", 10 * time.Second, "go on with long work that nobody is at: imports, gifts, clocks", goOn},
	{"release", 10 * time.Second, "give back what checkouts set aside and left", releaseReserved},
	{"deliver", 10 * time.Second, "send what is due in the outbox", deliver},
	{"backup", time.Minute, "take the night's backup, or the one that was asked for; the last seven stay", nightly},
	{"seal", time.Hour, "seal what people did and what customers agreed to, so that verify finds what is changed", seal},
	{"sweep", time.Hour, "delete sessions, links, counters and answers that can matter no more", sweep},
}

var jobsCommand = command{
	name:    "jobs",
	args:    "run NAME | list",
	summary: "run a recurring job now",
	help: `
jobs run NAME  runs one of them once. It may run beside the server and beside itself: each effect happens once.
jobs list      lists them.`,
	run: runJobs,
}

func runJobs(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	words, err := a.words(set, args, func(verb string) int { return map[string]int{"run": 1}[verb] })
	if err != nil {
		return err
	}
	switch words[0] {
	case "run":
		return a.runJob(ctx, words[1])
	case "list":
		return a.listJobs()
	}
	set.Usage()
	return errUsage
}

func (a *app) runJob(ctx context.Context, name string) error {
	for _, job := range schedule {
		if job.name != name {
			continue
		}
		return a.withDatabase(ctx, func(db *database) error {
			report, err := job.run(ctx, a, db)
			if report != "" {
				fmt.Fprintf(a.out, "%s: %s\n", name, report)
			}
			return err
		})
	}
	return fmt.Errorf("there is no job %q; dangol jobs list names them", name)
}

func (a *app) listJobs() error {
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, job := range schedule {
		fmt.Fprintf(table, "%s\tevery %s\t%s\n", job.name, job.every, job.summary)
	}
	return table.Flush()
}

func closeDays(ctx context.Context, _ *app, db *database) (string, error) {
	done, err := days.CloseAll(ctx, db.DB, refresher(db.DB))
	return fmt.Sprintf("%d days closed, %d members brought up to date, %d coupons, %d notices, %d refunds dropped",
		done.Days, done.Members, done.Coupons, done.Notices, done.Refunds), err
}

func releaseReserved(ctx context.Context, _ *app, db *database) (string, error) {
	released, err := ledger.ReleaseEverywhere(ctx, db.DB, programs.Running)
	return fmt.Sprintf("%d members got points back", released), err
}

// refresher brings up to date what is computed over everybody.
func refresher(db *store.DB) func(context.Context, int64) error {
	return func(ctx context.Context, merchantID int64) error {
		if err := insights.Refresh(ctx, db, merchantID); err != nil {
			return err
		}
		if err := segments.Refresh(ctx, db, merchantID); err != nil {
			return err
		}
		return previews.Refresh(ctx, db, merchantID)
	}
}

// workers says who does which long work.
func workers(db *database) tasks.Workers {
	refresh, files := refresher(db.DB), desk(db)
	return tasks.Workers{
		tasks.Import:     files.Work,
		tasks.ImportUndo: files.Work,
		tasks.Give:       segments.RunGive,
		tasks.Clock: func(ctx context.Context, db *store.DB, merchantID, id int64) error {
			return days.RunClock(ctx, db, merchantID, id, refresh)
		},
	}
}

// goOn runs what nobody is at, one after another.
func goOn(ctx context.Context, _ *app, db *database) (string, error) {
	due, err := tasks.Sweep(ctx, db.DB)
	if err != nil {
		return "", err
	}
	all := workers(db)
	var faults error
	for _, d := range due {
		if err := all[d.Kind](ctx, db.DB, d.MerchantID, d.ID); err != nil && !errors.Is(err, tasks.ErrHeld) {
			faults = errors.Join(faults, fmt.Errorf("task %d of shop %d: %w", d.ID, d.MerchantID, err))
		}
	}
	return fmt.Sprintf("%d tasks", len(due)), faults
}

func deliver(ctx context.Context, a *app, db *database) (string, error) {
	send, err := a.postman(db)
	if err != nil {
		return "", err
	}
	sent, err := messages.Deliver(ctx, db.DB, send)
	return fmt.Sprintf("%d messages sent", sent), err
}

// backupsFolder is where the nights' backups stand, in the data folder.
const backupsFolder = "backups"

func nightly(ctx context.Context, _ *app, db *database) (string, error) {
	done, err := backup.Nightly(ctx, db.DB, db.url, filepath.Join(db.folder, backupsFolder))
	if done.Tables == 0 {
		return "nothing is due", err
	}
	return fmt.Sprintf("%d tables, %d rows", done.Tables, done.Rows), err
}

func seal(ctx context.Context, _ *app, db *database) (string, error) {
	sealed, err := audit.Seal(ctx, db.DB)
	return fmt.Sprintf("%d records sealed", sealed), err
}

// answersKept is how long the answer of an idempotency key is kept at least.
const answersKept = 48 * time.Hour

func sweep(ctx context.Context, _ *app, db *database) (string, error) {
	gone, err := people.Sweep(ctx, db.DB)
	if err != nil {
		return "", err
	}
	keys, err := store.ForgetKeys(ctx, db.DB, db.Wall().Add(-answersKept))
	return fmt.Sprintf("%d rows and %d answers", gone, keys), err
}
