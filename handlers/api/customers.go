package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/calendar"
	"dangol/models/customers"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

type customerWire struct {
	ID          int64            `json:"id"`
	Name        string           `json:"name"`
	Phone       string           `json:"phone,omitzero"`
	Email       string           `json:"email,omitzero"`
	ExternalID  string           `json:"external_id,omitzero"`
	Birth       *birthWire       `json:"birth,omitzero"`
	Locale      string           `json:"locale,omitzero"`
	Version     int              `json:"version"`
	CreatedAt   time.Time        `json:"created_at"`
	Memberships []membershipWire `json:"memberships"`
}

type membershipWire struct {
	Program    string        `json:"program"`
	EnrolledAt time.Time     `json:"enrolled_at"`
	Tier       *tierWire     `json:"tier,omitzero"`
	Balances   []balanceWire `json:"balances"`
}

type balanceWire struct {
	Unit      string `json:"unit"`
	Available int64  `json:"available"`
	Pending   int64  `json:"pending"`
	Reserved  int64  `json:"reserved"`
	Deficit   int64  `json:"deficit"`
	Expiring  int64  `json:"expiring,omitzero"`
	ExpiresOn string `json:"expires_on,omitzero"`
}

// createCustomer enrols a customer in every running programme.
func (a *API) createCustomer(c echo.Context) error {
	var wire newCustomerWire
	call, err := newCall(c)
	if err == nil {
		err = decode(call.body, &wire)
	}
	if err != nil {
		return err
	}
	params, err := wire.enrolment()
	if err != nil {
		return err
	}
	return a.once(c, call, http.StatusCreated, func(tx *store.Tx) (any, error) {
		customer, err := accrual.Enrol(tx, call.actor, params)
		if err != nil {
			return nil, err
		}
		return a.customer(tx, customer, string(web.Of(c).Locale))
	})
}

func (a *API) changeCustomer(c echo.Context) error {
	ref, err := pathRef(c.Param("ref"))
	if err != nil {
		return err
	}
	call, fields, err := customerCall(c)
	if err != nil {
		return err
	}
	return a.once(c, call, http.StatusOK, func(tx *store.Tx) (any, error) {
		found, err := customers.FindRef(tx, *ref)
		if err != nil {
			return nil, err
		}
		changed, err := customers.Change(tx, call.actor, found.ID, fields.params())
		if err != nil {
			return nil, err
		}
		return a.customer(tx, changed, string(web.Of(c).Locale))
	})
}

func customerCall(c echo.Context) (call, customerFields, error) {
	var fields customerFields
	call, err := newCall(c)
	if err == nil {
		err = decode(call.body, &fields)
	}
	return call, fields, err
}

// once runs a change under the call's key and answers with what it gives, the first time and every time after.
func (a *API) once(c echo.Context, call call, status int, change func(tx *store.Tx) (any, error)) error {
	told, err := store.Once(call.ctx, a.db, call.merchant, call.key, func(tx *store.Tx) (store.Answer, error) {
		value, err := change(tx)
		if err != nil {
			return store.Answer{}, err
		}
		body, err := json.Marshal(value, json.Deterministic(true))
		return store.Answer{Status: status, Body: body}, err
	})
	replayed(c, told.Replay)
	if err != nil {
		return err
	}
	return c.Blob(told.Status, jsonType, told.Body)
}

func (a *API) lookUpCustomer(c echo.Context) error {
	body, err := readBody(c.Request(), maxBody)
	if err != nil {
		return err
	}
	var wire refWire
	if err := decode(body, &wire); err != nil {
		return err
	}
	ref, err := wire.ref("")
	if err != nil {
		return err
	}
	return a.showCustomer(c, *ref)
}

func (a *API) readCustomer(c echo.Context) error {
	ref, err := pathRef(c.Param("ref"))
	if err != nil {
		return err
	}
	return a.showCustomer(c, *ref)
}

func (a *API) showCustomer(c echo.Context, ref models.CustomerRef) error {
	r := web.Of(c)
	var shown customerWire
	err := store.ReadTx(c.Request().Context(), a.db, r.MerchantID(), func(tx *store.Tx) error {
		customer, err := customers.FindRef(tx, ref)
		if err != nil {
			return err
		}
		shown, err = a.customer(tx, customer, string(r.Locale))
		return err
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, jsonType, shown)
}

// customer reads what a till may know of a customer: who, and what is theirs at the shop's now.
func (a *API) customer(tx *store.Tx, customer models.Customer, locale string) (customerWire, error) {
	shown := customerWire{
		ID: customer.ID, Name: customer.Name, Phone: deref(customer.Phone), Email: deref(customer.Email), ExternalID: deref(customer.ExternalID),
		Locale: customer.Locale, Version: customer.Version, CreatedAt: customer.CreatedAt, Memberships: []membershipWire{},
	}
	if customer.BirthMonth != nil {
		shown.Birth = &birthWire{Calendar: deref(customer.BirthCalendar), Year: deref(customer.BirthYear), Month: *customer.BirthMonth, Day: deref(customer.BirthDay)}
	}
	running, err := programs.Running(tx)
	if err != nil {
		return shown, err
	}
	members, err := ledger.Peek(tx, running, ledger.Of(models.CustomerRef{ID: customer.ID}))
	if err != nil {
		return shown, err
	}
	for _, m := range members {
		shown.Memberships = append(shown.Memberships, membership(m, tx.Now(), locale))
	}
	return shown, nil
}

func membership(m *ledger.Member, now time.Time, locale string) membershipWire {
	wire := membershipWire{Program: m.Program.Code, EnrolledAt: m.EnrolledAt, Balances: balances(m)}
	if program := m.Program.Timeline.At(now); program != nil {
		wire.Tier = tier(program, &m.Member, calendar.DateOf(now, m.Program.Timeline.Zone()), locale)
	}
	return wire
}

func balances(m *ledger.Member) []balanceWire {
	wires := make([]balanceWire, 0, len(m.Accounts))
	for i := range m.Accounts {
		wires = append(wires, balance(&m.Accounts[i]))
	}
	return wires
}

// balance tells an account's four numbers and what ends first.
func balance(account *terms.Account) balanceWire {
	wire := balanceWire{Unit: account.Unit, Available: account.Available, Pending: account.Pending, Reserved: account.Reserved, Deficit: account.Deficit}
	for _, lot := range account.Lots {
		if lot.Bucket != terms.Available || lot.ExpiresOn.IsZero() || lot.Remaining == 0 {
			continue
		}
		if wire.ExpiresOn == "" {
			wire.ExpiresOn = lot.ExpiresOn.String()
		}
		if wire.ExpiresOn == lot.ExpiresOn.String() {
			wire.Expiring += lot.Remaining
		}
	}
	return wire
}

func (a *API) listEntries(c echo.Context) error {
	ref, err := pathRef(c.Param("ref"))
	if err != nil {
		return err
	}
	return a.entries(c, *ref, c.QueryParam("unit"), web.QueryInt(c, "before", 0), int(min(max(web.QueryInt(c, "limit", 50), 1), 200)))
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func keyScope(r *web.Request) string { return "api:" + strconv.FormatInt(r.Actor().KeyID, 10) }
