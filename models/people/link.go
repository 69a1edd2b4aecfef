package people

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

// LinkKind is what a one-time link is for.
type LinkKind string

// The kinds of links.
const (
	SetupLink      LinkKind = "setup"      // makes the first shop and its owner
	InvitationLink LinkKind = "invitation" // a new member of staff chooses a password
	ResetLink      LinkKind = "reset"      // a forgotten password is chosen anew
)

// lasting is how long each kind of link can be used.
var lasting = map[LinkKind]time.Duration{SetupLink: 24 * time.Hour, InvitationLink: 7 * 24 * time.Hour, ResetLink: time.Hour}

// Link is a one-time link; its token is the part of the URL that nobody can guess.
type Link struct {
	Kind       LinkKind
	PersonID   int64 // 0 for a set-up link that nobody has begun with
	MerchantID int64
	ExpiresAt  time.Time
	UsedAt     *time.Time
}

// NewLink makes a one-time link in the caller's transaction and gives its token. An older unused link of the same kind for
// the same person stops working.
func NewLink(tx *store.Tx, kind LinkKind, personID, merchantID int64) (token string, err error) {
	if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE links SET expires_at = $3 WHERE kind = $1 AND person_id = $2 AND used_at IS NULL AND expires_at > $3`,
		kind, personID, tx.Wall()); err != nil {
		return "", err
	}
	token = newToken()
	_, err = tx.PG().Exec(tx.Ctx(), `INSERT INTO links (token_hash, kind, person_id, merchant_id, created_at, expires_at)
		VALUES ($1, $2, nullif($3, 0), nullif($4, 0), $5, $6)`,
		HashToken(token), kind, personID, merchantID, tx.Wall(), tx.Wall().Add(lasting[kind]))
	return token, err
}

// FindLink gives a link that can be used. It returns NotFound (models.ErrBadLink) for one that is unknown, used or expired.
func FindLink(ctx context.Context, db *store.DB, kind LinkKind, token string) (*Link, error) {
	link, err := scanLink(db.Pool().QueryRow(ctx, selectLink, HashToken(token), kind))
	if err == nil && (link.UsedAt != nil || !db.Wall().Before(link.ExpiresAt)) {
		return nil, models.ErrBadLink
	}
	return link, err
}

// BegunSetup gives the set-up link with which a shop was made: its owner goes on under it. It returns NotFound
// (models.ErrBadLink) for any other link.
func BegunSetup(ctx context.Context, db *store.DB, token string) (*Link, error) {
	link, err := scanLink(db.Pool().QueryRow(ctx, selectLink, HashToken(token), SetupLink))
	if err == nil && link.UsedAt == nil {
		return nil, models.ErrBadLink
	}
	return link, err
}

const selectLink = `SELECT kind, coalesce(person_id, 0), coalesce(merchant_id, 0), expires_at, used_at FROM links WHERE token_hash = $1 AND kind = $2`

func scanLink(row pgx.Row) (*Link, error) {
	l := &Link{}
	err := row.Scan(&l.Kind, &l.PersonID, &l.MerchantID, &l.ExpiresAt, &l.UsedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, models.ErrBadLink
	}
	return l, store.Translate(err)
}

// TakeSetup uses up a set-up link for the shop and the owner that were made with it, in the transaction that made them. It
// returns NotFound (models.ErrBadLink); of two who come at once one gets it.
func TakeSetup(tx *store.Tx, token string, personID, merchantID int64) error {
	tag, err := tx.PG().Exec(tx.Ctx(), `UPDATE links SET used_at = $2, person_id = $3, merchant_id = $4
		WHERE token_hash = $1 AND kind = 'setup' AND used_at IS NULL AND expires_at > $2`, HashToken(token), tx.Wall(), personID, merchantID)
	if err == nil && tag.RowsAffected() == 0 {
		return models.ErrBadLink
	}
	return err
}

// useLink marks a link as used, which succeeds once.
func useLink(tx *store.Tx, kind LinkKind, token string) (*Link, error) {
	return scanLink(tx.PG().QueryRow(tx.Ctx(), `UPDATE links SET used_at = $3 WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3
		RETURNING kind, coalesce(person_id, 0), coalesce(merchant_id, 0), expires_at, used_at`, HashToken(token), kind, tx.Wall()))
}
