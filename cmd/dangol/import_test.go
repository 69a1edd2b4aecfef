package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dangol/models/store/storetest"
)

func TestAFileIsBroughtInAtTheCommandLine(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	data := t.TempDir()
	env := map[string]string{"DATABASE_URL": shop.URL, "DANGOL_DATA": data}
	file := filepath.Join(data, "orders.csv")
	if err := os.WriteFile(file, []byte("who,when,cost\n7,2025-10-01,5000\n8,2025-10-02,-1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	faults := filepath.Join(data, "faults.csv")
	call(t, env, "import", "--file", file)
	code, out, errOut := call(t, env, "import", "--file", file, "--map", "who=ext,2=date,cost=amount", "--errors", faults, "--yes")
	if code != 0 || !strings.Contains(out, "checked: 2 rows, 1 new, 0 known already, 1 faulty; 1 new customers") ||
		!strings.Contains(out, `line 3, column 3: amount_negative "-1"`) || !strings.Contains(out, "done: 2 rows") {
		t.Errorf("%d %q %q", code, out, errOut)
	}
	if text, err := os.ReadFile(faults); err != nil || !strings.Contains(string(text), "8,2025-10-02,'-1,") {
		t.Errorf("%q %v", text, err)
	}
	code, out, _ = call(t, env, "import", "--file", file, "--yes") // the columns are remembered
	if code != 0 || !strings.Contains(out, "0 new, 1 known already") {
		t.Errorf("again: %d %q", code, out)
	}
	code, out, errOut = call(t, env, "import", "--undo", "2")
	if code != 0 || !strings.Contains(out, "undone") || !strings.Contains(out, "1 rows taken back") {
		t.Errorf("undo: %d %q %q", code, out, errOut)
	}
	if code, _, errOut := call(t, env, "import", "--file", file, "--map", "nobody=ext"); code != 1 || !strings.Contains(errOut, "no such column") {
		t.Errorf("%d %q", code, errOut)
	}
}
