package handlers

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/customers"
	"dangol/models/insights"
	"dangol/models/programs"
	"dangol/models/segments"
	"dangol/models/store"
	"dangol/models/tasks"
	"dangol/models/terms"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// Who may give something to a group.
var giving = web.May("owner admin marketer")

// segmentMap is the map of regulars, and with a field of it the people who stand there.
type segmentMap struct {
	grid    insights.Grid
	cell    segments.Cell
	size    segments.Size
	people  customers.Page
	program *terms.Program  // in force; nil: nothing is promised yet
	saved   *segments.Saved // a group that a condition defines, instead of a field
	groups  []segments.Saved
	edits   bool // may make groups
	names   groupNames
}

// segments shows the map alone.
func (s *Server) segments(c echo.Context) error {
	var m segmentMap
	err := s.read(c, func(tx *store.Tx) (err error) {
		return m.readMap(tx)
	})
	if err != nil {
		return err
	}
	m.edits = giving.Of(web.Of(c).Staff.Role) != web.No
	return web.Render(c, http.StatusOK, pages.Segments(m.view()))
}

// segmentCell shows who stands in one field of the map; by htmx the people alone, or the next of them.
func (s *Server) segmentCell(c echo.Context) error {
	after := web.Query(c, "after")
	m, p, err := s.readCell(c, web.QueryInt(c, "r", 0), web.QueryInt(c, "f", 0), after)
	if err != nil {
		return err
	}
	v := m.view()
	v.Open = m.open(p)
	if giving.Of(web.Of(c).Staff.Role) != web.No {
		v.Open.Give = m.give(p, forms.Grant{})
	}
	if after != "" {
		return web.Page(c, http.StatusOK, pages.Segments(v), pages.SegmentRows(*v.Open), pages.PagerPartial(v.Open.Next, "#people-rows"))
	}
	return web.Page(c, http.StatusOK, pages.Segments(v), pages.SegmentPeople(*v.Open))
}

// readCell reads the map with the people of a field. Errors: models.NotFound for a field that the map does not have.
func (s *Server) readCell(c echo.Context, recency, frequency int64, after string) (*segmentMap, *i18n.Printer, error) {
	m := &segmentMap{cell: segments.Cell{Recency: int(recency), Frequency: int(frequency)}}
	err := s.read(c, func(tx *store.Tx) error { return m.read(tx, after) })
	if err != nil {
		return nil, nil, err
	}
	m.edits = giving.Of(web.Of(c).Staff.Role) != web.No
	return m, s.speakProgram(c, m.program), nil
}

func (m *segmentMap) group() segments.Group {
	if m.saved != nil {
		return segments.Group{Saved: m.saved.ID}
	}
	return segments.Group{Cell: &m.cell}
}

// readMap reads the map and the groups beside it.
func (m *segmentMap) readMap(tx *store.Tx) (err error) {
	if m.grid, err = insights.ReadGrid(tx); err == nil {
		m.groups, err = segments.AllSaved(tx)
	}
	return err
}

func (m *segmentMap) read(tx *store.Tx, after string) (err error) {
	if m.cell.Recency < 1 || m.cell.Recency > 5 || m.cell.Frequency < 1 || m.cell.Frequency > 5 {
		return models.ErrNotFound
	}
	if err = m.readMap(tx); err != nil {
		return err
	}
	return m.readPeople(tx, after)
}

// readPeople reads how many there are, and a page of them.
func (m *segmentMap) readPeople(tx *store.Tx, after string) error {
	running, err := programs.Running(tx)
	if err != nil {
		return err
	}
	var programID int64
	if len(running) > 0 {
		programID, m.program = running[0].ID, running[0].Timeline.At(tx.Now())
	}
	if m.size, err = segments.Count(tx, m.group(), programID); err != nil {
		return err
	}
	m.people, err = segments.People(tx, m.group(), after, 0)
	return err
}

// giveForm is a gift to a field of the map as typed.
type giveForm struct {
	forms.Grant
	R     int64 `form:"r"`
	F     int64 `form:"f"`
	Group int64 `form:"group"` // a saved group instead of a field
	Seen  int64 `form:"seen"`  // how many were shown
}

// give gives to exactly those who were shown. If they are not the same any more, the answer is the new number.
func (s *Server) give(c echo.Context) error {
	var form giveForm
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	key, err := web.FormKey(c)
	if err != nil {
		return err
	}
	m, p, err := s.readGiven(c, form)
	if err != nil {
		return err
	}
	params, err := m.params(form)
	var gift segments.Gift
	if err == nil {
		r := web.Of(c)
		gift, _, err = store.Do(c.Request().Context(), s.DB, r.MerchantID(), key, func(tx *store.Tx) (segments.Gift, error) {
			return segments.Give(tx, r.Actor(), params)
		})
	}
	switch kind := models.KindOf(err); {
	case err == nil:
		return web.Go(c, paths.Gift(gift.ID))
	case kind == models.Invalid && typed(p, err) != nil, kind == models.Conflict:
		return s.giveAgain(c, m, p, form, err)
	}
	return err
}

// readGiven reads the people who are given to. Errors: models.NotFound.
func (s *Server) readGiven(c echo.Context, form giveForm) (*segmentMap, *i18n.Printer, error) {
	if form.Group != 0 {
		return s.readGroup(c, form.Group, "")
	}
	return s.readCell(c, form.R, form.F, "")
}

// params reads what is to be given, and whether more than a hundred people were confirmed.
func (m *segmentMap) params(form giveForm) (g segments.GiveParams, err error) {
	g = segments.GiveParams{Group: m.group(), Kind: segments.Coupon, Coupon: form.Kind, Words: form.Message, Shown: form.Seen}
	switch form.Kind {
	case "":
		g.Kind, g.Coupon = "", ""
	case "points":
		g.Kind, g.Coupon = segments.Points, ""
		if g.Points, err = forms.Count("points", form.Points); err != nil {
			return g, err
		}
	}
	if form.Seen > manyPeople {
		err = forms.Confirmed("confirm", form.Confirm, form.Seen)
	}
	return g, err
}

// giveAgain shows the form with what is wrong. By htmx a conflict leaves the page as it is and renews the form beside it.
func (s *Server) giveAgain(c echo.Context, m *segmentMap, p *i18n.Printer, form giveForm, err error) error {
	form.Problems = forms.Explain(p, err)
	if words, ok := form.Problems["coupon"]; ok {
		form.Problems["kind"] = words
	}
	give := m.give(p, form.Grant)
	if give == nil { // nobody is left who could get anything
		return err
	}
	panel, status := pages.GivePanel(*give), web.Judge(err).Status
	if status == http.StatusConflict {
		panel = pages.Partial("#give", "outerHTML", panel)
	}
	return web.Page(c, status, m.page(p, give), panel)
}

// page is the whole page with the form of the gift.
func (m *segmentMap) page(p *i18n.Printer, give *pages.GiveView) templ.Component {
	if m.saved != nil {
		v := m.groupView(p)
		v.People.Give = give
		return pages.Group(v)
	}
	v := m.view()
	v.Open = m.open(p)
	v.Open.Give = give
	return pages.Segments(v)
}

// gift shows how far a gift has come and who gets it; by htmx the progress alone, or the next people.
func (s *Server) gift(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	after := web.Query(c, "after")
	var g giftPage
	if err := s.read(c, func(tx *store.Tx) error { return g.read(tx, id, after) }); err != nil {
		return err
	}
	v := g.view(s, c)
	if after != "" {
		return web.Page(c, http.StatusOK, pages.Gift(v), pages.GiftRows(v), pages.PagerPartial(v.Next, "#gift-rows"))
	}
	return web.Page(c, http.StatusOK, pages.Gift(v), components.Job(v.Job))
}

// giftPage is a gift, its task, and a page of those who get it.
type giftPage struct {
	segments.Gift
	task    tasks.Task
	people  customers.Page
	program *terms.Program
	group   string // name of a saved group
}

func (g *giftPage) read(tx *store.Tx, id int64, after string) (err error) {
	if g.Gift, err = segments.FindGift(tx, id); err != nil {
		return err
	}
	if g.task, err = tasks.Latest(tx, tasks.Give, id); err != nil {
		return err
	}
	if g.people, err = segments.Receivers(tx, id, after, 0); err != nil {
		return err
	}
	if g.group, err = segments.NameOfSaved(tx, g.Group.Saved); err != nil {
		return err
	}
	timeline, err := programs.Timeline(tx, g.ProgramID)
	if err == nil {
		g.program = timeline.At(tx.Now())
	}
	return err
}
