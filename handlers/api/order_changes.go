package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/models"
	"dangol/models/accrual"
)

// amendOrder posts an order, or gives one that is there the content of a later revision.
func (a *API) amendOrder(c echo.Context) error {
	call, wire, err := readCall[revisionWire](c)
	if err != nil {
		return err
	}
	if wire.ExternalID != "" && wire.ExternalID != c.Param("external_id") {
		return models.InvalidField("/external_id", "differs", nil)
	}
	if wire.Revision == 0 {
		return models.InvalidField("/revision", "required", nil)
	}
	params, err := wire.params()
	if err != nil {
		return err
	}
	params.ExternalID, params.Revision = c.Param("external_id"), wire.Revision
	posted, err := accrual.Accrue(call.ctx, a.db, call.merchant, call.actor, call.key, params)
	if err != nil {
		return err
	}
	shown, err := a.posting(c, &posted)
	if err != nil {
		return err
	}
	replayed(c, posted.Replay)
	return answer(c, http.StatusOK, jsonType, shown)
}

type cancellationWire struct {
	ExternalID  string    `json:"external_id"`
	CancelledAt time.Time `json:"cancelled_at,omitzero"`
}

// cancelOrder takes a whole order back; before its order has come it waits (202).
func (a *API) cancelOrder(c echo.Context) error {
	call, wire, err := readCall[cancellationWire](c)
	if err != nil {
		return err
	}
	cancelled, err := accrual.Refund(call.ctx, a.db, call.merchant, call.actor, call.key, models.RefundParams{
		ExternalID: wire.ExternalID, OrderExternalID: c.Param("external_id"), RefundedAt: wire.CancelledAt, Cancels: true,
	})
	if err != nil {
		return err
	}
	return refundAnswer(c, &cancelled)
}

type orderEventWire struct {
	ExternalID string    `json:"external_id"`
	Event      string    `json:"event"`
	HappenedAt time.Time `json:"happened_at,omitzero"`
}

type releasedWire struct {
	ExternalID      string        `json:"external_id"`
	OrderExternalID string        `json:"order_external_id"`
	Event           string        `json:"event"`
	Released        []amountWire  `json:"released"`
	Balances        []balanceWire `json:"balances"`
}

// amountWire is a number of points of one unit.
type amountWire struct {
	Unit   string `json:"unit"`
	Points int64  `json:"points"`
}

// reportOrderEvent ends the holds that wait for an event.
func (a *API) reportOrderEvent(c echo.Context) error {
	call, wire, err := readCall[orderEventWire](c)
	if err != nil {
		return err
	}
	result, err := accrual.Report(call.ctx, a.db, call.merchant, call.actor, call.key, models.OrderEventParams{
		ExternalID: wire.ExternalID, OrderExternalID: c.Param("external_id"), Event: wire.Event, HappenedAt: wire.HappenedAt,
	})
	if err != nil {
		return err
	}
	shown := releasedWire{
		ExternalID: result.ExternalID, OrderExternalID: result.OrderExternalID, Event: result.Event, Released: []amountWire{}, Balances: []balanceWire{},
	}
	for _, m := range result.Members {
		shown.Balances = append(shown.Balances, held(m.Balances)...)
		for _, b := range m.Balances {
			if points := m.Points[b.Unit]; points != 0 {
				shown.Released = append(shown.Released, amountWire{b.Unit, points})
			}
		}
	}
	replayed(c, result.Replay)
	return answer(c, http.StatusCreated, jsonType, shown)
}
