// Package jobs holds what recurring and queued work is called and its arguments. The work itself is a verb in its own
// room; cmd/dangol joins the two.
package jobs

import (
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"dangol/models/store"
)

// CloseDays runs every shop's open business days up to now.
type CloseDays struct{}

// Kind names the job.
func (CloseDays) Kind() string { return "close_days" }

// DeliverMessages sends what is due in the outbox.
type DeliverMessages struct{}

// Kind names the job.
func (DeliverMessages) Kind() string { return "deliver_messages" }

// RunTask goes on with a long piece of work from its own row.
type RunTask struct {
	MerchantID int64 `json:"merchant_id"`
	TaskID     int64 `json:"task_id"`
}

// Kind names the job.
func (RunTask) Kind() string { return "run_task" }

// SweepTasks looks for long work that nobody is at.
type SweepTasks struct{}

// Kind names the job.
func (SweepTasks) Kind() string { return "sweep_tasks" }

// Sweep deletes sessions, links, counters and answers that can matter no more.
type Sweep struct{}

// Kind names the job.
func (Sweep) Kind() string { return "sweep" }

// inserter writes jobs and runs none; it holds no connection and no state.
var inserter = sync.OnceValues(func() (*river.Client[pgx.Tx], error) {
	return river.NewClient(riverpgxv5.New(nil), &river.Config{Schema: store.Ops})
})

// Enqueue queues a job in the caller's transaction: it runs if and only if that commits.
func Enqueue(tx *store.Tx, args river.JobArgs) error {
	client, err := inserter()
	if err != nil {
		return err
	}
	_, err = client.InsertTx(tx.Ctx(), tx.PG(), args, nil)
	return err
}
