package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/referrals"
)

type referralWire struct {
	ID         int64                 `json:"id"`
	ExternalID string                `json:"external_id"`
	State      models.ReferralState  `json:"state"`
	Reason     models.ReferralReason `json:"reason,omitzero"`
	ReferredOn calendar.Date         `json:"referred_on"`
}

// refer notes that a customer came with a member's code.
func (a *API) refer(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	var wire struct {
		ExternalID string   `json:"external_id"`
		Code       string   `json:"code"`
		Customer   *refWire `json:"customer"`
	}
	if err := decode(call.body, &wire); err != nil {
		return err
	}
	friend, err := wire.Customer.required("/customer")
	if err != nil {
		return err
	}
	r, err := referrals.Refer(call.ctx, a.db, call.merchant, call.actor, call.key, models.ReferralParams{ExternalID: wire.ExternalID, Code: wire.Code, Friend: friend})
	if err != nil {
		return err
	}
	replayed(c, r.Replay)
	return answer(c, http.StatusCreated, jsonType, referralWire{r.ID, r.ExternalID, r.State, r.Reason, r.ReferredOn})
}

// referralCode gives a member's code, which is drawn when it is first asked for.
func (a *API) referralCode(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	var wire struct {
		Program  string   `json:"program"`
		Customer *refWire `json:"customer"`
	}
	if err := decode(call.body, &wire); err != nil {
		return err
	}
	member, err := wire.Customer.required("/customer")
	if err != nil {
		return err
	}
	drawn, again, err := referrals.Code(call.ctx, a.db, call.merchant, call.key, wire.Program, member)
	if err != nil {
		return err
	}
	replayed(c, again)
	status := http.StatusOK
	if drawn.New {
		status = http.StatusCreated
	}
	return answer(c, status, jsonType, map[string]string{"code": drawn.Code})
}
