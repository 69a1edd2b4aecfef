package staff

import (
	"context"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/messages"
	"dangol/models/people"
	"dangol/models/store"
)

// InviteParams are who is invited and as what.
type InviteParams struct {
	Email  string
	Name   string // "": they say it themselves; until then the address stands for it
	Locale string
	Params
}

// Invite adds somebody to the shop's staff and sends a one-time link by which they choose a password. Its token is given
// back too, for a shop that hands links over itself, but only for somebody who works nowhere else: who holds the link can
// become that person. Somebody who is invited and has not come yet is invited anew. It returns Invalid at "email", "role"
// or "stores", and Forbidden for a role above one's own.
func Invite(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, p InviteParams) (token string, err error) {
	email, err := people.Email(p.Email)
	if err != nil {
		return "", err
	}
	p.Email = email
	err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		if err := checkParams(tx, actor, &p.Params); err != nil {
			return err
		}
		person, err := findOrAdd(tx, p)
		if err != nil {
			return err
		}
		id, err := join(tx, actor, person, p.Params)
		if err != nil {
			return err
		}
		if token, err = people.NewLink(tx, people.InvitationLink, person.ID, merchantID); err != nil {
			return err
		}
		if err := tell(tx, actor, person, p.Role, token); err != nil {
			return err
		}
		if token, err = forInviter(tx, person, token); err != nil {
			return err
		}
		return audit.Record(tx, actor, "staff.invite", subject(id), p.Params)
	})
	return token, err
}

// forInviter gives the token if the inviter may have it.
func forInviter(tx *store.Tx, person *models.Person, token string) (string, error) {
	var isOnlyHere bool
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT count(*) = 1 FROM staff WHERE person_id = $1`, person.ID).Scan(&isOnlyHere)
	if err != nil || !isOnlyHere || person.PasswordHash != nil {
		return "", err
	}
	return token, nil
}

// findOrAdd gives the login of an address; who works in another shop already has one.
func findOrAdd(tx *store.Tx, p InviteParams) (*models.Person, error) {
	person, err := people.ByEmail(tx, p.Email)
	if err != nil || person != nil {
		return person, err
	}
	if p.Name == "" {
		p.Name = people.NameFrom(p.Email)
	}
	return people.Add(tx, people.NewPerson{Email: p.Email, Name: p.Name, Locale: p.Locale}, "")
}

// join makes the row that joins a person to the shop. Somebody without a password has not come yet and is joined anew;
// anybody else who works here is "taken".
func join(tx *store.Tx, actor models.Actor, person *models.Person, p Params) (id int64, err error) {
	err = tx.PG().QueryRow(tx.Ctx(), `INSERT INTO staff AS f (merchant_id, person_id, role, store_ids, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, nullif($6, 0))
		ON CONFLICT ON CONSTRAINT staff_person_key DO UPDATE SET role = excluded.role, store_ids = excluded.store_ids, disabled_at = NULL
			WHERE $7 AND (f.role <> 'owner' OR $8)
		RETURNING f.id`,
		tx.MerchantID(), person.ID, p.Role, p.StoreIDs, tx.Wall(), actor.StaffID, person.PasswordHash == nil, actor.Role == models.Owner).Scan(&id)
	if models.KindOf(store.Translate(err)) == models.NotFound {
		return 0, models.InvalidField("email", "taken", nil)
	}
	return id, err
}

func tell(tx *store.Tx, actor models.Actor, person *models.Person, role models.Role, token string) error {
	data := models.MessageData{Name: person.Name, Role: role, Token: token}
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT m.name, coalesce((SELECT p.name FROM staff f JOIN people p ON p.id = f.person_id
		WHERE f.merchant_id = $1 AND f.id = $2), m.name) FROM merchants m WHERE m.id = $1`, tx.MerchantID(), actor.StaffID).Scan(&data.Shop, &data.By)
	if err != nil {
		return err
	}
	_, err = messages.Enqueue(tx, messages.Params{
		Template: models.MessageInvitation, Recipient: person.Email, Locale: person.Locale, Data: data, Cause: messages.Once("invitation"),
	})
	return err
}

// AddNew makes a person with a password a member of staff, for the command line and the demo. It returns Invalid.
func AddNew(tx *store.Tx, person people.NewPerson, hash string, p Params) (*models.Person, error) {
	if err := checkParams(tx, models.Actor{Role: models.Owner}, &p); err != nil {
		return nil, err
	}
	made, err := people.ByEmail(tx, person.Email)
	if err != nil {
		return nil, err
	}
	if made == nil {
		if made, err = people.Add(tx, person, hash); err != nil {
			return nil, err
		}
	}
	_, err = join(tx, models.Actor{}, made, p)
	return made, err
}
