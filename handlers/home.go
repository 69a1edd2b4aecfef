package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/counter"
	"dangol/models/insights"
	"dangol/models/merchants"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/models/todos"
	"dangol/models/upkeep"
	"dangol/views/components"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// home is the first page: what needs somebody, how it goes, and what was done last.
func (s *Server) home(c echo.Context) error {
	r := web.Of(c)
	var h homePage
	if err := s.read(c, func(tx *store.Tx) error { return h.read(tx, r.Staff) }); err != nil {
		return err
	}
	p := s.speakProgram(c, h.program)
	v := pages.HomeView{Name: r.Person.Name, Todos: s.todos(r.Staff.Role, h.todos, h.settings.ShownCounts), Numbers: h.figures(r.Staff), Steps: s.steps(r.Staff.Role, h.done),
		Upkeep: s.upkeepView(c, &h.upkeep, h.done[todos.Staff])}
	for i := range h.recent {
		v.Recent = append(v.Recent, s.recentItem(p, r.Staff.Role, &h.recent[i]))
	}
	return web.Render(c, http.StatusOK, pages.Home(v))
}

// homePage is what is read for it.
type homePage struct {
	todos   []todos.Todo
	done    map[todos.Step]bool
	numbers insights.Home
	recent  []counter.Action
	program *terms.Program
	upkeep  upkeep.State

	settings models.Settings
}

func (h *homePage) read(tx *store.Tx, staff *models.Staff) (err error) {
	if h.program, err = counter.InForce(tx); err != nil {
		return err
	}
	if h.todos, err = todos.Read(tx); err != nil {
		return err
	}
	if h.done, err = todos.Done(tx); err != nil {
		return err
	}
	shop, err := merchants.Find(tx)
	if err != nil {
		return err
	}
	if h.settings, err = merchants.SettingsOf(shop); err != nil {
		return err
	}
	if h.numbers, err = insights.ReadHome(tx); err != nil {
		return err
	}
	if h.upkeep, err = upkeep.Read(tx); err != nil {
		return err
	}
	if seesAll(staff) {
		h.recent, err = counter.Lately(tx, lately)
	} else {
		h.recent, err = counter.Recent(tx, staff.ID, lately)
	}
	return err
}

// seesAll says who is told of the whole shop: who serves, or is bound to stores, is told of their own work.
func seesAll(staff *models.Staff) bool {
	return staff.Role != models.Clerk && len(staff.StoreIDs) == 0
}

// todoPlaces is where each thing is done.
var todoPlaces = map[todos.Code]string{
	todos.FailedImports: paths.Imports, todos.Refunds: paths.Refunds,
	todos.Birthdays: paths.CustomersWith("", "birthday", "", ""), todos.Draft: paths.Program, todos.Untold: paths.CustomersWith("", "expiring", "", ""),
	todos.Ending: paths.CustomersWith("", "expiring", "", ""), todos.ProposeTiers: paths.Program + "#tiers",
}

// todoPages are the pages by which a role's permission for a place is known.
var todoPages = map[todos.Code]string{
	todos.FailedImports: paths.Imports, todos.Refunds: paths.Refunds,
	todos.Birthdays: paths.Customers, todos.Draft: paths.Publications, todos.Untold: paths.Customers, todos.Ending: paths.Customers, todos.ProposeTiers: paths.Publications,
}

// todos are the things to do that this role can do something about.
func (s *Server) todos(role models.Role, all []todos.Todo, shownCounts bool) (views []pages.TodoView) {
	for _, todo := range all {
		if s.opens(get, todoPages[todo.Code], role) {
			view := pages.TodoView{Code: string(todo.Code), N: todo.N, Href: todoPlaces[todo.Code], Bad: todo.Code == todos.FailedImports}
			if todo.Code == todos.Untold {
				view.Ways = s.waysToTell(role, shownCounts)
			}
			views = append(views, view)
		}
	}
	return views
}

// waysToTell are the two ways to tell people that points of theirs end: by mail, and by showing it.
func (s *Server) waysToTell(role models.Role, shownCounts bool) (ways []pages.TodoWay) {
	decides := s.opens(post, paths.Settings, role)
	switch {
	case s.Mail:
		ways = append(ways, pages.TodoWay{Code: "emails", Href: paths.CustomersWith("", "expiring", "", "")})
	case decides:
		ways = append(ways, pages.TodoWay{Code: "channel", Href: paths.Settings + "#channel"})
	}
	switch {
	case shownCounts:
		ways = append(ways, pages.TodoWay{Code: "show", Href: paths.Counter})
	case decides:
		ways = append(ways, pages.TodoWay{Code: "shown", Href: paths.Settings + "#shop"})
	}
	return ways
}

// stepPlaces is where each step is taken.
var stepPlaces = map[todos.Step]string{todos.Promise: paths.Program, todos.FirstEarn: paths.Counter, todos.Customers: paths.NewImport, todos.Staff: paths.Staff}

// steps is a new shop's checklist for those who decide, until everything on it is done.
func (s *Server) steps(role models.Role, done map[todos.Step]bool) (steps []pages.StepView) {
	if publishing.Of(role) == web.No {
		return nil
	}
	left := false
	for _, step := range todos.Steps {
		left = left || !done[step]
		steps = append(steps, pages.StepView{Code: string(step), Href: stepPlaces[step], Done: done[step]})
	}
	if !left {
		return nil
	}
	return steps
}

// Numbers of the home page: of the shop, and for those who serve without money in it.
var (
	shopNumbers  = []insights.NumberCode{insights.EarnedMonth, insights.RedeemedMonth, insights.ExpiringSoon, insights.RepeatRate}
	clerkNumbers = []insights.NumberCode{insights.VisitsToday, insights.NewMonth, insights.Customers, insights.EarnedMonth}
)

// figures are four numbers of the whole shop; who is bound to stores is not shown them.
func (h *homePage) figures(staff *models.Staff) (views []pages.HomeNumber) {
	codes := shopNumbers
	if staff.Role == models.Clerk {
		codes = clerkNumbers
	}
	if len(staff.StoreIDs) > 0 {
		return nil
	}
	for _, code := range codes {
		if n, ok := h.numbers.Find(code); ok {
			views = append(views, homeNumber(n))
		}
	}
	return views
}

// numberKinds says how a number is written; people where nothing else is said.
var numberKinds = map[insights.NumberCode]string{
	insights.SalesToday: "money", insights.SalesMonth: "money", insights.EarnedMonth: "points", insights.RedeemedMonth: "points",
	insights.Outstanding: "points", insights.ExpiringSoon: "points", insights.RepeatRate: "rate",
}

func homeNumber(n insights.Number) pages.HomeNumber {
	v := pages.HomeNumber{Code: string(n.Code), Kind: numberKinds[n.Code], Value: n.Value, Series: n.Series}
	if n.Before != nil && *n.Before > 0 {
		change := share(n.Value-*n.Before, *n.Before)
		v.Change = &change
	}
	return v
}

// recentItem is one thing that was done, and by whom.
func (s *Server) recentItem(p *i18n.Printer, role models.Role, a *counter.Action) components.TimelineItem {
	icons := map[counter.Kind]string{counter.Earned: "plus", counter.Redeemed: "minus", counter.Coupon: "ticket", counter.Granted: "gift"}
	item := components.TimelineItem{Icon: icons[a.Kind], What: masked(a.Name, a.Phone), When: p.Ago(a.At), Stamp: p.Stamp(a.At), Detail: a.Who, Href: paths.Customer(a.CustomerID)}
	if s.may(role).Counter {
		item.Href = paths.CounterCustomer(a.CustomerID)
	}
	if a.Undone {
		item.Icon, item.Detail = "undo-2", strings.TrimPrefix(a.Who+" · "+p.Counter.Undone, " · ")
	}
	if a.Points != 0 {
		item.Amount, item.Plus = p.SignedPoints(a.Points), a.Points > 0
	}
	return item
}
