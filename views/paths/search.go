package paths

// Search finds pages, customers and things to do; Help is the keys and the words.
const (
	Search = "/search"
	Help   = "/help"
)

// Palette is the search as a dialog over any page.
const Palette = Search + "?dialog=1"
