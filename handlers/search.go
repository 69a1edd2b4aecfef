package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models/counter"
	"dangol/models/customers"
	"dangol/models/hangul"
	"dangol/models/store"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// mostPeople is how many customers the search over everything shows; the list shows them all.
const mostPeople = 8

// search finds pages, things to do and customers, of each what this role may open.
func (s *Server) search(c echo.Context) error {
	q, r := web.Query(c, "q"), web.Of(c)
	v := pages.SearchView{Query: q}
	for _, place := range destinations(r.Printer()) {
		if place.Href == paths.SandboxClock && !r.Merchant.Sandbox {
			continue // a live shop's clock moves by itself
		}
		if s.opens(get, place.Href, r.Staff.Role) && called(place.Label, q) {
			v.Places = append(v.Places, place)
		}
	}
	if q != "" && s.opens(get, paths.Customers, r.Staff.Role) {
		if err := s.findPeople(c, q, &v); err != nil {
			return err
		}
	}
	if web.Query(c, "dialog") != "" {
		web.Focus(c, "#search")
		return web.Page(c, http.StatusOK, pages.Search(v), pages.Palette(v))
	}
	return web.Page(c, http.StatusOK, pages.Search(v), pages.SearchResults(v))
}

func (s *Server) findPeople(c echo.Context, q string, v *pages.SearchView) error {
	return s.read(c, func(tx *store.Tx) error {
		program, err := counter.InForce(tx)
		if err != nil {
			return err
		}
		stores := web.Of(c).Actor().StoreIDs
		found, err := listed(tx, customers.ListQuery{}, q, stores)
		if err != nil {
			return err
		}
		if len(found.Rows) > mostPeople {
			total, err := howMany(tx, customers.ListQuery{}, q, found, stores)
			if err != nil {
				return err
			}
			v.Total, v.Over = min(total, customers.MostCounted), total > customers.MostCounted
			v.All = paths.CustomersWith(q, "", "", "")
		}
		for i := range found.Rows[:min(len(found.Rows), mostPeople)] {
			v.People = append(v.People, customerRow(&found.Rows[i], program, web.Of(c).Locale))
		}
		return nil
	})
}

// destinations are the pages, and where things are begun, by the names that the screens use.
func destinations(p *i18n.Printer) []pages.SearchPlace {
	return []pages.SearchPlace{
		{Icon: "house", Label: p.Shell.Home, Href: paths.Home}, {Icon: "calculator", Label: p.Shell.Counter, Href: paths.Counter},
		{Icon: "users", Label: p.Shell.Customers, Href: paths.Customers}, {Icon: "user-plus", Label: p.Counter.EnrolTitle, Href: paths.NewCustomer},
		{Icon: "gift", Label: p.Shell.Program, Href: paths.Program}, {Icon: "history", Label: p.Program.Versions, Href: paths.Versions},
		{Icon: "chart-column", Label: p.Shell.Insights, Href: paths.Insights}, {Icon: "users", Label: p.Shell.Segments, Href: paths.Segments},
		{Icon: "save", Label: p.Shell.Imports, Href: paths.Imports}, {Icon: "settings", Label: p.Shell.Settings, Href: paths.Settings},
		{Icon: "users", Label: p.Shell.Staff, Href: paths.Staff}, {Icon: "key", Label: p.Settings.Keys, Href: paths.Keys},
		{Icon: "repeat", Label: p.Settings.Refunds, Href: paths.Refunds}, {Icon: "clock", Label: p.Shell.MoveClock, Href: paths.SandboxClock},
		{Icon: "flag", Label: p.Shell.Poster, Href: paths.Poster}, {Icon: "lock", Label: p.Shell.Password, Href: paths.Password},
		{Icon: "monitor", Label: p.Shell.Sessions, Href: paths.Sessions}, {Icon: "circle-help", Label: p.Help.Title, Href: paths.Help},
	}
}

// called says whether a name has what was typed in it, or its initial consonants do.
func called(name, typed string) bool {
	name, typed = strings.ToLower(name), strings.ToLower(typed)
	return strings.Contains(name, typed) || strings.Contains(hangul.Initials(name), typed)
}

// help is the keys and the words.
func (s *Server) help(c echo.Context) error { return web.Render(c, http.StatusOK, pages.Help()) }
