package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dangol/models"
	"dangol/models/insights"
	"dangol/models/merchants"
	"dangol/models/store"
)

// A list finds people by their name's beginning sounds and by the last digits, masks them, and goes on from page to page.
func TestFindingCustomers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	b := s.owner(t)
	if page := b.get("/customers").want(http.StatusOK).doc(); page.Find(".empty").Length() != 1 {
		t.Error("a new shop's list does not say how to begin")
	}
	minji := s.guest(t, "김민지", "010-1234-5678")
	for i := range 60 {
		s.guest(t, fmt.Sprintf("이손님%d", i), fmt.Sprintf("010-6000-%04d", i))
	}
	page := b.get("/customers").want(http.StatusOK).doc()
	next, _ := page.Find("#pager a").Attr("href")
	if n := page.Find("#customer-rows tr").Length(); n != 50 || next == "" {
		t.Fatalf("%d rows, next %q", n, next)
	}
	if n := page.Find("#results [role=status]").Text(); n != "61명" {
		t.Errorf("the list has %q", n)
	}
	all := b.get("/search?q=" + url.QueryEscape("이손님")).want(http.StatusOK).doc().Find(`#search-results a[href^="/customers?"]`)
	if !strings.Contains(all.Text(), "60명") {
		t.Errorf("the rest of what was found: %q", all.Text())
	}
	if more := b.htmx().get(next).want(http.StatusOK); strings.Count(more.Body.String(), "<tr>") != 11 || more.says("<h1>") {
		t.Errorf("not the eleven more rows alone: %s", more.Body)
	}
	for _, q := range []string{"ㄱㅁㅈ", "민지", "5678", "010-1234-5678"} {
		found := b.htmx().get("/customers?q=" + url.QueryEscape(q)).want(http.StatusOK)
		if rows := found.doc().Find("#customer-rows tr"); rows.Length() != 1 || !strings.Contains(rows.Text(), "김*지") {
			t.Errorf("%q finds %q", q, rows.Text())
		}
		if found.says("김민지") || found.says("1234-5678") {
			t.Errorf("%q shows a whole name or number", q)
		}
	}
	if found := b.get("/customers?q=" + url.QueryEscape("없는이")).want(http.StatusOK).doc(); found.Find("#customer-rows tr").Length() != 0 || found.Find("#q").Length() != 1 {
		t.Error("nobody fits, and the page does not say so beside the search")
	}
	b.get("/customers?view=nonsense").want(http.StatusUnprocessableEntity)
	b.get(fmt.Sprintf("/customers/%d", minji.ID)).want(http.StatusOK)
}

// A customer's page tells what they have and why; a whole number is shown on request, which is on record.
func TestTheCustomersPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	guest := s.guest(t, "김민지", "010-1234-5678")
	s.earns(t, guest, 12_000)
	if err := insights.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	b := s.owner(t)
	path := fmt.Sprintf("/customers/%d", guest.ID)
	page := b.get(path).want(http.StatusOK)
	if page.says("김민지") || page.says("1234-5678") || !page.says("1,240P") || !page.says("12,000원") {
		t.Errorf("the page: %s", page.doc().Find("main").Text())
	}
	ledger := b.get(path + "?tab=ledger").want(http.StatusOK).doc()
	if held := ledger.Find("[data-testid=held]").Text(); held != "1,240P" {
		t.Errorf("held: %q", held)
	}
	if bought := b.get(path).want(http.StatusOK).doc().Find("#timeline li:contains('12,000원')"); !strings.Contains(bought.Text(), "+240P") || !strings.Contains(bought.Text(), "왜?") {
		t.Errorf("a purchase does not tell what it earned: %s", bought.Text())
	}
	rows := ledger.Find("#ledger-rows > li")
	if rows.Length() != 2 || !strings.Contains(rows.First().Text(), "1,240P") {
		t.Errorf("%d lines: %q", rows.Length(), rows.Text())
	}
	why := b.htmx().get(path + "/entries/point/1/why").want(http.StatusOK)
	if !why.says("240P") || !why.says("2%") {
		t.Errorf("why: %s", why.Body)
	}
	b.get(path + "/entries/point/9/why").want(http.StatusNotFound)
	b.get(path + "/entries/none/1/why").want(http.StatusNotFound)
	for _, tab := range []string{"coupons", "tiers"} {
		b.get(path + "?tab=" + tab).want(http.StatusOK)
	}
	if phone := b.htmx().post(path+"/phone", url.Values{}).want(http.StatusOK); !phone.says("010-1234-5678") {
		t.Error("the number is not shown")
	}
	if n := s.count(t, `SELECT count(*) FROM audit_records WHERE action = 'customer.phone'`); n != 1 {
		t.Errorf("%d records of a number that was shown", n)
	}
}

// Enrolling needs a number and consent; a stale change is refused.
func TestEnrollingAndChanging(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	b := s.owner(t)
	form := fields(t, b.get("/customers/new").want(http.StatusOK).doc(), `form[action="/customers"]`)
	doc := b.post("/customers", form).want(http.StatusUnprocessableEntity).doc()
	if doc.Find("#phone[aria-invalid]").Length() != 1 || doc.Find("[name=agreed][aria-invalid]").Length() != 1 {
		t.Errorf("the number or the consent is not asked for: %s", doc.Find("main").Text())
	}
	form.Set("phone", "010-1234-5678")
	form.Set("name", "김민지")
	form.Set("agreed", "on")
	form.Set("birth_calendar", "lunar")
	form.Set("birth_month", "11")
	form.Set("birth_day", "20")
	first := b.post("/customers", form).want(http.StatusSeeOther).Header().Get("Location")
	b.post("/customers", form).wantGo(first) // tapped twice: one customer
	edit := fields(t, b.get(first+"/edit").want(http.StatusOK).doc(), `form[action="`+first+`/edit"]`)
	if edit.Get("phone") != "010-1234-5678" || edit.Get("birth_calendar") != "lunar" || edit.Get("birth_day") != "20" {
		t.Errorf("the form holds %v", edit)
	}
	edit.Set("name", "김민주")
	b.post(first+"/edit", edit).wantGo(first)
	b.post(first+"/edit", edit).want(http.StatusConflict)
}

// Points by hand stay within the limits of the terms, once however often the button is tapped.
func TestGivingByHandFromTheOffice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	guest := s.guest(t, "김민지", "010-1234-5678")
	b := s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "manager@cafe.test", models.Manager))
	path := fmt.Sprintf("/customers/%d/grants", guest.ID)
	if drawer := b.htmx().get(path).want(http.StatusOK).doc(); drawer.Find("dialog form#adjust-form").Length() != 1 {
		t.Error("no drawer")
	}
	form := fields(t, b.get(path).want(http.StatusOK).doc(), "form#adjust-form")
	form.Set("points", "20,000")
	form.Set("reason", "thanks")
	refused := b.post(path, form).want(http.StatusUnprocessableEntity)
	if !refused.says("10,000") {
		t.Error("the limit is not told")
	}
	form = fields(t, refused.doc(), "form#adjust-form")
	form.Set("points", "5,000")
	form.Set("reason", "thanks")
	to := fmt.Sprintf("/customers/%d", guest.ID)
	b.post(path, form).wantGo(to)
	b.post(path, form).wantGo(to)
	if n := s.count(t, `SELECT sum(points)::bigint FROM grants`); n != 5_000 {
		t.Errorf("%d points were given", n)
	}
	b.as(t, s, models.Viewer).get(path).want(http.StatusForbidden)
}

// Two records of one person are found, shown side by side with what they have together, merged, and separated again.
func TestMergingFromTheOffice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	stays, goes := s.guest(t, "김민지", "010-1234-5678"), s.guest(t, "김민자", "010-8765-4321")
	s.earns(t, stays, 12_000)
	s.earns(t, goes, 50_000)
	b := s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "manager@cafe.test", models.Manager))
	page, merge := fmt.Sprintf("/customers/%d", stays.ID), fmt.Sprintf("/customers/%d/merge", stays.ID)
	if to, _ := b.get(page).want(http.StatusOK).doc().Find(`a[href$="/merge"]`).Attr("href"); to != merge {
		t.Errorf("the page leads to %q", to)
	}
	found := b.get(merge + "?q=4321").want(http.StatusOK).doc().Find("table a")
	if to, _ := found.Attr("href"); found.Length() != 1 || to != fmt.Sprintf("%s?other=%d", merge, goes.ID) {
		t.Fatalf("%d found, %q", found.Length(), to)
	}
	if found := b.get(merge + "?q=5678").want(http.StatusOK).doc().Find("table a"); found.Length() != 0 {
		t.Error("somebody is offered to be merged with themselves")
	}
	compare := b.get(fmt.Sprintf("%s?other=%d", merge, goes.ID)).want(http.StatusOK)
	for _, want := range []string{"1,240P", "2,000P", "3,240P", "62,000원"} {
		if !compare.says(want) {
			t.Errorf("%s is not shown: %s", want, compare.doc().Find("table").Text())
		}
	}
	if n := s.count(t, `SELECT count(*) FROM merges`); n != 0 {
		t.Error("looking has merged them")
	}
	form := fields(t, compare.doc(), `form[action="`+merge+`"]`)
	if refused := b.post(merge, form).want(http.StatusUnprocessableEntity); refused.doc().Find("#reason[aria-invalid]").Length() != 1 {
		t.Error("no reason, and nobody asks for one")
	}
	form.Set("reason", "번호가 바뀌었어요")
	b.post(merge, form).wantGo(page)
	b.post(merge, form).wantGo(page)
	if !b.get(page).want(http.StatusOK).says("3,240P") {
		t.Error("the points are not there")
	}

	old := fmt.Sprintf("/customers/%d", goes.ID)
	tomb := b.get(old).want(http.StatusOK)
	if tomb.doc().Find(`main a[href="`+page+`"]`).Length() != 1 || !tomb.says("번호가 바뀌었어요") || tomb.says("3,240P") {
		t.Errorf("the tombstone: %s", tomb.doc().Find("main").Text())
	}
	if rows := b.get("/customers").want(http.StatusOK).doc().Find("#customer-rows tr"); rows.Length() != 1 {
		t.Errorf("%d in the list", rows.Length())
	}
	if rows := b.get("/customers?q=4321").want(http.StatusOK).doc().Find("#customer-rows tr"); rows.Length() != 1 || !strings.Contains(rows.Text(), "김*지") {
		t.Errorf("the old number finds %q", rows.Text())
	}
	b.get(old + "/merge").want(http.StatusNotFound)
	if b.as(t, s, models.Viewer).get(old).want(http.StatusOK).doc().Find(`form[action$="/unmerge"]`).Length() != 0 {
		t.Error("a viewer may undo it")
	}
	undo := fields(t, tomb.doc(), `form[action="`+old+`/unmerge"]`)
	b.post(old+"/unmerge", undo).wantGo(old)
	b.post(old+"/unmerge", undo).wantGo(old)
	if !b.get(old).want(http.StatusOK).says("2,000P") || !b.get(page).want(http.StatusOK).says("1,240P") {
		t.Error("they are not as before")
	}
	if n := s.count(t, `SELECT count(*) FROM audit_records WHERE action IN ('customer.merge', 'customer.unmerge')`); n != 2 {
		t.Errorf("%d on record", n)
	}
	b.as(t, s, models.Marketer).get(merge).want(http.StatusForbidden)
}

// as gives a browser of somebody new in the same shop.
func (b *browser) as(t testing.TB, s *site, role models.Role) *browser {
	t.Helper()
	return s.as(t, s.MerchantID, s.hires(t, s.MerchantID, string(role)+"@elsewhere.test", role))
}

// A manager who is bound to a store has the customers who were enrolled there, and no others.
func TestOwnStore(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	mine, theirs := s.guest(t, "김민지", "010-1234-5678"), s.guest(t, "박서준", "010-8765-4321")
	var storeID int64
	err := store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) (err error) {
		if storeID, err = merchants.AddStore(tx, "second", "Second"); err != nil {
			return err
		}
		_, err = tx.PG().Exec(tx.Ctx(), `UPDATE customers SET store_id = $3 WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), mine.ID, storeID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b := s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "manager@cafe.test", models.Manager, storeID))
	rows := b.get("/customers").want(http.StatusOK).doc().Find("#customer-rows tr")
	if rows.Length() != 1 || !strings.Contains(rows.Text(), "김*지") {
		t.Errorf("the list: %q", rows.Text())
	}
	b.get(fmt.Sprintf("/customers/%d", mine.ID)).want(http.StatusOK)
	for _, path := range []string{"", "/edit", "/grants", "/entries/point/1/why"} {
		b.get(fmt.Sprintf("/customers/%d%s", theirs.ID, path)).want(http.StatusNotFound)
	}
	b.post(fmt.Sprintf("/customers/%d/phone", theirs.ID), url.Values{}).want(http.StatusNotFound)
}

// News is asked for apart from the membership, is never a condition, and can be taken back; each answer stays on record.
func TestConsents(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	b := s.owner(t)
	page := b.get("/counter/enrol?q=01012345678").want(http.StatusOK).doc()
	if n := page.Find("input[type=checkbox][checked]").Length(); n != 0 {
		t.Errorf("%d boxes are ticked beforehand", n)
	}
	form := fields(t, page, `form[action="/counter/enrol"]`)
	form.Set("agreed", "on")
	form.Set("night", "on")
	if doc := b.post("/counter/enrol", form).want(http.StatusUnprocessableEntity).doc(); doc.Find("[name=night][aria-invalid]").Length() != 1 || doc.Find("[name=agreed][checked]").Length() != 1 {
		t.Errorf("the night alone: %s", doc.Find("#counter-result").Text())
	}
	form.Set("ad_sms", "on")
	b.post("/counter/enrol", form).want(http.StatusOK)
	other := fields(t, b.get("/customers/new").want(http.StatusOK).doc(), `form[action="/customers"]`)
	other.Set("phone", "010-9999-0000")
	other.Set("agreed", "on")
	plain := b.post("/customers", other).want(http.StatusSeeOther).Header().Get("Location")
	if got := s.one(t, `SELECT string_agg(c.kind || ' ' || c.medium || ' ' || c.channel || ' ' || (c.staff_id IS NOT NULL), ', ' ORDER BY c.id) FROM consents c`); got !=
		"membership  counter true, advertising sms counter true, night  counter true, membership  office true" {
		t.Errorf("on record: %s", got)
	}
	id := s.one(t, `SELECT id::text FROM customers WHERE phone LIKE '%12345678'`)
	tab := b.get("/customers/" + id + "?tab=consents").want(http.StatusOK).doc()
	withdraw := fields(t, tab, `form[action="/customers/`+id+`/consents"]:has(input[value=sms])`)
	withdraw.Set("given", "no")
	for range 2 {
		b.post("/customers/"+id+"/consents", withdraw).wantGo("/customers/" + id + "?tab=consents")
	}
	if n := s.count(t, `SELECT count(*) FROM consents WHERE NOT given AND channel = 'office'`); n != 1 {
		t.Errorf("taken back %d times", n)
	}
	if page := b.get("/customers/" + id).want(http.StatusOK); !page.says("문자로 혜택 소식 받기 · 취소했어요") {
		t.Error("the timeline does not tell")
	}
	b.as(t, s, models.Viewer).post("/customers/"+id+"/consents", withdraw).want(http.StatusForbidden)
	b.get(plain + "?tab=consents").want(http.StatusOK)
}
