package ledger

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

// People are customers who are looked for and locked together, whatever they are called by, for who writes their orders:
// Queue puts that into a batch, and what the batch loads after it may ask for Noted.
type People struct {
	ids                       []int64
	externals, phones, emails []string
	found                     map[models.CustomerRef]int64
}

// Noted are the memberships, of those that have not ended, of the people whom a transaction has locked.
var Noted = noted()

func noted() Who {
	who := ofCustomers("unnest(string_to_array(current_setting($2), ',')::bigint[])")
	who.few, who.arg = true, "dangol.people"
	return who
}

// Add looks for somebody as well. Errors: models.Invalid at "customer" for a reference that cannot be read.
func (p *People) Add(ref models.CustomerRef) error {
	ref, err := stored(ref)
	switch {
	case err != nil:
		return err
	case ref.ID != 0:
		p.ids = append(p.ids, ref.ID)
	case ref.ExternalID != "":
		p.externals = append(p.externals, ref.ExternalID)
	case ref.Phone != "":
		p.phones = append(p.phones, ref.Phone)
	default:
		p.emails = append(p.emails, ref.Email)
	}
	return nil
}

// Queue puts the search into a batch. Who is found is locked, in the order of the ids.
func (p *People) Queue(batch *pgx.Batch, merchantID int64, lock Lock) {
	batch.Queue(peopleSQL[lock], merchantID, p.ids, p.externals, p.phones, p.emails).QueryRow(p.read)
}

// Look searches at once and locks nobody. Errors: models.Unavailable.
func (p *People) Look(ctx context.Context, db *store.DB, merchantID int64) error {
	return store.Translate(p.read(db.Pool().QueryRow(ctx, peopleSQL[look], merchantID, p.ids, p.externals, p.phones, p.emails)))
}

func (p *People) read(row pgx.Row) error {
	var locked, heirs, ids []int64
	var externals, phones, emails []string
	var moved bool
	if err := row.Scan(&locked, &heirs, &ids, &externals, &phones, &emails, &moved, nil); err != nil {
		return err
	}
	if moved {
		return store.ErrAgain
	}
	p.found = map[models.CustomerRef]int64{}
	for _, id := range locked {
		p.found[models.CustomerRef{ID: id}] = id
	}
	for i, heir := range heirs {
		if p.found[models.CustomerRef{ID: heir}] == 0 {
			continue
		}
		for _, ref := range []models.CustomerRef{{ID: ids[i]}, {ExternalID: externals[i]}, {Phone: phones[i]}, {Email: emails[i]}} {
			p.found[ref] = heir
		}
	}
	return nil
}

// Find gives the id of somebody who was looked for, or of the one who goes on in their place, 0 if nobody is called so or, with Skip, somebody else holds the row.
func (p *People) Find(ref models.CustomerRef) int64 {
	ref, err := stored(ref)
	if err != nil || ref == (models.CustomerRef{}) {
		return 0
	}
	return p.found[ref]
}

var peopleSQL = map[Lock]string{Wait: lockPeople(Wait), Skip: lockPeople(Skip), look: lockPeople(look)}

func lockPeople(lock Lock) string {
	return strings.ReplaceAll(query("lock_people"), "{lock}", string(lock))
}

// stored is a reference as customers' rows spell it, by the first thing that it names. Errors: models.Invalid.
func stored(ref models.CustomerRef) (models.CustomerRef, error) {
	var ok bool
	switch {
	case ref.ID != 0:
		return models.CustomerRef{ID: ref.ID}, nil
	case ref.ExternalID != "":
		return models.CustomerRef{ExternalID: ref.ExternalID}, nil
	case ref.Phone != "":
		if ref.Phone, ok = models.NormalPhone(ref.Phone); !ok {
			return ref, models.InvalidField("customer", "bad_phone", nil)
		}
		return models.CustomerRef{Phone: ref.Phone}, nil
	}
	if ref.Email, ok = models.NormalEmail(ref.Email); !ok {
		return ref, models.InvalidField("customer", "bad_email", nil)
	}
	return models.CustomerRef{Email: ref.Email}, nil
}
