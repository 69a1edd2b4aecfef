package components

import "github.com/a-h/templ"

// Kind is how loud a button is. A page has one Primary.
type Kind string

// The kinds of buttons.
const (
	Primary Kind = "primary"
	Plain   Kind = "plain"
	Soft    Kind = "soft"
	Quiet   Kind = "quiet"
	Danger  Kind = "danger"
)

// Btn describes a button.
type Btn struct {
	Kind        Kind   // Plain when empty
	Size        string // "sm", "lg" or ""
	Block       bool   // as wide as its place
	Icon        string // a name of the sprite, before the label
	Href        string // makes it a link
	Type        string // "submit" when empty
	Name, Value string // what pressing it sends
	Class       string
	Attrs       templ.Attributes
}

func (b Btn) class() string {
	return classes("btn", "btn-"+or(string(b.Kind), string(Plain)), when(b.Size != "", "btn-"+b.Size), when(b.Block, "btn-block"), b.Class)
}

func (b Btn) pair() templ.Attributes {
	if b.Name == "" {
		return nil
	}
	return templ.Attributes{"name": b.Name, "value": b.Value}
}
