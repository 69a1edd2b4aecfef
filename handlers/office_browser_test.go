package handlers

import (
	"fmt"
	"strings"
	"testing"

	"dangol/handlers/browsertest"
	"dangol/models"
	"dangol/models/demo"
	"dangol/models/insights"
)

// office is how the office is looked at while something is done; the tour looks at every page in every look.
var office = []browsertest.Look{{Width: 390}, {Width: 1280, Dark: true, Locale: "en"}}

// lively serves the demo shop, with its people and their year.
func lively(t *testing.T) (s *site, url string) {
	t.Helper()
	s, url = open(t)
	shop, err := demo.Build(t.Context(), s.DB, demo.Config{Guard: s.server.guard})
	if err != nil {
		t.Fatal(err)
	}
	s.MerchantID = shop.MerchantID
	if err := insights.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	return s, url
}

// chief gives a tab in which an owner with the taste of a look is signed in.
func (s *site) chief(t *testing.T, url string, look browsertest.Look, path string) *browsertest.Tab {
	t.Helper()
	email := "chief-" + look.Name() + "@cafe.test"
	s.hires(t, s.MerchantID, email, models.Owner)
	s.setTaste(t, email, look)
	tab := browsertest.Open(t, url, look)
	signIn(t, tab, email, path)
	return tab
}

// thrice taps a button three times before anything can come back.
func thrice(tab *browsertest.Tab, selector string) {
	tab.JS(fmt.Sprintf(`(b => { b.click(); b.click(); b.click(); return 1 })(document.querySelector(%q))`, selector))
}

// A promise is read, tried, mended and started; the same promise in every look, one after the other.
func TestTheProgrammeInABrowser(t *testing.T) {
	t.Parallel()
	s, url := lively(t)
	for i, look := range office {
		t.Run(look.Name(), func(t *testing.T) {
			tab := s.chief(t, url, look, "/program")
			tab.See("#effect-cost .display")
			check(tab, "program")

			rate := fmt.Sprint(i + 3)
			tab.Type("#rate", rate)
			tab.Says("#effect-sentence", rate+"%")
			if focus := tab.Focused(); focus != "input#rate" {
				t.Errorf("after a preview the focus is on %s", focus)
			}
			check(tab, "program-typed")
			tab.Type("#rate", "x")
			tab.See("#effect-cost .field-error, #effect-cost [id$=-error]")
			check(tab, "program-preview-fault")

			tab.Allow("422")
			tab.Click("[data-savebar] button.btn-plain")
			tab.See("#rate[aria-invalid]")
			check(tab, "program-fault")
			tab.Type("#rate", rate)
			tab.Says("#effect-sentence", rate+"%")
			tab.Click("button[name=then]")
			tab.Until(`location.pathname === '/program/publications'`)
			check(tab, "program-publish")
			before := s.count(t, `SELECT count(*) FROM publications`)
			if tab.Count("#confirm") > 0 {
				tab.Type("#confirm", strings.NewReplacer(",", "").Replace(s.one(t, fmt.Sprintf(`SELECT count(*)::text FROM memberships WHERE merchant_id = %d AND left_at IS NULL`, s.MerchantID))))
			}
			thrice(tab, "main form button[type=submit]:not([name])")
			tab.Until(`location.pathname === '/program'`)
			tab.See("#effect-cost .display")
			if n := s.count(t, `SELECT count(*) FROM publications`); n != before+1 {
				t.Errorf("three taps started %d versions", n-before)
			}
			check(tab, "program-started")
			for name, path := range map[string]string{
				"program-versions": "/program/versions", "program-version": "/program/versions/1", "program-compare": "/program/versions/compare?from=1&to=2",
			} {
				tab.Go(path)
				check(tab, name)
			}
		})
	}
}

// A group is made row by row while its people are counted, in every look.
func TestAGroupInABrowser(t *testing.T) {
	t.Parallel()
	s, url := lively(t)
	for i, look := range office {
		t.Run(look.Name(), func(t *testing.T) {
			tab := s.chief(t, url, look, "/segments/groups/new")
			check(tab, "group-new")
			tab.Type("#name", fmt.Sprint("그룹 ", i))
			tab.Type("#a-0", "3")
			tab.See("#group-effect strong")
			tab.Click(`button[value=add]`)
			tab.See("select#field-1:focus")
			tab.JS(`(f => { f.value = 'tier'; f.dispatchEvent(new Event('change', {bubbles: true})); return 1 })(document.querySelector('#field-1'))`)
			tab.See("input[name=codes-1]")
			tab.Click("input[name=codes-1]")
			tab.Click("input[name=not-1][value='1']")
			tab.See("#group-effect strong")
			check(tab, "group-typed")
			people := s.one(t, fmt.Sprintf(`SELECT count(*)::text FROM customer_stats WHERE merchant_id = %d AND visits >= 3`, s.MerchantID))
			tab.Click(`button[value=remove-1]`)
			tab.Gone("#field-1")
			tab.Until(`document.querySelector('#group-effect strong')?.textContent.replaceAll(',', '').match(/^[0-9]+/)[0] === '` + people + `'`)
			before := s.count(t, `SELECT count(*) FROM segments`)
			thrice(tab, "#group-form button.btn-primary")
			tab.Until(`/^\/segments\/groups\/[0-9]+$/.test(location.pathname)`)
			tab.See("#people-rows tr")
			check(tab, "group")
			if n := s.count(t, `SELECT count(*) FROM segments`); n != before+1 {
				t.Errorf("three taps made %d groups", n-before)
			}
			tab.Go("/segments")
			check(tab, "segments-with-groups")
		})
	}
}

// From the map to the people to a gift in three clicks, in every look.
func TestTheMapInABrowser(t *testing.T) {
	t.Parallel()
	s, url := lively(t)
	for i, look := range office {
		t.Run(look.Name(), func(t *testing.T) {
			tab := s.chief(t, url, look, "/segments")
			check(tab, "segments")
			cell := s.one(t, fmt.Sprintf(`SELECT '/segments/cell?f=' || frequency || '&r=' || recency FROM customer_facts WHERE merchant_id = %d
				GROUP BY recency, frequency HAVING count(*) <= 100 ORDER BY count(*) DESC, recency, frequency OFFSET %d LIMIT 1`, s.MerchantID, i))
			tab.Click(`a[href="` + cell + `"]`)
			tab.See("#people-rows tr")
			check(tab, "segments-people")
			tab.Allow("422")
			tab.JS(`(document.querySelector('#give input[value=points]').click(), 1)`)
			tab.See("#points")
			tab.Click("#give button[type=submit]")
			tab.See("#points[aria-invalid]")
			check(tab, "segments-give-fault")
			tab.Type("#points", "500")
			before := s.count(t, `SELECT count(*) FROM gives`)
			thrice(tab, "#give button[type=submit]")
			tab.Until(`location.pathname.startsWith('/segments/gifts/')`)
			check(tab, "gift-begun")
			if n := s.count(t, `SELECT count(*) FROM gives`); n != before+1 {
				t.Errorf("three taps made %d gifts", n-before)
			}
			s.delivers(t)
			tab.Until(`!document.querySelector('#gift-job[hx-get]')`)
			check(tab, "gift-done")
		})
	}
	many := s.one(t, fmt.Sprintf(`SELECT '/segments/cell?f=' || frequency || '&r=' || recency FROM customer_facts WHERE merchant_id = %d
		GROUP BY recency, frequency ORDER BY count(*) DESC LIMIT 1`, s.MerchantID))
	tab := browsertest.Open(t, url, browsertest.Look{Width: 390, NoJS: true})
	signIn(t, tab, "chief-390-light-ko@cafe.test", "/segments")
	tab.ClickAway(`a[href="` + many + `"]`)
	tab.Allow("422")
	tab.ClickAway("#give button[type=submit]") // more than a hundred people, and their number not typed
	tab.See("#confirm[aria-invalid]")
	tab.Shot("segments-nojs")
	tab.Type("#confirm", tab.JS("document.querySelector('#give [name=seen]').value"))
	tab.ClickAway("#give button[type=submit]")
	if !strings.HasPrefix(tab.Path(), "/segments/gifts/") {
		t.Errorf("without scripts the gift leads to %s", tab.Path())
	}
}

// A customer is found, their points are explained where they stand, and the drawer opens over the page.
func TestTheOfficeInABrowser(t *testing.T) {
	t.Parallel()
	s, url := lively(t)
	guest := s.one(t, fmt.Sprintf(`SELECT f.customer_id::text FROM customer_facts f WHERE f.merchant_id = %d ORDER BY f.visits DESC LIMIT 1`, s.MerchantID))
	for _, look := range office {
		t.Run(look.Name(), func(t *testing.T) {
			tab := s.chief(t, url, look, "/customers")
			tab.See("#customer-rows tr")
			tab.Type("#q", "ㄱ")
			tab.Until(`location.search.includes('q=')`)
			check(tab, "customers-search")
			if focus := tab.Focused(); focus != "input#q" {
				t.Errorf("after a search the focus is on %s", focus)
			}
			tab.Go("/customers/" + guest + "?tab=ledger")
			tab.Click("#ledger-rows details.explain summary, #ledger-rows [hx-get$=why]")
			tab.See("#ledger-rows .why")
			check(tab, "customer-why")
			tab.Click(`a[href$="/grants"]`)
			tab.See("dialog[open] #points")
			check(tab, "customer-adjust")
			tab.Type("#points", "321")
			if reason := tab.JS(`document.querySelector("#adjust-form [name=reason]").value`); reason != "" {
				t.Errorf("a reason is chosen beforehand: %s", reason)
			}
			tab.JS(`document.querySelector("#adjust-form [name=reason]").value = "thanks"`)
			thrice(tab, "#adjust-form button[type=submit]:not([name])")
			tab.Until(`!document.querySelector('dialog[open]')`)
			tab.See("#toasts .toast")
		})
	}
	if n := s.count(t, fmt.Sprintf(`SELECT count(*) FROM grants WHERE merchant_id = %d AND points = 321`, s.MerchantID)); n != 2 {
		t.Errorf("two drawers, tapped three times each, gave %d times", n)
	}
}

// The programme without scripts: a fault at its field, a save, a start.
func TestTheProgrammeWithoutScripts(t *testing.T) {
	t.Parallel()
	s, url := open(t)
	s.promise(t, models.TradeCafe)
	tab := s.chief(t, url, browsertest.Look{Width: 390, NoJS: true}, "/program")
	tab.Allow("422")
	tab.Type("#hold", "many")
	tab.ClickAway("button[name=then]")
	tab.See("#hold[aria-invalid]")
	tab.Type("#hold", "1")
	tab.ClickAway("button[name=then]")
	if tab.Path() != "/program/publications" {
		t.Fatalf("saving leads to %s", tab.Path())
	}
	tab.ClickAway("main form button[type=submit]:not([name])")
	if tab.Path() != "/program" || s.count(t, `SELECT count(*) FROM publications`) != 2 {
		t.Errorf("starting leads to %s", tab.Path())
	}
	tab.Shot("program-stamps-nojs")
}

// The programme by keyboard alone: change a number, start it, and the focus is never lost.
func TestTheProgrammeByKeyboard(t *testing.T) {
	t.Parallel()
	s, url := open(t)
	s.promise(t, models.TradeUnknown)
	tab := s.chief(t, url, browsertest.Look{}, "/program")
	tabTo(t, tab, `document.activeElement.id === 'rate'`)
	tab.JS(`(document.activeElement.select(), 1)`)
	tab.Press("4")
	tab.Says("#effect-sentence", "4%")
	tabTo(t, tab, `document.activeElement.name === 'then'`)
	tab.Press("\r")
	tab.Until(`location.pathname === '/program/publications'`)
	tabTo(t, tab, `document.activeElement.matches('main form button[type=submit]')`)
	tab.Press("\r")
	tab.Until(`location.pathname === '/program'`)
	if n := s.count(t, `SELECT count(*) FROM publications`); n != 2 {
		t.Errorf("%d versions were started", n)
	}
}

// tabTo presses Tab until an expression about the focus is true.
func tabTo(t *testing.T, tab *browsertest.Tab, expression string) {
	t.Helper()
	for range 80 {
		if tab.JS(expression) == "true" {
			return
		}
		tab.Press("\t")
	}
	t.Fatalf("no way by Tab to %s; the focus is on %s", expression, tab.Focused())
}
