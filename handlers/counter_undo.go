package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/counter"
	"dangol/models/coupons"
	"dangol/models/grants"
	"dangol/models/redemption"
	"dangol/models/store"
	"dangol/views/i18n"
	"dangol/views/pages"
)

// counterUndo takes back one action at the counter.
func (s *Server) counterUndo(c echo.Context) error {
	kind, id, err := counter.ParseToken(c.Param("token"))
	if err != nil {
		return err
	}
	var subject counter.Subject
	err = s.read(c, func(tx *store.Tx) (err error) {
		subject, err = counter.Find(tx, kind, id)
		return err
	})
	if err != nil {
		return err
	}
	key, err := web.FormKey(c)
	if err == nil {
		err = s.undo(c, kind, id, &subject, key)
	}
	if models.KindOf(err) == models.Refused {
		return s.counterPage(c, http.StatusUnprocessableEntity, pages.CounterView{Problem: firstProblem(web.Of(c).Printer(), err)})
	}
	if err != nil {
		return err
	}
	return s.counterDone(c, subject.CustomerID, func(*i18n.Printer, *counter.Guest) pages.CounterDone { return pages.CounterDone{Kind: "undo"} })
}

// undo calls the verb that takes back this kind of action.
func (s *Server) undo(c echo.Context, kind counter.Kind, id int64, subject *counter.Subject, key store.Key) (err error) {
	r, ctx := web.Of(c), c.Request().Context()
	switch kind {
	case counter.Earned:
		_, err = accrual.Undo(ctx, s.DB, r.MerchantID(), r.Actor(), key, id)
	case counter.Redeemed:
		_, err = redemption.Reverse(ctx, s.DB, r.MerchantID(), r.Actor(), key, subject.Source, subject.ExternalID)
	case counter.Coupon:
		_, err = coupons.UndoUse(ctx, s.DB, r.MerchantID(), r.Actor(), id)
	case counter.Granted:
		_, err = grants.Undo(ctx, s.DB, r.MerchantID(), r.Actor(), id)
	}
	return err
}
