package forms

// Merge is the choice of a customer who turned out to be the same as another, as it was typed.
type Merge struct {
	Other    int64  `form:"other"`
	Reason   string `form:"reason"`
	Problems Problems
}
