package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Merchant is what every transaction of a shop must know. Whether it is a sandbox never changes; zone and currency are
// fixed after the first order.
type Merchant struct {
	ID       int64
	Zone     *time.Location
	Currency string // ISO 4217
	Sandbox  bool
}

// merchantTTL is how long another instance may go on with a zone or a currency that was changed before the first order.
const merchantTTL = 10 * time.Second

type cachedMerchant struct {
	*Merchant
	read time.Time // by the machine's clock: the tests' clock stands still
}

// Querier is a pool, a connection or a transaction that answers with one row.
type Querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Merchant gives the shop of the transaction. It panics in a global transaction, which has none: a fault of the caller.
func (tx *Tx) Merchant() *Merchant {
	tx.mustHaveMerchant()
	return tx.merchant
}

// MerchantID is the shop of the transaction, the first condition of every query.
func (tx *Tx) MerchantID() int64 { return tx.Merchant().ID }

func (tx *Tx) mustHaveMerchant() {
	if tx.merchant == nil {
		panic("store: a global transaction has no merchant and no business time")
	}
}

// Merchant gives a shop for code on the hot path that opens no Tx. Errors: models.NotFound.
func (db *DB) Merchant(ctx context.Context, id int64) (*Merchant, error) {
	m, err := db.merchantFrom(ctx, db.pool, id)
	return m, Translate(err)
}

// ForgetMerchant is called by who has changed a shop's zone or currency, after the commit.
func (db *DB) ForgetMerchant(id int64) { db.merchants.Delete(id) }

func (db *DB) merchantFrom(ctx context.Context, q Querier, id int64) (*Merchant, error) {
	if found, ok := db.merchants.Load(id); ok {
		if c := found.(cachedMerchant); time.Since(c.read) < merchantTTL {
			return c.Merchant, nil
		}
	}
	m := &Merchant{ID: id}
	var zone string
	err := q.QueryRow(ctx, `SELECT zone, currency, sandbox FROM merchants WHERE id = $1`, id).Scan(&zone, &m.Currency, &m.Sandbox)
	if err != nil {
		return nil, err
	}
	if m.Zone, err = time.LoadLocation(zone); err != nil {
		return nil, fmt.Errorf("merchant %d: %w", id, err)
	}
	db.merchants.Store(id, cachedMerchant{m, time.Now()})
	return m, nil
}
