package segments

import (
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/conditions"
	"dangol/models/store"
)

// Saved is a group that is defined by a condition, and how many were in it when they were last counted: on saving, each
// night and after an import. Those are the people who are shown, listed and given to.
type Saved struct {
	ID        int64
	ProgramID int64 // whose tiers and points the condition speaks of; 0: there was no programme
	Name      string
	Condition conditions.Condition
	People    int64
	Members   int64     // of them, in the programme
	CountedAt time.Time // business time
	Version   int       // for Change: what was read
	newest    int64     // membership id: later ones are not among Members
}

// Code names the group in terms: "g7".
func (s *Saved) Code() string { return "g" + strconv.FormatInt(s.ID, 10) }

// SavedParams are what a group is.
type SavedParams struct {
	Name      string
	Condition conditions.Condition
}

// mostSaved is how many groups a shop may have: each is counted every night.
const mostSaved = 100

// Create saves a group and counts it. Errors: models.Invalid with every faulty field; those of the condition are JSON
// pointers that begin with "condition".
func Create(tx *store.Tx, actor models.Actor, p SavedParams) (Saved, error) {
	about, err := look(tx)
	if err != nil {
		return Saved{}, err
	}
	if err := p.check(about); err != nil {
		return Saved{}, err
	}
	s := Saved{Version: 1, Name: p.Name, Condition: p.Condition, ProgramID: about.ProgramID, CountedAt: tx.Now()}
	var others int
	err = tx.PG().QueryRow(tx.Ctx(), `WITH others AS (SELECT count(*) AS n FROM segments WHERE merchant_id = $1 AND removed_at IS NULL)
		INSERT INTO segments (merchant_id, program_id, name, condition, counted_at, created_at, created_by)
		SELECT $1, nullif($2::bigint, 0), $3, $4, $5, $5, nullif($6::bigint, 0) RETURNING id, (SELECT n FROM others)`,
		tx.MerchantID(), s.ProgramID, s.Name, string(s.Condition.Encode()), tx.Now(), actor.StaffID).Scan(&s.ID, &others)
	if err != nil {
		return Saved{}, store.Translate(err)
	}
	if others >= mostSaved {
		return Saved{}, models.InvalidField("", "too_many", map[string]any{"limit": mostSaved})
	}
	if err := s.count(tx, about); err != nil {
		return Saved{}, err
	}
	return s, audit.Record(tx, actor, "segment.create", s.subject(), s)
}

// Change saves a group anew and counts it; version is what was read. Errors: as Create; models.NotFound; models.ErrStale.
func Change(tx *store.Tx, actor models.Actor, id int64, version int, p SavedParams) (Saved, error) {
	about, err := look(tx)
	if err != nil {
		return Saved{}, err
	}
	if err := p.check(about); err != nil {
		return Saved{}, err
	}
	s, err := lockSaved(tx, id)
	if err != nil {
		return Saved{}, err
	}
	if s.Version != version {
		return Saved{}, models.ErrStale
	}
	s.Name, s.Condition, s.ProgramID, s.Version = p.Name, p.Condition, about.ProgramID, version+1
	_, err = tx.PG().Exec(tx.Ctx(), `UPDATE segments SET name = $3, condition = $4, program_id = nullif($5::bigint, 0), version = $6 WHERE merchant_id = $1 AND id = $2`,
		tx.MerchantID(), id, s.Name, string(s.Condition.Encode()), s.ProgramID, s.Version)
	if err != nil {
		return Saved{}, store.Translate(err)
	}
	if err := s.count(tx, about); err != nil {
		return Saved{}, err
	}
	return s, audit.Record(tx, actor, "segment.change", s.subject(), s)
}

// Remove takes a group out of the lists; nobody is in it any more. Gifts that were made to it stay. Errors:
// models.NotFound.
func Remove(tx *store.Tx, actor models.Actor, id int64) error {
	s, err := lockSaved(tx, id)
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(`DELETE FROM segment_members WHERE merchant_id = $1 AND segment_id = $2`, tx.MerchantID(), id)
	batch.Queue(`UPDATE segments SET removed_at = $3, people = 0, members = 0 WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), id, tx.Now())
	if err := tx.PG().SendBatch(tx.Ctx(), batch).Close(); err != nil {
		return err
	}
	return audit.Record(tx, actor, "segment.remove", s.subject(), s)
}

func (s *Saved) subject() string { return "segment:" + strconv.FormatInt(s.ID, 10) }

// check finds every fault.
func (p *SavedParams) check(about outlook) error {
	var f models.Faults
	name, ok := models.CleanText(p.Name, models.MaxName)
	switch {
	case name == "":
		f.Add("name", "required", nil)
	case !ok:
		f.Add("name", "bad_text", map[string]any{"limit": models.MaxName})
	}
	p.Name = name
	f = append(f, faultsOf(p.Condition, about)...)
	return f.Err()
}

// faultsOf finds what is wrong with the condition of a group. It may not name groups: each is counted by itself.
func faultsOf(c conditions.Condition, about outlook) (f models.Faults) {
	if c.IsZero() {
		f.Add("condition", "required", nil)
	}
	for _, field := range c.Fields() {
		if field == conditions.Segment {
			f.Add("condition", "not_here", map[string]any{"value": string(field)})
		}
	}
	return append(f, c.Validate("condition", conditions.OfMember, about.exists)...)
}

const savedColumns = `id, coalesce(program_id, 0), name, condition, people, members, counted_at, version, newest`

func scanSaved(row pgx.CollectableRow) (s Saved, err error) {
	var condition string
	if err = row.Scan(&s.ID, &s.ProgramID, &s.Name, &condition, &s.People, &s.Members, &s.CountedAt, &s.Version, &s.newest); err == nil {
		s.Condition, err = conditions.Parse([]byte(condition))
	}
	return s, err
}

// FindSaved reads a group. Errors: models.NotFound.
func FindSaved(tx *store.Tx, id int64) (Saved, error) { return oneSaved(tx, id, "") }

func lockSaved(tx *store.Tx, id int64) (Saved, error) { return oneSaved(tx, id, " FOR UPDATE") }

func oneSaved(tx *store.Tx, id int64, lock string) (Saved, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+savedColumns+` FROM segments WHERE merchant_id = $1 AND id = $2 AND removed_at IS NULL`+lock, tx.MerchantID(), id)
	if err != nil {
		return Saved{}, err
	}
	s, err := pgx.CollectExactlyOneRow(rows, scanSaved)
	return s, store.Translate(err)
}

// AllSaved lists the groups by name.
func AllSaved(tx *store.Tx) ([]Saved, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+savedColumns+` FROM segments WHERE merchant_id = $1 AND removed_at IS NULL ORDER BY name, id`, tx.MerchantID())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanSaved)
}

// NameOfSaved is what a group is, or was, called; empty if there never was one.
func NameOfSaved(tx *store.Tx, id int64) (name string, err error) {
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce(max(name), '') FROM segments WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), id).Scan(&name)
	return name, err
}
