package models

import (
	"slices"
	"time"
)

// Grant is a reward by hand: who gave whom how much, and why.
type Grant struct {
	MerchantID   int64
	ID           int64
	MembershipID int64
	Unit         string
	Points       int64 // negative: taken away
	Reason       GrantReason
	Note         string // for staff
	Words        string // for the customer
	Cause        string
	StaffID      *int64
	StoreID      *int64
	Alone        bool // nobody else could have approved it, or it was the owner's own
	At           time.Time
	BusinessDate time.Time // a date
	UndoneAt     *time.Time
}

// GrantReason says why a reward was given.
type GrantReason string

// The reasons that a member of staff chooses from; GrantGive is for a gift to a group.
const (
	GrantApology GrantReason = "apology"
	GrantThanks  GrantReason = "thanks"
	GrantMissed  GrantReason = "missed" // a purchase that was not counted
	GrantEvent   GrantReason = "event"
	GrantMistake GrantReason = "mistake" // a correction, the only one that may take points away
	GrantGive    GrantReason = "give"
)

// GrantReasons lists what the counter offers.
var GrantReasons = []GrantReason{GrantApology, GrantThanks, GrantMissed, GrantEvent, GrantMistake}

// Limits of a grant's texts, in characters.
const (
	MaxGrantNote  = 200
	MaxGrantWords = 100
)

// GrantParams asks for a reward by hand.
type GrantParams struct {
	MembershipID int64
	Unit         string // code; empty: the programme's first
	Points       int64
	Reason       GrantReason
	Note         string
	Words        string
}

// Check cleans the texts and says what is wrong, all at once.
func (p *GrantParams) Check() error {
	var f Faults
	if p.Points == 0 {
		f.Add("points", "required", nil)
	}
	if !slices.Contains(GrantReasons, p.Reason) {
		f.Add("reason", "required", nil)
	}
	if p.Points < 0 && p.Reason != GrantMistake {
		f.Add("points", "not_negative", nil)
	}
	p.Note = f.text("note", p.Note, MaxGrantNote)
	p.Words = f.text("words", p.Words, MaxGrantWords)
	return f.Err()
}

func (f *Faults) text(field, s string, limit int) string {
	clean, ok := CleanText(s, limit)
	if !ok {
		f.Add(field, "bad_text", map[string]any{"limit": limit})
	}
	return clean
}
