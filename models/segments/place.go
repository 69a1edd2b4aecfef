package segments

import (
	"fmt"

	"dangol/models"
	"dangol/models/calendar"
)

// place is a person's place in a group: which of its cells, then the day of the last visit.
type place struct {
	Cell int
	Day  calendar.Date
	ID   int64
}

func (p place) String() string { return fmt.Sprintf("%d.%d.%d", p.Cell, p.Day, p.ID) }

// parsePlace reads a cursor; the empty text is the beginning.
func parsePlace(s string, cells int) (p place, err error) {
	if s == "" {
		return p, nil
	}
	var day int32
	n, err := fmt.Sscanf(s, "%d.%d.%d", &p.Cell, &day, &p.ID)
	p.Day = calendar.Date(day)
	if err != nil || n != 3 || p.Cell < 0 || p.Cell >= cells || p.String() != s {
		return p, models.InvalidField("after", "bad_cursor", nil)
	}
	return p, nil
}
