package programs

import (
	"context"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/terms"
)

// FirstCode is the code of the programme that a shop makes on its screens.
const FirstCode = "shop"

// Desk is what lies open for editing: the shop's programme, its draft, and what was promised before.
type Desk struct {
	Program  models.Program // ID 0: none is made yet, the draft is what a shop of this trade usually starts with
	Revision int            // of the draft; 0: none is kept
	Draft    terms.Terms
	Versions []models.ProgramVersion // the newest first
	Running  *models.ProgramVersion  // in force now; nil before the first start
	Changed  bool                    // the draft differs from the newest version
}

// Open reads the desk of the shop's oldest running programme.
func Open(tx *store.Tx) (d Desk, err error) {
	d.Program, err = Find(tx, "")
	if models.KindOf(err) == models.NotFound {
		d.Program.Code = FirstCode
		d.Draft, err = usual(tx)
		return d, err
	}
	if err != nil {
		return d, err
	}
	draft, err := Draft(tx, d.Program.ID)
	if err != nil {
		return d, err
	}
	d.Revision = draft.Revision
	if d.Draft, err = terms.Parse(draft.Document); err != nil {
		return d, err
	}
	if d.Versions, err = Versions(tx, d.Program.ID); err != nil {
		return d, err
	}
	d.Running, d.Changed = inForce(d.Versions, tx), len(d.Versions) == 0 || d.Versions[0].Hash != d.Draft.Hash()
	return d, nil
}

// usual is the programme with which a shop of the merchant's trade starts.
func usual(tx *store.Tx) (t terms.Terms, err error) {
	var trade models.Trade
	var ticket int64
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT trade, median_ticket FROM merchants WHERE id = $1`, tx.MerchantID()).Scan(&trade, &ticket)
	t = terms.Default(trade, ticket)
	t.Currency = tx.Merchant().Currency
	return t, err
}

// inForce finds the version that rules now: of those begun the last to begin, of two with one moment the later version.
func inForce(newestFirst []models.ProgramVersion, tx *store.Tx) (found *models.ProgramVersion) {
	for i := range newestFirst {
		v := &newestFirst[i]
		if !v.EffectiveFrom.After(tx.Now()) && (found == nil || v.EffectiveFrom.After(found.EffectiveFrom)) {
			found = v
		}
	}
	return found
}

// Revise keeps a document as the draft of the shop's programme and makes the programme where there is none. Errors: as
// SaveDraft and Create.
func Revise(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, revision int, document []byte) error {
	if err := mayEdit(actor); err != nil {
		return err
	}
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		program, err := Find(tx, "")
		if models.KindOf(err) == models.NotFound {
			_, err = CreateIn(tx, actor, FirstCode, document)
			return err
		}
		if err != nil {
			return err
		}
		_, err = SaveDraftIn(tx, actor, program.Code, revision, document)
		return err
	})
}

// Restore makes a published version the draft again, 0 the newest: what was edited is thrown away. Errors:
// models.NotFound, models.Forbidden.
func Restore(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, version int) error {
	if err := mayEdit(actor); err != nil {
		return err
	}
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		program, err := Find(tx, "")
		if err != nil {
			return err
		}
		all, err := Versions(tx, program.ID)
		if err != nil {
			return err
		}
		for _, v := range all {
			if version == 0 || v.Version == version {
				_, err := SaveDraftIn(tx, actor, program.Code, 0, v.Document)
				return err
			}
		}
		return models.ErrNotFound
	})
}
