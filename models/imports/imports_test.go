package imports

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/korean"

	"dangol/models"
	"dangol/models/store"
)

var past = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

const orders1 = `고객명,휴대폰,결제일시,결제금액,주문번호
김마야,010-1234-5678,2026-10-01 12:30,"12,000원",A1
김마야,1012345678,2026. 10. 15.,8000,A2
박하늘,010-2222-3333,46300,5500,A3
`

func TestAFileBecomesCustomersAndPurchases(t *testing.T) {
	t.Parallel()
	c := open(t)
	imp := c.upload(t, "C:\\내 문서\\주문.csv", orders1)
	if imp.FileName != "주문.csv" || fmt.Sprint(imp.Mapping) != "[name phone date amount order]" || imp.Mode != Record {
		t.Errorf("%+v", imp)
	}
	checked := c.step(t, imp.ID, c.desk.StartCheck)
	want := Counts{Rows: 3, New: 3, Customers: 2, Repairs: map[string]int64{"phone_zero": 1, "date_serial": 1}, Amount: 25500, First: "2026-10-01", Last: "2026-10-15"}
	if got := checked.Counts; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("dry run %+v\nwant    %+v", got, want)
	}
	if n := c.number(t, `SELECT count(*) FROM customers`) + c.number(t, `SELECT count(*) FROM orders`); n != 0 {
		t.Errorf("a dry run wrote %d rows", n)
	}
	done := c.step(t, imp.ID, c.desk.StartRun)
	if task := c.task(t, imp.ID); done.State != Done || task.Percent() != 100 {
		t.Errorf("%+v", done)
	}
	if n := c.number(t, `SELECT sum(s.gross) FROM customers c JOIN customer_stats s ON s.customer_id = c.id WHERE c.phone = '+821012345678' AND c.name = '김마야'`); n != 20000 {
		t.Errorf("Maya bought for %d", n)
	}
	if n := c.number(t, `SELECT count(*) FROM customer_search WHERE token = 'ㄱㅁㅇ'`); n != 1 {
		t.Error("Maya is not found by her initials")
	}
	if n := c.number(t, `SELECT count(*) FROM orders WHERE placed_at = '2026-10-01 03:30Z' AND business_date = '2026-10-01' AND has_time AND membership_id IS NULL`); n != 1 {
		t.Error("the first purchase is not at half past twelve in Seoul")
	}
	if _, err := os.Stat(c.desk.path(c.MerchantID, imp.ID)); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
	for _, table := range []string{"import_rows", "import_people", "import_chunks"} {
		if n := c.number(t, `SELECT count(*) FROM `+table); n != 0 {
			t.Errorf("%d rows left in %s", n, table)
		}
	}
}

func TestTheSameFileAgainIsKnown(t *testing.T) {
	t.Parallel()
	c := open(t)
	for name, text := range map[string]string{
		"numbered": orders1,
		"unnumbered": "phone,date,amount\n" + strings.Repeat("010-1111-2222,2026-10-01,5000\n", 3) + // three equal purchases of a day
			"010-1111-2222,2026-10-02,5000\n",
	} {
		first := c.bring(t, text, Choice{})
		again := c.bring(t, text, Choice{})
		if first.Counts.New == 0 || again.Counts.New != 0 || again.Counts.Known != first.Counts.New || again.Counts.Customers != 0 {
			t.Errorf("%s: first %+v, again %+v", name, first.Counts, again.Counts)
		}
	}
	// Written differently, with a column more, and with one purchase more: still the same purchases.
	other := c.bring(t, "구매일,금액(원),연락처,상품\n2026. 10. 1.,\"5,000\",1011112222,커피\n2026-10-03,5000,010 1111 2222,차\n", Choice{})
	if other.Counts.New != 1 || other.Counts.Known != 1 {
		t.Errorf("%+v", other.Counts)
	}
}

func TestAnOrderNumberOfOtherContentIsAnError(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.bring(t, "phone,date,amount,order no\n01011112222,2026-10-01,5000,A1\n", Choice{})
	imp := c.bring(t, "phone,date,amount,order no\n01011112222,2026-10-01,6000,A1\n01011112222,2026-10-02,7000,A2\n01011112222,2026-10-02,7000,A2\n01011112222,2026-10-02,7001,A2\n", Choice{})
	if got := fmt.Sprint(c.faults(t, imp.ID)); got != "[{2 4 order_changed A1} {5 4 order_twice A2}]" {
		t.Error(got)
	}
	if imp.Counts.New != 1 || imp.Counts.Known != 1 || imp.Counts.Changed != 2 || c.number(t, `SELECT sum(total) FROM orders`) != 12000 {
		t.Errorf("%+v", imp.Counts)
	}
}

func TestEveryFaultHasItsPlace(t *testing.T) {
	t.Parallel()
	c := open(t)
	imp := c.upload(t, "bad.csv", "phone,date,amount,name\n"+
		"01011112222,2026-10-01,-5000,a\n"+
		"1.01235E+09,2026-10-01,5000,a\n"+
		"01011112222,2026-13-01,5000,a\n"+
		"01011112222,2026-12-25,5000,a\n"+
		"01011112222,2026-10-01,5000\n"+
		",2026-10-01,5000,a\n"+
		"01011112222,2026-10-01,12.5,a\n"+
		"01011112222,2026-10-01,5000,\u202eevil\n"+
		"01011112222,2026-10-01,5000,"+strings.Repeat("긴", models.MaxName+1)+"\n"+
		"01011112222,2026-10-01,5000,=cmd()\n")
	checked := c.step(t, imp.ID, c.desk.StartCheck)
	want := "[{2 3 amount_negative -5000} {3 1 phone_rounded 1.01235E+09} {4 2 date_not_there 2026-13-01} {5 2 date_future 2026-12-25} " +
		"{6 4 ragged } {7 1 customer_missing } {8 3 amount_decimals 12.5} {9 4 text \u202eevil} {10 4 text " + strings.Repeat("긴", 61) + "}]"
	if got := fmt.Sprint(c.faults(t, imp.ID)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if checked.Counts.Errors != 9 || checked.Counts.New != 1 {
		t.Errorf("%+v", checked.Counts)
	}
	var out bytes.Buffer
	c.tx(t, func(tx *store.Tx) error {
		return WriteErrors(tx, imp.ID, &out, "이유", func(f Fault) string { return f.Code })
	})
	text := out.String()
	if !strings.HasPrefix(text, "\ufeffphone,date,amount,name,이유\n01011112222,2026-10-01,'-5000,a,amount_negative\n") ||
		!strings.Contains(text, "01011112222,2026-10-01,5000,,ragged\n") {
		t.Errorf("error file: %s", text)
	}
}

// The error file, mended where it was wrong, comes in: our own apostrophes are no part of a cell.
func TestTheErrorFileIsReadBack(t *testing.T) {
	t.Parallel()
	c := open(t)
	imp := c.bring(t, "ext,mobile,date,amount,이유\n'=1+1,'+82 10-1111-2222,2026-10-01,'5000,\n", Choice{Mapping: Mapping{Ext, Phone, Date, Amount, Ignore}})
	if got := c.faults(t, imp.ID); len(got) != 1 || got[0].Code != "amount_unreadable" {
		t.Errorf("an apostrophe before a digit is not ours: %+v", got)
	}
	c.bring(t, "ext,mobile,date,amount,이유\n'=1+1,'+82 10-1111-2222,2026-10-01,5000,\n", Choice{Mapping: Mapping{Ext, Phone, Date, Amount, Ignore}})
	if n := c.number(t, `SELECT count(*) FROM customers WHERE external_id = '=1+1' AND phone = '+821011112222'`); n != 1 {
		t.Error("not read back")
	}
}

func TestCP949AndARememberedHeader(t *testing.T) {
	t.Parallel()
	c := open(t)
	encode := func(s string) string {
		out, err := korean.EUCKR.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first := c.upload(t, "a.csv", encode("누구;언제;얼마\n똠방각하;22/10/2026;5000\n"))
	if first.Encoding != "cp949" || first.Delim != ';' || first.Header[0] != "누구" || fmt.Sprint(first.Mapping) != "[  ]" {
		t.Errorf("%+v", first)
	}
	p := c.choose(t, first.ID, Choice{Mapping: Mapping{Ext, Date, Amount}})
	if !p.AskOrder || p.Rows[0][0] != "똠방각하" {
		t.Errorf("%+v", p)
	}
	c.choose(t, first.ID, Choice{DateOrder: DayFirst})
	c.step(t, first.ID, c.desk.StartCheck)
	c.step(t, first.ID, c.desk.StartRun)

	second := c.upload(t, "b.csv", "누구,언제,얼마\n뷁,03/04/2026,5000\n")
	if fmt.Sprint(second.Mapping) != "[ext date amount]" || second.Options.DateOrder != DayFirst {
		t.Errorf("not remembered: %+v", second)
	}
	wrong := c.choose(t, second.ID, Choice{Encoding: "cp949"})
	if wrong.Header[0] == "누구" {
		t.Error("another encoding reads the header anew")
	}
	right := c.choose(t, second.ID, Choice{Encoding: "utf-8"})
	if right.Header[0] != "누구" || fmt.Sprint(right.Mapping) != "[ext date amount]" {
		t.Errorf("%+v", right)
	}
}

func TestAFileWithoutAHeader(t *testing.T) {
	t.Parallel()
	c := open(t)
	imp := c.upload(t, "a.csv", "010-1111-2222,2026-10-01,5000\n010-1111-2222,2026-10-02,6000\n")
	if !imp.Options.NoHeader || len(imp.Mapping) != 3 {
		t.Fatalf("%+v", imp)
	}
	c.choose(t, imp.ID, Choice{Mapping: Mapping{Phone, Date, Amount}})
	if got := c.step(t, imp.ID, c.desk.StartCheck); got.Counts.New != 2 {
		t.Errorf("%+v", got.Counts)
	}
	no := false
	if p := c.choose(t, imp.ID, Choice{NoHeader: &no}); len(p.Rows) != 1 || p.Header[0] != "010-1111-2222" {
		t.Errorf("%+v", p)
	}
}

func TestPeopleAreFoundByAnyOfTheirNames(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.bring(t, "phone,name\n010-1111-2222,\n010-3333-4444,이둘\n", Choice{})
	imp := c.bring(t, "회원번호,phone,name,email,생일\n"+
		"7,010-1111-2222,김하나,HANA@example.kr,음력 1990-11-20\n"+ // known by phone: gets the rest
		"8,010-3333-4444,다른이름,,\n"+ // the name that the shop has stays
		"9,010-1111-2222,,,\n"+ // the phone is 7's
		",010-1111-2222,김하나,,\n"+ // 7 again
		",,,hana@example.kr,\n", Choice{}) // and again
	if got := imp.Counts; got.Customers != 1 || got.Filled != 2 || got.Repairs["contact_taken"] != 1 || got.Errors != 0 {
		t.Errorf("%+v", got)
	}
	for _, sql := range []string{
		`SELECT count(*) FROM customers WHERE phone = '+821011112222' AND name = '김하나' AND email = 'hana@example.kr' AND external_id = '7'
			AND birth_calendar = 'lunar' AND birth_year = 1990 AND birth_month = 11 AND birth_day = 20 AND birth_set_at IS NOT NULL`,
		`SELECT count(*) FROM customers WHERE phone = '+821033334444' AND name = '이둘' AND external_id = '8'`,
		`SELECT count(*) FROM customers WHERE phone IS NULL AND external_id = '9'`,
	} {
		if n := c.number(t, sql); n != 1 {
			t.Errorf("%d: %s", n, sql)
		}
	}
	if n := c.number(t, `SELECT count(*) FROM customers`); n != 3 {
		t.Errorf("%d customers", n)
	}
	if n := c.number(t, `SELECT count(*) FROM customer_search WHERE token = 'ㄱㅎㄴ'`); n != 1 {
		t.Error("a filled name is not found")
	}
	again := c.bring(t, "회원번호,phone,name\n7,010-1111-2222,김하나\n", Choice{})
	if again.Counts.Known != 1 || again.Counts.New != 0 || again.Counts.Filled != 0 {
		t.Errorf("again: %+v", again.Counts)
	}
}

func TestAnotherShopsCustomersAreNobody(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.bring(t, orders1, Choice{})
	other := &counter{Shop: c.Shop, desk: c.desk}
	shop := *c.Shop
	shop.MerchantID = c.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	other.Shop = &shop
	if imp := other.bring(t, orders1, Choice{}); imp.Counts.New != 3 || imp.Counts.Customers != 2 {
		t.Errorf("%+v", imp.Counts)
	}
	err := store.InTx(t.Context(), c.DB, other.MerchantID, func(tx *store.Tx) error { _, err := Find(tx, 1); return err })
	if models.KindOf(err) != models.NotFound {
		t.Errorf("another shop's import: %v", err)
	}
}

func TestUploadRefusesWhatIsNoTable(t *testing.T) {
	t.Parallel()
	c := open(t)
	for text, want := range map[string]string{
		"%PDF-1.7":                     "file_not_csv pdf",
		"PK\x03\x04 xl/workbook.xml":   "file_not_csv xlsx",
		"":                             "file_empty ",
		strings.Repeat("a,", 300) + "": "file_header <nil>",
	} {
		_, err := c.desk.Upload(t.Context(), c.MerchantID, models.Actor{}, "x", strings.NewReader(text))
		e, ok := err.(*models.Error)
		if !ok || len(e.Fields) != 1 || e.Fields[0].Field != "file" || fmt.Sprint(e.Fields[0].Code, " ", e.Fields[0].Args["kind"]) != want {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
	left, err := os.ReadDir(c.desk.Folder)
	if err != nil || len(left) != 0 {
		t.Errorf("files left behind: %v %v", left, err)
	}
	if n := c.number(t, `SELECT count(*) FROM imports`); n != 0 {
		t.Errorf("%d imports", n)
	}
}

// zeros never end.
type zeros struct{ read int64 }

func (z *zeros) Read(p []byte) (int, error) {
	clear(p)
	z.read += int64(len(p))
	return len(p), nil
}

func TestAnEndlessUploadIsCutOff(t *testing.T) {
	if testing.Short() {
		t.Skip("writes half a gigabyte")
	}
	c := open(t)
	z := &zeros{}
	_, err := c.desk.Upload(t.Context(), c.MerchantID, models.Actor{}, "zeros.csv", z)
	if e, ok := err.(*models.Error); !ok || e.Fields[0].Code != "file_too_large" {
		t.Errorf("%v", err)
	}
	if z.read > 513<<20 {
		t.Errorf("read %d bytes", z.read)
	}
}

func TestStepsHaveTheirOrder(t *testing.T) {
	t.Parallel()
	c := open(t)
	imp := c.upload(t, "a.csv", orders1)
	if _, err := c.desk.StartRun(t.Context(), c.MerchantID, imp.ID, models.Actor{}); models.KindOf(err) != models.Conflict {
		t.Errorf("run before the check: %v", err)
	}
	if _, err := c.desk.StartUndo(t.Context(), c.MerchantID, imp.ID, models.Actor{}); models.KindOf(err) != models.Conflict {
		t.Errorf("undo before the run: %v", err)
	}
	c.choose(t, imp.ID, Choice{Mapping: Mapping{Ignore, Ignore, Date, Amount, Ignore}})
	if _, err := c.desk.StartCheck(t.Context(), c.MerchantID, imp.ID, models.Actor{}); models.KindOf(err) != models.Invalid {
		t.Errorf("nobody is named: %v", err)
	}
	c.choose(t, imp.ID, Choice{Mapping: Mapping{Name, Phone, Date, Amount, OrderID}})
	c.step(t, imp.ID, c.desk.StartCheck)
	c.choose(t, imp.ID, Choice{Mapping: Mapping{Ignore, Phone, Date, Amount, OrderID}})
	if _, err := c.desk.StartRun(t.Context(), c.MerchantID, imp.ID, models.Actor{}); models.KindOf(err) != models.Conflict {
		t.Errorf("another choice asks for another check: %v", err)
	}
}
