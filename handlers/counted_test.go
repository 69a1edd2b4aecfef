package handlers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/keys"
	"dangol/models/limits"
	"dangol/views/paths"
)

// counts puts a count so far into the window that is open.
func (s *site) counts(t *testing.T, l limits.Limit, subject string, n int) {
	t.Helper()
	if _, err := s.DB.Pool().Exec(t.Context(), `INSERT INTO attempts (scope, subject, window_at, count) VALUES ($1, $2, $3, $4)`,
		l.Scope, subject, s.Clock.Now().Truncate(l.Window), n); err != nil {
		t.Fatal(err)
	}
}

// The counter's search is limited by who searches and by address: 429, when to try again, and words, on the page and by
// htmx. A busy till does not meet the limit, and another's is not its own.
func TestLookupsAtTheCounterAreLimited(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	clerk := s.hires(t, s.MerchantID, "clerk@cafe.test", models.Clerk)
	b := s.as(t, s.MerchantID, clerk)
	for range 150 {
		b.htmx().get(paths.LookupFor("1234")).want(http.StatusOK)
	}
	staffID := 0
	if err := s.DB.Pool().QueryRow(t.Context(), `SELECT id FROM staff WHERE person_id = $1`, clerk.ID).Scan(&staffID); err != nil {
		t.Fatal(err)
	}
	subject := fmt.Sprintf("%d/%d", s.MerchantID, staffID)
	if _, err := s.DB.Pool().Exec(t.Context(), `UPDATE attempts SET count = $1 WHERE scope = $2 AND subject = $3`, limits.LookupStaff.Max, limits.LookupStaff.Scope, subject); err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]*answer{"page": b.get(paths.LookupFor("1234")), "htmx": b.htmx().get(paths.LookupFor("1234")), "list": b.get(paths.LookupFor("김"))} {
		a.want(http.StatusTooManyRequests)
		if a.Header().Get("Retry-After") == "" || !a.says("뒤에 다시 해 주세요") || a.says("초 초") {
			t.Errorf("%s: Retry-After %q, %.300s", name, a.Header().Get("Retry-After"), a.Body)
		}
	}
	s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "clerk2@cafe.test", models.Clerk)).get(paths.LookupFor("1234")).want(http.StatusOK)
	s.Clock.Advance(limits.LookupStaff.Window)
	b.get(paths.LookupFor("1234")).want(http.StatusOK)
}

// Whole numbers are shown so often and no oftener.
func TestWholeNumbersAreLimited(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b, id := s.owner(t), s.guest(t, "김민지", "010-1234-5678").ID
	for range limits.Reveals.Max {
		b.post(paths.CustomerPhone(id), nil).want(http.StatusOK)
	}
	b.post(paths.CustomerPhone(id), nil).want(http.StatusTooManyRequests)
}

// A key that guesses telephone numbers, or counts through customers' numbers, is stopped: what it does not find counts five.
// No header makes it somebody else; the address has a limit of its own for many keys.
func TestLookupsByAPIAreLimited(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	call := func(key string, n int) *httptest.ResponseRecorder {
		var r *http.Request
		if n%2 == 0 {
			r = httptest.NewRequest(http.MethodPost, "/api/v1/customers/lookup", strings.NewReader(fmt.Sprintf(`{"phone":"010-0000-%04d"}`, n)))
			r.Header.Set("Content-Type", "application/json")
		} else {
			r = httptest.NewRequest(http.MethodGet, fmt.Sprintf("/api/v1/customers/id:%d", 1_000_000+n), nil)
		}
		r.Header.Set("Authorization", "Bearer "+key)
		r.Header.Set("X-Forwarded-For", fmt.Sprintf("192.0.2.%d", n%250))
		r.RemoteAddr = "198.51.100.7:4711"
		w := httptest.NewRecorder()
		s.server.ServeHTTP(w, r)
		return w
	}
	cut := func(name string) string {
		text, _, err := keys.Make(t.Context(), s.DB, s.MerchantID, models.Actor{}, keys.Params{Name: name, Source: "pos", Scopes: []models.Scope{models.ScopeCustomersRead}})
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	key, tries := cut("a"), limits.LookupKey.Max/limits.MissCosts
	for n := range tries {
		if w := call(key, n); w.Code != http.StatusNotFound {
			t.Fatalf("try %d: %d %s", n, w.Code, w.Body)
		}
	}
	if w := call(key, 0); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "too_many") {
		t.Errorf("after %d: %d %v %s", tries, w.Code, w.Header(), w.Body)
	}
	s.counts(t, limits.LookupAddress, "192.0.2.77", limits.LookupAddress.Max)
	if w := call(cut("b"), 77); w.Code != http.StatusNotFound {
		t.Errorf("a header chose the address: %d", w.Code)
	}
	if _, err := s.DB.Pool().Exec(t.Context(), `UPDATE attempts SET count = $1 WHERE scope = $2 AND subject = '198.51.100.7'`, limits.LookupAddress.Max, limits.LookupAddress.Scope); err != nil {
		t.Fatal(err)
	}
	if w := call(cut("c"), 1); w.Code != http.StatusTooManyRequests {
		t.Errorf("a third key from the same address: %d", w.Code)
	}
	s.Clock.Advance(time.Hour)
	if w := call(key, 0); w.Code != http.StatusNotFound {
		t.Errorf("an hour later: %d", w.Code)
	}
}
