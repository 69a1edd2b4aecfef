package insights_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"dangol/models/calendar"
	"dangol/models/customers"
	"dangol/models/insights"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

// bought is one order of the invented history, from which the test works everything out by itself.
type bought struct {
	customer int64
	day      calendar.Date
	spend    int64
	returned int64
}

// invent makes people with orders over two years and the rollups that posting would have kept.
func invent(t testing.TB, shop *storetest.Shop, people int, seed uint64) []bought {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	var all []bought
	today := calendar.MustParse("2026-11-23")
	for i := range people {
		for range 1 + r.IntN(1+r.IntN(20)) {
			spend := int64(1+r.IntN(40)) * 500
			all = append(all, bought{int64(i + 1), today.AddDays(-r.IntN(700)), spend, spend / 4 * int64(r.IntN(8)/7)})
		}
	}
	fill(t, shop, people, all)
	return all
}

func fill(t testing.TB, shop *storetest.Shop, people int, all []bought) {
	t.Helper()
	ids, days, spends, returns := columns(all)
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		for _, sql := range []string{
			`INSERT INTO customers (merchant_id, id, name, phone, created_at, updated_at) OVERRIDING SYSTEM VALUE
				SELECT $1, i, '김손님', '+8210' || lpad(i::text, 8, '0'), $3, $3 FROM generate_series(1, $2::int) i`,
		} {
			if _, err := tx.PG().Exec(tx.Ctx(), sql, tx.MerchantID(), people, tx.Now()); err != nil {
				return err
			}
		}
		_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO orders (merchant_id, source, external_id, customer_id, placed_at, business_date, total, basis, spend_returned, content_hash, recorded_at)
			SELECT $1, 'pos', n::text, c, d::timestamp AT TIME ZONE 'Asia/Seoul', d, s, s, r, '', $6
			FROM unnest($2::bigint[], $3::date[], $4::bigint[], $5::bigint[]) WITH ORDINALITY o (c, d, s, r, n)`,
			tx.MerchantID(), ids, days, spends, returns, tx.Wall())
		if err != nil {
			return err
		}
		return rollUp(tx)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func rollUp(tx *store.Tx) error {
	for _, sql := range []string{
		`INSERT INTO customer_stats (merchant_id, customer_id, orders, visits, gross, returned, first_on, last_on)
			SELECT merchant_id, customer_id, count(*), count(DISTINCT business_date), sum(total), sum(spend_returned), min(business_date), max(business_date)
			FROM orders WHERE merchant_id = $1 GROUP BY 1, 2`,
		`INSERT INTO customer_months (merchant_id, customer_id, month, orders, visits, gross, returned)
			SELECT merchant_id, customer_id, date_trunc('month', business_date), count(*), count(DISTINCT business_date), sum(total), sum(spend_returned)
			FROM orders WHERE merchant_id = $1 GROUP BY 1, 2, 3`,
	} {
		if _, err := tx.PG().Exec(tx.Ctx(), sql, tx.MerchantID()); err != nil {
			return err
		}
	}
	return nil
}

func columns(all []bought) (ids []int64, days []calendar.Date, spends, returns []int64) {
	for _, b := range all {
		ids, days = append(ids, b.customer), append(days, b.day)
		spends, returns = append(spends, b.spend), append(returns, b.returned)
	}
	return ids, days, spends, returns
}

// person is what the test knows of one customer.
type person struct {
	first, last calendar.Date
	days        map[calendar.Date]bool
	spend, year int64
}

func known(all []bought, day calendar.Date) map[int64]*person {
	people := map[int64]*person{}
	from := day.AddMonths(-12)
	for _, b := range all {
		p := people[b.customer]
		if p == nil {
			p = &person{first: b.day, last: b.day, days: map[calendar.Date]bool{}}
			people[b.customer] = p
		}
		p.first, p.last = min(p.first, b.day), max(p.last, b.day)
		p.days[b.day] = true
		p.spend += b.spend - b.returned
		if b.day > from && b.day <= day {
			p.year += b.spend - b.returned
		}
	}
	return people
}

// class is the definition, worked out slowly: cut points at a fifth, two fifths … of the sorted values, classes
// [cut, next), k classes spread by ceil(5i/k).
func class(values []int64, v int64) int {
	values = slices.Clone(values)
	slices.Sort(values)
	var lower []int64 // of each class that has somebody
	lower = append(lower, values[0])
	for i := 1; i < 5; i++ {
		cut := values[(i*len(values)+4)/5-1]
		if cut > lower[len(lower)-1] {
			lower = append(lower, cut)
		}
	}
	i, k := 0, len(lower)
	for i < k && v >= lower[i] {
		i++
	}
	return (5*i + k - 1) / k
}

func refresh(t testing.TB, shop *storetest.Shop, day calendar.Date) {
	t.Helper()
	if err := insights.RefreshFacts(t.Context(), shop.DB, shop.MerchantID, day); err != nil {
		t.Fatal(err)
	}
}

type fact struct {
	recency, frequency, monetary int
	visits                       int
	year                         int64
	last, away                   calendar.Date
}

func stored(t testing.TB, shop *storetest.Shop) map[int64]fact {
	t.Helper()
	out := map[int64]fact{}
	err := store.ReadTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		rows, err := tx.PG().Query(tx.Ctx(), `SELECT customer_id, recency, frequency, monetary, visits, spend_12m, last_on, away_on
			FROM customer_facts WHERE merchant_id = $1`, tx.MerchantID())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			var f fact
			if err := rows.Scan(&id, &f.recency, &f.frequency, &f.monetary, &f.visits, &f.year, &f.last, &f.away); err != nil {
				return err
			}
			out[id] = f
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func expected(people map[int64]*person) map[int64]fact {
	var last, visits, spend []int64
	for _, p := range people {
		last, visits, spend = append(last, int64(p.last)), append(visits, int64(len(p.days))), append(spend, p.spend)
	}
	out := map[int64]fact{}
	for id, p := range people {
		out[id] = fact{class(last, int64(p.last)), class(visits, int64(len(p.days))), class(spend, p.spend),
			len(p.days), p.year, p.last, customers.AwayOn(p.first, p.last, len(p.days))}
	}
	return out
}

func TestFactsEqualASlowCalculation(t *testing.T) {
	t.Parallel()
	for seed, day := range map[uint64]string{1: "2026-11-23", 2: "2026-11-30", 3: "2026-12-31"} {
		shop := storetest.New(t)
		all := invent(t, shop, 300, seed)
		on := calendar.MustParse(day)
		refresh(t, shop, on)
		want := expected(known(all, on))
		got := stored(t, shop)
		for id, w := range want {
			if got[id] != w {
				t.Errorf("customer %d as of %s: %+v, want %+v", id, on, got[id], w)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d facts, want %d", len(got), len(want))
		}
	}
}

// Who was at two of the shop's stores on one day has come on one day.
func TestADayAtTwoStoresIsOneDay(t *testing.T) { // D-31
	t.Parallel()
	shop := storetest.New(t)
	all := invent(t, shop, 50, 6)
	day := calendar.MustParse("2026-11-23")
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
		for _, sql := range []string{
			`INSERT INTO stores (merchant_id, code, name, created_at) SELECT $1, 's' || i, 's' || i, '2020-01-01' FROM generate_series(1, 2) i`,
			`UPDATE customer_stats SET visits = visits + 3 WHERE merchant_id = $1`,
		} {
			if _, err := tx.PG().Exec(tx.Ctx(), sql, tx.MerchantID()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	refresh(t, shop, day)
	want := expected(known(all, day))
	for id, f := range stored(t, shop) {
		if f != want[id] {
			t.Errorf("customer %d: %+v, want %+v", id, f, want[id])
		}
	}
}

// Most people came once: they share a class, the classes are fewer than five and say so.
func TestEqualValuesShareAClass(t *testing.T) { // D-31
	t.Parallel()
	shop := storetest.New(t)
	day := calendar.MustParse("2026-11-23")
	var all []bought
	for i := range int64(100) {
		for v := range 1 + max(0, i-50)/20 {
			all = append(all, bought{i + 1, day.AddDays(-int(v)), 1000, 0})
		}
	}
	fill(t, shop, 100, all)
	refresh(t, shop, day)
	var grid insights.Grid
	read(t, shop, func(tx *store.Tx) (err error) { grid, err = insights.ReadGrid(tx); return err })
	if got := grid.Frequency.Classes(); got != 2 || !slices.Equal(grid.Frequency.Places(), []int{3, 5}) {
		t.Errorf("%d classes at %v", got, grid.Frequency.Places())
	}
	if grid.Recency.Classes() != 1 || grid.At(5, 3).People != 70 || grid.At(5, 5).People != 30 || grid.People != 100 || grid.AsOf != day {
		t.Errorf("%+v", grid)
	}
}

func read(t testing.TB, shop *storetest.Shop, fn func(*store.Tx) error) {
	t.Helper()
	if err := store.ReadTx(t.Context(), shop.DB, shop.MerchantID, fn); err != nil {
		t.Fatal(err)
	}
}

func TestRefreshTwiceChangesNothingAndFollowsTheDay(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	all := invent(t, shop, 120, 4)
	day := calendar.MustParse("2026-11-23")
	refresh(t, shop, day)
	first := stored(t, shop)
	refresh(t, shop, day)
	for id, f := range stored(t, shop) {
		if first[id] != f {
			t.Errorf("customer %d changed from %+v to %+v", id, first[id], f)
		}
	}
	later := day.AddDays(200)
	refresh(t, shop, later)
	want := expected(known(all, later))
	for id, f := range stored(t, shop) {
		if f != want[id] {
			t.Errorf("customer %d after 200 days: %+v, want %+v", id, f, want[id])
		}
	}
}

func TestSharesAreExact(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	all := invent(t, shop, 300, 5)
	day := calendar.MustParse("2026-11-23")
	refresh(t, shop, day)
	people := known(all, day)
	for _, thresholds := range [][]int64{nil, {0}, {1}, {10_000, 50_000}, {12_345, 12_345, 99_999, 1_000_000}, {50_000, 150_000, 450_000}} {
		var shares []insights.Share
		read(t, shop, func(tx *store.Tx) error {
			s, err := insights.ReadSpending(tx)
			if err != nil {
				return err
			}
			shares, err = insights.Shares(tx, s, thresholds)
			return err
		})
		want := make([]insights.Share, len(thresholds)+1)
		for _, p := range people {
			i := 0
			for i < len(thresholds) && p.year >= thresholds[i] {
				i++
			}
			want[i].People++
			want[i].Spend += p.year
		}
		for i, w := range want {
			if i > 0 {
				w.From = thresholds[i-1]
			}
			if shares[i] != w {
				t.Errorf("%v share %d: %+v, want %+v", thresholds, i, shares[i], w)
			}
		}
	}
}

// The home store is that of most days; of equal ones that of the last.
func TestTheHomeStore(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	day := calendar.MustParse("2026-11-23")
	fill(t, shop, 3, []bought{{1, day, 1000, 0}, {1, day - 1, 1000, 0}, {1, day - 2, 1000, 0}, {2, day, 1000, 0}, {2, day - 1, 1000, 0}, {3, day, 1000, 0}})
	at := func(sql string) {
		t.Helper()
		if _, err := shop.DB.Pool().Exec(t.Context(), sql, shop.MerchantID); err != nil {
			t.Fatal(err)
		}
	}
	at(`INSERT INTO stores (merchant_id, code, name, created_at) SELECT $1, 's' || i, 's' || i, '2020-01-01' FROM generate_series(1, 2) i`)
	at(`UPDATE orders SET store_id = (SELECT id FROM stores s WHERE s.merchant_id = $1 AND s.code = CASE WHEN business_date = '2026-11-23' THEN 's2' ELSE 's1' END)
		WHERE merchant_id = $1 AND customer_id < 3`)
	refresh(t, shop, day)
	var got string
	err := shop.DB.Pool().QueryRow(t.Context(), `SELECT string_agg(f.customer_id || ' ' || coalesce(s.code, '-'), ', ' ORDER BY f.customer_id)
		FROM customer_facts f LEFT JOIN stores s ON s.merchant_id = f.merchant_id AND s.id = f.home_store WHERE f.merchant_id = $1`, shop.MerchantID).Scan(&got)
	if want := "1 s1, 2 s2, 3 -"; err != nil || got != want {
		t.Errorf("%s %v, want %s", got, err, want)
	}
}
