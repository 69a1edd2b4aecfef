package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/people"
	"dangol/views/forms"
	"dangol/views/pages"
)

// passwordAgain is the field of the password in a form that is sent once more with it.
const passwordAgain = "password_again"

// confirmed asks for the password before a route that says Again, unless it was given a short while ago: a screen that was left open
// must not be enough. What was typed is carried along and sent with the password.
func (s *Server) confirmed(route *web.Route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if !route.Again {
			return next
		}
		return func(c echo.Context) error {
			who := s.who(c)
			if who == nil {
				return models.ErrSignedOut
			}
			if who.Session.Confirmed(s.DB.Wall()) {
				return next(c)
			}
			values, err := c.FormParams()
			if err != nil {
				return err
			}
			password := values.Get(passwordAgain)
			if password == "" {
				return s.askPassword(c, nil)
			}
			err = people.Reconfirm(c.Request().Context(), s.DB, s.guard, who, s.cookieValue(c, s.cookie), password)
			if kind := models.KindOf(err); kind == models.Invalid || kind == models.TooMany {
				return s.askPassword(c, err)
			}
			if err != nil {
				return err
			}
			return next(c)
		}
	}
}

// askPassword shows the form once more with everything that was typed, and a place for the password.
func (s *Server) askPassword(c echo.Context, fault error) error {
	values, err := c.FormParams()
	if err != nil {
		return err
	}
	status, view := http.StatusUnprocessableEntity, pages.ConfirmView{Action: c.Request().URL.Path}
	if fault != nil {
		failure := web.Judge(fault)
		sayWhen(c, failure)
		status, view.Problems = failure.Status, forms.Explain(web.Of(c).Printer(), fault)
	}
	for name, list := range values {
		if name == passwordAgain || name == "csrf" || strings.ContainsRune(name, 0) {
			continue
		}
		for _, value := range list {
			view.Fields = append(view.Fields, pages.HiddenField{Name: name, Value: value})
		}
	}
	return web.Render(c, status, pages.Confirm(view))
}
