package days

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/messages"
	"dangol/models/programs"
	"dangol/models/programs/programstest"
	"dangol/models/store"
	"dangol/models/tasks"
	"dangol/models/terms"
)

// lively are terms of which every day step has something to do: points held for a week, ending after three months, and
// tiers that are judged on the first of the month.
func lively(t *terms.Terms) {
	t.Enrolment.Automatic = true
	t.Units[0].Expiry.Months = 3
	t.Earning[0].Hold.Days = 7
	t.Tiers = &terms.TierPlan{
		Metric: terms.MetricSpend, Window: terms.Window{Kind: terms.RollingMonths, Months: 3}, ReviewDay: 1,
		Tiers: []terms.Tier{
			{Code: "guest", Name: terms.Text{Ko: "손님", En: "Guest"}},
			{Code: "regular", Name: terms.Text{Ko: "단골", En: "Regular"}, Threshold: 50_000},
			{Code: "vip", Name: terms.Text{Ko: "VIP", En: "VIP"}, Threshold: 150_000},
		},
		Validity: terms.Validity{Kind: terms.ValidForMonths, Months: 2}, Downgrade: terms.DownOneStep, Grace: 1,
	}
}

// expiring are the default terms with points that end after some months.
func expiring(months int) programstest.Change {
	return func(t *terms.Terms) { t.Units[0].Expiry.Months = months }
}

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

// buys posts an order of a customer, known by a number of the shop's, at the shop's now.
func buys(t *testing.T, s *programstest.Shop, customer, order string, total int64) {
	t.Helper()
	_, err := accrual.Accrue(t.Context(), s.DB, s.MerchantID, models.Actor{Source: "pos"}, store.Key{}, models.OrderParams{
		ExternalID: order, HasTime: true, Total: total, Customer: &models.CustomerRef{ExternalID: customer}})
	if err != nil {
		t.Fatal(err)
	}
}

// known makes a customer who can be reached by e-mail, born on a day of the year.
func known(t *testing.T, s *programstest.Shop, name string, month, day int) {
	t.Helper()
	s.Exec(t, `INSERT INTO customers (merchant_id, name, external_id, email, birth_calendar, birth_month, birth_day, created_at, updated_at)
		VALUES ($1, $2, $2, lower($2) || '@example.com', 'solar', $3, $4, '2020-01-01', '2020-01-01')`, name, month, day)
}

// moves takes a sandbox's clock to a moment.
func moves(t *testing.T, s *programstest.Shop, to time.Time) {
	t.Helper()
	id, err := MoveClock(t.Context(), s.DB, s.MerchantID, models.Actor{}, to)
	if err != nil {
		t.Fatal(err)
	}
	err = RunClock(t.Context(), s.DB, s.MerchantID, id, func(context.Context, int64) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
}

func closes(t *testing.T, s *programstest.Shop) Done {
	t.Helper()
	done, err := CloseUntil(t.Context(), s.DB, s.MerchantID)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// texts runs a query of one text column; $1 is the merchant.
func texts(t *testing.T, s *programstest.Shop, query string) (list []string) {
	t.Helper()
	rows, err := s.DB.Pool().Query(t.Context(), query, s.MerchantID)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return list
}

func wantSame(t *testing.T, what string, got, want []string) {
	t.Helper()
	if slices.Equal(got, want) {
		return
	}
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("%s, row %d of %d and %d: %s\nwant %s", what, i, len(got), len(want), g, w)
			return
		}
	}
}

const (
	ledgerOf = `SELECT concat_ws(' ', c.external_id, e.seq, e.cause, e.kind, e.bucket, e.points, e.at) FROM entries e
		JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id JOIN memberships m ON m.merchant_id = e.merchant_id AND m.id = a.membership_id
		JOIN customers c ON c.merchant_id = e.merchant_id AND c.id = m.customer_id WHERE e.merchant_id = $1 ORDER BY c.external_id, e.account_id, e.seq`
	tiersOf = `SELECT concat_ws(' ', c.external_id, t.seq, t.cause, t.from_code, t.to_code, t.amount, t.valid_until, t.at) FROM tier_changes t
		JOIN memberships m ON m.merchant_id = t.merchant_id AND m.id = t.membership_id
		JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id WHERE t.merchant_id = $1 ORDER BY c.external_id, t.seq`
	couponsOf = `SELECT concat_ws(' ', c.external_id, k.cause, k.valid_from, k.valid_until, k.issued_at) FROM coupons k
		JOIN memberships m ON m.merchant_id = k.merchant_id AND m.id = k.membership_id
		JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id WHERE k.merchant_id = $1 ORDER BY c.external_id, k.cause`
	noticesOf = `SELECT concat_ws(' ', c.external_id, n.lot_seq, n.expires_on, n.step, n.told_on) FROM lot_notices n
		JOIN accounts a ON a.merchant_id = n.merchant_id AND a.id = n.account_id JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id
		JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id WHERE n.merchant_id = $1 ORDER BY 1`
	daysOf = `SELECT day::text FROM business_days WHERE merchant_id = $1 ORDER BY day`
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

// verified proves the shop's ledger.
func verified(t *testing.T, s *programstest.Shop) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), s.DB, programs.Running)
	if err != nil {
		t.Fatal(err)
	}
	if report.Found > 0 {
		t.Errorf("the ledger does not hold: %+v", report)
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

// TestMidnightWithoutAJob: a balance is right in the last second of a day and in the first of the next.
func TestMidnightWithoutAJob(t *testing.T) {
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
func TestAServerThatWasDownForAWeek(t *testing.T) {
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
	show := func() (n int64) {
		s.In(t, func(tx *store.Tx) (err error) {
			n, err = Shown(tx, maya)
			return err
		})
		return n
	}
	if show() != 0 {
		t.Error("shown counts though the shop has not chosen so")
	}
	s.Exec(t, `UPDATE merchants SET settings = '{"shown_counts": true}' WHERE id = $1`)
	if show() != 1 || show() != 0 {
		t.Error("shown once, noted once")
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

func TestARefundDoesNotWaitForEver(t *testing.T) {
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
