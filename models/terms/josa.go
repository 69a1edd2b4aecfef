package terms

import "dangol/models/hangul"

// josa appends the particle that fits the sound on which a word ends: see hangul.Josa.
func josa(word, pair string) string { return hangul.Josa(word, pair) }
