// Package programs keeps what a merchant promises: programmes, the draft of each, and the versions that were published.
// A version is an immutable document; Timeline gives all versions of a programme compiled, which is what the ledger's
// callers run.
package programs

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
)

// Create makes a programme with its first draft. Errors: models.Invalid for a bad or taken code and for every fault of
// the document, models.Forbidden.
func Create(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, code string, document []byte) (p models.Program, err error) {
	err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		p, err = CreateIn(tx, actor, code, document)
		return err
	})
	return p, err
}

// CreateIn is Create in a transaction of the caller, such as the wizard's.
func CreateIn(tx *store.Tx, actor models.Actor, code string, document []byte) (p models.Program, err error) {
	if err := mayEdit(actor); err != nil {
		return p, err
	}
	t, err := parse(tx, document)
	if err != nil {
		return p, err
	}
	p = models.Program{MerchantID: tx.MerchantID(), Code: code, CreatedAt: tx.Now()}
	err = tx.PG().QueryRow(tx.Ctx(), `INSERT INTO programs (merchant_id, code, created_at) VALUES ($1, $2, $3) RETURNING id`,
		p.MerchantID, p.Code, p.CreatedAt).Scan(&p.ID)
	if store.Constraint(err) == "programs_code_check" {
		return p, models.InvalidField("code", "bad_code", nil)
	}
	if err != nil {
		return p, store.Translate(err)
	}
	if err := insertDraft(tx, p.ID, t.Encode(), actor); err != nil {
		return p, err
	}
	return p, audit.Record(tx, actor, "program.create", subject(p.Code), map[string]any{"hash": t.Hash()})
}

const columns = `merchant_id, id, code, created_at, ended_at`

// Find reads a programme by its code; no code stands for the shop's oldest running one. Errors: models.NotFound.
func Find(tx *store.Tx, code string) (models.Program, error) {
	return one(tx, `SELECT `+columns+` FROM programs WHERE merchant_id = $1 AND (code = $2 OR ($2 = '' AND ended_at IS NULL))
		ORDER BY id LIMIT 1`, code)
}

// lock is Find for whoever writes a draft or a version: others wait.
func lock(tx *store.Tx, code string) (models.Program, error) {
	return one(tx, `SELECT `+columns+` FROM programs WHERE merchant_id = $1 AND code = $2 FOR UPDATE`, code)
}

func one(tx *store.Tx, query, code string) (models.Program, error) {
	rows, err := tx.PG().Query(tx.Ctx(), query, tx.MerchantID(), code)
	if err != nil {
		return models.Program{}, store.Translate(err)
	}
	p, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[models.Program])
	return p, store.Translate(err)
}

// List reads the shop's programmes, the oldest first.
func List(tx *store.Tx) ([]models.Program, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+columns+` FROM programs WHERE merchant_id = $1 ORDER BY id`, tx.MerchantID())
	if err != nil {
		return nil, store.Translate(err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[models.Program])
}

// mayEdit: marketers draft as well. A key's scope was checked at its route, and the program itself may.
func mayEdit(actor models.Actor) error {
	if actor.StaffID != 0 && !actor.Role.MayPublish() && actor.Role != models.Marketer {
		return models.ErrForbidden
	}
	return nil
}

func subject(code string) string { return fmt.Sprintf("program:%s", code) }
