package occasions

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/models/terms"
)

// cafe gives birthday coupons a week ahead to members of 30 days, as the default programme does.
type cafe struct {
	*storetest.Shop
	program  int64
	compiled *terms.Program
}

func open(t *testing.T, changes ...func(*terms.Occasion)) *cafe {
	t.Helper()
	doc := terms.Default(models.TradeUnknown, 12_000)
	for _, change := range changes {
		change(&doc.Occasions[0])
	}
	compiled, err := terms.Compile(doc, 1)
	if err != nil {
		t.Fatal(err)
	}
	c := &cafe{Shop: storetest.New(t), compiled: compiled}
	c.program = c.id(t, `INSERT INTO programs (merchant_id, code, created_at) VALUES ($1, 'shop', '2020-01-01') RETURNING id`)
	c.id(t, `INSERT INTO coupon_kinds VALUES ($1, $2, $3) RETURNING program_id`, c.program, doc.Occasions[0].Coupon)
	return c
}

func (c *cafe) id(t *testing.T, sql string, args ...any) (id int64) {
	t.Helper()
	if err := c.DB.Pool().QueryRow(context.Background(), sql, append([]any{c.MerchantID}, args...)...).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

// joins makes a member with a birthday, "lunar 11/20", on a day.
func (c *cafe) joins(t *testing.T, birthday, on string) int64 {
	t.Helper()
	var kind string
	var month, day int
	if _, err := fmt.Sscanf(birthday, "%s %d/%d", &kind, &month, &day); err != nil {
		t.Fatal(err)
	}
	customer := c.id(t, `INSERT INTO customers (merchant_id, name, birth_calendar, birth_month, birth_day, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, '2020-01-01', '2020-01-01') RETURNING id`, birthday, kind, month, day)
	return c.id(t, `INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at)
		VALUES ($1, $2, $3::bigint, 'member-' || $3::bigint, $4::date::timestamp AT TIME ZONE 'Asia/Seoul') RETURNING id`, c.program, customer, on)
}

// issue runs every day from one through another.
func (c *cafe) issue(t *testing.T, from, through string) {
	t.Helper()
	for day := calendar.MustParse(from); day <= calendar.MustParse(through); day++ {
		err := store.InTx(t.Context(), c.DB, c.MerchantID, func(tx *store.Tx) error {
			_, err := Issue(tx, c.program, c.compiled, &c.compiled.Terms().Occasions[0], day)
			return err
		})
		if err != nil {
			t.Fatal(day, err)
		}
	}
}

// gifts lists a member's coupons as "issue date: cause, birthday".
func (c *cafe) gifts(t *testing.T, member int64) (gifts []string) {
	t.Helper()
	rows, err := c.DB.Pool().Query(t.Context(), `SELECT (c.issued_at AT TIME ZONE 'Asia/Seoul')::date || ' ' || c.cause || ' ' || i.falls_on
		FROM coupons c JOIN occasion_issues i ON i.merchant_id = c.merchant_id AND i.coupon_id = c.id
		WHERE c.merchant_id = $1 AND c.membership_id = $2 ORDER BY c.id`, c.MerchantID, member)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var gift string
		if err := rows.Scan(&gift); err != nil {
			t.Fatal(err)
		}
		gifts = append(gifts, gift)
	}
	return gifts
}

func (c *cafe) wants(t *testing.T, member int64, want ...string) {
	t.Helper()
	if got := c.gifts(t, member); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestLunarBirthdaysFallWhereTheyFall(t *testing.T) {
	t.Parallel()
	c := open(t)
	winter := c.joins(t, "lunar 11/20", "2024-01-01")
	lastDay := c.joins(t, "lunar 12/30", "2024-01-01") // the 29th in years whose last month is short
	leap := c.joins(t, "lunar_leap 6/15", "2024-01-01")
	c.issue(t, "2024-12-31", "2028-12-27") // the gift of 2029-01-04 comes the day after
	c.wants(t, winter,
		"2026-01-01 birthday:lunar:2025 2026-01-08",
		"2026-12-21 birthday:lunar:2026 2026-12-28",
		"2027-12-10 birthday:lunar:2027 2027-12-17")
	if n := len(c.gifts(t, lastDay)); n != 4 {
		t.Errorf("lunar 12/30: %q", c.gifts(t, lastDay))
	}
	if n := len(c.gifts(t, leap)); n != 4 {
		t.Errorf("born in a leap month: %q", c.gifts(t, leap))
	}
}

func TestTheTwentyNinthOfFebruary(t *testing.T) {
	t.Parallel()
	for rule, want := range map[calendar.LeapDay][]string{
		"":                {"2027-02-21 birthday:solar:2027 2027-02-28", "2028-02-22 birthday:solar:2028 2028-02-29"},
		calendar.Mar1:     {"2027-02-22 birthday:solar:2027 2027-03-01", "2028-02-22 birthday:solar:2028 2028-02-29"},
		calendar.LeapOnly: {"2028-02-22 birthday:solar:2028 2028-02-29"},
	} {
		t.Run(string(rule), func(t *testing.T) {
			t.Parallel()
			c := open(t, func(o *terms.Occasion) { o.Rules.LeapDay = rule })
			member := c.joins(t, "solar 2/29", "2024-01-01")
			c.issue(t, "2027-01-01", "2028-12-31")
			c.wants(t, member, want...)
		})
	}
}

func TestWhoIsReadyLateGetsItLateButNotAfterTheDay(t *testing.T) {
	t.Parallel()
	c := open(t)
	new30 := c.joins(t, "solar 6/20", "2026-05-18") // 30 days on 17 June
	tooNew := c.joins(t, "solar 6/20", "2026-05-22")
	c.issue(t, "2026-06-01", "2026-06-15")
	told := c.joins(t, "solar 6/18", "2024-01-01") // as if the birthday had been told on the 16th
	c.issue(t, "2026-06-16", "2026-07-31")
	c.wants(t, new30, "2026-06-17 birthday:solar:2026 2026-06-20")
	c.wants(t, tooNew)
	c.wants(t, told, "2026-06-16 birthday:solar:2026 2026-06-18")
}

func TestChangingTheCalendarGainsNothing(t *testing.T) {
	t.Parallel()
	c := open(t)
	member := c.joins(t, "solar 3/1", "2024-01-01")
	c.issue(t, "2026-02-20", "2026-03-05")
	c.id(t, `UPDATE customers SET birth_calendar = 'lunar', birth_month = 5, birth_day = 5 WHERE merchant_id = $1 RETURNING id`)
	c.issue(t, "2026-03-06", "2026-12-31") // lunar 5/5 is 19 June 2026, 110 days later
	c.wants(t, member, "2026-02-22 birthday:solar:2026 2026-03-01")
	c.issue(t, "2027-01-01", "2027-12-31")
	if got := c.gifts(t, member); len(got) != 2 {
		t.Errorf("the year after: %q", got)
	}
}

func TestADayIsSafeToRunTwice(t *testing.T) {
	t.Parallel()
	c := open(t)
	member := c.joins(t, "solar 6/20", "2024-01-01")
	c.issue(t, "2026-06-13", "2026-06-13")
	c.issue(t, "2026-06-13", "2026-06-13")
	c.wants(t, member, "2026-06-13 birthday:solar:2026 2026-06-20")
}

func TestAThousandBirthdaysOfADay(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.id(t, `WITH made AS (INSERT INTO customers (merchant_id, birth_calendar, birth_month, birth_day, created_at, updated_at)
			SELECT $1, 'solar', 6, 20, '2020-01-01', '2020-01-01' FROM generate_series(1, 5500) RETURNING id),
		joined AS (INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at)
			SELECT $1, $2, id, 'member-' || id, '2020-01-01' FROM made RETURNING id)
		SELECT count(*) FROM joined`, c.program)
	var given []int
	for range 3 {
		err := store.InTx(t.Context(), c.DB, c.MerchantID, func(tx *store.Tx) error {
			n, err := Issue(tx, c.program, c.compiled, &c.compiled.Terms().Occasions[0], calendar.MustParse("2026-06-13"))
			given = append(given, n)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(given, []int{5000, 500, 0}) {
		t.Errorf("given %v", given)
	}
}

func TestTheNextThirtyDays(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.Clock.Set(time.Date(2026, 6, 1, 3, 0, 0, 0, time.UTC))
	had := c.joins(t, "solar 6/2", "2024-01-01")
	c.issue(t, "2026-05-30", "2026-05-30")
	c.joins(t, "solar 6/3", "2024-01-01")  // today: its seven days have begun
	c.joins(t, "solar 6/20", "2024-01-01") // on the 13th
	c.joins(t, "solar 6/10", "2026-05-25") // not a member for long enough
	c.joins(t, "lunar 5/5", "2024-01-01")  // 19 June
	c.joins(t, "solar 9/1", "2024-01-01")  // later
	var p Preview
	unknown := int64(-1)
	err := store.ReadTx(t.Context(), c.DB, c.MerchantID, func(tx *store.Tx) (err error) {
		doc := c.compiled.Terms()
		if p, err = Ahead(tx, c.program, doc, &doc.Occasions[0], 30, 10); err != nil {
			return err
		}
		unknown, err = Unknown(tx, c.program)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, person := range p.People {
		rows = append(rows, fmt.Sprint(person.IssueOn, " ", person.FallsOn, " ", person.Name, " ", person.Why))
		if person.MembershipID == had && person.Why != AlreadyHad {
			t.Errorf("%+v", person)
		}
	}
	want := []string{
		"2026-06-01 2026-06-03 solar 6/3 ",
		"2026-06-12 2026-06-19 lunar 5/5 ",
		"2026-06-13 2026-06-20 solar 6/20 ",
		"2026-06-01 2026-06-02 solar 6/2 already_had",
		"2026-06-24 2026-06-10 solar 6/10 too_new",
	}
	if !slices.Equal(rows, want) {
		t.Errorf("got %q\nwant %q", rows, want)
	}
	if p.Counts[""] != 3 || p.MostCost != 9000 || unknown != 0 {
		t.Errorf("%+v", p)
	}
}
