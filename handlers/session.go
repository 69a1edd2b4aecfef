package handlers

import (
	"encoding/json"
	"net/http"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"dangol/models"
	"dangol/models/people"
	"dangol/models/store"
	"dangol/views/components"
)

// sessionStore is a sessions.Store over the sessions table. The cookie holds nothing but a random token. Saving updates a
// session that lives and never makes one: only signing in does (people.SignIn, people.StartSession), so that a slow
// request cannot revive a session that was ended meanwhile.
type sessionStore struct {
	db      *store.DB
	options sessions.Options
}

// whoKey is the entry of a session's values that says who is signed in.
const whoKey = "who"

// Get gives the session of a request, read once.
func (s *sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New reads the session that the cookie names; without one it is new and empty. A database that is away is an error, not
// a sign-out.
func (s *sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(s, name)
	options := s.options
	session.Options, session.IsNew = &options, true
	cookie, err := r.Cookie(name)
	if err != nil || cookie.Value == "" {
		return session, nil //nolint:nilerr // no cookie, nobody
	}
	who, err := people.FindSession(r.Context(), s.db, cookie.Value)
	if models.KindOf(err) == models.Unauthorized {
		return session, nil
	}
	if err != nil {
		return session, err
	}
	session.ID, session.IsNew = cookie.Value, false
	session.Values[whoKey] = who
	return session, readKept(session, who.Data)
}

// kept is what outlives a request in a session: what the next page says was done.
type kept struct {
	Flashes []components.ToastProps `json:"flashes,omitempty"`
}

func readKept(session *sessions.Session, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	var k kept
	if err := json.Unmarshal(data, &k); err != nil {
		return err
	}
	for _, toast := range k.Flashes {
		session.AddFlash(toast)
	}
	return nil
}

// Save keeps a session's notices. Of an ended or unknown session it keeps nothing.
func (s *sessionStore) Save(r *http.Request, _ http.ResponseWriter, session *sessions.Session) error {
	if session.IsNew {
		return nil
	}
	data, err := json.Marshal(keptOf(session))
	if err != nil {
		return err
	}
	return people.SaveSession(r.Context(), s.db, session.ID, data)
}

func keptOf(session *sessions.Session) (k kept) {
	list, _ := session.Values["_flash"].([]any) // where gorilla keeps them
	for _, each := range list {
		if toast, ok := each.(components.ToastProps); ok {
			k.Flashes = append(k.Flashes, toast)
		}
	}
	return k
}

func (s *Server) session(c echo.Context) (*sessions.Session, error) {
	return s.sessions.Get(c.Request(), s.cookie)
}

// who gives who is signed in, nil for nobody.
func (s *Server) who(c echo.Context) *people.SignedIn {
	session, err := s.session(c)
	if err != nil {
		return nil
	}
	who, _ := session.Values[whoKey].(*people.SignedIn)
	return who
}

// flash keeps a notice for the next page.
func (s *Server) flash(c echo.Context, toast components.ToastProps) error {
	session, err := s.session(c)
	if err != nil {
		return err
	}
	session.AddFlash(toast)
	return session.Save(c.Request(), c.Response())
}

// takeFlash gives the notice of the last request, once.
func (s *Server) takeFlash(c echo.Context) (*components.ToastProps, error) {
	session, err := s.session(c)
	if err != nil {
		return nil, err
	}
	list := session.Flashes()
	if len(list) == 0 {
		return nil, nil
	}
	toast, _ := list[0].(components.ToastProps)
	return &toast, session.Save(c.Request(), c.Response())
}

// admit gives the browser the cookies of somebody who was let in.
func (s *Server) admit(c echo.Context, e *people.Entry) {
	s.setCookie(c, s.cookie, e.Token, int(people.ShopAbsolute.Seconds()))
	s.setCookie(c, s.deviceCookie, e.Device, deviceAge)
}

// dismiss takes the session's cookie back; the device stays known.
func (s *Server) dismiss(c echo.Context) { s.setCookie(c, s.cookie, "", -1) }

const (
	deviceAge = 180 * 24 * 60 * 60
	lookAge   = 365 * 24 * 60 * 60
)

func (s *Server) setCookie(c echo.Context, name, value string, age int) {
	c.SetCookie(&http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.sessions.options.Secure,
	})
}

func (s *Server) cookieValue(c echo.Context, name string) string {
	cookie, err := c.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}
