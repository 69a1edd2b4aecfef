package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/people"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// setLanguage and setTheme work before anybody is signed in too: then this device remembers.
func (s *Server) setLanguage(c echo.Context) error {
	return s.setTaste(c, c.FormValue("locale"), "")
}

func (s *Server) setTheme(c echo.Context) error {
	return s.setTaste(c, "", c.FormValue("theme"))
}

func (s *Server) setTaste(c echo.Context, locale, theme string) error {
	r := web.Of(c)
	if err := people.CheckTaste(locale, theme); err != nil {
		return err
	}
	if r.Person != nil {
		if err := people.SetTaste(c.Request().Context(), s.DB, r.Person.ID, locale, theme); err != nil {
			return err
		}
	}
	look := or(locale, string(r.Locale)) + "." + or(theme, r.Theme)
	s.setCookie(c, s.lookCookie, look, lookAge)
	return web.Go(c, local(c.FormValue("back"), paths.Home))
}

func or(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

func (s *Server) passwordForm(c echo.Context) error {
	return web.Render(c, http.StatusOK, pages.Password(forms.NewPassword{}))
}

func (s *Server) changePassword(c echo.Context) error {
	var form forms.NewPassword
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	entry, err := people.ChangePassword(c.Request().Context(), s.DB, s.guard, s.who(c), people.ChangeParams{
		Token: s.cookieValue(c, s.cookie), Current: form.Current, Password: form.Password, EndOther: true,
	})
	if kind := models.KindOf(err); kind == models.Invalid || kind == models.TooMany {
		failure := web.Judge(err)
		sayWhen(c, failure)
		page := pages.Password(forms.NewPassword{Problems: forms.Explain(web.Of(c).Printer(), err)})
		return web.Page(c, failure.Status, page)
	}
	if err != nil {
		return err
	}
	s.admit(c, entry)
	return s.goWith(c, entry, paths.Password, components.ToastProps{Text: web.Of(c).Printer().Account.PasswordChanged})
}

// goWith goes on with a notice in a session that has a new token since this request began.
func (s *Server) goWith(c echo.Context, e *people.Entry, path string, toast components.ToastProps) error {
	session, err := s.session(c)
	if err != nil {
		return err
	}
	session.ID, session.IsNew = e.Token, false
	session.AddFlash(toast)
	if err := session.Save(c.Request(), c.Response()); err != nil {
		return err
	}
	return web.Go(c, path)
}

// done goes on with a notice.
func (s *Server) done(c echo.Context, path string, text string) error {
	if err := s.flash(c, components.ToastProps{Text: text}); err != nil {
		return err
	}
	return web.Go(c, path)
}

func (s *Server) sessionIndex(c echo.Context) error {
	r := web.Of(c)
	list, err := people.Sessions(c.Request().Context(), s.DB, r.Person.ID)
	if err != nil {
		return err
	}
	view, printer := pages.SessionsView{}, r.Printer()
	printer.Now = s.DB.Wall() // sessions live in real time, also in a sandbox
	for _, each := range list {
		view.Sessions = append(view.Sessions, sessionRow(each, r.Session, printer))
	}
	return web.Render(c, http.StatusOK, pages.Sessions(view))
}

func (s *Server) endSession(c echo.Context) error {
	r, id := web.Of(c), web.Param(c, "id")
	if err := people.EndSessionOf(c.Request().Context(), s.DB, r.Person.ID, id); err != nil {
		return err
	}
	if id == r.Session {
		s.dismiss(c)
		return web.Go(c, paths.SignIn)
	}
	return s.done(c, paths.Sessions, r.Printer().Account.EndedSession)
}

func (s *Server) switchShop(c echo.Context) error {
	list, err := ids("merchant", []string{c.FormValue("merchant")})
	if err != nil {
		return models.ErrNotFound
	}
	token, err := people.SwitchShop(c.Request().Context(), s.DB, s.cookieValue(c, s.cookie), web.Of(c).Person.ID, list[0])
	if err != nil {
		return err
	}
	s.setCookie(c, s.cookie, token, int(people.ShopAbsolute.Seconds()))
	return web.Go(c, paths.Home)
}

func sessionRow(session people.Session, here string, p *i18n.Printer) pages.SessionRow {
	return pages.SessionRow{
		Handle: session.ID, Device: deviceName(session.Agent), Address: session.Address, Here: session.ID == here,
		Since: p.DateTime(session.CreatedAt), Seen: p.Ago(session.SeenAt),
	}
}

// deviceName says in a few words what a browser calls itself: "Chrome · Android". The order matters: many name others too.
func deviceName(agent string) string {
	name := func(known ...string) string {
		for i := 0; i < len(known); i += 2 {
			if strings.Contains(agent, known[i]) {
				return known[i+1]
			}
		}
		return ""
	}
	browser := name("Whale/", "Whale", "SamsungBrowser/", "Samsung Internet", "Edg", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "Chrome/", "Chrome", "Safari/", "Safari")
	system := name("Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS X", "Mac", "CrOS", "ChromeOS", "Linux", "Linux")
	return strings.Trim(browser+" · "+system, " ·")
}
