package handlers

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"dangol/models"
	"dangol/models/merchants"
	"dangol/models/people"
	"dangol/models/store"
	"dangol/views/paths"
)

func TestSigningIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	b := s.browser(t)
	b.get(paths.Password).wantGo("/sign-in?next=%2Fsettings%2Fpassword")
	page := b.get("/sign-in?next=%2Fsettings%2Fpassword").want(200)
	if next, _ := page.doc().Find("input[name=next]").Attr("value"); next != paths.Password {
		t.Errorf("the door leads on to %q", next)
	}
	wrong := b.post(paths.SignIn, url.Values{"email": {"minji@cafe.test"}, "password": {"wrong"}, "next": {paths.Password}}).want(422)
	unknown := b.post(paths.SignIn, url.Values{"email": {"nobody@cafe.test"}, "password": {"wrong"}, "next": {paths.Password}}).want(422)
	if said := wrong.doc().Find("[role=alert]").Text(); said == "" || said != unknown.doc().Find("[role=alert]").Text() {
		t.Errorf("a wrong password says %q, an unknown login %q", said, unknown.doc().Find("[role=alert]").Text())
	}
	if wrong.says("wrong\"") {
		t.Error("the password is shown again")
	}
	b.post(paths.SignIn, url.Values{"email": {"minji@cafe.test"}, "password": {testPassword}, "next": {paths.Password}}).wantGo(paths.Password)
	b.get(paths.Password).want(200)
	b.get(paths.SignIn).wantGo("/")
	b.post(paths.SignOut, url.Values{}).wantGo(paths.SignIn)
	b.get(paths.Password).want(303)
}

// Who is signed out while typing gets the door over the page, and what is on the page stays.
func TestSigningInAgainOverAPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	b := s.browser(t).htmx()
	a := b.post(paths.Password, url.Values{"current": {"x"}}).want(http.StatusUnauthorized)
	partial := a.doc().Find("hx-partial")
	if target, _ := partial.Attr("hx-target"); target != "#dialog" || partial.Find("dialog form").Length() == 0 {
		t.Fatalf("the answer is %s", a.Body)
	}
	again := url.Values{"again": {"1"}, "email": {"minji@cafe.test"}, "password": {"wrong"}}
	if a := b.post(paths.SignIn, again).want(422); a.doc().Find("dialog").Length() != 1 || a.doc().Find("html[lang]").Length() != 0 {
		t.Errorf("a wrong password answers with %.300s", a.Body)
	}
	again.Set("password", testPassword)
	if a := b.post(paths.SignIn, again).want(200); !strings.Contains(a.Header().Get("HX-Trigger"), "ui:close") || a.doc().Find("hx-partial").Length() != 1 {
		t.Errorf("the right one: %v %s", a.Header(), a.Body)
	}
	b.get(paths.Password).want(200)
}

func TestErrorsByHTMXLeaveThePageAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "clerk@cafe.test", models.Clerk)).htmx()
	for _, a := range []*answer{b.get(paths.Staff).want(403), b.post(paths.Session(strings.Repeat("00", 32)), url.Values{}).want(404)} {
		partial := a.doc().Find("hx-partial")
		if target, _ := partial.Attr("hx-target"); target != "#toasts" || strings.TrimSpace(partial.Text()) == "" {
			t.Errorf("%d answers %s", a.Code, a.Body)
		}
	}
	if a := b.post(paths.Theme, url.Values{"theme": {"dark"}, "back": {"/settings"}}).want(200); a.Header().Get("HX-Redirect") != "/settings" {
		t.Errorf("done: %v", a.Header())
	}
}

// lastToken gives the token of the newest link that was mailed.
func (s *site) lastToken(t *testing.T) string {
	t.Helper()
	var token string
	err := s.DB.Pool().QueryRow(t.Context(), `SELECT data->>'token' FROM messages WHERE merchant_id = $1 ORDER BY id DESC LIMIT 1`, s.MerchantID).Scan(&token)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestAForgottenPassword(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	b := s.browser(t)
	known := b.post(paths.Reset, url.Values{"email": {"Minji@Cafe.test"}}).want(200)
	unknown := b.post(paths.Reset, url.Values{"email": {"nobody@cafe.test"}}).want(200)
	if known.Body.String() != unknown.Body.String() {
		t.Error("the answers tell who has a login")
	}
	b.post(paths.Reset, url.Values{"email": {"not an address"}}).want(422)
	link := paths.ResetWith(s.lastToken(t))
	b.get(link).want(200)
	b.get(link).want(200) // looking uses nothing up: mail programs look first
	b.post(link, url.Values{"password": {"short"}}).want(422)
	b.post(link, url.Values{"password": {"초록 기린 스무 마리쯤"}}).wantGo("/")
	b.get(paths.Password).want(200)
	b.get(link).want(404)
	s.browser(t).post(paths.SignIn, url.Values{"email": {"minji@cafe.test"}, "password": {testPassword}}).want(422)
}

func TestInvitingSomebody(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.owner(t)
	owner.post(paths.Invitations, url.Values{"email": {"nonsense"}, "role": {"clerk"}}).want(422)
	page := owner.post(paths.Invitations, url.Values{"email": {"junho@cafe.test"}, "role": {"clerk"}}).want(200)
	link := strings.TrimSpace(page.doc().Find("[data-testid=secret]").Text())
	if !strings.HasPrefix(link, siteURL+"/invite/") {
		t.Fatalf("the link is %q", link)
	}
	path := strings.TrimPrefix(link, siteURL)
	if owner.get(paths.Staff).says(path) {
		t.Error("the link is shown again")
	}
	junho := s.browser(t)
	junho.get(path).want(200)
	junho.post(path, url.Values{"name": {"이준호"}, "password": {"short"}}).want(422)
	junho.post(path, url.Values{"name": {"이준호"}, "password": {testPassword}}).wantGo("/")
	junho.get(paths.Password).want(200)
	junho.get(paths.Staff).want(403)
	if !owner.get(paths.Staff).says("이준호") {
		t.Error("Junho is not on the list")
	}
}

func TestChangingARoleSignsOut(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, clerk := s.owner(t), s.hires(t, s.MerchantID, "clerk@cafe.test", models.Clerk)
	tablet := s.as(t, s.MerchantID, clerk)
	var id string
	if err := s.DB.Pool().QueryRow(t.Context(), `SELECT id::text FROM staff WHERE merchant_id = $1 AND person_id = $2`, s.MerchantID, clerk.ID).Scan(&id); err != nil {
		t.Fatal(err)
	}
	owner.get("/staff/" + id).want(200)
	owner.post("/staff/"+id, url.Values{"role": {"manager"}}).wantGo(paths.Staff)
	tablet.get(paths.Password).want(303)
	again := s.as(t, s.MerchantID, clerk)
	again.get(paths.Password).want(200)
	owner.post("/staff/"+id+"/access", url.Values{}).wantGo(paths.Staff)
	again.get(paths.Password).want(303)
	owner.post("/staff/"+id+"/access", url.Values{"on": {"1"}}).wantGo(paths.Staff)
	s.as(t, s.MerchantID, clerk).get(paths.Password).want(200)
}

func TestAKeyIsShownOnceAndWorks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.owner(t)
	owner.post(paths.Keys, url.Values{"name": {""}, "source": {"POS"}, "scopes": {"orders"}}).want(422)
	page := owner.post(paths.Keys, url.Values{"name": {"1층"}, "source": {"pos"}, "scopes": {"orders", "customers"}}).want(200)
	key := strings.TrimSpace(page.doc().Find("[data-testid=secret]").Text())
	if !strings.HasPrefix(key, "dgl_") {
		t.Fatalf("the key is %q", key)
	}
	if owner.get(paths.Keys).says(key) {
		t.Error("the key is shown again")
	}
	lookUp := func() int {
		b := s.browser(t)
		b.header.Set("Authorization", "Bearer "+key)
		return b.get("/api/v1/customers/id:1").Code
	}
	if code := lookUp(); code != http.StatusNotFound {
		t.Errorf("the key: %d", code)
	}
	owner.post(paths.Keys+"/1", url.Values{}).wantGo(paths.Keys)
	if code := lookUp(); code != http.StatusUnauthorized {
		t.Errorf("the revoked key: %d", code)
	}
}

func TestTwoPeopleChangeTheShop(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.owner(t)
	page := owner.get(paths.Settings).want(200)
	version, _ := page.doc().Find("input[name=version]").Attr("value")
	form := url.Values{"version": {version}, "name": {"단골 빵집"}, "contact": {"02-123-4567"}, "ticket": {"15,000원"}, "margin": {"55"}, "shown": {"on"}}
	owner.post(paths.Settings, form).wantGo(paths.Settings)
	after := owner.get(paths.Settings).want(200)
	if value, _ := after.doc().Find("input[name=name]").Attr("value"); value != "단골 빵집" || !after.says("저장했어요") {
		t.Errorf("saved: name %q", value)
	}
	owner.post(paths.Settings, form).want(http.StatusConflict)
	form.Set("ticket", "lots")
	owner.post(paths.Settings, form).want(422)
	if a := owner.get(paths.Settings); a.says("저장했어요") {
		t.Error("a notice is shown twice")
	}
}

func TestLanguageAndThemeBeforeAndAfterSigningIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(t)
	if lang, _ := b.get(paths.SignIn).doc().Find("html").Attr("lang"); lang != "ko" {
		t.Errorf("first it is %q", lang)
	}
	b.post(paths.Language, url.Values{"locale": {"en"}, "back": {paths.Reset}}).wantGo(paths.Reset)
	b.post(paths.Theme, url.Values{"theme": {"dark"}, "back": {paths.SignIn}}).wantGo(paths.SignIn)
	html := b.get(paths.SignIn).doc().Find("html")
	if lang, _ := html.Attr("lang"); lang != "en" || !html.HasClass("dark") {
		t.Errorf("chosen on this device: %q, %v", lang, html.AttrOr("class", ""))
	}
	b.post(paths.Theme, url.Values{"theme": {"pink"}}).want(422)
	minji := s.owner(t)
	minji.post(paths.Language, url.Values{"locale": {"en"}, "back": {paths.Password}}).wantGo(paths.Password)
	if lang, _ := minji.get(paths.Password).doc().Find("html").Attr("lang"); lang != "en" {
		t.Errorf("chosen by Minji: %q", lang)
	}
}

func TestSwitchingShops(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	minji := s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	second := s.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	s.hires(t, second, "minji@cafe.test", models.Viewer)
	b := s.as(t, s.MerchantID, minji)
	if b.get(paths.Settings).want(200).doc().Find(`button[name=merchant]`).Length() != 1 {
		t.Error("the other shop is not offered")
	}
	before := b.cookies[s.server.cookie]
	b.post(paths.Shop, url.Values{"merchant": {"999"}}).want(404)
	b.post(paths.Shop, url.Values{"merchant": {number(second)}}).wantGo("/")
	if b.cookies[s.server.cookie] == before {
		t.Error("the token stayed")
	}
	b.get(paths.Staff).want(403) // a viewer there
}

func TestTheSetUp(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var token string
	err := store.InGlobalTx(t.Context(), s.DB, func(tx *store.Tx) (err error) {
		token, err = people.NewLink(tx, people.SetupLink, 0, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b := s.browser(t)
	b.get(paths.Setup(token)).wantGo(paths.SetupShop(token))
	b.get(paths.SetupPromise(token)).want(404) // the first step comes first
	b.get(paths.SetupShop(token)).want(200)
	faulty := b.post(paths.SetupShop(token), url.Values{"name": {""}, "trade": {"cafe"}, "ticket": {"x"}, "email": {"x"}, "password": {"x"}}).want(422)
	if faulty.says(`value="x"`) && !faulty.says("금액을") {
		t.Error("what is wrong is not said")
	}
	shop := url.Values{"name": {"단골 상회"}, "trade": {"retail"}, "ticket": {"12,000"}, "email": {"minji@shop.test"}, "password": {testPassword}}
	b.post(paths.SetupShop(token), shop).wantGo(paths.SetupCustomers(token))
	s.browser(t).post(paths.SetupShop(token), shop).want(404) // the link makes one shop
	s.browser(t).get(paths.SetupPromise(token)).want(303)
	s.owner(t).get(paths.SetupPromise(token)).want(404) // an owner, but of another shop
	b.get(paths.SetupCustomers(token)).want(200)
	b.multipart(paths.SetupCustomers(token), map[string]string{"choice": "none"}, "").wantGo(paths.SetupPromise(token))
	promise := b.get(paths.SetupPromise(token)).want(200)
	if rate, _ := promise.doc().Find("#rate").Attr("value"); rate != "2" || !promise.says("240P") {
		t.Errorf("the promise starts with %q", rate)
	}
	typed := url.Values{"rate": {"3"}, "from": {"1,000"}, "birthday": {"3,000"}}
	if a := b.htmx().post(paths.SetupPreview(token), typed).want(200); !a.says("360P") || a.doc().Find("html[lang]").Length() != 0 {
		t.Errorf("3%% of 12,000 is %s", a.Body)
	}
	if a := b.htmx().post(paths.SetupPreview(token), url.Values{"rate": {"many"}, "from": {"1"}, "birthday": {""}}).want(200); a.doc().Find(".error").Length() == 0 {
		t.Errorf("nonsense says %s", a.Body)
	}
	b.post(paths.SetupPromise(token), url.Values{"rate": {"0"}, "from": {"1,000"}, "birthday": {"3,000"}}).want(422)
	b.post(paths.SetupPromise(token), typed).wantGo(paths.Setup(token))
	b.post(paths.SetupPromise(token), typed).wantGo(paths.Setup(token)) // a second tap
	b.get(paths.Setup(token)).want(200)
	s.isPromised(t, "단골 상회", b)
}

// isPromised checks the shop that the set-up has made, and what its customers read.
func (s *site) isPromised(t *testing.T, name string, b *browser) {
	t.Helper()
	all, err := merchants.List(t.Context(), s.DB)
	if err != nil {
		t.Fatal(err)
	}
	made := all[len(all)-1]
	if made.Name != name || made.Trade != models.TradeRetail || made.MedianTicket != 12000 || made.MarginPercent != 35 {
		t.Errorf("the shop is %+v", made)
	}
	page := s.browser(t).get(paths.PublicTerms(number(made.ID))).want(200)
	if !page.says("3%") || !page.says(name) {
		t.Errorf("customers read %.1500s", page.Body)
	}
	poster := b.get(paths.Poster).want(200)
	if !poster.says(siteURL+paths.PublicTerms(number(made.ID))) || poster.doc().Find("svg").Length() == 0 {
		t.Errorf("the poster is %.1500s", poster.Body)
	}
	s.browser(t).get(paths.PublicTerms("999999")).want(404)
}

func TestASetUpLinkEndsAfterADay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var token string
	err := store.InGlobalTx(t.Context(), s.DB, func(tx *store.Tx) (err error) {
		token, err = people.NewLink(tx, people.SetupLink, 0, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(24 * time.Hour)
	s.browser(t).get(paths.SetupShop(token)).want(404)
}

func number(id int64) string { return strconv.FormatInt(id, 10) }

// multipart posts a form as one with a file is posted; file is the content of the file, "" for none.
func (b *browser) multipart(path string, fields map[string]string, file string) *answer {
	b.t.Helper()
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := writer.WriteField(name, value); err != nil {
			b.t.Fatal(err)
		}
	}
	name := ""
	if file != "" {
		name = "손님.csv"
	}
	part, err := writer.CreateFormFile("file", name)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := part.Write([]byte(file)); err != nil {
		b.t.Fatal(err)
	}
	writer.Close()
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header = b.header.Clone()
	r.Header.Set("Content-Type", writer.FormDataContentType())
	return b.do(r)
}

// What the page offers to tick is what the handler takes.
func TestTheScopesOnThePageAreScopes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.owner(t)
	form := url.Values{"name": {"1층"}, "source": {"pos"}}
	owner.get(paths.Keys).want(200).doc().Find("input[name=scopes]").Each(func(_ int, box *goquery.Selection) {
		form.Add("scopes", box.AttrOr("value", ""))
	})
	if len(form["scopes"]) != len(models.Scopes)-1 { // a live shop has no clock to move
		t.Errorf("the page offers %v", form["scopes"])
	}
	owner.post(paths.Keys, form).want(200)
}
