package imports

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"

	"dangol/models/imports/sheet"
	"dangol/models/store"
)

// Fault is one row that was left out, and why.
type Fault struct {
	sheet.Fault
	Cells []string // the row as it stands in the file
}

// keepErrors notes the rows that could not be understood, and those that contradict what the shop has; the latter are
// looked up in the file once more, since the staging table holds no whole rows.
func (d *Desk) keepErrors(tx *store.Tx, imp *Import) error {
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO import_errors (merchant_id, import_id, line, col, code, cell, cells)
		SELECT $1, $2, line, col, code, cell, cells FROM import_stage WHERE code IS NOT NULL`, tx.MerchantID(), imp.ID)
	if err != nil {
		return err
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT line, verdict, key FROM import_keys WHERE verdict IN ('order_twice', 'order_changed') ORDER BY line`)
	if err != nil {
		return err
	}
	contradicting, err := pgx.CollectRows(rows, pgx.RowToStructByPos[contradiction])
	if err != nil || len(contradicting) == 0 {
		return err
	}
	return d.keepContradictions(tx, imp, contradicting)
}

type contradiction struct {
	Line int
	Code string
	Key  string
}

func (d *Desk) keepContradictions(tx *store.Tx, imp *Import, rest []contradiction) error {
	file, err := sheet.Open(d.path(tx.MerchantID(), imp.ID))
	if err != nil {
		return err
	}
	defer file.Close()
	reader := sheet.NewReader(file, imp.Encoding, imp.Delim)
	column := imp.Mapping.Column(OrderID) + 1
	_, err = tx.PG().CopyFrom(tx.Ctx(), pgx.Identifier{"import_errors"}, []string{"merchant_id", "import_id", "line", "col", "code", "cell", "cells"},
		pgx.CopyFromFunc(func() ([]any, error) {
			for len(rest) > 0 {
				rec, err := reader.Next()
				if errors.Is(err, io.EOF) {
					return nil, nil
				}
				if err != nil {
					return nil, err
				}
				if c := rest[0]; rec.Line == c.Line {
					rest = rest[1:]
					return []any{tx.MerchantID(), imp.ID, c.Line, column, c.Code, sheet.Printable(c.Key), rec.Texts()}, nil
				}
			}
			return nil, nil
		}))
	return err
}

// Errors gives the first errors of an import, in the order of the file.
func Errors(tx *store.Tx, id int64, limit int) ([]Fault, error) {
	rows, err := errorRows(tx, id, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFault)
}

func errorRows(tx *store.Tx, id int64, limit int) (pgx.Rows, error) {
	return tx.PG().Query(tx.Ctx(), `SELECT line, col, code, cell, cells FROM import_errors
		WHERE merchant_id = $1 AND import_id = $2 ORDER BY line LIMIT nullif($3, 0)`, tx.MerchantID(), id, limit)
}

func scanFault(row pgx.CollectableRow) (f Fault, err error) {
	err = row.Scan(&f.Line, &f.Column, &f.Code, &f.Cell, &f.Cells)
	return f, err
}

// WriteErrors writes the faulty rows as CSV, to be mended and sent again: UTF-8 with a byte-order mark, the columns of the
// file and one more with the reason in the reader's words, which say gives. Cells that a spreadsheet would take for a
// formula begin with an apostrophe. Errors: models.NotFound, and those of the writer.
func WriteErrors(tx *store.Tx, id int64, w io.Writer, heading string, say func(Fault) string) error {
	imp, err := Find(tx, id)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if !imp.Options.NoHeader {
		if err := out.Write(neutral(append(imp.Header[:len(imp.Header):len(imp.Header)], heading))); err != nil {
			return err
		}
	}
	rows, err := errorRows(tx, id, 0)
	if err != nil {
		return err
	}
	for rows.Next() {
		fault, err := scanFault(rows)
		if err != nil {
			rows.Close()
			return err
		}
		if err := out.Write(neutral(append(fill(fault.Cells, len(imp.Header)), say(fault)))); err != nil {
			rows.Close()
			return err
		}
	}
	out.Flush()
	return errors.Join(rows.Err(), out.Error())
}

// fill brings a ragged row to the header's width.
func fill(cells []string, width int) []string {
	for len(cells) < width {
		cells = append(cells, "")
	}
	return cells
}

// neutral keeps spreadsheets from running what a cell says; understanding.cell takes the apostrophe off again.
func neutral(cells []string) []string {
	for i, c := range cells {
		if formula(c) {
			cells[i] = "'" + c
		}
	}
	return cells
}

func formula(cell string) bool {
	return cell != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(cell)[0])
}
