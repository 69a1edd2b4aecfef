package imports

import (
	"embed"

	"dangol/models/store"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

// query gives the text of a statement, which opens with the question that it answers.
func query(name string) string { return store.Text(sqlFiles, name) }
