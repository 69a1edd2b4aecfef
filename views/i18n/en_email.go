package i18n

var enEmail = Email{
	Hello:             func(name string) string { return "Hello " + name + "," },
	InvitationSubject: func(shop string) string { return "You're invited to join " + shop },
	InvitationBody: func(by, shop, role string) string {
		return by + " invited you to " + shop + " as " + role + ". Use the link below to choose your name and password and get started."
	},
	InvitationLink: "Accept invitation",
	InvitationNote: "The link works once, for 7 days. If you don't know this shop, you can delete this email.",
	ResetSubject:   "Reset your password",
	ResetBody:      "Use this link to set a new password.",
	ResetLink:      "Set a new password",
	ResetNote:      "The link works once, for 1 hour. If you didn't ask for it, ignore this email: your password stays the same.",
	ChangedSubject: "Your password was changed",
	ChangedBody:    "Your password was changed, and your other devices were signed out.",
	ChangedNote:    "If it wasn't you, choose \"Forgot your password?\" on the sign-in page now.",
	ExpirySubject:  func(shop, points, date string) string { return points + " at " + shop + " expire on " + date },
	ExpiryBody: func(points, date string) string {
		return "You can use " + points + " until " + date + ". After that, they expire."
	},
	ExpiryBalance: func(balance string) string { return "You have " + balance + " available in total." },
	ChangeSubject: func(shop, date string) string { return shop + "'s program terms change on " + date },
	ChangeBody: func(date string) string {
		return "New terms take effect on " + date + ". Here's what's different:"
	},
	ChangeNote: "Nothing changes until then.", ChangeLink: "Read the current terms",
	ExpiryNote:       "This is a service message about your points.",
	Foot:             func(shop string) string { return shop },
	FootProgram:      "Dangol",
	LinkInsteadOfTap: "If the button doesn't work, paste this address into your browser:",
}
