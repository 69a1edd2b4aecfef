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
	gone := false
	if err == nil {
		gone, err = s.undo(c, kind, id, &subject, key)
	}
	if models.KindOf(err) == models.Refused {
		return s.counterPage(c, http.StatusUnprocessableEntity, pages.CounterView{Problem: firstProblem(web.Of(c).Printer(), err)})
	}
	if err != nil {
		return err
	}
	return s.counterDone(c, subject.CustomerID, func(p *i18n.Printer, _ *counter.Guest) pages.CounterDone {
		done := pages.CounterDone{Kind: "undo"}
		if gone {
			done.Detail = p.Counter.CouponGone
		}
		return done
	})
}

// undo calls the verb that takes back this kind of action. A coupon is gone for good if what it was given for is.
func (s *Server) undo(c echo.Context, kind counter.Kind, id int64, subject *counter.Subject, key store.Key) (gone bool, err error) {
	r, ctx := web.Of(c), c.Request().Context()
	switch kind {
	case counter.Earned:
		_, err = accrual.Undo(ctx, s.DB, r.MerchantID(), r.Actor(), key, id)
	case counter.Redeemed:
		_, err = redemption.Reverse(ctx, s.DB, r.MerchantID(), r.Actor(), key, subject.Source, subject.ExternalID)
	case counter.Coupon:
		var coupon models.Coupon
		coupon, err = coupons.UndoUse(ctx, s.DB, r.MerchantID(), r.Actor(), id)
		gone = coupon.RevokedAt != nil
	case counter.Granted:
		_, err = grants.Undo(ctx, s.DB, r.MerchantID(), r.Actor(), id)
	}
	return gone, err
}
