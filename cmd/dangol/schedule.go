package main

import (
	"context"
	"errors"
	"sync"
	"time"
)

// keepTime runs the recurring jobs beside the server, each in its own rhythm, until ctx ends. What fails is logged and
// comes again at its next time; several instances may do this at once, for each effect happens once.
func (a *app) keepTime(ctx context.Context, db *database) {
	var all sync.WaitGroup
	for _, job := range schedule {
		if job.name != "tasks" { // tasks.Work takes those within a second
			all.Go(func() { a.repeat(ctx, db, job) })
		}
	}
	all.Wait()
}

func (a *app) repeat(ctx context.Context, db *database, job recurring) {
	tick := time.NewTicker(job.every)
	defer tick.Stop()
	for {
		began := time.Now()
		if _, err := job.run(ctx, a, db); err != nil && !errors.Is(err, context.Canceled) && ctx.Err() == nil {
			a.log.Error("a recurring job failed", "job", job.name, "took", time.Since(began), "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
