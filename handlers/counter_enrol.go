package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/counter"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
)

// counterEnrolForm asks for what a new customer needs: a number, and consent.
func (s *Server) counterEnrolForm(c echo.Context, status int, view pages.CounterView, form forms.Enrol, notFound bool) error {
	program, err := s.inForce(c)
	if err != nil {
		return err
	}
	view.Enrol = &pages.CounterEnrol{Form: form, Key: web.NewKey(), NotFound: notFound}
	if program != nil {
		view.Enrol.Welcome = counter.Welcome(program)
	}
	return s.counterPage(c, status, view)
}

func (s *Server) inForce(c echo.Context) (program *terms.Program, err error) {
	err = s.read(c, func(tx *store.Tx) error {
		program, err = counter.InForce(tx)
		return err
	})
	return program, err
}

func (s *Server) counterNew(c echo.Context) error {
	return s.counterEnrolForm(c, http.StatusOK, pages.CounterView{}, enrolFrom(web.Query(c, "q")), false)
}

// counterEnrol enrols a customer who agreed to it.
func (s *Server) counterEnrol(c echo.Context) error {
	var form forms.Enrol
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	key, err := web.FormKey(c)
	if err != nil {
		return err
	}
	r := web.Of(c)
	params, err := enrolment(form, r)
	var customer models.Customer
	if err == nil {
		customer, _, err = store.Do(c.Request().Context(), s.DB, r.MerchantID(), key, func(tx *store.Tx) (models.Customer, error) {
			return accrual.Enrol(tx, r.Actor(), params)
		})
	}
	if problems := typed(r.Printer(), err); problems != nil {
		form.Problems = problems
		return s.counterEnrolForm(c, http.StatusUnprocessableEntity, pages.CounterView{}, form, false)
	}
	if err != nil {
		return err
	}
	return s.counterDone(c, customer.ID, func(*i18n.Printer, *counter.Guest) pages.CounterDone { return pages.CounterDone{Kind: "enrol"} })
}

func enrolment(form forms.Enrol, r *web.Request) (models.CustomerParams, error) {
	params := models.CustomerParams{Name: &form.Name, Phone: &form.Phone, Source: "counter"}
	locale := string(r.Locale)
	params.Locale = &locale
	if form.Email != "" {
		params.Email = &form.Email
	}
	if store := r.Actor().StoreID; store != 0 {
		params.StoreID = &store
	}
	var faults models.Faults
	params.Agreed = form.Agreement()
	_, err := params.Agreed.Consents()
	faults.Take(err)
	if form.Phone == "" {
		faults.Add("phone", "required", nil)
	}
	birth, err := form.Birth()
	faults.Take(err)
	params.Birth = birth
	return params, faults.Err()
}
