package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"dangol/models"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// fields reads a form as a browser would send it.
func fields(t *testing.T, doc *goquery.Document, selector string) url.Values {
	t.Helper()
	form := doc.Find(selector)
	if form.Length() != 1 {
		t.Fatalf("%d forms %s", form.Length(), selector)
	}
	values := url.Values{}
	form.Find("input[name], select[name], textarea[name]").Each(func(_ int, e *goquery.Selection) {
		name, _ := e.Attr("name")
		value := e.AttrOr("value", "")
		kind := e.AttrOr("type", "")
		_, checked := e.Attr("checked")
		switch {
		case goquery.NodeName(e) == "select":
			value = e.Find("option[selected]").AttrOr("value", e.Find("option").First().AttrOr("value", ""))
		case (kind == "checkbox" || kind == "radio") && !checked:
			return
		case kind == "checkbox" && value == "":
			value = "on"
		}
		values.Add(name, value)
	})
	return values
}

const editor = `form[action="/program/draft"][data-save]`

// promised puts the default programme of a shop in force.
func promised(t *testing.T, s *site, changes ...func(*terms.Terms)) {
	t.Helper()
	document := terms.Default(models.TradeUnknown, 12_000)
	for _, change := range changes {
		change(&document)
	}
	err := store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error {
		if _, err := programs.CreateIn(tx, models.Actor{}, programs.FirstCode, document.Encode()); err != nil {
			return err
		}
		_, err := programs.PublishIn(tx, models.Actor{}, programs.FirstCode, models.PublishParams{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A shop that has promised nothing yet finds what its trade starts with, and starts it as it is.
func TestTheFirstPromise(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.owner(t)
	doc := b.get("/program").want(http.StatusOK).doc()
	if sentence := doc.Find("#effect-sentence").Text(); !strings.Contains(sentence, "2%") || !strings.Contains(sentence, "1,000P") {
		t.Errorf("the sentence is %q", sentence)
	}
	form := fields(t, doc, editor)
	form.Set("then", "publish")
	b.post("/program/draft", form).wantGo("/program/publications")
	doc = b.get("/program/publications").want(http.StatusOK).doc()
	start := fields(t, doc, `form[action="/program/publications"]`)
	b.post("/program/publications", start).wantGo("/program")
	b.post("/program/publications", start).wantGo("/program") // tapped twice: started once
	doc = b.get("/program/versions").want(http.StatusOK).doc()
	if n := doc.Find("tbody tr").Length(); n != 1 {
		t.Errorf("%d versions", n)
	}
	if page := b.get("/program/versions/1").want(http.StatusOK); !page.says("2%") {
		t.Error("the version does not say what it gives")
	}
	b.get("/program/versions/2").want(http.StatusNotFound)
}

// What is typed is tried without being kept.
func TestTryingAPromise(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	b := s.owner(t)
	form := fields(t, b.get("/program").want(http.StatusOK).doc(), editor)
	form.Set("rate", "3")
	form.Set("tiers_on", "on")
	form.Set("example", "20,000")
	before := s.rowsOf(t, "program_drafts")
	answer := b.htmx().post("/program/preview", form).want(http.StatusOK)
	doc := answer.doc()
	if sentence := doc.Find("#effect-sentence").Text(); !strings.Contains(sentence, "3%") {
		t.Errorf("the sentence is %q", sentence)
	}
	if !answer.says("600P") || doc.Find("#effect-tiers table").Length() == 0 {
		t.Errorf("the example or the tiers are missing:\n%s", answer.Body)
	}
	form.Set("rate", "many")
	if answer := b.htmx().post("/program/preview", form).want(http.StatusOK); !answer.says("숫자") {
		t.Errorf("the fault is not told:\n%s", answer.Body)
	}
	if s.rowsOf(t, "program_drafts") != before {
		t.Error("a preview has changed the draft")
	}
}

// rowsOf sums a table up, revisions and all.
func (s *site) rowsOf(t *testing.T, table string) (sum string) {
	t.Helper()
	err := s.DB.Pool().QueryRow(t.Context(), `SELECT count(*) || ' ' || coalesce(string_agg(r::text, '' ORDER BY r::text), '') FROM `+table+` r`).Scan(&sum)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// Faults stand at their fields, a stale page changes nothing, and what was edited can be thrown away.
func TestDraftingAPromise(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	b := s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "marketer@cafe.test", models.Marketer))
	form := fields(t, b.get("/program").want(http.StatusOK).doc(), editor)
	bad := url.Values{}
	for name, value := range form {
		bad[name] = value
	}
	bad.Set("rate", "많이")
	bad.Set("share", "200")
	doc := b.post("/program/draft", bad).want(http.StatusUnprocessableEntity).doc()
	if doc.Find("#rate[aria-invalid]").Length() != 1 || doc.Find("#rate").AttrOr("value", "") != "많이" {
		t.Error("the fault of the rate is not at its field with what was typed")
	}
	bad.Set("rate", "2")
	doc = b.htmx().post("/program/draft", bad).want(http.StatusUnprocessableEntity).doc()
	if doc.Find("#share[aria-invalid]").Length() != 1 || doc.Find("html").Length() == 1 && doc.Find("title").Length() > 0 {
		t.Error("the fault of the document is not at its field, or the whole page was sent")
	}
	form.Set("rate", "3")
	b.post("/program/draft", form).wantGo("/program")
	b.post("/program/draft", form).want(http.StatusConflict)
	if page := b.get("/program").want(http.StatusOK); !page.says("고치는 중이에요") {
		t.Error("the page does not say that something is being edited")
	}
	compared := b.get("/program/versions/compare?from=1&to=0").want(http.StatusOK).doc()
	if row := compared.Find("tbody tr"); row.Length() != 1 || !strings.Contains(row.Text(), "2%") || !strings.Contains(row.Text(), "3%") {
		t.Errorf("compared: %q", row.Text())
	}
	b.get("/program/publications").want(http.StatusForbidden)
	b.post("/program/draft", url.Values{"discard": {"1"}}).wantGo("/program")
	if page := b.get("/program").want(http.StatusOK); page.says("고치는 중이에요") {
		t.Error("what was thrown away is still there")
	}
}

// A start on a date waits for it; a date that is no date is told at its field.
func TestStartingOnADate(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	b := s.owner(t)
	form := fields(t, b.get("/program").want(http.StatusOK).doc(), editor)
	form.Set("rate", "5")
	b.post("/program/draft", form).wantGo("/program")
	start := fields(t, b.get("/program/publications").want(http.StatusOK).doc(), `form[action="/program/publications"]`)
	start.Set("when", "date")
	for _, wrong := range []string{"", "2026-02-30", "2001-01-01"} {
		start.Set("on", wrong)
		doc := b.post("/program/publications", start).want(http.StatusUnprocessableEntity).doc()
		if doc.Find("#on[aria-invalid]").Length() != 1 {
			t.Errorf("the fault of the date %q is not at its field", wrong)
		}
	}
	start.Set("on", s.Clock.Now().AddDate(0, 1, 0).Format("2006-01-02"))
	b.post("/program/publications", start).wantGo("/program")
	if page := b.get("/program/versions").want(http.StatusOK); !page.says("시작할 예정") || !page.says("적용 중") {
		t.Error("the list does not tell what comes from what is in force")
	}
}

// Who may not edit sees the promise, and nothing to press.
func TestLookingAtThePromise(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	b := s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "viewer@cafe.test", models.Viewer))
	doc := b.get("/program").want(http.StatusOK).doc()
	if doc.Find("fieldset[disabled]").Length() == 0 || doc.Find(`[name=then]`).Length() > 0 {
		t.Error("a viewer can type or start")
	}
	b.post("/program/draft", url.Values{}).want(http.StatusForbidden)
	b.post("/program/preview", url.Values{}).want(http.StatusForbidden)
}

// What is worse for more than a hundred members starts only when their number is typed.
func TestTakingSomethingFromMany(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	for i := range 101 {
		s.guest(t, fmt.Sprintf("손님%d", i), fmt.Sprintf("010-7000-%04d", i))
	}
	b := s.owner(t)
	form := fields(t, b.get("/program").want(http.StatusOK).doc(), editor)
	form.Set("rate", "1")
	b.post("/program/draft", form).wantGo("/program")
	page := b.get("/program/publications").want(http.StatusOK)
	if !page.says("불리해져요") {
		t.Error("the page does not say that this is worse for customers")
	}
	start := fields(t, page.doc(), `form[action="/program/publications"]`)
	if doc := b.post("/program/publications", start).want(http.StatusUnprocessableEntity).doc(); doc.Find("#confirm[aria-invalid]").Length() != 1 {
		t.Error("a worse promise starts without a word")
	}
	start.Set("confirm", "101")
	b.post("/program/publications", start).wantGo("/program")
}
