package handlers

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"dangol/models"
	"dangol/models/imports"
	"dangol/models/people"
	"dangol/models/staff"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

const (
	siteURL      = "http://127.0.0.1:8080"
	testPassword = "분홍 코끼리 열두 마리"
)

var testSecret = []byte("0123456789abcdef0123456789abcdef")

// testHash is the hash of testPassword, made once: it is slow on purpose.
var testHash = sync.OnceValue(func() string {
	hash, err := people.NewGuard(testSecret).HashPassword(context.Background(), testPassword)
	if err != nil {
		panic(err)
	}
	return hash
})

// site is the real program over a database of its own, with the shop of storetest.New in it.
type site struct {
	*storetest.Shop
	server *Server
}

func newSite(t testing.TB, with ...func(*Deps)) *site {
	t.Helper()
	return siteOver(t, storetest.New(t), with...)
}

// siteOver is the real program over a database that is there already.
func siteOver(t testing.TB, shop *storetest.Shop, with ...func(*Deps)) *site {
	t.Helper()
	deps := Deps{DB: shop.DB, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})), Secret: testSecret, URL: siteURL,
		Desk: &imports.Desk{DB: shop.DB, Folder: t.TempDir()}}
	for _, change := range with {
		change(&deps)
	}
	server, err := New(deps)
	if err != nil {
		t.Fatal(err)
	}
	return &site{shop, server}
}

// hires makes a person who works in a shop and knows testPassword.
func (s *site) hires(t testing.TB, merchantID int64, email string, role models.Role, stores ...int64) *models.Person {
	t.Helper()
	var person *models.Person
	err := store.InTx(context.Background(), s.DB, merchantID, func(tx *store.Tx) (err error) {
		person, err = staff.AddNew(tx, people.NewPerson{Email: email, Name: "사람 " + string(role)}, testHash(), staff.Params{Role: role, StoreIDs: stores})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return person
}

// as gives a browser in which the person is signed in to the shop, without going through the door.
func (s *site) as(t testing.TB, merchantID int64, p *models.Person) *browser {
	t.Helper()
	token, err := people.StartSession(context.Background(), s.DB, p.ID, merchantID, people.Origin{Address: "192.0.2.1", Agent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	b := s.browser(t)
	b.cookies[s.server.cookie] = token
	return b
}

// owner gives a browser of a new owner of the site's shop.
func (s *site) owner(t testing.TB) *browser {
	t.Helper()
	return s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "owner@cafe.test", models.Owner))
}

// browser keeps cookies and says whence it comes, as browsers do.
type browser struct {
	t       testing.TB
	handler http.Handler
	cookies map[string]string
	header  http.Header // of every request
}

func (s *site) browser(t testing.TB) *browser {
	return &browser{t, s.server, map[string]string{}, http.Header{"Sec-Fetch-Site": {"same-origin"}, "Accept-Language": {"ko"}}}
}

// htmx gives the same browser asking for parts of pages by htmx.
func (b *browser) htmx() *browser {
	h := b.header.Clone()
	h.Set("HX-Request", "true")
	h.Set("HX-Request-Type", "partial")
	return &browser{b.t, b.handler, b.cookies, h}
}

func (b *browser) get(path string) *answer { return b.send(http.MethodGet, path, nil) }

func (b *browser) post(path string, form url.Values) *answer {
	return b.send(http.MethodPost, path, form)
}

func (b *browser) send(method, path string, form url.Values) *answer {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, path, body)
	r.Header = b.header.Clone()
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return b.do(r)
}

func (b *browser) do(r *http.Request) *answer {
	b.t.Helper()
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	for _, cookie := range w.Result().Cookies() {
		if cookie.MaxAge < 0 {
			delete(b.cookies, cookie.Name)
		} else {
			b.cookies[cookie.Name] = cookie.Value
		}
	}
	return &answer{w, b.t}
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	t testing.TB
}

// want fails the test unless the status is this.
func (a *answer) want(status int) *answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Fatalf("status %d, want %d; Location %q; body:\n%.2000s", a.Code, status, a.Header().Get("Location"), a.Body)
	}
	return a
}

// wantGo fails the test unless the browser is sent on to the path.
func (a *answer) wantGo(path string) *answer {
	a.t.Helper()
	if location := a.Header().Get("Location"); a.Code != http.StatusSeeOther || location != path {
		a.t.Fatalf("status %d to %q, want 303 to %q; body:\n%.2000s", a.Code, location, path, a.Body)
	}
	return a
}

func (a *answer) doc() *goquery.Document {
	a.t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.Body.String()))
	if err != nil {
		a.t.Fatal(err)
	}
	return doc
}

func (a *answer) says(text string) bool { return strings.Contains(a.Body.String(), text) }
