package pages

import (
	"strconv"

	"github.com/a-h/templ"

	"dangol/models/conditions"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/paths"
)

// GroupLink is a line of the list of groups.
type GroupLink struct {
	ID     int64
	Name   string
	People int64
}

// GroupFormView is the form of a group. Pressing anything but save posts it to paths.TryGroup, which saves nothing and
// answers the same form; by htmx, a changed field answers GroupForm, a changed value GroupEffect.
type GroupFormView struct {
	ID      int64 // 0: a new one
	Version string
	Form    forms.Group
	Fields  []string                       // codes that are offered
	Codes   map[string][]components.Option // of the fields whose values are chosen
	Effect  GroupEffectView
	Key     string // of a new one
}

// GroupEffectView is what the form means as it is typed.
type GroupEffectView struct {
	Sentence string // empty: something is missing
	People   int64
	Share    int64 // of all customers, tenths of a percent
}

// GroupView is a group and its people. By htmx, the next page of people answers SegmentRows with PagerPartial.
type GroupView struct {
	ID       int64
	Name     string
	Sentence string
	Counted  string // when, in words
	CanEdit  bool
	People   SegmentPeopleView
}

func (v GroupFormView) action() string {
	if v.ID == 0 {
		return paths.Groups
	}
	return paths.Group(v.ID)
}

func (v GroupFormView) title(p *i18n.Printer) string {
	if v.ID == 0 {
		return p.Groups.NewTitle
	}
	return p.Groups.EditTitle
}

func (v GroupFormView) back() string {
	if v.ID == 0 {
		return paths.Segments
	}
	return paths.Group(v.ID)
}

// press makes a button that changes the form rather than saving it.
func press(deed string) templ.Attributes {
	return templ.Attributes{
		"formaction": paths.TryGroup, "formnovalidate": true,
		"hx-post": paths.TryGroup, "hx-target": "#group-form", "hx-swap": "outerHTML", "hx-include": "closest form", "hx-vals": `{"do":"` + deed + `"}`,
	}
}

// reshapes asks for the form anew when what is chosen decides which values are asked for.
func reshapes() templ.Attributes {
	return templ.Attributes{
		"hx-post": paths.TryGroup, "hx-trigger": "change", "hx-target": "#group-form", "hx-swap": "outerHTML", "hx-include": "closest form", "hx-sync": "#group-form:replace",
	}
}

// counts asks what the form means whenever something is typed.
func counts() templ.Attributes {
	return templ.Attributes{
		"hx-post": paths.TryEffect(), "hx-trigger": "input delay:300ms, change delay:300ms", "hx-target": "#group-effect", "hx-swap": "outerHTML",
		"hx-include": "closest form", "hx-sync": "this:replace",
	}
}

// groupRow is a row with the names of its controls.
type groupRow struct {
	forms.GroupRow
	at      string // "-0"
	kind    conditions.Kind
	problem string
}

func (v GroupFormView) rows() (rows []groupRow) {
	for i := range v.Form.Rows {
		r := v.Form.Rows[i]
		rows = append(rows, groupRow{r, "-" + strconv.Itoa(i), r.Spec().Kind, v.Form.Problems["row-"+strconv.Itoa(i)]})
	}
	return rows
}

func (v GroupFormView) fieldOptions(p *i18n.Printer) (options []components.Option) {
	for _, field := range v.Fields {
		options = append(options, components.Option{Value: field, Label: p.Groups.Fields.Name(field)})
	}
	return options
}

func (r groupRow) operators(p *i18n.Printer) (options []components.Option) {
	words := p.Groups.Operators
	if r.kind == conditions.DayOf {
		words = p.Groups.DateOperators
	}
	for _, is := range r.kind.Operators() {
		options = append(options, components.Option{Value: string(is), Label: words.Name(string(is))})
	}
	return options
}

// asksHow says whether there is more than one operator to choose from.
func (r groupRow) asksHow() bool { return len(r.kind.Operators()) > 1 }

func (r groupRow) ranges() bool { return r.Is == string(conditions.Between) }

// value describes the input of one value; name is "a" or "b".
func (r groupRow) value(p *i18n.Printer, name, label, text string) components.TextProps {
	t := components.TextProps{Name: name + r.at, Label: label, Value: text}
	switch {
	case r.kind == conditions.Free && r.Is == string(conditions.In):
		t.Help = p.Groups.TextsHelp
	case r.kind == conditions.Days || r.kind == conditions.Soon:
		t.Mode, t.Unit = "numeric", p.Groups.Day
	case r.kind == conditions.Count:
		t.Mode, t.Unit = "numeric", p.Groups.Times
	default:
		t.Mode = "numeric"
	}
	if r.problem != "" {
		t.Attrs = templ.Attributes{"aria-invalid": "true", "aria-describedby": "row" + r.at + "-error"}
	}
	return t
}

func (r groupRow) has(code string) bool {
	for _, chosen := range r.Codes {
		if chosen == code {
			return true
		}
	}
	return false
}

func notOptions(p *i18n.Printer) []components.Option {
	return []components.Option{{Value: "", Label: p.Groups.Holds}, {Value: "1", Label: p.Groups.HoldsNot}}
}

func joinOptions(p *i18n.Printer) []components.Option {
	return []components.Option{{Value: "all", Label: p.Groups.JoinAll}, {Value: "any", Label: p.Groups.JoinAny}}
}

func yesNo(not bool) string {
	if not {
		return "1"
	}
	return ""
}
