package components

import "github.com/a-h/templ"

// FormProps describes a form that changes something: it posts, carries the session's token, and sends once however often
// its button is tapped.
type FormProps struct {
	ID        string
	Action    string // path
	Target    string // CSS selector that the answer replaces by htmx; "": a plain form with a whole page as answer
	Swap      string // "outerHTML" when empty
	Key       string // idempotency key, "" where the verb needs none
	Version   string // the version that was read; a stale one answers 409
	Save      bool   // shows the save bar once something differs
	Dirty     bool   // the answer to a refused save: the bar stays
	Multipart bool   // uploads a file
	Class     string
	Attrs     templ.Attributes
}

func (f FormProps) attributes() templ.Attributes {
	all := templ.Attributes{}
	if f.ID != "" {
		all["id"] = f.ID
	}
	if f.Target != "" {
		all["hx-post"], all["hx-target"], all["hx-swap"] = f.Action, f.Target, or(f.Swap, "outerHTML")
		all["hx-sync"], all["hx-disable"] = "this:drop", "find button[type=submit]"
	}
	if f.Multipart {
		all["enctype"] = "multipart/form-data"
	}
	if f.Save {
		all["data-save"] = true
	}
	if f.Dirty {
		all["data-dirty"] = true
	}
	for name, value := range f.Attrs {
		all[name] = value
	}
	return all
}

// TextProps describes one line of input with its label, help and error.
type TextProps struct {
	ID       string // Name when empty
	Name     string
	Label    string
	Value    string // as typed
	Type     string // "text" when empty
	Help     string
	Problem  string // what is wrong, in words
	Optional bool
	Unit     string // stands inside at the end: "원", "P", "%"
	Icon     string // stands inside at the start
	Mode     string // inputmode: "numeric", "tel", "email", "decimal"
	Auto     string // autocomplete; "off" when empty
	Hint     string // placeholder; an example, never the label
	Max      int    // characters; 0: no limit
	Grouped  bool   // digits are grouped by thousands as they are typed
	Large    bool
	HideName bool // the label is read out but not seen
	Attrs    templ.Attributes
}

func (t TextProps) id() string { return or(t.ID, t.Name) }

func (t TextProps) attributes() templ.Attributes {
	all := templ.Attributes{"id": t.id(), "name": t.Name, "type": or(t.Type, "text"), "value": t.Value, "autocomplete": or(t.Auto, "off")}
	addText(all, map[string]string{"inputmode": t.Mode, "placeholder": t.Hint, "aria-describedby": describedBy(t.id(), t.Help, t.Problem)})
	if t.Max > 0 {
		all["maxlength"] = t.Max
	}
	if t.Grouped {
		all["data-grouped"] = true
	}
	if t.Problem != "" {
		all["aria-invalid"] = "true"
	}
	for name, value := range t.Attrs {
		all[name] = value
	}
	return all
}

func addText(all templ.Attributes, texts map[string]string) {
	for name, text := range texts {
		if text != "" {
			all[name] = text
		}
	}
}

func (t TextProps) class() string {
	return classes("input", when(t.Large, "input-lg"), when(t.Grouped || t.Mode == "decimal", "input-num"))
}

// Option is one entry of a select, a row of choices or a segmented switch.
type Option struct {
	Value, Label string
	Help         string // second line of a choice
	Icon         string // picture of a choice
}

// SelectProps describes a choice of one among several.
type SelectProps struct {
	ID, Name, Label, Value, Help, Problem string
	Options                               []Option
	Optional, HideName                    bool
	Attrs                                 templ.Attributes
}

func (s SelectProps) id() string { return or(s.ID, s.Name) }

func (s SelectProps) attributes() templ.Attributes {
	all := templ.Attributes{"id": s.id(), "name": s.Name}
	addText(all, map[string]string{"aria-describedby": describedBy(s.id(), s.Help, s.Problem)})
	if s.Problem != "" {
		all["aria-invalid"] = "true"
	}
	for name, value := range s.Attrs {
		all[name] = value
	}
	return all
}

// LunarProps describes a birthday: calendar, year (may be empty), month and day, all as typed.
type LunarProps struct {
	Prefix                     string // of the field names: prefix_calendar, prefix_year, prefix_month, prefix_day
	Label, Help, Problem       string
	Calendar, Year, Month, Day string
}
