package browsertest

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestATabSeesWhatIsThere(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<!doctype html><html lang="` + r.Header.Get("Accept-Language") + `"><head><title>x</title></head>
			<body><main><h1>안녕하세요</h1><form><label for="q">q</label><input id="q"></form></main></body></html>`))
	}))
	t.Cleanup(server.Close)
	tab := Open(t, server.URL, Look{Width: 390, Dark: true, Locale: "en"})
	tab.Go("/a?b=1")
	tab.Says("h1", "안녕하세요")
	tab.Type("#q", "ㄱㄴ")
	if got := tab.JS("document.getElementById('q').value"); got != "ㄱㄴ" {
		t.Errorf("typed %q", got)
	}
	if got := tab.JS("document.documentElement.lang + innerWidth + matchMedia('(prefers-color-scheme: dark)').matches"); got != "en390true" {
		t.Errorf("looks like %s", got)
	}
	if got := tab.Focused(); got != "input#q" {
		t.Errorf("the focus is on %s", got)
	}
	tab.Accessible()
	tab.Fits()
	plain := Open(t, server.URL, Look{NoJS: true})
	plain.Go("/")
	plain.Type("#q", "ㄷ")
	if got := plain.JS("document.getElementById('q').value"); got != "ㄷ" {
		t.Errorf("without scripts, typed %q", got)
	}
}
