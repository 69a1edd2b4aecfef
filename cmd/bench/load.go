package main

import (
	"context"
	"slices"
	"sync"
	"time"
)

// load calls work from a number of clients for the run's length and gives calls per second and the sorted latencies.
// Each client has its own number; the first error ends everything.
func load(ctx context.Context, clients, seconds int, work func(ctx context.Context, client, n int) error) (rate float64, took []time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Duration(seconds)*time.Second)
	defer cancel()
	var mu sync.Mutex
	var wait sync.WaitGroup
	began := time.Now()
	for client := range clients {
		wait.Go(func() {
			mine, failed := one(ctx, client, work)
			mu.Lock()
			defer mu.Unlock()
			took = append(took, mine...)
			if failed != nil && err == nil {
				err = failed
				cancel()
			}
		})
	}
	wait.Wait()
	slices.Sort(took)
	return float64(len(took)) / time.Since(began).Seconds(), took, err
}

func one(ctx context.Context, client int, work func(ctx context.Context, client, n int) error) (took []time.Duration, err error) {
	for n := 0; ctx.Err() == nil; n++ {
		began := time.Now()
		if err := work(context.WithoutCancel(ctx), client, n); err != nil {
			return took, err
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}

// at gives a percentile of sorted latencies in ms.
func at(took []time.Duration, percent int) float64 {
	if len(took) == 0 {
		return 0
	}
	return float64(took[(len(took)-1)*percent/100].Microseconds()) / 1000
}
