package pages

import "dangol/views/i18n"

// SearchView is what was looked for and what was found; GET paths.Search with q. By htmx SearchResults alone, or with
// dialog=1 the whole as a dialog.
type SearchView struct {
	Query  string
	People []CustomerRow
	Places []SearchPlace
	All    string // the list of everybody whom it finds; "": they are all in People
	Total  int64  // how many they are; -1: not counted
	Over   bool   // there are more than Total
}

// SearchPlace is a page, or the beginning of something that can be done.
type SearchPlace struct{ Icon, Label, Href string }

func (v SearchView) none() bool { return len(v.People)+len(v.Places) == 0 }

func (v SearchView) allWords(p *i18n.Printer) string {
	if v.Total < 0 {
		return p.Customers.SeeAll("")
	}
	return p.Customers.SeeAll(peopleOrMore(p, v.Total, v.Over))
}
