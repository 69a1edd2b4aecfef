package api

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/plans"
	"dangol/models/store"
)

type subscribeWire struct {
	ExternalID string   `json:"external_id"`
	Program    string   `json:"program,omitzero"`
	Customer   *refWire `json:"customer"`
	Plan       string   `json:"plan"`
}

type subscriptionWire struct {
	ID         int64                    `json:"id"`
	ExternalID string                   `json:"external_id"`
	Program    string                   `json:"program"`
	CustomerID int64                    `json:"customer_id"`
	Plan       string                   `json:"plan"`
	State      models.SubscriptionState `json:"state"`
	StartedOn  calendar.Date            `json:"started_on"`
	EndedOn    calendar.Date            `json:"ended_on,omitzero"`
	Reason     models.SubscriptionEnd   `json:"reason,omitzero"`
	Refund     int64                    `json:"refund"`
	Period     planPeriodWire           `json:"period"`
	Due        *dueWire                 `json:"due,omitzero"`
}

type planPeriodWire struct {
	Number int           `json:"number"`
	From   calendar.Date `json:"from"`
	Until  calendar.Date `json:"until,omitzero"`
	Trial  bool          `json:"trial"`
	Price  int64         `json:"price"`
}

type dueWire struct {
	Amount int64         `json:"amount"`
	By     calendar.Date `json:"by"`
}

func subscriptionOf(s *plans.Subscription) subscriptionWire {
	w := subscriptionWire{
		ID: s.ID, ExternalID: s.ExternalID, Program: s.Program, CustomerID: s.CustomerID, Plan: s.Plan, State: s.State,
		StartedOn: s.StartedOn, EndedOn: s.EndedOn, Reason: s.Reason, Refund: s.Refund,
		Period: planPeriodWire{s.N, s.Period.From, s.Period.Until, s.Period.Trial, s.Period.Price},
	}
	if due := s.Due(); due > 0 {
		w.Due = &dueWire{due, s.PayBy}
	}
	return w
}

// subscribe begins a paid membership.
func (a *API) subscribe(c echo.Context) error {
	call, wire, err := readCall[subscribeWire](c)
	if err != nil {
		return err
	}
	customer, err := wire.Customer.required("/customer")
	if err != nil {
		return err
	}
	s, err := plans.Subscribe(call.ctx, a.db, call.merchant, call.actor, call.key, models.SubscriptionParams{
		ExternalID: wire.ExternalID, Program: wire.Program, Customer: customer, Plan: wire.Plan,
	})
	return subscribed(c, http.StatusCreated, &s, err)
}

func subscribed(c echo.Context, status int, s *plans.Subscription, err error) error {
	if err != nil {
		return err
	}
	replayed(c, s.Replay)
	return answer(c, status, jsonType, subscriptionOf(s))
}

// paySubscription notes that the shop was paid for a period.
func (a *API) paySubscription(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	var wire struct {
		ExternalID string `json:"external_id"`
		Amount     int64  `json:"amount"`
	}
	if err := decode(call.body, &wire); err != nil {
		return err
	}
	s, err := plans.Pay(call.ctx, a.db, call.merchant, call.actor, call.key, models.SubscriptionPayment{
		Subscription: c.Param("external_id"), ExternalID: wire.ExternalID, Amount: wire.Amount,
	})
	return subscribed(c, http.StatusCreated, &s, err)
}

// cancelSubscription ends a paid membership with its period, or at once.
func (a *API) cancelSubscription(c echo.Context) error {
	call, err := newCall(c)
	if err != nil {
		return err
	}
	var wire struct {
		AtOnce bool `json:"at_once,omitzero"`
	}
	if err := decode(call.body, &wire); err != nil {
		return err
	}
	s, err := plans.Cancel(call.ctx, a.db, call.merchant, call.actor, call.key, c.Param("external_id"), wire.AtOnce)
	return subscribed(c, http.StatusOK, &s, err)
}

// readSubscription reads a paid membership as it is stored: the day's work may not have come to it yet.
func (a *API) readSubscription(c echo.Context) error {
	r := web.Of(c)
	var s *plans.Subscription
	err := store.ReadTx(c.Request().Context(), a.db, r.MerchantID(), func(tx *store.Tx) (err error) {
		s, err = plans.Find(tx, r.Actor().Source, c.Param("external_id"))
		return err
	})
	return subscribed(c, http.StatusOK, s, err)
}

// mostUnpaid is how many subscriptions one answer lists.
const mostUnpaid = 100

// listUnpaid lists the paid memberships that wait for payment.
func (a *API) listUnpaid(c echo.Context) error {
	r := web.Of(c)
	var after int64
	if text := c.QueryParam("after"); text != "" {
		var err error
		if after, err = strconv.ParseInt(text, 10, 64); err != nil {
			return models.InvalidField("after", "malformed", nil)
		}
	}
	shown := struct {
		Unpaid []subscriptionWire `json:"unpaid"`
		Next   int64              `json:"next,omitzero"`
	}{Unpaid: []subscriptionWire{}}
	err := store.ReadTx(c.Request().Context(), a.db, r.MerchantID(), func(tx *store.Tx) error {
		unpaid, err := plans.Unpaid(tx, r.Actor().Source, after, mostUnpaid)
		for _, s := range unpaid {
			shown.Unpaid = append(shown.Unpaid, subscriptionOf(s))
		}
		if len(unpaid) == mostUnpaid {
			shown.Next = unpaid[mostUnpaid-1].ID
		}
		return err
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, jsonType, shown)
}
