package pages

import (
	"time"

	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
)

// StaffView lists who works in the shop, and invites: POST to paths.Invitations with email, role and stores.
type StaffView struct {
	People  []StaffRow
	Roles   []string // those that this person may give, codes of models.Role
	Stores  []StoreChoice
	Form    forms.Invite
	CanEdit bool
	Alone   bool   // there is nobody else
	Link    string // of an invitation that was just made; shown once
	LinkFor string
}

// StaffRow is one member of the staff.
type StaffRow struct {
	ID      int64
	Name    string // "" until the invitation is taken up
	Email   string
	Role    string
	Stores  string    // names, "" is all
	Seen    time.Time // zero: never
	Waiting bool      // invited, has not come yet
	Off     bool      // access ended
	You     bool
	CanEdit bool
}

// StoreChoice is a store to bind somebody to.
type StoreChoice struct {
	ID   int64
	Name string
}

// MemberView changes a role: POST to paths.Member with role and stores; POST to paths.MemberAccess with on=1 or nothing.
type MemberView struct {
	Row      StaffRow
	Roles    []string
	Stores   []StoreChoice
	Chosen   map[int64]bool
	Problems forms.Problems
}

func roleOptions(p *i18n.Printer, roles []string) (options []components.Option) {
	for _, role := range roles {
		options = append(options, components.Option{Value: role, Label: p.Shell.Roles.Name(role), Help: p.Staff.May[role]})
	}
	return options
}
