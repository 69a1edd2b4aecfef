package days

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/calendar"
	"dangol/models/programs/programstest"
	"dangol/models/store"
	"dangol/models/terms"
)

// TestMidnightWithoutAJob: a balance is right in the last second of a day and in the first of the next.
func TestMidnightWithoutAJob(t *testing.T) { // D-2
	t.Parallel()
	s := programstest.New(t, lively)
	maya := s.Joins(t, "Maya")
	s.Exec(t, `UPDATE customers SET external_id = 'Maya' WHERE merchant_id = $1`)
	buys(t, s, "Maya", "A1", 100_000)
	seoul, _ := time.LoadLocation("Asia/Seoul")
	bought := calendar.DateOf(s.Clock.Now(), seoul)
	usable := (bought + 7).In(seoul)
	var ends time.Time
	for _, lot := range s.Account(t, maya).Lots {
		if lot.Bucket == terms.Pending {
			ends = (lot.ExpiresOn + 1).In(seoul)
		}
	}
	for _, c := range []struct {
		at                 time.Time
		pending, available int64
	}{
		{usable.Add(-time.Second), 2_000, 1_000},
		{usable, 0, 3_000},
		{ends.Add(-time.Second), 0, 3_000},
	} {
		s.Clock.Set(c.at)
		if a := s.Account(t, maya); a.Pending != c.pending || a.Available != c.available {
			t.Errorf("%s: pending %d, available %d; want %+v", c.at, a.Pending, a.Available, c)
		}
	}
	s.Exec(t, `INSERT INTO lot_notices (merchant_id, account_id, lot_seq, expires_on, step, told_on)
		SELECT merchant_id, account_id, seq, expires_on, 'shown', expires_on - 3 FROM lots WHERE merchant_id = $1`)
	s.Clock.Set(ends.Add(-time.Second))
	closes(t, s) // stores what was activated, with the notices that stand
	s.Exec(t, `INSERT INTO lot_notices (merchant_id, account_id, lot_seq, expires_on, step, told_on)
		SELECT merchant_id, account_id, seq, expires_on, 'shown', expires_on - 3 FROM lots WHERE merchant_id = $1 ON CONFLICT DO NOTHING`)
	if a := s.Account(t, maya); a.Available != 3_000 {
		t.Errorf("in the last second: %d", a.Available)
	}
	s.Clock.Set(ends)
	if a := s.Account(t, maya); a.Available != 0 {
		t.Errorf("a second later: %d", a.Available)
	}
}

// TestAServerThatWasDownForAWeek closes the days that it missed, each as of its own midnight.
func TestAServerThatWasDownForAWeek(t *testing.T) { // D-2
	t.Parallel()
	s := programstest.New(t, lively)
	known(t, s, "Maya", 12, 3)
	buys(t, s, "Maya", "A1", 100_000)
	s.Clock.Advance(24 * time.Hour)
	if done := closes(t, s); done.Days != 1 {
		t.Fatalf("%+v", done)
	}
	s.Clock.Advance(9 * 24 * time.Hour)
	if done := closes(t, s); done.Days != 9 || done.Members == 0 {
		t.Fatalf("%+v", done)
	}
	if days := texts(t, s, daysOf); len(days) != 10 || days[0] != "2026-11-23" || days[9] != "2026-12-02" {
		t.Errorf("%v", days)
	}
	activated := texts(t, s, `SELECT (at AT TIME ZONE 'Asia/Seoul')::text FROM entries WHERE merchant_id = $1 AND kind = 'activate' AND bucket = 'available'`)
	wantSame(t, "activation", activated, []string{"2026-11-30 00:00:00"})
	if done := closes(t, s); done != (Done{}) {
		t.Errorf("once more: %+v", done)
	}
}

// TestADayBringsWhatIsDueOnIt, though nobody looks.
func TestADayBringsWhatIsDueOnIt(t *testing.T) { // D-30
	t.Parallel()
	s := programstest.New(t, lively)
	known(t, s, "Maya", 12, 3)
	buys(t, s, "Maya", "A1", 100_000)
	activated := `SELECT (at AT TIME ZONE 'Asia/Seoul')::text FROM entries WHERE merchant_id = $1 AND kind = 'activate' AND bucket = 'available'`
	s.Clock.Advance(6 * 24 * time.Hour)
	closes(t, s)
	wantSame(t, "a day early", texts(t, s, activated), nil)
	s.Clock.Advance(24 * time.Hour)
	closes(t, s)
	wantSame(t, "on the day", texts(t, s, activated), []string{"2026-11-30 00:00:00"})
}

// TestFourRunnersAtOnce: whatever is doubled, each effect happens once.
func TestFourRunnersAtOnce(t *testing.T) {
	t.Parallel()
	s := programstest.New(t, lively)
	for i := range 60 {
		name := fmt.Sprintf("Maya%02d", i)
		known(t, s, name, 1, 1+i%28)
		buys(t, s, name, "A"+name, 100_000)
	}
	s.Clock.Advance(120 * 24 * time.Hour)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var sum Done
	for range 4 {
		wg.Go(func() {
			done, err := CloseUntil(context.Background(), s.DB, s.MerchantID)
			mu.Lock()
			defer mu.Unlock()
			sum.add(done)
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	sum.add(closes(t, s)) // whoever lost the race has left the rest
	if sum.Days != 120 || sum.Coupons != 60 {
		t.Errorf("%+v", sum)
	}
	verified(t, s)
	if n := len(texts(t, s, `SELECT cause FROM entries WHERE merchant_id = $1 AND kind = 'activate' AND bucket = 'available'`)); n != 60 {
		t.Errorf("%d activations of 60 holds", n)
	}
}

func TestARefundDoesNotWaitForEver(t *testing.T) { // D-26
	t.Parallel()
	s := programstest.New(t)
	_, err := accrual.Refund(t.Context(), s.DB, s.MerchantID, models.Actor{Source: "pos"}, store.Key{},
		models.RefundParams{ExternalID: "R1", OrderExternalID: "never", Amount: 1_000})
	if err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(30 * 24 * time.Hour)
	closes(t, s)
	states := `SELECT state || ' ' || note FROM refunds WHERE merchant_id = $1`
	wantSame(t, "after 30 days", texts(t, s, states), []string{"waiting "})
	s.Clock.Advance(24 * time.Hour)
	if done := closes(t, s); done.Refunds != 1 {
		t.Errorf("%+v", done)
	}
	wantSame(t, "after 31 days", texts(t, s, states), []string{"dropped order_never_came"})
}

// TestNewTiersReachThoseWhomNobodyTouches on the day on which they take force.
func TestNewTiersReachThoseWhomNobodyTouches(t *testing.T) {
	t.Parallel()
	s := programstest.New(t, func(t *terms.Terms) { t.Enrolment.Automatic = true })
	known(t, s, "Maya", 7, 1)
	buys(t, s, "Maya", "A1", 60_000)
	s.Clock.Advance(48 * time.Hour)
	closes(t, s)
	s.Publish(t, lively)
	s.Clock.Advance(24 * time.Hour)
	closes(t, s)
	wantSame(t, "tiers", texts(t, s, `SELECT cause || ' ' || to_code FROM tier_changes WHERE merchant_id = $1`), []string{"review:2026-11-26/up regular"})
}

func TestOneShopsFaultKeepsNoOtherWaiting(t *testing.T) {
	t.Parallel()
	s := programstest.New(t)
	other := s.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	s.Clock.Advance(48 * time.Hour)
	var seen []int64
	done, err := CloseAll(t.Context(), s.DB, func(_ context.Context, id int64) error {
		seen = append(seen, id)
		return errors.New("no figures today")
	})
	if err == nil || done.Days != 4 || !slices.Equal(seen, []int64{s.MerchantID, other}) {
		t.Errorf("%+v, %v, %v", done, seen, err)
	}
}
