package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
)

// RestoreFile is Restore from a file.
func RestoreFile(ctx context.Context, url, path string) (Summary, error) {
	f, err := os.Open(path)
	if err != nil {
		return Summary{}, err
	}
	defer f.Close()
	return Restore(ctx, url, f)
}

// Restore brings a backup into an empty database, as the role that owns the schema: it migrates to the schema of the
// backup, copies every table in one transaction, sets the sequences, and migrates on to what this program knows. Errors:
// ErrNotEmpty, ErrDamaged, store.ErrSchemaNewer; then the database is empty as before.
func Restore(ctx context.Context, url string, from io.Reader) (Summary, error) {
	zipped, err := gzip.NewReader(from)
	if err != nil {
		return Summary{}, damaged(err)
	}
	r := &reader{archive: tar.NewReader(zipped), done: ending{Tables: map[string]sum{}}}
	var m manifest
	if err := r.json("manifest.json", &m); err != nil {
		return Summary{}, err
	}
	if m.Format != Format {
		return Summary{}, fmt.Errorf("%w: format %d, this program reads %d", store.ErrSchemaNewer, m.Format, Format)
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return Summary{}, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := makeSchema(ctx, conn, url, m.Schema); err != nil {
		return Summary{}, err
	}
	if err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return r.all(ctx, tx, m) }); err != nil {
		return Summary{}, err
	}
	_, err = store.Migrate(ctx, url)
	return summary(m, r.done), err
}

func damaged(err error) error { return fmt.Errorf("%w: %w", ErrDamaged, err) }

// makeSchema brings an empty database to the schema of the backup.
func makeSchema(ctx context.Context, conn *pgx.Conn, url string, version int64) error {
	found, err := store.SchemaOf(ctx, conn)
	if err != nil {
		return err
	}
	if found != 0 && found != version {
		return fmt.Errorf("%w: its schema is version %d, the backup's is %d", ErrNotEmpty, found, version)
	}
	if _, err := store.MigrateTo(ctx, url, version); err != nil {
		return err
	}
	if found, err = store.SchemaOf(ctx, conn); err == nil && found != version {
		return fmt.Errorf("%w (backup %d, program %d)", store.ErrSchemaNewer, version, found)
	}
	return err
}

type reader struct {
	archive *tar.Reader
	next    *tar.Header // read, not yet used
	done    ending
}

// header gives the next entry without using it up; io.EOF after the last.
func (r *reader) header() (*tar.Header, error) {
	if r.next != nil {
		return r.next, nil
	}
	header, err := r.archive.Next()
	if errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	if err != nil {
		return nil, damaged(err)
	}
	r.next = header
	return header, nil
}

func (r *reader) json(name string, into any) error {
	header, err := r.header()
	if err != nil {
		return damaged(err)
	}
	if header.Name != name {
		return fmt.Errorf("%w: %s where %s should be", ErrDamaged, header.Name, name)
	}
	r.next = nil
	if err := json.NewDecoder(r.archive).Decode(into); err != nil {
		return damaged(err)
	}
	return nil
}

func (r *reader) all(ctx context.Context, tx pgx.Tx, m manifest) error {
	here, err := tablesOf(ctx, tx)
	if err != nil {
		return err
	}
	if err := sameTables(m.Tables, here); err != nil {
		return err
	}
	for _, t := range m.Tables {
		if err := r.table(ctx, tx, t); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	var e ending
	if err := r.json("end.json", &e); err != nil {
		return err
	}
	if !maps.Equal(e.Tables, r.done.Tables) {
		return fmt.Errorf("%w: its rows are not those that were written", ErrDamaged)
	}
	return setSequences(ctx, tx, e.Sequences)
}

func sameTables(written, here []Table) error {
	byName := func(a, b Table) int { return strings.Compare(a.Name, b.Name) }
	same := slices.EqualFunc(slices.SortedFunc(slices.Values(written), byName), here, func(a, b Table) bool {
		return a.Name == b.Name && slices.Equal(a.Columns, b.Columns)
	})
	if !same {
		return fmt.Errorf("%w: its tables are not those of its schema", ErrDamaged)
	}
	return nil
}

func (r *reader) table(ctx context.Context, tx pgx.Tx, t Table) error {
	var rows bool
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM `+pgx.Identifier{"public", t.Name}.Sanitize()+`)`).Scan(&rows); err != nil {
		return err
	}
	if rows {
		return fmt.Errorf("%w: it holds rows", ErrNotEmpty)
	}
	parts := &partReader{r: r, table: t.Name, hash: sha256.New()}
	tag, err := tx.Conn().PgConn().CopyFrom(ctx, parts, `COPY `+t.list()+` FROM STDIN`)
	if err = errors.Join(parts.err, err); err != nil {
		return err
	}
	r.done.Tables[t.Name] = sum{Rows: tag.RowsAffected(), SHA256: hex.EncodeToString(parts.hash.Sum(nil))}
	return nil
}

// partReader gives one table's entries as one stream.
type partReader struct {
	r     *reader
	table string
	hash  hash.Hash
	open  bool
	err   error
}

func (p *partReader) Read(b []byte) (int, error) {
	n, err := p.read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		p.err = err // COPY tells the server only that there was a failure
	}
	return n, err
}

func (p *partReader) read(b []byte) (int, error) {
	for {
		if !p.open && !p.nextPart() {
			return 0, io.EOF
		}
		n, err := p.r.archive.Read(b)
		p.hash.Write(b[:n])
		if n > 0 {
			return n, nil
		}
		if !errors.Is(err, io.EOF) {
			return 0, damaged(err)
		}
		p.open = false
	}
}

func (p *partReader) nextPart() bool {
	header, err := p.r.header()
	if err != nil || path.Dir(header.Name) != "data/"+p.table {
		return false // the end of the archive is told by whoever wants the next entry
	}
	p.r.next = nil
	p.open = true
	return true
}

func setSequences(ctx context.Context, tx pgx.Tx, last map[string]int64) error {
	for name, value := range last {
		if value == 0 {
			continue
		}
		_, err := tx.Exec(ctx, `SELECT setval($1::regclass, $2)`, pgx.Identifier{"public", name}.Sanitize(), value)
		if err != nil {
			return fmt.Errorf("sequence %s: %w", name, err)
		}
	}
	return nil
}
