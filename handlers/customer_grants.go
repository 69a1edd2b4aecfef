package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/counter"
	"dangol/models/grants"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// Who may give by hand from the office; how much, the terms say.
var granting = web.May("owner admin manager:own")

// customerGrantNew asks what to give or take: a page, and by htmx a drawer.
func (s *Server) customerGrantNew(c echo.Context) error {
	guest, p, err := s.ownMember(c)
	if err != nil {
		return err
	}
	v, err := s.adjustView(c, p, guest, forms.Grant{})
	if err != nil {
		return err
	}
	return web.Page(c, http.StatusOK, pages.Adjust(v), pages.AdjustDrawer(v))
}

// ownMember is the member of the path, if they are the actor's to see.
func (s *Server) ownMember(c echo.Context) (*counter.Guest, *i18n.Printer, error) {
	if _, err := s.customer(c); err != nil {
		return nil, nil, err
	}
	return s.member(c)
}

func (s *Server) adjustView(c echo.Context, p *i18n.Printer, guest *counter.Guest, form forms.Grant) (pages.AdjustView, error) {
	counted, err := s.grantView(c, p, guest, form)
	if err != nil {
		return pages.AdjustView{}, err
	}
	v := pages.AdjustView{
		ID: guest.Customer.ID, Name: i18n.MaskName(guest.Customer.Name), Form: form, Before: guest.Account.Available, After: guest.Account.Available,
		Left: counted.Left, CanTake: true, Reasons: counted.Reasons, Key: counted.Key,
	}
	if points, err := signed(form); err == nil {
		v.After = v.Before + points
	}
	return v, nil
}

// signed reads the points as typed; taking makes them negative.
func signed(form forms.Grant) (int64, error) {
	points, err := forms.Count("points", form.Points)
	if form.Take != "" {
		points = -points
	}
	return points, err
}

// customerGrant gives or takes points by hand, once however often the button is tapped.
func (s *Server) customerGrant(c echo.Context) error {
	guest, p, err := s.ownMember(c)
	if err != nil {
		return err
	}
	var form forms.Grant
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	key, err := web.FormKey(c)
	if err != nil {
		return err
	}
	points, err := signed(form)
	if err == nil {
		r := web.Of(c)
		_, err = grants.Give(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), key, models.GrantParams{
			MembershipID: guest.Member.ID, Unit: guest.Unit.Code, Points: points, Reason: models.GrantReason(form.Reason), Note: form.Note, Words: form.Message,
		})
	}
	if problems := typed(p, err); problems != nil {
		form.Problems = problems
		v, err := s.adjustView(c, p, guest, form)
		if err != nil {
			return err
		}
		return web.Page(c, http.StatusUnprocessableEntity, pages.Adjust(v), pages.AdjustForm(v, "#adjust-form"))
	}
	if err != nil {
		return err
	}
	return s.done(c, paths.Customer(guest.Customer.ID), p.Common.Saved)
}
