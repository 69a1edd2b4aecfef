package pages

// SearchView is what was looked for and what was found; GET paths.Search with q. By htmx SearchResults alone, or with
// dialog=1 the whole as a dialog.
type SearchView struct {
	Query  string
	People []CustomerRow
	Places []SearchPlace
}

// SearchPlace is a page, or the beginning of something that can be done.
type SearchPlace struct{ Icon, Label, Href string }

func (v SearchView) none() bool { return len(v.People)+len(v.Places) == 0 }
