package handlers

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dangol/handlers/browsertest"
	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// open serves the site on an address of its own and gives its URL.
func open(t *testing.T) (s *site, url string) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	url = "http://" + server.Listener.Addr().String()
	s = newSite(t, func(d *Deps) { d.URL = url })
	server.Config.Handler = s.server
	server.Start()
	t.Cleanup(server.Close)
	return s, url
}

// promise puts the default programme in force.
func (s *site) promise(t testing.TB, trade models.Trade) {
	t.Helper()
	document := terms.Default(trade, 12_000)
	_, err := programs.Create(t.Context(), s.DB, s.MerchantID, models.Actor{}, "shop", document.Encode())
	if err == nil {
		_, err = programs.Publish(t.Context(), s.DB, s.MerchantID, models.Actor{}, "shop", models.PublishParams{})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// guest enrols a customer.
func (s *site) guest(t testing.TB, name, phone string) (c models.Customer) {
	t.Helper()
	err := store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) (err error) {
		c, err = accrual.Enrol(tx, models.Actor{Source: "counter"}, models.CustomerParams{Name: &name, Phone: &phone})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// signIn goes through the door as somebody who knows testPassword.
func signIn(t *testing.T, tab *browsertest.Tab, email, next string) {
	t.Helper()
	tab.Go("/sign-in?next=" + next)
	tab.Type("input[name=email]", email)
	tab.Type("input[name=password]", testPassword)
	tab.ClickAway("main form button[type=submit]")
	if got := tab.Path(); got != next {
		t.Fatalf("signing in leads to %s, want %s", got, next)
	}
}

var looks = []browsertest.Look{
	{Width: 390}, {Width: 1280}, {Width: 390, Dark: true, Locale: "en"}, {Width: 1280, Dark: true, Locale: "en"},
}

// check holds a state of a page against what every state must be.
func check(tab *browsertest.Tab, name string) {
	tab.Accessible()
	tab.Fits()
	tab.Shot(name)
}

// A guest is found by four digits, earns, is told why, and the slip is undone; then pays with points.
func TestTheCounterInABrowser(t *testing.T) {
	t.Parallel()
	for _, look := range looks {
		t.Run(look.Name(), func(t *testing.T) {
			t.Parallel()
			s, url := open(t)
			s.promise(t, models.TradeUnknown)
			s.hires(t, s.MerchantID, "clerk@cafe.test", models.Clerk)
			s.setTaste(t, "clerk@cafe.test", look)
			guest, other := s.guest(t, "김마야", "010-1234-5678"), s.guest(t, "박단비", "010-9999-5678")
			tab := browsertest.Open(t, url, look)
			signIn(t, tab, "clerk@cafe.test", "/counter")
			check(tab, "counter-idle")

			tab.Type("#q", "5678") // two people share these digits
			tab.See(".people, [data-testid=matches], #counter-result a")
			check(tab, "counter-matches")
			if focus := tab.Focused(); focus != "input#q" {
				t.Errorf("after a search the focus is on %s", focus)
			}
			tab.Type("#q", "1234-5678")
			tab.Says("#counter-result h2", "김*야")
			check(tab, "counter-card")
			tab.Click(`#counter-result form[action$="/shown"] button`)
			tab.See(".handover")
			check(tab, "counter-shown")
			tab.Until(`document.activeElement !== document.body`)
			tab.Click(`.handover a[href*="/counter/customers/"]`)

			tab.Click(`#counter-result a[href$="/earn"]`)
			tab.See("#amount")
			tab.Type("#amount", "12000")
			tab.Says("#earn-preview", "1,240")
			check(tab, "counter-earn")
			// Three taps are one purchase.
			tab.JS(`(b => { b.click(); b.click(); b.click(); return 1 })(document.querySelector('#counter-result form button[type=submit]'))`)
			tab.Says("#counter-result", "1,240")
			tab.See(`#counter-result form[action*="/counter/undo/earn-"]`)
			check(tab, "counter-earned")
			tab.Until(`document.activeElement !== document.body`)
			if n := s.count(t, `SELECT count(*) FROM orders`); n != 1 {
				t.Fatalf("three taps made %d orders", n)
			}
			tab.Click("#counter-result details.explain summary")
			tab.Says("#counter-result .why", "240P")
			check(tab, "counter-why")
			tab.Click(`#counter-result form[action*="/counter/undo/earn-"] button`)
			tab.See(`#counter-result .done`)
			tab.Until(`!document.querySelector('#counter-result form[action*="/counter/undo/"]')`)
			check(tab, "counter-undone")
			if n := s.count(t, `SELECT coalesce(sum(available), 0) FROM accounts`); n != 0 {
				t.Errorf("after the undo %d points are left", n)
			}

			s.earns(t, guest, 100_000)
			s.Clock.Advance(24 * time.Hour)
			signIn(t, tab, "clerk@cafe.test", "/counter/customers/"+s.one(t, `SELECT id::text FROM customers WHERE name = '김마야'`)) // a night has passed
			tab.Click(`#counter-result a[href$="/redeem"]`)
			tab.See("#points")
			check(tab, "counter-redeem")
			tab.Type("#points", "50")
			tab.Allow("422")
			tab.Click("#counter-result form button[type=submit]")
			tab.See("#counter-result [aria-invalid], #counter-result [role=alert]")
			check(tab, "counter-redeem-fault")
			if got := tab.JS("document.getElementById('points').value"); got != "50" {
				t.Errorf("what was typed is now %q", got)
			}
			tab.Type("#points", "1000")
			tab.Click("#counter-result form button[type=submit]")
			tab.See(`#counter-result form[action*="/counter/undo/redeem-"]`)
			check(tab, "counter-redeemed")

			tab.Go("/counter/customers/" + s.one(t, `SELECT id::text FROM customers WHERE name = '박단비'`) + "/grant")
			tab.Type("#points", "500")
			tab.Click("#counter-result form button[type=submit]")
			tab.See(`#counter-result form[action*="/counter/undo/grant-"]`)
			check(tab, "counter-granted")
			_ = other

			tab.Go("/counter?")
			tab.Type("#q", "010-5555-0000")
			tab.See("#counter-result input[name=agreed]")
			check(tab, "counter-enrol")
			tab.Click("#counter-result form button[type=submit]") // without consent
			tab.See("#counter-result [aria-invalid]")
			check(tab, "counter-enrol-fault")
			tab.Click("#counter-result input[name=agreed]")
			tab.Click("#counter-result form button[type=submit]")
			tab.See("#counter-result .done")
			check(tab, "counter-enrolled")
		})
	}
}

// The same without scripts, as plain pages.
func TestTheCounterWithoutScripts(t *testing.T) {
	t.Parallel()
	s, url := open(t)
	s.promise(t, models.TradeUnknown)
	s.hires(t, s.MerchantID, "clerk@cafe.test", models.Clerk)
	s.guest(t, "김마야", "010-1234-5678")
	tab := browsertest.Open(t, url, browsertest.Look{Width: 390, NoJS: true})
	signIn(t, tab, "clerk@cafe.test", "/counter")
	tab.Type("#q", "5678")
	tab.ClickAway("form[role=search] button")
	tab.Says("#counter-result h2", "김*야")
	tab.ClickAway(`#counter-result form[action$="/shown"] button`)
	tab.ClickAway(`.handover a[href*="/counter/customers/"]`)
	tab.ClickAway(`#counter-result a[href$="/earn"]`)
	tab.Type("#amount", "12,000")
	tab.ClickAway("#counter-result form button[type=submit]")
	tab.Says("#counter-result", "1,240")
	tab.ClickAway(`#counter-result form[action*="/counter/undo/earn-"] button`)
	if n := s.count(t, `SELECT coalesce(sum(available), 0) FROM accounts`); n != 0 {
		t.Errorf("after the undo %d points are left", n)
	}
	tab.Shot("counter-nojs")
}

// The counter by keyboard alone: search, earn, and the focus is never lost.
func TestTheCounterByKeyboard(t *testing.T) {
	t.Parallel()
	s, url := open(t)
	s.promise(t, models.TradeUnknown)
	s.hires(t, s.MerchantID, "clerk@cafe.test", models.Clerk)
	s.guest(t, "김마야", "010-1234-5678")
	tab := browsertest.Open(t, url, browsertest.Look{})
	signIn(t, tab, "clerk@cafe.test", "/counter")
	tab.Until(`document.activeElement.id === 'q'`)
	tab.Press("5678")
	tab.Says("#counter-result h2", "김*야")
	for range 30 {
		if strings.HasSuffix(tab.JS("document.activeElement.getAttribute('href')"), "/earn") {
			break
		}
		tab.Press("\t")
	}
	tab.Press("\r")
	tab.Until(`document.activeElement.id === 'amount'`)
	tab.Press("12000")
	tab.Says("#earn-preview", "1,240")
	tab.Press("\r")
	tab.See(`#counter-result form[action*="/counter/undo/earn-"]`)
	if focus := tab.Focused(); focus == "body" {
		t.Error("the focus was lost")
	}
}

func (s *site) earns(t testing.TB, guest models.Customer, total int64) {
	t.Helper()
	_, err := accrual.Accrue(t.Context(), s.DB, s.MerchantID, models.Actor{Source: "pos"}, store.Key{},
		models.OrderParams{ExternalID: guest.Name, Total: total, Customer: &models.CustomerRef{ID: guest.ID}})
	if err != nil {
		t.Fatal(err)
	}
}

func (s *site) count(t testing.TB, sql string) (n int64) {
	t.Helper()
	if err := s.DB.Pool().QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (s *site) one(t testing.TB, sql string) (text string) {
	t.Helper()
	if err := s.DB.Pool().QueryRow(t.Context(), sql).Scan(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

// setTaste gives a person the language and theme of a look.
func (s *site) setTaste(t testing.TB, email string, look browsertest.Look) {
	t.Helper()
	locale, theme := "ko", "light"
	if look.Locale != "" {
		locale = look.Locale
	}
	if look.Dark {
		theme = "dark"
	}
	if _, err := s.DB.Pool().Exec(t.Context(), `UPDATE people SET locale = $2, theme = $3 WHERE email = $1`, email, locale, theme); err != nil {
		t.Fatal(err)
	}
}
