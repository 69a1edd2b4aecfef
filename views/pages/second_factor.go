package pages

import "dangol/views/forms"

// ConfirmView asks for the password again and carries along what was typed before.
type ConfirmView struct {
	Action   string
	Fields   []HiddenField
	Problems forms.Problems
}

// HiddenField is one value that was typed.
type HiddenField struct{ Name, Value string }

// SecondFactorView is one's own second factor.
type SecondFactorView struct {
	On       bool
	New      NewFactor // where it is off
	Codes    []string  // recovery codes that were just made, shown once
	Needed   bool      // the shop's owners and admins need one
	CanRule  bool      // may decide that
	Problems forms.Problems
}

// NewFactor is what an app needs to know.
type NewFactor struct {
	Key     string // to be typed
	Address string // to be scanned
	Sealed  string
}
