// Package backup writes every row of every shop into one file, in one snapshot, and brings it back into an empty database.
//
// The file is a gzipped tar: manifest.json, then data/<table>/<part>.copy in PostgreSQL's COPY text format, at last
// end.json with what must have come through.
package backup

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
)

// Format is raised when an older program could not read the file any more.
const Format = 1

// ErrDamaged is returned for a file that is cut short, changed, or none of ours. Nothing is kept of it.
var ErrDamaged = errors.New("the backup is damaged")

// ErrNotEmpty is returned when the database to restore into holds rows or another schema.
var ErrNotEmpty = errors.New("restore needs an empty database")

// manifest opens the file.
type manifest struct {
	Format  int       `json:"format"`
	TakenAt time.Time `json:"taken_at"`
	Schema  int64     `json:"schema"` // the last of our migrations
	Tables  []Table   `json:"tables"` // in the order of restoring: whom a row points at comes before it
}

// Table is a table with the columns that are written.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
}

func (t Table) list() string {
	columns := ""
	for i, column := range t.Columns {
		if i > 0 {
			columns += ", "
		}
		columns += pgx.Identifier{column}.Sanitize()
	}
	return pgx.Identifier{"public", t.Name}.Sanitize() + " (" + columns + ")"
}

// ending closes the file: without it the file is not whole.
type ending struct {
	Tables    map[string]sum   `json:"tables"`
	Sequences map[string]int64 `json:"sequences"` // the last number given out
}

type sum struct {
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // of the table's parts, one after the other
}

// Summary tells what was written or read.
type Summary struct {
	TakenAt time.Time
	Tables  int
	Rows    int64
}

func summary(m manifest, e ending) Summary {
	s := Summary{TakenAt: m.TakenAt, Tables: len(e.Tables)}
	for _, table := range e.Tables {
		s.Rows += table.Rows
	}
	return s
}

func describe(ctx context.Context, tx pgx.Tx) (manifest, error) {
	schema, err := store.SchemaOf(ctx, tx)
	if err != nil {
		return manifest{}, err
	}
	tables, err := tablesOf(ctx, tx)
	if err != nil {
		return manifest{}, err
	}
	sorted, err := inOrder(ctx, tx, tables)
	return manifest{Format: Format, Schema: schema, Tables: sorted}, err
}

func tablesOf(ctx context.Context, tx pgx.Tx) ([]Table, error) {
	rows, err := tx.Query(ctx, `SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attnum)
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
			AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
		GROUP BY c.relname ORDER BY c.relname`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Table])
}

// inOrder puts every table after those that its foreign keys point at.
func inOrder(ctx context.Context, tx pgx.Tx, tables []Table) ([]Table, error) {
	rows, err := tx.Query(ctx, `SELECT DISTINCT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
		WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid`)
	if err != nil {
		return nil, err
	}
	needs := map[string][]string{}
	var from, to string
	if _, err := pgx.ForEachRow(rows, []any{&from, &to}, func() error {
		needs[from] = append(needs[from], to)
		return nil
	}); err != nil {
		return nil, err
	}
	return sorted(tables, needs)
}

func sorted(tables []Table, needs map[string][]string) ([]Table, error) {
	var out []Table
	placed := map[string]bool{}
	for len(out) < len(tables) {
		before := len(out)
		for _, t := range tables {
			if !placed[t.Name] && all(needs[t.Name], placed) {
				placed[t.Name] = true
				out = append(out, t)
			}
		}
		if len(out) == before {
			return nil, errors.New("backup: tables point at each other in a circle")
		}
	}
	return out, nil
}

func all(names []string, in map[string]bool) bool {
	for _, name := range names {
		if !in[name] {
			return false
		}
	}
	return true
}
