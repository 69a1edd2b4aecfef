package customers

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
)

// cursor is the place behind the last row of a page: the sort key of that row. On the wire it is one opaque text.
type cursor struct {
	Token string        `json:"t,omitempty"`
	Day   calendar.Date `json:"d,omitzero"`
	ID    int64         `json:"i,omitempty"`
}

func (c cursor) String() string {
	b, _ := json.Marshal(c) // texts and numbers always encode
	return base64.RawURLEncoding.EncodeToString(b)
}

// parseCursor reads what String wrote; the empty text is the beginning. Errors: models.Invalid at field "after".
func parseCursor(s string) (c cursor, err error) {
	if s == "" {
		return c, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil {
		return c, models.InvalidField("after", "bad_cursor", nil)
	}
	return c, nil
}

// Page is one page of people. Next is the cursor of the page behind it, empty on the last.
type Page struct {
	Rows []Row
	Next string
}

// PageSize is how many rows a page has unless it asks for another number; MostRows bounds what it may ask for.
const (
	PageSize = 50
	MostRows = 200
)

func pageSize(limit int) int {
	if limit <= 0 {
		return PageSize
	}
	return min(limit, MostRows)
}

// timeOf is a moment that becomes a business date.
type timeOf struct{ time.Time }

func (t timeOf) date(tx *store.Tx) calendar.Date { return calendar.DateOf(t.Time, tx.Merchant().Zone) }
