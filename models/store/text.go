package store

import "embed"

// Text gives the statement sql/name.sql of a room's embedded files, which exists: a file that is missing is missing from the
// program.
func Text(files embed.FS, name string) string {
	text, err := files.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err)
	}
	return string(text)
}
