package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/consents"
	"dangol/models/store"
	"dangol/views/components"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// customerConsent writes down that a customer agrees to something, or takes it back.
func (s *Server) customerConsent(c echo.Context) error {
	customer, err := s.customer(c)
	if err != nil {
		return err
	}
	var form struct {
		Kind   string `form:"kind"`
		Medium string `form:"medium"`
		Given  string `form:"given"`
	}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	answer := models.ConsentParams{Kind: models.ConsentKind(form.Kind), Medium: models.Medium(form.Medium), Given: form.Given == "yes"}
	actor := web.Of(c).Actor()
	actor.Source = atOffice
	err = s.write(c, func(tx *store.Tx) error { return consents.Change(tx, actor, customer.ID, answer) })
	if problems := typed(web.Of(c).Printer(), err); problems != nil {
		problem := firstProblem(web.Of(c).Printer(), err)
		return s.customerTab(c, http.StatusUnprocessableEntity, "consents", func(v *pages.CustomerView) { v.Consents.Problem = problem })
	}
	if err != nil {
		return err
	}
	return s.done(c, paths.CustomerTab(customer.ID, "consents"), web.Of(c).Printer().Common.Saved)
}

// atOffice is the source of what is written down away from the counter.
const atOffice = "office"

// asked are the consents that there are, in the order of the form.
var asked = []models.ConsentParams{
	{Kind: models.ConsentMembership}, {Kind: models.ConsentAdvertising, Medium: models.BySMS}, {Kind: models.ConsentNight},
	{Kind: models.ConsentAdvertising, Medium: models.ByEmail},
}

// consentView is the tab of consents: f.consents are all of them, the newest first.
func (f *file) consentView(p *i18n.Printer) *pages.ConsentsView {
	view := &pages.ConsentsView{}
	for _, kind := range asked {
		row := pages.ConsentRow{Kind: string(kind.Kind), Medium: string(kind.Medium)}
		i := slices.IndexFunc(f.consents, func(c models.Consent) bool { return c.Kind == kind.Kind && c.Medium == kind.Medium })
		if i >= 0 {
			row.Given, row.On = f.consents[i].Given, calendar.DateOf(f.consents[i].At, p.Zone)
		}
		view.Now = append(view.Now, row)
	}
	for i := range f.consents {
		view.History = append(view.History, consentItem(p, &f.consents[i]))
	}
	return view
}

func consentItem(p *i18n.Printer, c *models.Consent) components.TimelineItem {
	source := p.Consents.Sources[c.Source]
	if source == "" {
		source = c.Source
	}
	return components.TimelineItem{
		Icon: "notebook-pen", What: p.Consents.What(string(c.Kind), string(c.Medium), c.Given), When: p.DateTime(c.At), Stamp: p.Stamp(c.At),
		Detail: source + " · " + p.Consents.WordedAs(c.Wording),
	}
}
