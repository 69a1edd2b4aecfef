// Package sheet reads a table out of a file that somebody exported from a till, a shop or a spreadsheet: what kind of
// file it is, how its text is written, where its columns end, and every fault with its line and its column.
//
// It is pure but for reading: it knows no shop, no field and no database. Memory stays flat whatever the file holds: one
// row at a time, and no row longer than MaxRow.
package sheet

// Limits of what a file may hold.
const (
	MaxUpload  = 512 << 20 // bytes of the file as it is sent, compressed or not
	MaxText    = 4 << 30   // bytes of text behind a compressed file
	MaxRatio   = 100       // text bytes a compressed byte may become; more is a bomb
	MaxRow     = 64 << 10  // bytes of one row
	MaxCell    = 8 << 10   // bytes of one cell
	MaxColumns = 256
	maxLines   = 50 // physical lines that one row's quoted cells may span
)

// Fault is what is wrong with a row, at its place. Words for the codes are in views/i18n.
type Fault struct {
	Line   int    // physical line of the file, from 1
	Column int    // column of the table, from 1; 0: the row as a whole
	Code   string // stable, lower snake case: "quote_open", "ragged" …
	Cell   string // the cell as it stands, shortened, safe to show
}

// FileError says that a file as a whole cannot be read, and why.
type FileError struct {
	Code string // "not_csv", "empty", "bomb", "broken"
	Kind string // with "not_csv": what the file is by its first bytes ("xlsx", "pdf", …)
}

func (e *FileError) Error() string {
	if e.Kind != "" {
		return "file " + e.Code + ": " + e.Kind
	}
	return "file " + e.Code
}
