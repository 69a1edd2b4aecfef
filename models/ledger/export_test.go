package ledger

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// CheckIn lets a test look through the eyes of a transaction in which something was damaged.
func CheckIn(ctx context.Context, tx pgx.Tx, merchantID int64) (*Report, error) {
	report := &Report{}
	return report, check(ctx, tx, merchantID, report)
}
