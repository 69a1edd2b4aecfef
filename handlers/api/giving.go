package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/causes"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/transfers"
)

type transferWire struct {
	ExternalID string   `json:"external_id"`
	Program    string   `json:"program,omitzero"`
	Unit       string   `json:"unit,omitzero"`
	From       *refWire `json:"from"`
	To         *refWire `json:"to"`
	Points     int64    `json:"points"`
}

type transferredWire struct {
	ExternalID string        `json:"external_id"`
	Unit       string        `json:"unit"`
	Points     int64         `json:"points"`
	From       givingPartner `json:"from"`
	To         givingPartner `json:"to"`
}

// givingPartner is a customer who gave or got points, and what is theirs then.
type givingPartner struct {
	CustomerID int64         `json:"customer_id"`
	Balances   []balanceWire `json:"balances"`
}

// transfer gives points of one member to another.
func (a *API) transfer(c echo.Context) error {
	call, wire, err := readCall[transferWire](c)
	if err != nil {
		return err
	}
	from, err := wire.From.required("/from")
	if err != nil {
		return err
	}
	to, err := wire.To.required("/to")
	if err != nil {
		return err
	}
	receipt, err := transfers.Give(call.ctx, a.db, call.merchant, call.actor, call.key, models.TransferParams{
		ExternalID: wire.ExternalID, Program: wire.Program, Unit: wire.Unit, From: from, To: to, Points: wire.Points,
	})
	if err != nil {
		return err
	}
	shown := transferredWire{ExternalID: receipt.ExternalID, Unit: receipt.Unit, Points: receipt.Points}
	if shown.From, err = a.partner(call, receipt.From); err != nil {
		return err
	}
	if shown.To, err = a.partner(call, receipt.To); err != nil {
		return err
	}
	replayed(c, receipt.Replay)
	return answer(c, http.StatusCreated, jsonType, shown)
}

// partner reads what a customer has.
func (a *API) partner(call call, customerID int64) (givingPartner, error) {
	p := givingPartner{CustomerID: customerID, Balances: []balanceWire{}}
	err := store.ReadTx(call.ctx, a.db, call.merchant, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		members, err := ledger.Peek(tx, running, ledger.Of(models.CustomerRef{ID: customerID}))
		for _, m := range members {
			p.Balances = append(p.Balances, balances(m)...)
		}
		return err
	})
	return p, err
}

type donationWire struct {
	ExternalID string   `json:"external_id"`
	Program    string   `json:"program,omitzero"`
	Customer   *refWire `json:"customer"`
	Cause      string   `json:"cause"`
	Points     int64    `json:"points"`
}

type donatedWire struct {
	ExternalID string        `json:"external_id"`
	Cause      string        `json:"cause"`
	Unit       string        `json:"unit"`
	Points     int64         `json:"points"`
	Worth      int64         `json:"worth"`
	Balances   []balanceWire `json:"balances"`
}

// donate gives points of a member to a cause.
func (a *API) donate(c echo.Context) error {
	call, wire, err := readCall[donationWire](c)
	if err != nil {
		return err
	}
	customer, err := wire.Customer.required("/customer")
	if err != nil {
		return err
	}
	receipt, err := causes.Donate(call.ctx, a.db, call.merchant, call.actor, call.key, models.DonationParams{
		ExternalID: wire.ExternalID, Program: wire.Program, Customer: customer, Cause: wire.Cause, Points: wire.Points,
	})
	if err != nil {
		return err
	}
	owner, err := a.partner(call, receipt.CustomerID)
	if err != nil {
		return err
	}
	replayed(c, receipt.Replay)
	return answer(c, http.StatusCreated, jsonType, donatedWire{
		ExternalID: receipt.ExternalID, Cause: receipt.Cause, Unit: receipt.Unit, Points: receipt.Points, Worth: receipt.Worth, Balances: owner.Balances,
	})
}

type poolWire struct {
	Cause     string `json:"cause"`
	Name      string `json:"name"`
	Unit      string `json:"unit,omitzero"`
	Donations int64  `json:"donations"`
	Points    int64  `json:"points"`
	Worth     int64  `json:"worth"`
	Sales     int64  `json:"sales"`
	Share     int64  `json:"share"`
}

type poolsWire struct {
	Month string     `json:"month"`
	Pools []poolWire `json:"pools"`
}

// monthOf reads the month that a request asks about: its first day, or the day that is usual.
func monthOf(c echo.Context, usual calendar.Date) (calendar.Date, error) {
	month := c.QueryParam("month")
	if month == "" {
		return usual, nil
	}
	day, err := calendar.Parse(month + "-01")
	if err != nil {
		return 0, models.InvalidField("month", "bad_date", nil)
	}
	return day, nil
}

func monthFormat(day calendar.Date) string { return day.String()[:len("2026-11")] }

// listCauses tells what each cause got in a month, by default the present one.
func (a *API) listCauses(c echo.Context) error {
	r := web.Of(c)
	var shown poolsWire
	err := store.ReadTx(c.Request().Context(), a.db, r.MerchantID(), func(tx *store.Tx) error {
		day, err := monthOf(c, tx.Today())
		if err != nil {
			return err
		}
		shown.Month, shown.Pools = monthFormat(day), []poolWire{}
		pools, err := causes.Pools(tx, c.Param("code"), day)
		for _, p := range pools {
			shown.Pools = append(shown.Pools, poolWire{p.Cause, p.Name.In(string(r.Locale)), p.Unit, p.Donations, p.Points, p.Worth, p.Sales, p.Share})
		}
		return err
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, jsonType, shown)
}
