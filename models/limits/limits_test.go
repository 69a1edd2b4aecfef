package limits_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/limits"
	"dangol/models/store/storetest"
)

// Whoever tries at once passes the limit as rarely as whoever tries in turn, and a new window begins with nothing.
func TestParallelTriesCountOneByOne(t *testing.T) {
	t.Parallel()
	d := storetest.Open(t)
	few := limits.Claim{Limit: limits.Limit{Scope: "t", Max: 20, Window: 10 * time.Minute}, Subject: "x"}
	many := limits.Claim{Limit: limits.Limit{Scope: "t:day", Max: 1000, Window: 24 * time.Hour}, Subject: "x"}
	var passed, refused atomic.Int64
	var tries sync.WaitGroup
	for range 64 {
		tries.Go(func() {
			err := limits.Count(t.Context(), d.DB, 1, few, many)
			switch models.KindOf(err) {
			case models.TooMany:
				refused.Add(1)
			default:
				if err != nil {
					t.Error(err)
				}
				passed.Add(1)
			}
		})
	}
	tries.Wait()
	if passed.Load() != 20 || refused.Load() != 44 {
		t.Errorf("%d passed, %d refused", passed.Load(), refused.Load())
	}
	d.Clock.Advance(10 * time.Minute)
	if err := limits.Count(t.Context(), d.DB, 1, few, many); err != nil {
		t.Errorf("in the next window: %v", err)
	}
}

// The refusal names the wait of the limit that takes longest to pass, and a miss may cost more than one.
func TestTheLongestWaitIsTold(t *testing.T) {
	t.Parallel()
	d := storetest.Open(t)
	short := limits.Claim{Limit: limits.Limit{Scope: "t", Max: 3, Window: time.Minute}, Subject: "x"}
	long := limits.Claim{Limit: limits.Limit{Scope: "t:day", Max: 3, Window: time.Hour}, Subject: "x"}
	err := limits.Count(t.Context(), d.DB, limits.MissCosts, short, long)
	fault, ok := err.(*models.Error)
	if !ok || fault.Kind != models.TooMany || fault.Args["seconds"] != int64(3600) {
		t.Errorf("%v", err)
	}
	other := limits.Claim{Limit: short.Limit, Subject: "y"}
	if err := limits.Count(t.Context(), d.DB, 3, other); err != nil {
		t.Errorf("somebody else: %v", err)
	}
}

func TestAnIPv6CustomerIsOneAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2::9%eth0": "2001:db8:1:2::/64", "::ffff:192.0.2.1": "192.0.2.1", "192.0.2.1": "192.0.2.1", "x": "unknown",
	} {
		if got := limits.Subnet(address); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}
