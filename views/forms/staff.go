package forms

// Invite asks somebody to join.
type Invite struct {
	Email    string  `form:"email"`
	Role     string  `form:"role"`
	Stores   []int64 `form:"stores"` // none: all
	Problems Problems
}

// Key makes an API key.
type Key struct {
	Name     string   `form:"name"`
	Source   string   `form:"source"`
	Scopes   []string `form:"scopes"`
	Store    int64    `form:"store"` // 0: none of its own
	Problems Problems
}

// Shop is what is set about the shop itself.
type Shop struct {
	Name     string `form:"name"`
	Contact  string `form:"contact"`
	Ticket   string `form:"ticket"`
	Margin   string `form:"margin"`
	Shown    string `form:"shown"` // "on"
	Problems Problems
}
