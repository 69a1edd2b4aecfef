package segments_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/grants"
	"dangol/models/insights"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/segments"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/models/tasks"
	"dangol/models/terms"
)

// shop has a running programme and people, of whom every tenth is no member.
type shop struct {
	*storetest.Shop
	owner   models.Actor
	program int64
}

func open(t testing.TB, people int) *shop {
	t.Helper()
	s := &shop{Shop: storetest.New(t)}
	s.owner = models.Actor{Role: models.Owner, StaffID: s.number(t, `WITH person AS (INSERT INTO people (email, name, created_at) VALUES ('maya@example.com', 'Maya', '2026-01-01') RETURNING id)
		INSERT INTO staff (merchant_id, person_id, role, created_at) SELECT $1, id, 'owner', '2026-01-01' FROM person RETURNING id`)}
	doc := terms.Default(models.TradeUnknown, 12_000)
	doc.Coupons = append(doc.Coupons, terms.CouponKind{Code: "thanks", Name: terms.Text{Ko: "고마워요", En: "Thanks"}, Amount: 2000, Days: 30})
	p, err := programs.Create(t.Context(), s.DB, s.MerchantID, s.owner, "shop", doc.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := programs.Publish(t.Context(), s.DB, s.MerchantID, s.owner, "shop", models.PublishParams{}); err != nil {
		t.Fatal(err)
	}
	s.program = p.ID
	s.fill(t, people)
	return s
}

func (s *shop) number(t testing.TB, sql string, args ...any) (n int64) {
	t.Helper()
	if err := s.DB.Pool().QueryRow(t.Context(), sql, append([]any{s.MerchantID}, args...)...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (s *shop) in(t testing.TB, fn func(*store.Tx) error) {
	t.Helper()
	if err := store.InTx(t.Context(), s.DB, s.MerchantID, fn); err != nil {
		t.Fatal(err)
	}
}

// fill makes people of all kinds and draws the map.
func (s *shop) fill(t testing.TB, people int) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	today := calendar.MustParse("2026-11-23")
	s.in(t, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		_, err = tx.PG().Exec(tx.Ctx(), `INSERT INTO customers (merchant_id, id, name, phone, created_at, updated_at) OVERRIDING SYSTEM VALUE
			SELECT $1, i, '김손님', '+8210' || lpad(i::text, 8, '0'), $3, $3 FROM generate_series(1, $2::int) i`, tx.MerchantID(), people, tx.Now())
		if err != nil {
			return err
		}
		var joining []ledger.Joining
		for i := range people {
			last := today.AddDays(-r.IntN(400))
			visits := 1 + r.IntN(1+r.IntN(30))
			_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO customer_stats (merchant_id, customer_id, orders, visits, gross, first_on, last_on) VALUES ($1, $2, $3, $3, $4, $5, $6)`,
				tx.MerchantID(), i+1, visits, visits*9000, last.AddDays(-visits*7), last)
			if err != nil {
				return err
			}
			if i%10 != 9 {
				joining = append(joining, ledger.Joining{CustomerID: int64(i + 1), At: tx.Now()})
			}
		}
		_, err = ledger.Enrol(tx, running[0], joining...)
		return err
	})
	if err := insights.RefreshFacts(t.Context(), s.DB, s.MerchantID, today); err != nil {
		t.Fatal(err)
	}
}

func (s *shop) size(t testing.TB, g segments.Group) (size segments.Size) {
	t.Helper()
	s.in(t, func(tx *store.Tx) (err error) { size, err = segments.Count(tx, g, s.program); return err })
	return size
}

// everybody pages through a group and gives who was listed.
func (s *shop) everybody(t testing.TB, g segments.Group, limit int) map[int64]int {
	t.Helper()
	seen := map[int64]int{}
	for after := ""; ; {
		s.in(t, func(tx *store.Tx) error {
			page, err := segments.People(tx, g, after, limit)
			for _, r := range page.Rows {
				seen[r.ID]++
			}
			after = page.Next
			return err
		})
		if after == "" {
			return seen
		}
	}
}

func TestEveryCellHasOneName(t *testing.T) {
	counted := map[segments.Name]int{}
	for r := 1; r <= 5; r++ {
		for f := 1; f <= 5; f++ {
			counted[segments.NameOf(segments.Cell{Recency: r, Frequency: f})]++
		}
	}
	want := map[segments.Name]int{segments.Champions: 2, segments.Loyal: 4, segments.Potential: 4, segments.New: 1, segments.Promising: 1,
		segments.Attention: 1, segments.AboutToSleep: 2, segments.CantLose: 2, segments.AtRisk: 4, segments.Hibernating: 4}
	for _, n := range segments.Names {
		if counted[n] != want[n] {
			t.Errorf("%s has %d cells, want %d", n, counted[n], want[n])
		}
	}
}

// What the map counts is who is listed, once each: in every cell, in every part, and all cells together are everybody.
func TestCountedIsListed(t *testing.T) {
	t.Parallel()
	s := open(t, 400)
	var grid insights.Grid
	s.in(t, func(tx *store.Tx) (err error) { grid, err = insights.ReadGrid(tx); return err })
	all := map[int64]int{}
	for r := 1; r <= 5; r++ {
		for f := 1; f <= 5; f++ {
			cell := segments.Group{Cell: &segments.Cell{Recency: r, Frequency: f}}
			listed := s.everybody(t, cell, 7)
			if n := int64(len(listed)); n != grid.At(r, f).People || n != s.size(t, cell).People {
				t.Errorf("cell %d %d: the map says %d, counted %d, listed %d", r, f, grid.At(r, f).People, s.size(t, cell).People, n)
			}
			for id, times := range listed {
				all[id] += times
			}
		}
	}
	for _, name := range segments.Names {
		listed := s.everybody(t, segments.Group{Name: name}, 50)
		if n := s.size(t, segments.Group{Name: name}).People; int64(len(listed)) != n {
			t.Errorf("%s: counted %d, listed %d", name, n, len(listed))
		}
	}
	for id, times := range all {
		if times != 1 {
			t.Errorf("customer %d is listed %d times", id, times)
		}
	}
	if int64(len(all)) != grid.People || grid.People != 400 {
		t.Errorf("%d listed of %d", len(all), grid.People)
	}
}

// Who joins after the night counts at once, in the group that the night has put them in.
func TestNewMembersCountAtOnce(t *testing.T) {
	t.Parallel()
	s := open(t, 200)
	group := segments.Group{Name: segments.Hibernating}
	before := s.size(t, group)
	s.in(t, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		var joining []ledger.Joining
		for id := int64(10); id <= 200; id += 10 {
			joining = append(joining, ledger.Joining{CustomerID: id, At: tx.Now()})
		}
		_, err = ledger.Enrol(tx, running[0], joining...)
		return err
	})
	if after := s.size(t, group); before.Members >= before.People || after.Members != before.People || after.People != before.People {
		t.Errorf("%+v, then %+v", before, after)
	}
}

func (s *shop) give(t testing.TB, p segments.GiveParams) (gift segments.Gift, task int64, err error) {
	t.Helper()
	err = store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) (err error) {
		if gift, err = segments.Give(tx, s.owner, p); err != nil {
			return err
		}
		latest, err := tasks.Latest(tx, tasks.Give, gift.ID)
		task = latest.ID
		return err
	})
	return gift, task, err
}

// received is what everybody got of a gift, by customer.
func (s *shop) received(t testing.TB, sql string) map[int64]int {
	t.Helper()
	got := map[int64]int{}
	rows, err := s.DB.Pool().Query(t.Context(), sql, s.MerchantID)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			t.Fatal(err)
		}
		got[id] += n
	}
	return got
}

const (
	pointsReceived = `SELECT m.customer_id, sum(e.points) FROM entries e JOIN accounts a USING (merchant_id) JOIN memberships m USING (merchant_id)
		WHERE e.merchant_id = $1 AND e.account_id = a.id AND a.membership_id = m.id AND e.kind = 'adjust' AND e.bucket = 'available' GROUP BY 1`
	couponsReceived = `SELECT m.customer_id, count(*) FROM coupons c JOIN memberships m ON m.merchant_id = c.merchant_id AND m.id = c.membership_id
		WHERE c.merchant_id = $1 GROUP BY 1`
)

func TestShownIsGiven(t *testing.T) {
	t.Parallel()
	s := open(t, 1500)
	group := segments.Group{Name: segments.Hibernating}
	size := s.size(t, group)
	if size.Members == 0 || size.Members == size.People {
		t.Fatalf("a shop that tests nothing: %+v", size)
	}
	for _, c := range []struct {
		params segments.GiveParams
		sql    string
		each   int
	}{
		{segments.GiveParams{Group: group, Kind: segments.Points, Points: 500, Words: "오랜만이에요", Shown: size.Members}, pointsReceived, 500},
		{segments.GiveParams{Group: group, Kind: segments.Coupon, Coupon: "thanks", Shown: size.Members}, couponsReceived, 1},
	} {
		gift, task, err := s.give(t, c.params)
		if err != nil {
			t.Fatal(err)
		}
		if err := segments.RunGive(t.Context(), s.DB, s.MerchantID, task); err != nil {
			t.Fatal(err)
		}
		listed, got := s.everybody(t, group, 100), s.received(t, c.sql)
		for id, n := range got {
			if n != c.each || listed[id] == 0 || id%10 == 0 {
				t.Errorf("customer %d got %d", id, n)
			}
		}
		s.in(t, func(tx *store.Tx) (err error) { gift, err = segments.FindGift(tx, gift.ID); return err })
		if int64(len(got)) != size.Members || gift.Given != size.Members || gift.Chosen != size.Members {
			t.Errorf("%s: shown %d, given to %d: %+v", c.params.Kind, size.Members, len(got), gift)
		}
	}
	if n := s.number(t, `SELECT count(*) FROM grants WHERE merchant_id = $1 AND reason = 'give' AND words = '오랜만이에요'`); n != size.Members {
		t.Errorf("%d grants", n)
	}
}

// What one person got of a gift is taken back like any other grant, once, and its author's limit of the day stays as it was.
func TestOneOfAGiftIsTakenBack(t *testing.T) {
	t.Parallel()
	s := open(t, 40)
	group := segments.Group{Name: segments.Hibernating}
	_, task, err := s.give(t, segments.GiveParams{Group: group, Kind: segments.Points, Points: 500, Shown: s.size(t, group).Members})
	if err != nil {
		t.Fatal(err)
	}
	if err := segments.RunGive(t.Context(), s.DB, s.MerchantID, task); err != nil {
		t.Fatal(err)
	}
	s.in(t, func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO limit_uses (merchant_id, rule, scope, subject, period, used)
			VALUES ($1, 'grant', 'staff', $2, 'day:' || $3::date, 700)`, tx.MerchantID(), s.owner.StaffID, tx.Today())
		return err
	})
	available := `SELECT sum(available) FROM accounts WHERE merchant_id = $1`
	grant, before := s.number(t, `SELECT min(id) FROM grants WHERE merchant_id = $1`), s.number(t, available)
	for _, replay := range []bool{false, true} {
		if r, err := grants.Undo(t.Context(), s.DB, s.MerchantID, s.owner, grant); err != nil || r.Replay != replay {
			t.Fatal(r, err)
		}
	}
	if after := s.number(t, available); after != before-500 {
		t.Errorf("%d points, then %d", before, after)
	}
	if used := s.number(t, `SELECT used FROM limit_uses WHERE merchant_id = $1`); used != 700 {
		t.Errorf("700 of the day's limit were used, then %d", used)
	}
}

// A worker died with the task, and then four are sent at once: over several chunks nobody gets it twice.
func TestAGiftSurvivesItsWorkers(t *testing.T) {
	t.Parallel()
	s := open(t, 8000)
	group := segments.Group{Name: segments.Hibernating}
	size := s.size(t, group)
	_, task, err := s.give(t, segments.GiveParams{Group: group, Kind: segments.Points, Points: 100, Shown: size.Members})
	if err != nil || size.Members <= 1000 {
		t.Fatal(size, err)
	}
	if _, err := tasks.Take(t.Context(), s.DB, s.MerchantID, task); err != nil { // never heard of again
		t.Fatal(err)
	}
	s.Clock.Advance(time.Minute)
	var workers errgroup.Group
	for range 4 {
		workers.Go(func() error {
			err := segments.RunGive(t.Context(), s.DB, s.MerchantID, task)
			if errors.Is(err, tasks.ErrHeld) {
				return nil
			}
			return err
		})
	}
	if err := workers.Wait(); err != nil {
		t.Fatal(err)
	}
	got := s.received(t, pointsReceived)
	for id, n := range got {
		if n != 100 {
			t.Errorf("customer %d got %d", id, n)
		}
	}
	if int64(len(got)) != size.Members {
		t.Errorf("%d of %d", len(got), size.Members)
	}
}

func TestGiveRefusesWhatWasNotShown(t *testing.T) {
	t.Parallel()
	s := open(t, 200)
	group := segments.Group{Name: segments.Hibernating}
	members := s.size(t, group).Members
	good := segments.GiveParams{Group: group, Kind: segments.Points, Points: 500, Shown: members}
	for name, c := range map[string]struct {
		change func(*segments.GiveParams)
		want   models.Kind
	}{
		"another number": {func(p *segments.GiveParams) { p.Shown++ }, models.Conflict},
		"nobody":         {func(p *segments.GiveParams) { p.Shown = 0 }, models.Invalid},
		"no such cell":   {func(p *segments.GiveParams) { p.Group = segments.Group{Cell: &segments.Cell{Recency: 6, Frequency: 1}} }, models.Invalid},
		"no points":      {func(p *segments.GiveParams) { p.Points = 0 }, models.Invalid},
		"too much":       {func(p *segments.GiveParams) { p.Points = segments.MostPoints + 1 }, models.Invalid},
		"no such coupon": {func(p *segments.GiveParams) { p.Kind, p.Coupon = segments.Coupon, "none" }, models.Invalid},
		"no such unit":   {func(p *segments.GiveParams) { p.Unit = "stars" }, models.Invalid},
		"no programme":   {func(p *segments.GiveParams) { p.Program = "other" }, models.NotFound},
	} {
		p := good
		c.change(&p)
		if _, _, err := s.give(t, p); models.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := s.number(t, `SELECT count(*) FROM gives WHERE merchant_id = $1`); n != 0 {
		t.Errorf("%d refused gifts were kept", n)
	}
}

func TestReceiversAreListed(t *testing.T) {
	t.Parallel()
	s := open(t, 200)
	group := segments.Group{Name: segments.Hibernating}
	size := s.size(t, group)
	gift, _, err := s.give(t, segments.GiveParams{Group: group, Kind: segments.Points, Points: 500, Shown: size.Members})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for after := ""; ; {
		s.in(t, func(tx *store.Tx) error {
			page, err := segments.Receivers(tx, gift.ID, after, 9)
			seen += len(page.Rows)
			after = page.Next
			return err
		})
		if after == "" {
			break
		}
	}
	if int64(seen) != size.Members {
		t.Errorf("%d of %d", seen, size.Members)
	}
}
