package customers

import (
	"fmt"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
)

// Reveal gives a customer's whole number, and notes who has asked for it. Errors: models.NotFound.
func Reveal(tx *store.Tx, actor models.Actor, id int64) (phone string, err error) {
	customer, err := FindOwn(tx, actor, id)
	if err != nil {
		return "", err
	}
	if customer.Phone != nil {
		phone = *customer.Phone
	}
	return phone, audit.Record(tx, actor, "customer.phone", fmt.Sprintf("customer:%d", id), nil)
}

// FindOwn is Find for an actor who is bound to stores: a customer of another store is not found.
func FindOwn(tx *store.Tx, actor models.Actor, id int64) (models.Customer, error) {
	customer, err := Find(tx, id)
	if err == nil && !actor.Serves(customer.StoreID) {
		err = models.ErrNotFound
	}
	return customer, err
}
