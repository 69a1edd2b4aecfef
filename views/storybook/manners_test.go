package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/a-h/templ"

	"dangol/handlers/browsertest"
	"dangol/views/components"
	"dangol/views/i18n"
	"dangol/views/layouts"
	"dangol/views/pages"
)

// shop answers as a server would: the stories' pages, and a few of the parts that htmx asks for.
type shop struct {
	*httptest.Server
	posts atomic.Int32
}

func open(t *testing.T, look browsertest.Look) (*shop, *browsertest.Tab) {
	t.Helper()
	s := &shop{}
	mux := http.NewServeMux()
	mux.Handle("/", handler())
	mux.HandleFunc("GET /counter/lookup", part(func(p *i18n.Printer) templ.Component { return pages.CounterStep(matchesView(p)) }))
	mux.HandleFunc("GET /customers/7/grants", part(func(p *i18n.Printer) templ.Component {
		return pages.AdjustDrawer(pages.AdjustView{ID: 7, Before: 3240, After: 3240, Left: -1, Reasons: []string{"thanks"}})
	}))
	mux.HandleFunc("POST /program/preview", part(func(p *i18n.Printer) templ.Component {
		effect := programEffect(p)
		effect.Sentence, effect.Cost.Monthly = "다른 한 문장", 987654
		return pages.ProgramPreview(effect)
	}))
	mux.HandleFunc("POST /counter/customers/7/earn/preview", part(func(*i18n.Printer) templ.Component {
		return pages.EarnPreview(pages.EarnPreviewView{Points: 240})
	}))
	mux.HandleFunc("POST /counter/customers/7/earn", s.earn)
	mux.HandleFunc("POST /counter/customers/7/redeem", unavailable)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s, browsertest.Open(t, s.URL, look)
}

// part renders one component as an answer to htmx.
func part(show func(p *i18n.Printer) templ.Component) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		printer := i18n.New(i18n.Korean)
		printer.Now = now
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = show(printer).Render(layouts.With(context.WithoutCancel(r.Context()), shellFor(printer), printer), w)
	}
}

// earn is slow, so that an impatient thumb has time to tap again.
func (s *shop) earn(w http.ResponseWriter, r *http.Request) {
	s.posts.Add(1)
	time.Sleep(300 * time.Millisecond)
	w.Header().Set("HX-Trigger", `{"ui:announce":`+strconv.QuoteToASCII("1,240P 적립했어요")+`,"ui:focus":"#counter-result"}`)
	part(func(p *i18n.Printer) templ.Component { return pages.CounterStep(doneView(p)) })(w, r)
}

func unavailable(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusServiceUnavailable)
	part(func(p *i18n.Printer) templ.Component {
		return components.ToastPartial(components.ToastProps{Text: p.Fault("unavailable", nil), Bad: true})
	})(w, r)
}

func TestFourKeysFindTheCustomer(t *testing.T) {
	_, tab := open(t, browsertest.Look{Width: 390})
	tab.Go("/story/counter/idle")
	for _, key := range []string{"5", "6", "7", "8"} {
		tab.Click(`[data-key="` + key + `"]`)
	}
	tab.Says("#counter-result", "3명이 있어요")
	if got := tab.JS("document.getElementById('q').value"); got != "5678" {
		t.Errorf("the field holds %q", got)
	}
	tab.Accessible()
}

func TestAnImpatientThumbEarnsOnce(t *testing.T) {
	shop, tab := open(t, browsertest.Look{Width: 390})
	tab.Go("/story/counter/earn-empty")
	for _, key := range []string{"1", "2", "0", "0", "0"} {
		tab.Click(`[data-key="` + key + `"]`)
	}
	if got := tab.JS("document.getElementById('amount').value"); got != "12,000" {
		t.Errorf("the amount reads %q", got)
	}
	tab.JS("[1, 2, 3].map(() => document.querySelector('.step button[type=submit]').click())")
	tab.Says("#counter-result", "1,240P 적립했어요")
	tab.Says("#announcer", "1,240P 적립했어요")
	if got := shop.posts.Load(); got != 1 {
		t.Errorf("three taps sent %d requests", got)
	}
	if got := tab.Focused(); got != "div#counter-result" {
		t.Errorf("the focus is on %s", got)
	}
}

func TestAFailureLeavesTheFormAsItWas(t *testing.T) {
	_, tab := open(t, browsertest.Look{Width: 390})
	tab.Allow("503")
	tab.Go("/story/counter/redeem")
	tab.Click(`[data-fill="#points"]`)
	tab.Click(".step button[type=submit]")
	tab.Says("#toasts", "지금은 처리하지 못했어요")
	if got := tab.JS("document.getElementById('points').value"); got != "1,000" {
		t.Errorf("the field holds %q", got)
	}
}

func TestADrawerOpensOverThePageAndCloses(t *testing.T) {
	_, tab := open(t, browsertest.Look{})
	tab.Go("/story/customers/timeline")
	tab.Click(`main [hx-target="#dialog"]`)
	tab.See("dialog[open] #points")
	if got := tab.Focused(); got != "input#points" {
		t.Errorf("the focus is on %s", got)
	}
	tab.Accessible()
	tab.Click("dialog [data-closes]")
	tab.Gone("dialog")
}

func TestWhatIsTypedShowsItsEffectAndTheSaveBar(t *testing.T) {
	_, tab := open(t, browsertest.Look{})
	tab.Go("/story/program/full")
	tab.Gone("[data-savebar]")
	tab.Type("#rate", "3")
	tab.See("[data-savebar]")
	tab.Says("#effect-sentence", "다른 한 문장")
	tab.Says("#effect-cost", "987,654원")
	if got := tab.Focused(); got != "input#rate" {
		t.Errorf("the focus is on %s", got)
	}
	tab.Click("[data-savebar] button[type=reset]")
	tab.Gone("[data-savebar]")
}

func TestADigitIsNotLostInsideAnAmount(t *testing.T) {
	_, tab := open(t, browsertest.Look{})
	tab.Go("/story/counter/earn")
	tab.JS("(f => { f.focus(); f.setSelectionRange(2, 2); document.execCommand('insertText', false, '5') })(document.getElementById('amount'))")
	if got := tab.JS("document.getElementById('amount').value + ' ' + document.getElementById('amount').selectionStart"); got != "125,000 3" {
		t.Errorf("12|,000 and a 5 make %q", got)
	}
}
