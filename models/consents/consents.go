// Package consents writes down what customers agreed to and what they took back, and says what stands. A row is never
// changed: the last one of a kind and medium stands.
package consents

import (
	"strconv"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
)

// Record writes down answers of a customer, by the words of today. Errors: models.Invalid at "kind" or "medium".
func Record(tx *store.Tx, actor models.Actor, customerID int64, answers []models.ConsentParams) error {
	kinds, media, given := make([]string, len(answers)), make([]string, len(answers)), make([]bool, len(answers))
	for i, a := range answers {
		if err := a.Check(); err != nil {
			return err
		}
		kinds[i], media[i], given[i] = string(a.Kind), string(a.Medium), a.Given
	}
	source := actor.Source
	if source == "" {
		source = "counter"
	}
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO consents (merchant_id, customer_id, kind, medium, given, wording, channel, staff_id, at, recorded_at)
		SELECT $1, $2, a.kind, a.medium, a.given, $3, $4, nullif($5::bigint, 0), $6, $7
		FROM unnest($8::text[], $9::text[], $10::boolean[]) WITH ORDINALITY AS a (kind, medium, given, n) ORDER BY a.n`,
		tx.MerchantID(), customerID, models.ConsentWording, source, actor.StaffID, tx.Now(), tx.Wall(), kinds, media, given)
	return store.Translate(err)
}

// Change writes down that a customer agrees, or takes it back; an answer that stands already is not written again.
// The membership's own consent is not taken back here: that is leaving. Errors: models.NotFound; models.Invalid at "kind",
// "medium" or, for the night without text messages, "night".
func Change(tx *store.Tx, actor models.Actor, customerID int64, answer models.ConsentParams) error {
	if err := answer.Check(); err != nil {
		return err
	}
	if answer.Kind == models.ConsentMembership {
		return models.InvalidField("kind", "unknown", nil)
	}
	var id int64
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT id FROM customers WHERE merchant_id = $1 AND id = $2 FOR NO KEY UPDATE`, tx.MerchantID(), customerID).Scan(&id)
	if err != nil {
		return store.Translate(err)
	}
	standing, err := Standing(tx, customerID)
	if err != nil || standing.Has(answer.Kind, answer.Medium) == answer.Given {
		return err
	}
	if answer.Kind == models.ConsentNight && answer.Given && !standing.Has(models.ConsentAdvertising, models.BySMS) {
		return models.InvalidField("night", "night_alone", nil)
	}
	if err := Record(tx, actor, customerID, []models.ConsentParams{answer}); err != nil {
		return err
	}
	return audit.Record(tx, actor, "customer.consent", "customer:"+strconv.FormatInt(customerID, 10), answer)
}

// Stands is what a customer's last answers come to.
type Stands []models.Consent

// Has says whether the customer agrees to it now. Who was never asked does not.
func (s Stands) Has(kind models.ConsentKind, medium models.Medium) bool {
	for _, c := range s {
		if c.Kind == kind && c.Medium == medium {
			return c.Given
		}
	}
	return false
}

const columns = `id, kind, medium, given, wording, channel, staff_id, at`

// Standing reads the last answer of each kind and medium.
func Standing(tx *store.Tx, customerID int64) (Stands, error) {
	return read(tx, `SELECT DISTINCT ON (kind, medium) `+columns+` FROM consents WHERE merchant_id = $1 AND customer_id = $2
		ORDER BY kind, medium, id DESC`, customerID)
}

// History reads every answer, the newest first.
func History(tx *store.Tx, customerID int64, limit int) ([]models.Consent, error) {
	return read(tx, `SELECT `+columns+` FROM consents WHERE merchant_id = $1 AND customer_id = $2 ORDER BY id DESC LIMIT $3`, customerID, limit)
}

func read(tx *store.Tx, query string, args ...any) ([]models.Consent, error) {
	rows, err := tx.PG().Query(tx.Ctx(), query, append([]any{tx.MerchantID()}, args...)...)
	if err != nil {
		return nil, store.Translate(err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[models.Consent])
}
