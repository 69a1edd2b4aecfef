// Package migrations holds the schema as numbered SQL files. They go forward only, and a file that was released is never
// edited: a change is a new file.
package migrations

import "embed"

// Files are the migrations, in the order of their names.
//
//go:embed *.sql
var Files embed.FS
