package days

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/calendar"
	"dangol/models/programs"
	"dangol/models/programs/programstest"
	"dangol/models/store"
	"dangol/models/tasks"
)

// yearOf is a sandbox with three months of trade behind it, in which people came in different rhythms.
func yearOf(t *testing.T, zone string) *programstest.Shop {
	s := programstest.Sandbox(t, zone, at("2025-12-30 03:00"), lively)
	for i, name := range []string{"Ara", "Bora", "Chan", "Dohyun", "Eun"} {
		known(t, s, name, 2+2*i, 3+5*i)
	}
	for visit := range 12 {
		for i, name := range []string{"Ara", "Bora", "Chan", "Dohyun", "Eun"} {
			if visit%(i+1) == 0 {
				buys(t, s, name, fmt.Sprint(name, visit), int64(9_000+1_700*visit+4_000*i))
			}
		}
		moves(t, s, at("2025-12-30 03:00").AddDate(0, 0, 8*(visit+1)))
	}
	return s
}

// TestOneJumpIsDayByDay is the promise of the test clock: thirteen months at once, day by day, and with no job at all but
// somebody who looks in the end, leave the same ledger.
func TestOneJumpIsDayByDay(t *testing.T) {
	t.Parallel()
	for zone, stride := range map[string]int{"Asia/Seoul": 1, "America/New_York": 6} {
		t.Run(zone, func(t *testing.T) {
			t.Parallel()
			begin := at("2025-12-30 03:00").AddDate(0, 0, 96)
			end := begin.AddDate(0, 13, 0)
			jump, steps, nobody := yearOf(t, zone), yearOf(t, zone), yearOf(t, zone)
			moves(t, jump, end)
			for day := begin.AddDate(0, 0, stride); day.Before(end); day = day.AddDate(0, 0, stride) {
				moves(t, steps, day)
			}
			moves(t, steps, end)
			nobody.Exec(t, `UPDATE merchants SET clock_at = $2 WHERE id = $1`, end)
			looksAtAll(t, nobody)
			for name, query := range map[string]string{"entries": ledgerOf, "tiers": tiersOf} {
				want := texts(t, jump, query)
				if len(want) < 15 {
					t.Errorf("%s: only %d rows, nothing is proved", name, len(want))
				}
				wantSame(t, name+" day by day", texts(t, steps, query), want)
				wantSame(t, name+" with no job", texts(t, nobody, query), want)
			}
			for name, query := range map[string]string{"coupons": couponsOf, "notices": noticesOf, "days": daysOf} {
				wantSame(t, name+" day by day", texts(t, steps, query), texts(t, jump, query))
			}
			if n := texts(t, jump, `SELECT count(*)::text FROM lot_notices n JOIN messages m ON m.merchant_id = n.merchant_id AND m.id = n.message_id
				WHERE n.merchant_id = $1 AND (n.told_on IS NULL OR m.state <> 'sent')`); n[0] != "0" {
				t.Errorf("%s notices of a sandbox are not delivered by their rows", n[0])
			}
			for _, s := range []*programstest.Shop{jump, steps, nobody} {
				verified(t, s)
			}
			if n := len(texts(t, jump, couponsOf)); n < 5 {
				t.Errorf("%d birthday coupons for five people in over a year", n)
			}
		})
	}
}

// looksAtAll settles every member, as a visit to the counter does.
func looksAtAll(t *testing.T, s *programstest.Shop) {
	t.Helper()
	s.In(t, func(tx *store.Tx) error {
		d := opening{tx: tx, day: tx.Today(), done: &Done{}, at: &place{}}
		var err error
		if d.running, err = programs.Running(tx); err != nil {
			return err
		}
		_, err = d.bring(`SELECT id FROM memberships WHERE merchant_id = $1 AND $2::date IS NOT NULL ORDER BY id LIMIT $3`, d.day)
		return err
	})
}

// TestClocksThatChange: a hold of a week over the night in which New York's clocks go back, and points of a 29 February.
func TestClocksThatChange(t *testing.T) {
	t.Parallel()
	s := programstest.Sandbox(t, "America/New_York", at("2026-10-30 16:00"), lively)
	known(t, s, "Maya", 7, 1)
	buys(t, s, "Maya", "A1", 100_000)
	moves(t, s, at("2026-11-20 05:00"))
	wantSame(t, "activation", texts(t, s, `SELECT at::text FROM entries WHERE merchant_id = $1 AND kind = 'activate' AND bucket = 'available'`),
		[]string{"2026-11-06 05:00:00+00"})

	leap := programstest.Sandbox(t, "Asia/Seoul", at("2028-02-29 03:00"), expiring(12))
	maya := leap.Joins(t, "Maya")
	leap.Gives(t, maya, 100, "gift:1")
	if lots := leap.Account(t, maya).Lots; lots[0].ExpiresOn != calendar.MustParse("2029-02-28") {
		t.Errorf("%+v", lots[0])
	}
}

func TestAClockGoesForwardOnlyAndAlone(t *testing.T) {
	t.Parallel()
	s := programstest.Sandbox(t, "Asia/Seoul", at("2026-11-23 03:00"), lively)
	move := func(to time.Time) error {
		_, err := MoveClock(t.Context(), s.DB, s.MerchantID, models.Actor{}, to)
		return err
	}
	for _, to := range []time.Time{at("2026-11-23 03:00"), at("2026-11-22 03:00"), at("2046-11-22 03:00")} {
		if err := move(to); models.KindOf(err) != models.Invalid {
			t.Errorf("to %s: %v", to, err)
		}
	}
	if err := move(at("2026-12-23 03:00")); err != nil {
		t.Fatal(err)
	}
	if err := move(at("2026-12-24 03:00")); !errors.Is(err, models.ErrClockMoving) {
		t.Errorf("a second move: %v", err)
	}
	_, err := accrual.Accrue(t.Context(), s.DB, s.MerchantID, models.Actor{Source: "pos"}, store.Key{},
		models.OrderParams{ExternalID: "A1", HasTime: true, Total: 1_000, Customer: &models.CustomerRef{ExternalID: "Maya"}})
	if !errors.Is(err, models.ErrClockMoving) {
		t.Errorf("an order on the way: %v", err)
	}
	live := s.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	if _, err := MoveClock(t.Context(), s.DB, live, models.Actor{}, at("2027-11-23 03:00")); models.KindOf(err) != models.Conflict {
		t.Errorf("a live shop: %v", err)
	}
}

// TestAMoveThatWasKilledGoesOn from the day that it had reached.
func TestAMoveThatWasKilledGoesOn(t *testing.T) {
	t.Parallel()
	s := programstest.Sandbox(t, "Asia/Seoul", at("2026-11-23 03:00"), lively)
	to := at("2027-03-01 03:00")
	id, err := MoveClock(t.Context(), s.DB, s.MerchantID, models.Actor{}, to)
	if err != nil {
		t.Fatal(err)
	}
	legs := 0
	err = tasks.Run(t.Context(), s.DB, s.MerchantID, id, func(tx *store.Tx, task tasks.Task, cursor json.RawMessage) (tasks.Progress, error) {
		if legs++; legs > 1 {
			return tasks.Progress{}, models.ErrUnavailable
		}
		return travel(tx, task, cursor)
	})
	if models.KindOf(err) != models.Unavailable {
		t.Fatal(err)
	}
	s.Clock.Advance(time.Minute)
	if err := RunClock(t.Context(), s.DB, s.MerchantID, id, func(context.Context, int64) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if days := texts(t, s, daysOf); len(days) != 99 || days[98] != "2027-02-28" { // the day before it all began is the first
		t.Errorf("%d days, the last %s", len(days), days[len(days)-1])
	}
	wantSame(t, "clock", texts(t, s, `SELECT clock_at || ' ' || (clock_target IS NULL) FROM merchants WHERE id = $1`), []string{"2027-03-01 03:00:00+00 true"})
}
