package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dangol/models"
	"dangol/models/insights"
	"dangol/models/segments"
	"dangol/models/tasks"
)

// busy gives the site's shop a programme and so many regulars who have all bought once today: one field of the map.
func busy(t testing.TB, s *site, people int) {
	t.Helper()
	for i := range people {
		guest := s.guest(t, fmt.Sprintf("손님%03d", i), fmt.Sprintf("010-5000-%04d", i))
		s.earns(t, guest, 12_000)
	}
	if err := insights.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
}

// field finds the field of the map in which everybody stands.
func (s *site) field(t testing.TB) (path string, cell segments.Cell) {
	t.Helper()
	err := s.DB.Pool().QueryRow(t.Context(), `SELECT DISTINCT recency, frequency FROM customer_facts WHERE merchant_id = $1`, s.MerchantID).Scan(&cell.Recency, &cell.Frequency)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("/segments/cell?f=%d&r=%d", cell.Frequency, cell.Recency), cell
}

// delivers runs what waits to be done, as the program does beside the screens.
func (s *site) delivers(t testing.TB) {
	t.Helper()
	due, err := tasks.Sweep(t.Context(), s.DB)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range due {
		if err := segments.RunGive(t.Context(), s.DB, task.MerchantID, task.ID); err != nil {
			t.Fatal(err)
		}
	}
}

// From the map to the people to points for exactly them: who is shown is who is listed is who is given.
func TestShownIsListedIsGiven(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	busy(t, s, 60)
	b := s.owner(t)
	doc := b.get("/segments").want(http.StatusOK).doc()
	path, _ := s.field(t)
	if cells := doc.Find(`a[href="` + path + `"]`); cells.Length() == 0 {
		t.Fatalf("the map has no way to %s", path)
	}
	page := b.get(path).want(http.StatusOK).doc()
	shown := page.Find("#people-rows tr").Length()
	next, more := page.Find("#pager a").Attr("href")
	if shown != 50 || !more {
		t.Fatalf("%d people on the first page, next %q", shown, next)
	}
	rest := b.htmx().get(next).want(http.StatusOK)
	if shown += strings.Count(rest.Body.String(), "<tr>"); shown != 60 {
		t.Errorf("%d people on both pages", shown)
	}
	form := fields(t, page, "form#give")
	form.Set("kind", "points")
	form.Set("points", "500")
	form.Set("message", "늘 고마워요")
	first := b.post("/segments/give", form)
	gift := first.Header().Get("Location")
	first.wantGo(gift)
	b.post("/segments/give", form).wantGo(gift) // tapped twice: one gift
	if progress := b.htmx().get(gift).want(http.StatusOK).doc(); progress.Find("#gift-job[hx-get]").Length() != 1 {
		t.Error("the progress does not ask again")
	}
	s.delivers(t)
	done := b.get(gift).want(http.StatusOK).doc()
	if done.Find("#gift-job[hx-get]").Length() != 0 || done.Find("#gift-rows tr").Length() != 50 {
		t.Errorf("the gift is not done, or its people are not listed:\n%s", done.Text())
	}
	given := s.count(t, `SELECT count(DISTINCT account_id) FROM entries WHERE kind = 'adjust' AND points = 500`)
	if given != 60 {
		t.Errorf("%d people were given, 60 were shown", given)
	}
}

// Above a hundred people their number is typed; a group that has changed meanwhile is told with its new number.
func TestGivingToMany(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	busy(t, s, 101)
	b := s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "marketer@cafe.test", models.Marketer))
	path, _ := s.field(t)
	form := fields(t, b.get(path).want(http.StatusOK).doc(), "form#give")
	form.Set("kind", "birthday")
	for _, wrong := range []string{"", "100", "백"} {
		form.Set("confirm", wrong)
		doc := b.htmx().post("/segments/give", form).want(http.StatusUnprocessableEntity).doc()
		if doc.Find("#confirm[aria-invalid]").Length() != 1 {
			t.Errorf("%q confirms", wrong)
		}
	}
	form.Set("confirm", "101")
	stale := url.Values{}
	for name, value := range form {
		stale[name] = value
	}
	stale.Set("seen", "90")
	stale.Set("confirm", "")
	if answer := b.htmx().post("/segments/give", stale).want(http.StatusConflict); !answer.says(`hx-target="#give"`) || !answer.says("101") {
		t.Errorf("the new number is not told:\n%s", answer.Body)
	}
	if n := s.count(t, `SELECT count(*) FROM gives`); n != 0 {
		t.Fatalf("%d gifts before any was confirmed", n)
	}
	b.post("/segments/give", form).want(http.StatusSeeOther)
	s.delivers(t)
	if n := s.count(t, `SELECT count(*) FROM coupons`); n != 101 {
		t.Errorf("%d coupons, 101 people", n)
	}
}

// A shop without purchases has no map, a field that is none is not found, and a viewer can look but not give.
func TestLookingAtTheMap(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	viewer := s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "viewer@cafe.test", models.Viewer))
	if page := viewer.get("/segments").want(http.StatusOK).doc(); page.Find(".empty").Length() != 1 {
		t.Error("an empty shop has a map")
	}
	viewer.get("/segments/cell?r=6&f=1").want(http.StatusNotFound)
	viewer.get("/segments/cell").want(http.StatusNotFound)
	busy(t, s, 1)
	path, _ := s.field(t)
	if page := viewer.get(path).want(http.StatusOK).doc(); page.Find("form#give").Length() != 0 || page.Find("#people-rows tr").Length() != 1 {
		t.Error("a viewer sees nobody, or can give")
	}
	if part := viewer.htmx().get(path).want(http.StatusOK).doc(); part.Find("h1").Length() != 0 {
		t.Error("by htmx the whole page was sent")
	}
}
