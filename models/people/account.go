package people

import (
	"context"

	"dangol/models"
	"dangol/models/limits"
	"dangol/models/messages"
	"dangol/models/store"
)

// ChangeParams is what somebody gives who changes their own password.
type ChangeParams struct {
	Token    string // of the session in which it happens
	Current  string
	Password string
	EndOther bool // whether the person's other sessions end as well
}

// ChangePassword sets a person's new password after checking the present one, gives the session a new token, and the
// device a new mark. It returns Invalid at "current" or "password", TooMany, Unauthorized if the session has ended.
func ChangePassword(ctx context.Context, db *store.DB, g *Guard, who *SignedIn, p ChangeParams) (*Entry, error) {
	if err := Confirm(ctx, db, g, who, p.Current); err != nil {
		return nil, err
	}
	hash, err := g.HashPassword(ctx, p.Password, who.Person.Email, who.Person.Name, who.Merchant.Name)
	if err != nil {
		return nil, err
	}
	entry := &Entry{Person: who.Person, Merchant: who.Merchant.ID}
	err = store.InTx(ctx, db, who.Merchant.ID, func(tx *store.Tx) error {
		if entry.Token, err = rotate(tx, p.Token, 0); err != nil {
			return err
		}
		if err := storeChange(tx, who, hash, p.EndOther, entry.Token); err != nil {
			return err
		}
		changed := tx.Wall()
		entry.Person.PasswordChangedAt = &changed
		return notify(tx, who.Person)
	})
	entry.Device = g.device(&entry.Person, db.Wall())
	return entry, err
}

func storeChange(tx *store.Tx, who *SignedIn, hash string, endOther bool, token string) error {
	if endOther {
		return setPassword(tx, who.Person.ID, hash, sessionID(token))
	}
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE people SET password_hash = $2, password_changed_at = $3 WHERE id = $1`, who.Person.ID, hash, tx.Wall())
	return err
}

// notify tells a person by mail that the password has changed, in case it was somebody else (ASVS 6.3.7).
func notify(tx *store.Tx, p models.Person) error {
	_, err := messages.Enqueue(tx, messages.Params{
		Template: models.MessagePasswordChanged, Recipient: p.Email, Locale: p.Locale,
		Data: models.MessageData{Name: p.Name}, Cause: messages.Once("password_changed"),
	})
	return err
}

// Confirm checks the password of somebody who is signed in, before what must not happen on a screen left open. Tries are
// limited as on a known device. It returns Invalid at "current", or TooMany.
func Confirm(ctx context.Context, db *store.DB, g *Guard, who *SignedIn, password string) error {
	person, err := scanPerson(db.Pool().QueryRow(ctx, selectPerson+`id = $1`, who.Person.ID))
	if err != nil {
		return err
	}
	t := &try{taken: []limits.Claim{{Limit: perDevice, Subject: "session:" + who.Session.ID}}}
	if err := t.count(ctx, db); err != nil {
		return err
	}
	right, err := g.hasher.verify(ctx, person.PasswordHash, password, true)
	if err != nil {
		return err
	}
	if !right {
		return models.InvalidField("current", "wrong_password", nil)
	}
	return store.InGlobalTx(ctx, db, func(tx *store.Tx) error { return perDevice.GiveBack(tx, t.taken[0].Subject) })
}

// Reconfirm is Confirm that the session remembers, for ConfirmedFor. Errors: as Confirm.
func Reconfirm(ctx context.Context, db *store.DB, g *Guard, who *SignedIn, token, password string) error {
	if err := Confirm(ctx, db, g, who, password); err != nil {
		return err
	}
	_, err := db.Pool().Exec(ctx, `UPDATE sessions SET confirmed_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL`, HashToken(token), db.Wall())
	return store.Translate(err)
}

// SetTaste stores how a person wants the screens: language ("ko", "en") and theme ("system", "light", "dark"); "" leaves
// one as it is. It returns Invalid.
func SetTaste(ctx context.Context, db *store.DB, personID int64, locale, theme string) error {
	if err := CheckTaste(locale, theme); err != nil {
		return err
	}
	_, err := db.Pool().Exec(ctx, `UPDATE people SET locale = coalesce(nullif($2, ''), locale), theme = coalesce(nullif($3, ''), theme) WHERE id = $1`,
		personID, locale, theme)
	return store.Translate(err)
}

// CheckTaste returns Invalid at "locale" or "theme" for what SetTaste would not store.
func CheckTaste(locale, theme string) error {
	var faults models.Faults
	if locale != "" && locale != "ko" && locale != "en" {
		faults.Add("locale", "invalid", nil)
	}
	if theme != "" && theme != "system" && theme != "light" && theme != "dark" {
		faults.Add("theme", "invalid", nil)
	}
	return faults.Err()
}
