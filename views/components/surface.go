package components

import "github.com/a-h/templ"

// Tone is the state that a colour stands for.
type Tone string

// The tones.
const (
	Neutral Tone = ""
	Accent  Tone = "accent"
	Good    Tone = "ok"
	Warn    Tone = "warn"
	Bad     Tone = "bad"
)

func (t Tone) class(base string) string { return classes(base, when(t != Neutral, base+"-"+string(t))) }

func (t Tone) icon() string {
	switch t {
	case Good:
		return "circle-check"
	case Warn:
		return "triangle-alert"
	case Bad:
		return "circle-alert"
	}
	return "info"
}

// CardProps describes a framed part of a page.
type CardProps struct {
	ID, Title, Help string
	Flush           bool            // the content touches the frame: lists and tables
	Action          templ.Component // beside the title
	Level           string          // heading tag "h2" (default) or "h3"
}

// StatProps is one number that matters.
type StatProps struct {
	Name, Value, Foot string
	Href              string          // where the number is taken apart
	Tone              Tone            // of the foot
	Spark             templ.Component // small line beside the foot
	Note              string          // how it is counted, shown on demand
	Bar               templ.Component // under the number: how far it is
}

// EmptyProps says what would be here, why that is useful, and the one way to begin.
type EmptyProps struct {
	Icon, Title, Text, Action, Href string
	Attrs                           templ.Attributes
}

// ToastProps is one line about what was just done.
type ToastProps struct {
	Text    string
	Undo    string // path to post to; "": no undo
	Key     string // idempotency key of the undo
	Bad     bool
	Seconds string // "6" when empty
}

// DialogProps describes a window over the page.
type DialogProps struct {
	ID, Title string
	Open      bool // shown at once when it arrives by htmx
	Drawer    bool // stands at the right edge
	Wide      bool
}

// TabLink is one tab; tabs are links to pages of their own.
type TabLink struct {
	Label, Href string
	Active      bool
	Count       string
}

// ColumnHead is the head of one column.
type ColumnHead struct {
	Label  string
	Number bool // right-aligned
	Hidden bool // read out, not seen
}

// TableProps describes a table; its rows are its children.
type TableProps struct {
	Caption string // read out; shown where ShowCaption
	Columns []ColumnHead
	Cards   bool // rows become cards on a phone; cells carry data-label
	Compact bool
	Tall    bool   // scrolls inside a window of its own after about ten rows
	BodyID  string // of the tbody, for rows that arrive later
}

// TimelineItem is one thing that happened.
type TimelineItem struct {
	Icon, What, When, Stamp, Detail, Amount string
	Plus                                    bool // the amount came in
	Href                                    string
	Why                                     string // path of the explanation, "" where there is none
}

// JobProps is the progress of work that runs behind.
type JobProps struct {
	ID          string
	Title       string
	Poll        string // path asked every second until the job is done; "": done
	Done, Total int64
	Line        string // rate and time left, in words
	Failed      bool
	Tag         string // the polling tag of this state
}

// ExplainProps is the answer to "왜?": the arithmetic behind one number, in words.
type ExplainProps struct {
	Title   string        // what is explained: "12,000원 주문"
	Steps   []ExplainStep // in the order of calculation
	Total   string        // the number that was asked about, with its unit
	Version string        // the promise that was in force, "v3 · 2026. 11. 1.부터"
	Misses  []string      // what nearly applied, in words, at most three
}

// ExplainStep is one line of arithmetic.
type ExplainStep struct {
	Label  string // "구매 적립 2%"
	Detail string // "12,000원 × 2% = 240, 끝자리 버림"; may be empty
	Value  string // "240P"
}
