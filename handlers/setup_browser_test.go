package handlers

import (
	"testing"

	"dangol/handlers/browsertest"
	"dangol/models/people"
	"dangol/models/store"
	"dangol/views/paths"
)

// The three steps of the set-up as plain pages.
func TestTheSetUpWithoutScripts(t *testing.T) {
	t.Parallel()
	s, url := open(t)
	var token string
	err := store.InGlobalTx(t.Context(), s.DB, func(tx *store.Tx) (err error) {
		token, err = people.NewLink(tx, people.SetupLink, 0, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	tab := browsertest.Open(t, url, browsertest.Look{Width: 390, NoJS: true})
	tab.Go(paths.Setup(token))
	tab.Type("input[name=name]", "단골 상회")
	tab.Type("input[name=email]", "minji@shop.test")
	tab.Type("input[name=password]", testPassword)
	for range 2 {
		tab.ClickAway("main form button[type=submit]")
	}
	tab.ClickAway("main form button.btn-primary")
	tab.See(`main a[href="/counter"]`)
}

// One's own pages, the door, staff and settings, in every look: reachable, in the frame, and nothing for the console.
func TestTheAccountPagesInABrowser(t *testing.T) {
	t.Parallel()
	for _, look := range looks {
		t.Run(look.Name(), func(t *testing.T) {
			t.Parallel()
			s, url := open(t)
			s.hires(t, s.MerchantID, "minji@cafe.test", "owner")
			s.hires(t, s.MerchantID, "junho@cafe.test", "clerk")
			s.setTaste(t, "minji@cafe.test", look)
			tab := browsertest.Open(t, url, look)
			tab.Go(paths.Reset)
			check(tab, "reset")
			tab.Go(paths.SignIn)
			check(tab, "sign-in")
			signIn(t, tab, "minji@cafe.test", paths.Settings)
			check(tab, "settings")
			for name, path := range map[string]string{
				"password": paths.Password, "sessions": paths.Sessions, "staff": paths.Staff, "member": "/staff/2", "keys": paths.Keys, "refunds": paths.Refunds,
			} {
				tab.Go(path)
				check(tab, name)
			}
		})
	}
}
