package handlers

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/api"
	"dangol/handlers/web"
	"dangol/models"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/layouts"
	"dangol/views/pages"
	"dangol/views/paths"
)

// fail answers a request that ended in an error: problem+json for the API; by htmx a notice that leaves alone what
// somebody is working on; else a page. Who is signed out is sent to the door, or shown it over the page by htmx.
func (s *Server) fail(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	c.SetRequest(c.Request().WithContext(context.WithoutCancel(c.Request().Context()))) // the request's time may be what is over
	failure := web.Judge(err)
	sayWhen(c, failure)
	if tellErr := s.tell(c, failure); tellErr != nil {
		s.Log.Error("an error could not be shown", "id", web.Of(c).ID, "error", tellErr)
		_ = c.NoContent(http.StatusInternalServerError)
	}
}

// sayWhen tells whoever tries too often when to try again.
func sayWhen(c echo.Context, f web.Failure) {
	if seconds, ok := f.Error.Args["seconds"].(int64); ok {
		c.Response().Header().Set("Retry-After", strconv.FormatInt(seconds, 10))
	}
}

func (s *Server) tell(c echo.Context, f web.Failure) error {
	if isAPI(c) && c.Request().Method != http.MethodHead {
		return api.Fail(c, f)
	}
	if layouts.ShellFrom(c.Request().Context()).Path == "" { // the error came before anybody was looked for
		r := web.Of(c)
		s.readLook(c, r)
		if err := s.dress(c, r, nil); err != nil {
			return err
		}
	}
	switch {
	case c.Request().Method == http.MethodHead:
		return c.NoContent(f.Status)
	case web.IsHTMX(c) && f.Status == http.StatusUnauthorized:
		return s.tellSignedOut(c)
	case web.IsHTMX(c):
		return web.Render(c, f.Status, web.Toast(components.ToastProps{Text: s.words(c, f), Bad: true, Seconds: "10"}))
	case f.Status == http.StatusUnauthorized:
		return c.Redirect(http.StatusSeeOther, door(c))
	}
	return web.Render(c, f.Status, pages.Failure(s.failureView(c, f)))
}

// tellSignedOut opens the door over the page: what was typed there stays.
func (s *Server) tellSignedOut(c echo.Context) error {
	return web.Render(c, http.StatusUnauthorized, pages.Partial("#dialog", "innerHTML", pages.SignInAgain(forms.SignIn{})))
}

// door is the way to sign in and back to the page that was asked for.
func door(c echo.Context) string {
	if c.Request().Method != http.MethodGet || c.Request().URL.Path == paths.Home {
		return paths.SignIn
	}
	return paths.SignInFor(c.Request().URL.RequestURI())
}

func (s *Server) words(c echo.Context, f web.Failure) string {
	p := web.Of(c).Printer()
	if f.Error.Kind == models.Internal {
		return p.Common.BrokenHelp + " " + p.Common.RequestID(web.Of(c).ID)
	}
	if len(f.Error.Fields) > 0 {
		return p.Fault(f.Error.Fields[0].Code, f.Error.Fields[0].Args)
	}
	return p.Fault(f.Error.Code, f.Error.Args)
}

func (s *Server) failureView(c echo.Context, f web.Failure) pages.FailureView {
	r := web.Of(c)
	v := pages.FailureView{Status: f.Status, Text: s.words(c, f), Inside: r.Person != nil && r.Staff != nil && !f.Ours}
	if v.Text == r.Printer().Fault(models.ErrNotFound.Code, nil) {
		v.Text = "" // the title says so
	}
	if f.Ours {
		v.RequestID = web.Of(c).ID
	}
	return v
}

// isAPI says whether a request is a till's, which is answered in JSON.
func isAPI(c echo.Context) bool { return strings.HasPrefix(c.Request().URL.Path, "/api/") }
