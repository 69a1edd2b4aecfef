package programs

import (
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

const versionColumns = `v.merchant_id, v.program_id, v.version, v.document, v.hash, u.effective_from, u.as_if, u.tier_mapping, u.published_at, u.published_by
	FROM program_versions v JOIN publications u USING (merchant_id, program_id, version)
	WHERE v.merchant_id = $1 AND v.program_id = $2`

// Versions lists what was published, the newest first.
func Versions(tx *store.Tx, programID int64) ([]models.ProgramVersion, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+versionColumns+` ORDER BY v.version DESC`, tx.MerchantID(), programID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanVersion)
}

// Version reads one published version. Errors: models.NotFound.
func Version(tx *store.Tx, programID int64, version int) (models.ProgramVersion, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+versionColumns+` AND v.version = $3`, tx.MerchantID(), programID, version)
	if err != nil {
		return models.ProgramVersion{}, err
	}
	v, err := pgx.CollectExactlyOneRow(rows, scanVersion)
	return v, store.Translate(err)
}

func scanVersion(row pgx.CollectableRow) (v models.ProgramVersion, err error) {
	var mapping []byte
	err = row.Scan(&v.MerchantID, &v.ProgramID, &v.Version, &v.Document, &v.Hash, &v.EffectiveFrom, &v.AsIf, &mapping, &v.PublishedAt, &v.PublishedBy)
	if err == nil {
		err = json.Unmarshal(mapping, &v.TierMapping)
	}
	return v, err
}
