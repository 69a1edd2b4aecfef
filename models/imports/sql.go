package imports

import "embed"

//go:embed sql/*.sql
var sqlFiles embed.FS

// query gives the text of a statement, which opens with the question that it answers.
func query(name string) string {
	text, err := sqlFiles.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err) // a file of this program is missing from it
	}
	return string(text)
}
