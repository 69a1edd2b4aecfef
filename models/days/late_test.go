package days_test

import (
	"context"
	"testing"
	"time"

	"dangol/models/days"
	"dangol/models/shoptest"
	"dangol/models/store"
)

func late(t *testing.T, s *shoptest.Shop) (l days.Late) {
	t.Helper()
	s.In(t, func(tx *store.Tx) (err error) {
		l, err = days.ReadLate(tx)
		return err
	})
	return l
}

// A close that fails is told at once, with the reason and the day; a program that slept, once yesterday is not the only day.
func TestLateDaysAreTold(t *testing.T) {
	t.Parallel()
	s := shoptest.New(t)
	nothing := func(context.Context, int64) error { return nil }
	s.Clock.Advance(24 * time.Hour)
	if _, err := days.CloseNow(t.Context(), s.DB, s.MerchantID, nothing); err != nil {
		t.Fatal(err)
	}
	if l := late(t, s); l.Days != 0 {
		t.Errorf("after closing: %+v", l)
	}
	s.Clock.Advance(24 * time.Hour)
	if l := late(t, s); l.Days != 0 {
		t.Errorf("yesterday alone, not tried: %+v", l)
	}
	s.Clock.Advance(2 * 24 * time.Hour)
	if l := late(t, s); l.Days != 2 || l.Fault != "" {
		t.Errorf("three days asleep: %+v", l)
	}
	admin := s.Admin(t)
	if _, err := admin.Exec(t.Context(), `ALTER TABLE business_days ADD CONSTRAINT planted CHECK (day < '2026-11-24') NOT VALID`); err != nil {
		t.Fatal(err)
	}
	if _, err := days.CloseNow(t.Context(), s.DB, s.MerchantID, nothing); err == nil {
		t.Fatal("closed against the planted fault")
	}
	if l := late(t, s); l.Days != 3 || l.Fault == "" || !l.At.Equal(s.Clock.Now()) {
		t.Errorf("a failed close: %+v", l)
	}
	if _, err := admin.Exec(t.Context(), `ALTER TABLE business_days DROP CONSTRAINT planted`); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := days.CloseNow(t.Context(), s.DB, s.MerchantID, nothing); err != nil {
			t.Fatal(err)
		}
	}
	if l := late(t, s); l.Days != 0 {
		t.Errorf("in the end: %+v", l)
	}
}
