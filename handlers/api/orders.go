package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/programs"
	"dangol/models/terms"
)

type postingWire struct {
	ExternalID string         `json:"external_id"`
	OrderID    int64          `json:"order_id,omitzero"`
	CustomerID int64          `json:"customer_id,omitzero"`
	Awards     []awardWire    `json:"awards"`
	Returned   []returnedWire `json:"returned,omitempty"`
	Balances   []balanceWire  `json:"balances"`
	Tier       *tierWire      `json:"tier,omitzero"`
	Misses     []missWire     `json:"nearest_misses,omitempty"`
}

// returnedWire is what a refund moved of one unit.
type returnedWire struct {
	Unit     string `json:"unit"`
	Revoked  int64  `json:"revoked"`  // of what the order had earned
	Restored int64  `json:"restored"` // of what had paid for it
	Owed     int64  `json:"owed"`     // of Revoked, what was not there any more
}

// gone lists what a refund moved, unit by unit in the order of the accounts.
func gone(r *accrual.Returned) (wires []returnedWire) {
	for _, b := range r.Balances {
		wire := returnedWire{b.Unit, r.Revoked[b.Unit], r.Restored[b.Unit], r.Owed[b.Unit]}
		if wire != (returnedWire{Unit: b.Unit}) {
			wires = append(wires, wire)
		}
	}
	return wires
}

// postOrder posts one purchase, once for ever by its number.
func (a *API) postOrder(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	params, err := readOrder(call.body)
	if err != nil {
		return err
	}
	posted, err := accrual.Accrue(call.ctx, a.db, call.merchant, call.actor, call.key, params)
	if err != nil {
		return err
	}
	shown, err := a.posting(c, &posted)
	if err != nil {
		return err
	}
	replayed(c, posted.Replay)
	return answer(c, http.StatusCreated, jsonType, shown)
}

func readOrder(text []byte) (models.OrderParams, error) {
	var wire orderWire
	if err := decode(text, &wire); err != nil {
		return models.OrderParams{}, err
	}
	return wire.params()
}

// posting tells what an order did in words of the caller's language; the numbers are those that were kept with it.
func (a *API) posting(c echo.Context, posted *accrual.Result) (postingWire, error) {
	wire := postingWire{ExternalID: posted.ExternalID, OrderID: posted.OrderID, CustomerID: posted.CustomerID, Awards: []awardWire{}, Balances: []balanceWire{}}
	locale := string(web.Of(c).Locale)
	for i := range posted.Members {
		earned := &posted.Members[i]
		program, err := a.version(c, earned.Program, earned.Version)
		if err != nil {
			return wire, err
		}
		wire.Awards = append(wire.Awards, awards(program, earned.Awards, locale)...)
		wire.Misses = append(wire.Misses, misses(program, earned.Misses, locale)...)
		wire.Balances = append(wire.Balances, held(earned.Balances)...)
		if wire.Tier == nil {
			wire.Tier = named(program, earned.Tier, locale)
		}
	}
	for i := range posted.Refunds { // what was waiting for this order has moved the balances since
		for j := range posted.Refunds[i].Members {
			wire.Balances = held(posted.Refunds[i].Members[j].Balances)
		}
	}
	return wire, nil
}

// version finds the terms by which something was reckoned.
func (a *API) version(c echo.Context, code string, number int) (*terms.Program, error) {
	return programs.Terms(c.Request().Context(), a.db, web.Of(c).MerchantID(), code, number)
}

func held(balances []accrual.Balance) []balanceWire {
	wires := make([]balanceWire, 0, len(balances))
	for _, b := range balances {
		wires = append(wires, balanceWire{Unit: b.Unit, Available: b.Available, Pending: b.Pending, Reserved: b.Reserved, Deficit: b.Deficit})
	}
	return wires
}

func named(program *terms.Program, code, locale string) *tierWire {
	if code == "" || program.Terms().Tiers == nil {
		return nil
	}
	wire := &tierWire{Code: code}
	for _, t := range program.Terms().Tiers.Tiers {
		if t.Code == code {
			wire.Name = t.Name.In(locale)
		}
	}
	return wire
}

// refundOrder gives money back; before its order has come it waits (202).
func (a *API) refundOrder(c echo.Context) error {
	call, wire, err := readCall[refundWire](c)
	if err != nil {
		return err
	}
	refunded, err := accrual.Refund(call.ctx, a.db, call.merchant, call.actor, call.key, models.RefundParams{
		ExternalID: wire.ExternalID, OrderExternalID: c.Param("external_id"), Amount: wire.Amount, RefundedAt: wire.RefundedAt,
	})
	if err != nil {
		return err
	}
	return refundAnswer(c, &refunded)
}

// refundAnswer tells what a refund or a cancellation moved, or that it waits.
func refundAnswer(c echo.Context, refunded *accrual.RefundResult) error {
	replayed(c, refunded.Replay)
	if refunded.State == accrual.Waiting {
		return answer(c, http.StatusAccepted, jsonType, waitingWire{State: "waiting_for_order", OrderExternalID: refunded.OrderExternalID})
	}
	shown := postingWire{ExternalID: refunded.ExternalID, OrderID: refunded.OrderID, Awards: []awardWire{}, Balances: []balanceWire{}}
	for i := range refunded.Members {
		shown.Balances = append(shown.Balances, held(refunded.Members[i].Balances)...)
		shown.Returned = append(shown.Returned, gone(&refunded.Members[i])...)
	}
	return answer(c, http.StatusCreated, jsonType, shown)
}
