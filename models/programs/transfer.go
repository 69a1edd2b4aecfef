package programs

import (
	"context"

	"dangol/models"
	"dangol/models/store"
)

// MaxDocument bounds a document, in bytes.
const MaxDocument = 256 << 10

// Export gives the newest published document of a programme, or its draft: what Apply takes in another shop. Errors:
// models.NotFound, also for a programme without a version.
func Export(ctx context.Context, db *store.DB, merchantID int64, code string, draft bool) (document []byte, err error) {
	err = store.ReadTx(ctx, db, merchantID, func(tx *store.Tx) error {
		p, err := Find(tx, code)
		if err != nil {
			return err
		}
		if draft {
			d, err := Draft(tx, p.ID)
			document = d.Document
			return err
		}
		return tx.PG().QueryRow(tx.Ctx(), `SELECT document FROM program_versions WHERE merchant_id = $1 AND program_id = $2
			ORDER BY version DESC LIMIT 1`, tx.MerchantID(), p.ID).Scan(&document)
	})
	return document, err
}

// Apply makes a document the draft of a programme, which is made if it is not there; made tells. Errors: models.Invalid
// with every fault by JSON pointer, among them the stores that this shop does not have; models.Forbidden.
func Apply(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, code string, document []byte) (made bool, err error) {
	err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		_, err := lock(tx, code)
		if made = models.KindOf(err) == models.NotFound; made {
			_, err = CreateIn(tx, actor, code, document)
			return err
		}
		if err == nil {
			err = mayEdit(actor)
		}
		if err == nil {
			_, err = SaveDraftIn(tx, actor, code, 0, document)
		}
		return err
	})
	return made, err
}
