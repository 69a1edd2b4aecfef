package handlers

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/conditions"
	"dangol/models/merchants"
	"dangol/models/programs"
	"dangol/models/segments"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// groupNames are the codes that a condition may name, and what they are called.
type groupNames struct {
	program *terms.Program
	stores  []models.Store
}

// readNames reads the stores; the programme is its caller's.
func (s *Server) readNames(c echo.Context) (n groupNames, err error) {
	n.stores, err = merchants.Stores(c.Request().Context(), s.DB, web.Of(c).MerchantID())
	return n, err
}

func runningVersion(tx *store.Tx) (*terms.Program, error) {
	running, err := programs.Running(tx)
	if err != nil || len(running) == 0 {
		return nil, err
	}
	return running[0].Timeline.At(tx.Now()), nil
}

// bindGroup reads the form as typed.
func (s *Server) bindGroup(c echo.Context) (*groupDesk, url.Values, error) {
	var form struct {
		ID int64 `form:"id"`
	}
	if err := web.Bind(c, &form); err != nil {
		return nil, nil, err
	}
	values, err := c.FormParams()
	if err != nil {
		return nil, nil, err
	}
	d, err := s.openGroup(c, nil)
	if err == nil {
		d.form, d.id = forms.ReadGroup(values), form.ID
	}
	return d, values, err
}

// speaker knows the shop's words.
func (n groupNames) speaker(p *i18n.Printer) conditions.Speaker {
	return conditions.Speaker{Locale: string(p.Locale), Money: p.Money, Points: p.Points, Name: func(f conditions.Field, code string) string {
		for _, option := range n.options(p, f) {
			if option.Value == code {
				return option.Label
			}
		}
		return ""
	}}
}

// options are the codes of a field with their names.
func (n groupNames) options(p *i18n.Printer, f conditions.Field) (options []components.Option) {
	switch f {
	case conditions.Tier:
		if n.program == nil || n.program.Terms().Tiers == nil {
			return nil
		}
		for _, tier := range n.program.Terms().Tiers.Tiers {
			options = append(options, components.Option{Value: tier.Code, Label: tier.Name.In(string(p.Locale))})
		}
	case conditions.HomeStore:
		for _, each := range n.stores {
			options = append(options, components.Option{Value: each.Code, Label: each.Name})
		}
	case conditions.MapPart:
		for _, name := range segments.Names {
			options = append(options, components.Option{Value: string(name), Label: p.Segments.Names.Name(string(name))})
		}
	}
	return options
}

// view offers what the shop has: no tiers without tiers, no home store with one store.
func (d *groupDesk) view() pages.GroupFormView {
	v := pages.GroupFormView{ID: d.id, Form: d.form, Codes: map[string][]components.Option{}}
	for _, spec := range conditions.Known() {
		options := d.names.options(d.p, spec.Field)
		few := spec.Kind == conditions.CodeOf && len(options) < 2
		if !spec.People || spec.Field == conditions.Segment || few {
			continue
		}
		v.Fields = append(v.Fields, string(spec.Field))
		v.Codes[string(spec.Field)] = options
	}
	v.Fields = append(v.Fields, forms.OwnAttribute)
	return v
}

// groupView is a saved group and its people.
func (m *segmentMap) groupView(p *i18n.Printer) pages.GroupView {
	g := m.saved
	v := pages.GroupView{ID: g.ID, Name: g.Name, CanEdit: m.edits, Sentence: g.Condition.Sentence(m.names.speaker(p), conditions.Who)}
	v.People = pages.SegmentPeopleView{
		Title: g.Name, Note: p.Groups.Counted(p.Common.People(g.People), p.DateTime(g.CountedAt)), Count: g.People,
		People: segmentPeople(m.people.Rows, m.program, p),
	}
	if m.people.Next != "" {
		v.People.Next = paths.GroupAfter(g.ID, m.people.Next)
	}
	return v
}
