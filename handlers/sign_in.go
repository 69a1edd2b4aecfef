package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/people"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/pages"
	"dangol/views/paths"
)

func (s *Server) signInForm(c echo.Context) error {
	next := local(web.Query(c, "next"), "")
	if web.Of(c).Person != nil {
		return web.Go(c, local(next, paths.Home))
	}
	return web.Render(c, http.StatusOK, pages.SignIn(forms.SignIn{Next: next}))
}

func (s *Server) signIn(c echo.Context) error {
	var form forms.SignIn
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	entry, err := people.SignIn(c.Request().Context(), s.DB, s.guard, people.SignInParams{
		Email: form.Email, Password: form.Password, From: s.origin(c),
		Device: s.cookieValue(c, s.deviceCookie), Token: s.cookieValue(c, s.cookie),
	})
	if err != nil {
		return s.notLetIn(c, form, err)
	}
	if entry.Half != "" {
		return s.goSecond(c, entry, local(form.Next, ""))
	}
	s.admit(c, entry)
	if isAgain(c) {
		return s.carryOn(c)
	}
	return web.Go(c, local(form.Next, paths.Home))
}

// notLetIn shows the form again: one sentence, which does not say whether it was the address or the password.
func (s *Server) notLetIn(c echo.Context, form forms.SignIn, err error) error {
	failure := web.Judge(err)
	if failure.Error.Kind != models.Unauthorized && failure.Error.Kind != models.TooMany {
		return err
	}
	sayWhen(c, failure)
	form.Password, form.Problems = "", forms.Explain(web.Of(c).Printer(), err)
	status := failure.Status
	if status == http.StatusUnauthorized {
		status = http.StatusUnprocessableEntity // 401 is for a session that is missing, and htmx would not swap it
	}
	if isAgain(c) {
		return web.Render(c, status, pages.SignInAgain(form))
	}
	return web.Render(c, status, pages.SignIn(form))
}

// isAgain says whether somebody signs in over a page whose session had ended.
func isAgain(c echo.Context) bool { return web.IsHTMX(c) && c.FormValue("again") == "1" }

// carryOn closes the door over the page: what was typed there can be sent now.
func (s *Server) carryOn(c echo.Context) error {
	c.Response().Header().Set("HX-Trigger", `{"ui:close":""}`)
	return web.Render(c, http.StatusOK, web.Toast(components.ToastProps{Text: web.Of(c).Printer().Account.SignedInAgain}))
}

func (s *Server) signOut(c echo.Context) error {
	if token := s.cookieValue(c, s.cookie); token != "" {
		if err := people.EndSession(c.Request().Context(), s.DB, token); err != nil {
			return err
		}
	}
	s.dismiss(c)
	return web.Go(c, paths.SignIn)
}

func (s *Server) origin(c echo.Context) people.Origin {
	return people.Origin{Address: web.Of(c).Address, Agent: c.Request().UserAgent()}
}

func (s *Server) resetForm(c echo.Context) error {
	return web.Render(c, http.StatusOK, pages.Reset(forms.Reset{}, false))
}

func (s *Server) reset(c echo.Context) error {
	var form forms.Reset
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := people.RequestReset(c.Request().Context(), s.DB, form.Email, s.origin(c)); err != nil {
		failure := web.Judge(err)
		if failure.Ours {
			return err
		}
		sayWhen(c, failure)
		form.Problems = forms.Explain(web.Of(c).Printer(), err)
		return web.Render(c, failure.Status, pages.Reset(form, false))
	}
	return web.Render(c, http.StatusOK, pages.Reset(form, true))
}

func (s *Server) resetWithForm(c echo.Context) error {
	token := web.Param(c, "token")
	if _, err := people.FindLink(c.Request().Context(), s.DB, people.ResetLink, token); err != nil {
		return err
	}
	return web.Render(c, http.StatusOK, pages.ResetWith(token, forms.NewPassword{}))
}

func (s *Server) resetWith(c echo.Context) error {
	var form forms.NewPassword
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	token := web.Param(c, "token")
	entry, err := people.Choose(c.Request().Context(), s.DB, s.guard, people.ChooseParams{
		Kind: people.ResetLink, Token: token, Password: form.Password, From: s.origin(c),
	})
	if models.KindOf(err) == models.Invalid {
		return web.Render(c, http.StatusUnprocessableEntity,
			pages.ResetWith(token, forms.NewPassword{Problems: forms.Explain(web.Of(c).Printer(), err)}))
	}
	if err != nil {
		return err
	}
	if entry.Half != "" {
		return s.goSecond(c, entry, "")
	}
	s.admit(c, entry)
	return web.Go(c, paths.Home)
}

func (s *Server) invitation(c echo.Context) error {
	return s.showInvitation(c, http.StatusOK, forms.Invitation{})
}

func (s *Server) showInvitation(c echo.Context, status int, form forms.Invitation) error {
	token := web.Param(c, "token")
	invited, err := people.FindInvitation(c.Request().Context(), s.DB, token)
	if err != nil {
		return err
	}
	return web.Render(c, status, pages.Invite(pages.InviteView{
		Token: token, Shop: invited.Shop, Role: string(invited.Role), Known: invited.Known, Form: form,
	}))
}

func (s *Server) acceptInvitation(c echo.Context) error {
	var form forms.Invitation
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	token := web.Param(c, "token")
	invited, err := people.FindInvitation(c.Request().Context(), s.DB, token)
	if err != nil {
		return err
	}
	if invited.Known {
		if err := people.Accept(c.Request().Context(), s.DB, token); err != nil {
			return err
		}
		return web.Go(c, paths.SignIn)
	}
	return s.takeUp(c, token, form)
}

func (s *Server) takeUp(c echo.Context, token string, form forms.Invitation) error {
	entry, err := people.Choose(c.Request().Context(), s.DB, s.guard, people.ChooseParams{
		Kind: people.InvitationLink, Token: token, Name: form.Name, Password: form.Password, From: s.origin(c),
	})
	if models.KindOf(err) == models.Invalid {
		return s.showInvitation(c, http.StatusUnprocessableEntity, forms.Invitation{Name: form.Name, Problems: forms.Explain(web.Of(c).Printer(), err)})
	}
	if err != nil {
		return err
	}
	s.admit(c, entry)
	return web.Go(c, paths.Home)
}
