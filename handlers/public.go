package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/merchants"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// promise is what a shop promises at this moment, with what stands around it on paper and on the public page.
type promise struct {
	shop     *models.Merchant
	contact  string
	since    calendar.Date // the day from which it holds
	document *terms.Terms  // nil: nothing is promised yet
}

// readPromised reads a shop's promise in force. It returns NotFound for an unknown shop.
func (s *Server) readPromised(c echo.Context, merchantID int64) (p promise, err error) {
	err = store.ReadTx(c.Request().Context(), s.DB, merchantID, func(tx *store.Tx) error {
		if p.shop, err = merchants.Find(tx); err != nil {
			return err
		}
		settings, err := merchants.SettingsOf(p.shop)
		if err != nil {
			return err
		}
		p.contact = settings.PublicContact
		return p.read(tx)
	})
	return p, err
}

// read finds the version in force of the shop's oldest running programme.
func (p *promise) read(tx *store.Tx) error {
	program, err := programs.Find(tx, "")
	if models.KindOf(store.Translate(err)) == models.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	versions, err := programs.Versions(tx, program.ID)
	if err != nil {
		return err
	}
	for _, version := range versions {
		if version.EffectiveFrom.After(tx.Now()) {
			continue // published for a later day
		}
		document, err := terms.Parse(version.Document)
		p.document, p.since = &document, calendar.DateOf(version.EffectiveFrom, tx.Merchant().Zone)
		return err
	}
	return nil
}

// poster is the sheet at the counter. Its QR leads to the public page, which always shows the promise in force: what is
// printed can grow old, what it leads to cannot.
func (s *Server) poster(c echo.Context) error {
	r := web.Of(c)
	p, err := s.readPromised(c, r.MerchantID())
	if err != nil {
		return err
	}
	view := pages.PosterView{Shop: p.shop.Name, Contact: p.contact, Address: s.link(paths.PublicTerms(strconv.FormatInt(r.MerchantID(), 10))), Started: p.document != nil}
	if view.Started {
		view.Promise = p.document.Sentence(string(r.Locale))
	}
	return web.Render(c, http.StatusOK, pages.Poster(view))
}

// publicTerms is what customers read: the promise in force of any shop, in their own language.
func (s *Server) publicTerms(c echo.Context) error {
	id, err := web.ID(c, "code")
	if err != nil {
		return err
	}
	p, err := s.readPromised(c, id)
	if err != nil {
		return err
	}
	printer := s.speakFor(c, p.shop)
	view := pages.TermsView{Shop: p.shop.Name, Contact: p.contact, Sandbox: p.shop.Sandbox}
	if p.document != nil {
		view.How = steps(p.document, printer)
		view.Since, view.Sentence, view.Clauses = p.since, p.document.Sentence(string(printer.Locale)), clauses(p.document, printer.Locale)
	}
	return web.Render(c, http.StatusOK, pages.Terms(view))
}

// steps are those that hold under the terms: points that come later, or that only count, are not promised at once.
func steps(t *terms.Terms, p *i18n.Printer) []string {
	all := p.Public.How[:]
	switch {
	case t.PaysLater():
		return all[:1]
	case len(t.Redemptions)+len(t.Rewards) == 0:
		return all[:2]
	default:
		return all
	}
}

// speakFor lets the rest of this request count as a shop does that nobody need be signed in to.
func (s *Server) speakFor(c echo.Context, shop *models.Merchant) *i18n.Printer {
	p := web.Of(c).Printer()
	p.Currency = shop.Currency
	c.SetRequest(c.Request().WithContext(i18n.With(c.Request().Context(), p)))
	return p
}
