package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"

	"dangol/handlers"
	"dangol/handlers/web"
	"dangol/models"
)

var routesCommand = command{
	name:    "routes",
	args:    "[--json]",
	summary: "list every route with who may use it",
	run:     runRoutes,
}

func runRoutes(_ context.Context, a *app, set *flag.FlagSet, args []string) error {
	asJSON := set.Bool("json", false, "for programs")
	if err := a.parse(set, args, 0); err != nil {
		return err
	}
	routes := handlers.Table()
	if *asJSON {
		return printRoutes(a, routes)
	}
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, r := range routes {
		fmt.Fprintf(table, "%s\t%s\t%s\n", r.Method, r.Path, whoMay(r.Allow))
	}
	return table.Flush()
}

// routeJSON is a route as another program reads it.
type routeJSON struct {
	Method string                    `json:"method"`
	Path   string                    `json:"path"`
	Public bool                      `json:"public,omitempty"`
	Roles  map[models.Role]web.Reach `json:"roles,omitempty"`
	Scope  models.Scope              `json:"scope,omitempty"`
}

func printRoutes(a *app, routes []web.Route) error {
	list := make([]routeJSON, len(routes))
	for i, r := range routes {
		list[i] = routeJSON{r.Method, r.Path, r.Allow.Public, r.Allow.Roles, r.Allow.Scope}
	}
	encoder := json.NewEncoder(a.out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(list)
}

func whoMay(p web.Permission) string {
	switch {
	case p.Public:
		return "everybody"
	case p.Scope != "":
		return "key with " + string(p.Scope)
	}
	var words []string
	for _, role := range models.Roles {
		switch p.Of(role) {
		case web.Yes:
			words = append(words, string(role))
		case web.OwnStore:
			words = append(words, string(role)+" (own stores)")
		}
	}
	return strings.Join(words, ", ")
}
