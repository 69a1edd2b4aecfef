package customers_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/customers"
	"dangol/models/store"
)

// member makes a customer a member with an account and an open lot that ends on a day (zero: never).
func (s *shop) member(t *testing.T, id int64, tier string, points int64, ends calendar.Date) {
	t.Helper()
	s.exec(t, `WITH m AS (INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at, tier_code)
			VALUES ($1, $2, $3, 'CODE' || lpad(($3::bigint)::text, 8, '0'), $4, nullif($5, '')) RETURNING id),
		a AS (INSERT INTO accounts (merchant_id, membership_id, unit, available, last_seq) SELECT $1, id, 'point', $6, 1 FROM m RETURNING id),
		e AS (INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, digest)
			SELECT $1, id, 1, 'earn', 'available', $6, $4, $4, $4, 'order:pos:' || $3::bigint, '' FROM a)
		INSERT INTO lots (merchant_id, account_id, seq, bucket, points, remaining, earned_at, expires_on, cause)
		SELECT $1, id, 1, 'available', $6, $6, $4, $7, 'order:pos:' || $3::bigint FROM a`, s.program, id, s.Clock.Now(), tier, points, ends)
}

func (s *shop) tier(t *testing.T, code string) {
	t.Helper()
	s.exec(t, `INSERT INTO tiers (merchant_id, program_id, code) VALUES ($1, $2, $3)`, s.program, code)
}

// list pages through a view, two by two, and gives the names.
func (s *shop) list(t *testing.T, q customers.ListQuery) string {
	t.Helper()
	var all []customers.Row
	for q.Limit = 2; ; {
		var page customers.Page
		s.in(t, func(tx *store.Tx) (err error) { page, err = customers.List(tx, q); return err })
		all = append(all, page.Rows...)
		if q.After = page.Next; q.After == "" {
			return namesOf(all)
		}
	}
}

func TestListEverybodyAndByTier(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.tier(t, "vip")
	for i, name := range []string{"하나", "두나", "세나", "네나", "다나"} {
		c := s.add(t, name, fmt.Sprintf("010-0000-000%d", i))
		s.member(t, c.ID, []string{"", "vip"}[i%2], 100, 0)
	}
	for q, want := range map[customers.ListQuery]string{
		{}:                                    "다나 네나 세나 두나 하나",
		{View: customers.OfTier, Tier: "vip"}: "네나 두나",
		{View: customers.OfTier}:              "다나 세나 하나",
		{View: customers.OfTier, Tier: "no such"}: "",
	} {
		if got := s.list(t, q); got != want {
			t.Errorf("%+v: %s, want %s", q, got, want)
		}
	}
	err := store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error {
		_, err := customers.List(tx, customers.ListQuery{View: "nonsense"})
		return err
	})
	if models.KindOf(err) != models.Invalid {
		t.Errorf("%v", err)
	}
}

func TestListOfThoseWhoLosePointsSoon(t *testing.T) {
	t.Parallel()
	s := open(t)
	today := calendar.MustParse("2026-11-23")
	for i, ends := range []calendar.Date{today.AddDays(30), today.AddDays(31), today, today.AddDays(-1), 0, today.AddDays(7)} {
		c := s.add(t, string('가'+rune(i)*588), fmt.Sprintf("010-0000-000%d", i))
		s.member(t, c.ID, "", 100, ends)
	}
	s.exec(t, `INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, digest)
		SELECT merchant_id, id, 2, 'earn', 'available', 7, '2026-11-01', '2026-11-01', '2026-11-01', 'order:pos:x', '' FROM accounts WHERE merchant_id = $1`)
	s.exec(t, `INSERT INTO lots (merchant_id, account_id, seq, bucket, points, remaining, earned_at, expires_on, cause)
		SELECT merchant_id, id, 2, 'available', 7, 7, '2026-11-01', '2026-12-20', 'order:pos:x' FROM accounts WHERE merchant_id = $1 AND available = 100
		AND id IN (SELECT account_id FROM lots WHERE expires_on = '2026-11-23')`)
	if got := s.list(t, customers.ListQuery{View: customers.Expiring}); got != "나 라 가" {
		t.Errorf("%q", got)
	}
	var page customers.Page
	s.in(t, func(tx *store.Tx) (err error) {
		page, err = customers.List(tx, customers.ListQuery{View: customers.Expiring})
		return err
	})
	first := page.Rows[0].Programs[0].Units[0]
	if first.Expiring != 107 || first.ExpiresOn != today {
		t.Errorf("%+v", first)
	}
}

// The month's birthdays by each customer's own calendar: lunar 10/15 of 2026 is 23 November, 29 February is kept on the
// 28th.
func TestListOfBirthdays(t *testing.T) {
	t.Parallel()
	s := open(t)
	add := func(name string, b models.Birth) {
		if _, err := s.create(t, models.CustomerParams{Name: &name, ExternalID: &name, Birth: &b}); err != nil {
			t.Fatal(err)
		}
	}
	lunar := lunarOn(t, calendar.MustParse("2026-11-23"))
	add("양력말", models.Birth{Calendar: "solar", Month: 11, Day: 30})
	add("양력초", models.Birth{Calendar: "solar", Month: 11, Day: 1})
	add("음력", models.Birth{Calendar: "lunar", Month: int(lunar.Month), Day: lunar.Day})
	add("다음달", models.Birth{Calendar: "solar", Month: 12, Day: 1})
	add("윤년", models.Birth{Calendar: "solar", Month: 2, Day: 29})
	add("양력초둘", models.Birth{Calendar: "solar", Month: 11, Day: 1})
	if got := s.list(t, customers.ListQuery{View: customers.Birthday}); got != "양력초 양력초둘 음력 양력말" {
		t.Errorf("November: %s", got)
	}
	s.Clock.Set(time.Date(2027, 2, 10, 3, 0, 0, 0, time.UTC))
	if got := s.list(t, customers.ListQuery{View: customers.Birthday}); got != "윤년" {
		t.Errorf("February: %s", got)
	}
}

// lunarOn finds the lunar date of a day by asking where each falls.
func lunarOn(t *testing.T, day calendar.Date) calendar.Birthday {
	t.Helper()
	for month := time.January; month <= time.December; month++ {
		for d := 1; d <= 30; d++ {
			b := calendar.Birthday{Calendar: calendar.Lunar, Month: month, Day: d}
			if found := b.Between(day, day, calendar.Rules{}); len(found) > 0 {
				return b
			}
		}
	}
	t.Fatalf("no lunar date on %s", day)
	return calendar.Birthday{}
}

func TestListOfThoseAway(t *testing.T) {
	t.Parallel()
	s := open(t)
	today := calendar.MustParse("2026-11-23")
	for i, away := range []int{-3, 0, 1, -100} {
		c := s.add(t, []string{"오래전", "오늘", "아직", "돌아옴"}[i], fmt.Sprintf("010-0000-000%d", i))
		last := today.AddDays(-120)
		s.exec(t, `INSERT INTO customer_facts (merchant_id, customer_id, as_of, recency, frequency, monetary, visits, spend_12m, last_on, away_on)
			VALUES ($1, $2, $3, 1, 1, 1, 1, 0, $4, $5)`, c.ID, today, last, today.AddDays(away))
		came := last
		if away == -100 {
			came = today // since the night that the facts are of
		}
		s.exec(t, `INSERT INTO customer_stats (merchant_id, customer_id, orders, visits, first_on, last_on) VALUES ($1, $2, 1, 1, $3, $4)`, c.ID, last, came)
	}
	if got := s.list(t, customers.ListQuery{View: customers.Away}); got != "오늘 오래전" {
		t.Errorf("%s", got)
	}
}

func (s *shop) order(t *testing.T, customer int64, number int, day calendar.Date, items ...string) {
	t.Helper()
	s.exec(t, `WITH o AS (INSERT INTO orders (merchant_id, source, external_id, customer_id, placed_at, business_date, total, basis, content_hash, recorded_at)
			VALUES ($1, 'pos', $2, $3, $4::date + time '10:00', $4, 4500, 4500, '', $5) RETURNING id)
		INSERT INTO order_lines (merchant_id, order_id, line, name, amount) SELECT $1, o.id, n, i, 4500 FROM o, unnest($6::text[]) WITH ORDINALITY l (i, n)`,
		fmt.Sprint(customer, "-", number), customer, day, s.Clock.Now(), items)
}

func (s *shop) card(t *testing.T, id int64) (c customers.Card) {
	t.Helper()
	s.in(t, func(tx *store.Tx) (err error) { c, err = customers.ReadCard(tx, id); return err })
	return c
}

func TestTheCardKnowsTheUsual(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.add(t, "김민지", "010-0000-5678")
	today := calendar.MustParse("2026-11-23")
	for i := range 3 { // long ago: no longer among the last ten
		s.order(t, c.ID, 100+i, today.AddDays(-100), "빙수")
	}
	for i, items := range [][]string{{"라떼"}, {"라떼", "스콘"}, {"아메리카노"}, {"라떼", "라떼"}, {"스콘"}, {"라떼"}, {"쿠키"}, {"스콘"}, {}, {"케이크"}} {
		s.order(t, c.ID, i, today.AddDays(-i-1), items...)
	}
	card := s.card(t, c.ID)
	if len(card.Usual) != 1 || card.Usual[0] != (customers.Usual{Name: "라떼", Orders: 4, Of: 10}) {
		t.Errorf("%+v", card.Usual)
	}
}

func TestTheCardHasAWordForTheDay(t *testing.T) {
	t.Parallel()
	s := open(t)
	today := calendar.MustParse("2026-11-23")
	stats := func(id int64, visits int, first, last calendar.Date) {
		s.exec(t, `INSERT INTO customer_stats (merchant_id, customer_id, orders, visits, first_on, last_on) VALUES ($1, $2, $3, $3, $4, $5)
			ON CONFLICT (merchant_id, customer_id) DO UPDATE SET visits = excluded.visits, first_on = excluded.first_on, last_on = excluded.last_on`, id, visits, first, last)
	}
	c := s.add(t, "김민지", "010-0000-5678")
	says := func(visit int, want ...customers.Special) {
		t.Helper()
		card := s.card(t, c.ID)
		if card.Visit != visit || !slices.Equal(card.Today, want) {
			t.Errorf("visit %d %+v, want %d %+v", card.Visit, card.Today, visit, want)
		}
	}
	says(1, customers.Special{Kind: customers.SpecialFirst, N: 1})
	stats(c.ID, 99, today.AddDays(-297), today.AddDays(-3))
	says(100, customers.Special{Kind: customers.SpecialVisit, N: 100})
	stats(c.ID, 100, today.AddDays(-297), today)
	says(100, customers.Special{Kind: customers.SpecialVisit, N: 100})
	stats(c.ID, 10, today.AddDays(-90-42), today.AddDays(-42))
	says(11, customers.Special{Kind: customers.SpecialAway, N: 42})
	stats(c.ID, 10, today.AddDays(-90-20), today.AddDays(-20)) // every ten days: at home until three weeks are over
	says(11)
	stats(c.ID, 10, today.AddDays(-91), today.AddDays(-1))
	s.exec(t, `UPDATE customers SET created_at = '2024-11-23 01:00+09', birth_calendar = 'solar', birth_month = 11, birth_day = 20 WHERE merchant_id = $1 AND id = $2`, c.ID)
	says(11, customers.Special{Kind: customers.SpecialAnniversary, N: 2}, customers.Special{Kind: customers.SpecialBirthday, N: -3})
	s.exec(t, `UPDATE customers SET created_at = '2024-11-24 01:00+09', birth_day = 30 WHERE merchant_id = $1 AND id = $2`, c.ID)
	says(11, customers.Special{Kind: customers.SpecialBirthday, N: 7})
}

func TestNotes(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.add(t, "김민지", "010-0000-5678")
	var staff int64
	s.in(t, func(tx *store.Tx) error {
		return tx.PG().QueryRow(tx.Ctx(), `WITH p AS (INSERT INTO people (email, name, created_at) VALUES ('a@example.com', 'A', '2026-01-01') RETURNING id)
			INSERT INTO staff (merchant_id, person_id, role, created_at) SELECT $1, id, 'clerk', '2026-01-01' FROM p RETURNING id`, tx.MerchantID()).Scan(&staff)
	})
	add := func(note string) (n customers.Note, err error) {
		err = store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) (err error) {
			n, err = customers.AddNote(tx, models.Actor{StaffID: staff}, c.ID, note)
			return err
		})
		return n, err
	}
	first, err := add("  창가  자리 ")
	if err != nil || first.Text != "창가 자리" {
		t.Fatal(first, err)
	}
	for note, want := range map[string]string{"": "note bad_text", "\u202e": "note bad_text"} {
		if _, err := add(note); faults(err) != want {
			t.Errorf("%q: %v", note, err)
		}
	}
	if _, err := add("얼음 적게"); err != nil {
		t.Fatal(err)
	}
	if _, err := add("셋째"); faults(err) != "note too_many" {
		t.Errorf("a third note: %v", err)
	}
	s.in(t, func(tx *store.Tx) error { return customers.RemoveNote(tx, c.ID, first.ID) })
	if notes := s.card(t, c.ID).Notes; len(notes) != 1 || notes[0].Text != "얼음 적게" || notes[0].StaffID != staff {
		t.Errorf("%+v", notes)
	}
	err = store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error { return customers.RemoveNote(tx, c.ID, first.ID) })
	if models.KindOf(err) != models.NotFound {
		t.Errorf("%v", err)
	}
}

func TestTheTimelineIsWholeAndInOrder(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.tier(t, "vip")
	c := s.add(t, "김민지", "010-0000-5678")
	other := s.add(t, "박지훈", "010-0001-5678")
	today := calendar.MustParse("2026-11-23")
	s.member(t, c.ID, "vip", 300, 0)
	s.member(t, other.ID, "", 300, 0)
	for i := range 7 {
		s.order(t, c.ID, i, today.AddDays(-i), "라떼")
		s.order(t, other.ID, i, today.AddDays(-i), "라떼")
	}
	s.exec(t, `INSERT INTO refunds (merchant_id, source, external_id, order_external_id, order_id, amount, refunded_at, state, recorded_at)
		SELECT $1, 'pos', 'r' || id, external_id, id, 100, placed_at + interval '1 hour', 'applied', placed_at FROM orders WHERE merchant_id = $1 AND external_id LIKE '%-3'`)
	s.exec(t, `UPDATE orders SET refunded = 100 WHERE merchant_id = $1 AND external_id LIKE '%-3'`)
	s.exec(t, `INSERT INTO tier_changes (merchant_id, membership_id, seq, cause, reason, to_code, amount, at, recorded_at, digest)
		SELECT $1, id, 1, 'up:1', 'up', 'vip', 5, '2026-11-20 12:00+09', '2026-11-20', '' FROM memberships WHERE merchant_id = $1`)
	var events []customers.Event
	for after := ""; ; {
		var page customers.EventPage
		s.in(t, func(tx *store.Tx) (err error) { page, err = customers.Timeline(tx, c.ID, nil, after, 3); return err })
		events = append(events, page.Events...)
		if after = page.Next; after == "" {
			break
		}
	}
	counted := map[customers.EventKind]int{}
	for i, e := range events {
		counted[e.Kind]++
		if i > 0 && e.At.After(events[i-1].At) {
			t.Errorf("%+v after %+v", e, events[i-1])
		}
	}
	want := map[customers.EventKind]int{customers.EventOrder: 7, customers.EventRefund: 1, customers.EventPoints: 1, customers.EventTier: 1, customers.EventEnrolled: 1}
	if len(events) != 11 || fmt.Sprint(counted) != fmt.Sprint(want) {
		t.Errorf("%v", counted)
	}
	var page customers.EventPage
	s.in(t, func(tx *store.Tx) (err error) {
		page, err = customers.Timeline(tx, c.ID, []customers.EventKind{customers.EventTier, customers.EventRefund}, "", 0)
		return err
	})
	if len(page.Events) != 2 {
		t.Errorf("chosen kinds: %+v", page.Events)
	}
}

// A purchase and what it earned are one line, on whatever page they come; what a second rule gave is a line of its own.
func TestAPurchaseTellsWhatItEarned(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.add(t, "김민지", "010-0000-5678")
	today := calendar.MustParse("2026-11-23")
	s.member(t, c.ID, "", 300, 0)
	for i := range 4 {
		s.order(t, c.ID, i, today.AddDays(-i), "라떼")
	}
	s.exec(t, `INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, rule, version, order_id, digest)
		SELECT $1, a.id, 1 + row_number() OVER (ORDER BY o.id, r.rule DESC), 'earn', 'available', 10, o.placed_at, o.placed_at, o.placed_at, 'order:pos:' || o.external_id || r.rule, r.rule, 1, o.id, ''
		FROM orders o JOIN accounts a ON a.merchant_id = $1 CROSS JOIN (VALUES ('purchase'), ('first')) r (rule)
		WHERE o.merchant_id = $1 AND (r.rule = 'purchase' OR o.external_id LIKE '%-3')`)
	kinds := []customers.EventKind{customers.EventPurchase, customers.EventPoints}
	var told []string
	for after := ""; ; {
		var page customers.EventPage
		s.in(t, func(tx *store.Tx) (err error) { page, err = customers.Timeline(tx, c.ID, kinds, after, 2); return err })
		for _, e := range page.Events {
			told = append(told, fmt.Sprintf("%s %d", e.Kind, e.Points))
		}
		if after = page.Next; after == "" {
			break
		}
	}
	slices.Sort(told)
	if got := fmt.Sprint(told); got != "[order 10 order 10 order 10 order 10 points 10 points 300]" {
		t.Error(got)
	}
	var apart customers.EventPage
	s.in(t, func(tx *store.Tx) (err error) { apart, err = customers.Timeline(tx, c.ID, nil, "", 0); return err })
	for _, e := range apart.Events {
		if e.Kind == customers.EventOrder && e.Points != 0 {
			t.Errorf("told twice: %+v", e)
		}
	}
}

// A count is that of the list, whole or by search, and stops at its bound.
func TestCount(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i, name := range []string{"김하나", "김두나", "김세나", "이네나"} {
		s.add(t, name, fmt.Sprintf("010-0000-000%d", i))
	}
	count := func(search string, limit int) (n int64) {
		s.in(t, func(tx *store.Tx) (err error) {
			page, err := customers.List(tx, customers.ListQuery{Limit: limit})
			if search != "" {
				page, err = customers.Search(tx, search, "", limit)
			}
			if err == nil {
				n, err = customers.Count(tx, customers.ListQuery{}, search, page)
			}
			return err
		})
		return n
	}
	for _, each := range []struct {
		search string
		limit  int
		want   int64
	}{{"", 1, 4}, {"", 10, 4}, {"김", 1, 3}, {"김", 10, 3}, {"0002", 1, 1}, {"없음", 1, 0}} {
		if n := count(each.search, each.limit); n != each.want {
			t.Errorf("%q, pages of %d: %d, want %d", each.search, each.limit, n, each.want)
		}
	}
	s.exec(t, `INSERT INTO customers (merchant_id, name, created_at, updated_at) SELECT $1, 'x', now(), now() FROM generate_series(1, 1100)`)
	if n := count("", 1); n != customers.MostCounted+1 {
		t.Errorf("of a thousand and more %d were counted", n)
	}
}
