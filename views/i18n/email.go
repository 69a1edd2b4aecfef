package i18n

// Email is what messages say.
type Email struct {
	Hello                                         func(name string) string
	InvitationSubject                             func(shop string) string
	InvitationBody                                func(by, shop, role string) string
	InvitationLink, InvitationNote                string
	ResetSubject, ResetBody, ResetLink, ResetNote string
	ChangedSubject, ChangedBody, ChangedNote      string
	ExpirySubject                                 func(shop, points, date string) string
	ExpiryBody                                    func(points, date string) string
	ExpiryBalance                                 func(balance string) string
	ExpiryNote, FootProgram, LinkInsteadOfTap     string
	ChangeSubject                                 func(shop, date string) string
	ChangeBody                                    func(date string) string
	ChangeNote, ChangeLink                        string
	Foot                                          func(shop string) string
}
