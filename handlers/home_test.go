package handlers

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dangol/models"
	"dangol/models/days"
	"dangol/models/insights"
	"dangol/models/store"
	"dangol/models/tasks"
)

// A new shop's home is a checklist; a shop that runs has its numbers, each with how it is counted, and what needs somebody.
func TestHome(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.owner(t)
	if page := b.get("/").want(http.StatusOK).doc(); page.Find("#checklist li").Length() != 4 || page.Find(`#checklist a[href="/program"]`).Length() != 1 {
		t.Errorf("the checklist: %s", page.Find("#checklist").Text())
	}
	promised(t, s)
	s.earns(t, s.guest(t, "김민지", "010-1234-5678"), 12_000)
	if err := insights.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	form := fields(t, b.get("/program").want(http.StatusOK).doc(), editor)
	form.Set("rate", "5")
	b.post("/program/draft", form).wantGo("/program")
	page := b.get("/").want(http.StatusOK)
	if !page.says("1,240P") || !page.says("고치다 만 약속") {
		t.Errorf("home: %s", page.doc().Find("main").Text())
	}
	if n := page.doc().Find(".stats details, .stat details").Length(); n != 4 {
		t.Errorf("%d of four numbers say how they are counted", n)
	}
	clerk := b.as(t, s, models.Clerk).get("/").want(http.StatusOK)
	if clerk.says("고치다 만 약속") || clerk.doc().Find("#checklist").Length() != 0 {
		t.Error("a clerk is asked to do what only owners can")
	}
	b.get("/insights?days=30").want(http.StatusOK)
	if figures := b.get("/insights?days=nonsense").want(http.StatusOK); !figures.says("12,000원") {
		t.Errorf("the figures: %s", figures.doc().Find("main").Text())
	}
}

// Who may see the shop is told what everybody did last and who did it; who serves, what they did themselves.
func TestWhatHappenedLast(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	guest := s.guest(t, "김민지", "010-1234-5678")
	anna := s.hires(t, s.MerchantID, "anna@cafe.test", models.Clerk)
	at := fmt.Sprintf("/counter/customers/%d/earn", guest.ID)
	till := s.as(t, s.MerchantID, anna)
	form := fields(t, till.get(at).want(http.StatusOK).doc(), `form[action="`+at+`"]`)
	form.Set("amount", "12,000")
	till.htmx().post(at, form).want(http.StatusOK)
	s.earns(t, guest, 5_000) // by a till, nobody of the staff
	last := s.owner(t).get("/").want(http.StatusOK).doc().Find("#recent, [aria-labelledby^=recent]").Parent().Find(".timeline li")
	if last.Length() != 2 || !strings.Contains(last.Text(), anna.Name) || !strings.Contains(last.First().Text(), "+100P") {
		t.Errorf("the owner reads: %s", last.Text())
	}
	if own := till.get("/").want(http.StatusOK).doc().Find(".timeline li"); own.Length() != 1 {
		t.Errorf("a clerk reads: %s", own.Text())
	}
}

// A sandbox's date is moved as a job that is watched; a live shop has no clock to move.
func TestMovingTheClock(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.owner(t).get("/sandbox/clock").want(http.StatusNotFound)
	at := s.Clock.Now()
	sandbox := s.AddMerchant(t, "Asia/Seoul", "KRW", &at)
	b := s.as(t, sandbox, s.hires(t, sandbox, "owner@sandbox.test", models.Owner))
	form := fields(t, b.get("/sandbox/clock").want(http.StatusOK).doc(), `form[action="/sandbox/clock"]`)
	for _, wrong := range []string{"", "2026-02-30", "2001-01-01"} {
		form.Set("to", wrong)
		if doc := b.post("/sandbox/clock", form).want(http.StatusUnprocessableEntity).doc(); doc.Find("#to[aria-invalid]").Length() != 1 {
			t.Errorf("%q moves the clock", wrong)
		}
	}
	form.Set("to", at.AddDate(0, 0, 3).Format("2006-01-02"))
	b.post("/sandbox/clock", form).wantGo("/sandbox/clock")
	if page := b.get("/sandbox/clock").want(http.StatusOK).doc(); page.Find("#clock-job[hx-get]").Length() != 1 {
		t.Error("the way of the clock is not shown")
	}
	b.post("/sandbox/clock", url.Values{"to": {at.AddDate(0, 0, 9).Format("2006-01-02")}}).want(http.StatusConflict)
	var task tasks.Task
	err := store.ReadTx(t.Context(), s.DB, sandbox, func(tx *store.Tx) (err error) {
		task, err = tasks.Latest(tx, tasks.Clock, 0)
		return err
	})
	if err == nil {
		err = days.RunClock(t.Context(), s.DB, sandbox, task.ID, func(context.Context, int64) error { return nil })
	}
	if err != nil {
		t.Fatal(err)
	}
	if done := b.htmx().get("/sandbox/clock"); done.Header().Get("HX-Redirect") != "/sandbox/clock" {
		t.Errorf("the last poll answers %d", done.Code)
	}
	if page := b.get("/sandbox/clock").want(http.StatusOK).doc(); page.Find(`form[action="/sandbox/clock"]`).Length() != 1 {
		t.Error("the clock cannot be moved again")
	}
}
