package handlers

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/keys"
)

// quarter is one of two shops: its people, its keys, and a subject for every parameter of a path.
type quarter struct {
	*site
	merchant int64
	canary   string // stands in the texts of this shop and nowhere else
	people   map[models.Role]*models.Person
	disabled *models.Person
	keys     map[models.Scope]string
	subjects map[string]string // "customers/:id" → what to put in for :id
}

// town is a site with two shops in which everything is found that a route can be about.
func town(t *testing.T) (here, there *quarter) {
	t.Helper()
	s := newSite(t)
	here = &quarter{site: s, merchant: s.MerchantID, canary: "canary-here"}
	there = &quarter{site: s, merchant: s.AddMerchant(t, "Asia/Seoul", "KRW", nil), canary: "canary-there"}
	for _, q := range []*quarter{here, there} {
		q.settle(t)
		q.furnish(t)
	}
	return here, there
}

// settle gives the shop a person of every role, one whose access was ended, and a key of every scope.
func (q *quarter) settle(t *testing.T) {
	t.Helper()
	q.people, q.keys, q.subjects = map[models.Role]*models.Person{}, map[models.Scope]string{}, map[string]string{}
	for _, role := range models.Roles {
		q.people[role] = q.hires(t, q.merchant, fmt.Sprintf("%s@%s.test", role, q.canary), role)
	}
	q.disabled = q.hires(t, q.merchant, "gone@"+q.canary+".test", models.Owner)
	q.exec(t, `UPDATE staff SET disabled_at = $3 WHERE merchant_id = $1 AND person_id = $2`, q.merchant, q.disabled.ID, q.Clock.Now())
	for _, scope := range models.Scopes {
		text, _, err := keys.Make(t.Context(), q.DB, q.merchant, models.Actor{}, keys.Params{Name: q.canary, Source: "pos", Scopes: []models.Scope{scope}})
		if err != nil {
			t.Fatal(err)
		}
		q.keys[scope] = text
	}
}

func (q *quarter) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if _, err := q.DB.Pool().Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

func (q *quarter) one(t *testing.T, sql string, args ...any) string {
	t.Helper()
	var value any
	if err := q.DB.Pool().QueryRow(t.Context(), sql, args...).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(value)
}

// path puts this shop's subjects into the parameters of a route.
func (q *quarter) path(t *testing.T, route web.Route) string {
	t.Helper()
	segments := strings.Split(route.Path, "/")
	for i, segment := range segments {
		if !strings.HasPrefix(segment, ":") {
			continue
		}
		name := segment
		if i > 0 {
			name = strings.Split(route.Path, "/")[i-1] + "/" + segment
		}
		subject, ok := q.subjects[name]
		if !ok {
			t.Fatalf("%s %s: furnish has no subject for %q", route.Method, route.Path, name)
		}
		segments[i] = url.PathEscape(subject)
	}
	return strings.Join(segments, "/")
}

// isAbout says whether a route is about one row of a shop: then another shop's is not found. A one-time link is nobody's
// until it is used, and one's own sessions are found by their own ids.
func isAbout(route web.Route) bool {
	return strings.Contains(route.Path, ":") && !route.Allow.Public && !ownNumber[route.Method+" "+route.Path]
}

// ownNumber are routes whose parameter names something that the caller may be the first to name: a refund may come before
// its order, and a draft makes its programme.
var ownNumber = map[string]bool{
	"POST /api/v1/orders/:external_id/refunds":        true,
	"POST /api/v1/coupons/reservations/:order/cancel": true, // there may be nothing to let go
	"PUT /api/v1/programs/:code":                      true,
	"GET /program/versions/:version":                  true, // every shop counts its own
	"GET /api/v1/presets/:code":                       true, // the same in every shop
}

// bodies are what the API is sent where {} would be refused before anything is looked for.
var bodies = map[string]string{"POST /api/v1/programs/:code/quotes": `{"total": 12000}`}

func (q *quarter) try(t *testing.T, p *models.Person, route web.Route, path string) *answer {
	t.Helper()
	b := q.browser(t)
	if p != nil {
		b = q.as(t, q.merchant, p)
	}
	return b.send(route.Method, path, form(route))
}

func form(route web.Route) url.Values {
	if route.Method == http.MethodGet {
		return nil
	}
	return url.Values{}
}

func (q *quarter) call(t *testing.T, key string, route web.Route, path string) *answer {
	t.Helper()
	var r *http.Request
	if route.Method == http.MethodGet {
		r = httptest.NewRequest(route.Method, path, nil)
	} else {
		r = httptest.NewRequest(route.Method, path, strings.NewReader(cmp.Or(bodies[route.Method+" "+route.Path], "{}")))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", "matrix-"+key)
	}
	if route.Allow.Scope == "" {
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	w := httptest.NewRecorder()
	q.server.ServeHTTP(w, r)
	return &answer{w, t}
}

// Every route as everybody whom the table does not allow: refused, and nothing has changed in the end. Every route that
// reads as everybody whom it allows: answered, and nothing has changed either.
func TestTheMatrixOfPermissions(t *testing.T) {
	t.Parallel()
	here, there := town(t)
	before := here.digest(t)
	for _, route := range here.server.routes() {
		name := route.Method + " " + route.Path
		switch {
		case route.Allow.Scope != "":
			keyed(t, name, here, there, route)
		case route.Allow.Public:
			if route.Method == http.MethodGet {
				isAnswered(t, name, "nobody", here.try(t, nil, route, here.path(t, route)))
			}
		default:
			signedIn(t, name, here, there, route)
		}
	}
	if after := here.digest(t); before != after {
		t.Errorf("reading, or what was refused, has changed something:\n%s\nbefore:\n%s", after, before)
	}
}

func signedIn(t *testing.T, name string, here, there *quarter, route web.Route) {
	t.Helper()
	path := here.path(t, route)
	isSentToTheDoor(t, name+" signed out", here.try(t, nil, route, path))
	isSentToTheDoor(t, name+" without access any more", here.try(t, here.disabled, route, path))
	isSentToTheDoor(t, name+" with a key", here.call(t, here.keys[models.ScopeCustomers], route, path))
	for _, role := range models.Roles {
		if route.Allow.Of(role) == web.No {
			isRefused(t, name, string(role), here.try(t, here.people[role], route, path))
			continue
		}
		if isAbout(route) {
			isNotFound(t, name, "another shop's "+string(role), here.canary, there.try(t, there.people[role], route, path))
		}
		if route.Method == http.MethodGet {
			a := here.try(t, here.people[role], route, path)
			isAnswered(t, name, string(role), a)
			isFreeOf(t, name, there.canary, a)
		}
	}
}

func keyed(t *testing.T, name string, here, there *quarter, route web.Route) {
	t.Helper()
	path := here.path(t, route)
	if a := here.call(t, "", route, path); a.Code != http.StatusUnauthorized {
		t.Errorf("%s without a key: %d", name, a.Code)
	}
	for _, scope := range models.Scopes {
		allowed := (&models.APIKey{Scopes: []models.Scope{scope}}).Allows(route.Allow.Scope)
		if !allowed {
			isRefused(t, name, "a key for "+string(scope), here.call(t, here.keys[scope], route, path))
			continue
		}
		if isAbout(route) {
			isNotFound(t, name, "another shop's key for "+string(scope), here.canary, there.call(t, there.keys[scope], route, path))
		}
		if route.Method == http.MethodGet {
			isAnswered(t, name, "a key for "+string(scope), here.call(t, here.keys[scope], route, path))
		}
	}
}

// Every route that changes something, as everybody whom the table allows, with an empty form: it is let in and not at a
// loss. Each in a town of its own, for it may do what it says.
func TestTheMatrixOfChanges(t *testing.T) {
	t.Parallel()
	for _, route := range Table() {
		if route.Method == http.MethodGet {
			continue
		}
		t.Run(route.Method+" "+route.Path, func(t *testing.T) {
			t.Parallel()
			here, there := town(t)
			before := there.rows(t)
			for _, role := range models.Roles {
				if route.Allow.Scope == "" && route.Allow.Of(role) != web.No {
					isAnswered(t, route.Path, string(role), here.try(t, here.people[role], route, here.path(t, route)))
				}
			}
			if route.Allow.Scope != "" {
				isAnswered(t, route.Path, "a key", here.call(t, here.keys[route.Allow.Scope], route, here.path(t, route)))
			}
			if after := there.rows(t); before != after {
				t.Errorf("the other shop has changed:\n%s\nbefore:\n%s", after, before)
			}
		})
	}
}

func isSentToTheDoor(t *testing.T, who string, a *answer) {
	t.Helper()
	if a.Code != http.StatusSeeOther || !strings.HasPrefix(a.Header().Get("Location"), "/sign-in") {
		t.Errorf("%s: %d to %q, want the door", who, a.Code, a.Header().Get("Location"))
	}
}

func isRefused(t *testing.T, name, who string, a *answer) {
	t.Helper()
	if a.Code != http.StatusForbidden {
		t.Errorf("%s as %s: %d, want 403", name, who, a.Code)
	}
}

// isNotFound: 404; for what changes something also what an empty form lacks, which may be said before anything is looked for.
func isNotFound(t *testing.T, name, who, canary string, a *answer) {
	t.Helper()
	if lacks := a.Code == http.StatusUnprocessableEntity && !strings.HasPrefix(name, "GET "); a.Code != http.StatusNotFound && !lacks {
		t.Errorf("%s as %s: %d, want 404", name, who, a.Code)
	}
	isFreeOf(t, name+" as "+who, canary, a)
}

func isFreeOf(t *testing.T, name, canary string, a *answer) {
	t.Helper()
	if a.says(canary) {
		t.Errorf("%s shows what is another shop's", name)
	}
}

// isAnswered: let in, and no fault of ours. What an empty form lacks is said by 4xx.
func isAnswered(t *testing.T, name, who string, a *answer) {
	t.Helper()
	refusals := []int{http.StatusUnauthorized, http.StatusForbidden}
	if slices.Contains(refusals, a.Code) || a.Code >= 500 || a.Code == http.StatusSeeOther && strings.HasPrefix(a.Header().Get("Location"), "/sign-in?") {
		t.Errorf("%s as %s: %d\n%.600s", name, who, a.Code, a.Body)
	}
}

// digest sums up every row of every table but what merely notes that somebody was there.
func (q *quarter) digest(t *testing.T) string {
	t.Helper()
	return q.sum(t, `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
		AND table_name NOT IN ('sessions', 'attempts') ORDER BY 1`, `true`)
}

// rows sums up every row of this shop.
func (q *quarter) rows(t *testing.T) string {
	t.Helper()
	return q.sum(t, `SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'merchant_id' ORDER BY 1`,
		fmt.Sprintf(`merchant_id = %d`, q.merchant))
}

func (q *quarter) sum(t *testing.T, tables, where string) string {
	t.Helper()
	rows, err := q.DB.Pool().Query(context.Background(), tables)
	if err != nil {
		t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range names {
		fmt.Fprintf(&b, "%s %s\n", name, q.one(t, `SELECT count(*) || ' ' || coalesce(md5(string_agg(x, '' ORDER BY x)), '')
			FROM (SELECT (to_jsonb(r) - 'last_used_at')::text AS x FROM `+name+` r WHERE `+where+`) s`))
	}
	return b.String()
}

// The table is what permissions.csv says, and a route without permission keeps the server from starting.
func TestTheTableIsHeldAgainstTheFile(t *testing.T) {
	t.Parallel()
	routes := Table()
	if err := checkTable(routes); err != nil {
		t.Fatal(err)
	}
	open := slices.Clone(routes)
	open[0].Allow = web.Permission{}
	wider := slices.Clone(routes)
	i := slices.IndexFunc(wider, func(r web.Route) bool { return !r.Allow.Public })
	wider[i].Allow = web.Public
	for what, table := range map[string][]web.Route{
		"a route without permission": open, "a permission wider than the file's": wider, "a route that is missing": routes[1:],
		"a route that the file lacks": append(slices.Clone(routes), web.Route{Method: "GET", Path: "/new", Handler: routes[0].Handler, Allow: web.Public}),
		"a route twice":               append(slices.Clone(routes), routes[0]),
	} {
		if checkTable(table) == nil {
			t.Errorf("the server starts with %s", what)
		}
	}
}
