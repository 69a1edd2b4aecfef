package handlers

import (
	"net/http/httptest"
	"strings"
	"testing"

	"dangol/handlers/browsertest"
	"dangol/models/people"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/views/i18n"
)

// hands counts what a person has to type and to tap on the way.
type hands struct {
	*browsertest.Tab
	t           *testing.T
	typed, taps int
	forbidden   []string // words that no page on the way may say
}

func (h *hands) write(selector, text string) {
	h.t.Helper()
	h.typed++
	h.Type(selector, text)
}

func (h *hands) tap(selector string) {
	h.t.Helper()
	h.taps++
	h.Click(selector)
}

// look holds a page on the way against what each must be: one primary button at most, and none of the bookkeeper's words.
func (h *hands) look(name string) {
	h.t.Helper()
	if n := h.JS(`[...document.querySelectorAll('.btn-primary')].filter(b => b.checkVisibility()).length`); n != "0" && n != "1" {
		h.t.Errorf("%s has %s primary buttons", name, n)
	}
	text := h.Text("main")
	for _, word := range h.forbidden {
		if strings.Contains(text, word) {
			h.t.Errorf("%s says %q", name, word)
		}
	}
	check(h.Tab, name)
}

// From an empty database to a programme that runs and one earned, explained and undone entry, in at most 8 typed fields
// and 20 taps.
func TestTheFirstTenMinutes(t *testing.T) {
	t.Parallel()
	for _, look := range looks {
		t.Run(look.Name(), func(t *testing.T) {
			t.Parallel()
			s, url, token := emptyHouse(t)
			h := &hands{Tab: browsertest.Open(t, url, look), t: t}
			if look.Locale == "" {
				h.forbidden = []string{"가용", "보류", "소멸", "차감", "절사", "리워드", "캠페인", "초안", "게시", "세그먼트", "멱등"}
			}
			h.Go("/setup/" + token)
			h.look("setup-1-shop")
			h.write("input[name=name]", "모퉁이 커피")
			h.tap(`label:has(input[name=trade][value=restaurant])`)
			h.write("input[name=email]", "owner@corner.test")
			h.write("input[name=password]", testPassword)
			h.tap("main form button.btn-primary")
			h.Until(`location.pathname.endsWith('/customers')`)
			h.look("setup-2-customers")
			h.tap("main form button.btn-primary")
			h.Until(`location.pathname.endsWith('/promise')`)
			h.look("setup-3-promise")
			h.tap("main form button.btn-primary")
			h.See(`a[href="/counter"].btn-primary`)
			h.look("setup-4-done")
			h.tap(`a[href="/counter"].btn-primary`)
			h.See("#q")
			h.look("first-counter")
			h.write("#q", "010-1234-0000")
			h.See("#counter-result input[name=agreed]")
			h.look("first-enrol")
			h.tap("#counter-result input[name=agreed]")
			h.tap("#counter-result form button.btn-primary")
			h.See("#counter-result .done")
			h.tap(`#counter-result a[href$="/earn"]`)
			h.write("#amount", "12000")
			h.Says("#earn-preview", "1,240")
			h.tap("#counter-result form button.btn-primary")
			h.See(`#counter-result form[action*="/counter/undo/"]`)
			h.tap("#counter-result details.explain summary")
			h.Says("#counter-result .why", "240P")
			h.look("first-why")
			h.tap(`#counter-result form[action*="/counter/undo/"] button`)
			h.Until(`!document.querySelector('#counter-result form[action*="/counter/undo/"]')`)
			h.look("first-undone")
			if h.typed > 8 || h.taps > 20 {
				t.Errorf("%d fields typed and %d taps, want at most 8 and 20", h.typed, h.taps)
			}
			t.Logf("%d fields typed, %d taps", h.typed, h.taps)
			if n := s.count(t, `SELECT coalesce(sum(available), 0) FROM accounts`); n != 0 {
				t.Errorf("after the undo %d points are left", n)
			}
			h.Go("/poster")
			h.Says("body", i18n.New(i18n.Match(look.Locale)).Common.Print)
			h.Shot("first-poster")
		})
	}
}

// emptyHouse is the program over an empty database, with the one-time link that it prints at its first start.
func emptyHouse(t *testing.T) (s *site, url, token string) {
	t.Helper()
	d := storetest.Open(t)
	server := httptest.NewUnstartedServer(nil)
	url = "http://" + server.Listener.Addr().String()
	s = siteOver(t, &storetest.Shop{Database: *d}, func(deps *Deps) { deps.URL = url })
	server.Config.Handler = s.server
	server.Start()
	t.Cleanup(server.Close)
	err := store.InGlobalTx(t.Context(), d.DB, func(tx *store.Tx) (err error) {
		token, err = people.NewLink(tx, people.SetupLink, 0, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, url, token
}
