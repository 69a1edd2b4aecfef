package ledger_test

import (
	"testing"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/models/terms"
)

// In a shop of which the server has no statistics yet, or wrong ones, the planner believes that it may as well read all
// members as look for one. Whoever posts to one member reads and changes that one's rows.
func TestAShopWithoutStatisticsIsNotReadWhole(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t)
	order := shop.Joon.Order(t, "12,500")
	shop.Posts(t, order)
	shop.ID(t, `WITH people AS (
			INSERT INTO customers (merchant_id, name, external_id, created_at, updated_at)
			SELECT $1, 'Guest ' || n, 'guest:' || n, now(), now() FROM generate_series(1, 3000) AS n RETURNING id),
		members AS (
			INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at)
			SELECT $1, (SELECT min(id) FROM programs WHERE merchant_id = $1), id, 'guest-' || id, now() FROM people RETURNING id)
		INSERT INTO accounts (merchant_id, membership_id, unit) SELECT $1, id, 'point' FROM members RETURNING 3000`)
	for name, who := range map[string]ledger.Who{
		"id": ledger.Members(shop.ID(t, `SELECT min(id) FROM memberships WHERE merchant_id = $1`)), "customer": ledger.Of(models.CustomerRef{ID: shop.Joon.ID}),
		"customers": ledger.OfCustomers(shop.Joon.ID), "number": ledger.Of(models.CustomerRef{ExternalID: "guest:77"}),
	} {
		err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) error {
			running, err := programs.Running(tx)
			if err != nil {
				return err
			}
			before := fetched(t, tx)
			members, err := ledger.Load(tx, running, 0, who)
			if err != nil || len(members) != 1 {
				t.Fatalf("by %s: %d members, %v", name, len(members), err)
			}
			m := members[0]
			m.Settle(tx.Today())
			out, refusal := m.Program.Timeline.At(tx.Now()).Grant(&m.Member, &terms.Grant{Source: "grant:" + name, At: tx.Now(), Day: tx.Today(), Unit: "point", Points: 5})
			if refusal.Refused() {
				t.Fatal(refusal)
			}
			if err := ledger.Write(tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{out}}); err != nil {
				return err
			}
			for table, n := range fetched(t, tx) {
				if n -= before[table]; n > 100 {
					t.Errorf("by %s: %d rows of %s were read for one member", name, n, table)
				}
			}
			return nil
		})
		if err != nil {
			t.Errorf("by %s: %v", name, err)
		}
	}
}

// fetched is how many rows this transaction has read of each table.
func fetched(t *testing.T, tx *store.Tx) map[string]int64 {
	t.Helper()
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT relname::text, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables`)
	return storetest.Counts(t, rows, err)
}
