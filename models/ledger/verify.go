package ledger

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
)

// Finding is one thing that does not agree: which promise is broken, and where.
type Finding struct {
	MerchantID int64  `json:"merchant_id"`
	Check      string `json:"check"`  // stable: "digest", "sum", "gap" …
	Table      string `json:"table"`  // whose row is wrong, as far as that can be told
	Where      string `json:"where"`  // "account 12, entry 5"
	Detail     string `json:"detail"` // what was found and what was expected
}

// Report is the result of a Verify. Nothing is wrong if Found is 0.
type Report struct {
	Merchants int           `json:"merchants"`
	Members   int64         `json:"members"`
	Accounts  int64         `json:"accounts"`
	Entries   int64         `json:"entries"`
	Lots      int64         `json:"lots"`
	Settled   int           `json:"settled"` // members on whom something was due before
	Found     int64         `json:"found"`
	Findings  []Finding     `json:"findings"` // the first 1,000
	Took      time.Duration `json:"took_ns"`
}

// join adds what another part has found and counted.
func (r *Report) join(part *Report) {
	r.Members, r.Accounts, r.Entries, r.Lots = r.Members+part.Members, r.Accounts+part.Accounts, r.Entries+part.Entries, r.Lots+part.Lots
	r.Found += part.Found
	r.Findings = append(r.Findings, part.Findings[:min(len(part.Findings), maxFindings-len(r.Findings))]...)
}

const maxFindings = 1000

func (r *Report) add(f Finding) {
	r.Found++
	if len(r.Findings) < maxFindings {
		r.Findings = append(r.Findings, f)
	}
}

// longCheck is how long one statement of a check over everybody may run.
const longCheck = 30 * time.Minute

// Verify proves what must always hold of the ledgers of these merchants, or of all if none is named: it settles every
// member first, then reads each merchant's rows in one snapshot, walks every chain of entries and of
// tier changes, recomputes digests, sums, lots and rollups, and looks for rows that belong to nobody. Programs tells which
// programmes run, as programs.Running does. It holds one page of members in memory at a time.
func Verify(ctx context.Context, db *store.DB, programs func(*store.Tx) ([]*Program, error), merchants ...int64) (*Report, error) {
	start, report := db.Wall(), &Report{}
	everyone := len(merchants) == 0
	if everyone {
		var err error
		if merchants, err = allMerchants(ctx, db); err != nil {
			return nil, err
		}
	}
	for _, id := range merchants {
		settled, err := SettleAll(ctx, db, id, programs)
		if err != nil {
			return nil, fmt.Errorf("settling merchant %d: %w", id, err)
		}
		report.Settled += settled
		if err := Check(ctx, db, id, report); err != nil {
			return nil, fmt.Errorf("merchant %d: %w", id, err)
		}
	}
	if everyone {
		if err := checkTenants(ctx, db, report); err != nil {
			return nil, err
		}
	}
	report.Took = db.Wall().Sub(start)
	return report, nil
}

// Check is Verify of one merchant without settling, added to a report. It only reads, side by side in sideBySide
// transactions that see one moment.
func Check(ctx context.Context, db *store.DB, merchantID int64, report *Report) error {
	parts := allParts()
	reports := make([]Report, len(parts))
	err := store.ReadTogether(ctx, db, merchantID, sideBySide, len(parts), func(tx *store.Tx, n int) error {
		if err := tx.AllowLong(longCheck); err != nil {
			return err
		}
		return parts[n](&checker{ctx: tx.Ctx(), tx: tx.PG(), merchantID: merchantID, report: &reports[n]})
	})
	report.Merchants++
	for i := range reports {
		report.join(&reports[i])
	}
	return err
}

// check looks at one merchant in a transaction that sees one moment.
func check(ctx context.Context, tx pgx.Tx, merchantID int64, report *Report) error {
	c := &checker{ctx: ctx, tx: tx, merchantID: merchantID, report: report}
	for _, part := range allParts() {
		if err := part(c); err != nil {
			return err
		}
	}
	return nil
}

// sideBySide is how many parts of a check go on at once; accountParts is how many parts the accounts are cut into, so that
// nobody waits long for the last.
const (
	sideBySide   = 2
	accountParts = 16
)

// allParts are the parts of a check, the longest first: the questions to the database, the tiers, the accounts.
func allParts() (parts []func(*checker) error) {
	for i := range setChecks {
		parts = append(parts, func(c *checker) error { return c.ask(&setChecks[i]) })
	}
	parts = append(parts, (*checker).tiers)
	for i := range int64(accountParts) {
		parts = append(parts, func(c *checker) error { return c.accounts(i) })
	}
	return parts
}

// checker is one merchant's check under way.
type checker struct {
	ctx        context.Context
	tx         pgx.Tx
	merchantID int64
	report     *Report
	hashes     map[versionKey]string
}

func (c *checker) find(check, table, where, detail string, args ...any) {
	c.report.add(Finding{c.merchantID, check, table, where, fmt.Sprintf(detail, args...)})
}

// ask runs a check that is a question to the database: its statement gives the rows that are wrong.
func (c *checker) ask(check *setCheck) error {
	rows, err := c.tx.Query(c.ctx, check.sql, c.merchantID)
	if err != nil {
		return fmt.Errorf("%s: %w", check.name, err)
	}
	var where, detail string
	_, err = pgx.ForEachRow(rows, []any{&where, &detail}, func() error {
		c.find(check.name, check.table, where, "%s", detail)
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s: %w", check.name, err)
	}
	return nil
}

type setCheck struct{ name, table, sql string }

// setChecks are the questions, one file each.
var setChecks = []setCheck{
	{"order_of_entry", "entries", query("verify_entry_orders")},
	{"refunds", "orders", query("verify_refunds")},
	{"transfers", "transfers", query("verify_transfers")},
	{"donations", "donations", query("verify_donations")},
	{"settlements", "settlement_lines", query("verify_settlements")},
	{"merges", "merges", query("verify_merges")},
	{"revisions", "orders", query("verify_revisions")},
	{"basis", "orders", query("verify_basis")},
	{"months", "customer_months", query("verify_months")},
	{"stats", "customer_stats", query("verify_stats")},
	{"redemptions", "redemptions", query("verify_redemptions")},
	{"grants", "grants", query("verify_grants")},
	{"coupons", "coupons", query("verify_coupons")},
	{"plans", "subscriptions", query("verify_plans")},
	{"referrals", "referrals", query("verify_referrals")},
	{"claims", "reward_claims", query("verify_claims")},
	{"versions", "program_versions", query("verify_versions")},
	{"seal", "publications, consents", query("verify_seals")},
	{"chain", "audit_records, consents", query("verify_chains")},
	{"owners", "memberships", query("verify_owners")},
	{"floor", "memberships", query("verify_floors")},
}

func allMerchants(ctx context.Context, db *store.DB) ([]int64, error) {
	rows, err := db.Pool().Query(ctx, `SELECT id FROM merchants ORDER BY id`)
	if err != nil {
		return nil, store.Translate(err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// tenantTables are those in which a row of no merchant would be seen by nobody.
var tenantTables = []string{"entries", "lots", "lot_uses", "lot_extensions", "tier_changes", "accounts", "memberships", "orders"}

// checkTenants looks for rows whose merchant does not exist, jumping from one merchant id to the next.
func checkTenants(ctx context.Context, db *store.DB, report *Report) error {
	for _, table := range tenantTables {
		rows, err := db.Pool().Query(ctx, `WITH RECURSIVE ids AS (
			(SELECT merchant_id AS id FROM `+table+` ORDER BY merchant_id LIMIT 1)
			UNION ALL
			SELECT (SELECT merchant_id FROM `+table+` WHERE merchant_id > ids.id ORDER BY merchant_id LIMIT 1) FROM ids WHERE ids.id IS NOT NULL)
			SELECT id FROM ids WHERE id IS NOT NULL AND NOT EXISTS (SELECT FROM merchants m WHERE m.id = ids.id)`)
		if err != nil {
			return store.Translate(err)
		}
		strays, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil {
			return err
		}
		for _, id := range strays {
			report.add(Finding{id, "tenant", table, fmt.Sprintf("merchant %d", id), "rows of a merchant that does not exist"})
		}
	}
	return nil
}
