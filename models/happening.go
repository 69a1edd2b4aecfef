package models

import "time"

// HappeningParams is something that a customer did besides buying, as a shop's own systems tell it: a review, a check-in, a
// survey, or anything with a name.
type HappeningParams struct {
	ExternalID string // the event's own id
	Kind       string // one of terms.Happenings
	Name       string // custom: the event's name
	Customer   CustomerRef
	HappenedAt time.Time         // zero: now
	Store      string            // code; empty: none
	Channel    string            // "store", "online" or empty
	Amount     int64             // money that it is about, minor units; 0: none
	Quantity   int64             // of whatever it counts; 0: one
	Numbers    map[string]int64  // what rules may ask, by the field's code: "rating", "photo" (1), "property:km"
	Texts      map[string]string // likewise
}
