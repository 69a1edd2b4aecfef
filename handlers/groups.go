package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/conditions"
	"dangol/models/segments"
	"dangol/models/store"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// groupShow shows a group and its people; by htmx the next of them.
func (s *Server) groupShow(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	after := web.Query(c, "after")
	m, p, err := s.readGroup(c, id, after)
	if err != nil {
		return err
	}
	v := m.groupView(p)
	if m.edits {
		v.People.Give = m.give(p, forms.Grant{})
	}
	if after != "" {
		return web.Page(c, http.StatusOK, pages.Group(v), pages.SegmentRows(v.People), pages.PagerPartial(v.People.Next, "#people-rows"))
	}
	return web.Render(c, http.StatusOK, pages.Group(v))
}

// readGroup reads a group with a page of its people. Errors: models.NotFound.
func (s *Server) readGroup(c echo.Context, id int64, after string) (*segmentMap, *i18n.Printer, error) {
	names, err := s.readNames(c)
	if err != nil {
		return nil, nil, err
	}
	m := &segmentMap{names: names}
	err = s.read(c, func(tx *store.Tx) error {
		saved, err := segments.FindSaved(tx, id)
		if err != nil {
			return err
		}
		m.saved = &saved
		return m.readPeople(tx, after)
	})
	m.names.program = m.program
	m.edits = giving.Of(web.Of(c).Staff.Role) != web.No
	return m, s.speakProgram(c, m.program), err
}

// groupDesk is the form of a group and what it needs to be shown.
type groupDesk struct {
	form  forms.Group
	id    int64
	names groupNames
	p     *i18n.Printer
}

// openGroup reads what the form offers.
func (s *Server) openGroup(c echo.Context, more func(*store.Tx) error) (*groupDesk, error) {
	names, err := s.readNames(c)
	if err != nil {
		return nil, err
	}
	d := &groupDesk{names: names}
	err = s.read(c, func(tx *store.Tx) (err error) {
		if d.names.program, err = runningVersion(tx); err != nil || more == nil {
			return err
		}
		return more(tx)
	})
	d.p = s.speakProgram(c, d.names.program)
	return d, err
}

// groupNew shows an empty form.
func (s *Server) groupNew(c echo.Context) error {
	d, err := s.openGroup(c, nil)
	if err != nil {
		return err
	}
	d.form.Do("add")
	v := d.view()
	v.Key = web.NewKey()
	return web.Render(c, http.StatusOK, pages.GroupEdit(v))
}

// groupEdit shows the form of a group.
func (s *Server) groupEdit(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	var saved segments.Saved
	d, err := s.openGroup(c, func(tx *store.Tx) (err error) {
		saved, err = segments.FindSaved(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	d.form, _ = forms.GroupOf(d.p, saved.Name, saved.Condition)
	d.id = id
	v := d.view()
	v.Version = strconv.Itoa(saved.Version)
	v.Effect, _ = s.groupEffect(c, d, saved.Condition)
	return web.Render(c, http.StatusOK, pages.GroupEdit(v))
}

// groupTry says what a group as typed would mean, with a row more or less where that was pressed. Nothing is saved.
func (s *Server) groupTry(c echo.Context) error {
	d, values, err := s.bindGroup(c)
	if err != nil {
		return err
	}
	d.form.Do(values.Get("do"))
	condition, err := d.form.Condition(d.p)
	var effect pages.GroupEffectView
	if err == nil {
		effect, err = s.groupEffect(c, d, condition)
	}
	if err != nil && models.KindOf(err) != models.Invalid {
		return err
	}
	if web.Query(c, "effect") != "" && web.IsPartial(c) {
		return web.Render(c, http.StatusOK, pages.GroupEffect(effect))
	}
	if values.Get("do") == "count" {
		d.form.Explain(d.p, err)
	}
	v := d.view()
	v.Key, v.Version, v.Effect = values.Get("idempotency_key"), values.Get("version"), effect
	switch deed := values.Get("do"); {
	case deed == "add":
		web.Focus(c, "#field-"+strconv.Itoa(len(d.form.Rows)-1))
	case strings.HasPrefix(deed, "remove-"):
		web.Focus(c, "#field-0")
	}
	return web.Page(c, http.StatusOK, pages.GroupEdit(v), pages.GroupForm(v))
}

// groupCreate saves a new group.
func (s *Server) groupCreate(c echo.Context) error {
	key, err := web.FormKey(c)
	if err != nil {
		return err
	}
	return s.saveGroup(c, func(actor models.Actor, p segments.SavedParams) (segments.Saved, error) {
		saved, _, err := store.Do(c.Request().Context(), s.DB, web.Of(c).MerchantID(), key, func(tx *store.Tx) (segments.Saved, error) {
			return segments.Create(tx, actor, p)
		})
		return saved, err
	})
}

// groupChange saves a group anew.
func (s *Server) groupChange(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	var form struct {
		Version int `form:"version"`
	}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	return s.saveGroup(c, func(actor models.Actor, p segments.SavedParams) (saved segments.Saved, err error) {
		err = s.write(c, func(tx *store.Tx) (err error) {
			saved, err = segments.Change(tx, actor, id, form.Version, p)
			return err
		})
		return saved, err
	})
}

// saveGroup reads the form and saves it; a refusal is the form again with what is wrong.
func (s *Server) saveGroup(c echo.Context, save func(models.Actor, segments.SavedParams) (segments.Saved, error)) error {
	d, values, err := s.bindGroup(c)
	if err != nil {
		return err
	}
	condition, err := d.form.Condition(d.p)
	if err == nil {
		var saved segments.Saved
		if saved, err = save(web.Of(c).Actor(), segments.SavedParams{Name: d.form.Name, Condition: condition}); err == nil {
			return web.Go(c, paths.Group(saved.ID))
		}
	}
	if kind := models.KindOf(err); kind != models.Invalid && kind != models.Conflict {
		return err
	}
	d.form.Explain(d.p, err)
	v := d.view()
	v.Key, v.Version = values.Get("idempotency_key"), values.Get("version")
	v.Effect, _ = s.groupEffect(c, d, condition)
	return web.Page(c, web.Judge(err).Status, pages.GroupEdit(v), pages.GroupForm(v))
}

// groupRemove takes a group away.
func (s *Server) groupRemove(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	err = s.write(c, func(tx *store.Tx) error { return segments.Remove(tx, web.Of(c).Actor(), id) })
	if err != nil {
		return err
	}
	return web.Go(c, paths.Segments)
}

// groupEffect says whom a condition means and counts them.
func (s *Server) groupEffect(c echo.Context, d *groupDesk, condition conditions.Condition) (v pages.GroupEffectView, err error) {
	var all int64
	err = s.read(c, func(tx *store.Tx) (err error) {
		v.People, all, err = segments.Try(tx, condition)
		return err
	})
	if err != nil {
		return pages.GroupEffectView{}, err
	}
	v.Sentence, v.Share = condition.Sentence(d.names.speaker(d.p), conditions.Who), share(v.People, all)
	return v, nil
}
