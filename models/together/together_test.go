package together

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

type call struct{ in, out int }

// slowly doubles numbers, a second for each piece of work, and notes how many calls each was for.
type slowly struct {
	mu     sync.Mutex
	groups []int
	ctx    []context.Context
}

func (s *slowly) work(ctx context.Context, _ string, calls []*call) {
	time.Sleep(time.Second)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups, s.ctx = append(s.groups, len(calls)), append(s.ctx, ctx)
	for _, c := range calls {
		c.out = 2 * c.in
	}
}

func TestWhoComesMeanwhileGoesTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s slowly
		line := New(1, 4, time.Minute, s.work)
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				c := &call{in: i}
				if err := line.Do(t.Context(), "a", c); err != nil || c.out != 2*i {
					t.Errorf("%d: %d, %v", i, c.out, err)
				}
			})
			synctest.Wait() // one after the other, all within the first second
		}
		all.Wait()
		if want := []int{1, 4, 4, 1}; !slices.Equal(s.groups, want) {
			t.Errorf("worked for %v calls, want %v", s.groups, want)
		}
		if len(line.queues) != 0 {
			t.Error("an empty queue is kept")
		}
	})
}

func TestNobodyWaitsForCompanyOrForOthersKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s slowly
		line := New(2, 4, time.Minute, s.work)
		began := time.Now()
		var all sync.WaitGroup
		for _, key := range []string{"a", "a", "b", "b"} {
			all.Go(func() { _ = line.Do(t.Context(), key, &call{}) })
		}
		all.Wait()
		if took := time.Since(began); took != time.Second || len(s.groups) != 4 {
			t.Errorf("took %s in %v", took, s.groups)
		}
	})
}

// Who leaves loses nothing of the others', whether it waits, is worked for, or has to work.
func TestWhoLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s slowly
		line := New(1, 10, time.Minute, s.work)
		first, leaveFirst := context.WithCancel(t.Context())
		leader, leaveLeader := context.WithCancel(t.Context())
		waiting, leaveWaiting := context.WithCancel(t.Context())
		worked, leaveWorked := context.WithCancel(t.Context())
		stays := &call{in: 4}
		var all sync.WaitGroup
		comes := func(ctx context.Context, c *call, want error) {
			all.Go(func() {
				if err := line.Do(ctx, "a", c); !errors.Is(err, want) {
					t.Errorf("call %d: %v, want %v", c.in, err, want)
				}
			})
			synctest.Wait()
		}
		comes(first, &call{in: 0}, nil)
		comes(leader, &call{in: 1}, nil)
		comes(waiting, &call{in: 2}, context.Canceled)
		comes(worked, &call{in: 3}, context.Canceled)
		comes(t.Context(), stays, nil)
		leaveFirst()
		leaveWaiting()
		time.Sleep(1500 * time.Millisecond) // the second group is on its way
		leaveWorked()
		leaveLeader()
		all.Wait()
		if want := []int{1, 3}; !slices.Equal(s.groups, want) || stays.out != 8 {
			t.Errorf("worked for %v calls, want %v; who stayed has %d", s.groups, want, stays.out)
		}
		if s.ctx[0].Err() == nil || s.ctx[1].Err() != nil {
			t.Errorf("alone: %v, want the caller's own end; together: %v, want nobody's", s.ctx[0].Err(), s.ctx[1].Err())
		}
	})
}

// A caller whose turn and whose end come at once still works for the others.
func TestTheTurnOfWhoHasNoTimeLeft(t *testing.T) {
	for range 200 {
		synctest.Test(t, func(t *testing.T) {
			var s slowly
			line := New(1, 10, time.Minute, s.work)
			var all sync.WaitGroup
			all.Go(func() { _ = line.Do(t.Context(), "a", &call{}) })
			synctest.Wait()
			short, done := context.WithTimeout(t.Context(), time.Second) // ends as the first work does
			defer done()
			all.Go(func() { _ = line.Do(short, "a", &call{}) })
			synctest.Wait()
			other := &call{in: 7}
			all.Go(func() {
				if err := line.Do(t.Context(), "a", other); err != nil {
					t.Error(err)
				}
			})
			all.Wait()
			if other.out != 14 || len(line.queues) != 0 {
				t.Errorf("%d, %d queues left", other.out, len(line.queues))
			}
		})
	}
}

func TestPatienceEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s slowly
		line := New(1, 10, time.Second/2, s.work)
		go func() { _ = line.Do(t.Context(), "a", &call{}) }()
		synctest.Wait()
		if err := line.Do(t.Context(), "a", &call{}); !errors.Is(err, ErrCrowded) {
			t.Errorf("got %v", err)
		}
		synctest.Wait()
		time.Sleep(time.Second)
	})
}

// A panic is its own caller's; the others are told that nothing is known, and the lane is free again.
func TestAPanicHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n int
		line := New(1, 10, time.Minute, func(context.Context, string, []*call) {
			time.Sleep(time.Second)
			if n++; n == 2 {
				panic("oh")
			}
		})
		var all sync.WaitGroup
		for i := range 3 {
			all.Go(func() {
				defer func() {
					if p := recover(); (p != nil) != (i == 1) {
						t.Errorf("call %d: panic %v", i, p)
					}
				}()
				if err := line.Do(t.Context(), "a", &call{}); (err != nil) != (i == 2) {
					t.Errorf("call %d: %v", i, err)
				}
			})
			synctest.Wait()
		}
		all.Wait()
		if err := line.Do(t.Context(), "a", &call{}); err != nil {
			t.Error(err)
		}
	})
}
