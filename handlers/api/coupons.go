package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/coupons"
	"dangol/models/customers"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

type couponWire struct {
	Code       string `json:"code"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
	Status     string `json:"status"`
	Amount     int64  `json:"amount,omitzero"`
	Percent    int    `json:"percent,omitzero"`
	Most       int64  `json:"most,omitzero"`
	Minimum    int64  `json:"minimum,omitzero"`
	ValidFrom  string `json:"valid_from"`
	ValidUntil string `json:"valid_until"`
}

// coupon writes a coupon as it stands on a day.
func coupon(c *models.Coupon, doc *terms.Terms, today calendar.Date, locale string) couponWire {
	wire := couponWire{
		Code: c.Code, Kind: c.Kind, Name: c.Kind, Status: string(c.Status(today.In(time.UTC))), Amount: c.Amount, Percent: c.Percent, Most: c.Most,
		Minimum: c.Minimum, ValidFrom: c.ValidFrom.Format(time.DateOnly), ValidUntil: c.ValidUntil.Format(time.DateOnly),
	}
	if doc != nil && doc.Coupon(c.Kind) != nil {
		wire.Name = doc.Coupon(c.Kind).Name.In(locale)
	}
	return wire
}

// mostCoupons is how many coupons a customer's list holds.
const mostCoupons = 100

// listCoupons lists a customer's coupons, the newest first.
func (a *API) listCoupons(c echo.Context) error {
	ref, err := pathRef(c.Param("ref"))
	if err != nil {
		return err
	}
	return a.readCoupons(c, *ref, func(*models.Coupon) bool { return true })
}

// lookUpCoupon finds a coupon of a customer's by its code.
func (a *API) lookUpCoupon(c echo.Context) error {
	body, err := readBody(c.Request(), maxBody)
	if err != nil {
		return err
	}
	var wire struct {
		Customer *refWire `json:"customer"`
		Code     string   `json:"code"`
	}
	if err := decode(body, &wire); err != nil {
		return err
	}
	ref, err := wire.Customer.required("/customer")
	if err != nil {
		return err
	}
	code, ok := models.NormalCouponCode(wire.Code)
	if !ok {
		return models.ErrNotFound
	}
	return a.readCoupons(c, ref, func(coupon *models.Coupon) bool { return coupon.Code == code })
}

// readCoupons answers with the coupons of a customer that are wanted. Errors: models.NotFound for nobody.
func (a *API) readCoupons(c echo.Context, ref models.CustomerRef, wanted func(*models.Coupon) bool) error {
	r := web.Of(c)
	wires := []couponWire{}
	err := store.ReadTx(c.Request().Context(), a.db, r.MerchantID(), func(tx *store.Tx) error {
		customer, err := customers.FindRef(tx, ref)
		if err != nil {
			return err
		}
		found, err := coupons.OfCustomer(tx, customer.ID, mostCoupons)
		for i := range found {
			if !wanted(&found[i]) {
				continue
			}
			doc, err := documentOf(tx, &found[i])
			if err != nil {
				return err
			}
			wires = append(wires, coupon(&found[i], doc, tx.Today(), string(r.Locale)))
		}
		return err
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, jsonType, map[string]any{"coupons": wires})
}

// documentOf is the terms under which a coupon was issued, nil if nobody knows them any more.
func documentOf(tx *store.Tx, c *models.Coupon) (*terms.Terms, error) {
	timeline, err := programs.Timeline(tx, c.ProgramID)
	if err != nil {
		return nil, err
	}
	if program := timeline.Version(c.Version); program != nil {
		return program.Terms(), nil
	}
	return nil, nil
}

type keepWire struct {
	Order    string   `json:"order"`
	Customer *refWire `json:"customer"`
	Coupons  []string `json:"coupons"`
}

type keptWire struct {
	Order   string   `json:"order"`
	Coupons []string `json:"coupons"`
	Until   string   `json:"until,omitzero"`
}

// keepCoupons keeps coupons for an order that is being checked out.
func (a *API) keepCoupons(c echo.Context) error {
	call, wire, err := readCall[keepWire](c)
	if err != nil {
		return err
	}
	ref, err := wire.Customer.required("/customer")
	if err != nil {
		return err
	}
	return a.once(c, call, http.StatusCreated, func(tx *store.Tx) (any, error) {
		kept, err := coupons.Keep(tx, call.actor, coupons.KeepParams{Order: wire.Order, Customer: ref, Codes: wire.Coupons})
		return keptWire{kept.Order, kept.Codes, kept.Until.Format(timeFormat)}, err
	})
}

// letCouponsGo ends what keepCoupons began.
func (a *API) letCouponsGo(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	order := c.Param("order")
	return a.once(c, call, http.StatusCreated, func(tx *store.Tx) (any, error) {
		_, err := coupons.LetGo(tx, call.actor, order)
		return keptWire{Order: order, Coupons: []string{}}, err
	})
}

// pauseCoupons stops the coupons of a kind, or lets them go on.
func (a *API) pauseCoupons(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	var wire struct {
		Paused bool `json:"paused"`
	}
	if err := decode(call.body, &wire); err != nil {
		return err
	}
	return a.once(c, call, http.StatusOK, func(tx *store.Tx) (any, error) {
		return map[string]any{"kind": c.Param("kind"), "paused": wire.Paused}, coupons.Pause(tx, call.actor, c.Param("code"), c.Param("kind"), wire.Paused)
	})
}
