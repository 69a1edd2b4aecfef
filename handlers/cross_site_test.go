package handlers

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Every route that changes something by a cookie refuses what another site has sent, whatever it claims, and nothing changes.
func TestEveryChangeRefusesOtherSites(t *testing.T) {
	t.Parallel()
	here, _ := town(t)
	b := here.as(t, here.merchant, here.people["owner"])
	before, tried := here.digest(t), 0
	for _, route := range here.server.routes() {
		if route.Method == http.MethodGet || route.Allow.Scope != "" {
			continue
		}
		for name, header := range map[string]http.Header{
			"another site": {"Sec-Fetch-Site": {"cross-site"}}, "a neighbour": {"Sec-Fetch-Site": {"same-site"}}, "a foreign origin": {"Origin": {"https://evil.example"}},
			"no origin": {"Origin": {"null"}}, "nothing said, no token": {}, "a token of nobody": {"X-Csrf-Token": {"AAAA"}},
			"another method": {"X-Http-Method-Override": {http.MethodGet}, "Origin": {"https://evil.example"}},
		} {
			for _, kind := range []string{"application/x-www-form-urlencoded", "text/plain"} {
				r := httptest.NewRequest(route.Method, here.path(t, route)+"?_method=GET", strings.NewReader("csrf=AAAA&_method=GET"))
				r.Host = "127.0.0.1:8080"
				for field, values := range header {
					r.Header[field] = values
				}
				r.Header.Set("Content-Type", kind)
				tried++
				if a := b.do(r); a.Code != http.StatusForbidden {
					t.Errorf("%s %s, %s as %s: %d, want 403", route.Method, route.Path, name, kind, a.Code)
				}
			}
		}
	}
	if after := here.digest(t); after != before || tried < 200 {
		t.Errorf("after %d tries something has changed:\n%s\nbefore:\n%s", tried, after, before)
	}
}
