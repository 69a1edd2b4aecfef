// Package keys makes, lists, revokes and checks the keys of tills and shops. A key is shown once; its sha256 is stored.
package keys

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
)

// Prefix begins every key, so that a scanner finds one that has strayed into a repository.
const Prefix = "dgl_"

// shown is how much of a key a list shows: enough to tell keys apart, nothing to guess by.
const shown = len(Prefix) + 6

// Params describe a key to be made.
type Params struct {
	Name    string
	Source  string // whose order numbers these are: "pos", "cafe24"
	Scopes  []models.Scope
	StoreID int64 // 0: no store of its own
}

var sourceForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,31}$`)

func (p *Params) check() error {
	p.Name, p.Source = strings.TrimSpace(p.Name), strings.TrimSpace(p.Source)
	var faults models.Faults
	switch n := utf8.RuneCountInString(p.Name); {
	case n == 0:
		faults.Add("name", "required", nil)
	case n > 60:
		faults.Add("name", "too_long", map[string]any{"limit": 60})
	}
	if !sourceForm.MatchString(p.Source) {
		faults.Add("source", "bad_source", nil)
	}
	if len(p.Scopes) == 0 {
		faults.Add("scopes", "required", nil)
	}
	for _, scope := range p.Scopes {
		if !slices.Contains(models.Scopes, scope) {
			faults.Add("scopes", "invalid", nil)
		}
	}
	return faults.Err()
}

// Make makes a key and gives its text, which nobody can read again. It returns Invalid at "name", "source", "scopes" or
// "store".
func Make(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, p Params) (text string, key *models.APIKey, err error) {
	if err := p.check(); err != nil {
		return "", nil, err
	}
	text = newText()
	err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		if key, err = insert(tx, actor, p, text); err != nil {
			return err
		}
		return audit.Record(tx, actor, "key.make", fmt.Sprintf("key:%d", key.ID), p)
	})
	if store.Constraint(err) == "api_keys_merchant_id_store_id_fkey" {
		err = models.InvalidField("store", "not_found", nil)
	}
	return text, key, err
}

func newText() string {
	b := make([]byte, 32)
	rand.Read(b)
	return Prefix + base64.RawURLEncoding.EncodeToString(b)
}

func hash(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

func insert(tx *store.Tx, actor models.Actor, p Params, text string) (*models.APIKey, error) {
	k := &models.APIKey{MerchantID: tx.MerchantID(), Name: p.Name, Prefix: text[:shown], Source: p.Source, Scopes: p.Scopes, CreatedAt: tx.Wall()}
	if p.StoreID != 0 {
		k.StoreID = &p.StoreID
	}
	err := tx.PG().QueryRow(tx.Ctx(), `INSERT INTO api_keys (token_hash, merchant_id, name, prefix, source, scopes, store_id, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, 0)) RETURNING id`,
		hash(text), k.MerchantID, k.Name, k.Prefix, k.Source, k.Scopes, k.StoreID, k.CreatedAt, actor.StaffID).Scan(&k.ID)
	return k, err
}

const selectKey = `SELECT merchant_id, id, name, prefix, source, scopes, store_id, created_at, last_used_at, revoked_at FROM api_keys `

// List gives a shop's keys, the working ones first, then the newest.
func List(ctx context.Context, db *store.DB, merchantID int64) ([]models.APIKey, error) {
	rows, err := db.Pool().Query(ctx, selectKey+`WHERE merchant_id = $1 ORDER BY revoked_at IS NOT NULL, created_at DESC, id DESC`, merchantID)
	if err != nil {
		return nil, store.Translate(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[models.APIKey])
	return list, store.Translate(err)
}

// Revoke ends a key; its next request is refused. It returns NotFound. Revoking one that is revoked changes nothing.
func Revoke(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, id int64) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		tag, err := tx.PG().Exec(tx.Ctx(), `UPDATE api_keys SET revoked_at = coalesce(revoked_at, $3) WHERE merchant_id = $1 AND id = $2`,
			merchantID, id, tx.Wall())
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return models.ErrNotFound
		}
		return audit.Record(tx, actor, "key.revoke", fmt.Sprintf("key:%d", id), nil)
	})
}
