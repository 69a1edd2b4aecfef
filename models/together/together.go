// Package together lets calls that come at the same time be answered by one piece of work: orders by one transaction, keys
// by one query.
//
// Nobody waits for company. While a lane is free a call goes at once, by itself; those that come while every lane is taken
// gather, and the next free lane takes them all. One of them then works for the others, so that there is no goroutine to
// start and none to stop.
package together

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// ErrCrowded is told to a call that has waited for its turn as long as it was ready to.
var ErrCrowded = errors.New("together: no turn came")

// errAbandoned is told to those for whom somebody worked who panicked.
var errAbandoned = errors.New("together: the work for several calls has panicked")

// Line is where calls with the same key gather. It is safe for concurrent use.
type Line[K comparable, C any] struct {
	lanes    int
	most     int
	patience time.Duration
	work     func(context.Context, K, []C)

	mu     sync.Mutex
	queues map[K]*queue[C]
}

// New makes a line with that many lanes a key, through which work goes for at most so many calls at once. A call waits for
// its turn no longer than patience. The work leaves what it has found out in the calls. Its context is the caller's where
// there is one; with several it is that of one of them without its end, which is not that of the others.
func New[K comparable, C any](lanes, most int, patience time.Duration, work func(context.Context, K, []C)) *Line[K, C] {
	return &Line[K, C]{lanes: lanes, most: most, patience: patience, work: work, queues: map[K]*queue[C]{}}
}

// queue is the lanes of one key that are taken, and who waits for one.
type queue[C any] struct {
	taken   int
	waiting []*ticket[C]
}

// ticket is a call in the line. Its turn brings those for whom it has to work, itself among them; a turn that is closed
// means that somebody has worked for it.
type ticket[C any] struct {
	call C
	turn chan []*ticket[C]
	err  error
}

// Do returns nil when the work has been done for the call, by whomever. Any error means that the caller is not to look at
// it any more: ErrCrowded and the context's error where nothing was done; the context's, too, where the caller leaves
// while somebody works for it, so that what becomes of the call is not known.
func (l *Line[K, C]) Do(ctx context.Context, key K, call C) error {
	t := &ticket[C]{call: call, turn: make(chan []*ticket[C], 1)}
	if l.arrive(key, t) {
		return l.lead(ctx, key, []*ticket[C]{t})
	}
	patience := time.NewTimer(l.patience)
	defer patience.Stop()
	for over := patience.C; ; over = nil {
		select {
		case mine, lead := <-t.turn:
			if lead {
				return l.lead(ctx, key, mine)
			}
			return t.err
		case <-over:
			if l.leave(key, t) {
				return ErrCrowded
			}
		case <-ctx.Done():
			return l.gone(ctx, key, t)
		}
	}
}

// Length counts the lanes of a key that are taken, and the calls that wait for one.
func (l *Line[K, C]) Length(key K) (taken, waiting int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if q := l.queues[key]; q != nil {
		taken, waiting = q.taken, len(q.waiting)
	}
	return taken, waiting
}

// gone is for a caller who has no time left. Whose turn has come must still work for the others.
func (l *Line[K, C]) gone(ctx context.Context, key K, t *ticket[C]) error {
	if !l.leave(key, t) {
		select {
		case mine, lead := <-t.turn:
			if lead {
				_ = l.lead(ctx, key, mine)
			}
		default:
		}
	}
	return ctx.Err()
}

// arrive takes a free lane, or a place in the queue.
func (l *Line[K, C]) arrive(key K, t *ticket[C]) (free bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	q := l.queues[key]
	if q == nil {
		q = &queue[C]{}
		l.queues[key] = q
	}
	if q.taken < l.lanes {
		q.taken++
		return true
	}
	q.waiting = append(q.waiting, t)
	return false
}

// leave gives up a place in the queue; it is too late for that once somebody works for the call.
func (l *Line[K, C]) leave(key K, t *ticket[C]) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	q := l.queues[key]
	if q == nil {
		return false
	}
	at := slices.Index(q.waiting, t)
	if at >= 0 {
		q.waiting = slices.Delete(q.waiting, at, at+1)
	}
	return at >= 0
}

// lead works for those who have gathered and gives the lane on.
func (l *Line[K, C]) lead(ctx context.Context, key K, group []*ticket[C]) error {
	defer l.handOn(key)
	calls := make([]C, len(group))
	for i, t := range group {
		calls[i], t.err = t.call, errAbandoned
	}
	defer release(group)
	if len(group) > 1 {
		ctx = context.WithoutCancel(ctx)
	}
	l.work(ctx, key, calls)
	for _, t := range group {
		t.err = nil
	}
	return nil
}

func release[C any](group []*ticket[C]) {
	for _, t := range group {
		close(t.turn)
	}
}

// handOn lets those who have gathered meanwhile have the lane; the first of them works.
func (l *Line[K, C]) handOn(key K) {
	l.mu.Lock()
	defer l.mu.Unlock()
	q := l.queues[key]
	if len(q.waiting) > 0 {
		n := min(len(q.waiting), l.most)
		group := slices.Clone(q.waiting[:n])
		q.waiting = slices.Delete(q.waiting, 0, n)
		group[0].turn <- group
		return
	}
	if q.taken--; q.taken == 0 {
		delete(l.queues, key)
	}
}
