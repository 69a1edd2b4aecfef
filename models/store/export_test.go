package store

import (
	"maps"
	"slices"
)

// ConstraintsWithMeaning lists the names in the table of meanings.
func ConstraintsWithMeaning() []string { return slices.Sorted(maps.Keys(meanings)) }
