package people

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/limits"
	"dangol/models/messages"
	"dangol/models/store"
)

// RequestReset sends a link for a new password to a login's address. To whoever asks it answers the same whether there is
// such a login or not, nil; TooMany only for the address that the request comes from.
func RequestReset(ctx context.Context, db *store.DB, text string, from Origin) error {
	email, err := Email(text)
	if err != nil {
		return err
	}
	asking := &try{taken: []limits.Claim{{Limit: resetsFrom, Subject: limits.Subnet(from.Address)}}}
	if err := asking.count(ctx, db); err != nil {
		return err
	}
	asked := &try{taken: []limits.Claim{{Limit: resets, Subject: email}}}
	err = asked.count(ctx, db)
	if models.KindOf(err) == models.TooMany {
		return nil // enough mails are on their way to this address
	}
	if err != nil {
		return err
	}
	return sendReset(ctx, db, email)
}

func sendReset(ctx context.Context, db *store.DB, email string) error {
	person, err := personBy(ctx, db, email)
	if err != nil || person == nil {
		return err
	}
	shops, err := Shops(ctx, db, person.ID)
	if err != nil || len(shops) == 0 {
		return err
	}
	return store.InTx(ctx, db, shops[0].MerchantID, func(tx *store.Tx) error {
		token, err := NewLink(tx, ResetLink, person.ID, shops[0].MerchantID)
		if err != nil {
			return err
		}
		_, err = messages.Enqueue(tx, messages.Params{
			Template: models.MessageReset, Recipient: person.Email, Locale: person.Locale,
			Data: models.MessageData{Name: person.Name, Shop: shops[0].Name, Token: token}, Cause: messages.Once("reset"),
		})
		return err
	})
}

// NewReset makes a reset link for the command line and gives its token. It returns NotFound or Invalid.
func NewReset(ctx context.Context, db *store.DB, email string) (token string, err error) {
	person, err := FindByEmail(ctx, db, email)
	if err != nil {
		return "", err
	}
	err = store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		token, err = NewLink(tx, ResetLink, person.ID, 0)
		return err
	})
	return token, err
}

// ChooseParams is what somebody gives who comes by a one-time link.
type ChooseParams struct {
	Kind     LinkKind // InvitationLink or ResetLink
	Token    string
	Name     string // with an invitation: how they want to be called; "" leaves it
	Password string
	From     Origin
}

// Choose sets the password of a one-time link's person, ends all their sessions and signs them in on this device. It
// returns NotFound (models.ErrBadLink), also for somebody who works nowhere any more, and Invalid at "name" or "password".
func Choose(ctx context.Context, db *store.DB, g *Guard, p ChooseParams) (*Entry, error) {
	link, err := FindLink(ctx, db, p.Kind, p.Token)
	if err != nil {
		return nil, err
	}
	person, err := scanPerson(db.Pool().QueryRow(ctx, selectPerson+`id = $1`, link.PersonID))
	if err != nil {
		return nil, err
	}
	if p.Kind == InvitationLink && person.PasswordHash != nil {
		return nil, models.ErrBadLink // who has a password signs in with it; see Accept
	}
	if p.Name != "" {
		if person.Name, err = Name(p.Name); err != nil {
			return nil, err
		}
	}
	hash, err := g.HashPassword(ctx, p.Password, person.Email, person.Name)
	if err != nil {
		return nil, err
	}
	return g.chosen(ctx, db, person, hash, p)
}

// Invited is what an invitation's page says.
type Invited struct {
	Shop  string
	Role  models.Role
	Known bool // has a password and signs in with it
}

// FindInvitation gives what an invitation is about. It returns NotFound (models.ErrBadLink).
func FindInvitation(ctx context.Context, db *store.DB, token string) (*Invited, error) {
	link, err := FindLink(ctx, db, InvitationLink, token)
	if err != nil {
		return nil, err
	}
	i := &Invited{}
	err = db.Pool().QueryRow(ctx, `SELECT m.name, f.role, p.password_hash IS NOT NULL
		FROM staff f JOIN merchants m ON m.id = f.merchant_id JOIN people p ON p.id = f.person_id
		WHERE f.merchant_id = $1 AND f.person_id = $2 AND f.disabled_at IS NULL`, link.MerchantID, link.PersonID).Scan(&i.Shop, &i.Role, &i.Known)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, models.ErrBadLink
	}
	return i, store.Translate(err)
}

// Accept uses up the invitation of somebody who has a password already; they sign in with it. It returns NotFound
// (models.ErrBadLink).
func Accept(ctx context.Context, db *store.DB, token string) error {
	return store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		_, err := useLink(tx, InvitationLink, token)
		return err
	})
}

func (g *Guard) chosen(ctx context.Context, db *store.DB, person *models.Person, hash string, p ChooseParams) (*Entry, error) {
	entry := &Entry{Person: *person}
	err := store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		link, err := useLink(tx, p.Kind, p.Token)
		if err != nil {
			return err
		}
		if err := setPassword(tx, person.ID, hash, ""); err != nil {
			return err
		}
		if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE people SET name = $2 WHERE id = $1`, person.ID, person.Name); err != nil {
			return err
		}
		changed := tx.Wall()
		entry.Person.PasswordChangedAt = &changed
		if person.SecondFactor { // a new password does not stand in for the code (ASVS 6.4.3)
			entry.Half = g.half(&entry.Person, changed)
			return nil
		}
		return enterShop(tx, entry, link.MerchantID, p.From)
	})
	if err != nil {
		return nil, err
	}
	if entry.Half == "" {
		entry.Device = g.device(&entry.Person, db.Wall())
	}
	return entry, nil
}

// enterShop starts a session in the link's shop, or in another where the person works.
func enterShop(tx *store.Tx, entry *Entry, merchantID int64, from Origin) error {
	shops, err := shopsOf(tx.Ctx(), tx.PG(), entry.Person.ID)
	if err != nil {
		return err
	}
	if len(shops) == 0 {
		return models.ErrBadLink
	}
	entry.Merchant = shops[0].MerchantID
	for _, shop := range shops {
		if shop.MerchantID == merchantID {
			entry.Merchant = merchantID
		}
	}
	entry.Token, err = startSession(tx, entry.Person.ID, entry.Merchant, from)
	return err
}
