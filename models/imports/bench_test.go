package imports

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// invented writes a file of purchases: orders of people over two years, the same for the same numbers.
func invented(orders, people int) string {
	var b strings.Builder
	b.WriteString("customer_id,date,amount\n")
	seed := uint64(1)
	for range orders {
		seed = seed*6364136223846793005 + 1442695040888963407
		person, day, amount := seed>>33%uint64(people), seed>>20%700, 1000+seed>>7%50_000
		fmt.Fprintf(&b, "C%06d,%s,%d\n", person, time.Date(2024, 12, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(day)).Format("2006-01-02"), amount)
	}
	return b.String()
}

// floor posts the same purchases by one statement a table: no engine, no tiers, no digests, one lot and one entry an order.
// It is the cost of writing the rows with their indexes and foreign keys, staged rows sorted by customer.
var floor = []string{
	`CREATE TEMPORARY TABLE stage (ext text, day date, amount bigint)`,
	`INSERT INTO customers (merchant_id, external_id, created_at, updated_at) SELECT DISTINCT $1::bigint, ext, now(), now() FROM stage ORDER BY ext`,
	`INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at) SELECT $1, (SELECT min(id) FROM programs), id, 'floor-' || id, now() FROM customers WHERE merchant_id = $1`,
	`INSERT INTO accounts (merchant_id, membership_id, unit) SELECT $1, id, 'points' FROM memberships WHERE merchant_id = $1`,
	`CREATE TEMPORARY TABLE posted AS SELECT c.id AS customer, a.id AS account, m.id AS membership, s.day, s.amount,
		row_number() OVER (PARTITION BY c.id ORDER BY s.day) AS seq, row_number() OVER (ORDER BY c.id, s.day) AS n, $1::bigint AS merchant
		FROM stage s JOIN customers c ON c.merchant_id = $1 AND c.external_id = s.ext JOIN memberships m ON m.customer_id = c.id JOIN accounts a ON a.membership_id = m.id`,
	`INSERT INTO orders (merchant_id, source, external_id, customer_id, membership_id, placed_at, business_date, total, basis, content_hash, import_id, recorded_at)
		SELECT merchant, 'import', 'row:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hS:' || n, customer, membership, day, day, amount, amount, sha256('x'), 1, now() FROM posted ORDER BY n`,
	`INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, order_id, version, rule, why, digest)
		SELECT merchant, account, seq, 'earn', 'available', amount / 1000, day, day, now(), 'order:import:row:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hS:' || n, n, 1, 'buy', '\x0102030405060708', sha256('x') FROM posted ORDER BY n`,
	`INSERT INTO lots (merchant_id, account_id, seq, bucket, points, remaining, earned_at, expires_on, cause, order_id, rule)
		SELECT merchant, account, seq, 'available', amount / 1000, amount / 1000, day, day + 400, 'order:import:row:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hS:' || n, n, 'buy' FROM posted ORDER BY n`,
	`UPDATE accounts a SET available = p.points, last_seq = p.seq, last_at = p.day, last_digest = sha256('x') FROM (SELECT account, sum(amount / 1000) AS points, max(seq) AS seq, max(day) AS day FROM posted GROUP BY 1) p WHERE a.merchant_id = $1 AND a.id = p.account`,
	`INSERT INTO customer_months (merchant_id, customer_id, month, orders, visits, gross) SELECT merchant, customer, date_trunc('month', day), count(*), count(DISTINCT day), sum(amount) FROM posted GROUP BY 1, 2, 3`,
	`INSERT INTO customer_stats (merchant_id, customer_id, orders, visits, gross, first_on, last_on) SELECT merchant, customer, count(*), count(DISTINCT day), sum(amount), min(day), max(day) FROM posted GROUP BY 1, 2`,
}

func (c *counter) floor(t testing.TB, file string) time.Duration {
	t.Helper()
	admin := c.Admin(t)
	run := func(sql string) {
		t.Helper()
		args := []any{c.MerchantID}
		if !strings.Contains(sql, "$1") {
			args = nil
		}
		if _, err := admin.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	run(floor[0])
	if _, err := admin.PgConn().CopyFrom(t.Context(), strings.NewReader(file), `COPY stage FROM STDIN (FORMAT csv, HEADER)`); err != nil {
		t.Fatal(err)
	}
	run(`BEGIN`)
	for _, sql := range floor[1:] {
		run(sql)
	}
	run(`COMMIT`)
	return time.Since(began)
}

// BenchmarkImport brings the same file in by the importer, as if, and by the floor, in turns on the same server, and says
// how they compare. The goal is a fifth of the floor's rate or more.
func BenchmarkImport(b *testing.B) {
	const orders, people = 50_000, 15_000
	file := invented(orders, people)
	var ours, floors time.Duration
	for b.Loop() {
		c := open(b)
		c.won(b)
		floors += c.floor(b, file)
		c = open(b)
		c.won(b)
		c.desk.Refresh = nil
		imp := c.upload(b, "orders.csv", file)
		c.choose(b, imp.ID, Choice{Mode: AsIf})
		c.step(b, imp.ID, c.desk.StartCheck)
		began := time.Now()
		if done := c.step(b, imp.ID, c.desk.StartRun); done.Counts.New != orders {
			b.Fatalf("%+v", done.Counts)
		}
		ours += time.Since(began)
	}
	rate := func(d time.Duration) float64 { return float64(orders*b.N) / d.Seconds() }
	b.ReportMetric(rate(ours), "orders/s")
	b.ReportMetric(rate(floors), "floor/s")
	b.ReportMetric(float64(floors)/float64(ours), "of-floor")
	b.ReportMetric(0, "ns/op")
}
