package handlers

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"dangol/models/tasks"
	"dangol/views/paths"
)

// sends uploads a file by the form's fields.
func (b *browser) sends(path, name, content string) *answer {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		b.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header = b.header.Clone()
	r.Header.Set("Content-Type", w.FormDataContentType())
	return b.do(r)
}

// works does what the sweep would find.
func (s *site) works(t testing.TB) {
	t.Helper()
	due, err := tasks.Sweep(t.Context(), s.DB)
	if err != nil || len(due) == 0 {
		t.Fatalf("nothing to do: %v", err)
	}
	for _, d := range due {
		if err := s.server.Desk.Work(t.Context(), s.DB, d.MerchantID, d.ID); err != nil {
			t.Fatal(err)
		}
	}
}

const purchases = "이름,휴대폰,구매일,금액\n김마야,010-1234-5678,2026-10-01,12000\n박하늘,1022223333,2026-10-02,5000\n모름,,2026-10-02,5000\n"

func TestAFileIsBroughtInStepByStep(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.owner(t)
	if !b.get(paths.Imports).want(200).says(paths.NewImport) {
		t.Error("an empty list leads nowhere")
	}
	b.get(paths.NewImport).want(200)
	b.sends(paths.Imports, "주문.csv", purchases).wantGo("/imports/1/mapping")

	b.get("/imports/1").wantGo("/imports/1/mapping")
	doc := b.get("/imports/1/mapping").want(200).doc()
	for name, want := range map[string]string{"field_0": "name", "field_1": "phone", "field_2": "date", "field_3": "amount"} {
		if got := doc.Find("select[name="+name+"] option[selected]").AttrOr("value", "-"); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	b.post("/imports/1/mapping", url.Values{"field_0": {""}, "field_1": {""}, "field_2": {"date"}, "field_3": {"amount"}, "mode": {"record"}}).want(422)
	b.post("/imports/1/mapping", url.Values{"look": {"1"}, "encoding": {"cp949"}}).wantGo("/imports/1/mapping")
	if b.get("/imports/1/mapping").want(200).says("김마야") {
		t.Error("CP949 shows UTF-8 as it is")
	}
	b.post("/imports/1/mapping", url.Values{"look": {"1"}, "encoding": {"utf-8"}}).wantGo("/imports/1/mapping")

	fields := url.Values{"field_0": {"name"}, "field_1": {"phone"}, "field_2": {"date"}, "field_3": {"amount"}, "mode": {"record"}, "reason": {"첫날"}}
	b.post("/imports/1/mapping", fields).wantGo("/imports/1")
	progress := b.htmx().get("/imports/1/progress").want(200)
	tag := progress.Header().Get("HX-PTag")
	again := b.htmx()
	again.header.Set("HX-PTag", tag)
	if tag == "" || again.get("/imports/1/progress").Code != http.StatusNotModified {
		t.Errorf("nothing has changed since %q", tag)
	}
	s.works(t)
	checked := b.get("/imports/1").want(200)
	if !checked.says("010-1234-5678") || !checked.says("/imports/1/run") || checked.doc().Find("#faults tbody tr").Length() != 1 {
		t.Errorf("dry run: %.3000s", checked.Body)
	}
	if n := s.count(t, `SELECT count(*) FROM customers`); n != 0 {
		t.Errorf("a dry run made %d customers", n)
	}
	errors := b.get("/imports/1/errors.csv").want(200)
	if !strings.HasPrefix(errors.Body.String(), "\ufeff이름,휴대폰,구매일,금액,") || !errors.says("누구인지 알 수 없어요") || errors.Header().Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("%q %q", errors.Body, errors.Header())
	}

	b.post("/imports/1/run", url.Values{}).wantGo("/imports/1")
	b.post("/imports/1/run", url.Values{}).wantGo("/imports/1") // a second tap
	s.works(t)
	if n := s.count(t, `SELECT count(*) FROM orders`); n != 2 {
		t.Errorf("%d orders", n)
	}
	if done := b.get("/imports/1").want(200); !done.says("/imports/1/undo") {
		t.Error("no way back")
	}
	if !b.get(paths.Imports).want(200).says("주문.csv") {
		t.Error("not in the list")
	}
	b.post("/imports/1/undo", url.Values{}).wantGo("/imports/1")
	s.works(t)
	if n := s.count(t, `SELECT count(*) FROM orders WHERE withdrawn_at IS NULL`); n != 0 {
		t.Errorf("%d orders are left", n)
	}
	b.get("/imports/1").want(200)
	b.get("/imports/1/mapping").want(409) // the file is gone
}

func TestWhatIsNoTableIsRefusedInWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.owner(t)
	refused := b.sends(paths.Imports, "a.xlsx", "PK\x03\x04 xl/workbook.xml").want(422)
	if !refused.says("xlsx") || !refused.says("CSV") {
		t.Errorf("%.2000s", refused.Body)
	}
	b.post(paths.Imports, url.Values{}).want(422)
	b.header.Set("Accept-Language", "en")
	b.post(paths.Language, url.Values{"locale": {"en"}})
	if refused := b.sends(paths.Imports, "a.pdf", "%PDF-1.7").want(422); !refused.says("Save as CSV") {
		t.Errorf("%.2000s", refused.Body)
	}
	if n := s.count(t, `SELECT count(*) FROM imports`); n != 0 {
		t.Errorf("%d imports", n)
	}
}

func TestASlashedDateMustBeExplained(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.owner(t)
	b.sends(paths.Imports, "a.csv", "phone,date,amount\n01011112222,03/04/2026,5000\n").wantGo("/imports/1/mapping")
	fields := url.Values{"field_0": {"phone"}, "field_1": {"date"}, "field_2": {"amount"}, "mode": {"record"}}
	if asked := b.post("/imports/1/mapping", fields).want(422); asked.doc().Find("[name=date_order]").Length() == 0 {
		t.Error("the order of the dates is not asked for")
	}
	fields.Set("date_order", "dmy")
	b.post("/imports/1/mapping", fields).wantGo("/imports/1")
	s.works(t)
	b.post("/imports/1/run", url.Values{}).wantGo("/imports/1")
	s.works(t)
	if n := s.count(t, `SELECT count(*) FROM orders WHERE business_date = '2026-04-03'`); n != 1 {
		t.Error("the day is not the third of April")
	}
}
