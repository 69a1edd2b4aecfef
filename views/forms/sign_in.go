package forms

// SignIn is e-mail and password.
type SignIn struct {
	Email    string `form:"email"`
	Password string `form:"password"` // never shown again
	Next     string `form:"next"`     // path to go on to; the handler accepts only paths of its own
	Problems Problems
}

// Code is the second step: the code of an app, or a recovery code.
type Code struct {
	Code     string `form:"code"` // never shown again
	Next     string `form:"next"`
	Problems Problems
}

// Reset asks for a link.
type Reset struct {
	Email    string `form:"email"`
	Problems Problems
}

// NewPassword sets a password behind a one-time link, or changes one.
type NewPassword struct {
	Current  string `form:"current"` // only where somebody is signed in
	Password string `form:"password"`
	Problems Problems
}

// Invitation takes up an invitation.
type Invitation struct {
	Name     string `form:"name"`
	Password string `form:"password"`
	Problems Problems
}

// SetupShop is step 1 of the set-up.
type SetupShop struct {
	Name     string `form:"name"`
	Trade    string `form:"trade"` // code of models.Trade
	Ticket   string `form:"ticket"`
	Email    string `form:"email"`
	Password string `form:"password"`
	Problems Problems
}

// SetupPromise is step 3: three numbers, as typed.
type SetupPromise struct {
	Rate     string `form:"rate"`     // percent; or the number of stamps
	From     string `form:"from"`     // smallest use of points; unused with stamps
	Birthday string `form:"birthday"` // worth of the birthday coupon
	Problems Problems
}
