package main

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/a-h/templ"

	"dangol/models/calendar"
	"dangol/static"
	"dangol/views/i18n"
	"dangol/views/layouts"
)

// story is one page in one state.
type story struct {
	name string // "counter/card"
	show func(p *i18n.Printer) templ.Component
	tune func(shell *layouts.Shell, p *i18n.Printer) // what the request brings that differs; may be nil
}

// policy is the one that the server sends, so that nothing here works that would not work there.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"

// now is the moment at which every story plays: a Sunday afternoon.
var now = time.Date(2026, 11, 22, 15, 5, 0, 0, time.FixedZone("KST", 9*60*60))

func handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(static.Prefix, static.Handler())
	mux.HandleFunc("GET /story/{name...}", tell)
	mux.HandleFunc("GET /{$}", list)
	mux.HandleFunc("GET /imports/{id}/progress", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	return mux
}

func list(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprint(w, "<!DOCTYPE html><title>Stories</title><ul>")
	for _, each := range stories() {
		fmt.Fprintf(w, "<li><a href='/story/%[1]s'>%[1]s</a> <a href='/story/%[1]s?lang=en&theme=dark'>en dark</a>", each.name)
	}
}

func tell(w http.ResponseWriter, r *http.Request) {
	all := stories()
	at := slices.IndexFunc(all, func(s story) bool { return s.name == r.PathValue("name") })
	if at < 0 {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	printer := i18n.New(i18n.Match(r.URL.Query().Get("lang")))
	printer.Now = now
	shell := shellFor(printer)
	if theme := r.URL.Query().Get("theme"); theme != "" {
		shell.Theme = theme
	}
	if all[at].tune != nil {
		all[at].tune(&shell, printer)
	}
	ctx := layouts.With(r.Context(), shell, printer)
	if err := all[at].show(printer).Render(ctx, w); err != nil {
		fmt.Fprintln(w, err)
	}
}

func shellFor(p *i18n.Printer) layouts.Shell {
	return layouts.Shell{
		Shop: say(p, "봄날 커피", "Bomnal Coffee"), Person: say(p, "이보라", "Bora Lee"), Role: "owner", Theme: "light", Path: "/", Token: "t",
		Shops: []layouts.ShopLink{{ID: 2, Name: say(p, "봄날 커피 (연습)", "Bomnal Coffee (practice)"), Sandbox: true}},
		May:   layouts.Places{Counter: true, Customers: true, Program: true, Segments: true, Insights: true, Settings: true, Clock: true},
		Today: calendar.DateOf(now, p.Zone),
	}
}

// say picks the made-up text of the reader's language.
func say(p *i18n.Printer, korean, english string) string {
	if p.Locale == i18n.English {
		return english
	}
	return korean
}

func stories() (all []story) {
	for _, part := range [][]story{doorStories(), counterStories(), programStories(), segmentStories(), groupStories(), officeStories(), importStories()} {
		all = append(all, part...)
	}
	return all
}
