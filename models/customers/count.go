package customers

import "dangol/models/store"

// MostCounted bounds Count: what has more is not counted to its end.
const MostCounted = 1000

// Count says how many people a view or, where something is looked for, a search lists whose first page this is; more than
// MostCounted says only that there are others. Where the page is not all there is, as much of an index is walked as twenty
// pages do. Errors: models.Invalid at "q" or "view".
func Count(tx *store.Tx, q ListQuery, search string, first Page) (int64, error) {
	switch {
	case first.Next == "":
		return int64(len(first.Rows)), nil
	case search == "":
		places, err := q.places(tx, cursor{}, MostCounted+1)
		return int64(len(places)), err
	}
	parsed, err := parse(search)
	if err != nil {
		return 0, err
	}
	hits, err := findWords(tx, parsed, cursor{}, MostCounted+1)
	return int64(len(hits)), err
}
