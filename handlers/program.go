package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/previews"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// Who may draft, and who may put in force: marketers write, owners and admins decide.
var (
	drafting   = web.May("owner admin marketer")
	publishing = web.May("owner admin")
)

// draftForm is the programme as typed, and what is to become of it.
type draftForm struct {
	forms.Program
	Version string `form:"version"`
	Example string `form:"example"`
	Then    string `form:"then"`    // "publish": go on to the start
	Discard string `form:"discard"` // "1": throw away what was edited
	Restore string `form:"restore"` // number of the version to go back to
}

// program is the whole promise on one page, as it is being edited.
func (s *Server) program(c echo.Context) error {
	desk, err := s.openDesk(c)
	if err != nil {
		return err
	}
	form := draftForm{Program: desk.typed(), Example: desk.p.Amount(desk.shop.MedianTicket)}
	effect, err := s.effect(c, desk, form, desk.Draft)
	if err != nil {
		return err
	}
	return web.Render(c, http.StatusOK, pages.Program(desk.view(form, effect)))
}

// programPreview says what the form as typed would do. Nothing is saved.
func (s *Server) programPreview(c echo.Context) error {
	desk, form, err := s.bindDraft(c)
	if err != nil {
		return err
	}
	draft, err := form.Apply(desk.Draft)
	if err == nil {
		err = valid(draft)
	}
	if problems := programProblems(desk.p, err); problems != nil {
		return web.Render(c, http.StatusOK, pages.ProgramPreview(pages.ProgramEffectView{Problems: problems}))
	}
	if err != nil {
		return err
	}
	effect, err := s.effect(c, desk, form, draft)
	if err != nil {
		return err
	}
	return web.Render(c, http.StatusOK, pages.ProgramPreview(effect))
}

// valid finds every fault of a document.
func valid(t terms.Terms) error { return models.Faults(t.Validate()).Err() }

// programDraft keeps what was typed as the draft, throws it away, or begins anew from an earlier version.
func (s *Server) programDraft(c echo.Context) error {
	desk, form, err := s.bindDraft(c)
	if err != nil {
		return err
	}
	if form.Discard != "" || form.Restore != "" {
		return s.restoreDraft(c, desk.p, form.Restore)
	}
	draft, err := form.Apply(desk.Draft)
	if err == nil {
		r := web.Of(c)
		err = programs.Revise(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), forms.Revision(form.Version), draft.Encode())
	}
	if problems := programProblems(desk.p, err); problems != nil {
		form.Problems = problems
		return s.programEditor(c, http.StatusUnprocessableEntity, desk, form, desk.Draft)
	}
	if err != nil {
		return err
	}
	return s.draftSaved(c, form)
}

func (s *Server) draftSaved(c echo.Context, form draftForm) error {
	if form.Then == "publish" {
		return web.Go(c, paths.Publications)
	}
	saved := web.Of(c).Printer().Common.Saved
	if !web.IsPartial(c) {
		return s.done(c, paths.Program, saved)
	}
	desk, err := s.openDesk(c)
	if err != nil {
		return err
	}
	form.Program = desk.typed()
	announce(c, saved)
	return s.programEditor(c, http.StatusOK, desk, form, desk.Draft)
}

// restoreDraft makes a published version the draft again: the newest where number is empty.
func (s *Server) restoreDraft(c echo.Context, p *i18n.Printer, number string) error {
	version, err := strconv.Atoi("0" + number)
	if err != nil {
		return models.ErrNotFound
	}
	r := web.Of(c)
	if err := programs.Restore(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), version); err != nil {
		return err
	}
	words := p.Program.Discarded
	if version > 0 {
		words = p.Common.Saved
	}
	return s.done(c, paths.Program, words)
}

// programEditor answers with the form as it was typed beside the effect of terms that hold.
func (s *Server) programEditor(c echo.Context, status int, desk *desk, form draftForm, t terms.Terms) error {
	effect, err := s.effect(c, desk, form, t)
	if err != nil {
		return err
	}
	effect.Problems = form.Problems
	view := desk.view(form, effect)
	return web.Page(c, status, pages.Program(view), pages.ProgramEditor(view))
}

func (s *Server) bindDraft(c echo.Context) (*desk, draftForm, error) {
	var form draftForm
	if err := web.Bind(c, &form); err != nil {
		return nil, form, err
	}
	desk, err := s.openDesk(c)
	if err != nil {
		return nil, form, err
	}
	form.Stamps = desk.typed().Stamps
	return desk, form, nil
}

// desk is what lies open for editing, for the reader of this request.
type desk struct {
	programs.Desk
	p    *i18n.Printer
	shop *models.Merchant
	role models.Role
	plan terms.TierPlan // that suits the shop's customers, for terms without tiers
	fits []terms.Factor
}

func (s *Server) openDesk(c echo.Context) (*desk, error) {
	r := web.Of(c)
	d := &desk{shop: r.Merchant, role: r.Staff.Role}
	err := s.read(c, func(tx *store.Tx) (err error) {
		if d.Desk, err = programs.Open(tx); err != nil {
			return err
		}
		d.plan, d.fits, err = previews.SuggestTiers(tx, r.Merchant.MedianTicket)
		return err
	})
	d.p = s.speakUnit(c, d.Draft.Unit(""))
	return d, err
}

// typed is the draft as the form shows it, with numbers also where something is switched off.
func (d *desk) typed() forms.Program {
	form := forms.ProgramFrom(d.Draft, d.p)
	form.Fill(terms.Default(d.shop.Trade, d.shop.MedianTicket), d.plan, d.fits, d.p)
	return form
}

// effect works out what terms would do to the shop's customers.
func (s *Server) effect(c echo.Context, d *desk, form draftForm, t terms.Terms) (pages.ProgramEffectView, error) {
	var preview previews.Preview
	err := s.read(c, func(tx *store.Tx) (err error) {
		preview, err = previews.Of(tx, d.Program.ID, &t)
		return err
	})
	if err != nil {
		return pages.ProgramEffectView{}, err
	}
	return effectView(d.p, &t, &preview, d.shop.MedianTicket, form.Example)
}

// programProblems are the faults of a form or a document at the fields of the page; nil for every other error.
func programProblems(p *i18n.Printer, err error) forms.Problems {
	if models.KindOf(err) != models.Invalid {
		return nil
	}
	problems := forms.Problems{}
	for field, words := range forms.Explain(p, err) {
		if len(field) > 0 && field[0] == '/' {
			field = forms.ProgramField(field)
		}
		problems[field] = words
	}
	return problems
}

// announce lets the browser read a notice out without showing it.
func announce(c echo.Context, text string) {
	c.Response().Header().Set("HX-Trigger", `{"ui:announce":`+strconv.QuoteToASCII(text)+`}`)
}
