package keys

import (
	"context"
	"errors"
	"strings"
	"time"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/together"
)

// touchEvery is how often at most a key notes that it was used: a till must not cost a write each time.
const touchEvery = time.Minute

// patience is how long a request waits for its key to be read.
const patience = 4 * time.Second

// Authenticate gives the key of a request. It returns Unauthorized (models.ErrBadKey) for an unknown or revoked one, and
// models.Unavailable.
func Authenticate(ctx context.Context, db *store.DB, text string) (*models.APIKey, error) {
	if !strings.HasPrefix(text, Prefix) {
		return nil, models.ErrBadKey
	}
	q := &question{hash: [32]byte(hash(text))}
	err := desk.Do(ctx, db, q)
	if err == nil {
		err = q.err
	}
	switch {
	case errors.Is(err, together.ErrCrowded):
		return nil, models.ErrUnavailable
	case err != nil:
		return nil, store.Translate(err)
	case q.key == nil:
		return nil, models.ErrBadKey
	}
	return q.key, touch(ctx, db, q.key)
}

// question is whose key this is.
type question struct {
	hash [32]byte
	key  *models.APIKey // nil: nobody's
	err  error
}

// desk is where requests that come at once have their keys read by one query. It begins when they have all come, so that
// a key that was revoked before opens nothing.
var desk = together.New(1, 64, patience, answer)

func answer(ctx context.Context, db *store.DB, questions []*question) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	hashes := make([][]byte, len(questions))
	for i, q := range questions {
		hashes[i] = q.hash[:]
	}
	found, err := find(ctx, db, hashes)
	for _, q := range questions {
		q.key, q.err = found[q.hash], err
	}
}

func find(ctx context.Context, db *store.DB, hashes [][]byte) (map[[32]byte]*models.APIKey, error) {
	rows, err := db.Pool().Query(ctx, `SELECT merchant_id, id, name, prefix, source, scopes, store_id, created_at, last_used_at, revoked_at, token_hash
		FROM api_keys WHERE token_hash = ANY ($1) AND revoked_at IS NULL`, hashes)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[[32]byte]*models.APIKey{}
	for rows.Next() {
		var token []byte
		k := &models.APIKey{}
		if err := rows.Scan(&k.MerchantID, &k.ID, &k.Name, &k.Prefix, &k.Source, &k.Scopes, &k.StoreID, &k.CreatedAt, &k.LastUsedAt, &k.RevokedAt, &token); err != nil {
			return nil, err
		}
		found[[32]byte(token)] = k
	}
	return found, rows.Err()
}

func touch(ctx context.Context, db *store.DB, k *models.APIKey) error {
	now := db.Wall()
	if k.LastUsedAt != nil && now.Sub(*k.LastUsedAt) < touchEvery {
		return nil
	}
	// of many requests at once one notes it, and nobody waits
	_, err := db.Pool().Exec(ctx, `UPDATE api_keys SET last_used_at = $3 WHERE merchant_id = $1 AND id =
		(SELECT id FROM api_keys WHERE merchant_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at <= $4) FOR NO KEY UPDATE SKIP LOCKED)`,
		k.MerchantID, k.ID, now, now.Add(-touchEvery))
	return store.Translate(err)
}
