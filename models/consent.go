package models

import (
	"slices"
	"time"
)

// ConsentKind is what somebody agrees to. Each is asked for by itself, and only the first is needed to become a member.
type ConsentKind string

// The kinds of consent.
const (
	ConsentMembership  ConsentKind = "membership"  // the promise, and the use of what is needed to keep it
	ConsentAdvertising ConsentKind = "advertising" // being written to about offers, by one medium
	ConsentNight       ConsentKind = "night"       // between 21:00 and 08:00 too; e-mail needs none
)

// Medium is a way of being reached by advertising.
type Medium string

// The media.
const (
	BySMS   Medium = "sms"
	ByEmail Medium = "email"
)

// Media lists them in the order in which a form shows them.
var Media = []Medium{BySMS, ByEmail}

// ConsentWording names the words that stand beside the boxes (i18n.Consents). Whoever changes those words changes this.
const ConsentWording = "2026-11-28"

// Consent is one answer, given once and never changed: taking it back is another one.
type Consent struct {
	ID      int64
	Kind    ConsentKind
	Medium  Medium // advertising only
	Given   bool   // false: taken back
	Wording string // ConsentWording of that time
	Source  string // where it was given: "counter", "office", "api", "import"
	StaffID *int64 // who wrote it down; nil: a till, a shop, a file
	At      time.Time
}

// ConsentParams is an answer to be written down.
type ConsentParams struct {
	Kind   ConsentKind
	Medium Medium
	Given  bool
}

// Check says whether there is such a consent. Errors: models.Invalid at "kind" or "medium".
func (p ConsentParams) Check() error {
	switch p.Kind {
	case ConsentMembership, ConsentNight:
		if p.Medium != "" {
			return InvalidField("medium", "unknown", nil)
		}
	case ConsentAdvertising:
		if !slices.Contains(Media, p.Medium) {
			return InvalidField("medium", "unknown", nil)
		}
	default:
		return InvalidField("kind", "unknown", nil)
	}
	return nil
}

// Agreement is what somebody agrees to when they become a member. Nothing but Membership is a condition.
type Agreement struct {
	Membership  bool
	Advertising []Medium
	Night       bool // only together with BySMS
}

// Consents are the answers of an agreement. What was not ticked is no answer. Errors: models.Invalid at "agreed" without
// the membership, at "night" without a medium that it is for, at "medium" for one that there is not.
func (a Agreement) Consents() (list []ConsentParams, err error) {
	var faults Faults
	if !a.Membership {
		faults.Add("agreed", "required", nil)
	}
	if a.Night && !slices.Contains(a.Advertising, BySMS) {
		faults.Add("night", "night_alone", nil)
	}
	list = append(list, ConsentParams{Kind: ConsentMembership, Given: true})
	for _, medium := range a.Advertising {
		consent := ConsentParams{Kind: ConsentAdvertising, Medium: medium, Given: true}
		faults.Take(consent.Check())
		list = append(list, consent)
	}
	if a.Night {
		list = append(list, ConsentParams{Kind: ConsentNight, Given: true})
	}
	return list, faults.Err()
}
