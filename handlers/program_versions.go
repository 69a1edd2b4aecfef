package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/insights"
	"dangol/models/programs"
	"dangol/models/staff"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// startForm is the start of a version as typed.
type startForm struct {
	When    string `form:"when"` // "today" or "date"
	On      string `form:"on"`
	Confirm string `form:"confirm"`
	Version string `form:"version"`
}

// manyPeople is above how many people a step asks for their number to be typed.
const manyPeople = 100

// publicationNew shows what would change and for whom, before it starts.
func (s *Server) publicationNew(c echo.Context) error {
	desk, err := s.openDesk(c)
	if err != nil {
		return err
	}
	return s.publishPage(c, http.StatusOK, desk, startForm{}, nil)
}

// publish starts the draft as the next version, once however often the button is tapped.
func (s *Server) publish(c echo.Context) error {
	var form startForm
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	key, err := web.FormKey(c)
	if err != nil {
		return err
	}
	desk, err := s.openDesk(c)
	if err != nil {
		return err
	}
	params, err := s.publication(c, desk, form)
	if err == nil {
		r := web.Of(c)
		_, _, err = store.Do(c.Request().Context(), s.DB, r.MerchantID(), key, func(tx *store.Tx) (models.ProgramVersion, error) {
			return programs.PublishIn(tx, r.Actor(), desk.Program.Code, params)
		})
	}
	if problems := startProblems(desk.p, err); problems != nil {
		return s.publishPage(c, http.StatusUnprocessableEntity, desk, form, problems)
	}
	if err != nil {
		return err
	}
	return s.done(c, paths.Program, desk.p.Program.Published)
}

// publication reads when it is to start, and whether what takes something from many people was confirmed.
func (s *Server) publication(c echo.Context, d *desk, form startForm) (params models.PublishParams, err error) {
	params.Revision = forms.Revision(form.Version)
	if form.When == "date" {
		day, err := calendar.Parse(form.On)
		if err != nil {
			return params, models.InvalidField("on", "bad_date", nil)
		}
		if day != web.Of(c).Today() {
			params.EffectiveFrom = day.In(d.p.Zone)
		}
	}
	members, err := s.members(c, d)
	if err != nil || !asksForNumber(members, d.changes()) {
		return params, err
	}
	return params, forms.Confirmed("confirm", form.Confirm, members)
}

// startProblems are the faults of a start at their fields.
func startProblems(p *i18n.Printer, err error) forms.Problems {
	switch {
	case errors.Is(err, models.ErrKeyReused):
		return nil
	case models.KindOf(err) == models.Conflict && !errors.Is(err, models.ErrStale) && !errors.Is(err, models.ErrClockMoving):
		return forms.Explain(p, err)
	}
	problems := programProblems(p, err)
	if words, ok := problems["effective_from"]; ok {
		problems["on"] = words
	}
	return problems
}

func (s *Server) publishPage(c echo.Context, status int, d *desk, form startForm, problems forms.Problems) error {
	members, err := s.members(c, d)
	if err != nil {
		return err
	}
	v := pages.PublishView{
		Changes: d.changes(), Members: members, When: form.When, On: form.On, Earliest: web.Of(c).Today().String(), Typed: form.Confirm,
		Key: web.NewKey(), Version: strconv.Itoa(d.Revision), Problem: problems,
	}
	if err := s.noticeFor(c, d, &v); err != nil {
		return err
	}
	if asksForNumber(members, v.Changes) {
		v.Confirm = d.p.Number(members)
	}
	return web.Render(c, status, pages.Publish(v))
}

// noticeFor says in what the draft is worse for members, and from when it may start then.
func (s *Server) noticeFor(c echo.Context, d *desk, v *pages.PublishView) error {
	return s.read(c, func(tx *store.Tx) error {
		losses, earliest, err := programs.Notice(tx, d.Program.ID, &d.Draft)
		if err != nil || earliest.IsZero() {
			return err
		}
		v.Losses, v.Days, v.Earliest = losses, terms.WorseNotice, earliest.String()
		if v.When == "" {
			v.When, v.On = "date", v.Earliest
		}
		return nil
	})
}

func asksForNumber(members int64, changes []pages.ChangeLine) bool {
	if members <= manyPeople {
		return false
	}
	for _, change := range changes {
		if change.Worse {
			return true
		}
	}
	return false
}

func (s *Server) members(c echo.Context, d *desk) (n int64, err error) {
	err = s.read(c, func(tx *store.Tx) error {
		n, err = insights.Members(tx, d.Program.ID)
		return err
	})
	return n, err
}

// changes is what the draft changes of the newest version.
func (d *desk) changes() []pages.ChangeLine {
	before := terms.Terms{Currency: d.Draft.Currency}
	if len(d.Versions) > 0 {
		if t, err := terms.Parse(d.Versions[0].Document); err == nil {
			before = t
		}
	}
	return changeLines(d.p, before, d.Draft)
}

func changeLines(p *i18n.Printer, before, after terms.Terms) (lines []pages.ChangeLine) {
	for _, d := range forms.Differences(p, before, after) {
		lines = append(lines, pages.ChangeLine{What: d.What, Before: d.Before, After: d.After, Worse: d.Worse})
	}
	return lines
}

// versionIndex lists what was promised.
func (s *Server) versionIndex(c echo.Context) error {
	desk, err := s.openDesk(c)
	if err != nil {
		return err
	}
	names, err := s.staffNames(c)
	if err != nil {
		return err
	}
	v := pages.VersionsView{HasDraft: desk.Changed}
	for i := range desk.Versions {
		line := desk.line(desk.Versions[i].Version)
		line.By = named(names, desk.Versions[i].PublishedBy)
		v.Versions = append(v.Versions, *line)
	}
	return web.Render(c, http.StatusOK, pages.Versions(v))
}

// staffNames are what the shop's people are called, by their ids as staff.
func (s *Server) staffNames(c echo.Context) (map[int64]string, error) {
	people, err := staff.List(c.Request().Context(), s.DB, web.Of(c).MerchantID())
	names := map[int64]string{}
	for _, person := range people {
		names[person.ID] = person.Name
	}
	return names, err
}

// versionShow is one version as customers read it.
func (s *Server) versionShow(c echo.Context) error {
	number, err := web.ID(c, "version")
	if err != nil {
		return err
	}
	desk, err := s.openDesk(c)
	if err != nil {
		return err
	}
	line := desk.line(int(number))
	if line == nil {
		return models.ErrNotFound
	}
	t, version, err := desk.version(number)
	if err != nil {
		return err
	}
	return web.Render(c, http.StatusOK, pages.Version(pages.VersionView{
		Line: *line, Clauses: clauses(&t, desk.p.Locale), CanCopy: drafting.Of(desk.role) != web.No, Hash: version.Hash[:12],
	}))
}

// version reads one published version, or with number 0 the draft.
func (d *desk) version(number int64) (terms.Terms, *models.ProgramVersion, error) {
	if number == 0 {
		return d.Draft, nil, nil
	}
	for i := range d.Versions {
		if int64(d.Versions[i].Version) == number {
			t, err := terms.Parse(d.Versions[i].Document)
			return t, &d.Versions[i], err
		}
	}
	return terms.Terms{}, nil, models.ErrNotFound
}

func clauses(t *terms.Terms, locale i18n.Locale) (all []pages.Clause) {
	for _, clause := range t.Describe(string(locale)) {
		all = append(all, pages.Clause{Heading: clause.Heading, Sentences: clause.Sentences})
	}
	return all
}

// versionCompare sets two versions beside each other; 0 is the draft.
func (s *Server) versionCompare(c echo.Context) error {
	from, to := web.QueryInt(c, "from", 0), web.QueryInt(c, "to", 0)
	desk, err := s.openDesk(c)
	if err != nil {
		return err
	}
	before, _, err := desk.version(from)
	if err != nil {
		return err
	}
	after, _, err := desk.version(to)
	if err != nil {
		return err
	}
	return web.Render(c, http.StatusOK, pages.Compare(pages.CompareView{From: from, To: to, Changes: changeLines(desk.p, before, after)}))
}
