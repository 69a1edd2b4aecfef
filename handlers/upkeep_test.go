package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/store/backup"
)

// What stopped is told to those who can do something about it, in words, with one button that may be pressed twice.
func TestUpkeepOnHome(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.owner(t)
	var give, undo int64
	for id, kind := range map[*int64]string{&give: "give", &undo: "import_undo"} {
		if err := s.DB.Pool().QueryRow(t.Context(), `INSERT INTO tasks (merchant_id, kind, subject_id, state, error, created_at, finished_at) VALUES ($1, $2, 7, 'failed', 'internal', $3, $3) RETURNING id`,
			s.MerchantID, kind, s.Clock.Now()).Scan(id); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.DB.Pool().Exec(t.Context(), `INSERT INTO business_days (merchant_id, day, closed_at) VALUES ($1, '2026-11-19', $2)`, s.MerchantID, s.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	card := b.get("/").want(http.StatusOK).doc().Find("#upkeep")
	again := fmt.Sprintf("/upkeep/tasks/%d", give)
	for _, want := range []string{`form[action="` + again + `"]`, `a[href="/imports/7"]`, `form[action="/upkeep/days"]`, `form[action="/upkeep/backup"]`} {
		if card.Find(want).Length() != 1 {
			t.Errorf("no %s: %s", want, card.Text())
		}
	}
	for range 2 {
		b.post(again, url.Values{}).wantGo("/")
		b.post("/upkeep/days", url.Values{}).wantGo("/")
		b.post("/upkeep/backup", url.Values{}).wantGo("/")
	}
	b.post(fmt.Sprintf("/upkeep/tasks/%d", undo), url.Values{}).want(http.StatusConflict)
	b.post("/upkeep/tasks/999999", url.Values{}).want(http.StatusNotFound)
	if card := b.get("/").want(http.StatusOK).doc().Find("#upkeep"); card.Find("form").Length() != 0 {
		t.Errorf("after pressing: %s", card.Text())
	}
	for _, role := range []models.Role{models.Marketer, models.Manager, models.Clerk, models.Viewer} {
		if s.as(t, s.MerchantID, s.hires(t, s.MerchantID, string(role)+"@cafe.test", role)).get("/").want(http.StatusOK).doc().Find("#upkeep").Length() != 0 {
			t.Errorf("a %s is told", role)
		}
	}
}

// Home tells the age of the last backup, and what to do when it is old or the last one failed.
func TestTheBackupsAgeOnHome(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.hires(t, s.MerchantID, "owner@cafe.test", models.Owner)
	card := func() string {
		return s.as(t, s.MerchantID, p).get("/").want(http.StatusOK).doc().Find("#upkeep").Text()
	}
	if text := card(); !strings.Contains(text, "아직 백업하지 않았어요") {
		t.Errorf("none: %s", text)
	}
	if _, err := backup.Nightly(t.Context(), s.DB, s.URL, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(3 * time.Hour)
	if text := card(); !strings.Contains(text, "마지막 백업: 3시간 전") || strings.Contains(text, "이틀") {
		t.Errorf("three hours: %s", text)
	}
	s.Clock.Advance(46 * time.Hour)
	if text := card(); !strings.Contains(text, "이틀 넘게 백업하지 못했어요") {
		t.Errorf("49 hours: %s", text)
	}
	err := store.InGlobalTx(t.Context(), s.DB, func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO ops.backups (asked_at, started_at, finished_at, fault) VALUES ($1, $1, $1, 'disk_full')`, tx.Wall())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if text := card(); !strings.Contains(text, "디스크가 가득 찼어요") || !strings.Contains(text, "11. 23.") {
		t.Errorf("failed: %s", text)
	}
}
