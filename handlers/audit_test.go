package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
	"dangol/views/paths"
)

// Who did what is listed newest first, a page at a time, of one kind or one person, in words; another shop's is not there.
func TestWhatWasDone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.owner(t)
	var staffID int64
	if err := s.DB.Pool().QueryRow(t.Context(), `SELECT min(id) FROM staff`).Scan(&staffID); err != nil {
		t.Fatal(err)
	}
	note := func(merchant int64, actor models.Actor, action, subject string) {
		if err := store.InTx(t.Context(), s.DB, merchant, func(tx *store.Tx) error { return audit.Record(tx, actor, action, subject, nil) }); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 60 {
		note(s.MerchantID, models.Actor{StaffID: staffID}, "customer.phone", fmt.Sprintf("customer:%d", n+1))
	}
	note(s.MerchantID, models.Actor{}, "key.make", "key:7")
	note(s.AddMerchant(t, "Asia/Seoul", "KRW", nil), models.Actor{}, "key.revoke", "key:8")
	page := b.get(paths.Audit).want(http.StatusOK).doc()
	rows := page.Find("#audit-rows tr")
	if rows.Length() != audit.PageSize || rows.First().Text() == "" || page.Find(`#audit-rows a[href="/customers/60"]`).Length() != 1 {
		t.Errorf("%d rows, first %q", rows.Length(), rows.First().Text())
	}
	next, _ := page.Find("#pager a").Attr("href")
	if rest := b.htmx().get(next).want(http.StatusOK); rest.says(`href="/customers/60"`) || !rest.says(`href="/customers/1"`) {
		t.Error("the second page is not the rest")
	}
	if keys := b.get(paths.Audit + "?kind=key").want(http.StatusOK).doc().Find("#audit-rows tr"); keys.Length() != 1 {
		t.Errorf("%d keys: %s", keys.Length(), keys.Text())
	}
	if hers := b.get(fmt.Sprintf("%s?kind=key&who=%d", paths.Audit, staffID)).want(http.StatusOK).doc().Find("#audit-rows tr"); hers.Length() != 0 {
		t.Errorf("her keys: %s", hers.Text())
	}
	promised(t, s)
	if started := b.get(paths.Audit + "?kind=program").want(http.StatusOK).doc().Find("#audit-rows"); started.Find(`a[href="/program/versions/1"]`).Length() != 1 || strings.Contains(started.Text(), "shop") {
		t.Errorf("a promise is told as %q", started.Text())
	}
	for _, odd := range []string{"?kind=%27&who=x&before=-1", "?who=999999999999", "?before=99999999999999999999"} {
		b.get(paths.Audit + odd).want(http.StatusOK)
	}
}
