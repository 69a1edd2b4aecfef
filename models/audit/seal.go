package audit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
)

const (
	// settledAfter keeps a seal away from transactions that are still running: they hold lower numbers than others that have
	// committed. None that writes an audit record or a consent runs so long.
	settledAfter = 10 * time.Minute
	batch        = 10_000
)

// chains are what is sealed, with the question after the last number of a batch: rows after the last seal, older than the
// oldest that may still be on its way.
var chains = map[string]string{
	"audit":    next("audit_records", "at"),
	"consents": next("consents", "recorded_at"),
}

func next(table, at string) string {
	return fmt.Sprintf(`SELECT coalesce(max(id), 0) FROM (SELECT id FROM %[1]s WHERE merchant_id = $1 AND id > $2
		AND id < coalesce((SELECT min(id) FROM %[1]s WHERE merchant_id = $1 AND id > $2 AND %[2]s > $3), 9223372036854775807) ORDER BY id LIMIT $4) x`, table, at)
}

// Seal seals what every shop's people did and what its customers agreed to since the last seal, and gives how many records.
// Each seal is a digest over the one before it and its own records, so that ledger.Verify finds what was changed or taken
// away since. Side by side with itself it does nothing twice.
func Seal(ctx context.Context, db *store.DB) (sealed int64, err error) {
	rows, err := db.Pool().Query(ctx, `SELECT id FROM merchants ORDER BY id`)
	if err != nil {
		return 0, store.Translate(err)
	}
	shops, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	for _, id := range shops {
		for chain := range chains {
			for more := int64(1); more > 0 && err == nil; sealed += more {
				more, err = sealSome(ctx, db, id, chain)
			}
		}
	}
	return sealed, store.Translate(err)
}

// sealSome seals one batch of a chain; 0: nothing was left, or somebody else is at it.
func sealSome(ctx context.Context, db *store.DB, merchantID int64, chain string) (sealed int64, err error) {
	err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		sealed = 0
		var free bool
		if err := tx.PG().QueryRow(tx.Ctx(), `SELECT pg_try_advisory_xact_lock(hashtextextended('seal:' || $1::bigint, 0))`, merchantID).Scan(&free); err != nil || !free {
			return err
		}
		var before, upto int64
		var last []byte
		err := tx.PG().QueryRow(tx.Ctx(), `SELECT upto, digest FROM audit_seals WHERE merchant_id = $1 AND chain = $2 ORDER BY upto DESC LIMIT 1`, merchantID, chain).Scan(&before, &last)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		if err := tx.PG().QueryRow(tx.Ctx(), chains[chain], merchantID, before, tx.Wall().Add(-settledAfter), batch).Scan(&upto); err != nil || upto == 0 {
			return err
		}
		return tx.PG().QueryRow(tx.Ctx(), `INSERT INTO audit_seals (merchant_id, chain, upto, records, digest, at)
			SELECT $1, $2, $4, r.records, sha256(coalesce($5::bytea, '') || r.content), $6 FROM sealed_rows($1, $2, $3, $4) r RETURNING records`,
			merchantID, chain, before, upto, last, tx.Wall()).Scan(&sealed)
	})
	return sealed, err
}
