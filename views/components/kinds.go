package components

import (
	"github.com/a-h/templ"

	"dangol/views/i18n"
)

func (t TextProps) asMoney(p *i18n.Printer) TextProps {
	t.Unit, t.Mode, t.Grouped = p.MoneyUnit(), "decimal", i18n.Decimals(p.Currency) == 0
	if t.Grouped {
		t.Mode = "numeric"
	}
	return t
}

func (t TextProps) asPoints(p *i18n.Printer) TextProps {
	t.Unit, t.Mode, t.Grouped = or(t.Unit, p.Unit.Suffix), "numeric", p.Unit.Decimals == 0
	return t
}

func (t TextProps) asPhone() TextProps {
	t.Type, t.Mode, t.Auto, t.Hint, t.Max = "tel", "tel", or(t.Auto, "off"), or(t.Hint, "010-1234-5678"), 20
	return t
}

func (t TextProps) asDate() TextProps {
	t.Type = "date"
	return t
}

// areaAttributes are those of a textarea: as of an input, without value and type.
func (t TextProps) areaAttributes() templ.Attributes {
	all := t.attributes()
	delete(all, "value")
	delete(all, "type")
	return all
}

func calendarOptions(words i18n.Common) []Option {
	return []Option{
		{Value: "solar", Label: words.SolarName},
		{Value: "lunar", Label: words.LunarName},
		{Value: "lunar_leap", Label: words.LunarLeapName},
	}
}

// orOn lets a box send "on" unless it says otherwise.
func orOn(attrs templ.Attributes) templ.Attributes {
	all := templ.Attributes{"value": "on"}
	for name, value := range attrs {
		all[name] = value
	}
	return all
}
