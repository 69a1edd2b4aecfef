package forms

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dangol/models"
	"dangol/models/conditions"
	"dangol/views/i18n"
)

// Group is a group of customers as typed: rows of which all or any must hold.
type Group struct {
	Name     string
	Join     string // "all", "any"
	Rows     []GroupRow
	Problems Problems // "name", "condition", "" and, by row, "row-0"
}

// GroupRow is one comparison as typed.
type GroupRow struct {
	Not   bool
	Field string // code of models/conditions; "attribute": of the shop's own, named by Own
	Own   string
	Is    string
	A, B  string
	Codes []string
}

// MostGroupRows is how many rows the form offers.
const MostGroupRows = 20

// OwnAttribute is the choice of a field that the shop names itself.
const OwnAttribute = "attribute"

// ReadGroup reads the form: field-0, is-0, a-0 … belong to the first row.
func ReadGroup(values url.Values) Group {
	g := Group{Name: values.Get("name"), Join: values.Get("join")}
	for i := 0; i < MostGroupRows; i++ {
		n := "-" + strconv.Itoa(i)
		if !values.Has("field" + n) {
			break
		}
		g.Rows = append(g.Rows, GroupRow{
			Not: values.Get("not"+n) == "1", Field: values.Get("field" + n), Own: values.Get("own" + n), Is: values.Get("is" + n),
			A: values.Get("a" + n), B: values.Get("b" + n), Codes: values["codes"+n],
		})
	}
	g.tidy()
	return g
}

// Do adds a row ("add") or takes one away ("remove-2"); other deeds change nothing.
func (g *Group) Do(deed string) {
	if n, ok := strings.CutPrefix(deed, "remove-"); ok {
		if i, err := strconv.Atoi(n); err == nil && i >= 0 && i < len(g.Rows) {
			g.Rows = slices.Delete(g.Rows, i, i+1)
		}
	}
	if deed == "add" && len(g.Rows) < MostGroupRows || len(g.Rows) == 0 {
		g.Rows = append(g.Rows, GroupRow{Field: string(conditions.Visits)})
	}
	g.tidy()
}

// tidy gives each row an operator that fits its field.
func (g *Group) tidy() {
	for i := range g.Rows {
		fitting := g.Rows[i].Spec().Kind.Operators()
		if !slices.Contains(fitting, conditions.Is(g.Rows[i].Is)) {
			g.Rows[i].Is = string(fitting[0])
		}
	}
}

// Spec is what the catalogue says of the row's field.
func (r *GroupRow) Spec() conditions.Spec {
	if r.Field == OwnAttribute {
		return conditions.Spec{Field: conditions.Attribute(strings.TrimSpace(r.Own)), Kind: conditions.Free}
	}
	spec, _ := conditions.Find(conditions.Field(r.Field))
	return spec
}

// Condition reads the rows. Errors: models.Invalid at the rows ("row-0").
func (g *Group) Condition(p *i18n.Printer) (conditions.Condition, error) {
	var f models.Faults
	rows := make([]conditions.Condition, len(g.Rows))
	for i := range g.Rows {
		r := &g.Rows[i]
		value, err := r.value(p)
		if err != nil {
			at := models.Faults{}
			at.Take(err)
			f.Add("row-"+strconv.Itoa(i), at[0].Code, at[0].Args)
		}
		rows[i] = conditions.Where(r.Spec().Field, conditions.Is(r.Is), value)
		if r.Not {
			rows[i] = conditions.Not(rows[i])
		}
	}
	if g.Join == "any" {
		return conditions.Any(rows...), f.Err()
	}
	return conditions.All(rows...), f.Err()
}

func (r *GroupRow) value(p *i18n.Printer) (v conditions.Value, err error) {
	spec, is := r.Spec(), conditions.Is(r.Is)
	typed := []string{r.A}
	if is == conditions.Between {
		typed = append(typed, r.B)
	}
	switch {
	case is == conditions.Yes:
	case spec.Kind.Numeric(is):
		for _, text := range typed {
			n, err := r.number(p, spec.Kind, text)
			if err != nil {
				return v, err
			}
			v.Numbers = append(v.Numbers, n)
		}
	case spec.Kind == conditions.Free:
		v.Texts = splitTexts(r.A)
	case spec.Kind == conditions.DayOf:
		v.Texts = typed
		if r.A == "" {
			v.Texts = nil
		}
	default:
		v.Texts = r.Codes
	}
	return v, nil
}

func (r *GroupRow) number(p *i18n.Printer, kind conditions.Kind, text string) (int64, error) {
	decimals := 0
	switch kind {
	case conditions.Money:
		decimals = i18n.Decimals(p.Currency)
	case conditions.PointsOf:
		decimals = p.Unit.Decimals
	}
	minus := int64(1)
	if bare, ok := strings.CutPrefix(strings.TrimSpace(text), "-"); ok && kind == conditions.Free {
		text, minus = bare, -1
	}
	n, err := Amount("value", text, decimals)
	return minus * n, err
}

func splitTexts(text string) (texts []string) {
	for _, part := range strings.Split(text, ",") {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			texts = append(texts, part)
		}
	}
	return texts
}

// GroupOf writes a saved condition back into the form; ok is false for one that the form cannot show.
func GroupOf(p *i18n.Printer, name string, c conditions.Condition) (g Group, ok bool) {
	g = Group{Name: name, Join: "all"}
	rows := c.All
	switch {
	case len(c.Any) > 0:
		g.Join, rows = "any", c.Any
	case len(c.All) == 0:
		rows = []conditions.Condition{c}
	}
	for _, each := range rows {
		row := GroupRow{Not: each.Not != nil}
		if row.Not {
			each = *each.Not
		}
		if each.Field == "" || len(g.Rows) == MostGroupRows {
			return g, false
		}
		row.fill(p, each)
		g.Rows = append(g.Rows, row)
	}
	return g, true
}

func (r *GroupRow) fill(p *i18n.Printer, c conditions.Condition) {
	r.Field, r.Is = string(c.Field), string(c.Is)
	if _, own := c.Field.Own(); own != "" {
		r.Field, r.Own = OwnAttribute, own
	}
	texts := slices.Clone(c.Value.Texts)
	kind := r.Spec().Kind
	for _, n := range c.Value.Numbers {
		texts = append(texts, typedNumber(p, kind, n))
	}
	switch {
	case kind == conditions.Free && c.Is == conditions.In:
		r.A = strings.Join(texts, ", ")
	case kind == conditions.CodeOf:
		r.Codes = texts
	case len(texts) > 1:
		r.A, r.B = texts[0], texts[1]
	case len(texts) == 1:
		r.A = texts[0]
	}
}

func typedNumber(p *i18n.Printer, kind conditions.Kind, n int64) string {
	switch kind {
	case conditions.Money:
		return p.Amount(n)
	case conditions.PointsOf:
		return strings.TrimSuffix(p.PointsIn(n, i18n.Unit{Decimals: p.Unit.Decimals}), " ")
	default:
		return strconv.FormatInt(n, 10)
	}
}

// Explain puts the faults of a group at its rows: those of the condition are pointers, of which the number is the row.
func (g *Group) Explain(p *i18n.Printer, err error) {
	g.Problems = Problems{}
	for field, words := range Explain(p, err) {
		if parts := strings.Split(field, "/"); len(parts) > 2 && parts[0] == "condition" {
			field = "row-" + parts[2]
		}
		if _, said := g.Problems[field]; !said {
			g.Problems[field] = words
		}
	}
}
