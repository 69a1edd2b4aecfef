package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/counter"
	"dangol/models/redemption"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
)

func (s *Server) counterRedeemForm(c echo.Context) error {
	guest, p, err := s.member(c)
	if err != nil {
		return err
	}
	return s.counterPage(c, http.StatusOK, pages.CounterView{Redeem: redeemView(p, guest, forms.Redeem{})})
}

func redeemView(p *i18n.Printer, guest *counter.Guest, form forms.Redeem) *pages.CounterRedeem {
	view := &pages.CounterRedeem{Guest: guestView(guest, p.Locale), Form: form, Key: web.NewKey(), Usable: guest.Usable}
	how := guest.Program.Terms().Redemption(guest.Unit.Code)
	if how == nil {
		return view
	}
	view.Minimum, view.Step, view.AskAmount = max(how.Minimum, how.Step), how.Step, how.Share < 100
	view.Worth = guest.Unit.Worth.Of(1)
	for _, quick := range []int64{view.Minimum, view.Minimum * 2, view.Minimum * 5} {
		if quick > 0 && quick < guest.Usable {
			view.Quick = append(view.Quick, quick)
		}
	}
	return view
}

func (s *Server) counterRedeem(c echo.Context) error {
	guest, p, err := s.member(c)
	if err != nil {
		return err
	}
	var form forms.Redeem
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	key, err := web.FormKey(c)
	if err != nil {
		return err
	}
	params, err := redemptionOf(p, guest, form, key.Key)
	var receipt redemption.Receipt
	if err == nil {
		r := web.Of(c)
		receipt, err = redemption.Redeem(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), key, params)
	}
	if problems := typed(p, err); problems != nil {
		form.Problems = problems
		return s.counterPage(c, http.StatusUnprocessableEntity, pages.CounterView{Redeem: redeemView(p, guest, form)})
	}
	if err != nil {
		return err
	}
	return s.counterDone(c, guest.Customer.ID, func(*i18n.Printer, *counter.Guest) pages.CounterDone {
		return pages.CounterDone{Kind: "redeem", Points: receipt.Points, Money: receipt.Worth, Undo: undoOf(counter.Redeemed, receipt.ID), Key: web.NewKey()}
	})
}

func redemptionOf(p *i18n.Printer, guest *counter.Guest, form forms.Redeem, number string) (models.RedemptionParams, error) {
	points, err := forms.Count("points", form.Points)
	if err == nil && points == 0 {
		err = models.InvalidField("points", "required", nil)
	}
	params := models.RedemptionParams{
		ExternalID: number, Program: guest.Member.Program.Code, Unit: guest.Unit.Code,
		Customer: models.CustomerRef{ID: guest.Customer.ID}, Points: points, Refuse: true,
	}
	if err == nil && form.Amount != "" {
		params.OrderTotal, err = forms.Amount("amount", form.Amount, i18n.Decimals(p.Currency))
	}
	return params, err
}
