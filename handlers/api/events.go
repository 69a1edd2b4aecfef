package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/happenings"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
)

type eventWire struct {
	ExternalID string            `json:"external_id"`
	Kind       string            `json:"kind"`
	Name       string            `json:"name,omitzero"`
	Customer   *refWire          `json:"customer"`
	HappenedAt time.Time         `json:"happened_at,omitzero"`
	Store      string            `json:"store,omitzero"`
	Channel    string            `json:"channel,omitzero"`
	Amount     int64             `json:"amount,omitzero"`
	Quantity   int64             `json:"quantity,omitzero"`
	Numbers    map[string]int64  `json:"numbers,omitzero"`
	Texts      map[string]string `json:"texts,omitzero"`
}

type happenedWire struct {
	ExternalID   string        `json:"external_id"`
	BusinessDate string        `json:"business_date"`
	Awards       []awardWire   `json:"awards"`
	Misses       []missWire    `json:"nearest_misses"`
	Balances     []balanceWire `json:"balances"`
}

// postEvent posts something that a customer did besides buying, once for ever by its number.
func (a *API) postEvent(c echo.Context) error {
	call, wire, err := readCall[eventWire](c)
	if err != nil {
		return err
	}
	customer, err := wire.Customer.required("/customer")
	if err != nil {
		return err
	}
	receipt, err := happenings.Report(call.ctx, a.db, call.merchant, call.actor, call.key, models.HappeningParams{
		ExternalID: wire.ExternalID, Kind: wire.Kind, Name: wire.Name, Customer: customer, HappenedAt: wire.HappenedAt, Store: wire.Store,
		Channel: wire.Channel, Amount: wire.Amount, Quantity: wire.Quantity, Numbers: wire.Numbers, Texts: wire.Texts,
	})
	if err != nil {
		return err
	}
	return a.happened(c, call, wire.ExternalID, &receipt)
}

// happened tells what an event earned, and what the customer has now.
func (a *API) happened(c echo.Context, call call, id string, receipt *happenings.Receipt) error {
	wire := happenedWire{ExternalID: id, BusinessDate: receipt.BusinessDate.String(), Awards: []awardWire{}, Misses: []missWire{}, Balances: []balanceWire{}}
	locale := string(web.Of(c).Locale)
	err := store.ReadTx(call.ctx, a.db, call.merchant, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		for _, earned := range receipt.Members {
			for _, p := range running {
				if program := p.Timeline.Version(earned.Version); p.Code == earned.Program && program != nil {
					wire.Awards = append(wire.Awards, awards(program, earned.Awards, locale)...)
					wire.Misses = append(wire.Misses, misses(program, earned.Misses, locale)...)
				}
			}
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
