package pages

import (
	"dangol/views/forms"
)

// MergeView merges another customer into this one: first a search for the other, then both side by side with what they
// have together, and POST to paths.CustomerMerge with other and reason.
type MergeView struct {
	ID      int64
	Name    string // masked
	Query   string
	Found   []CustomerRow // without ID itself
	Chosen  bool
	Columns [3]MergeColumn // this one, the other, and both
	Form    forms.Merge
	Key     string
}

// MergeColumn is what one customer has, or both together.
type MergeColumn struct {
	Name, Phone string // masked; empty of both
	Points      int64  // available, less what is owed
	Coming      int64
	Tier        string // name; of both, the one that is held after it
	Orders      int64
	Visits      int64
	Spent       int64
	Coupons     int64 // usable today
}

// MergedView is the way from a merged customer to the one who goes on, and back.
type MergedView struct {
	Into    int64
	Name    string // masked
	On      string // a date, in words
	Reason  string
	CanUndo bool
	Key     string
	Problem string
}
