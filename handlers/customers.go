package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/counter"
	"dangol/models/customers"
	"dangol/models/insights"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// Who may enrol and change customers and see a whole number. A manager who is bound to stores has the customers who were
// enrolled there.
var tending = web.May("owner admin marketer manager:own")

// customerIndex is the list: a view of everybody, or what a search finds.
func (s *Server) customerIndex(c echo.Context) error {
	q := customers.ListQuery{View: customers.View(web.Query(c, "view")), Tier: web.Query(c, "tier"), After: web.Query(c, "after")}
	search := web.Query(c, "q")
	var page customers.Page
	var program *terms.Program
	var total int64
	err := s.read(c, func(tx *store.Tx) (err error) {
		if program, err = counter.InForce(tx); err != nil {
			return err
		}
		stores := web.Of(c).Actor().StoreIDs
		if page, err = listed(tx, q, search, stores); err != nil {
			return err
		}
		total, err = howMany(tx, q, search, page, stores)
		return err
	})
	if err != nil {
		return err
	}
	v := s.customersView(c, q, search, page, program)
	v.Total, v.Over = min(total, customers.MostCounted), total > customers.MostCounted
	if everybody(q, search) {
		v.Total, v.Over = total, false
	}
	switch {
	case q.After != "":
		return web.Page(c, http.StatusOK, pages.Customers(v), pages.CustomerRows(v), pages.PagerPartial(v.Next, "#customer-rows"))
	default:
		return web.Page(c, http.StatusOK, pages.Customers(v), pages.CustomerResults(v))
	}
}

func everybody(q customers.ListQuery, search string) bool {
	return search == "" && (q.View == "" || q.View == customers.Everybody)
}

// howMany counts what begins with a page; -1 where that is not known cheaply: a page in the middle, some stores of many.
func howMany(tx *store.Tx, q customers.ListQuery, search string, page customers.Page, stores []int64) (int64, error) {
	switch {
	case q.After != "" || len(stores) > 0 && page.Next != "":
		return -1, nil
	case everybody(q, search) && page.Next != "":
		return insights.ReadPeople(tx)
	}
	return customers.Count(tx, q, search, page)
}

// listed reads a page of a view, or of what a search finds. What cannot be looked for finds nobody.
func listed(tx *store.Tx, q customers.ListQuery, search string, storeIDs []int64) (customers.Page, error) {
	page, err := customers.Own(storeIDs, q.After, func(after string, limit int) (customers.Page, error) {
		if search != "" {
			return customers.Search(tx, search, after, limit)
		}
		q.After, q.Limit = after, limit
		return customers.List(tx, q)
	})
	if search != "" && q.After == "" && models.KindOf(err) == models.Invalid {
		return customers.Page{}, nil
	}
	return page, err
}

func (s *Server) customersView(c echo.Context, q customers.ListQuery, search string, page customers.Page, program *terms.Program) pages.CustomersView {
	p, r := s.speakProgram(c, program), web.Of(c)
	v := pages.CustomersView{
		Query: search, View: string(q.View), Tier: q.Tier, Any: len(page.Rows) > 0 || search != "" || q.View != "" || q.After != "",
		CanNew: tending.Of(r.Staff.Role) != web.No, CanAdd: s.opens(get, paths.NewImport, r.Staff.Role),
	}
	for i := range page.Rows {
		v.Rows = append(v.Rows, customerRow(&page.Rows[i], program, p.Locale))
	}
	if page.Next != "" {
		v.Next = paths.CustomersWith(search, string(q.View), q.Tier, page.Next)
	}
	if program != nil && program.Terms().Tiers != nil {
		for i, tier := range program.Terms().Tiers.Tiers {
			if i > 0 {
				v.Tiers = append(v.Tiers, pages.TierPick{Code: tier.Code, Name: tier.Name.In(string(p.Locale))})
			}
		}
	}
	return v
}

// speakProgram speaks of points as the programme does.
func (s *Server) speakProgram(c echo.Context, program *terms.Program) *i18n.Printer {
	if program == nil {
		return s.speakUnit(c, nil)
	}
	return s.speakUnit(c, program.Unit(""))
}

func customerRow(row *customers.Row, program *terms.Program, locale i18n.Locale) pages.CustomerRow {
	person := personView(row, program, locale)
	line := pages.CustomerRow{ID: row.ID, Name: person.Name, Phone: person.Phone, Tier: person.Tier, Available: person.Available, Last: row.LastOn, Visits: int64(row.Visits)}
	if row.Name == "" {
		line.Name = ""
	}
	for _, program := range row.Programs {
		for _, unit := range program.Units {
			line.Expiring += unit.Expiring
			if line.ExpiringOn.IsZero() || !unit.ExpiresOn.IsZero() && unit.ExpiresOn < line.ExpiringOn {
				line.ExpiringOn = unit.ExpiresOn
			}
		}
	}
	return line
}

func (s *Server) customerNew(c echo.Context) error {
	return s.customerForm(c, http.StatusOK, pages.CustomerFormView{Form: forms.Enrol{Phone: web.Query(c, "phone")}})
}

func (s *Server) customerForm(c echo.Context, status int, v pages.CustomerFormView) error {
	v.Key = web.NewKey()
	return web.Render(c, status, pages.CustomerForm(v))
}

// customerCreate enrols a customer who agreed to it, once however often the button is tapped.
func (s *Server) customerCreate(c echo.Context) error {
	var form forms.Enrol
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	key, err := web.FormKey(c)
	if err != nil {
		return err
	}
	r := web.Of(c)
	actor := r.Actor()
	actor.Source = atOffice
	params, err := enrolment(form, r)
	var customer models.Customer
	if err == nil {
		customer, _, err = store.Do(c.Request().Context(), s.DB, r.MerchantID(), key, func(tx *store.Tx) (models.Customer, error) {
			return accrual.Enrol(tx, actor, params)
		})
	}
	if form.Problems = typed(r.Printer(), err); form.Problems != nil {
		return s.customerForm(c, http.StatusUnprocessableEntity, pages.CustomerFormView{Form: form})
	}
	if err != nil {
		return err
	}
	return s.done(c, paths.Customer(customer.ID), r.Printer().Common.Saved)
}

func (s *Server) customerEdit(c echo.Context) error {
	customer, err := s.customer(c)
	if err != nil {
		return err
	}
	return s.customerForm(c, http.StatusOK, pages.CustomerFormView{ID: customer.ID, Form: enrolled(&customer), Version: strconv.Itoa(customer.Version)})
}

// customer reads the customer of the path, if they are the actor's to see.
func (s *Server) customer(c echo.Context) (customer models.Customer, err error) {
	id, err := web.ID(c, "id")
	if err != nil {
		return customer, err
	}
	err = s.read(c, func(tx *store.Tx) (err error) {
		customer, err = customers.FindOwn(tx, web.Of(c).Actor(), id)
		return err
	})
	return customer, err
}

// enrolled writes a customer into the form.
func enrolled(customer *models.Customer) forms.Enrol {
	form := forms.Enrol{Name: customer.Name, Agreed: "on"}
	if customer.Phone != nil {
		form.Phone = i18n.Phone(*customer.Phone)
	}
	if customer.Email != nil {
		form.Email = *customer.Email
	}
	if customer.BirthMonth != nil && customer.BirthDay != nil {
		form.Calendar, form.Month, form.Day = *customer.BirthCalendar, strconv.Itoa(*customer.BirthMonth), strconv.Itoa(*customer.BirthDay)
		if customer.BirthYear != nil {
			form.Year = strconv.Itoa(*customer.BirthYear)
		}
	}
	return form
}

// customerUpdate changes name, number, address and birthday.
func (s *Server) customerUpdate(c echo.Context) error {
	customer, err := s.customer(c)
	if err != nil {
		return err
	}
	var form struct {
		forms.Enrol
		Version int `form:"version"`
	}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	params := models.CustomerParams{Name: &form.Name, Phone: &form.Phone, Email: &form.Email, Version: form.Version}
	if params.Birth, err = form.Birth(); err == nil {
		err = s.write(c, func(tx *store.Tx) error {
			_, err := customers.Change(tx, web.Of(c).Actor(), customer.ID, params)
			return err
		})
	}
	if problems := typed(web.Of(c).Printer(), err); problems != nil {
		form.Problems = problems
		return s.customerForm(c, http.StatusUnprocessableEntity, pages.CustomerFormView{ID: customer.ID, Form: form.Enrol, Version: strconv.Itoa(form.Version)})
	}
	if err != nil {
		return err
	}
	return s.done(c, paths.Customer(customer.ID), web.Of(c).Printer().Common.Saved)
}

// customerPhone shows the whole number, which is on record.
func (s *Server) customerPhone(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	var phone string
	err = s.write(c, func(tx *store.Tx) (err error) {
		phone, err = customers.Reveal(tx, web.Of(c).Actor(), id)
		return err
	})
	if err != nil {
		return err
	}
	if web.IsPartial(c) {
		return web.Render(c, http.StatusOK, pages.CustomerPhone(id, i18n.Phone(phone), false))
	}
	return s.customerPage(c, http.StatusOK, func(v *pages.CustomerView) { v.Phone, v.CanReveal = i18n.Phone(phone), false })
}

// maskEmail keeps an address's first letter and its house: "m***@shop.kr".
func maskEmail(email string) string {
	local, house, _ := strings.Cut(email, "@")
	if local == "" {
		return ""
	}
	return local[:1] + strings.Repeat("*", 3) + "@" + house
}
