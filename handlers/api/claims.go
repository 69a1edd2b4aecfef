package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/rewards"
	"dangol/models/store"
)

type claimWire struct {
	ExternalID string   `json:"external_id"`
	Customer   *refWire `json:"customer"`
	Reserve    bool     `json:"reserve,omitzero"`
}

type claimedWire struct {
	ExternalID    string        `json:"external_id"`
	Reward        string        `json:"reward"`
	State         string        `json:"state"`
	Unit          string        `json:"unit"`
	Points        int64         `json:"points"`
	Coupon        string        `json:"coupon,omitzero"`
	Code          string        `json:"code,omitzero"`
	ReservedUntil string        `json:"reserved_until,omitzero"`
	Balances      []balanceWire `json:"balances"`
}

// claimReward takes a reward for points, or sets the points aside.
func (a *API) claimReward(c echo.Context) error {
	call, wire, err := readCall[claimWire](c)
	if err != nil {
		return err
	}
	ref, err := wire.Customer.required("/customer")
	if err != nil {
		return err
	}
	receipt, err := rewards.Claim(call.ctx, a.db, call.merchant, call.actor, call.key, models.ClaimParams{
		ExternalID: wire.ExternalID, Reward: c.Param("code"), Customer: ref, Reserve: wire.Reserve,
	})
	return a.claimed(c, call, receipt, err)
}

func (a *API) confirmClaim(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	receipt, err := rewards.Confirm(call.ctx, a.db, call.merchant, call.actor, call.key, c.Param("external_id"))
	return a.claimed(c, call, receipt, err)
}

func (a *API) cancelClaim(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	receipt, err := rewards.Cancel(call.ctx, a.db, call.merchant, call.actor, call.key, c.Param("external_id"))
	return a.claimed(c, call, receipt, err)
}

// claimed tells what a claim came to, and what the member has now.
func (a *API) claimed(c echo.Context, call call, receipt rewards.Receipt, err error) error {
	if err != nil {
		return err
	}
	wire := claimedWire{
		ExternalID: receipt.ExternalID, Reward: receipt.Reward, State: string(receipt.State), Unit: receipt.Unit, Points: receipt.Points, Coupon: receipt.Coupon,
	}
	if receipt.RewardClaim.Code != nil {
		wire.Code = *receipt.RewardClaim.Code
	}
	if receipt.State == models.ClaimReserved {
		wire.ReservedUntil = receipt.ReservedUntil.Format(timeFormat)
	}
	if wire.Balances, err = a.balancesOf(call, receipt.CustomerID); err != nil {
		return err
	}
	replayed(c, receipt.Replay)
	return answer(c, http.StatusCreated, jsonType, wire)
}

// balancesOf is what a customer has now, in every running programme.
func (a *API) balancesOf(call call, customer int64) ([]balanceWire, error) {
	wires := []balanceWire{}
	err := store.ReadTx(call.ctx, a.db, call.merchant, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		members, err := ledger.Peek(tx, running, ledger.Of(models.CustomerRef{ID: customer}))
		for _, m := range members {
			wires = append(wires, balances(m)...)
		}
		return err
	})
	return wires, err
}

// importCodes adds codes of somebody else's to a reward.
func (a *API) importCodes(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	var wire struct {
		Codes []string `json:"codes"`
	}
	if err := decode(call.body, &wire); err != nil {
		return err
	}
	return a.once(c, call, http.StatusCreated, func(tx *store.Tx) (any, error) {
		program, err := programs.One(tx, "")
		if err != nil {
			return nil, err
		}
		inForce := program.Timeline.At(tx.Now())
		if inForce == nil {
			return nil, models.ErrNotFound
		}
		added, err := rewards.ImportCodes(tx, inForce, program.ID, c.Param("code"), wire.Codes)
		return map[string]any{"reward": c.Param("code"), "added": added}, err
	})
}
