package people

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dangol/models"
	"dangol/models/store"
)

// NewPerson is a login to be made.
type NewPerson struct {
	Email    string // as typed
	Name     string
	Locale   string // "ko" or "en"
	Password string // "" for somebody who chooses it by an invitation
}

// Add makes a login in the caller's transaction; hash is "" for somebody who has still to choose a password. It returns
// Invalid at "email" or "name"; "taken" if the address has a login.
func Add(tx *store.Tx, p NewPerson, hash string) (*models.Person, error) {
	email, name, err := p.check()
	if err != nil {
		return nil, err
	}
	person := &models.Person{Email: email, Name: name, Locale: p.locale(), Theme: "system", CreatedAt: tx.Wall()}
	if hash != "" {
		at := tx.Wall()
		person.PasswordHash, person.PasswordChangedAt = &hash, &at
	}
	err = tx.PG().QueryRow(tx.Ctx(), `INSERT INTO people (email, name, password_hash, password_changed_at, locale, theme, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		email, name, person.PasswordHash, person.PasswordChangedAt, person.Locale, person.Theme, person.CreatedAt).Scan(&person.ID)
	return person, err
}

func (p NewPerson) check() (email, name string, err error) {
	var faults models.Faults
	if email, err = Email(p.Email); err != nil {
		faults.Take(err)
	}
	if name, err = Name(p.Name); err != nil {
		faults.Take(err)
	}
	return email, name, faults.Err()
}

func (p NewPerson) locale() string {
	if p.Locale == "en" {
		return "en"
	}
	return "ko"
}

// Name brings a person's name into the form in which it is stored: composed, single spaces, nothing invisible. It returns
// Invalid at field "name" unless 1 to 60 characters are left.
func Name(text string) (string, error) {
	name := strings.Join(strings.Fields(norm.NFC.String(text)), " ")
	switch {
	case name == "":
		return "", models.InvalidField("name", "required", nil)
	case utf8.RuneCountInString(name) > 60:
		return "", models.InvalidField("name", "too_long", map[string]any{"limit": 60})
	case strings.ContainsFunc(name, isHidden):
		return "", models.InvalidField("name", "bad_text", nil)
	}
	return name, nil
}

// NameFrom is what somebody is called who has told only an address: the part before the @.
func NameFrom(email string) string {
	local, _, _ := strings.Cut(strings.TrimSpace(email), "@")
	return clip(local, 60)
}

func isHidden(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

// HashPassword checks a new password against the rules and gives its hash, to be stored by Add in the transaction that
// makes the person. It returns Invalid at "password" or Unavailable.
func (g *Guard) HashPassword(ctx context.Context, password string, own ...string) (string, error) {
	if err := CheckPassword(password, own...); err != nil {
		return "", err
	}
	return g.hasher.hash(ctx, password)
}

// setPassword stores a new hash. It ends every session of the person but the one of the id keep ("": all).
func setPassword(tx *store.Tx, personID int64, hash, keep string) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE people SET password_hash = $2, password_changed_at = $3 WHERE id = $1`, personID, hash, tx.Wall())
	if err != nil {
		return err
	}
	return endSessions(tx, personID, keep)
}
