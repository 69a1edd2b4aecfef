package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"dangol/models/shoptest"
	"dangol/models/store"
)

// History is written once, whoever is connected: the program's role lacks the right, and triggers stop the others.
func TestNobodyRewritesHistory(t *testing.T) { // S-L1
	t.Parallel()
	shop := shoptest.New(t)
	shop.Maya.Buys(t, "12,500")
	for role, url := range map[string]string{"the program": shop.URL, "the owner": shop.OwnerURL, "a superuser": shop.AdminURL} {
		conn, err := pgx.Connect(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range store.LedgerTables {
			for _, sql := range []string{"UPDATE %s SET merchant_id = merchant_id", "DELETE FROM %s", "TRUNCATE %s CASCADE"} {
				sql := fmt.Sprintf(sql, table)
				if _, err := conn.Exec(t.Context(), sql); !forbidden(err) {
					t.Errorf("%s: %s: %v, want SQLSTATE 42501", role, sql, err)
				}
			}
		}
		conn.Close(context.Background())
	}
	shop.Maya.Wants(t, 1_250)
}

func forbidden(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && e.Code == "42501"
}
