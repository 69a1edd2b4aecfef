package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dangol/models"
)

// groupForm is the form of customers who came at least so often.
func groupForm(name, visits string) url.Values {
	return url.Values{"name": {name}, "join": {"all"}, "field-0": {"visits"}, "is-0": {"at_least"}, "a-0": {visits}, "not-0": {""}}
}

// From a condition to the people to points for exactly them, with plain forms.
func TestAGroupFromConditionToGift(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	busy(t, s, 55)
	b := s.owner(t)
	page := b.get("/segments/groups/new").want(http.StatusOK).doc()
	form := fields(t, page, "form[action='/segments/groups']")
	if page.Find("#group-effect strong").Length() != 0 || form.Get("field-0") == "" {
		t.Fatal("an empty form means somebody, or asks for nothing")
	}
	typed := groupForm("단골", "1")
	typed.Set("idempotency_key", form.Get("idempotency_key"))
	typed.Set("do", "add")
	two := b.post("/segments/groups/try", typed).want(http.StatusOK).doc()
	if two.Find("select[name=field-1]").Length() != 1 || two.Find("#a-0").AttrOr("value", "") != "1" {
		t.Error("no second row, or the first lost what was typed")
	}
	typed.Set("field-1", "consent")
	typed.Set("not-1", "1")
	typed.Set("do", "count")
	counted := b.post("/segments/groups/try", typed).want(http.StatusOK)
	if !counted.says("55명") || !counted.says("지금까지 1번 이상 왔고, 소식 받기에 동의하지 않은 손님") {
		t.Errorf("not counted or not said:\n%s", counted.Body)
	}
	if part := b.htmx().post("/segments/groups/try?effect=1", typed).want(http.StatusOK).doc(); part.Find("#group-effect").Length() != 1 || part.Find("form").Length() != 0 {
		t.Error("more or less than the effect")
	}
	typed.Set("do", "remove-1")
	if left := b.post("/segments/groups/try", typed).want(http.StatusOK).doc(); left.Find("select[name=field-1]").Length() != 0 {
		t.Error("the row is still there")
	}
	typed.Del("do")
	saved := b.post("/segments/groups", typed)
	where := saved.Header().Get("Location")
	saved.wantGo(where)
	b.post("/segments/groups", typed).wantGo(where) // tapped twice: one group
	group := b.get(where).want(http.StatusOK).doc()
	next, more := group.Find("#pager a").Attr("href")
	shown := group.Find("#people-rows tr").Length()
	if rest := b.htmx().get(next).want(http.StatusOK); !more || shown+strings.Count(rest.Body.String(), "<tr>") != 55 {
		t.Errorf("%d people on the first page, then %q", shown, next)
	}
	if list := b.get("/segments").want(http.StatusOK).doc(); list.Find(`#group-rows a[href="`+where+`"]`).Text() != "단골" {
		t.Error("the group is not in the list")
	}
	gift := fields(t, group, "form#give")
	gift.Set("kind", "points")
	gift.Set("points", "300")
	b.post("/segments/give", gift).want(http.StatusSeeOther)
	s.delivers(t)
	if given := s.count(t, `SELECT count(DISTINCT account_id) FROM entries WHERE kind = 'adjust' AND points = 300`); given != 55 {
		t.Errorf("%d people were given, 55 were shown", given)
	}
	s.changesAndRemoves(t, b, where)
}

func (s *site) changesAndRemoves(t *testing.T, b *browser, where string) {
	t.Helper()
	edit := fields(t, b.get(where+"/edit").want(http.StatusOK).doc(), "form[action='"+where+"']")
	if edit.Get("a-0") != "1" || edit.Get("name") != "단골" {
		t.Errorf("%v", edit)
	}
	edit.Set("a-0", "99")
	b.post(where, edit).wantGo(where)
	if page := b.get(where).want(http.StatusOK).doc(); page.Find("#people-rows tr").Length() != 0 {
		t.Error("the group was not counted anew")
	}
	edit.Set("a-0", "2")
	if stale := b.post(where, edit).want(http.StatusConflict); !stale.says("다른 사람이 먼저 고쳤어요") {
		t.Errorf("%s", stale.Body)
	}
	b.post(where+"/remove", url.Values{}).wantGo("/segments")
	b.get(where).want(http.StatusNotFound)
	b.post(where+"/remove", url.Values{}).want(http.StatusNotFound)
}

// What is wrong is told at its row, in the reader's words, and nothing that was typed is lost.
func TestFaultyGroupForms(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	b := s.owner(t)
	key := func(form url.Values) url.Values {
		form.Set("idempotency_key", "k-"+form.Get("name")+form.Get("a-0"))
		return form
	}
	for name, c := range map[string]struct {
		form url.Values
		want string
	}{
		"no number": {key(groupForm("이름", "많이")), "#row-0-error"},
		"no value":  {key(groupForm("이름", "")), "#row-0-error"},
		"no name":   {key(groupForm("", "3")), "#name[aria-invalid]"},
	} {
		doc := b.post("/segments/groups", c.form).want(http.StatusUnprocessableEntity).doc()
		if doc.Find(c.want).Length() != 1 || doc.Find("#a-0").AttrOr("value", "") != c.form.Get("a-0") {
			t.Errorf("%s: %s\n%s", name, c.want, doc.Find("#group-form").Text())
		}
	}
	viewer := s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "viewer@cafe.test", models.Viewer))
	viewer.get("/segments/groups/new").want(http.StatusForbidden)
	if page := viewer.get("/segments").want(http.StatusOK).doc(); page.Find(`a[href="/segments/groups/new"]`).Length() != 0 {
		t.Error("a viewer is offered to make a group")
	}
}
