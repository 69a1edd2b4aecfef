package accrual

import (
	"dangol/models"
	"dangol/models/customers"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
)

// Enrol writes down a new customer and makes them a member of every running programme, as a counter or a shop does with
// somebody who asks to join. Errors: those of customers.Create; models.ErrClockMoving.
func Enrol(tx *store.Tx, actor models.Actor, params models.CustomerParams) (models.Customer, error) {
	if err := tx.Posting(); err != nil {
		return models.Customer{}, err
	}
	customer, err := customers.Create(tx, actor, params)
	if err != nil {
		return customer, err
	}
	return customer, Join(tx, customer.ID)
}

// Join makes a customer a member of every running programme; who is one already stays one.
func Join(tx *store.Tx, customerID int64) error {
	running, err := programs.Running(tx)
	if err != nil {
		return err
	}
	for _, program := range running {
		if err := ledger.Enrol(tx, program, ledger.Joining{CustomerID: customerID, At: tx.Now()}); err != nil {
			return err
		}
	}
	return nil
}
