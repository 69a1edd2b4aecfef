package pages

// UpkeepView is what keeps the shop in order by itself: long work that stopped, days that are late, the backups.
type UpkeepView struct {
	Items []UpkeepItem
}

// UpkeepItem is one of them with the one thing that can be done about it: a button that posts, or a link.
type UpkeepItem struct {
	Icon   string
	Text   string
	Detail string
	Bad    bool
	Action string // POST; empty: nothing to press
	Label  string
	Href   string // instead of Action
}
