package accrual

import (
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/consents"
	"dangol/models/customers"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Enrol writes down a new customer and makes them a member of every running programme, as a counter or a shop does with
// somebody who asks to join, and writes down what they agreed to. Errors: those of customers.Create and
// models.Agreement.Consents; models.ErrClockMoving.
func Enrol(tx *store.Tx, actor models.Actor, params models.CustomerParams) (models.Customer, error) {
	if err := tx.Posting(); err != nil {
		return models.Customer{}, err
	}
	answers, err := agreed(params.Agreed)
	if err != nil {
		return models.Customer{}, err
	}
	customer, err := customers.Create(tx, actor, params)
	if err != nil {
		return customer, err
	}
	if err := consents.Record(tx, actor, customer.ID, answers); err != nil {
		return customer, err
	}
	return customer, Join(tx, customer.ID)
}

func agreed(a *models.Agreement) ([]models.ConsentParams, error) {
	if a == nil {
		return nil, nil
	}
	return a.Consents()
}

// Join makes a customer a member of every running programme; who is one already stays one.
func Join(tx *store.Tx, customerID int64) error {
	running, err := programs.Running(tx)
	if err != nil {
		return err
	}
	for _, program := range running {
		joined, err := ledger.Enrol(tx, program, ledger.Joining{CustomerID: customerID, At: tx.Now()})
		if err != nil {
			return err
		}
		inForce := program.Timeline.At(tx.Now())
		if !joined || inForce == nil || !inForce.Asks(terms.OnEnrolment) {
			continue
		}
		m, err := ledger.LoadOne(tx, program, ledger.Of(models.CustomerRef{ID: customerID}))
		if err != nil {
			return err
		}
		m.Settle(tx.Today())
		if err := ledger.Write(tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{welcome(m, inForce, tx.Now(), tx.Today())}}); err != nil {
			return err
		}
	}
	return nil
}

// welcome is what rules pay to somebody who joins.
func welcome(m *ledger.Member, program *terms.Program, at time.Time, day calendar.Date) terms.Outcome {
	return program.Happen(&m.Member, &terms.Happening{Source: "enrolment", Kind: terms.OnEnrolment, At: at, Day: day})
}
