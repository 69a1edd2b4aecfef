package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/counter"
	"dangol/models/grants"
	"dangol/models/store"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
)

func (s *Server) counterGrantForm(c echo.Context) error {
	guest, p, err := s.member(c)
	if err != nil {
		return err
	}
	view, err := s.grantView(c, p, guest, forms.Grant{})
	if err != nil {
		return err
	}
	return s.counterPage(c, http.StatusOK, pages.CounterView{Grant: view})
}

// grantView is the form of a reward by hand, with what may still be given today.
func (s *Server) grantView(c echo.Context, p *i18n.Printer, guest *counter.Guest, form forms.Grant) (*pages.CounterGrant, error) {
	view := &pages.CounterGrant{Guest: guestView(guest, p.Locale), Form: form, Key: web.NewKey(), Left: -1}
	for _, reason := range models.GrantReasons {
		view.Reasons = append(view.Reasons, string(reason))
	}
	staff := web.Of(c).Staff
	limit, ok := guest.Program.Terms().GrantLimit(staff.Role)
	if !ok || limit.PerDay == 0 {
		return view, nil
	}
	err := s.read(c, func(tx *store.Tx) (err error) {
		view.Left, err = grants.Left(tx, staff.ID, limit.PerDay)
		return err
	})
	if limit.Once > 0 {
		view.Left = min(view.Left, limit.Once)
	}
	return view, err
}

func (s *Server) counterGrant(c echo.Context) error {
	guest, p, err := s.member(c)
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
	points, err := forms.Count("points", form.Points)
	var receipt grants.Receipt
	if err == nil {
		r := web.Of(c)
		receipt, err = grants.Give(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), key, models.GrantParams{
			MembershipID: guest.Member.ID, Unit: guest.Unit.Code, Points: points, Reason: models.GrantReason(form.Reason), Note: form.Note, Words: form.Message,
		})
	}
	if problems := typed(p, err); problems != nil {
		form.Problems = problems
		view, err := s.grantView(c, p, guest, form)
		if err != nil {
			return err
		}
		return s.counterPage(c, http.StatusUnprocessableEntity, pages.CounterView{Grant: view})
	}
	if err != nil {
		return err
	}
	return s.counterDone(c, guest.Customer.ID, func(*i18n.Printer, *counter.Guest) pages.CounterDone {
		return pages.CounterDone{Kind: "grant", Points: receipt.Points, Undo: undoOf(counter.Granted, receipt.ID), Key: web.NewKey()}
	})
}
