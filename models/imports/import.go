package imports

import (
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/imports/sheet"
	"dangol/models/store"
)

// Import is one file and what became of it.
type Import struct {
	ID         int64
	FileName   string
	Bytes      int64 // as it was sent
	Encoding   sheet.Encoding
	Delim      byte
	Header     []string // as it stands in the file; without a header line, empty texts
	Mapping    Mapping
	Options    Options
	Mode       Mode
	Version    int // as if: the latest version that it is run by
	State      State
	Counts     Counts
	CreatedAt  time.Time // wall time, as the others
	CreatedBy  int64     // staff; 0: the command line
	By         string    // their name
	StartedAt  *time.Time
	FinishedAt *time.Time
}

// Options are what a file does not say itself.
type Options struct {
	NoHeader  bool      `json:"no_header,omitempty"`  // the first line holds values
	DateOrder DateOrder `json:"date_order,omitempty"` // of dates that do not begin with the year
	Program   string    `json:"program,omitempty"`    // as if, opening: code of the programme; empty: the only one
	Reason    string    `json:"reason,omitempty"`     // why, for the record
}

// Counts are what the dry run found and what the import has done. Money is in minor units, points in the unit's smallest.
type Counts struct {
	Rows      int64            `json:"rows,omitempty"`      // rows with text, the header not counted
	New       int64            `json:"new,omitempty"`       // would be written; after the run: was written
	Known     int64            `json:"known,omitempty"`     // the shop has them already
	Errors    int64            `json:"errors,omitempty"`    // are left out
	Changed   int64            `json:"changed,omitempty"`   // of the errors: order numbers that stand for something else already
	Repairs   map[string]int64 `json:"repairs,omitempty"`   // by kind: "phone_zero", "date_serial", "contact_taken"
	Customers int64            `json:"customers,omitempty"` // new ones
	Filled    int64            `json:"filled,omitempty"`    // known ones who get a detail that the shop did not have
	Late      int64            `json:"late,omitempty"`      // purchases older than what their members have
	Early     int64            `json:"early,omitempty"`     // as if: purchases before the terms begin, kept without points
	Amount    int64            `json:"amount,omitempty"`    // of the new purchases
	First     string           `json:"first,omitempty"`     // their dates: "2024-01-02"
	Last      string           `json:"last,omitempty"`
	Points    []PointCount     `json:"points,omitempty"`  // by unit
	Refused   int64            `json:"refused,omitempty"` // undo: members whose points were spent since
	Withdrawn int64            `json:"withdrawn,omitempty"`
}

// PointCount is what an import posts in one unit.
type PointCount struct {
	Unit    string `json:"unit"`
	Earned  int64  `json:"earned"`
	Expired int64  `json:"expired"`
	Open    int64  `json:"open"` // earned, less expired
}

const importColumns = `id, file_name, bytes, encoding, delimiter, header, mapping, options, mode, coalesce(version, 0), state, counts,
	created_at, coalesce(created_by, 0), started_at, finished_at,
	coalesce((SELECT p.name FROM staff s JOIN people p ON p.id = s.person_id WHERE s.merchant_id = imports.merchant_id AND s.id = imports.created_by), '')`

// Find reads an import. Errors: models.NotFound.
func Find(tx *store.Tx, id int64) (Import, error) { return find(tx, id, ``) }

// lock is Find for an import that is about to be changed.
func lock(tx *store.Tx, id int64) (Import, error) { return find(tx, id, ` FOR UPDATE OF imports`) }

func find(tx *store.Tx, id int64, lock string) (Import, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+importColumns+` FROM imports WHERE merchant_id = $1 AND id = $2`+lock, tx.MerchantID(), id)
	if err != nil {
		return Import{}, err
	}
	imp, err := pgx.CollectExactlyOneRow(rows, scanImport)
	return imp, store.Translate(err)
}

// List gives the shop's imports, the newest first.
func List(tx *store.Tx, limit int) ([]Import, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+importColumns+` FROM imports WHERE merchant_id = $1 ORDER BY id DESC LIMIT $2`, tx.MerchantID(), limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanImport)
}

func scanImport(row pgx.CollectableRow) (imp Import, err error) {
	var delim string
	var mapping, options, counts []byte
	err = row.Scan(&imp.ID, &imp.FileName, &imp.Bytes, &imp.Encoding, &delim, &imp.Header, &mapping, &options, &imp.Mode, &imp.Version,
		&imp.State, &counts, &imp.CreatedAt, &imp.CreatedBy, &imp.StartedAt, &imp.FinishedAt, &imp.By)
	if err != nil {
		return imp, err
	}
	imp.Delim = delim[0]
	for text, into := range map[*[]byte]any{&mapping: &imp.Mapping, &options: &imp.Options, &counts: &imp.Counts} {
		if err := fromJSON(*text, into); err != nil {
			return imp, err
		}
	}
	return imp, nil
}

// become writes the next state, if it may follow.
func (imp *Import) become(tx *store.Tx, to State) error {
	if !imp.State.CanBecome(to) {
		return models.Conflicting("import_state", map[string]any{"state": string(imp.State)})
	}
	imp.State = to
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE imports SET state = $3, counts = $4,
			started_at = CASE WHEN $3 = 'running' THEN coalesce(started_at, $5) ELSE started_at END,
			finished_at = CASE WHEN $3 IN ('done', 'failed', 'undone') THEN $5 END
		WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), imp.ID, to, asJSON(imp.Counts), tx.Wall())
	return err
}

// asJSON writes a value of ours, which always can be.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func fromJSON(text []byte, into any) error { return json.Unmarshal(text, into) }
