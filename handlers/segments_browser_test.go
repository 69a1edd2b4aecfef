package handlers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"dangol/handlers/browsertest"
	"dangol/models"
	"dangol/models/insights"
)

// walk goes through the office with nothing but the keys.
type walk struct {
	*browsertest.Tab
	t       *testing.T
	scripts bool
}

// seen is whether the focus is on something, and on a control is marked and covered by nothing; a message that took the
// focus to be read is no control.
const seen = `(e => {
	const place = e.closest('.choice, .segmented label, .affix:has(.unit)') ?? e, box = place.getBoundingClientRect()
	const over = document.elementFromPoint(box.x + Math.min(box.width / 2, 40), box.y + box.height / 2)
	if (e !== document.body && e.tabIndex < 0) return true
	return e !== document.body && e.matches(':focus-visible') && getComputedStyle(place).outlineStyle !== 'none' && place.contains(over)
})(document.activeElement)`

// to goes by Tab to what an expression about the focus e says.
func (w *walk) to(expression string) {
	w.t.Helper()
	tabTo(w.t, w.Tab, `!!(e => `+expression+`)(document.activeElement)`)
	w.Until(seen)
}

// arrives holds what an answer has brought against what every state must be. A whole new page begins without a focus; a
// piece of one leaves it or takes it along.
func (w *walk) arrives(name, selector string) {
	w.t.Helper()
	w.See(selector)
	if w.scripts {
		w.Until(`document.activeElement !== document.body`)
		w.Until(seen)
	}
	check(w.Tab, name)
}

// From the map to the people to points for exactly them, and one of them takes it back: by keyboard alone, with scripts and
// without, and pressed three times it is given once.
func TestTheMapByKeyboard(t *testing.T) {
	t.Parallel()
	for _, look := range append(office, browsertest.Look{NoJS: true}) {
		t.Run(look.Name(), func(t *testing.T) {
			t.Parallel()
			s, url := open(t)
			s.promise(t, models.TradeUnknown)
			busy(t, s, 3)
			tab := s.chief(t, url, look, "/segments")
			s.walksTheMap(t, &walk{Tab: tab, t: t, scripts: !look.NoJS})
		})
	}
}

func (s *site) walksTheMap(t *testing.T, w *walk) {
	path, _ := s.field(t)
	w.to(fmt.Sprintf(`e.getAttribute('href') === %q`, path))
	w.Press("\r")
	w.arrives("map-keys-people", "#people-rows tr")
	if marked := w.JS(`[...document.querySelectorAll('.rfm [aria-current]')].map(e => e.getAttribute('href')).join()`); marked != path {
		t.Errorf("the map marks %q, the people are of %s", marked, path)
	}
	w.to(`e.closest('#people-rows')`)
	w.to(`e.name === 'kind'`)
	w.Press(kb.ArrowUp) // from points, chosen as the only coupon is for birthdays, up to it and round to the last again
	w.Until(`document.activeElement.value === 'birthday' && document.activeElement.checked`)
	w.Press(kb.ArrowDown)
	w.Until(`document.activeElement.value === 'points' && document.activeElement.checked`)
	w.Allow("422")
	w.to(`e.matches('#give button[type=submit]')`)
	w.Press("\r") // no number
	w.arrives("map-keys-fault", "#points[aria-invalid]")
	s.changesTheField(t, w)
	before := s.count(t, `SELECT coalesce(sum(available), 0) FROM accounts`)
	w.to(`e.matches('#give button[type=submit]')`)
	w.Press("\r\r\r")
	w.Until(`location.pathname.startsWith('/segments/gifts/')`)
	w.See("#gift-rows a")
	w.to(`e.closest('#gift-rows')`)
	s.delivers(t)
	if !w.scripts {
		w.Go(w.Path())
	}
	w.Until(`!document.querySelector('#gift-job[hx-get]')`)
	w.arrives("map-keys-given", "#gift-job")
	if n := s.count(t, `SELECT coalesce(sum(available), 0) FROM accounts`) - before; n != 4*500 || s.count(t, `SELECT count(*) FROM gives`) != 1 {
		t.Errorf("pressed three times, four people have %d more points", n)
	}
	s.takesOneBack(t, w, before+3*500)
}

// changesTheField lets somebody join the people after they were shown: the gift is refused with the new number.
func (s *site) changesTheField(t *testing.T, w *walk) {
	t.Helper()
	s.earns(t, s.guest(t, "늦게온손님", "010-7000-0000"), 12_000)
	if err := insights.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	w.Allow("409")
	w.to(`e.id === 'points'`)
	w.Press("500\r")
	w.Until(`document.querySelector('#give [name=seen]')?.value === '4'`)
	w.arrives("map-keys-changed", "#give [role=alert]")
	if points := w.JS(`document.querySelector('#points').value`); points != "500" {
		t.Errorf("500 was typed, %q is left", points)
	}
}

// takesOneBack goes to the counter, where one's own last gifts stand, and takes one of them back.
func (s *site) takesOneBack(t *testing.T, w *walk, want int64) {
	t.Helper()
	w.to(`e.getAttribute('href') === '/counter'`)
	w.Press("\r")
	w.Until(`location.pathname === '/counter'`)
	w.See("#counter-recent form")
	w.to(`e.closest('#counter-recent form')`)
	w.Press("\r")
	w.arrives("map-keys-undone", "#counter-result .done")
	if n := s.count(t, `SELECT coalesce(sum(available), 0) FROM accounts`); n != want {
		t.Errorf("after one was taken back there are %d points, want %d", n, want)
	}
	if undone := s.one(t, `SELECT string_agg(reason, ' ') FROM grants WHERE undone_at IS NOT NULL`); strings.TrimSpace(undone) != string(models.GrantGive) {
		t.Errorf("%q was taken back", undone)
	}
}
