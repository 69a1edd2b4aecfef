package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/models"
	"dangol/models/merges"
)

type mergeWire struct {
	ExternalID string   `json:"external_id"`
	From       *refWire `json:"from"`
	Into       *refWire `json:"into"`
	Reason     string   `json:"reason"`
}

type mergedWire struct {
	ExternalID string        `json:"external_id"`
	From       int64         `json:"from"`
	Into       givingPartner `json:"into"`
	Orders     int           `json:"orders"`
	UndoneAt   time.Time     `json:"undone_at,omitzero"`
}

// mergeCustomers makes one customer of two.
func (a *API) mergeCustomers(c echo.Context) error {
	call, wire, err := readCall[mergeWire](c)
	if err != nil {
		return err
	}
	from, err := wire.From.required("/from")
	if err != nil {
		return err
	}
	into, err := wire.Into.required("/into")
	if err != nil {
		return err
	}
	receipt, err := merges.Merge(call.ctx, a.db, call.merchant, call.actor, call.key, models.MergeParams{
		ExternalID: wire.ExternalID, From: from, Into: into, Reason: wire.Reason,
	})
	if err != nil {
		return err
	}
	return a.tellMerge(c, call, &receipt)
}

// undoMerge makes two customers of one again.
func (a *API) undoMerge(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	receipt, err := merges.UndoByNumber(call.ctx, a.db, call.merchant, call.actor, call.key, c.Param("external_id"))
	if err != nil {
		return err
	}
	return a.tellMerge(c, call, &receipt)
}

func (a *API) tellMerge(c echo.Context, call call, receipt *merges.Receipt) (err error) {
	shown := mergedWire{ExternalID: receipt.ExternalID, From: receipt.From, Orders: receipt.Orders}
	if receipt.UndoneAt != nil {
		shown.UndoneAt = receipt.UndoneAt.UTC()
	}
	if shown.Into, err = a.partner(call, receipt.Into); err != nil {
		return err
	}
	replayed(c, receipt.Replay)
	return answer(c, http.StatusCreated, jsonType, shown)
}
