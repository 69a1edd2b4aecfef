package i18n

// Gifts is a gift to a group on its way.
type Gifts struct {
	Title         func(zone, what string) string
	Giving, Given string
	Receivers     func(people string) string
}

var koGifts = Gifts{
	Title:  func(zone, what string) string { return zone + "에게 " + what },
	Giving: "드리고 있어요", Given: "모두 드렸어요",
	Receivers: func(people string) string { return "받는 손님 " + people },
}

var enGifts = Gifts{
	Title:  func(zone, what string) string { return what + " for " + zone },
	Giving: "Giving", Given: "All given",
	Receivers: func(people string) string { return "Recipients: " + people },
}
