package days

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"dangol/models"
	"dangol/models/messages"
	"dangol/models/programs/programstest"
	"dangol/models/store"
)

// TestNobodyLosesAPointUntold: twelve months' points in a shop without a channel stay; once shown, they end a month later.
func TestNobodyLosesAPointUntold(t *testing.T) {
	t.Parallel()
	s := programstest.New(t, expiring(12))
	maya := s.Joins(t, "Maya")
	s.Gives(t, maya, 2_000, "gift:1")
	s.Clock.Set(at("2027-12-24 03:00"))
	closes(t, s)
	if a := s.Account(t, maya); a.Available != 2_000 {
		t.Fatalf("taken from somebody who was not told: %d left", a.Available)
	}
	wantSame(t, "prolonged", texts(t, s, `SELECT from_on || ' ' || to_on FROM lot_extensions WHERE merchant_id = $1`), []string{"2027-11-30 2027-12-31"})
	customer := s.Customer(t, maya).ID
	show := func() (counts bool) {
		s.In(t, func(tx *store.Tx) (err error) {
			counts, err = Shown(tx, customer, "point")
			return err
		})
		return counts
	}
	noted := func() int64 { return s.ID(t, `SELECT count(*) FROM lot_notices WHERE merchant_id = $1`) }
	if show() || noted() != 0 {
		t.Error("shown counts though the shop has not chosen so")
	}
	s.Exec(t, `UPDATE merchants SET settings = '{"shown_counts": true}' WHERE id = $1`)
	if first, again := show(), show(); !first || !again || noted() != 1 {
		t.Error("shown twice, noted once")
	}
	s.Clock.Set(at("2028-01-01 03:00"))
	closes(t, s)
	closes(t, s)
	wantSame(t, "expired", texts(t, s, `SELECT points || ' ' || (at AT TIME ZONE 'Asia/Seoul') FROM entries WHERE merchant_id = $1 AND kind = 'expire'`),
		[]string{"-2000 2028-01-01 00:00:00"})
}

// TestThreeNotices: each once, also over restarts and late runs, and only what was delivered counts.
func TestThreeNotices(t *testing.T) {
	t.Parallel()
	s := programstest.New(t, expiring(12))
	told, untold := s.Joins(t, "Told"), s.Joins(t, "Untold")
	s.Exec(t, `UPDATE customers SET email = 'told@example.com' WHERE merchant_id = $1 AND name = 'Told'`)
	s.Gives(t, told, 2_000, "gift:1")
	s.Gives(t, told, 500, "gift:2")
	s.Gives(t, untold, 2_000, "gift:1")
	var mails []string
	send := func(_ context.Context, m models.Message) error {
		mails = append(mails, fmt.Sprint(m.Recipient, " ", m.Data.Points, " of ", m.Data.Balance, " by ", m.Data.ExpiresOn))
		return nil
	}
	for _, day := range []string{"2027-09-30", "2027-10-15", "2027-10-30", "2027-11-27", "2027-11-28", "2027-11-30"} {
		s.Clock.Set(at(day + " 03:00"))
		for range 2 {
			closes(t, s)
			if _, err := messages.Deliver(t.Context(), s.DB, send); err != nil {
				t.Fatal(err)
			}
		}
	}
	wantSame(t, "mails", mails, slices.Repeat([]string{"told@example.com 2500 of 2500 by 2027-11-30"}, 3))
	wantSame(t, "steps", texts(t, s, `SELECT step || ' ' || told_on FROM lot_notices WHERE merchant_id = $1 ORDER BY told_on, lot_seq`),
		[]string{"2m 2027-09-30", "2m 2027-09-30", "1m 2027-10-30", "1m 2027-10-30", "3d 2027-11-27", "3d 2027-11-27"})
	s.Clock.Set(at("2027-12-01 03:00"))
	closes(t, s)
	if a := s.Account(t, told); a.Available != 0 {
		t.Errorf("told, and %d are left", a.Available)
	}
	if a := s.Account(t, untold); a.Available != 2_000 {
		t.Errorf("untold, and only %d are left", a.Available)
	}
}

// TestProlongedPointsAreToldOfAgain: whoever gets an address meanwhile is told of the new last day.
func TestProlongedPointsAreToldOfAgain(t *testing.T) {
	t.Parallel()
	s := programstest.New(t, expiring(12))
	maya := s.Joins(t, "Maya")
	s.Gives(t, maya, 2_000, "gift:1")
	s.Clock.Set(at("2027-11-30 03:00"))
	closes(t, s)
	s.Exec(t, `UPDATE customers SET email = 'maya@example.com' WHERE merchant_id = $1`)
	s.Clock.Set(at("2027-12-01 03:00"))
	closes(t, s)
	wantSame(t, "notices", texts(t, s, noticesWith), []string{"2027-12-31 1m"})
}

const noticesWith = `SELECT expires_on || ' ' || step FROM lot_notices WHERE merchant_id = $1 ORDER BY 1`

// TestNobodyIsToldOfWhatIsPast: a server that comes back after the last day sends no notice of it.
func TestNobodyIsToldOfWhatIsPast(t *testing.T) {
	t.Parallel()
	s := programstest.New(t, expiring(12))
	maya := s.Joins(t, "Maya")
	s.Gives(t, maya, 2_000, "gift:1")
	s.Clock.Set(at("2027-11-26 03:00"))
	closes(t, s)
	s.Exec(t, `UPDATE customers SET email = 'maya@example.com' WHERE merchant_id = $1`)
	s.Clock.Set(at("2027-12-03 03:00"))
	closes(t, s)
	wantSame(t, "notices", texts(t, s, noticesWith), []string{"2027-12-31 1m"})
}

func TestASandboxMayExpireWithoutNotices(t *testing.T) {
	t.Parallel()
	s := programstest.Sandbox(t, "America/New_York", at("2026-11-23 17:00"), expiring(12))
	s.Exec(t, `UPDATE merchants SET settings = '{"expire_untold": true}' WHERE id = $1`)
	maya := s.Joins(t, "Maya")
	s.Gives(t, maya, 2_000, "gift:1")
	moves(t, s, at("2027-12-01 04:59")) // a minute before midnight in New York
	if a := s.Account(t, maya); a.Available != 2_000 {
		t.Errorf("before midnight: %d", a.Available)
	}
	moves(t, s, at("2027-12-01 05:00"))
	if a := s.Account(t, maya); a.Available != 0 {
		t.Errorf("at midnight: %d", a.Available)
	}
}

// TestWhatNobodyReadsTellsNobody: a mail that was only written to a file takes no points.
func TestWhatNobodyReadsTellsNobody(t *testing.T) {
	t.Parallel()
	s := programstest.New(t, expiring(12))
	maya := s.Joins(t, "Maya")
	s.Exec(t, `UPDATE customers SET email = 'maya@example.com' WHERE merchant_id = $1`)
	s.Gives(t, maya, 2_000, "gift:1")
	kept := func(context.Context, models.Message) error { return messages.ErrUnread }
	for _, day := range []string{"2027-10-30", "2027-12-01"} {
		s.Clock.Set(at(day + " 03:00"))
		closes(t, s)
		if sent, err := messages.Deliver(t.Context(), s.DB, kept); err != nil || sent == 0 {
			t.Fatalf("%d sent, %v", sent, err)
		}
	}
	if a := s.Account(t, maya); a.Available != 2_000 {
		t.Errorf("nobody read it, and %d are left", a.Available)
	}
}
