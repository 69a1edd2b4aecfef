package models

import "time"

// Merge is that two customers were one person: once by (merchant, source, external id). From, the duplicate, goes on as Into.
type Merge struct {
	MerchantID   int64
	ID           int64
	Source       string
	ExternalID   string
	From, Into   int64 // customers
	Reason       string
	StaffID      *int64 // nil: by an API key
	At           time.Time
	BusinessDate time.Time // a date
	UndoneAt     *time.Time
}

// MergeParams asks for a merge.
type MergeParams struct {
	ExternalID string
	From, Into CustomerRef
	Reason     string // for staff, at most MaxMergeReason characters
}

// MaxMergeReason bounds the reason of a merge, in characters.
const MaxMergeReason = 200
