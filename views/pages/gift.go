package pages

import (
	"time"

	"dangol/views/components"
)

// GiftView is a gift to a group. By htmx, the poll answers components.Job and "더 보기" GiftRows with PagerPartial.
type GiftView struct {
	ID     int64
	Zone   string // code of i18n.Names
	Group  string // name of a saved group, instead
	What   string // in words: "500P", "생일 쿠폰"
	Chosen int64  // people who were shown
	Given  int64  // so far
	At     time.Time
	Back   string // path of the field, "" for a whole part of the map
	Job    components.JobProps
	People []SegmentPerson
	Next   string
}
