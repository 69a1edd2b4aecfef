package web

import (
	"time"

	"github.com/labstack/echo/v4"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/views/i18n"
)

// Request is what is known about a request. Handlers read it; middleware fills it.
type Request struct {
	ID       string
	Route    *Route // nil where no route was found
	Address  string // of the client, as trusted proxies tell it
	Locale   i18n.Locale
	Theme    string
	Person   *models.Person   // nil: not signed in
	Staff    *models.Staff    // nil: not signed in
	Key      *models.APIKey   // nil: not an API request
	Merchant *models.Merchant // nil: nobody's
	Zone     *time.Location   // of the merchant
	Session  string           // id of the session
	Token    string           // form token of the session; "" outside
	Unit     *i18n.Unit       // what the shop collects; nil: points
	Now      time.Time        // business time of the merchant, wall time outside
	Fault    error            // ours, of which the answer tells among other things; for the log
}

const requestKey = "dangol.request"

// Of gives what is known about the request of c.
func Of(c echo.Context) *Request {
	if r, ok := c.Get(requestKey).(*Request); ok {
		return r
	}
	r := &Request{Locale: i18n.Korean}
	c.Set(requestKey, r)
	return r
}

// MerchantID gives the shop of a request that has one; 0 outside.
func (r *Request) MerchantID() int64 {
	if r.Merchant == nil {
		return 0
	}
	return r.Merchant.ID
}

// Today is the shop's business date.
func (r *Request) Today() calendar.Date { return calendar.DateOf(r.Now, r.Zone) }

// Actor is who does what the request asks for. A member of staff who is bound to stores carries them only where the route
// says "own store", so that a verb need not know the routes.
func (r *Request) Actor() models.Actor {
	switch {
	case r.Key != nil:
		return keyActor(r.Key)
	case r.Staff != nil:
		return r.staffActor()
	}
	return models.Actor{}
}

func keyActor(k *models.APIKey) models.Actor {
	a := models.Actor{KeyID: k.ID, Source: k.Source}
	if k.StoreID != nil {
		a.StoreID = *k.StoreID
	}
	return a
}

func (r *Request) staffActor() models.Actor {
	a := models.Actor{StaffID: r.Staff.ID, Role: r.Staff.Role, Source: "counter"}
	if r.Route != nil && r.Route.Allow.Of(r.Staff.Role) == OwnStore {
		a.StoreIDs = r.Staff.StoreIDs
	}
	if len(r.Staff.StoreIDs) == 1 {
		a.StoreID = r.Staff.StoreIDs[0]
	}
	return a
}

// Printer writes for the reader of this request.
func (r *Request) Printer() *i18n.Printer {
	p := i18n.New(r.Locale)
	p.Now = r.Now
	if r.Merchant != nil {
		p.Zone, p.Currency = r.Zone, r.Merchant.Currency
	}
	if r.Unit != nil {
		p.Unit = *r.Unit
	}
	return p
}
