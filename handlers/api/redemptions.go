package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/models"
	"dangol/models/redemption"
)

type redeemedWire struct {
	ExternalID string        `json:"external_id"`
	Unit       string        `json:"unit"`
	Points     int64         `json:"points"`
	Worth      int64         `json:"worth"`
	State      string        `json:"state"`
	Until      string        `json:"reserved_until,omitzero"`
	Balances   []balanceWire `json:"balances"`
}

// redeem pays with points, once for ever by its number.
func (a *API) redeem(c echo.Context) error {
	call, wire, err := readCall[redemptionWire](c)
	if err != nil {
		return err
	}
	params, err := wire.params()
	if err != nil {
		return err
	}
	receipt, err := redemption.Redeem(call.ctx, a.db, call.merchant, call.actor, call.key, params)
	if err != nil {
		return err
	}
	return a.redeemed(c, call, &receipt)
}

func (a *API) reverseRedemption(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	receipt, err := redemption.Reverse(call.ctx, a.db, call.merchant, call.actor, call.key, call.actor.Source, c.Param("external_id"))
	if err != nil {
		return err
	}
	return a.redeemed(c, call, &receipt)
}

func (a *API) confirmRedemption(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	receipt, err := redemption.Confirm(call.ctx, a.db, call.merchant, call.actor, call.key, c.Param("external_id"))
	if err != nil {
		return err
	}
	return a.redeemed(c, call, &receipt)
}

func (a *API) cancelRedemption(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	receipt, err := redemption.Cancel(call.ctx, a.db, call.merchant, call.actor, call.key, c.Param("external_id"))
	if err != nil {
		return err
	}
	return a.redeemed(c, call, &receipt)
}

// redeemed tells what was paid or set aside, and what the member has now.
func (a *API) redeemed(c echo.Context, call call, receipt *redemption.Receipt) (err error) {
	wire := redeemedWire{ExternalID: receipt.ExternalID, Unit: receipt.Unit, Points: receipt.Points, Worth: receipt.Worth, State: string(receipt.State)}
	if receipt.State == models.PointsReserved {
		wire.Until = receipt.ReservedUntil.Format(timeFormat)
	}
	if wire.Balances, err = a.balancesOf(call, receipt.CustomerID); err != nil {
		return err
	}
	replayed(c, receipt.Replay)
	return answer(c, http.StatusCreated, jsonType, wire)
}
