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
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
)

// partSize is how much of a table is held in memory: a tar entry needs to know its size beforehand.
const partSize = 4 << 20

// WriteFile writes the backup to path, readable by its owner only. The file appears when it is whole.
func WriteFile(ctx context.Context, url, path string, now time.Time) (Summary, error) {
	half := path + ".part"
	f, err := os.OpenFile(half, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return Summary{}, err
	}
	done, err := Write(ctx, url, f, now)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return Summary{}, errors.Join(err, os.Remove(half))
	}
	if err := os.Rename(half, path); err != nil {
		return Summary{}, err
	}
	return done, syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Write writes the backup. Everything is read in one snapshot, while the shops go on.
func Write(ctx context.Context, url string, to io.Writer, now time.Time) (Summary, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return Summary{}, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return Summary{}, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	m, err := describe(ctx, tx)
	if err != nil {
		return Summary{}, err
	}
	m.TakenAt = now.UTC()
	zipped := gzip.NewWriter(to)
	archive := tar.NewWriter(zipped)
	w := &writer{archive: archive, tx: tx, taken: m.TakenAt}
	e, err := w.all(ctx, m)
	return summary(m, e), errors.Join(err, archive.Close(), zipped.Close())
}

type writer struct {
	archive *tar.Writer
	tx      pgx.Tx
	taken   time.Time
}

func (w *writer) all(ctx context.Context, m manifest) (ending, error) {
	e := ending{Tables: map[string]sum{}}
	if err := w.json("manifest.json", m); err != nil {
		return e, err
	}
	for _, t := range m.Tables {
		done, err := w.table(ctx, t)
		if err != nil {
			return e, fmt.Errorf("table %s: %w", t.Name, err)
		}
		e.Tables[t.Name] = done
	}
	var err error
	if e.Sequences, err = sequences(ctx, w.tx); err != nil {
		return e, err
	}
	return e, w.json("end.json", e)
}

func (w *writer) table(ctx context.Context, t Table) (sum, error) {
	parts := &parts{w: w, table: t.Name, hash: sha256.New()}
	tag, err := w.tx.Conn().PgConn().CopyTo(ctx, parts, `COPY `+t.list()+` TO STDOUT`)
	if err == nil {
		err = parts.flush()
	}
	return sum{Rows: tag.RowsAffected(), SHA256: hex.EncodeToString(parts.hash.Sum(nil))}, err
}

func (w *writer) json(name string, value any) error {
	content, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	return w.entry(name, content)
}

func (w *writer) entry(name string, content []byte) error {
	header := &tar.Header{Name: name, Mode: 0o600, Size: int64(len(content)), ModTime: w.taken, Typeflag: tar.TypeReg}
	if err := w.archive.WriteHeader(header); err != nil {
		return err
	}
	_, err := w.archive.Write(content)
	return err
}

// parts gathers a table's stream into entries of the archive.
type parts struct {
	w     *writer
	table string
	hash  hash.Hash
	held  []byte
	n     int
}

func (p *parts) Write(b []byte) (int, error) {
	p.held = append(p.held, b...)
	if len(p.held) < partSize {
		return len(b), nil
	}
	return len(b), p.flush()
}

func (p *parts) flush() error {
	if len(p.held) == 0 {
		return nil
	}
	p.n++
	p.hash.Write(p.held)
	err := p.w.entry(fmt.Sprintf("data/%s/%06d.copy", p.table, p.n), p.held)
	p.held = p.held[:0]
	return err
}

// sequences gives the last number of every sequence of ours. They stand outside the snapshot and may be ahead of it, which
// only leaves a gap.
func sequences(ctx context.Context, tx pgx.Tx) (map[string]int64, error) {
	rows, err := tx.Query(ctx, `SELECT sequencename::text, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'`)
	if err != nil {
		return nil, err
	}
	last := map[string]int64{}
	var name string
	var value int64
	_, err = pgx.ForEachRow(rows, []any{&name, &value}, func() error {
		last[name] = value
		return nil
	})
	return last, err
}
