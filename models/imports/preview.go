package imports

import (
	"context"
	"errors"
	"io"
	"os"
	"strconv"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/imports/sheet"
	"dangol/models/store"
)

func subject(id int64) string { return "import:" + strconv.FormatInt(id, 10) }

const previewRows = 5

// Preview is what a person needs to say what the columns mean.
type Preview struct {
	Import
	Rows     [][]string // the first five, as the chosen encoding shows them
	AskOrder bool       // dates such as 03/04/2026: the shop must say what they mean
}

// Ready says what is still to be told before a check makes sense. Errors: models.Invalid at "date_order".
func (p *Preview) Ready() error {
	if p.AskOrder && p.Options.DateOrder == "" {
		return models.InvalidField("date_order", "required", nil)
	}
	return nil
}

// Preview reads the first rows of an import's file. Errors: models.NotFound; models.Conflict "file_gone" once it is done.
func (d *Desk) Preview(ctx context.Context, merchantID, id int64) (p Preview, err error) {
	err = store.ReadTx(ctx, d.DB, merchantID, func(tx *store.Tx) error {
		p.Import, err = Find(tx, id)
		return err
	})
	if err != nil {
		return p, err
	}
	return p, d.show(merchantID, &p)
}

func (d *Desk) show(merchantID int64, p *Preview) error {
	rows, err := firstRows(d.path(merchantID, p.ID), p.Encoding, p.Delim, orderSamples)
	if errors.Is(err, os.ErrNotExist) {
		return models.Conflicting("file_gone", nil)
	}
	if err != nil {
		return fileFault(err)
	}
	if !p.Options.NoHeader {
		rows = rows[1:]
	}
	if column := p.Mapping.Column(Date); column >= 0 {
		for _, row := range rows {
			if column < len(row) {
				_, code := parseMoment(row[column], "")
				p.AskOrder = p.AskOrder || code == "date_order"
			}
		}
	}
	p.Rows = rows[:min(previewRows, len(rows))]
	return nil
}

// firstRows reads up to n rows as texts; faulty rows are shown as far as they go. The first must be whole.
func firstRows(path string, e sheet.Encoding, delim byte, n int) (rows [][]string, err error) {
	file, err := sheet.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := sheet.NewReader(file, e, delim)
	for len(rows) < n {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 && rec.Fault != nil {
			return nil, models.InvalidField("file", "file_header", map[string]any{"line": rec.Line})
		}
		rows = append(rows, rec.Texts())
	}
	if len(rows) == 0 {
		return nil, &sheet.FileError{Code: "empty"}
	}
	return rows, nil
}

// Choice is what a person says about a file. Zero values leave what stands.
type Choice struct {
	Encoding  sheet.Encoding
	Delim     byte
	NoHeader  *bool
	Mapping   Mapping
	Mode      Mode
	DateOrder DateOrder
	Program   string
	Reason    string
}

// Choose keeps a choice. Another encoding, separator or header reads the header anew and proposes columns again, unless
// the choice names them. A choice after a check asks for another check. Errors: models.NotFound; models.Conflict
// "import_state", "file_gone"; models.Invalid at "encoding", "delimiter", "file", "mapping".
func (d *Desk) Choose(ctx context.Context, merchantID, id int64, actor models.Actor, c Choice) (p Preview, err error) {
	err = store.InTx(ctx, d.DB, merchantID, func(tx *store.Tx) error {
		if p.Import, err = lock(tx, id); err != nil {
			return err
		}
		if p.State != Uploaded && p.State != Checked && p.State != Failed {
			return models.Conflicting("import_state", map[string]any{"state": string(p.State)})
		}
		if err := p.Import.choose(tx, d.path(merchantID, id), c); err != nil {
			return err
		}
		return p.Import.save(tx, actor)
	})
	if err != nil {
		return p, err
	}
	return p, d.show(merchantID, &p)
}

func (imp *Import) choose(tx *store.Tx, path string, c Choice) error {
	if err := imp.reshape(tx, path, c); err != nil {
		return fileFault(err)
	}
	if c.Mapping != nil {
		imp.Mapping = c.Mapping
	}
	if c.Mode != "" {
		imp.Mode = c.Mode
	}
	if c.DateOrder != "" {
		imp.Options.DateOrder = c.DateOrder
	}
	if c.Program != "" {
		imp.Options.Program = c.Program
	}
	if c.Reason != "" {
		imp.Options.Reason, _ = models.CleanText(c.Reason, maxFileName)
	}
	if len(imp.Mapping) != len(imp.Header) {
		return models.InvalidField("mapping", "columns", map[string]any{"columns": len(imp.Header)})
	}
	imp.State, imp.Counts = Uploaded, Counts{Rows: imp.Counts.Rows}
	return nil
}

// reshape cuts the file differently.
func (imp *Import) reshape(tx *store.Tx, path string, c Choice) error {
	encoding, delim, noHeader := imp.Encoding, imp.Delim, imp.Options.NoHeader
	if c.Encoding != "" {
		encoding = c.Encoding
	}
	if c.Delim != 0 {
		delim = c.Delim
	}
	if c.NoHeader != nil {
		noHeader = *c.NoHeader
	}
	if encoding == imp.Encoding && delim == imp.Delim && noHeader == imp.Options.NoHeader {
		return nil
	}
	if !encoding.Valid() {
		return models.InvalidField("encoding", "unknown", nil)
	}
	if !knownDelim(delim) {
		return models.InvalidField("delimiter", "unknown", nil)
	}
	imp.Encoding, imp.Delim = encoding, delim
	if err := imp.propose(tx, path); err != nil {
		return err
	}
	if noHeader != imp.Options.NoHeader && c.NoHeader != nil {
		return imp.switchHeader(path, noHeader)
	}
	return nil
}

func knownDelim(delim byte) bool {
	for _, d := range sheet.Delims {
		if d == delim {
			return true
		}
	}
	return false
}

// switchHeader takes the first line for a header, or for values, because somebody said so.
func (imp *Import) switchHeader(path string, noHeader bool) error {
	rows, err := firstRows(path, imp.Encoding, imp.Delim, 1)
	if err != nil {
		return err
	}
	imp.Options.NoHeader = noHeader
	imp.readHeader(rows[0])
	imp.Mapping = GuessMapping(imp.Header)
	return nil
}

func (imp *Import) save(tx *store.Tx, actor models.Actor) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE imports SET encoding = $3, delimiter = $4, header = $5, mapping = $6, options = $7, mode = $8, state = $9, counts = $10
		WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), imp.ID, imp.Encoding, string(imp.Delim), imp.Header,
		asJSON(imp.Mapping), asJSON(imp.Options), imp.Mode, imp.State, asJSON(imp.Counts))
	if err != nil {
		return err
	}
	return audit.Record(tx, actor, "import.choose", subject(imp.ID), map[string]any{
		"mapping": imp.Mapping, "mode": imp.Mode, "options": imp.Options})
}

// recall takes the columns that were chosen for such a header before, if there were any.
func (imp *Import) recall(tx *store.Tx) (known bool, err error) {
	var mapping, options []byte
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT mapping, options FROM import_mappings WHERE merchant_id = $1 AND header_hash = $2`,
		tx.MerchantID(), headerHash(imp.Header)).Scan(&mapping, &options)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var kept remembered
	if err := fromJSON(options, &kept); err != nil {
		return false, err
	}
	imp.Options.DateOrder, imp.Mode = kept.DateOrder, kept.Mode
	return true, fromJSON(mapping, &imp.Mapping)
}

// remembered is what is kept with a header beside its columns. As if is a thing of the first day and not kept.
type remembered struct {
	DateOrder DateOrder `json:"date_order,omitempty"`
	Mode      Mode      `json:"mode"`
}

// remember keeps the columns for the next file with this header. A file without a header line is not remembered.
func (imp *Import) remember(tx *store.Tx) error {
	if imp.Options.NoHeader {
		return nil
	}
	kept := remembered{imp.Options.DateOrder, imp.Mode}
	if kept.Mode == AsIf {
		kept.Mode = Record
	}
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO import_mappings (merchant_id, header_hash, mapping, options) VALUES ($1, $2, $3, $4)
		ON CONFLICT (merchant_id, header_hash) DO UPDATE SET mapping = excluded.mapping, options = excluded.options`,
		tx.MerchantID(), headerHash(imp.Header), asJSON(imp.Mapping), asJSON(kept))
	return err
}
