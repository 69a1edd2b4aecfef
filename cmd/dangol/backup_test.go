package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dangol/models/shoptest"
	"dangol/models/store/storetest"
)

// emptyDatabase is one without a schema, as its owner.
func emptyDatabase(t *testing.T) (ownerURL, adminURL string) {
	t.Helper()
	d := storetest.Open(t)
	admin, name := d.Admin(t), fmt.Sprintf("r_%d", rand.Int64())
	if _, err := admin.Exec(t.Context(), `CREATE DATABASE `+name+` OWNER dangol_owner`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = admin.Exec(context.Background(), `DROP DATABASE `+name+` WITH (FORCE)`) })
	return d.OwnerURL + " dbname=" + name, d.AdminURL + " dbname=" + name
}

// A backup that is taken while three tills post is one moment: restored, everything agrees with itself, and restore says so.
func TestABackupUnderLoadIsSound(t *testing.T) {
	t.Parallel()
	shop, file := shoptest.New(t), filepath.Join(t.TempDir(), "shop.backup")
	tills, stop, began := sync.WaitGroup{}, make(chan struct{}), make(chan struct{}, 3)
	for range 3 {
		tills.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				order := shop.Maya.Buys(t, "12,500")
				if n%3 == 0 {
					shop.Returns(t, order, "5,000")
				}
				if n == 3 {
					began <- struct{}{}
				}
			}
		})
	}
	for range 3 {
		<-began
	}
	code, out, errOut := call(t, map[string]string{"DATABASE_URL": shop.URL, "DANGOL_DATA": t.TempDir()}, "backup", file)
	close(stop)
	tills.Wait()
	if code != 0 {
		t.Fatalf("backup: %s %s", out, errOut)
	}
	ownerURL, _ := emptyDatabase(t)
	code, out, errOut = call(t, map[string]string{"DATABASE_URL": ownerURL, "DANGOL_DATA": t.TempDir()}, "restore", file)
	if code != 0 || !strings.Contains(out, "restored") || !strings.Contains(out, " 0 things wrong") || strings.Contains(out, " 0 entries") {
		t.Errorf("restore: %d %q %q", code, out, errOut)
	}
}

// Restore tells what was wrong before the backup was taken, and fails.
func TestRestoreSaysWhatDoesNotAgree(t *testing.T) {
	t.Parallel()
	shop, file := shoptest.New(t), filepath.Join(t.TempDir(), "shop.backup")
	shop.Maya.Buys(t, "12,500")
	if _, err := shop.Admin(t).Exec(t.Context(), `SET session_replication_role = replica; UPDATE entries SET points = points + 1`); err != nil {
		t.Fatal(err)
	}
	if code, out, errOut := call(t, map[string]string{"DATABASE_URL": shop.URL, "DANGOL_DATA": t.TempDir()}, "backup", file); code != 0 {
		t.Fatalf("backup: %s %s", out, errOut)
	}
	ownerURL, _ := emptyDatabase(t)
	code, out, errOut := call(t, map[string]string{"DATABASE_URL": ownerURL, "DANGOL_DATA": t.TempDir()}, "restore", file)
	if code != 1 || !strings.Contains(out, "things wrong") || strings.Contains(out, " 0 things wrong") || !strings.Contains(errOut, "do not agree") {
		t.Errorf("restore: %d %q %q", code, out, errOut)
	}
}
