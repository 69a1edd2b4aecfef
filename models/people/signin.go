package people

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/limits"
	"dangol/models/store"
)

// SignInParams is what somebody at the door gives.
type SignInParams struct {
	Email    string // as typed
	Password string
	Device   string // the mark of a known device, "" for none
	Token    string // of the session that the browser had before; it ends
	From     Origin
}

// Entry is what a browser gets that was let in: the token of a new session, and the mark of a known device.
type Entry struct {
	Token    string
	Device   string
	Person   models.Person
	Merchant int64
	Half     string // set instead of Token: the person owes the code of a second factor, see Second
}

// SignIn checks e-mail and password and starts a session in the shop where the person was last. It returns Unauthorized
// (models.ErrBadSignIn), which never says what was wrong, or that the person works nowhere; TooMany with the seconds to
// wait; Unavailable when too many sign in at once.
//
// Every try is counted before it is judged and given back when it was right. A known device has a count of its own and
// meets no other limit; strangers on an account with many failures wait longer and longer.
func SignIn(ctx context.Context, db *store.DB, g *Guard, p SignInParams) (*Entry, error) {
	email, err := Email(p.Email)
	if err != nil {
		email = "?" // counted and answered like any unknown login
	}
	person, err := personBy(ctx, db, email)
	if err != nil {
		return nil, err
	}
	try := g.try(db, email, person, p)
	if err := try.count(ctx, db); err != nil {
		return nil, err
	}
	if err := pause(ctx, g.slow(try.failures)); err != nil {
		return nil, err
	}
	right, err := g.hasher.verify(ctx, hashOf(person), p.Password, try.device != "")
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, models.ErrBadSignIn
	}
	return g.letIn(ctx, db, person, try, p)
}

func hashOf(p *models.Person) *string {
	if p == nil {
		return nil
	}
	return p.PasswordHash
}

// try is one attempt to sign in and the limits that it counts against.
type try struct {
	device   string // id of a known device
	taken    []limits.Claim
	failures int // on the account, from everywhere unknown
}

func (g *Guard) try(db *store.DB, email string, person *models.Person, p SignInParams) *try {
	t := &try{}
	if person != nil {
		t.device = g.knows(p.Device, person, db.Wall())
	}
	if t.device != "" {
		t.taken = []limits.Claim{{Limit: perDevice, Subject: t.device}}
		return t
	}
	place := limits.Subnet(p.From.Address)
	t.taken = []limits.Claim{{Limit: perAddress, Subject: place}, {Limit: perPlace, Subject: email + " " + place}, {Limit: perAccount, Subject: email}}
	return t
}

func (t *try) count(ctx context.Context, db *store.DB) error {
	var exceeded error
	err := store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		exceeded = nil
		for _, one := range t.taken {
			count, err := one.Limit.Take(tx, one.Subject, 1)
			if models.KindOf(err) == models.TooMany {
				exceeded = err // what was counted stays counted
				return nil
			}
			if err != nil {
				return err
			}
			if one.Limit.Scope == perAccount.Scope {
				t.failures = count
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return exceeded
}

func pause(ctx context.Context, d time.Duration) error {
	if d == 0 {
		return nil
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// letIn starts the session under a new token and ends the one that the browser had.
func (g *Guard) letIn(ctx context.Context, db *store.DB, person *models.Person, t *try, p SignInParams) (*Entry, error) {
	renewed := ""
	if g.hasher.outdated(*person.PasswordHash) {
		var err error
		if renewed, err = g.hasher.hash(ctx, p.Password); err != nil {
			return nil, err
		}
	}
	entry := &Entry{Person: *person, Device: g.device(person, db.Wall())}
	if person.SecondFactor {
		entry.Half, entry.Device = g.half(person, db.Wall()), "" // a device is known once the code was right, too
	}
	err := store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		for _, one := range t.taken {
			if err := one.Limit.GiveBack(tx, one.Subject); err != nil {
				return err
			}
		}
		if err := renewHash(tx, person, renewed); err != nil {
			return err
		}
		if entry.Half != "" {
			return nil
		}
		return enter(tx, entry, p)
	})
	if err != nil {
		return nil, err
	}
	return entry, nil
}

func enter(tx *store.Tx, entry *Entry, p SignInParams) error {
	shops, err := shopsOf(tx.Ctx(), tx.PG(), entry.Person.ID)
	if err != nil {
		return err
	}
	if len(shops) == 0 {
		return models.ErrBadSignIn
	}
	if p.Token != "" {
		if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE sessions SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL`,
			HashToken(p.Token), tx.Wall()); err != nil {
			return err
		}
	}
	entry.Merchant = shops[0].MerchantID
	entry.Token, err = startSession(tx, entry.Person.ID, entry.Merchant, p.From)
	return err
}

// renewHash stores the hash under today's parameters, unless the password was changed meanwhile.
func renewHash(tx *store.Tx, p *models.Person, hash string) error {
	if hash == "" {
		return nil
	}
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE people SET password_hash = $2 WHERE id = $1 AND password_hash = $3`, p.ID, hash, *p.PasswordHash)
	return err
}

const selectPerson = `SELECT id, email, name, password_hash, password_changed_at, locale, theme, created_at, second_factor IS NOT NULL FROM people WHERE `

// personBy gives the person of an e-mail address, nil if there is none.
func personBy(ctx context.Context, db *store.DB, email string) (*models.Person, error) {
	p, err := scanPerson(db.Pool().QueryRow(ctx, selectPerson+`email = $1`, email))
	if models.KindOf(err) == models.NotFound {
		return nil, nil
	}
	return p, err
}

// ByEmail gives the person of an address, nil if there is none, in the caller's transaction. It returns Invalid.
func ByEmail(tx *store.Tx, text string) (*models.Person, error) {
	email, err := Email(text)
	if err != nil {
		return nil, err
	}
	p, err := scanPerson(tx.PG().QueryRow(tx.Ctx(), selectPerson+`email = $1`, email))
	if models.KindOf(err) == models.NotFound {
		return nil, nil
	}
	return p, err
}

// FindByEmail gives the person of an address, however it is written. It returns NotFound or Invalid.
func FindByEmail(ctx context.Context, db *store.DB, text string) (*models.Person, error) {
	email, err := Email(text)
	if err != nil {
		return nil, err
	}
	return scanPerson(db.Pool().QueryRow(ctx, selectPerson+`email = $1`, email))
}

func scanPerson(row pgx.Row) (*models.Person, error) {
	p := &models.Person{}
	err := row.Scan(&p.ID, &p.Email, &p.Name, &p.PasswordHash, &p.PasswordChangedAt, &p.Locale, &p.Theme, &p.CreatedAt, &p.SecondFactor)
	if err != nil {
		return nil, store.Translate(err)
	}
	return p, nil
}

// Shop is a shop in which a person works.
type Shop struct {
	MerchantID int64
	Name       string
	Role       models.Role
	Sandbox    bool
}

// Shops lists the shops in which a person works, that of the latest session first.
func Shops(ctx context.Context, db *store.DB, personID int64) ([]Shop, error) {
	shops, err := shopsOf(ctx, db.Pool(), personID)
	return shops, store.Translate(err)
}

type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func shopsOf(ctx context.Context, q querier, personID int64) ([]Shop, error) {
	rows, err := q.Query(ctx, `SELECT f.merchant_id, m.name, f.role, m.sandbox
		FROM staff f JOIN merchants m ON m.id = f.merchant_id
		WHERE f.person_id = $1 AND f.disabled_at IS NULL
		ORDER BY (SELECT max(s.seen_at) FROM sessions s WHERE s.person_id = $1 AND s.merchant_id = f.merchant_id) DESC NULLS LAST, f.merchant_id`, personID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Shop])
}
