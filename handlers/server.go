// Package handlers turns requests of the staff's browsers into one call of one verb each.
//
// routes.go is the table of every route with its permission. A handler stands in the file of its resource as a method of
// Server; it binds what was typed, calls a verb, and answers in one of three ways: the form again with what is wrong, an
// error that errors.go explains, or where to go on.
package handlers

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models/imports"
	"dangol/models/people"
	"dangol/models/store"
	"dangol/static"
)

// Deps is what the screens need from outside.
type Deps struct {
	DB             *store.DB
	Log            *slog.Logger
	Secret         []byte         // of the data folder; marks known devices
	URL            string         // where people reach the program: scheme and host; links never come from a request's Host
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed; none: nobody's
	Desk           *imports.Desk  // where files are brought in
	Mail           bool           // a mail server is connected; without one nobody reads what is sent
	InsecureHTTP   bool           // plain http on an address that is not this machine: cookies without Secure
}

// Server answers every request.
type Server struct {
	Deps
	echo         *echo.Echo
	guard        *people.Guard
	sessions     *sessionStore
	cookie       string // names of the cookies
	deviceCookie string
	lookCookie   string
	allows       map[string]web.Permission // by "METHOD path"
}

// New makes the server. It refuses a route that nobody may use, and one that permissions.csv does not have or has
// otherwise.
func New(d Deps) (*Server, error) {
	if len(d.Secret) < 32 {
		return nil, fmt.Errorf("handlers: the secret has %d bytes, want at least 32", len(d.Secret))
	}
	public, err := url.Parse(d.URL)
	if err != nil || public.Host == "" || public.Scheme != "http" && public.Scheme != "https" {
		return nil, fmt.Errorf("handlers: DANGOL_URL is %q, want http(s)://host", d.URL)
	}
	s := &Server{Deps: d, echo: echo.New(), guard: people.NewGuard(d.Secret), allows: map[string]web.Permission{}}
	s.nameCookies()
	if err := s.mount(public); err != nil {
		return nil, err
	}
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

func (s *Server) nameCookies() {
	prefix := "__Host-"
	if s.InsecureHTTP {
		prefix = ""
	}
	s.cookie, s.deviceCookie, s.lookCookie = prefix+"dangol", prefix+"dangol-device", prefix+"dangol-look"
	s.sessions = &sessionStore{db: s.DB, options: sessions.Options{Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: !s.InsecureHTTP}}
}

// mount puts what every request passes in front of the table of routes.
func (s *Server) mount(public *url.URL) error {
	e := s.echo
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = ipExtractor(s.TrustedProxies)
	e.HTTPErrorHandler = s.fail
	e.Pre(web.Headers(public.Scheme == "https"), web.Log(s.Log), web.Recover)
	sameSite, err := web.SameSite(public.Scheme + "://" + public.Host)
	if err != nil {
		return err
	}
	routes := s.routes()
	if err := checkTable(routes); err != nil {
		return err
	}
	for i := range routes {
		route := &routes[i]
		s.allows[route.Method+" "+route.Path] = route.Allow
		e.Add(route.Method, route.Path, route.Handler, web.Limit(route.Limits), note(route), s.identify(route), guarded(route, sameSite), authorize(route), s.factored(route), s.confirmed(route), s.counted(route))
	}
	e.GET(static.Prefix+"*", echo.WrapHandler(static.Handler()))
	return nil
}

// guarded asks where a request comes from, unless it brings a key instead of cookies.
func guarded(route *web.Route, sameSite echo.MiddlewareFunc) echo.MiddlewareFunc {
	if route.Allow.Scope != "" {
		return func(next echo.HandlerFunc) echo.HandlerFunc { return next }
	}
	return sameSite
}

func note(route *web.Route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := web.Of(c)
			r.Route, r.Address = route, c.RealIP()
			return next(c)
		}
	}
}

// ipExtractor believes X-Forwarded-For only as far as the named proxies have written it.
func ipExtractor(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, prefix := range trusted {
		options = append(options, echo.TrustIPRange(ipNet(prefix)))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// link is the whole address of a path, for mails and posters.
func (s *Server) link(path string) string { return strings.TrimSuffix(s.URL, "/") + path }
