package imports

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/imports/sheet"
	"dangol/models/store"
)

// Upload streams a file to disk, looks through it and notes an import with a proposal: encoding, separator, and a field
// for each column, as it was chosen the last time for such a header or else by the header's words. Nothing is held in
// memory. Errors: models.Invalid at "file": "file_too_large", "file_not_csv" (with the kind it is), "file_empty", "file_bomb",
// "file_broken", "file_header" (a first line that cannot be read).
func (d *Desk) Upload(ctx context.Context, merchantID int64, actor models.Actor, name string, src io.Reader) (imp Import, err error) {
	part, file, err := d.receive(src)
	if err != nil {
		return imp, err
	}
	defer os.Remove(part)
	if imp, err = inspect(part); err != nil {
		return imp, fileFault(err)
	}
	imp.FileName, imp.Bytes = cleanName(name), file.bytes
	err = store.InTx(ctx, d.DB, merchantID, func(tx *store.Tx) error {
		if err := imp.propose(tx, part); err != nil {
			return fileFault(err)
		}
		if err := imp.create(tx, actor, file.hash); err != nil {
			return err
		}
		return os.Link(part, d.path(merchantID, imp.ID)) // before the commit: no import is without its file
	})
	return imp, err
}

const maxUploadText = "512 MB"

type received struct {
	bytes int64
	hash  []byte
}

// receive writes what comes to a file of its own, up to the limit.
func (d *Desk) receive(src io.Reader) (path string, file received, err error) {
	if err := os.MkdirAll(d.Folder, 0o700); err != nil {
		return "", file, err
	}
	d.sweep()
	out, err := os.CreateTemp(d.Folder, "part-")
	if err != nil {
		return "", file, err
	}
	defer out.Close()
	hash := sha256.New()
	file.bytes, err = io.Copy(io.MultiWriter(out, hash), io.LimitReader(src, sheet.MaxUpload+1))
	if err == nil && file.bytes > sheet.MaxUpload {
		err = models.InvalidField("file", "file_too_large", map[string]any{"limit": maxUploadText})
	}
	if err != nil {
		os.Remove(out.Name())
		return "", file, err
	}
	file.hash = hash.Sum(nil)
	return out.Name(), file, nil
}

const partLife = 24 * time.Hour

// sweep removes what uploads left behind that were cut off.
func (d *Desk) sweep() {
	parts, _ := filepath.Glob(filepath.Join(d.Folder, "part-*"))
	for _, part := range parts {
		if info, err := os.Stat(part); err == nil && time.Since(info.ModTime()) > partLife {
			os.Remove(part)
		}
	}
}

func inspect(path string) (Import, error) {
	shape, err := sheet.Inspect(path)
	return Import{Encoding: shape.Encoding, Delim: shape.Delim, Mode: Record, State: Uploaded, Counts: Counts{Rows: shape.Lines}}, err
}

// fileFault turns what a file is in the way of into the answer to its sender.
func fileFault(err error) error {
	var fault *sheet.FileError
	if !errors.As(err, &fault) {
		return err
	}
	return models.InvalidField("file", "file_"+fault.Code, map[string]any{"kind": fault.Kind})
}

const maxFileName = 200

func cleanName(name string) string {
	name, _ = models.CleanText(sheet.Printable(path.Base(strings.ReplaceAll(name, `\`, "/"))), maxFileName)
	return name
}

// propose reads the header and says what the columns probably mean.
func (imp *Import) propose(tx *store.Tx, path string) error {
	rows, err := firstRows(path, imp.Encoding, imp.Delim, 1)
	if err != nil {
		return err
	}
	imp.Options.NoHeader, imp.Options.DateOrder = !IsHeader(rows[0]), ""
	imp.readHeader(rows[0])
	known, err := imp.recall(tx)
	if err != nil || known {
		return err
	}
	imp.Mapping = GuessMapping(imp.Header)
	if imp.Mapping.Has(Points) && !imp.Mapping.Has(Date) {
		imp.Mode = Opening
	}
	imp.Options.DateOrder, err = imp.guessOrder(path)
	return err
}

func (imp *Import) readHeader(first []string) {
	imp.Header = make([]string, len(first))
	if !imp.Options.NoHeader {
		copy(imp.Header, first)
	}
}

const orderSamples = 1000

// guessOrder looks at some dates of the file. Where they tell nothing, a shop that counts in dollars has the month first.
func (imp *Import) guessOrder(path string) (DateOrder, error) {
	column := imp.Mapping.Column(Date)
	if column < 0 {
		return "", nil
	}
	rows, err := firstRows(path, imp.Encoding, imp.Delim, orderSamples)
	if err != nil {
		return "", err
	}
	samples := make([]string, 0, len(rows))
	for _, row := range rows {
		if column < len(row) {
			samples = append(samples, row[column])
		}
	}
	order, _ := GuessOrder(samples)
	return order, nil
}

func (imp *Import) create(tx *store.Tx, actor models.Actor, hash []byte) error {
	imp.CreatedAt, imp.CreatedBy = tx.Wall(), actor.StaffID
	err := tx.PG().QueryRow(tx.Ctx(), `INSERT INTO imports
			(merchant_id, file_name, file_hash, bytes, encoding, delimiter, header, mapping, options, mode, state, counts, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, nullif($14::bigint, 0)) RETURNING id`,
		tx.MerchantID(), imp.FileName, hash, imp.Bytes, imp.Encoding, string(imp.Delim), imp.Header, asJSON(imp.Mapping), asJSON(imp.Options),
		imp.Mode, imp.State, asJSON(imp.Counts), imp.CreatedAt, actor.StaffID).Scan(&imp.ID)
	if err != nil {
		return err
	}
	return audit.Record(tx, actor, "import.upload", subject(imp.ID), map[string]any{"file": imp.FileName, "bytes": imp.Bytes})
}
