package handlers

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/keys"
	"dangol/models/people"
	"dangol/views/i18n"
	"dangol/views/layouts"
)

// identify finds out who sends a request: by the key where the route wants one, else by the session's cookie.
func (s *Server) identify(route *web.Route) echo.MiddlewareFunc {
	find := s.bySession
	if route.Allow.Scope != "" {
		find = s.byKey
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := find(c); err != nil {
				return err
			}
			return next(c)
		}
	}
}

func (s *Server) byKey(c echo.Context) error {
	scheme, text, _ := strings.Cut(c.Request().Header.Get(echo.HeaderAuthorization), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return models.ErrBadKey
	}
	key, err := keys.Authenticate(c.Request().Context(), s.DB, strings.TrimSpace(text))
	if err != nil {
		return err
	}
	r := web.Of(c)
	r.Key, r.Locale = key, i18n.Match(c.Request().Header.Get("Accept-Language"))
	r.Merchant = &models.Merchant{ID: key.MerchantID}
	return s.readShop(c.Request().Context(), r)
}

// readShop completes a merchant known by its id alone with what every transaction of it knows.
func (s *Server) readShop(ctx context.Context, r *web.Request) error {
	shop, err := s.DB.Merchant(ctx, r.Merchant.ID)
	if err != nil {
		return err
	}
	r.Merchant.Currency, r.Merchant.Zone, r.Merchant.Sandbox = shop.Currency, shop.Zone.String(), shop.Sandbox
	r.Zone, r.Now = shop.Zone, s.DB.Wall()
	return nil
}

func (s *Server) bySession(c echo.Context) error {
	session, err := s.session(c)
	if err != nil {
		return err
	}
	r := web.Of(c)
	r.Now = s.DB.Wall()
	s.readLook(c, r)
	who, signedIn := session.Values[whoKey].(*people.SignedIn)
	if signedIn {
		if err := s.signedIn(c, r, who, session.ID); err != nil {
			return err
		}
	}
	return s.dress(c, r, who)
}

// signedIn notes who it is and in which shop, and what time it is there.
func (s *Server) signedIn(c echo.Context, r *web.Request, who *people.SignedIn, token string) error {
	r.Person, r.Staff, r.Merchant, r.Session = &who.Person, &who.Staff, &who.Merchant, who.Session.ID
	r.Locale, r.Theme, r.Token = i18n.Locale(who.Person.Locale), who.Person.Theme, web.FormToken(token)
	shop, err := s.DB.Merchant(c.Request().Context(), r.Merchant.ID)
	if err != nil {
		return err
	}
	r.Zone = shop.Zone
	if r.Merchant.ClockAt != nil {
		r.Now = r.Merchant.ClockAt.UTC()
	}
	program, err := s.inForce(c)
	if program != nil {
		unit := unitWords(program.Unit(""), r.Locale)
		r.Unit = &unit
	}
	return err
}

// readLook reads language and theme of somebody who is not signed in: as chosen on this device, else as the browser says.
func (s *Server) readLook(c echo.Context, r *web.Request) {
	locale, theme, _ := strings.Cut(s.cookieValue(c, s.lookCookie), ".")
	if locale == "" {
		locale = c.Request().Header.Get("Accept-Language")
	}
	r.Locale, r.Theme = i18n.Match(locale), theme
}

// dress puts into the context what every template reads: the printer, the form token and the shell.
func (s *Server) dress(c echo.Context, r *web.Request, who *people.SignedIn) error {
	shell := layouts.Shell{Theme: r.Theme, Path: c.Request().URL.RequestURI(), Token: r.Token}
	if who != nil {
		if err := s.fill(c, r, who, &shell); err != nil {
			return err
		}
	}
	c.SetRequest(c.Request().WithContext(layouts.With(c.Request().Context(), shell, r.Printer())))
	return nil
}

func (s *Server) fill(c echo.Context, r *web.Request, who *people.SignedIn, shell *layouts.Shell) (err error) {
	shell.Shop, shell.Person, shell.Role = r.Merchant.Name, r.Person.Name, string(r.Staff.Role)
	shell.Sandbox, shell.Today, shell.May = r.Merchant.Sandbox, r.Today(), s.may(r.Staff.Role)
	if c.Request().Method != http.MethodGet || web.IsHTMX(c) {
		return nil // what follows stands on whole pages only
	}
	if who.Several {
		if shell.Shops, err = s.otherShops(c, who); err != nil {
			return err
		}
	}
	shell.Flash, err = s.takeFlash(c)
	return err
}

func (s *Server) otherShops(c echo.Context, who *people.SignedIn) (list []layouts.ShopLink, err error) {
	shops, err := people.Shops(c.Request().Context(), s.DB, who.Person.ID)
	for _, shop := range shops {
		if shop.MerchantID != who.Merchant.ID {
			list = append(list, layouts.ShopLink{ID: shop.MerchantID, Name: shop.Name, Sandbox: shop.Sandbox})
		}
	}
	return list, err
}

// authorize lets pass whom the route allows.
func authorize(route *web.Route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := allowed(route.Allow, web.Of(c)); err != nil {
				return err
			}
			return next(c)
		}
	}
}

func allowed(p web.Permission, r *web.Request) error {
	switch {
	case p.Public:
		return nil
	case p.Scope != "":
		if r.Key == nil || !r.Key.Allows(p.Scope) {
			return models.ErrForbidden
		}
		return nil
	case r.Staff == nil:
		return models.ErrSignedOut
	case p.Of(r.Staff.Role) == web.No:
		return models.ErrForbidden
	}
	return nil
}
