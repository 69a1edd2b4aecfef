package store

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"dangol/models"
)

const byKey = "merchant_id = ? AND id = ?"

// Find reads the merchant's row of that id. Errors: models.NotFound, also for another merchant's row.
func Find[T any](tx *Tx, id int64) (T, error) {
	return gorm.G[T](tx.Gorm()).Where(byKey, tx.MerchantID(), id).Take(tx.ctx)
}

// Lock is Find for a row that is about to be changed: others wait for it until the transaction ends.
func Lock[T any](tx *Tx, id int64) (T, error) {
	return gorm.G[T](tx.Gorm(), clause.Locking{Strength: "UPDATE"}).Where(byKey, tx.MerchantID(), id).Take(tx.ctx)
}

// Create inserts the row; the caller has set its MerchantID, the database sets its ID.
func Create[T any](tx *Tx, row *T) error {
	return gorm.G[T](tx.Gorm()).Create(tx.ctx, row)
}

// Update sets the given columns of the merchant's row of that id. Columns are named, so that a zero value is written as
// well. Errors: models.NotFound.
func Update[T any](tx *Tx, id int64, columns map[string]any) error {
	return touched(tx.Gorm().Model(new(T)).Where(byKey, tx.MerchantID(), id).Updates(columns))
}

// Delete removes the merchant's row of that id. Errors: models.NotFound.
func Delete[T any](tx *Tx, id int64) error {
	return touched(tx.Gorm().Where(byKey, tx.MerchantID(), id).Delete(new(T)))
}

func touched(result *gorm.DB) error {
	if result.Error == nil && result.RowsAffected == 0 {
		return models.ErrNotFound
	}
	return result.Error
}
