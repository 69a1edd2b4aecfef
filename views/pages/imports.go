package pages

import (
	"strconv"
	"time"

	"github.com/a-h/templ"

	"dangol/models/calendar"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/paths"
)

// ImportsView lists what was brought in.
type ImportsView struct {
	Rows   []ImportRow
	CanNew bool
}

// ImportRow is one file.
type ImportRow struct {
	ID    int64
	File  string
	Rows  int64
	State string // code of imports.State
	At    time.Time
	By    string
}

// NewImportView uploads a file: POST to paths.Imports (multipart, field "file"), then on to paths.ImportMapping.
type NewImportView struct{ Problems forms.Problems }

// MappingView says which column is what: POST to paths.ImportMapping with field_0, field_1 … (codes of imports.Field),
// encoding, delimiter, no_header, mode, date_order and reason. The button "look" (look=1) only reads the file again; the
// other one starts the check and goes on to paths.Import.
type MappingView struct {
	ID        int64
	File      string
	Encoding  string // "utf-8", "utf-8-bom", "cp949"
	Delimiter string // ",", ";", "\t"
	NoHeader  bool
	Header    []string
	Rows      [][]string // the first five
	Fields    []string   // the field of each column, as chosen
	Known     []string   // every code of imports.Field but "", in the order of a chooser
	Mode      string
	Modes     []string // those that are allowed now
	AskOrder  bool
	DateOrder string // "dmy" or "mdy"
	Reason    string
	Problems  forms.Problems // field_N, "mapping", "reason", "date_order", ""
}

// ImportView is one import. Its State decides what is shown: the check's result with the button that runs it (checked), a
// progress that polls paths.ImportProgress (checking, running, undoing), or the result (done, failed, undone).
type ImportView struct {
	ID        int64
	File      string
	State     string
	Mode      string
	Job       *components.JobProps
	Counts    ImportCounts
	Faults    []ImportFault // the first hundred
	CanRun    bool
	CanUndo   bool
	Problem   string
	Key       string
	AskUndo   bool // the undo was pressed once: it is asked again
	UndoAlone bool // nobody else may confirm: the password is asked
}

// ImportCounts is what the check found, or the run did.
type ImportCounts struct {
	Rows, New, Known, Errors int64
	Customers, Filled        int64
	Late, Early              int64
	Amount                   int64
	First, Last              calendar.Date
	Repairs                  []ImportRepair // in a fixed order
	Earned, Expired, Open    int64          // points; shown where Points is set
	Points                   bool
	Refused                  int64 // undo: people whose points were used since
}

// ImportRepair is a kind of repair and how often it was made.
type ImportRepair struct {
	Kind string
	N    int64
}

// ImportFault is a row that was left out.
type ImportFault struct {
	Line   int64
	Column string // its name, "" where the whole row is at fault
	Cell   string // what it says
	Code   string
}

func stateTone(state string) components.Tone {
	switch state {
	case "done":
		return components.Good
	case "failed":
		return components.Bad
	case "checked":
		return components.Accent
	case "undone", "uploaded":
		return components.Neutral
	}
	return components.Warn
}

func fieldOptions(p *i18n.Printer, known []string) []components.Option {
	options := []components.Option{{Value: "", Label: p.Imports.Fields[""]}}
	for _, code := range known {
		options = append(options, components.Option{Value: code, Label: p.Imports.Fields[code]})
	}
	return options
}

func modeOptions(p *i18n.Printer, modes []string) (options []components.Option) {
	icons := map[string]string{"record": "clipboard-list", "opening": "wallet", "as_if": "history"}
	for _, mode := range modes {
		options = append(options, components.Option{Value: mode, Label: p.Imports.Modes[mode], Help: p.Imports.ModeHelp[mode], Icon: icons[mode]})
	}
	return options
}

func encodings() []components.Option {
	return []components.Option{{Value: "utf-8", Label: "UTF-8"}, {Value: "utf-8-bom", Label: "UTF-8 (BOM)"}, {Value: "cp949", Label: "CP949 (Excel)"}}
}

func separators(p *i18n.Printer) []components.Option {
	return []components.Option{{Value: ",", Label: p.Imports.Comma}, {Value: ";", Label: p.Imports.Semicolon}, {Value: "\t", Label: p.Imports.Tab}}
}

func columnName(p *i18n.Printer, header []string, i int) string {
	if i < len(header) && header[i] != "" {
		return header[i]
	}
	return p.Imports.Column(int64(i + 1))
}

func cell(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

func fieldName(i int) string { return "field_" + strconv.Itoa(i) }

func busy(state string) bool { return state == "checking" || state == "running" || state == "undoing" }

func jobTitle(p *i18n.Printer, state string) string {
	switch state {
	case "checking":
		return p.Imports.Checking
	case "undoing":
		return p.Imports.Undoing
	}
	return p.Imports.Running
}

func onOff(yes bool) string {
	if yes {
		return "on"
	}
	return ""
}

func importTitle(p *i18n.Printer, v ImportView) string {
	switch v.State {
	case "done":
		return p.Imports.DoneTitle(p.Common.Rows(v.Counts.New))
	case "undone":
		return p.Imports.UndoneTitle
	case "checked":
		return p.Imports.CheckTitle
	case "failed":
		return p.Imports.Failed
	}
	return jobTitle(p, v.State)
}

// polling asks for the body again while work goes on.
func polling(v ImportView) templ.Attributes {
	if !busy(v.State) {
		return nil
	}
	all := templ.Attributes{"hx-get": paths.ImportProgress(v.ID), "hx-trigger": "every 1s", "hx-swap": "outerHTML", "hx-target": "this"}
	if v.Job != nil {
		all["hx-ptag"] = v.Job.Tag
	}
	return all
}

// repairText is empty for a kind that has no words, which a test refuses.
func repairText(p *i18n.Printer, repair ImportRepair) string {
	if words, ok := p.Imports.Repairs[repair.Kind]; ok {
		return words(repair.N)
	}
	return ""
}
