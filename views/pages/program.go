package pages

import (
	"strconv"

	"github.com/a-h/templ"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/views/charts"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/paths"
)

// ProgramView is the programme on one page: the whole promise is read, tried and started here.
//
// Typing posts the form to paths.Preview, which saves nothing and answers with ProgramPreview. Saving posts to paths.Draft
// (200 with ProgramEditor and ui:announce; 422 with the same and its faults; a stale Version is 409). Starting is
// GET paths.Publications (PublishView), then POST there.
type ProgramView struct {
	Running    *VersionLine // in force now; nil before the first start
	HasDraft   bool         // something differs from what is in force
	Version    string       // of the draft, for the lock
	Form       forms.Program
	Effect     ProgramEffectView
	CanEdit    bool
	CanPublish bool
	TermsCode  string // of the public page; "" before the first start
	Units      string // what is collected, "포인트" or "스탬프"
}

// VersionLine is a version in one line.
type VersionLine struct {
	Number int64
	From   calendar.Date
	State  string // "in_force", "coming" or "past"
	By     string // who started it
}

// ProgramEffectView is what the form as typed would do to this shop's own customers.
type ProgramEffectView struct {
	Sentence  string // terms.Sentence
	Tiers     *TierEffect
	Birthdays *BirthdayEffect
	Cost      CostEffect
	Example   ExampleEffect
	Warnings  []string // terms.Check in words
	Problems  forms.Problems
}

// TierEffect is who would stand where.
type TierEffect struct {
	Histogram charts.HistogramProps // of 12-month spending, with the thresholds as cuts
	Rows      []TierEffectRow
	AsOf      calendar.Date // the night that the people are of; zero: never computed
	Drop      int64         // people who would have a lower tier than now
	Part      int64         // the counts are estimates from one member in so many; 0: everybody was counted
	Sample    bool          // too few customers: the picture shows invented ones and says so
}

// TierEffectRow is one tier, now and after.
type TierEffectRow struct {
	Name       string
	Rank       int
	Now, After int64 // people
	Share      int64 // of all after, tenths of a percent
	Average    int64 // spent in 12 months by one of them
	Cost       int64 // benefits a month
}

// BirthdayEffect is the table of the next 30 days.
type BirthdayEffect struct {
	AsOf   calendar.Date // the night that they were counted on; zero: now
	Rows   []BirthdayRow // at most 50, soonest first
	Gift   string        // what they get, in words
	People int64         // who get it, also beyond the rows
	Cost   int64         // if all of them use it
	None   int64         // share of customers without a birthday, tenths of a percent
}

// BirthdayRow is one person's birthday.
type BirthdayRow struct {
	Customer int64
	Name     string // masked
	Given    calendar.Date
	Calendar string // as entered: "solar", "lunar", "lunar_leap"
	Month    int
	Day      int
	On       calendar.Date // this year's day
	Excluded string        // code of i18n.Excluded; "" gets it
}

// CostEffect is what the promise costs and brings.
type CostEffect struct {
	Usual     bool  // worked out on a usual small shop: there are too few orders of its own
	Monthly   int64 // money
	OfSales   int64 // tenths of a percent
	Sales     int64 // a month, that this is worked out on
	Visits    int64 // more visits that pay it back
	Customer  int64 // what one customer gets in a year
	Lines     []CostLine
	Replay    *ReplayLine // on the last 30 days of real orders; nil without orders
	UsedShare int         // percent of the points that purchases give, taken to be used
	Sample    *SampleLine // the figures of this card are estimates; nil: every order was counted
}

// CostLine is a part of the cost.
type CostLine struct {
	Code   string // of i18n.CostLines
	Amount int64
}

// ReplayLine is the promise applied to the last 30 days.
type ReplayLine struct {
	Orders int64
	Points int64
	Change int64 // against the version in force, tenths of a percent
}

// SampleLine says from how many people an estimate comes and how far it may be off.
type SampleLine struct {
	People   int64 // drawn
	Of       int64 // who came in these days
	From, To calendar.Date
	Points   int64 // tenths of a percent, of the points
	Change   int64 // tenths of percentage points, of the change
}

// ExampleEffect is one purchase, worked out.
type ExampleEffect struct {
	Amount string // as typed
	Why    *components.ExplainProps
}

// PublishView is the page before a version starts. POST to paths.Publications.
type PublishView struct {
	Changes  []ChangeLine
	Members  int64 // whom it applies to
	When     string
	On       string // date as typed
	Earliest string // the first date that is allowed, "2026-12-22"; "" is today
	Days     int64  // of notice that is needed; 0: none
	Losses   []models.Loss
	Alone    bool   // nobody else may confirm: the password is asked
	Confirm  string // what must be typed where more than 100 people lose something; "": nothing
	Typed    string
	Key      string
	Version  string
	Problem  forms.Problems
}

// ChangeLine is one thing that differs between two versions, in words.
type ChangeLine struct {
	What, Before, After string
	Worse               bool // for customers
}

// VersionsView lists what was promised.
type VersionsView struct {
	Versions []VersionLine // newest first
	HasDraft bool
}

// VersionView is one version as customers read it.
type VersionView struct {
	Line    VersionLine
	Clauses []Clause // terms.Describe
	CanCopy bool     // POST paths.Draft with restore=Number starts editing from it
	Hash    string
}

// Clause is a paragraph of the terms.
type Clause struct {
	Heading   string
	Sentences []string
}

// CompareView sets two versions beside each other. Number 0 is the draft.
type CompareView struct {
	From, To int64
	Changes  []ChangeLine
}

func versionName(p *i18n.Printer, number int64) string {
	if number == 0 {
		return p.Program.DraftName
	}
	return p.Program.VersionName(number)
}

// effect asks for the effect of the form as it is typed; whoever may not edit gets a form that is frozen.
func effect(edit bool) templ.Attributes {
	if !edit {
		return templ.Attributes{"disabled": true}
	}
	return templ.Attributes{
		"hx-post": paths.Preview, "hx-trigger": "input delay:250ms, change delay:250ms", "hx-target": "#effect-cost", "hx-swap": "outerHTML",
		"hx-include": "closest form", "hx-sync": "this:replace",
	}
}

func versionTone(state string) components.Tone {
	switch state {
	case "in_force":
		return components.Good
	case "coming":
		return components.Accent
	}
	return components.Neutral
}

func versionState(p *i18n.Printer, state string) string {
	switch state {
	case "in_force":
		return p.Program.InForce
	case "coming":
		return p.Program.Coming
	}
	return p.Program.Past
}

func indexed(name string, i int) string { return name + "_" + strconv.Itoa(i) }

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

func downgrades(p *i18n.Printer) []components.Option {
	return []components.Option{
		{Value: "one_step", Label: p.Program.DownOneStep}, {Value: "full", Label: p.Program.DownFull}, {Value: "none", Label: p.Program.DownNever},
	}
}

func leapDays(p *i18n.Printer) []components.Option {
	return []components.Option{
		{Value: "feb28", Label: p.Program.LeapFeb28}, {Value: "mar1", Label: p.Program.LeapMar1}, {Value: "leap_only", Label: p.Program.LeapOnly},
	}
}

func leapMonths(p *i18n.Printer) []components.Option {
	return []components.Option{{Value: "plain", Label: p.Program.LeapPlain}, {Value: "leap", Label: p.Program.LeapKeep}}
}

func columns(heads ...string) (all []components.ColumnHead) {
	for i, head := range heads {
		all = append(all, components.ColumnHead{Label: head, Number: i > 0})
	}
	return all
}

func plainColumns(heads ...string) (all []components.ColumnHead) {
	for _, head := range heads {
		all = append(all, components.ColumnHead{Label: head})
	}
	return all
}

func runningLine(p *i18n.Printer, running *VersionLine) string {
	if running == nil {
		return p.Program.NotStarted
	}
	return p.Program.Running(p.Program.VersionName(running.Number), p.Date(running.From))
}

func ruleAttributes(field components.TextProps) templ.Attributes {
	all := templ.Attributes{}
	if field.Grouped {
		all["data-grouped"] = true
	}
	if field.Help != "" {
		all["aria-describedby"] = field.Name + "-help"
	}
	for name, value := range invalid(field.Name, field.Problem) {
		all[name] = value
	}
	return all
}

func earliest(day string) templ.Attributes {
	if day == "" {
		return nil
	}
	return templ.Attributes{"min": day}
}

// versusNow says how much more or less, or that it is the same.
func versusNow(p *i18n.Printer, change int64) string {
	if change == 0 {
		return p.Program.Same
	}
	return p.Program.Versus(p.Change(change))
}

// startable hides the way to start until there is something to start: a draft, or what is being typed.
func startable(v ProgramView) templ.Attributes {
	if v.HasDraft || v.Running == nil {
		return nil
	}
	return templ.Attributes{"data-if-changed": true}
}
