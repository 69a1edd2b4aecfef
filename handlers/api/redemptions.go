package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/redemption"
	"dangol/models/store"
)

type redeemedWire struct {
	ExternalID string        `json:"external_id"`
	Unit       string        `json:"unit"`
	Points     int64         `json:"points"`
	Worth      int64         `json:"worth"`
	Balances   []balanceWire `json:"balances"`
}

// redeem pays with points, once for ever by its number.
func (a *API) redeem(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	var wire redemptionWire
	if err := decode(call.body, &wire); err != nil {
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

// redeemed tells what was paid, and what the member has now.
func (a *API) redeemed(c echo.Context, call call, receipt *redemption.Receipt) error {
	wire := redeemedWire{ExternalID: receipt.ExternalID, Unit: receipt.Unit, Points: receipt.Points, Worth: receipt.Worth, Balances: []balanceWire{}}
	err := store.ReadTx(call.ctx, a.db, call.merchant, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		members, err := ledger.Peek(tx, running, ledger.Of(models.CustomerRef{ID: receipt.CustomerID}))
		for _, m := range members {
			wire.Balances = append(wire.Balances, balances(m)...)
		}
		return err
	})
	if err != nil {
		return err
	}
	replayed(c, receipt.Replay)
	return answer(c, http.StatusCreated, jsonType, wire)
}
