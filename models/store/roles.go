package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"dangol/models/store/pg"
)

// LedgerTables are history: the program's role may add rows to them and read them, nothing else.
var LedgerTables = []string{"entries", "lot_uses", "lot_extensions", "tier_changes", "publications", "consents", "audit_records", "audit_seals",
	"settlement_lines", "order_revisions", "subscription_periods", "subscription_payments"}

// grant gives the program's role its rights on every table, if the role exists. Roles are made by who makes the server,
// never by a migration; a database that one role owns alone is guarded by triggers only.
func grant(ctx context.Context, conn *pgx.Conn) error {
	var there bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1 AND rolname <> current_user)`, pg.App).Scan(&there); err != nil || !there {
		return err
	}
	tables, err := tablesOf(ctx, conn)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		for _, schema := range []string{"public", Ops} {
			if err := grantSchema(ctx, tx, schema); err != nil {
				return err
			}
		}
		for _, table := range tables {
			if err := grantTable(ctx, tx, table); err != nil {
				return err
			}
		}
		return nil
	})
}

type table struct{ Schema, Name string }

func tablesOf(ctx context.Context, conn *pgx.Conn) ([]table, error) {
	rows, err := conn.Query(ctx, `SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', $1) ORDER BY 1, 2`, Ops)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[table])
}

func grantSchema(ctx context.Context, tx pgx.Tx, schema string) error {
	_, err := tx.Exec(ctx, fmt.Sprintf(`GRANT USAGE ON SCHEMA %[1]s TO %[2]s; GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %[1]s TO %[2]s`,
		schema, pg.App))
	return err
}

func grantTable(ctx context.Context, tx pgx.Tx, t table) error {
	name := pgx.Identifier{t.Schema, t.Name}.Sanitize()
	_, err := tx.Exec(ctx, fmt.Sprintf(`REVOKE ALL ON %[1]s FROM %[2]s; GRANT %[3]s ON %[1]s TO %[2]s`, name, pg.App, rightsOn(t)))
	return err
}

func rightsOn(t table) string {
	switch {
	case t.Schema == Ops && t.Name == "goose_db_version":
		return "SELECT"
	case t.Schema == "public" && slices.Contains(LedgerTables, t.Name):
		return "SELECT, INSERT"
	}
	return "SELECT, INSERT, UPDATE, DELETE"
}

func protection(ctx context.Context, pool *pgxpool.Pool) (Protection, error) {
	var mayRewrite bool
	err := pool.QueryRow(ctx, `SELECT coalesce(bool_or(has_table_privilege(oid, 'UPDATE')), false) FROM pg_class
		WHERE relnamespace = 'public'::regnamespace AND relname = ANY ($1)`, LedgerTables).Scan(&mayRewrite)
	if err != nil || !mayRewrite {
		return ByRole, Translate(err)
	}
	return ByTriggers, nil
}
