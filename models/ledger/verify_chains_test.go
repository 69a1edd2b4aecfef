package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
)

// sealedShop has two seals over what its people did, and one over what its customers agreed to.
func sealedShop(t *testing.T) *shoptest.Shop {
	t.Helper()
	s := shoptest.New(t)
	for day := range 2 {
		for n := range 5 {
			s.In(t, func(tx *store.Tx) error {
				if err := audit.Record(tx, models.Actor{}, "test.act", fmt.Sprintf("thing:%d-%d", day, n), map[string]any{"n": n}); err != nil || day > 0 {
					return err
				}
				_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO consents (merchant_id, customer_id, kind, given, at, recorded_at) VALUES ($1, $2, 'membership', true, $3, $3)`,
					tx.MerchantID(), s.Maya.ID, tx.Wall())
				return err
			})
		}
		if n, err := audit.Seal(t.Context(), s.DB); err != nil || n != 0 {
			t.Fatalf("sealed %d that may have been overtaken, %v", n, err)
		}
		s.Clock.Advance(time.Hour)
		if n, err := audit.Seal(t.Context(), s.DB); err != nil || n < 5 {
			t.Fatalf("sealed %d, %v", n, err)
		}
		if n, err := audit.Seal(t.Context(), s.DB); err != nil || n != 0 {
			t.Fatalf("sealed %d twice, %v", n, err)
		}
	}
	return s
}

func checks(t *testing.T, s *shoptest.Shop) map[string]int {
	t.Helper()
	report, err := ledger.Verify(t.Context(), s.DB, programs.Running)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, f := range report.Findings {
		found[f.Check]++
	}
	return found
}

// Whatever a superuser does to what was sealed is found: a record changed in any column, taken away, put in between, the seal of a
// consent made anew, a seal taken out.
func TestVerifyFindsWhatWasDoneToSealedRecords(t *testing.T) {
	t.Parallel()
	if found := checks(t, sealedShop(t)); len(found) != 0 {
		t.Fatalf("untouched: %v", found)
	}
	for _, plant := range []string{
		`UPDATE audit_records SET subject = 'thing:9' WHERE subject = 'thing:0-2'`,
		`UPDATE audit_records SET action = 'test.other' WHERE subject = 'thing:1-4'`,
		`UPDATE audit_records SET at = at - interval '1 second' WHERE subject = 'thing:0-0'`,
		`UPDATE audit_records SET staff_id = 1 WHERE subject = 'thing:0-1'`,
		`UPDATE audit_records SET digest = '\x00' WHERE subject = 'thing:1-0'`,
		`DELETE FROM audit_records WHERE subject = 'thing:0-4'`,
		`DELETE FROM audit_records WHERE subject = 'thing:1-4'`,
		`DELETE FROM consents WHERE id = (SELECT min(id) FROM consents)`,
		`DELETE FROM consents WHERE id = (SELECT max(id) FROM consents)`,
		`UPDATE consents SET given = false, seal = NULL WHERE id = (SELECT min(id) FROM consents); UPDATE consents c SET seal = consent_seal(c)`,
		`DELETE FROM audit_records WHERE subject = 'thing:0-3'; INSERT INTO audit_records (merchant_id, id, action, subject, at, digest) OVERRIDING SYSTEM VALUE
			SELECT merchant_id, id - 1, action, subject, at, digest FROM audit_records WHERE subject = 'thing:0-4'`,
		`DELETE FROM audit_seals WHERE id = (SELECT min(id) FROM audit_seals WHERE chain = 'audit')`,
	} {
		s := sealedShop(t)
		if _, err := s.Admin(t).Exec(t.Context(), `SET session_replication_role = replica; `+plant); err != nil {
			t.Fatalf("%s: %v", plant, err)
		}
		if found := checks(t, s); found["chain"] == 0 {
			t.Errorf("%s: found %v", plant, found)
		}
	}
}
