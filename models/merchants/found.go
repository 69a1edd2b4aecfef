package merchants

import (
	"context"
	"errors"

	"dangol/models"
	"dangol/models/people"
	"dangol/models/store"
)

// FoundParams are what the first step of the set-up asks.
type FoundParams struct {
	Token    string // of the one-time link
	Shop     models.MerchantParams
	Email    string
	Password string
	Locale   string
	From     people.Origin
}

// Found makes the first shop with its owner by a one-time link, and lets the owner in. It returns Invalid with every fault
// of the form ("name", "trade", "ticket", "email", "password"), and NotFound (models.ErrBadLink), also for the second of
// two who come at once.
func Found(ctx context.Context, db *store.DB, g *people.Guard, p FoundParams) (entry *people.Entry, err error) {
	if _, err := people.FindLink(ctx, db, people.SetupLink, p.Token); err != nil {
		return nil, err
	}
	hash, err := p.check(ctx, g)
	if err != nil {
		return nil, err
	}
	err = store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		entry, err = p.found(tx, g, hash)
		return err
	})
	return entry, err
}

// check finds every fault before anything is made, the login's too.
func (p *FoundParams) check(ctx context.Context, g *people.Guard) (hash string, err error) {
	var faults models.Faults
	note := func(err error) {
		if fault, ok := errors.AsType[*models.Error](err); ok {
			faults = append(faults, fault.Fields...)
		}
	}
	_, shopErr := complete(p.Shop)
	note(shopErr)
	email, emailErr := people.Email(p.Email)
	note(emailErr)
	note(people.CheckPassword(p.Password, email, p.Shop.Name))
	if err := faults.Err(); err != nil {
		return "", err
	}
	return g.HashPassword(ctx, p.Password)
}

func (p *FoundParams) found(tx *store.Tx, g *people.Guard, hash string) (*people.Entry, error) {
	merchantID, err := Create(tx, p.Shop)
	if err != nil {
		return nil, err
	}
	person, err := people.Add(tx, people.NewPerson{Email: p.Email, Name: people.NameFrom(p.Email), Locale: p.Locale}, hash)
	if err != nil {
		return nil, err
	}
	if _, err := AddOwner(tx, merchantID, person.ID); err != nil {
		return nil, err
	}
	if err := people.TakeSetup(tx, p.Token, person.ID, merchantID); err != nil {
		return nil, err
	}
	return g.Let(tx, person, merchantID, p.From)
}
