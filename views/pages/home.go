package pages

import (
	"dangol/models/calendar"
	"dangol/views/components"
	"dangol/views/i18n"
	"dangol/views/paths"
)

// HomeView is the first page.
type HomeView struct {
	Name    string // of the person, for the greeting
	Todos   []TodoView
	Numbers []HomeNumber // four, in the order of the shop's interest
	Recent  []components.TimelineItem
	Steps   []StepView  // the checklist of a new shop; empty once it was put away
	Upkeep  *UpkeepView // for those who look after the shop; nil for others
}

// TodoView is one thing that needs somebody.
type TodoView struct {
	Code string // of i18n.Todos
	N    int64
	Href string
	Bad  bool // something failed
	Ways []TodoWay
}

// TodoWay is one of several ways out of a thing to do, for those who may take it.
type TodoWay struct {
	Code string // of i18n.TodoWays
	Href string
}

func todoText(p *i18n.Printer, todo TodoView) string {
	if todo.Code == "untold" {
		return p.Home.Todos.Untold(p.Points(todo.N))
	}
	return p.Home.Todos.Text(todo.Code, todo.N)
}

// HomeNumber is one of the numbers; Kind says how it is written.
type HomeNumber struct {
	Code   string // of insights.NumberCode
	Kind   string // "money", "points", "people", "rate" (tenths of a percent)
	Value  int64
	Change *int64  // against the same days of the month before, tenths of a percent
	Series []int64 // of the last 30 days, oldest first
	Href   string
}

// StepView is one step of the checklist.
type StepView struct {
	Code string // of i18n.Steps
	Href string
	Done bool
}

// ClockView moves a sandbox's date: POST to paths.SandboxClock with to=2027-01-31 starts a job.
type ClockView struct {
	Today   calendar.Date
	To      string // as typed
	Problem string
	Key     string
	Job     *components.JobProps // while it moves; paths.SandboxClock by htmx answers ClockJob
}

func numberText(p *i18n.Printer, n HomeNumber) string {
	switch n.Kind {
	case "money":
		return p.Money(n.Value)
	case "points":
		return p.Points(n.Value)
	case "rate":
		return p.Percent(n.Value)
	}
	return p.Common.People(n.Value)
}

func changeText(p *i18n.Printer, n HomeNumber) string {
	if n.Change == nil {
		return ""
	}
	return p.Home.Versus(p.Change(*n.Change))
}

func todoIcon(todo TodoView) string {
	switch todo.Code {
	case "birthdays":
		return "cake"
	case "draft":
		return "pencil"
	case "ending", "untold":
		return "timer"
	case "refunds":
		return "repeat"
	case "propose_tiers":
		return "crown"
	}
	return "circle-alert"
}

func stepHref(step StepView) string { return or(step.Href, paths.Home) }

func doneSteps(steps []StepView) (n int64) {
	for _, step := range steps {
		if step.Done {
			n++
		}
	}
	return n
}
