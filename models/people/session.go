package people

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

// How long a session lasts without a request and at most. Owner and admin can change and see everything, so theirs is
// short; the others work at a counter that stays on through the day.
const (
	PowerIdle     = 30 * time.Minute
	PowerAbsolute = 12 * time.Hour
	ShopIdle      = 12 * time.Hour
	ShopAbsolute  = 7 * 24 * time.Hour

	// ConfirmedFor is how long a password that was given counts for what asks for it again.
	ConfirmedFor = 10 * time.Minute
)

// Lifetime gives the limits of a role's sessions.
func Lifetime(role models.Role) (idle, absolute time.Duration) {
	if role == models.Owner || role == models.Admin {
		return PowerIdle, PowerAbsolute
	}
	return ShopIdle, ShopAbsolute
}

// touchEvery is how often at most a session notes that it was seen: pages must not cost a write each.
const touchEvery = time.Minute

// Origin is where a request comes from, for limits and for the list of sessions.
type Origin struct {
	Address string // of the client, as the server trusts it
	Agent   string // User-Agent
}

// Session is one sign-in on one device.
type Session struct {
	ID        string // hex of the token's hash; it cannot be used to sign in
	PersonID  int64
	CreatedAt time.Time
	SeenAt    time.Time
	Address   string
	Agent     string

	ConfirmedAt *time.Time // when the password was last given in it; only FindSession reads it
}

// Confirmed says whether the password was given a short while ago.
func (s *Session) Confirmed(wall time.Time) bool {
	return s.ConfirmedAt != nil && wall.Sub(*s.ConfirmedAt) <= ConfirmedFor
}

// SignedIn is who makes a request: the session, the person, and what they are in the shop that they work in now.
type SignedIn struct {
	Session  Session
	Person   models.Person
	Staff    models.Staff
	Merchant models.Merchant
	Several  bool   // whether the person works in other shops too
	Data     []byte // what the handlers keep in the session
}

// startSession inserts a new session; it is the only place that does, so that a slow request can never revive one.
func startSession(tx *store.Tx, personID, merchantID int64, from Origin) (token string, err error) {
	token = newToken()
	_, err = tx.PG().Exec(tx.Ctx(), `INSERT INTO sessions (token_hash, person_id, merchant_id, created_at, seen_at, confirmed_at, address, agent)
		VALUES ($1, $2, $3, $4, $4, $4, $5, $6)`, HashToken(token), personID, merchantID, tx.Wall(), from.Address, clip(from.Agent, 300))
	return token, err
}

// Let lets somebody in who has just made the shop and this login, in the transaction that made them: their one-time link was
// the proof.
func (g *Guard) Let(tx *store.Tx, person *models.Person, merchantID int64, from Origin) (*Entry, error) {
	token, err := startSession(tx, person.ID, merchantID, from)
	return &Entry{Token: token, Device: g.device(person, tx.Wall()), Person: *person, Merchant: merchantID}, err
}

// StartSession signs a person in to a shop without a password, for tests and for what has another proof of who they are.
func StartSession(ctx context.Context, db *store.DB, personID, merchantID int64, from Origin) (token string, err error) {
	err = store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		token, err = startSession(tx, personID, merchantID, from)
		return err
	})
	return token, err
}

const findSession = `
	SELECT s.created_at, s.seen_at, s.confirmed_at, s.address, s.agent, s.data,
		(SELECT count(*) > 1 FROM staff o WHERE o.person_id = s.person_id AND o.disabled_at IS NULL),
		p.id, p.email, p.name, p.locale, p.theme, p.password_changed_at, p.second_factor IS NOT NULL,
		f.id, f.role, f.store_ids,
		m.id, m.name, m.trade, m.zone, m.currency, m.sandbox, m.demo, m.clock_at, m.clock_target, m.first_order_at,
		m.first_posting_at, m.median_ticket, m.margin_percent, m.settings, m.created_at
	FROM sessions s
	JOIN people p ON p.id = s.person_id
	JOIN merchants m ON m.id = s.merchant_id
	JOIN staff f ON f.merchant_id = s.merchant_id AND f.person_id = s.person_id AND f.disabled_at IS NULL
	WHERE s.token_hash = $1 AND s.revoked_at IS NULL`

// FindSession gives who is behind a token, as the rows say now: a disabled member of staff is signed out, another role
// holds at once. It returns Unauthorized (models.ErrSignedOut) for an unknown, ended or expired session.
func FindSession(ctx context.Context, db *store.DB, token string) (*SignedIn, error) {
	hash := HashToken(token)
	s := &SignedIn{Session: Session{ID: sessionID(token)}}
	p, f, m := &s.Person, &s.Staff, &s.Merchant
	err := db.Pool().QueryRow(ctx, findSession, hash).Scan(&s.Session.CreatedAt, &s.Session.SeenAt, &s.Session.ConfirmedAt, &s.Session.Address, &s.Session.Agent, &s.Data, &s.Several,
		&p.ID, &p.Email, &p.Name, &p.Locale, &p.Theme, &p.PasswordChangedAt, &p.SecondFactor,
		&f.ID, &f.Role, &f.StoreIDs,
		&m.ID, &m.Name, &m.Trade, &m.Zone, &m.Currency, &m.Sandbox, &m.Demo, &m.ClockAt, &m.ClockTarget, &m.FirstOrderAt,
		&m.FirstPostingAt, &m.MedianTicket, &m.MarginPercent, &m.Settings, &m.CreatedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, models.ErrSignedOut
	}
	if err != nil {
		return nil, store.Translate(err)
	}
	s.Session.PersonID, f.PersonID, f.MerchantID = p.ID, p.ID, m.ID
	if expired(&s.Session, f.Role, db.Wall()) {
		return nil, models.ErrSignedOut
	}
	return s, touch(ctx, db, hash, s.Session.SeenAt)
}

func expired(s *Session, role models.Role, now time.Time) bool {
	idle, absolute := Lifetime(role)
	return now.Sub(s.SeenAt) > idle || now.Sub(s.CreatedAt) > absolute
}

func touch(ctx context.Context, db *store.DB, hash []byte, seen time.Time) error {
	now := db.Wall()
	if now.Sub(seen) < touchEvery {
		return nil
	}
	_, err := db.Pool().Exec(ctx, `UPDATE sessions SET seen_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL AND seen_at < $2`, hash, now)
	return store.Translate(err)
}

// SaveSession keeps data in a session that lives. An ended one stays ended: this updates and never inserts.
func SaveSession(ctx context.Context, db *store.DB, token string, data []byte) error {
	_, err := db.Pool().Exec(ctx, `UPDATE sessions SET data = $2 WHERE token_hash = $1 AND revoked_at IS NULL`, HashToken(token), data)
	return store.Translate(err)
}

// EndSession ends the session of a token. Ending one that has ended is no error.
func EndSession(ctx context.Context, db *store.DB, token string) error {
	return store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), `UPDATE sessions SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL`, HashToken(token), tx.Wall())
		return err
	})
}

// EndSessionOf ends one session of a person by its id. It returns NotFound for another person's.
func EndSessionOf(ctx context.Context, db *store.DB, personID int64, id string) error {
	hash, err := hex.DecodeString(id)
	if err != nil {
		return models.ErrNotFound
	}
	return store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		tag, err := tx.PG().Exec(tx.Ctx(), `UPDATE sessions SET revoked_at = $3 WHERE token_hash = $1 AND person_id = $2 AND revoked_at IS NULL`,
			hash, personID, tx.Wall())
		if err == nil && tag.RowsAffected() == 0 {
			return models.ErrNotFound
		}
		return err
	})
}

// endSessions ends every session of a person but the one of the id keep ("": all), in the caller's transaction.
func endSessions(tx *store.Tx, personID int64, keep string) error {
	kept, err := hex.DecodeString(keep)
	if err != nil {
		return err
	}
	_, err = tx.PG().Exec(tx.Ctx(), `UPDATE sessions SET revoked_at = $3 WHERE person_id = $1 AND token_hash <> $2 AND revoked_at IS NULL`,
		personID, kept, tx.Wall())
	return err
}

// Sessions lists a person's living sessions, last seen first.
func Sessions(ctx context.Context, db *store.DB, personID int64) ([]Session, error) {
	rows, err := db.Pool().Query(ctx, `SELECT encode(s.token_hash, 'hex') AS id, s.created_at, s.seen_at, s.address, s.agent, f.role
		FROM sessions s JOIN staff f ON f.merchant_id = s.merchant_id AND f.person_id = s.person_id AND f.disabled_at IS NULL
		WHERE s.person_id = $1 AND s.revoked_at IS NULL ORDER BY s.seen_at DESC`, personID)
	if err != nil {
		return nil, store.Translate(err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (s roleSession, err error) {
		err = row.Scan(&s.ID, &s.CreatedAt, &s.SeenAt, &s.Address, &s.Agent, &s.role)
		s.PersonID = personID
		return s, err
	})
	now := db.Wall()
	list = slices.DeleteFunc(list, func(s roleSession) bool { return expired(&s.Session, s.role, now) })
	living := make([]Session, len(list))
	for i := range list {
		living[i] = list[i].Session
	}
	return living, store.Translate(err)
}

type roleSession struct {
	Session
	role models.Role
}

// rotate ends the session of a token and starts its successor under a new one, in the same shop or another. It returns
// Unauthorized if the session has ended meanwhile: a race with signing out is won by signing out.
func rotate(tx *store.Tx, token string, merchantID int64) (next string, err error) {
	next = newToken()
	tag, err := tx.PG().Exec(tx.Ctx(), `WITH ended AS (
			UPDATE sessions SET revoked_at = $3 WHERE token_hash = $1 AND revoked_at IS NULL RETURNING *)
		INSERT INTO sessions (token_hash, person_id, merchant_id, data, created_at, seen_at, confirmed_at, address, agent)
		SELECT $2, person_id, CASE WHEN $4 = 0 THEN merchant_id ELSE $4 END, data, created_at, $3, confirmed_at, address, agent FROM ended`,
		HashToken(token), HashToken(next), tx.Wall(), merchantID)
	if err == nil && tag.RowsAffected() == 0 {
		return "", models.ErrSignedOut
	}
	return next, err
}

// SwitchShop moves a session to another shop of the same person, under a new token. It returns NotFound for a shop in
// which the person does not work.
func SwitchShop(ctx context.Context, db *store.DB, token string, personID, merchantID int64) (next string, err error) {
	err = store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		shops, err := shopsOf(tx.Ctx(), tx.PG(), personID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(shops, func(s Shop) bool { return s.MerchantID == merchantID }) {
			return models.ErrNotFound
		}
		next, err = rotate(tx, token, merchantID)
		return err
	})
	return next, err
}

// Sweep deletes sessions, links and counters that can matter no more, and gives how many.
func Sweep(ctx context.Context, db *store.DB) (int64, error) {
	var swept int64
	err := store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		for _, old := range []struct {
			sql   string
			older time.Duration
		}{
			{`DELETE FROM sessions WHERE seen_at < $1`, ShopAbsolute},
			{`DELETE FROM links WHERE expires_at < $1`, 30 * 24 * time.Hour},
			{`DELETE FROM attempts WHERE window_at < $1`, 24 * time.Hour},
		} {
			tag, err := tx.PG().Exec(tx.Ctx(), old.sql, tx.Wall().Add(-old.older))
			if err != nil {
				return err
			}
			swept += tag.RowsAffected()
		}
		return nil
	})
	return swept, err
}

// clip keeps what fits of a text from outside, and only what is text.
func clip(s string, n int) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return s
}
