package paths

import "testing"

func TestPaths(t *testing.T) {
	for got, want := range map[string]string{
		Customer(7):                         "/customers/7",
		Customer(":id"):                     "/customers/:id",
		CustomerTab(7, "timeline"):          "/customers/7",
		CustomerTab(7, "ledger"):            "/customers/7?tab=ledger",
		EntryWhy(7, "point", 12):            "/customers/7/entries/point/12/why",
		EntryWhy(":id", ":unit", ":seq"):    "/customers/:id/entries/:unit/:seq/why",
		CustomersWith("", "", "", ""):       "/customers",
		CustomersWith("ㄱㅁㅈ", "", "vip", ""): "/customers?q=%E3%84%B1%E3%85%81%E3%85%88&tier=vip",
		Cell(5, 1):                          "/segments/cell?f=1&r=5",
		Compare(3, 0):                       "/program/versions/compare?from=3&to=0",
		ResetWith("a/b?c"):                  "/reset/a%2Fb%3Fc",
		CounterUndo(":token"):               "/counter/undo/:token",
		SetupPreview("x"):                   "/setup/x/promise/preview",
		ImportErrors(int64(3)):              "/imports/3/errors.csv",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
