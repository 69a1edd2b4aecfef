package handlers

import (
	"net/http"
	"testing"

	"dangol/handlers/browsertest"
	"dangol/models"
)

// Everything is found by the keyboard alone: ⌘K, some letters, an arrow, Enter; and ? tells the keys.
func TestThePaletteByKeyboard(t *testing.T) {
	t.Parallel()
	for _, look := range looks {
		t.Run(look.Name(), func(t *testing.T) {
			t.Parallel()
			s, url := open(t)
			s.promise(t, models.TradeUnknown)
			s.hires(t, s.MerchantID, "owner@cafe.test", models.Owner)
			s.setTaste(t, "owner@cafe.test", look)
			s.guest(t, "김마야", "010-1234-5678")
			tab := browsertest.Open(t, url, look)
			signIn(t, tab, "owner@cafe.test", "/insights")
			tab.JS(`document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "k", code: "KeyK", ctrlKey: true, bubbles: true}))`)
			tab.See("#palette[open] #search")
			tab.Until(`document.activeElement.id === 'search'`)
			check(tab, "palette-empty")
			tab.Press("5678")
			tab.Says("#search-results", "김*야")
			tab.Until(`document.activeElement.id === 'search'`)
			check(tab, "palette-found")
			tab.JS(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", code: "ArrowDown", bubbles: true, cancelable: true}))`)
			tab.Until(`document.activeElement.getAttribute('href')?.startsWith('/customers/')`)
			tab.Press("\r")
			tab.Until(`location.pathname.startsWith('/customers/')`)
			tab.Until(`document.readyState === 'complete' && document.documentElement.classList.contains('js')`)
			tab.JS(`document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "?", code: "Slash", shiftKey: true, bubbles: true}))`)
			tab.Until(`location.pathname === '/help'`)
			check(tab, "help")
		})
	}
}

// Without scripts the search is a page; each role finds what it may open and nothing else.
func TestTheSearchPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	s.guest(t, "김마야", "010-1234-5678")
	b := s.owner(t)
	if page := b.get("/search?q=ㄱㅅㄷ").want(http.StatusOK).doc(); page.Find(`#search-results a[href="/counter"]`).Length() == 0 {
		t.Errorf("by its initials: %s", page.Find("#search-results").Text())
	}
	if page := b.get("/search?q=ㄱㅁㅇ").want(http.StatusOK).doc(); page.Find(`#search-results a[href^="/customers/"]`).Length() == 0 {
		t.Error("a customer is not found")
	}
	if page := b.get("/search?q=zzzz").want(http.StatusOK); !page.says("맞는 것이 없어요") {
		t.Error("nothing is not told")
	}
	if parts := b.htmx().get("/search?dialog=1").want(http.StatusOK).doc(); parts.Find("dialog#palette form[action='/search']").Length() != 1 {
		t.Error("no dialog")
	}
	clerk := b.as(t, s, models.Clerk).get("/search?q=").want(http.StatusOK).doc()
	if clerk.Find(`#search-results a[href="/counter"]`).Length() != 1 || clerk.Find(`#search-results a[href="/staff"], #search-results a[href="/program"]`).Length() != 0 {
		t.Errorf("a clerk finds %s", clerk.Find("#search-results").Text())
	}
	if page := b.as(t, s, models.Viewer).get("/help").want(http.StatusOK).doc(); page.Find("#keys dt").Length() < 8 || page.Find("#words dt").Length() < 8 {
		t.Error("the help is short")
	}
}
