package imports

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
)

// The CDNOW data (69,659 purchases of 23,570 customers, 1997-01-01 to 1998-06-30) stand beside the repository or where
// DANGOL_TESTDATA says.
func cdnow(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("DANGOL_TESTDATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	path, err := filepath.Abs(filepath.Join(dir, "cdnow_master.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the CDNOW data are not there: %v", err)
	}
	return path
}

var (
	cdnowClock = time.Date(1998, 7, 1, 4, 0, 0, 0, time.UTC) // midnight in New York
	cdnowLater = time.Date(1998, 10, 1, 4, 0, 0, 0, time.UTC)
	cdnowFrom  = time.Date(1997, 1, 1, 5, 0, 0, 0, time.UTC)
)

// cdnowShop is a sandbox with a point a whole dollar and tiers at 100 and 500 dollars, and the file uploaded and checked.
func cdnowShop(t testing.TB) (*counter, Import) {
	t.Helper()
	path := cdnow(t)
	c := sandbox(t, "America/New_York", "USD", cdnowClock)
	c.publish(t, "USD", 100, 10_000, 50_000, cdnowFrom)
	return c, c.cdnowChecked(t, path)
}

func (c *counter) cdnowChecked(t testing.TB, path string) Import {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	imp, err := c.desk.Upload(t.Context(), c.MerchantID, models.Actor{}, "cdnow_master.csv.gz", file)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(imp.Mapping); got != "[ext date  amount]" {
		t.Errorf("columns: %s", got)
	}
	c.choose(t, imp.ID, Choice{Mode: AsIf})
	return c.step(t, imp.ID, c.desk.StartCheck)
}

// byHand calculates each customer's points from the file itself: the first of the month after next year's same month is the
// first day on which a purchase's points are gone.
const byHand = `
WITH bought AS (
    SELECT ext, on_day, floor(cents / 100)::bigint AS points,
           (date_trunc('month', on_day + interval '12 months') + interval '1 month')::date AS gone
    FROM cdnow),
by_hand AS (
    SELECT ext, sum(points) AS earned, coalesce(sum(points) FILTER (WHERE gone <= $2::date), 0) AS expired FROM bought GROUP BY ext),
posted AS (
    SELECT c.external_id AS ext,
           coalesce(sum(e.points) FILTER (WHERE e.kind = 'earn'), 0) AS earned,
           coalesce(-sum(e.points) FILTER (WHERE e.kind = 'expire'), 0) AS expired,
           max(a.available) AS open
    FROM customers c
    JOIN memberships m ON m.merchant_id = c.merchant_id AND m.customer_id = c.id
    JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
    LEFT JOIN entries e ON e.merchant_id = a.merchant_id AND e.account_id = a.id
    WHERE c.merchant_id = $1 GROUP BY c.external_id)
SELECT count(*) FILTER (WHERE h.earned IS DISTINCT FROM p.earned OR h.expired IS DISTINCT FROM p.expired OR h.earned - h.expired IS DISTINCT FROM p.open),
       count(*), sum(p.earned)::bigint, sum(p.expired)::bigint, sum(p.open)::bigint
FROM by_hand h FULL JOIN posted p USING (ext)`

type totals struct{ Wrong, People, Earned, Expired, Open int64 }

func (c *counter) totals(t testing.TB, day string) (s totals) {
	t.Helper()
	err := c.DB.Pool().QueryRow(t.Context(), byHand, c.MerchantID, day).Scan(&s.Wrong, &s.People, &s.Earned, &s.Expired, &s.Open)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// loadByHand puts the file into a table of the test's own, without any code of ours.
func (c *counter) loadByHand(t testing.TB, path string) {
	t.Helper()
	text, err := exec.Command("gzip", "-dc", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	admin := c.Admin(t)
	_, err = admin.Exec(t.Context(), `CREATE TABLE cdnow_text (ext text, on_day date, cds int, dollars numeric);
		CREATE TABLE cdnow (ext text, on_day date, cents numeric); GRANT SELECT ON cdnow TO PUBLIC`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := admin.PgConn().CopyFrom(t.Context(), strings.NewReader(string(text)), `COPY cdnow_text FROM STDIN (FORMAT csv, HEADER)`); err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Exec(t.Context(), `INSERT INTO cdnow SELECT ext, on_day, dollars * 100 FROM cdnow_text;
		CREATE INDEX ON cdnow (ext, on_day); ANALYZE cdnow`); err != nil {
		t.Fatal(err)
	}
}

// moveClock does what the test clock's job does to points.
func (c *counter) moveClock(t testing.TB, to time.Time) {
	t.Helper()
	c.exec(t, `UPDATE merchants SET clock_at = $1 WHERE id = $2`, to, c.MerchantID)
	if _, err := ledger.SettleAll(t.Context(), c.DB, c.MerchantID, programs.Running); err != nil {
		t.Fatal(err)
	}
}

func TestCDNOW(t *testing.T) {
	t.Parallel()
	c, checked := cdnowShop(t)
	c.loadByHand(t, cdnow(t))
	if got := checked.Counts; got.Rows != 69_659 || got.New != 69_659 || got.Customers != 23_570 || got.Amount != 250_031_563 || got.Errors != 0 {
		t.Errorf("dry run: %+v", got)
	}
	if n := c.number(t, `SELECT count(*) FROM import_chunks`); n < 10 || n > 20 {
		t.Errorf("%d chunks, about 14 are meant", n)
	}
	began := time.Now()
	c.step(t, checked.ID, c.desk.StartRun)
	t.Logf("69,659 purchases in %v", time.Since(began).Round(time.Millisecond))

	now := c.totals(t, "1998-07-01")
	if now.Wrong != 0 || now.People != 23_570 || now.Earned <= 0 || now.Expired <= 0 || now.Open <= 0 {
		t.Errorf("1 July: %+v", now)
	}
	foreseen := checked.Counts.Points[0]
	if foreseen.Earned != now.Earned || foreseen.Expired != now.Expired || foreseen.Open != now.Open {
		t.Errorf("the dry run said %+v, it became %+v", foreseen, now)
	}
	c.tiersByHand(t)
	c.moveClock(t, cdnowLater)
	later := c.totals(t, "1998-10-01")
	if later.Wrong != 0 || later.Expired <= now.Expired || later.Open <= 0 || later.Earned != now.Earned {
		t.Errorf("1 October: %+v", later)
	}
	t.Logf("1 July %+v, 1 October %+v", now, later)

	c.verify(t)
	began = time.Now()
	again := c.cdnowChecked(t, cdnow(t))
	if got := again.Counts; got.New != 0 || got.Known != 69_659 || got.Customers != 0 {
		t.Errorf("again: %+v", got)
	}
	c.step(t, again.ID, c.desk.StartRun)
	t.Logf("the same file again in %v", time.Since(began).Round(time.Millisecond))
	if got := c.totals(t, "1998-10-01"); got != later {
		t.Errorf("importing again moved points: %+v", got)
	}
}

// verify proves the whole ledger.
func (c *counter) verify(t testing.TB) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), c.DB, programs.Running, c.MerchantID)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		t.Errorf("%+v", f)
	}
}

// tiersByHand compares who has ever risen with the largest sum of any 12 months that end with a purchase.
func (c *counter) tiersByHand(t testing.TB) {
	t.Helper()
	wrong := c.number(t, `
		WITH sums AS (
		    SELECT a.ext, max((SELECT sum(b.cents) FROM cdnow b WHERE b.ext = a.ext AND b.on_day <= a.on_day AND b.on_day > a.on_day - interval '12 months')) AS best
		    FROM cdnow a GROUP BY a.ext),
		by_hand AS (SELECT ext, CASE WHEN best >= 50000 THEN 2 WHEN best >= 10000 THEN 1 ELSE 0 END AS rank FROM sums),
		posted AS (
		    SELECT c.external_id AS ext, max(CASE t.to_code WHEN 'gold' THEN 2 WHEN 'silver' THEN 1 ELSE 0 END) AS rank
		    FROM customers c JOIN memberships m ON m.merchant_id = c.merchant_id AND m.customer_id = c.id
		    LEFT JOIN tier_changes t ON t.merchant_id = m.merchant_id AND t.membership_id = m.id
		    WHERE c.merchant_id = $1 GROUP BY 1)
		SELECT count(*) FROM by_hand h FULL JOIN posted p USING (ext) WHERE h.rank IS DISTINCT FROM coalesce(p.rank, 0)`, c.MerchantID)
	if wrong != 0 {
		t.Errorf("%d customers rose otherwise than by hand", wrong)
	}
}

// ledgerOf is the whole ledger of a shop as one number, whatever ids its rows have.
func (c *counter) ledgerOf(t testing.TB) int64 {
	t.Helper()
	return c.number(t, `SELECT sum(hashtextextended(concat_ws('|', c.external_id, e.seq, e.kind, e.bucket, e.points, e.at, e.occurred_at, e.cause, e.version, e.rule, e.reverses_seq, encode(e.why, 'hex')), 0)::numeric % 1000000007)::bigint
		FROM entries e
		JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id
		JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id
		JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id
		WHERE e.merchant_id = $1`, c.MerchantID)
}

// TestKilledImport imports in a process of its own that is killed with -9 while chunks 2, 5 and 9 are being written, and
// compares with an import that nobody disturbed.
func TestKilledImport(t *testing.T) {
	if testing.Short() {
		t.Skip("imports twice")
	}
	t.Parallel()
	whole, checked := cdnowShop(t)
	whole.step(t, checked.ID, whole.desk.StartRun)

	c, checked := cdnowShop(t)
	task, err := c.desk.StartRun(t.Context(), c.MerchantID, checked.ID, models.Actor{})
	if err != nil {
		t.Fatal(err)
	}
	wall := c.Clock.Now()
	for _, n := range []int64{2, 5, 9} {
		child := c.importer(t, task, wall)
		c.waitForChunks(t, checked.ID, n-1)
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := child.Wait(); err == nil || child.ProcessState.Success() {
			t.Fatalf("the process ended by itself before chunk %d", n)
		}
		if left := c.find(t, checked.ID); left.State != Running {
			t.Fatalf("killed in chunk %d and %s", n, left.State)
		}
		wall = wall.Add(time.Minute) // the dead one's lease runs out
	}
	last := c.importer(t, task, wall)
	if err := last.Wait(); err != nil {
		t.Fatal(err)
	}
	if got := c.find(t, checked.ID); got.State != Done {
		t.Fatalf("%s", got.State)
	}
	if a, b := whole.ledgerOf(t), c.ledgerOf(t); a != b || a == 0 {
		t.Errorf("undisturbed %d, killed %d", a, b)
	}
	c.verify(t)
	for _, table := range []string{"orders", "entries", "lots", "customers", "memberships", "tier_changes"} {
		sql := `SELECT count(*) FROM ` + table
		if a, b := whole.number(t, sql), c.number(t, sql); a != b {
			t.Errorf("%s: undisturbed %d, killed %d", table, a, b)
		}
	}
	sql := `SELECT sum(hashtextextended(concat_ws('|', month, orders, visits, gross), 0)::numeric % 1000000007)::bigint FROM customer_months`
	if a, b := whole.number(t, sql), c.number(t, sql); a != b {
		t.Errorf("months: undisturbed %d, killed %d", a, b)
	}
}

func (c *counter) waitForChunks(t testing.TB, id, n int64) {
	t.Helper()
	for start := time.Now(); c.number(t, `SELECT count(*) FROM import_chunks WHERE import_id = $1 AND done_at IS NOT NULL`, id) < n; {
		if time.Since(start) > 3*time.Minute {
			t.Fatalf("chunk %d is not done after three minutes", n)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// childEnv makes this test binary an importer: database, merchant, task, folder, wall time.
const childEnv = "DANGOL_TEST_IMPORTER"

func (c *counter) importer(t testing.TB, task int64, wall time.Time) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+strings.Join([]string{c.URL, strconv.FormatInt(c.MerchantID, 10), strconv.FormatInt(task, 10),
		c.desk.Folder, wall.Format(time.RFC3339)}, "\n"))
	cmd.Stdout, cmd.Stderr = io.Discard, os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

func TestMain(m *testing.M) {
	if order := os.Getenv(childEnv); order != "" {
		if err := importAs(strings.Split(order, "\n")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func importAs(order []string) error {
	merchant, err := strconv.ParseInt(order[1], 10, 64)
	if err != nil {
		return err
	}
	task, err := strconv.ParseInt(order[2], 10, 64)
	if err != nil {
		return err
	}
	wall, err := time.Parse(time.RFC3339, order[4])
	if err != nil {
		return err
	}
	db, err := store.Open(context.Background(), store.Config{URL: order[0], PoolSize: 4, Wall: func() time.Time { return wall }})
	if err != nil {
		return err
	}
	defer db.Close()
	desk := &Desk{DB: db, Folder: order[3]}
	return desk.Work(context.Background(), db, merchant, task)
}
