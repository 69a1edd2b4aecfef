package handlers

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/people"
	"dangol/static"
	"dangol/views/paths"
)

// theme tells whether a request had its effect: it is the smallest thing that a form can change.
func theme(t *testing.T, s *site, p *models.Person) string {
	t.Helper()
	found, err := people.FindByEmail(t.Context(), s.DB, p.Email)
	if err != nil {
		t.Fatal(err)
	}
	return found.Theme
}

// What another site sends with somebody's cookies has no effect, however it is dressed up; what our own pages send has.
func TestNothingIsDoneForAnotherSite(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	minji := s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	b, stranger := s.as(t, s.MerchantID, minji), s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "other@cafe.test", models.Owner))
	own, others := web.FormToken(b.cookies[s.server.cookie]), web.FormToken(stranger.cookies[s.server.cookie])
	const formType = "application/x-www-form-urlencoded"
	for _, test := range []struct {
		name, method, body, kind string
		header                   http.Header
		done                     bool
	}{
		{"our own page", "POST", "theme=dark", formType, http.Header{"Sec-Fetch-Site": {"same-origin"}}, true},
		{"our own page, an old browser", "POST", "theme=dark", formType, http.Header{"Origin": {siteURL}}, true},
		{"a browser that says nothing, with the form's token", "POST", "theme=dark&csrf=" + own, formType, nil, true},
		{"a script that says nothing, with the token", "POST", "theme=dark", formType, http.Header{"X-Csrf-Token": {own}}, true},
		{"another site", "POST", "theme=dark", formType, http.Header{"Sec-Fetch-Site": {"cross-site"}}, false},
		{"another site with the token", "POST", "theme=dark&csrf=" + own, formType, http.Header{"Sec-Fetch-Site": {"cross-site"}}, false},
		{"a neighbour's subdomain", "POST", "theme=dark", formType, http.Header{"Sec-Fetch-Site": {"same-site"}}, false},
		{"a foreign origin", "POST", "theme=dark", formType, http.Header{"Origin": {"https://evil.example"}}, false},
		{"no origin to speak of", "POST", "theme=dark", formType, http.Header{"Origin": {"null"}}, false},
		{"nothing said and no token", "POST", "theme=dark", formType, nil, false},
		{"another session's token", "POST", "theme=dark&csrf=" + others, formType, nil, false},
		{"an empty token", "POST", "theme=dark&csrf=", formType, nil, false},
		{"a method in the form", "GET", "", "", http.Header{"X-Http-Method-Override": {"POST"}}, false},
		{"a body of plain text", "POST", "theme=dark&csrf=" + own, "text/plain", http.Header{"Origin": {"https://evil.example"}}, false},
	} {
		if err := people.SetTaste(t.Context(), s.DB, minji.ID, "", "system"); err != nil {
			t.Fatal(err)
		}
		target := paths.Theme
		if test.method == "GET" {
			target += "?_method=POST&theme=dark"
		}
		r := httptest.NewRequest(test.method, target, strings.NewReader(test.body))
		r.Host = "127.0.0.1:8080"
		for name, values := range test.header {
			r.Header[name] = values
		}
		r.Header.Set("Content-Type", test.kind)
		a := b.do(r)
		if done := theme(t, s, minji) == "dark"; done != test.done {
			t.Errorf("%s: done %v, want %v (status %d)", test.name, done, test.done, a.Code)
		}
		if !test.done && test.method == "POST" && a.Code != http.StatusForbidden {
			t.Errorf("%s: status %d, want 403", test.name, a.Code)
		}
	}
}

// Every answer carries the headers: pages, redirects, refusals, faults, files, fragments.
func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(d *Deps) { d.URL = "https://shop.example" })
	b := s.owner(t)
	s.server.echo.GET("/panic", func(c echo.Context) error { panic("a fault of ours") })
	s.server.echo.GET("/malformed", func(echo.Context) error { return echo.NewHTTPError(http.StatusBadRequest) })
	b.sends(paths.Imports, "a.csv", "phone\n01011112222\n").wantGo("/imports/1/mapping")
	full := s.hires(t, s.MerchantID, "full@cafe.test", models.Owner)
	for name, a := range map[string]*answer{
		"400": b.get("/malformed").want(400), "429": s.triesTooOften(t, full).want(429), "download": b.get("/imports/1/errors.csv").want(200), "API": b.get("/api/v1/customers/id:1").want(401),
		"200": b.get(paths.Password).want(200), "303": s.browser(t).get(paths.Password).want(303), "403": b.foreign(paths.Theme).want(403),
		"404": b.get("/nowhere").want(404), "405": b.send("DELETE", paths.SignIn, nil).want(405), "413": b.post(paths.Password, url.Values{"current": {strings.Repeat("x", 2<<20)}}).want(413),
		"422": b.post(paths.Password, url.Values{}).want(422), "500": b.get("/panic").want(500), "file": b.get(static.URL("css/app.css")).want(200),
		"no file": b.get("/static/none.css").want(404), "fragment": b.htmx().get(paths.Password).want(200), "401 by htmx": s.browser(t).htmx().get(paths.Password).want(401),
	} {
		h := a.Header()
		for header, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Permissions-Policy": "camera=()", "Strict-Transport-Security": "max-age=63072000",
		} {
			if !strings.HasPrefix(h.Get(header), want) {
				t.Errorf("%s: %s is %q", name, header, h.Get(header))
			}
		}
		if name != "file" && h.Get("Cache-Control") != "no-store" && name != "no file" {
			t.Errorf("%s: may be kept: %q", name, h.Get("Cache-Control"))
		}
		if strings.Contains(h.Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("%s: the policy has a hole", name)
		}
		if a.Code == 500 && (a.says("a fault of ours") || a.says("goroutine") || !a.says(h.Get("X-Request-Id"))) {
			t.Errorf("a fault of ours shows too much or too little: %.800s", a.Body)
		}
	}
}

// triesTooOften gives the wrong password until that is refused.
func (s *site) triesTooOften(t *testing.T, p *models.Person) (a *answer) {
	t.Helper()
	for range 11 {
		a = s.browser(t).post(paths.SignIn, url.Values{"email": {p.Email}, "password": {"falsch"}})
	}
	return a
}

func TestTheCookie(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	a := s.browser(t).post(paths.SignIn, url.Values{"email": {"minji@cafe.test"}, "password": {testPassword}}).wantGo("/")
	cookies := a.Result().Cookies()
	if len(cookies) != 2 {
		t.Fatalf("cookies %v", cookies)
	}
	for _, c := range cookies {
		if !strings.HasPrefix(c.Name, "__Host-dangol") || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || len(c.Value) > 200 {
			t.Errorf("cookie %+v", c)
		}
	}
}

// A new token at sign-in whatever the browser brought; the old one is worth nothing.
func TestSigningInGivesANewToken(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	minji := s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	b := s.as(t, s.MerchantID, minji)
	before := b.cookies[s.server.cookie]
	b.post(paths.SignIn, url.Values{"email": {"minji@cafe.test"}, "password": {testPassword}}).wantGo("/")
	if b.cookies[s.server.cookie] == before {
		t.Error("the token stayed")
	}
	old := s.browser(t)
	old.cookies[s.server.cookie] = before
	old.get(paths.Password).want(http.StatusSeeOther)
	planted := s.browser(t)
	planted.cookies[s.server.cookie] = "chosen-by-somebody-else"
	planted.post(paths.SignIn, url.Values{"email": {"minji@cafe.test"}, "password": {testPassword}}).wantGo("/")
	if planted.cookies[s.server.cookie] == "chosen-by-somebody-else" {
		t.Error("a planted token was taken over")
	}
}

// Signing out wins against whatever else is under way in the same session.
func TestSigningOutBeatsSlowRequests(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	minji := s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	for range 250 { // 1,000 races
		b := s.as(t, s.MerchantID, minji)
		token := b.cookies[s.server.cookie]
		var slow sync.WaitGroup
		for range 4 {
			slow.Go(func() {
				r := httptest.NewRequest(http.MethodPost, paths.Session(strings.Repeat("00", 32)), nil)
				r.Header.Set("Sec-Fetch-Site", "same-origin")
				r.AddCookie(&http.Cookie{Name: s.server.cookie, Value: token})
				s.server.ServeHTTP(httptest.NewRecorder(), r)
			})
		}
		b.post(paths.SignOut, url.Values{}).wantGo(paths.SignIn)
		slow.Wait()
		revived := s.browser(t)
		revived.cookies[s.server.cookie] = token
		if a := revived.get(paths.Password); a.Code != http.StatusSeeOther {
			t.Fatalf("an ended session answers %d", a.Code)
		}
	}
}

func TestDisablingActsOnTheNextRequest(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	minji := s.hires(t, s.MerchantID, "minji@cafe.test", models.Clerk)
	b := s.as(t, s.MerchantID, minji)
	b.get(paths.Password).want(200)
	if _, err := s.DB.Pool().Exec(t.Context(), `UPDATE staff SET disabled_at = $3 WHERE merchant_id = $1 AND person_id = $2`, s.MerchantID, minji.ID, s.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	b.get(paths.Password).wantGo("/sign-in?next=%2Fsettings%2Fpassword")
}

func TestAnIdleTabletSignsOut(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.owner(t)
	s.Clock.Advance(people.PowerIdle - time.Second)
	b.get(paths.Password).want(200)
	s.Clock.Advance(people.PowerIdle + time.Second)
	b.get(paths.Password).want(http.StatusSeeOther)
}

// Guessing is limited by address and account, and no header helps: not even one that a trusted proxy passes on.
func TestNoHeaderGetsRoundTheLimits(t *testing.T) {
	t.Parallel()
	for name, proxies := range map[string][]netip.Prefix{"directly": nil, "behind a proxy": {netip.MustParsePrefix("10.0.0.0/8")}} {
		s := newSite(t, func(d *Deps) { d.TrustedProxies = proxies })
		s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
		try := func(i int, email, password string) *answer {
			r := httptest.NewRequest(http.MethodPost, paths.SignIn, strings.NewReader(url.Values{"email": {email}, "password": {password}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			r.RemoteAddr = "198.51.100.7:4711"
			if proxies != nil {
				r.RemoteAddr = "10.1.2.3:4711"
			}
			r.Header.Set("X-Real-Ip", fmt.Sprintf("192.0.2.%d", i))
			r.Header.Set("X-Forwarded-For", fmt.Sprintf("192.0.2.%d, 198.51.100.7", i))
			r.Header.Set("Forwarded", fmt.Sprintf("for=192.0.2.%d", i))
			return s.browser(t).do(r)
		}
		for i := range 10 {
			try(i, []string{"minji@cafe.test", "MINJI@cafe.test", "ｍinji@cafe.test"}[i%3], "wrong").want(http.StatusUnprocessableEntity)
		}
		a := try(99, "minji@cafe.test", testPassword)
		if a.Code != http.StatusTooManyRequests || a.Header().Get("Retry-After") == "" || !a.says("뒤에 다시") {
			t.Errorf("%s: the eleventh try: %d, Retry-After %q", name, a.Code, a.Header().Get("Retry-After"))
		}
	}
}

func TestNobodyIsSentToAnotherSite(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	for _, next := range []string{"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/%09/evil\t", "evil", "/\n/x", "http:/x"} {
		a := s.browser(t).post(paths.SignIn, url.Values{"email": {"minji@cafe.test"}, "password": {testPassword}, "next": {next}})
		if location := a.Header().Get("Location"); location != "/" {
			t.Errorf("next %q leads to %q", next, location)
		}
	}
	s.browser(t).post(paths.SignIn, url.Values{"email": {"minji@cafe.test"}, "password": {testPassword}, "next": {"/customers?q=%EA%B9%80"}}).
		wantGo("/customers?q=%EA%B9%80")
}

// foreign posts as another site would.
func (b *browser) foreign(path string) *answer {
	h := b.header.Clone()
	h.Set("Sec-Fetch-Site", "cross-site")
	return (&browser{b.t, b.handler, b.cookies, h}).post(path, url.Values{})
}

// The log names routes and ids; no address, password, token, key, name or e-mail gets into it, whatever goes wrong.
func TestNothingPersonalIsLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := newSite(t, func(d *Deps) {
		d.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	s.hires(t, s.MerchantID, "canary@cafe.test", models.Owner)
	b := s.browser(t)
	b.header.Set("Authorization", "Bearer dgl_canary")
	b.header.Set("User-Agent", "canary")
	b.post(paths.SignIn, url.Values{"email": {"canary@cafe.test"}, "password": {"canary-wrong"}}).want(422)
	b.post(paths.SignIn, url.Values{"email": {"canary@cafe.test"}, "password": {testPassword}}).wantGo("/")
	b.get(paths.ResetWith("canary-token")).want(404)
	b.get("/customers/canary?q=canary&name=canary")
	b.get("/api/v1/customers/ext:canary").want(401)
	b.post(paths.Reset, url.Values{"email": {"canary@cafe.test"}}).want(200)
	if text := log.String(); strings.Contains(text, "canary") || strings.Contains(text, b.cookies[s.server.cookie]) || strings.Contains(text, s.lastToken(t)) {
		t.Errorf("the log says\n%s", text)
	}
	if n := strings.Count(log.String(), `"msg":"request"`); n != 6 {
		t.Errorf("%d lines for 6 requests", n)
	}
}
