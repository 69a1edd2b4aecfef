package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/merchants"
	"dangol/models/people"
	"dangol/views/forms"
	"dangol/views/pages"
	"dangol/views/paths"
)

// halfAge is how long a browser keeps the mark of a right password whose code is still to come, in seconds.
const halfAge = 5 * 60

func (s *Server) halfCookie() string { return s.cookie + "-half" }

// goSecond sends somebody who has given the right password on to the code.
func (s *Server) goSecond(c echo.Context, e *people.Entry, next string) error {
	s.setCookie(c, s.halfCookie(), e.Half, halfAge)
	if isAgain(c) {
		return web.Render(c, http.StatusOK, pages.SecondAgain(forms.Code{}))
	}
	return web.Go(c, paths.SecondStepFor(next))
}

func (s *Server) secondForm(c echo.Context) error {
	if s.cookieValue(c, s.halfCookie()) == "" {
		return web.Go(c, paths.SignIn)
	}
	return web.Render(c, http.StatusOK, pages.Second(forms.Code{Next: local(web.Query(c, "next"), "")}))
}

// second takes the code. Whoever waited too long begins at the door again.
func (s *Server) second(c echo.Context) error {
	var form forms.Code
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	entry, err := people.Second(c.Request().Context(), s.DB, s.guard, people.SecondParams{
		Half: s.cookieValue(c, s.halfCookie()), Code: form.Code, Token: s.cookieValue(c, s.cookie), From: s.origin(c),
	})
	switch models.KindOf(err) {
	case models.Unauthorized:
		s.setCookie(c, s.halfCookie(), "", -1)
		return web.Go(c, paths.SignIn)
	case models.Invalid, models.TooMany:
		return s.codeAgain(c, form, err)
	}
	if err != nil {
		return err
	}
	s.setCookie(c, s.halfCookie(), "", -1)
	s.admit(c, entry)
	if isAgain(c) {
		return s.carryOn(c)
	}
	return web.Go(c, local(form.Next, paths.Home))
}

func (s *Server) codeAgain(c echo.Context, form forms.Code, fault error) error {
	failure := web.Judge(fault)
	sayWhen(c, failure)
	form.Code, form.Problems = "", forms.Explain(web.Of(c).Printer(), fault)
	if isAgain(c) {
		return web.Render(c, failure.Status, pages.SecondAgain(form))
	}
	return web.Render(c, failure.Status, pages.Second(form))
}

// secondFactor is one's own second factor: on, or what an app needs to know to turn it on.
func (s *Server) secondFactor(c echo.Context) error {
	return s.showFactor(c, http.StatusOK, pages.SecondFactorView{})
}

func (s *Server) showFactor(c echo.Context, status int, v pages.SecondFactorView) (err error) {
	r := web.Of(c)
	settings, err := merchants.SettingsOf(r.Merchant)
	if err != nil {
		return err
	}
	v.On = r.Person.SecondFactor || len(v.Codes) > 0
	v.Needed, v.CanRule = settings.NeedFactor, ruling.Of(r.Staff.Role) != web.No && r.Person.SecondFactor
	if !v.On && v.New.Sealed == "" {
		factor, err := s.guard.NewFactor(r.Person)
		if err != nil {
			return err
		}
		v.New = newFactor(factor)
	}
	return web.Render(c, status, pages.SecondFactor(v))
}

func newFactor(f people.NewFactor) pages.NewFactor {
	return pages.NewFactor{Key: f.Key, Address: f.Address, Sealed: f.Sealed}
}

// ruling is for those who decide what the shop's owners and admins need.
var ruling = web.May("owner admin")

func (s *Server) turnOnFactor(c echo.Context) error {
	var form struct {
		Sealed string `form:"sealed"`
		Code   string `form:"code"`
	}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	codes, err := people.TurnOn(c.Request().Context(), s.DB, s.guard, s.who(c), form.Sealed, form.Code)
	if models.KindOf(err) == models.Invalid {
		v := pages.SecondFactorView{Problems: forms.Explain(web.Of(c).Printer(), err)}
		if same, err := s.guard.AgainFactor(web.Of(c).Person, form.Sealed); err == nil {
			v.New = newFactor(same)
		}
		return s.showFactor(c, http.StatusUnprocessableEntity, v)
	}
	if err != nil {
		return err
	}
	return s.showFactor(c, http.StatusOK, pages.SecondFactorView{Codes: codes})
}

func (s *Server) turnOffFactor(c echo.Context) error {
	if err := people.TurnOff(c.Request().Context(), s.DB, s.who(c)); err != nil {
		return err
	}
	return s.done(c, paths.SecondFactor, web.Of(c).Printer().Account.FactorIsOff)
}

func (s *Server) newRecoveryCodes(c echo.Context) error {
	codes, err := people.NewCodes(c.Request().Context(), s.DB, s.who(c))
	if err != nil {
		return err
	}
	return s.showFactor(c, http.StatusOK, pages.SecondFactorView{Codes: codes})
}

// ruleFactor decides whether the shop's owners and admins need a second factor. Who decides it has one.
func (s *Server) ruleFactor(c echo.Context) error {
	r := web.Of(c)
	if err := merchants.NeedFactor(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), c.FormValue("needed") == "on"); err != nil {
		return err
	}
	return s.done(c, paths.SecondFactor, r.Printer().Common.Saved)
}

// factored lets owners and admins of a shop that wants a second factor do nothing else before they have one.
func (s *Server) factored(route *web.Route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if owes, err := owesFactor(web.Of(c)); err != nil || owes && !route.Allow.Public && !beforeFactor[route.Path] {
				if err != nil {
					return err
				}
				return web.Go(c, paths.SecondFactor)
			}
			return next(c)
		}
	}
}

// beforeFactor are the pages of one's own login.
var beforeFactor = map[string]bool{paths.SecondFactor: true, paths.Password: true, paths.Shop: true}

func owesFactor(r *web.Request) (bool, error) {
	if r.Staff == nil || r.Person.SecondFactor || ruling.Of(r.Staff.Role) == web.No {
		return false, nil
	}
	settings, err := merchants.SettingsOf(r.Merchant)
	return settings.NeedFactor, err
}

// adviseFactor says whether somebody should be told on the first page: where several work, a password alone is little.
func adviseFactor(r *web.Request, several bool) bool {
	return several && ruling.Of(r.Staff.Role) != web.No && !r.Person.SecondFactor
}
