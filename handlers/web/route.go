package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/models"
)

// Route is one line of the routes table.
type Route struct {
	Method  string
	Path    string // as Echo reads it: /customers/:id
	Handler echo.HandlerFunc
	Allow   Permission
	Limits  Limits
	Counted Counted
	Again   bool // asks for the password again, unless it was given a short while ago
}

// Counted says what of a route is counted against the limits of models/limits.
type Counted string

// What is counted.
const (
	Freely  Counted = ""
	Lookups Counted = "lookups" // who looks for customers, or reads one by a number that could be guessed
	Reveals Counted = "reveals" // who asks for whole telephone numbers
)

// Limits are what a request may take; zero values are the usual ones.
type Limits struct {
	Body int64         // bytes; 0: 1 MiB
	Time time.Duration // until the request's context ends; 0: 30 s
}

// Reach is how far a role may go with a route.
type Reach string

// The reaches, as permissions.csv spells them.
const (
	No       Reach = "no"
	OwnStore Reach = "own" // rows of the stores that the member of staff is bound to; others are not found
	Yes      Reach = "yes"
)

// Permission says who may use a route. The zero value allows nobody, and the server refuses to start on it.
type Permission struct {
	Public bool // without signing in: the door, one-time links, the terms page
	Roles  map[models.Role]Reach
	Scope  models.Scope // an API key's
}

// Public allows everybody, signed in or not.
var Public = Permission{Public: true}

// Everybody allows every role.
var Everybody = May("owner admin marketer manager clerk viewer")

// May allows the roles that are named, "manager:own" for own stores only. It panics on an unknown word: the table is
// read once, at start.
func May(words string) Permission {
	p := Permission{Roles: map[models.Role]Reach{}}
	for word := range strings.FieldsSeq(words) {
		name, reach, bound := strings.Cut(word, ":")
		role := models.Role(name)
		if !role.Valid() || bound && Reach(reach) != OwnStore {
			panic(fmt.Sprintf("web: no permission is spelled %q", word))
		}
		p.Roles[role] = Yes
		if bound {
			p.Roles[role] = OwnStore
		}
	}
	return p
}

// Scoped allows API keys that carry the scope.
func Scoped(scope models.Scope) Permission { return Permission{Scope: scope} }

// Given says whether anybody is allowed at all.
func (p Permission) Given() bool { return p.Public || len(p.Roles) > 0 || p.Scope != "" }

// Of gives how far a role may go.
func (p Permission) Of(role models.Role) Reach {
	if p.Public {
		return Yes
	}
	if reach, ok := p.Roles[role]; ok {
		return reach
	}
	return No
}

// Row is the permission as a line of permissions.csv: public, the six roles, scope.
func (p Permission) Row() []string {
	row := []string{string(No)}
	if p.Public {
		row[0] = string(Yes)
	}
	for _, role := range models.Roles {
		row = append(row, string(p.Of(role)))
	}
	return append(row, string(p.Scope))
}

// Check says what is wrong with a table: a route without permission, or the same one twice.
func Check(routes []Route) error {
	seen := map[string]bool{}
	for _, r := range routes {
		name := r.Method + " " + r.Path
		switch {
		case !r.Allow.Given():
			return fmt.Errorf("route %s: nobody is allowed to use it", name)
		case r.Allow.Scope != "" && !slices.Contains(models.Scopes, r.Allow.Scope):
			return fmt.Errorf("route %s: no scope %q", name, r.Allow.Scope)
		case r.Handler == nil:
			return fmt.Errorf("route %s: no handler", name)
		case seen[name]:
			return fmt.Errorf("route %s stands twice", name)
		}
		seen[name] = true
	}
	return nil
}
