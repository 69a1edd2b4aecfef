package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/days"
	"dangol/models/store"
)

type clockWire struct {
	Now       time.Time  `json:"now"`
	MovingTo  *time.Time `json:"moving_to,omitzero"`
	DaysDone  int64      `json:"days_done,omitzero"`
	DaysTotal int64      `json:"days_total,omitzero"`
}

// readClock tells a sandbox's business time, and the move that is under way.
func (a *API) readClock(c echo.Context) error {
	var clock days.Clock
	err := store.ReadTx(c.Request().Context(), a.db, web.Of(c).MerchantID(), func(tx *store.Tx) (err error) {
		clock, err = days.ReadClock(tx)
		return err
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, jsonType, clockOf(clock))
}

// moveClock sends a sandbox's clock on its way forward.
func (a *API) moveClock(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	var wire struct {
		To time.Time `json:"to"`
	}
	if err := decode(call.body, &wire); err != nil {
		return err
	}
	if wire.To.IsZero() {
		return models.InvalidField("/to", "required", nil)
	}
	return a.once(c, call, http.StatusAccepted, func(tx *store.Tx) (any, error) {
		if _, err := days.MoveClockIn(tx, call.actor, wire.To); err != nil {
			return nil, err
		}
		clock, err := days.ReadClock(tx)
		return clockOf(clock), err
	})
}

func clockOf(clock days.Clock) clockWire {
	return clockWire{clock.Now, clock.MovingTo, clock.DaysDone, clock.DaysTotal}
}
