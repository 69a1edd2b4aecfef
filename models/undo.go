package models

import "time"

// MayUndo says whether the actor may take back what somebody did at the counter: on the same business date, its author or
// a manager and above. Keys and the program itself are bound by their scopes alone.
func (a Actor) MayUndo(author *int64, on, today time.Time) bool {
	switch {
	case a.StaffID == 0:
		return true
	case !on.Equal(today):
		return false
	case author != nil && *author == a.StaffID:
		return true
	}
	return a.Role == Owner || a.Role == Admin || a.Role == Manager
}
