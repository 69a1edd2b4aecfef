package models

import "time"

// Program is what a merchant promises its customers, by code. Its terms are documents: one draft at most, and every
// version that was ever published.
type Program struct {
	MerchantID int64
	ID         int64
	Code       string
	CreatedAt  time.Time
	EndedAt    *time.Time
}

// ProgramDraft is the document that is being edited.
type ProgramDraft struct {
	MerchantID int64
	ProgramID  int64
	Document   []byte // as it was saved, canonical
	Revision   int    // counts the saves: whoever saves names the revision that was read
	UpdatedAt  time.Time
	UpdatedBy  *int64
}

// ProgramVersion is a published document and its publication. Neither ever changes.
type ProgramVersion struct {
	MerchantID    int64
	ProgramID     int64
	Version       int
	Document      []byte // canonical text
	Hash          string // sha256 of Document, in hexadecimal
	EffectiveFrom time.Time
	AsIf          bool // published into the past, for an import "as if"
	TierMapping   map[string]TierMove
	PublishedAt   time.Time // business time
	PublishedBy   *int64
}

// TierMove says what becomes of the members of a tier that a new version drops or raises.
type TierMove struct {
	To   string   `json:"to"`
	When TierWhen `json:"when,omitempty"`
}

// TierWhen is the moment of a TierMove.
type TierWhen string

// The moments of a move: at the end of the validity that the member was given (the default), or on the day on which
// the version takes effect, by the new thresholds.
const (
	AtValidity  TierWhen = "validity"
	AtEffective TierWhen = "effective"
)

// PublishParams is what a publication decides.
type PublishParams struct {
	Revision      int       // the draft that was seen; 0: whatever stands
	EffectiveFrom time.Time // zero: now
	AsIf          bool      // may lie in the past; only before the shop's first live posting
	TierMapping   map[string]TierMove
}

// MayPublish says whether a role may put terms in force: owner and admin alone.
func (r Role) MayPublish() bool { return r == Owner || r == Admin }
