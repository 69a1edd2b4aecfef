package backup_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"dangol/models/store"
	"dangol/models/store/backup"
	"dangol/models/store/storetest"
)

func nightly(t *testing.T, shop *storetest.Shop, folder string) (taken bool, err error) {
	t.Helper()
	done, err := backup.Nightly(t.Context(), shop.DB, shop.URL, folder)
	return done.Tables > 0, err
}

func last(t *testing.T, shop *storetest.Shop) (l backup.Last) {
	t.Helper()
	err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) (err error) {
		l, err = backup.Read(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func files(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// A backup a night, at the first call from three in the morning on; the last seven stay, and what a program that died has
// left goes.
func TestEveryNightHasItsBackup(t *testing.T) {
	t.Parallel()
	shop, folder := storetest.New(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "dangol-20260101T000000Z.backup.part"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	seoul := time.FixedZone("KST", 9*60*60)
	for night := range 9 {
		shop.Clock.Set(time.Date(2026, 12, 1+night, 2, 59, 0, 0, seoul))
		if taken, err := nightly(t, shop, folder); err != nil || taken != (night == 0) {
			t.Fatalf("before night %d: taken %v, %v", night, taken, err)
		}
		shop.Clock.Set(time.Date(2026, 12, 1+night, 3, 0, 0, 0, seoul))
		if taken, err := nightly(t, shop, folder); err != nil || !taken {
			t.Fatalf("night %d: taken %v, %v", night, taken, err)
		}
		shop.Clock.Advance(12 * time.Hour)
		if taken, err := nightly(t, shop, folder); err != nil || taken {
			t.Fatalf("night %d again: taken %v, %v", night, taken, err)
		}
	}
	names := files(t, folder)
	if len(names) != backup.Kept || names[0] != "dangol-20261202T180000Z.backup" {
		t.Errorf("kept %v", names)
	}
	ownerURL, url := empty(t)
	if _, err := backup.RestoreFile(t.Context(), ownerURL, filepath.Join(folder, names[6])); err != nil {
		t.Fatal(err)
	}
	if contents(t, url) != contents(t, shop.URL) {
		t.Error("the newest backup is not the shop")
	}
}

// Several programs on one database take one backup between them.
func TestANightIsTakenOnce(t *testing.T) {
	t.Parallel()
	shop, folder := storetest.New(t), t.TempDir()
	taken := make(chan bool)
	for range 8 {
		go func() {
			done, err := backup.Nightly(t.Context(), shop.DB, shop.URL, folder)
			if err != nil {
				t.Error(err)
			}
			taken <- done.Tables > 0
		}()
	}
	n := 0
	for range 8 {
		if <-taken {
			n++
		}
	}
	if n != 1 || len(files(t, folder)) != 1 {
		t.Errorf("%d backups taken, files %v", n, files(t, folder))
	}
}

// A failure is told, tried again after an hour, and forgotten once it went well.
func TestABackupThatFails(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	inTheWay := filepath.Join(t.TempDir(), "backups")
	if err := os.WriteFile(inTheWay, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := nightly(t, shop, inTheWay); err == nil {
		t.Fatal("a backup into a file")
	}
	if l := last(t, shop); l.Fault != "folder_closed" || !l.Old(shop.Clock.Now()) || l.Waiting {
		t.Errorf("%+v", l)
	}
	folder := t.TempDir()
	if taken, err := nightly(t, shop, folder); taken || err != nil {
		t.Errorf("tried again at once: %v", err)
	}
	shop.Clock.Advance(time.Hour)
	if taken, err := nightly(t, shop, folder); !taken || err != nil {
		t.Errorf("not tried again: %v", err)
	}
	if l := last(t, shop); l.Old(shop.Clock.Now()) || !l.At.Equal(shop.Clock.Now()) {
		t.Errorf("%+v", l)
	}
	shop.Clock.Advance(backup.Stale + time.Second)
	if !last(t, shop).Old(shop.Clock.Now()) {
		t.Error("a backup of two days ago is not old")
	}
}

// Somebody's wish is a backup at any hour, one however often it is asked for.
func TestABackupThatIsAskedFor(t *testing.T) {
	t.Parallel()
	shop, folder := storetest.New(t), t.TempDir()
	if taken, err := nightly(t, shop, folder); !taken || err != nil {
		t.Fatal(err)
	}
	shop.Clock.Advance(time.Minute)
	for range 3 {
		if err := store.InTx(t.Context(), shop.DB, shop.MerchantID, backup.Ask); err != nil {
			t.Fatal(err)
		}
	}
	if !last(t, shop).Waiting {
		t.Error("the wish is not told")
	}
	if taken, err := nightly(t, shop, folder); !taken || err != nil {
		t.Errorf("%v", err)
	}
	if taken, err := nightly(t, shop, folder); taken || err != nil {
		t.Errorf("three wishes were three backups: %v", err)
	}
}

// An installation without a shop has nothing to keep.
func TestNothingIsBackedUpBeforeThereIsAShop(t *testing.T) {
	t.Parallel()
	d, folder := storetest.Open(t), t.TempDir()
	if done, err := backup.Nightly(t.Context(), d.DB, d.URL, folder); err != nil || done.Tables != 0 || len(files(t, folder)) != 0 {
		t.Errorf("%+v, %v", done, err)
	}
}
