package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dangol/handlers"
	"dangol/models"
	"dangol/models/imports"
	"dangol/models/people"
	"dangol/models/programs"
	"dangol/models/staff"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/models/tasks"
	"dangol/models/terms"
)

// TestCDNOWByScreenAndByCommandLine brings the same purchases into two shops, one through the pages and one at the command
// line; their ledgers are equal. That they are right is shown in models/imports.
func TestCDNOWByScreenAndByCommandLine(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("DANGOL_TESTDATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	file := filepath.Join(dir, "cdnow_master.csv.gz")
	if _, err := os.Stat(file); err != nil {
		t.Skipf("the CDNOW data are not there: %v", err)
	}
	d := storetest.Open(t)
	first, second := cdnowShop(t, d), cdnowShop(t, d)
	env := map[string]string{"DATABASE_URL": d.URL, "DANGOL_DATA": t.TempDir()}
	code, out, errOut := call(t, env, "import", "--merchant", strconv.FormatInt(first, 10), "--file", file, "--mode", "as_if", "--yes")
	if code != 0 || !strings.Contains(out, "done: 69659 rows, 69659 new") {
		t.Fatalf("%d %s %s", code, out, errOut)
	}
	throughPages(t, d, second, file)
	a, b := ledgerOf(t, d, first), ledgerOf(t, d, second)
	if a != b || a == "" {
		t.Errorf("command line %s, screen %s", a, b)
	}
}

// cdnowShop is a sandbox with a point a whole dollar, 12 months to the month's end, and tiers by 12-month spend.
func cdnowShop(t *testing.T, d *storetest.Database) int64 {
	t.Helper()
	clock := time.Date(1998, 7, 1, 4, 0, 0, 0, time.UTC)
	id := d.AddMerchant(t, "America/New_York", "USD", &clock)
	doc := terms.Terms{
		Schema: terms.Schema, Name: terms.Text{Ko: "단골", En: "Regulars"}, Currency: "USD",
		Units: []terms.Unit{{Code: "points", Kind: terms.Spendable, Name: terms.Text{Ko: "포인트", En: "point"}, Plural: terms.Text{Ko: "포인트", En: "points"},
			Worth: terms.Worth{Money: 1, Points: 1}, Expiry: terms.Expiry{Kind: terms.Rolling, Months: 12}}},
		Earning: []terms.Rule{{Code: "buy", Unit: "points", Name: terms.Text{Ko: "구매", En: "purchase"}, When: terms.OnPurchase,
			Award: terms.Formula{Kind: terms.PerAmount, Every: 100, Points: 1}}},
		Tiers: &terms.TierPlan{Metric: terms.MetricSpend, Window: terms.Window{Kind: terms.RollingMonths, Months: 12}, ReviewDay: 1,
			Validity: terms.Validity{Kind: terms.ValidForMonths, Months: 12}, Downgrade: terms.DownFull,
			Tiers: []terms.Tier{{Code: "basic", Name: terms.Text{Ko: "일반", En: "Basic"}}, {Code: "gold", Name: terms.Text{Ko: "골드", En: "Gold"}, Threshold: 20_000}}},
	}
	err := store.InTx(t.Context(), d.DB, id, func(tx *store.Tx) error {
		if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET settings = '{"expire_untold": true}' WHERE id = $1`, id); err != nil {
			return err
		}
		if _, err := programs.CreateIn(tx, models.Actor{}, "shop", doc.Encode()); err != nil {
			return err
		}
		_, err := programs.PublishIn(tx, models.Actor{}, "shop", models.PublishParams{EffectiveFrom: time.Date(1997, 1, 1, 5, 0, 0, 0, time.UTC), AsIf: true})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// throughPages does what an owner does in a browser.
func throughPages(t *testing.T, d *storetest.Database, merchantID int64, file string) {
	t.Helper()
	desk := &imports.Desk{DB: d.DB, Folder: t.TempDir()}
	server, err := handlers.New(handlers.Deps{DB: d.DB, Log: slog.New(slog.DiscardHandler), Secret: bytes.Repeat([]byte{7}, 32), URL: "http://127.0.0.1:8080", Desk: desk})
	if err != nil {
		t.Fatal(err)
	}
	send := signedIn(t, d, server, merchantID)
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", filepath.Base(file))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	mapping := send("/imports", form.FormDataContentType(), &body)
	page := strings.TrimSuffix(mapping, "/mapping")
	fields := url.Values{"field_0": {"ext"}, "field_1": {"date"}, "field_2": {""}, "field_3": {"amount"}, "mode": {"as_if"}}
	for _, step := range []struct {
		path string
		form url.Values
	}{{mapping, fields}, {page + "/run", url.Values{}}} {
		send(step.path, "application/x-www-form-urlencoded", strings.NewReader(step.form.Encode()))
		due, err := tasks.Sweep(t.Context(), d.DB)
		if err != nil || len(due) != 1 {
			t.Fatalf("%d tasks after %s, %v", len(due), step.path, err)
		}
		if err := desk.Work(t.Context(), d.DB, due[0].MerchantID, due[0].ID); err != nil {
			t.Fatal(err)
		}
	}
}

// signedIn gives what sends a form as the shop's owner and tells where the answer leads.
func signedIn(t *testing.T, d *storetest.Database, server http.Handler, merchantID int64) func(path, contentType string, body io.Reader) string {
	t.Helper()
	var person *models.Person
	err := store.InTx(t.Context(), d.DB, merchantID, func(tx *store.Tx) (err error) {
		person, err = staff.AddNew(tx, people.NewPerson{Email: "owner@cafe.test", Name: "주인"}, "$argon2id$none", staff.Params{Role: models.Owner})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	token, err := people.StartSession(t.Context(), d.DB, person.ID, merchantID, people.Origin{Address: "192.0.2.1", Agent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return func(path, contentType string, body io.Reader) string {
		t.Helper()
		r := httptest.NewRequest(http.MethodPost, path, body)
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.AddCookie(&http.Cookie{Name: "__Host-dangol", Value: token})
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d %.1000s", path, w.Code, w.Body)
		}
		return w.Header().Get("Location")
	}
}

// ledgerOf is the ledger of a shop in one line, whatever ids its rows have.
func ledgerOf(t *testing.T, d *storetest.Database, merchantID int64) (text string) {
	t.Helper()
	var entries, sum int64
	err := d.DB.Pool().QueryRow(t.Context(), `SELECT count(*), coalesce(sum(hashtextextended(concat_ws('|', c.external_id, e.seq, e.kind, e.bucket, e.points, e.at, e.cause), 0)::numeric % 1000000007), 0)::bigint
		FROM entries e
		JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id
		JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id
		JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id
		WHERE e.merchant_id = $1`, merchantID).Scan(&entries, &sum)
	if err != nil {
		t.Fatal(err)
	}
	if entries == 0 {
		return ""
	}
	return fmt.Sprintf("%d entries, %d", entries, sum)
}
