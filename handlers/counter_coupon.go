package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/counter"
	"dangol/models/coupons"
	"dangol/models/store"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
)

func (s *Server) counterCouponForm(c echo.Context) error {
	guest, p, err := s.member(c)
	if err != nil {
		return err
	}
	coupon := couponOf(guest, web.QueryInt(c, "coupon", 0))
	if coupon == nil {
		return models.ErrNotFound
	}
	return s.counterPage(c, http.StatusOK, pages.CounterView{Coupon: couponStep(p, guest, coupon, "", "")})
}

func couponOf(guest *counter.Guest, id int64) *models.Coupon {
	for i := range guest.Coupons {
		if guest.Coupons[i].ID == id {
			return &guest.Coupons[i]
		}
	}
	return nil
}

func couponStep(p *i18n.Printer, guest *counter.Guest, coupon *models.Coupon, amount, problem string) *pages.CounterCoupon {
	return &pages.CounterCoupon{
		Guest: guestView(guest, p.Locale), Coupon: couponView(p, guest, coupon), Key: web.NewKey(), Amount: amount, Problem: problem,
		AskAmount: coupon.Minimum > 0 || coupon.Percent > 0 || coupons.AsksAmount(guest.Member, coupon),
	}
}

// counterCoupon uses a coupon of the guest's.
func (s *Server) counterCoupon(c echo.Context) error {
	guest, p, err := s.member(c)
	if err != nil {
		return err
	}
	var form struct {
		Coupon int64  `form:"coupon"`
		Amount string `form:"amount"`
	}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	key, err := web.FormKey(c)
	if err != nil {
		return err
	}
	used, err := s.useCoupon(c, p, guest, key, form.Coupon, form.Amount)
	if problems := typed(p, err); problems != nil {
		if coupon := couponOf(guest, form.Coupon); coupon != nil {
			step := couponStep(p, guest, coupon, form.Amount, firstProblem(p, err))
			return s.counterPage(c, http.StatusUnprocessableEntity, pages.CounterView{Coupon: step})
		}
	}
	if err != nil {
		return err
	}
	return s.counterDone(c, guest.Customer.ID, func(p *i18n.Printer, guest *counter.Guest) pages.CounterDone {
		title := couponTitle(p, guest.Member.Program.Timeline, used.Coupon.Version, used.Coupon.Kind)
		return pages.CounterDone{Kind: "coupon", Detail: title, Money: used.Discount, Undo: undoOf(counter.Coupon, used.Coupon.ID), Key: web.NewKey()}
	})
}

func (s *Server) useCoupon(c echo.Context, p *i18n.Printer, guest *counter.Guest, key store.Key, id int64, amount string) (used coupons.Used, err error) {
	r := web.Of(c)
	var order int64
	if amount != "" {
		if order, err = forms.Amount("amount", amount, i18n.Decimals(p.Currency)); err != nil {
			return used, err
		}
	}
	used, _, err = store.Do(c.Request().Context(), s.DB, r.MerchantID(), key, func(tx *store.Tx) (coupons.Used, error) {
		coupon, err := coupons.Find(tx, id)
		if err != nil {
			return coupons.Used{}, err
		}
		return coupons.UseIn(tx, r.Actor(), models.CouponUse{Code: coupon.Code, CustomerID: guest.Customer.ID, Order: order}, 0)
	})
	return used, err
}

// tryCoupon takes off an order what a coupon of the guest's would, for a preview.
func (s *Server) tryCoupon(c echo.Context, guest *counter.Guest, id int64, order *models.OrderParams) error {
	return s.read(c, func(tx *store.Tx) error {
		used, err := coupons.Check(tx, web.Of(c).Actor(), id, guest.Customer.ID, order.Total)
		order.Discount, order.Total = used.Discount, order.Total-used.Discount
		return err
	})
}

// handedOver takes off an order what a coupon takes off, and names the coupon, which the order then uses. What it takes
// off was fixed when it was issued, so that a second press finds the same order. Whether it can be used the verb says.
func (s *Server) handedOver(c echo.Context, id int64, order *models.OrderParams) (*models.Coupon, error) {
	var coupon models.Coupon
	err := s.read(c, func(tx *store.Tx) (err error) {
		coupon, err = coupons.Find(tx, id)
		return err
	})
	order.Coupon, order.Discount = coupon.Code, coupon.Discount(order.Total)
	order.Total -= order.Discount
	return &coupon, err
}
