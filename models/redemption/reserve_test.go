package redemption

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
)

func (s *shop) reserve(t *testing.T, id string, points int64) (Receipt, error) {
	p := s.params(t, id, points, 0)
	p.Reserve, p.Refuse = true, true
	return s.redeem(t, p)
}

func (s *shop) sound(t *testing.T) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), s.DB, programs.Running, s.MerchantID)
	if err != nil || report.Found > 0 {
		t.Errorf("%v: %+v", err, report)
	}
}

func (s *shop) has(t *testing.T, available, reserved int64) {
	t.Helper()
	if a := s.Account(t, s.maya); a.Available != available || a.Reserved != reserved {
		t.Errorf("%d available and %d set aside, want %d and %d", a.Available, a.Reserved, available, reserved)
	}
}

func TestACheckoutSetsPointsAside(t *testing.T) { // S-R4
	t.Parallel()
	s := open(t, 5_000)
	for _, id := range []string{"R1", "R2"} {
		if r, err := s.reserve(t, id, 2_000); err != nil || r.State != models.PointsReserved || r.Worth != 2_000 || r.ReservedUntil == nil {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	s.has(t, 1_000, 4_000)
	s.sound(t)
	_, err := s.reserve(t, "R3", 1_100)
	wantsRefusal(t, err, "not_enough_points")
	for range 2 {
		if r, err := Confirm(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, "R1"); err != nil || r.State != models.PointsRedeemed {
			t.Fatalf("%+v, %v", r, err)
		}
		if r, err := Cancel(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, "R2"); err != nil || r.State != models.PointsCancelled || r.Available != 3_000 {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	s.has(t, 3_000, 0)
	_, err = Confirm(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, "R2")
	wantsRefusal(t, err, "reservation_ended")
	if _, err = Cancel(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, "R1"); models.KindOf(err) != models.Conflict {
		t.Errorf("what was paid is reversed, not cancelled: %v", err)
	}
	if r, err := Reverse(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, s.till.Source, "R1"); err != nil || r.Available != 5_000 {
		t.Fatalf("%+v, %v", r, err)
	}
	s.has(t, 5_000, 0)
	if n := s.ID(t, `SELECT count(*) FROM lots WHERE merchant_id = $1 AND remaining > 0`); n != 1 { // S-F3
		t.Errorf("%d lots: all goes back to the one that it came from", n)
	}
	s.sound(t)
}

func TestAnAbandonedCheckoutGivesItsPointsBack(t *testing.T) { // S-R4
	t.Parallel()
	s := open(t, 5_000)
	r, err := s.reserve(t, "R1", 5_000)
	if err != nil {
		t.Fatal(err)
	}
	s.Clock.Set(r.ReservedUntil.Add(-time.Second))
	s.has(t, 0, 5_000)
	s.Clock.Advance(time.Second)
	s.has(t, 5_000, 0) // though nobody has written anything
	_, err = Confirm(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, "R1")
	wantsRefusal(t, err, "reservation_ended")
	s.mustRedeem(t, s.params(t, "R2", 5_000, 0))
	s.has(t, 0, 0)
	s.sound(t)
	if r, err = Cancel(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, "R1"); err != nil || r.State != models.PointsExpired {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestVerifyEndsWhatTimedOut(t *testing.T) {
	t.Parallel()
	s := open(t, 5_000)
	if _, err := s.reserve(t, "R1", 5_000); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(16 * time.Minute)
	s.sound(t)
	if n := s.ID(t, `SELECT count(*) FROM redemptions WHERE merchant_id = $1 AND state = 'expired'`); n != 1 {
		t.Errorf("%d reservations have ended", n)
	}
	s.Exec(t, `UPDATE redemptions SET state = 'reserved' WHERE merchant_id = $1`)
	s.Clock.Set(s.Clock.Now().Add(-10 * time.Minute))
	if report, err := ledger.Verify(t.Context(), s.DB, programs.Running, s.MerchantID); err != nil || report.Found == 0 {
		t.Errorf("a reservation without points is not noticed: %+v, %v", report, err)
	}
}

func TestManyCheckoutsSetAsideWhatThereIs(t *testing.T) { // S-L5
	t.Parallel()
	s := open(t, 10_000)
	var all sync.WaitGroup
	done := make(chan struct{}, 40)
	for i := range 40 {
		all.Go(func() {
			if _, err := s.reserve(t, fmt.Sprintf("P%d", i), 1_000); err == nil {
				done <- struct{}{}
			} else if models.KindOf(err) != models.Refused {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(done) != 10 {
		t.Errorf("%d reservations of 1,000 out of 10,000", len(done))
	}
	s.has(t, 0, 10_000)
	s.sound(t)
}
