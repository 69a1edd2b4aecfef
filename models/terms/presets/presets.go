// Package presets is programmes that are known to work, as documents to start from. Each has the published parameters of a
// well-known programme or, where nothing was published, numbers of our own; then it says so. In its tests a member lives a
// year in each of them.
package presets

import (
	"embed"
	"slices"

	"dangol/models/terms"
)

//go:embed documents/*.json
var documents embed.FS

// Preset is a programme to start from.
type Preset struct {
	Code         string
	About        terms.Text // what it is, and what of it is not as published
	Illustrative bool       // its numbers are ours
	Terms        terms.Terms
}

// Name is what the document calls the programme.
func (p *Preset) Name() terms.Text { return p.Terms.Name }

// All lists the presets. They are made anew for each caller, who may change them.
func All() []Preset {
	all := make([]Preset, len(catalogue))
	for i, entry := range catalogue {
		all[i] = entry.open()
	}
	return all
}

// Find finds a preset by its code; ok is false if there is none.
func Find(code string) (p Preset, ok bool) {
	i := slices.IndexFunc(catalogue, func(e entry) bool { return e.code == code })
	if i < 0 {
		return Preset{}, false
	}
	return catalogue[i].open(), true
}

// entry is what the catalogue says of a document.
type entry struct {
	code         string
	about        terms.Text
	illustrative bool
}

// open reads the document. That all of them can be read, the tests see to.
func (e entry) open() Preset {
	text, err := documents.ReadFile("documents/" + e.code + ".json")
	if err != nil {
		panic(err)
	}
	document, err := terms.Parse(text)
	if err != nil {
		panic(err)
	}
	return Preset{Code: e.code, About: e.about, Illustrative: e.illustrative, Terms: document}
}
