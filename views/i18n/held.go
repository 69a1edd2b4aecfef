package i18n

import "regexp"

var closed = regexp.MustCompile(`([’”)%])([가-힣])`)

// Held keeps a particle on the line of the quotation, bracket or percentage that it follows: browsers break there, even where
// words are kept whole.
func Held(text string) string { return closed.ReplaceAllString(text, "$1\u2060$2") }
