package programs

import (
	"context"
	"fmt"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
	"dangol/models/terms"
)

// Draft reads what is being edited. A draft that equals the newest version has nothing to publish. Errors: models.NotFound.
func Draft(tx *store.Tx, programID int64) (d models.ProgramDraft, err error) {
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT merchant_id, program_id, document, revision, updated_at, updated_by
		FROM program_drafts WHERE merchant_id = $1 AND program_id = $2`, tx.MerchantID(), programID).
		Scan(&d.MerchantID, &d.ProgramID, &d.Document, &d.Revision, &d.UpdatedAt, &d.UpdatedBy)
	return d, store.Translate(err)
}

// SaveDraft replaces the draft. The caller names the revision that was read, so that nobody's work is overwritten unseen;
// 0 replaces whatever stands. Errors: models.Invalid with every fault of the document by JSON pointer, models.ErrStale,
// models.NotFound, models.Forbidden.
func SaveDraft(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, code string, revision int, document []byte) (d models.ProgramDraft, err error) {
	if err := mayEdit(actor); err != nil {
		return d, err
	}
	err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		d, err = SaveDraftIn(tx, actor, code, revision, document)
		return err
	})
	return d, err
}

// SaveDraftIn is SaveDraft in a transaction of the caller, who may edit.
func SaveDraftIn(tx *store.Tx, actor models.Actor, code string, revision int, document []byte) (d models.ProgramDraft, err error) {
	t, err := parse(tx, document)
	if err != nil {
		return d, err
	}
	p, err := lock(tx, code)
	if err != nil {
		return d, err
	}
	if d, err = Draft(tx, p.ID); err != nil {
		return d, err
	}
	if revision != 0 && revision != d.Revision {
		return d, models.ErrStale
	}
	return keepDraft(tx, d, actor, t)
}

func keepDraft(tx *store.Tx, d models.ProgramDraft, actor models.Actor, t terms.Terms) (models.ProgramDraft, error) {
	d.Document, d.UpdatedAt = t.Encode(), tx.Now()
	err := tx.PG().QueryRow(tx.Ctx(), `UPDATE program_drafts SET document = $3, revision = revision + 1, updated_at = $4, updated_by = nullif($5::bigint, 0)
		WHERE merchant_id = $1 AND program_id = $2 RETURNING revision, updated_by`,
		d.MerchantID, d.ProgramID, string(d.Document), d.UpdatedAt, actor.StaffID).Scan(&d.Revision, &d.UpdatedBy)
	if err != nil {
		return d, err
	}
	return d, audit.Record(tx, actor, "program.draft", fmt.Sprintf("program:%d", d.ProgramID),
		map[string]any{"revision": d.Revision, "hash": t.Hash()})
}

func insertDraft(tx *store.Tx, programID int64, document []byte, actor models.Actor) error {
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO program_drafts (merchant_id, program_id, document, updated_at, updated_by)
		VALUES ($1, $2, $3, $4, nullif($5::bigint, 0))`, tx.MerchantID(), programID, string(document), tx.Now(), actor.StaffID)
	return err
}

// parse reads a document and finds all that is wrong with it here: its own faults, another currency than the shop's, and
// stores that the shop does not have. Everything else that it names is made when it is published.
func parse(tx *store.Tx, document []byte) (terms.Terms, error) {
	if len(document) > MaxDocument {
		return terms.Terms{}, models.InvalidField("", "too_long", map[string]any{"limit": MaxDocument})
	}
	t, err := terms.Parse(document)
	if err != nil {
		return t, err
	}
	faults := models.Faults(t.Validate())
	if want := tx.Merchant().Currency; t.Currency != want {
		faults.Add("/currency", "other_currency", map[string]any{"want": want})
	}
	if err := missingStores(tx, &t, &faults); err != nil {
		return t, err
	}
	return t, faults.Err()
}

func missingStores(tx *store.Tx, t *terms.Terms, faults *models.Faults) error {
	var codes, pointers []string
	for i, rule := range t.Earning {
		for j, code := range rule.If.Stores {
			codes = append(codes, code)
			pointers = append(pointers, fmt.Sprintf("/earning/%d/if/stores/%d", i, j))
		}
	}
	if codes == nil {
		return nil
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT named.code, named.pointer FROM unnest($2::text[], $3::text[]) named (code, pointer)
		WHERE NOT EXISTS (SELECT FROM stores s WHERE s.merchant_id = $1 AND s.code = named.code)`, tx.MerchantID(), codes, pointers)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var code, pointer string
		if err := rows.Scan(&code, &pointer); err != nil {
			return err
		}
		faults.Add(pointer, "unknown_store", map[string]any{"code": code})
	}
	return rows.Err()
}
