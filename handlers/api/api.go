package api

import (
	"context"
	_ "embed"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/store"
)

// Prefix is where the API lives.
const Prefix = "/api/v1"

// API answers tills and shops.
type API struct {
	db *store.DB
}

// New makes the API over a database.
func New(db *store.DB) *API { return &API{db: db} }

// Routes is the table of the API: each address, its verb and the scope that a key needs for it.
func (a *API) Routes() []web.Route {
	return []web.Route{
		{Method: http.MethodGet, Path: Prefix + "/openapi.yaml", Handler: describe, Allow: web.Public},
		{Method: http.MethodPost, Path: Prefix + "/orders", Handler: a.postOrder, Allow: web.Scoped(models.ScopeOrders)},
		{Method: http.MethodPost, Path: Prefix + "/orders/batch", Handler: a.postOrders, Allow: web.Scoped(models.ScopeOrders), Limits: web.Limits{Body: maxBatchBody, Time: 2 * time.Minute}},
		{Method: http.MethodPut, Path: Prefix + "/orders/:external_id", Handler: a.amendOrder, Allow: web.Scoped(models.ScopeOrders)},
		{Method: http.MethodPost, Path: Prefix + "/orders/:external_id/cancellations", Handler: a.cancelOrder, Allow: web.Scoped(models.ScopeOrders)},
		{Method: http.MethodPost, Path: Prefix + "/orders/:external_id/events", Handler: a.reportOrderEvent, Allow: web.Scoped(models.ScopeOrders)},
		{Method: http.MethodPost, Path: Prefix + "/orders/:external_id/refunds", Handler: a.refundOrder, Allow: web.Scoped(models.ScopeOrders)},
		{Method: http.MethodPost, Path: Prefix + "/events", Handler: a.postEvent, Allow: web.Scoped(models.ScopeOrders)},
		{Method: http.MethodPost, Path: Prefix + "/redemptions", Handler: a.redeem, Allow: web.Scoped(models.ScopeRedemptions)},
		{Method: http.MethodPost, Path: Prefix + "/redemptions/:external_id/reversal", Handler: a.reverseRedemption, Allow: web.Scoped(models.ScopeRedemptions)},
		{Method: http.MethodPost, Path: Prefix + "/redemptions/:external_id/confirm", Handler: a.confirmRedemption, Allow: web.Scoped(models.ScopeRedemptions)},
		{Method: http.MethodPost, Path: Prefix + "/redemptions/:external_id/cancel", Handler: a.cancelRedemption, Allow: web.Scoped(models.ScopeRedemptions)},
		{Method: http.MethodPost, Path: Prefix + "/rewards/:code/claims", Handler: a.claimReward, Allow: web.Scoped(models.ScopeRedemptions)},
		{Method: http.MethodPost, Path: Prefix + "/rewards/:code/codes", Handler: a.importCodes, Allow: web.Scoped(models.ScopePrograms)},
		{Method: http.MethodPost, Path: Prefix + "/claims/:external_id/confirm", Handler: a.confirmClaim, Allow: web.Scoped(models.ScopeRedemptions)},
		{Method: http.MethodPost, Path: Prefix + "/claims/:external_id/cancel", Handler: a.cancelClaim, Allow: web.Scoped(models.ScopeRedemptions)},
		{Method: http.MethodPost, Path: Prefix + "/coupons/lookup", Handler: a.lookUpCoupon, Allow: web.Scoped(models.ScopeCustomersRead)},
		{Method: http.MethodPost, Path: Prefix + "/coupons/reservations", Handler: a.keepCoupons, Allow: web.Scoped(models.ScopeRedemptions)},
		{Method: http.MethodPost, Path: Prefix + "/coupons/reservations/:order/cancel", Handler: a.letCouponsGo, Allow: web.Scoped(models.ScopeRedemptions)},
		{Method: http.MethodGet, Path: Prefix + "/customers/:ref/coupons", Handler: a.listCoupons, Allow: web.Scoped(models.ScopeCustomersRead)},
		{Method: http.MethodPost, Path: Prefix + "/programs/:code/coupons/:kind/pause", Handler: a.pauseCoupons, Allow: web.Scoped(models.ScopePrograms)},
		{Method: http.MethodPost, Path: Prefix + "/transfers", Handler: a.transfer, Allow: web.Scoped(models.ScopeRedemptions)},
		{Method: http.MethodPost, Path: Prefix + "/donations", Handler: a.donate, Allow: web.Scoped(models.ScopeRedemptions)},
		{Method: http.MethodPost, Path: Prefix + "/subscriptions", Handler: a.subscribe, Allow: web.Scoped(models.ScopeOrders)},
		{Method: http.MethodGet, Path: Prefix + "/subscriptions", Handler: a.listUnpaid, Allow: web.Scoped(models.ScopeCustomersRead)},
		{Method: http.MethodGet, Path: Prefix + "/subscriptions/:external_id", Handler: a.readSubscription, Allow: web.Scoped(models.ScopeCustomersRead)},
		{Method: http.MethodPost, Path: Prefix + "/subscriptions/:external_id/payments", Handler: a.paySubscription, Allow: web.Scoped(models.ScopeOrders)},
		{Method: http.MethodPost, Path: Prefix + "/subscriptions/:external_id/cancel", Handler: a.cancelSubscription, Allow: web.Scoped(models.ScopeOrders)},
		{Method: http.MethodGet, Path: Prefix + "/programs/:code/partners/:partner", Handler: a.readPartner, Allow: web.Scoped(models.ScopeProgramsRead)},
		{Method: http.MethodPost, Path: Prefix + "/referrals", Handler: a.refer, Allow: web.Scoped(models.ScopeOrders)},
		{Method: http.MethodPost, Path: Prefix + "/customers/referral-codes", Handler: a.referralCode, Allow: web.Scoped(models.ScopeCustomers)},
		{Method: http.MethodGet, Path: Prefix + "/programs/:code/causes", Handler: a.listCauses, Allow: web.Scoped(models.ScopeProgramsRead)},
		{Method: http.MethodPost, Path: Prefix + "/customers", Handler: a.createCustomer, Allow: web.Scoped(models.ScopeCustomers)},
		{Method: http.MethodPost, Path: Prefix + "/customers/lookup", Handler: a.lookUpCustomer, Allow: web.Scoped(models.ScopeCustomersRead), Counted: web.Lookups},
		{Method: http.MethodPost, Path: Prefix + "/customers/merges", Handler: a.mergeCustomers, Allow: web.Scoped(models.ScopeCustomers)},
		{Method: http.MethodPost, Path: Prefix + "/customers/merges/:external_id/undo", Handler: a.undoMerge, Allow: web.Scoped(models.ScopeCustomers)},
		{Method: http.MethodGet, Path: Prefix + "/customers/:ref", Handler: a.readCustomer, Allow: web.Scoped(models.ScopeCustomersRead), Counted: web.Lookups},
		{Method: http.MethodPatch, Path: Prefix + "/customers/:ref", Handler: a.changeCustomer, Allow: web.Scoped(models.ScopeCustomers)},
		{Method: http.MethodPut, Path: Prefix + "/customers/:ref/floor", Handler: a.setFloor, Allow: web.Scoped(models.ScopeCustomers)},
		{Method: http.MethodPut, Path: Prefix + "/customers/:ref/numbers", Handler: a.tellNumbers, Allow: web.Scoped(models.ScopeCustomers)},
		{Method: http.MethodGet, Path: Prefix + "/customers/:ref/entries", Handler: a.listEntries, Allow: web.Scoped(models.ScopeCustomersRead), Counted: web.Lookups},
		{Method: http.MethodGet, Path: Prefix + "/programs/:code", Handler: a.readProgram, Allow: web.Scoped(models.ScopeProgramsRead)},
		{Method: http.MethodPut, Path: Prefix + "/programs/:code", Handler: a.saveDraft, Allow: web.Scoped(models.ScopePrograms)},
		{Method: http.MethodPost, Path: Prefix + "/programs/:code/publications", Handler: a.publish, Allow: web.Scoped(models.ScopePublish)},
		{Method: http.MethodPost, Path: Prefix + "/programs/:code/quotes", Handler: a.quote, Allow: web.Scoped(models.ScopeProgramsRead)},
		{Method: http.MethodGet, Path: Prefix + "/presets", Handler: a.listPresets, Allow: web.Scoped(models.ScopeProgramsRead)},
		{Method: http.MethodGet, Path: Prefix + "/presets/:code", Handler: a.readPreset, Allow: web.Scoped(models.ScopeProgramsRead)},
		{Method: http.MethodGet, Path: Prefix + "/sandbox/clock", Handler: a.readClock, Allow: web.Scoped(models.ScopeSandbox)},
		{Method: http.MethodPost, Path: Prefix + "/sandbox/clock", Handler: a.moveClock, Allow: web.Scoped(models.ScopeSandbox)},
	}
}

//go:embed openapi.yaml
var description []byte

// describe gives the description of the API.
func describe(c echo.Context) error { return c.Blob(http.StatusOK, "application/yaml", description) }

// call is a request that changes something: its body, and the key by which it has its effect once.
type call struct {
	ctx      context.Context
	merchant int64
	actor    models.Actor
	key      store.Key
	body     []byte
}

// newCall reads the body and the idempotency key. Errors: models.Invalid without a key (422).
func newCall(c echo.Context) (call, error) { return newCallUpTo(c, maxBody) }

// newCallUpTo is newCall for a body of at most limit bytes.
func newCallUpTo(c echo.Context, limit int64) (call, error) {
	r := web.Of(c)
	body, err := readBody(c.Request(), limit)
	if err != nil {
		return call{}, err
	}
	key := c.Request().Header.Get("Idempotency-Key")
	if key == "" || len(key) > 255 {
		return call{}, models.InvalidField("Idempotency-Key", "required", nil)
	}
	return call{
		ctx: c.Request().Context(), merchant: r.MerchantID(), actor: r.Actor(), body: body,
		key: store.Key{Scope: keyScope(r), Key: key, BodyHash: bodyHash(c.Request(), body)},
	}, nil
}

// readCall is newCall with the body read as a W. Errors: of newCall and decode.
func readCall[W any](c echo.Context) (call call, wire W, err error) {
	if call, err = newCall(c); err == nil {
		err = decode(call.body, &wire)
	}
	return call, wire, err
}

// replayed marks an answer that was given before.
func replayed(c echo.Context, again bool) {
	if again {
		c.Response().Header().Set("Idempotency-Replayed", "true")
	}
}
