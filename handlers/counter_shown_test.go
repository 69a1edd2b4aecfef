package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/days"
	"dangol/models/terms"
)

// Nobody loses a point untold, as a shop lives it: without a channel a year's points stay and home says so, with both ways
// out; once they were shown to their owner they end a month later, once.
func TestShownCounts(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.hires(t, s.MerchantID, "owner@cafe.test", models.Owner)
	promised(t, s, func(d *terms.Terms) { d.Units[0].Expiry.Months = 12 })
	maya := s.guest(t, "김마야", "010-1234-5678")
	s.earns(t, maya, 100_000)
	earned := s.count(t, `SELECT sum(available)::bigint FROM accounts`)
	nights := func(to time.Time) {
		t.Helper()
		s.Clock.Set(to)
		if _, err := days.CloseUntil(t.Context(), s.DB, s.MerchantID); err != nil {
			t.Fatal(err)
		}
	}
	expired := func() int64 { return s.count(t, `SELECT count(*) FROM entries WHERE kind = 'expire'`) }
	later := s.Clock.Now().AddDate(0, 13, 0)
	nights(later)
	if expired() != 0 {
		t.Fatal("points were taken from somebody who was not told")
	}
	b := s.as(t, s.MerchantID, owner)
	home := b.get("/").want(http.StatusOK)
	if !home.says(fmt.Sprintf("알리지 못해 기한을 미룬 포인트가 %d,%03dP", earned/1000, earned%1000)) {
		t.Errorf("home does not say how many points wait: %s", home.doc().Find("#todo").Text())
	}
	if page := home.doc(); page.Find(`#todo a[href="/settings#channel"]`).Length() != 1 || page.Find(`#todo a[href="/settings#shop"]`).Length() != 1 {
		t.Errorf("the ways out: %s", page.Find("#todo").Text())
	}
	shown := fmt.Sprintf("/counter/customers/%d/shown", maya.ID)
	if page := b.post(shown, url.Values{}).want(http.StatusOK); page.says("기록했어요") || s.count(t, `SELECT count(*) FROM lot_notices`) != 0 {
		t.Error("it counts though the shop has not chosen so")
	}
	form := fields(t, b.get("/settings").want(http.StatusOK).doc(), `form[action="/settings"]`)
	form.Set("shown", "on")
	b.post("/settings", form).wantGo("/settings")
	if b.get(shown).want(http.StatusOK); s.count(t, `SELECT count(*) FROM lot_notices`) != 0 {
		t.Error("looking at an address counts")
	}
	for range 2 { // the second tap changes nothing
		page := b.post(shown, url.Values{}).want(http.StatusOK)
		if page.doc().Find("[data-testid=ending]").Length() != 1 || !page.says("기록했어요") || page.says("자주 사시는") || page.doc().Find("#notes").Length() != 0 {
			t.Errorf("shown: %s", page.doc().Find("#counter-result").Text())
		}
	}
	if n := s.count(t, `SELECT count(*) FROM lot_notices WHERE step = 'shown'`); n != s.count(t, `SELECT count(*) FROM lots`) {
		t.Errorf("%d lots noted", n)
	}
	if page := b.get("/").want(http.StatusOK).doc(); page.Find(`#todo .ways a[href="/counter"]`).Length() != 1 {
		t.Error("home does not say what to do now")
	}
	for range 2 {
		nights(later.AddDate(0, 1, 0))
	}
	if n := expired(); n != s.count(t, `SELECT count(*) FROM lots`) || s.count(t, `SELECT sum(available)::bigint FROM accounts`) != 0 {
		t.Errorf("a month after they were shown %d lots ended", n)
	}
}
