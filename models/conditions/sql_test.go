package conditions_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"dangol/models/calendar"
	. "dangol/models/conditions"
	"dangol/models/store/storetest"
)

var (
	tiers    = []string{"base", "silver", "gold"}
	parts    = map[string][]int32{"best": {55, 54}, "lost": {11, 12, 21}, "middle": {33}}
	stores   = []string{"gangnam", "hongdae"}
	cities   = []string{"Seoul", "Busan", "12", "-7", "7.5"}
	ownField = Attribute("city")
)

// crowd is a shop full of people, with what is known of each read by other questions than those that are tried.
type crowd struct {
	*storetest.Shop
	people People
	facts  map[int64]*facts
	groups []int64
}

func newCrowd(t testing.TB, n int) *crowd {
	t.Helper()
	shop := storetest.New(t)
	today := calendar.DateOf(shop.Clock.Now(), time.FixedZone("KST", 9*3600))
	c := &crowd{Shop: shop, facts: map[int64]*facts{}, people: People{MerchantID: shop.MerchantID, Today: today, Zone: "Asia/Seoul", Unit: "point", BaseTier: "base",
		Parts: func(part string) []int32 { return parts[part] }}}
	c.people.ProgramID = c.one(t, `INSERT INTO programs (merchant_id, code, created_at) VALUES ($1, 'shop', '2020-01-01') RETURNING id`)
	other := c.one(t, `INSERT INTO programs (merchant_id, code, created_at) VALUES ($1, 'other', '2020-01-01') RETURNING id`)
	for _, p := range []int64{c.people.ProgramID, other} {
		c.do(t, `INSERT INTO tiers (merchant_id, program_id, code) SELECT $1, $2, unnest($3::text[])`, p, tiers)
	}
	homes := []int64{}
	for _, code := range stores {
		homes = append(homes, c.one(t, `INSERT INTO stores (merchant_id, code, name, created_at) VALUES ($1, $2, $2, '2020-01-01') RETURNING id`, code))
	}
	for i := range 2 {
		c.groups = append(c.groups, c.one(t, `INSERT INTO segments (merchant_id, name, condition, counted_at, created_at) VALUES ($1, 'g' || $2::int, '{}', '2020-01-01', '2020-01-01') RETURNING id`, i))
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range n {
		c.person(t, r, other, homes)
	}
	return c
}

func (c *crowd) one(t testing.TB, sql string, args ...any) (id int64) {
	t.Helper()
	if err := c.DB.Pool().QueryRow(t.Context(), sql, append([]any{c.MerchantID}, args...)...).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

func (c *crowd) do(t testing.TB, sql string, args ...any) {
	t.Helper()
	if _, err := c.DB.Pool().Exec(t.Context(), sql, append([]any{c.MerchantID}, args...)...); err != nil {
		t.Fatal(err)
	}
}

// person adds somebody of whom this and that is known. Whatever is written is noted as a fact beside it.
func (c *crowd) person(t testing.TB, r *rand.Rand, other int64, homes []int64) {
	at := c.Clock.Now()
	id := c.one(t, `INSERT INTO customers (merchant_id, name, created_at, updated_at) VALUES ($1, '김', $2, $2) RETURNING id`, at)
	f := &facts{numbers: map[Field]int64{Visits: 0, Orders: 0, SpendEver: 0, Spend12m: 0, Consent: 0},
		texts: map[Field][]string{Tier: {}, HomeStore: {}, MapPart: {}, Segment: {}, ownField: {}}}
	c.facts[id] = f
	some := func() bool { return r.IntN(3) > 0 }
	if some() {
		c.stats(t, r, f, id, homes)
	}
	if some() {
		c.member(t, r, f, id, c.people.ProgramID, true)
	}
	if r.IntN(5) == 0 {
		c.member(t, r, f, id, other, false)
	}
	if some() {
		c.birthday(t, r, f, id)
	}
	media := map[string]bool{}
	for i := range r.IntN(4) {
		given, medium := some(), []string{"sms", "email"}[r.IntN(2)]
		c.do(t, `INSERT INTO consents (merchant_id, customer_id, kind, given, medium, at, recorded_at) VALUES ($1, $2, 'advertising', $3, $5, $4, $4), ($1, $2, 'night', NOT $3, '', $4, $4)`, id, given, at.Add(time.Duration(i)), medium)
		media[medium] = given
	}
	if media["sms"] || media["email"] {
		f.numbers[Consent] = 1
	}
	if some() {
		city := cities[r.IntN(len(cities))]
		c.do(t, `INSERT INTO customer_attributes (merchant_id, customer_id, name, value) VALUES ($1, $2, 'city', $3), ($1, $2, 'size', '1')`, id, city)
		f.texts[ownField] = []string{city}
		if n := map[string]int64{"12": 12, "-7": -7}[city]; n != 0 {
			f.numbers[ownField] = n
		}
	}
	for _, g := range c.groups {
		if some() {
			c.do(t, `INSERT INTO segment_members (merchant_id, segment_id, customer_id) VALUES ($1, $2, $3)`, g, id)
			f.texts[Segment] = append(f.texts[Segment], fmt.Sprint("g", g))
		}
	}
}

func (c *crowd) stats(t testing.TB, r *rand.Rand, f *facts, id int64, homes []int64) {
	orders, visits, gross, back, last := r.IntN(4), 1+r.IntN(4), r.IntN(9)*1000, r.IntN(3)*100, r.IntN(6)*10
	gross += back
	c.do(t, `INSERT INTO customer_stats (merchant_id, customer_id, orders, visits, gross, returned, first_on, last_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
		id, orders, visits, gross, back, c.people.Today.AddDays(-last))
	f.numbers[Orders], f.numbers[Visits], f.numbers[SpendEver], f.numbers[AwayDays] = int64(orders), int64(visits), int64(gross-back), int64(last)
	if orders > 0 {
		f.numbers[AverageTicket] = int64((gross - back) / orders)
	}
	if r.IntN(5) == 0 {
		return // the night has not been yet
	}
	recency, frequency, spend, home := 1+r.IntN(5), 1+r.IntN(5), r.IntN(5)*1000, r.IntN(3)
	var at *int64
	if home < len(homes) {
		at, f.texts[HomeStore] = &homes[home], []string{stores[home]}
	}
	c.do(t, `INSERT INTO customer_facts (merchant_id, customer_id, as_of, recency, frequency, monetary, visits, spend_12m, last_on, home_store) VALUES ($1, $2, $3, $4, $5, 1, 1, $6, $3, $7)`,
		id, c.people.Today, recency, frequency, spend, at)
	f.numbers[Spend12m] = int64(spend)
	for part, cells := range parts {
		if slices.Contains(cells, int32(10*recency+frequency)) {
			f.texts[MapPart] = append(f.texts[MapPart], part)
		}
	}
}

func (c *crowd) member(t testing.TB, r *rand.Rand, f *facts, id, program int64, counts bool) {
	joined, tier, points, left := r.IntN(6)*10, r.IntN(4), r.IntN(4)*100, r.IntN(6) == 0
	day := c.people.Today.AddDays(-joined)
	at := day.In(time.FixedZone("KST", 9*3600)).Add(time.Duration(r.IntN(24)) * time.Hour)
	m := c.one(t, `INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at, left_at, tier_code)
		VALUES ($1, $2, $3, 'CODE' || lpad(($2::bigint)::text, 8, '0') || lpad(($3::bigint)::text, 8, '0'), $4, $5, $6) RETURNING id`,
		program, id, at, map[bool]*time.Time{true: &at}[left], map[bool]*string{true: &tiers[tier%3]}[tier < 3])
	account := points > 0
	if account {
		c.do(t, `INSERT INTO accounts (merchant_id, membership_id, unit, available) VALUES ($1, $2, 'point', $3), ($1, $2, 'star', 7)`, m, points)
	}
	if left || !counts {
		return
	}
	f.numbers[MemberDays], f.numbers[Joined], f.numbers[Points] = int64(joined), int64(day), int64(points)
	f.texts[Tier] = []string{tiers[tier%3]}
}

func (c *crowd) birthday(t testing.TB, r *rand.Rand, f *facts, id int64) {
	kinds := []calendar.Calendar{calendar.Solar, calendar.Lunar, calendar.LunarLeap}
	b := calendar.Birthday{Calendar: kinds[r.IntN(3)], Month: time.Month(1 + r.IntN(12)), Day: 1 + r.IntN(28)}
	if r.IntN(2) == 0 { // soon
		d := c.people.Today.AddDays(r.IntN(40))
		b = calendar.Birthday{Calendar: calendar.Solar, Month: d.Month(), Day: d.Day()}
	}
	c.do(t, `UPDATE customers SET birth_calendar = $3, birth_month = $4, birth_day = $5 WHERE merchant_id = $1 AND id = $2`, id, b.Calendar, int(b.Month), b.Day)
	today := c.people.Today
	f.numbers[BirthdayIn] = int64(b.Between(today, today.AddDays(800), calendar.Rules{})[0].Date - today)
	f.numbers[BirthdayMonth] = int64(len(b.Between(today.FirstOfMonth(), today.EndOfMonth(), calendar.Rules{})))
}

// condition draws one of the fields of people, near the values that the crowd has.
func (c *crowd) condition(t *rapid.T, depth int) Condition {
	if depth > 0 && rapid.IntRange(0, 2).Draw(t, "shape") > 0 {
		of := make([]Condition, rapid.IntRange(1, 3).Draw(t, "width"))
		for i := range of {
			of[i] = c.condition(t, depth-1)
		}
		return rapid.SampledFrom([]Condition{All(of...), Any(of...), Not(of[0])}).Draw(t, "group")
	}
	var fields []Spec
	for _, spec := range append(slices.Clone(Known()), Spec{ownField, OfMember, Free, 0, true}) {
		if spec.People {
			fields = append(fields, spec)
		}
	}
	spec := rapid.SampledFrom(fields).Draw(t, "field")
	is := rapid.SampledFrom(spec.Kind.Operators()).Draw(t, "is")
	return Where(spec.Field, is, c.value(t, spec, is))
}

func (c *crowd) value(t *rapid.T, spec Spec, is Is) Value {
	step := map[Kind]int64{Money: 500, PointsOf: 50, Days: 5, Free: 1, Count: 1, Soon: 3}[spec.Kind]
	low := map[bool]int64{true: -8, false: 0}[spec.Kind == Free]
	draw := func(name string) int64 { return step * rapid.Int64Range(low, 14).Draw(t, name) }
	day := func(name string) string { return c.people.Today.AddDays(-rapid.IntRange(0, 60).Draw(t, name)).String() }
	a, b := draw("a"), draw("b")
	switch {
	case is == Yes:
		return Value{}
	case spec.Kind == DayOf && is == Between:
		x, y := day("x"), day("y")
		return Text(min(x, y), max(x, y))
	case spec.Kind == DayOf:
		return Text(day("x"))
	case is == Between:
		return Number(min(a, b), max(a, b))
	case spec.Kind.Numeric(is):
		return Number(a)
	}
	codes := map[Field][]string{Tier: tiers, HomeStore: stores, MapPart: {"best", "lost", "middle"}, ownField: cities,
		Segment: {fmt.Sprint("g", c.groups[0]), fmt.Sprint("g", c.groups[1])}}[spec.Field]
	return Text(rapid.SliceOfNDistinct(rapid.SampledFrom(codes), 1, 2, rapid.ID).Draw(t, "codes")...)
}

// What the database says of everybody is what the evaluator says of each.
func TestTheDatabaseSaysTheSame(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 300)
	newCrowdBeside(t, c)
	rapid.Check(t, func(t *rapid.T) {
		made, err := Compile(c.condition(t, 3))
		if err != nil {
			t.Fatal(err)
		}
		var want []int64
		for id, f := range c.facts {
			if made.Holds(f) {
				want = append(want, id)
			}
		}
		slices.Sort(want)
		q := made.SQL(c.people)
		rows, err := c.DB.Pool().Query(t.Context(), "SELECT c.id FROM "+q.From+" WHERE "+q.Where+" ORDER BY c.id", q.Args...)
		if err != nil {
			t.Fatalf("%v\n%+v", err, q)
		}
		got, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil {
			t.Fatalf("%v\n%+v", err, q)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s\nthe database says %v\n     it should be %v\n%+v", made.Condition().Encode(), got, want, q)
		}
	})
}

// newCrowdBeside fills another shop of the same database with people of the same ids, who are nobody's business.
func newCrowdBeside(t testing.TB, c *crowd) {
	t.Helper()
	other := c.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	c.do(t, `INSERT INTO customers (merchant_id, id, name, created_at, updated_at) OVERRIDING SYSTEM VALUE SELECT $2, id, '남', created_at, updated_at FROM customers WHERE merchant_id = $1`, other)
	c.do(t, `INSERT INTO customer_stats (merchant_id, customer_id, orders, visits, gross, first_on, last_on) SELECT $2, id, 3, 3, 3000, '2026-01-01', '2026-11-01' FROM customers WHERE merchant_id = $1`, other)
	c.do(t, `INSERT INTO customer_attributes (merchant_id, customer_id, name, value) SELECT $2, id, 'city', 'Seoul' FROM customers WHERE merchant_id = $1`, other)
}
