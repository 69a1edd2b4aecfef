package ledger_test

import (
	"testing"

	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/shoptest"
)

func TestASoundLedgerHasNoFindings(t *testing.T) {
	t.Parallel()
	wantsSound(t, eventfulYear(t))
}

func wantsSound(t *testing.T, shop *shoptest.Shop) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), shop.DB, programs.Running)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		t.Errorf("%+v", f)
	}
	if report.Entries == 0 {
		t.Error("nothing was looked at")
	}
}
