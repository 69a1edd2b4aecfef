package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"dangol/models"
	"dangol/models/demo"
)

func TestADemoListensToItsOwnMachine(t *testing.T) {
	for addr, want := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:80": true, "[::1]:8080": true,
		":8080": false, "0.0.0.0:8080": false, "192.0.2.1:8080": false, "shop.example.com:443": false, "nonsense": false,
	} {
		if got := listensHere(addr); got != want {
			t.Errorf("%s: %v, want %v", addr, got, want)
		}
	}
}

func TestTheDemosPasswordsStayInTheFolder(t *testing.T) {
	folder := t.TempDir()
	all := []demo.SignIn{{Role: models.Owner, Name: "A", Email: "a@demo.example", Password: "secret"}}
	if err := writeSignIns(folder, all); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(folder, signInsFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if got, err := readSignIns(folder); err != nil || !slices.Equal(got, all) {
		t.Errorf("%+v %v", got, err)
	}
	if got, err := readSignIns(t.TempDir()); err != nil || len(got) != 1 || got[0].Email != demo.OwnerEmail {
		t.Errorf("a lost file: %+v %v", got, err)
	}
}
