package i18n

var enEmail = Email{
	Hello:             func(name string) string { return "Hello " + name + "," },
	InvitationSubject: func(shop string) string { return shop + " invites you to join" },
	InvitationBody: func(by, shop, role string) string {
		return by + " has invited you to " + shop + " as " + role + ". Choose your name and a password at the link below and you can start."
	},
	InvitationLink: "Take up the invitation",
	InvitationNote: "The link works once and for 7 days. If you don't know this shop, delete this email.",
	ResetSubject:   "Set a new password",
	ResetBody:      "Here is the link for a new password.",
	ResetLink:      "Set a new password",
	ResetNote:      "The link works once and for 1 hour. If you didn't ask for it, do nothing: your password stays as it is.",
	ChangedSubject: "Your password was changed",
	ChangedBody:    "Your password was changed, and your other devices were signed out.",
	ChangedNote:    "If it wasn't you, choose \"Forgot your password?\" on the sign-in page now.",
	ExpirySubject:  func(shop, points, date string) string { return points + " at " + shop + " can be used until " + date },
	ExpiryBody: func(points, date string) string {
		return points + " can be used until " + date + ". After that day they are gone."
	},
	ExpiryBalance: func(balance string) string { return "You can use " + balance + " in all." },
	ChangeSubject: func(shop, date string) string { return "What " + shop + " promises changes on " + date },
	ChangeBody: func(date string) string {
		return "From " + date + " on the promise is another one, and this is different:"
	},
	ChangeNote: "Until then everything stays as it is.", ChangeLink: "Read the promise of today",
	ExpiryNote:       "This is information about your points.",
	Foot:             func(shop string) string { return shop },
	FootProgram:      "Dangol",
	LinkInsteadOfTap: "If the button does nothing, paste this address:",
}
