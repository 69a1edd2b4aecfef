package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"dangol/handlers/browsertest"
)

// Each story is looked at as a Korean shop's phone shows it in daylight or as an English desk shows it at night, by turns;
// with DANGOL_TEST_ALL in both ways.
func TestEveryStoryIsAccessibleAndFits(t *testing.T) {
	server := httptest.NewServer(handler())
	t.Cleanup(server.Close)
	all := os.Getenv("DANGOL_TEST_ALL") != ""
	for turn, look := range []struct {
		query string
		browsertest.Look
	}{
		{"?lang=ko&theme=light", browsertest.Look{Width: 390}},
		{"?lang=en&theme=dark", browsertest.Look{Width: 1280, Dark: true, Locale: "en"}},
	} {
		t.Run(look.Name(), func(t *testing.T) {
			tab := browsertest.Open(t, server.URL, look.Look)
			for i, each := range stories() {
				if !all && i%2 != turn {
					continue
				}
				tab.Go("/story/" + each.name + look.query)
				tab.Accessible()
				tab.Fits()
			}
		})
	}
}

func TestEveryPageHasItsPrimaryActionOnce(t *testing.T) {
	server := httptest.NewServer(handler())
	t.Cleanup(server.Close)
	for _, each := range stories() {
		answer := httptest.NewRecorder()
		handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/story/"+each.name, nil))
		page := answer.Body.String()
		if !strings.Contains(page, "</html>") {
			t.Errorf("%s is not whole: %s", each.name, page[max(0, len(page)-200):])
		}
		if n := strings.Count(page, "btn-primary"); n > 1 {
			t.Errorf("%s has %d primary buttons", each.name, n)
		}
	}
}
