// Package layouts holds the frames around the pages: the staff's shell, the counter, the public pages and print.
package layouts

import (
	"github.com/a-h/templ"

	"context"

	"dangol/models/calendar"
	"dangol/views/components"
	"dangol/views/i18n"
	"dangol/views/paths"
)

// Shell is what every page of a signed-in member of staff shares. Middleware fills it once a request.
type Shell struct {
	Shop     string     // the shop's name
	Shops    []ShopLink // the person's other shops; empty hides the switch
	Person   string     // the person's name
	Role     string     // code of models.Role
	Theme    string     // "system", "light" or "dark"
	Path     string     // of this request, for the way back after changing language or theme
	Token    string     // the session's form token
	May      Places     // the entries that this role opens
	Sandbox  bool       // marks every page
	Today    calendar.Date
	Flash    *components.ToastProps // what the last request did, once
	NoSingle bool                   // single-key shortcuts are switched off
}

// Places says which entries a role opens; an entry it does not open is not shown.
type Places struct{ Counter, Customers, Program, Segments, Insights, Settings, Clock bool }

// ShopLink is another shop of the same person.
type ShopLink struct {
	ID      int64
	Name    string
	Sandbox bool
}

// Page is what one page tells its frame.
type Page struct {
	Title string
	Place string // "home", "counter", "customers", "program", "insights", "settings"; the entry that is marked
	Of    string // "shop": it is the shop that speaks, and Dangol stands in the foot alone
	Class string // of the content: "page-form" for a narrow column
}

type contextKey struct{}

// With prepares a context for the templates: the printer, the form token and the shell.
func With(ctx context.Context, shell Shell, printer *i18n.Printer) context.Context {
	ctx = i18n.With(ctx, printer)
	ctx = components.WithToken(ctx, shell.Token)
	return context.WithValue(ctx, contextKey{}, shell)
}

// ShellFrom is the shell of this request; empty on public pages that nobody has prepared.
func ShellFrom(ctx context.Context) Shell {
	shell, _ := ctx.Value(contextKey{}).(Shell)
	return shell
}

type place struct{ name, icon, label, href string }

// places lists the entries that the role opens, in the order of the menu.
func places(shell Shell, words i18n.Shell) (shown []place) {
	all := []struct {
		place
		open bool
	}{
		{place{"home", "house", words.Home, paths.Home}, true},
		{place{"counter", "calculator", words.Counter, paths.Counter}, shell.May.Counter},
		{place{"customers", "users", words.Customers, paths.Customers}, shell.May.Customers},
		{place{"program", "gift", words.Program, paths.Program}, shell.May.Program},
		{place{"insights", "chart-column", words.Insights, paths.Insights}, shell.May.Insights},
	}
	for _, each := range all {
		if each.open {
			shown = append(shown, each.place)
		}
	}
	return shown
}

// marked is the aria-current of an entry.
func marked(page Page, name string) templ.Attributes {
	if page.Place == name {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

func theme(shell Shell) string {
	switch shell.Theme {
	case "light", "dark":
		return shell.Theme
	}
	return "system"
}

func title(page Page, shell Shell) string {
	if shell.Shop == "" {
		return page.Title + " · Dangol"
	}
	return page.Title + " · " + shell.Shop
}

// htmxConfig keeps a failed answer from replacing what somebody is working on; partials in it still arrive.
const htmxConfig = `{"noSwap":[204,304,401,403,404,409,429,"5xx"],"defaultTimeout":15000,"extensions":"preload,hx-pending,ptag"}`
