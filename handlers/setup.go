package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/merchants"
	"dangol/models/people"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// firstProgram is the code of the programme that the set-up publishes.
const firstProgram = "shop"

// setup leads to the step that comes next: an unused link to the first, its owner to what is left, anybody else to the door.
func (s *Server) setup(c echo.Context) error {
	token := web.Param(c, "token")
	if _, err := people.FindLink(c.Request().Context(), s.DB, people.SetupLink, token); err == nil {
		return web.Go(c, paths.SetupShop(token))
	}
	if err := s.begun(c, token); err != nil {
		return err
	}
	promised, err := s.hasPromised(c)
	if err != nil {
		return err
	}
	if !promised {
		return web.Go(c, paths.SetupCustomers(token))
	}
	return web.Render(c, http.StatusOK, pages.SetupDone(pages.SetupDoneView{CanInvite: true}))
}

// begun lets the owner go on who has made the shop with this link. Anybody else's link is not found; who is signed out is
// sent to the door.
func (s *Server) begun(c echo.Context, token string) error {
	link, err := people.BegunSetup(c.Request().Context(), s.DB, token)
	if err != nil {
		return err
	}
	switch r := web.Of(c); {
	case r.Person == nil:
		return models.ErrSignedOut
	case r.Person.ID != link.PersonID || r.Merchant.ID != link.MerchantID || r.Staff.Role != models.Owner:
		return models.ErrBadLink
	}
	return nil
}

func (s *Server) hasPromised(c echo.Context) (promised bool, err error) {
	err = store.ReadTx(c.Request().Context(), s.DB, web.Of(c).MerchantID(), func(tx *store.Tx) error {
		_, err := programs.Find(tx, firstProgram)
		promised = err == nil
		if models.KindOf(err) == models.NotFound {
			return nil
		}
		return err
	})
	return promised, err
}

func (s *Server) setupShopForm(c echo.Context) error {
	token := web.Param(c, "token")
	if _, err := people.FindLink(c.Request().Context(), s.DB, people.SetupLink, token); err != nil {
		return err
	}
	form := forms.SetupShop{Trade: string(models.TradeUnknown), Ticket: web.Of(c).Printer().Amount(terms.DefaultTicket)}
	return web.Render(c, http.StatusOK, pages.SetupShop(pages.SetupShopView{Token: token, Form: form}))
}

func (s *Server) setupShop(c echo.Context) error {
	var form forms.SetupShop
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	r, token := web.Of(c), web.Param(c, "token")
	shop, err := form.Params(i18n.Decimals(r.Printer().Currency))
	if err == nil {
		var entry *people.Entry
		entry, err = merchants.Found(c.Request().Context(), s.DB, s.guard, merchants.FoundParams{
			Token: token, Shop: shop, Email: form.Email, Password: form.Password, Locale: string(r.Locale), From: s.origin(c),
		})
		if err == nil {
			s.admit(c, entry)
			return web.Go(c, paths.SetupCustomers(token))
		}
	}
	if models.KindOf(err) != models.Invalid {
		return err
	}
	form.Password, form.Problems = "", forms.Explain(r.Printer(), err)
	return web.Render(c, http.StatusUnprocessableEntity, pages.SetupShop(pages.SetupShopView{Token: token, Form: form}))
}

func (s *Server) setupCustomersForm(c echo.Context) error {
	token := web.Param(c, "token")
	if err := s.begun(c, token); err != nil {
		return err
	}
	return web.Render(c, http.StatusOK, pages.SetupCustomers(pages.SetupCustomersView{Token: token}))
}

// setupCustomers goes on without a list, or takes the file to where its columns are named.
func (s *Server) setupCustomers(c echo.Context) error {
	token := web.Param(c, "token")
	if err := s.begun(c, token); err != nil {
		return err
	}
	choice := "none"
	imported, err := s.upload(c, func(name, value string) {
		if name == "choice" {
			choice = value
		}
	})
	if errors.Is(err, errNoFile) && choice != "file" {
		return web.Go(c, paths.SetupPromise(token))
	}
	if models.KindOf(err) == models.Invalid {
		view := pages.SetupCustomersView{Token: token, Choice: "file", Problems: forms.Explain(web.Of(c).Printer(), err)}
		return web.Render(c, web.Judge(err).Status, pages.SetupCustomers(view))
	}
	if err != nil {
		return err
	}
	return web.Go(c, paths.Import(imported.ID))
}

func (s *Server) setupPromiseForm(c echo.Context) error {
	token := web.Param(c, "token")
	if err := s.begun(c, token); err != nil {
		return err
	}
	document, printer := s.startingTerms(c)
	form := forms.SetupPromiseFrom(&document, printer)
	return web.Render(c, http.StatusOK, pages.SetupPromise(promiseView(c, token, form, &document)))
}

// startingTerms are the default terms of the shop's trade, and the printer that speaks of their unit.
func (s *Server) startingTerms(c echo.Context) (terms.Terms, *i18n.Printer) {
	m := web.Of(c).Merchant
	document := terms.Default(m.Trade, m.MedianTicket)
	return document, s.speakUnit(c, &document.Units[0])
}

func promiseView(c echo.Context, token string, form forms.SetupPromise, document *terms.Terms) pages.SetupPromiseView {
	return pages.SetupPromiseView{
		Token: token, Form: form, Effect: effect(web.Of(c).Merchant, document),
		Stamps: document.Earning[0].Award.Kind == terms.PerUnit,
	}
}

// effect is what terms come to for a usual customer and a usual month of the shop.
func effect(m *models.Merchant, document *terms.Terms) pages.SetupEffectView {
	month := terms.UsualMonth(m.MedianTicket, m.MarginPercent)
	cost := document.MonthlyCost(month)
	view := pages.SetupEffectView{Spend: m.MedianTicket, Cost: cost.Total, Sales: month.Sales, Visits: cost.Visits}
	program, err := terms.Compile(*document, 0)
	if err != nil {
		return view // faults of the document are told at the blanks
	}
	awards, _ := program.Quote(&terms.Member{Orders: 1}, document.Example(m.MedianTicket))
	for _, award := range awards {
		view.Points += award.Points
	}
	visit, _ := program.FirstReward(m.MedianTicket, 0)
	view.FirstVisit = int64(visit)
	return view
}

// previewPromise is what three numbers come to, while they are typed.
func (s *Server) previewPromise(c echo.Context) error {
	if err := s.begun(c, web.Param(c, "token")); err != nil {
		return err
	}
	_, document, view, err := s.readPromise(c)
	if err != nil {
		return err
	}
	if len(view.Problems) == 0 {
		view = effect(web.Of(c).Merchant, document)
	}
	return web.Render(c, http.StatusOK, pages.SetupEffect(view))
}

// readPromise reads the three numbers into the shop's default terms; what is wrong with them stands in the view.
func (s *Server) readPromise(c echo.Context) (form forms.SetupPromise, document *terms.Terms, view pages.SetupEffectView, err error) {
	if err := web.Bind(c, &form); err != nil {
		return form, nil, view, err
	}
	starting, printer := s.startingTerms(c)
	form.Problems = forms.Explain(printer, form.Apply(&starting, printer))
	return form, &starting, pages.SetupEffectView{Problems: form.Problems}, nil
}

// setupPromise puts the first version in force, today: nobody is a member, so nobody need be told. "Another way" keeps the
// numbers as a draft instead and goes to the page on which everything can be changed.
func (s *Server) setupPromise(c echo.Context) error {
	token := web.Param(c, "token")
	if err := s.begun(c, token); err != nil {
		return err
	}
	form, document, view, err := s.readPromise(c)
	if err != nil {
		return err
	}
	if len(form.Problems) > 0 {
		whole := promiseView(c, token, form, document)
		whole.Effect = view
		return web.Render(c, http.StatusUnprocessableEntity, pages.SetupPromise(whole))
	}
	publish := c.FormValue("other") == ""
	if err := s.firstPromise(c, document, publish); err != nil {
		return err
	}
	if !publish {
		return web.Go(c, paths.Program)
	}
	return web.Go(c, paths.Setup(token))
}

func (s *Server) firstPromise(c echo.Context, document *terms.Terms, publish bool) error {
	r := web.Of(c)
	return store.InTx(c.Request().Context(), s.DB, r.MerchantID(), func(tx *store.Tx) error {
		if _, err := programs.Find(tx, firstProgram); models.KindOf(store.Translate(err)) != models.NotFound {
			return err // a second tap: the promise is made
		}
		if _, err := programs.CreateIn(tx, r.Actor(), firstProgram, document.Encode()); err != nil || !publish {
			return err
		}
		_, err := programs.PublishIn(tx, r.Actor(), firstProgram, models.PublishParams{})
		return err
	})
}
