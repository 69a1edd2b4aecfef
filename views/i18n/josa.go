package i18n

import "dangol/models/hangul"

// Josa appends the particle that fits the sound on which a word ends: see hangul.Josa.
func Josa(word, pair string) string { return hangul.Josa(word, pair) }
