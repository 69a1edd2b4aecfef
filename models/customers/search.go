package customers

import (
	"strings"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
)

// Search finds people by a part of the name (민지), its initial consonants (ㅁㅈ), at least the last four digits of the
// phone, the e-mail address or the shop's own number; several words must all fit. The order is that of what fitted, then
// of age in the shop: it is the order of the index, so that a page costs the same for a syllable that a hundred thousand
// share. Errors: models.Invalid at "q" or "after".
func Search(tx *store.Tx, q, after string, limit int) (Page, error) {
	parsed, err := parse(q)
	if err != nil {
		return Page{}, err
	}
	from, err := parseCursor(after)
	if err != nil {
		return Page{}, err
	}
	limit = pageSize(limit)
	if parsed.byPhone() {
		return byPhone(tx, parsed, MostRows)
	}
	if len(parsed.words) == 0 {
		return Page{}, nil
	}
	return byWords(tx, parsed, from, limit)
}

// byPhone says whether the phone narrows the search down to a handful.
func (q query) byPhone() bool { return len(q.digits) >= tail }

func byWords(tx *store.Tx, q query, from cursor, limit int) (Page, error) {
	hits, err := findWords(tx, q, from, limit+1)
	if err != nil {
		return Page{}, err
	}
	var next string
	if len(hits) > limit {
		hits = hits[:limit]
		next = cursor{Token: hits[limit-1].Token, ID: hits[limit-1].ID}.String()
	}
	rows, err := Rows(tx, ids(hits))
	return Page{Rows: rows, Next: next}, err
}

// hit is a found token. A customer is listed at the smallest of the tokens that fit, once.
type hit struct {
	Token string
	ID    int64
}

func ids(hits []hit) []int64 {
	all := make([]int64, len(hits))
	for i, h := range hits {
		all[i] = h.ID
	}
	return all
}

// findWords walks the range of the first word in the order of the index. The comparison with zero, and not NOT EXISTS,
// keeps it a walk: as a join the planner may sort everybody.
func findWords(tx *store.Tx, q query, from cursor, limit int) ([]hit, error) {
	first := q.words[0]
	if from.Token < first.from { // a range has one beginning: of two the index would take the wider
		from = cursor{Token: first.from}
	}
	args := []any{tx.MerchantID(), first.from, first.to, from.Token, from.ID, limit}
	var more strings.Builder
	if first.email != "" {
		args = append(args, likePrefix(first.email))
		more.WriteString(emailFits(len(args)))
	}
	for _, w := range q.words[1:] {
		args = append(args, w.from, w.to)
		more.WriteString(alsoFits(len(args)))
	}
	found, err := tx.PG().Query(tx.Ctx(), `
		SELECT s.token, s.customer_id FROM customer_search s
		WHERE s.merchant_id = $1 AND (s.token, s.customer_id) > ($4, $5) AND s.token < $3
		  AND (SELECT count(*) FROM customer_search e WHERE e.merchant_id = $1 AND e.customer_id = s.customer_id
		       AND e.token >= $2 AND e.token < s.token) = 0`+more.String()+`
		ORDER BY s.token, s.customer_id LIMIT $6`, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, pgx.RowToStructByPos[hit])
}

// alsoFits asks for another token of the customer in the range of the last two arguments.
func alsoFits(n int) string {
	return ` AND (SELECT count(*) FROM customer_search e WHERE e.merchant_id = $1 AND e.customer_id = s.customer_id
		AND e.token >= ` + param(n-1) + ` AND e.token < ` + param(n) + `) > 0`
}

func emailFits(n int) string {
	return ` AND (SELECT count(*) FROM customers c WHERE c.merchant_id = $1 AND c.id = s.customer_id AND c.email LIKE ` + param(n) + `) > 0`
}

// byPhone reads everybody whose number ends so, a hundred of a million for four digits, and those to whom the shop gave
// a number that begins so; the last to have come stands first.
func byPhone(tx *store.Tx, q query, limit int) (Page, error) {
	args := []any{tx.MerchantID(), phoneToken(q.digits), "%" + q.ending(), limit}
	var more strings.Builder
	for _, w := range q.words {
		args = append(args, w.from, w.to)
		if !q.whole {
			more.WriteString(alsoFits(len(args)))
		}
	}
	own := `SELECT NULL::bigint WHERE false`
	if q.whole {
		own = `(SELECT customer_id FROM customer_search WHERE merchant_id = $1 AND token >= $5 AND token < $6 LIMIT $4)`
	}
	found, err := tx.PG().Query(tx.Ctx(), `
		WITH ids AS (
			SELECT s.customer_id FROM customer_search s JOIN customers c ON c.merchant_id = s.merchant_id AND c.id = s.customer_id
			WHERE s.merchant_id = $1 AND s.token = $2 AND c.phone LIKE $3`+more.String()+`
			UNION `+own+`)
		SELECT '', i.customer_id FROM ids i LEFT JOIN customer_stats t ON t.merchant_id = $1 AND t.customer_id = i.customer_id
		ORDER BY t.last_on DESC NULLS LAST, i.customer_id DESC LIMIT $4`, args...)
	if err != nil {
		return Page{}, err
	}
	hits, err := pgx.CollectRows(found, pgx.RowToStructByPos[hit])
	if err != nil {
		return Page{}, err
	}
	rows, err := Rows(tx, ids(hits))
	return Page{Rows: rows}, err
}

// Looked is the counter's answer: the people who may be meant, the last to have come first.
type Looked struct {
	Rows []Row
	More bool // there are others: type more
}

// MostLooked bounds what a counter shows; the rest is found by typing on.
const MostLooked = 20

// candidates bounds how many of those who fit are put in the order of their last visit.
const candidates = 300

// Lookup is Search for somebody who is waiting: a whole number finds its owner at once, and of those who fit the last to
// have come stand first. Errors: models.Invalid at "q".
func Lookup(tx *store.Tx, q string) (Looked, error) {
	parsed, err := parse(q)
	if err != nil {
		return Looked{}, err
	}
	var rows []Row
	switch {
	case parsed.byPhone():
		page, err := byPhone(tx, parsed, MostLooked+1)
		if err != nil {
			return Looked{}, err
		}
		rows = page.Rows
	case len(parsed.words) > 0:
		if rows, err = latest(tx, parsed); err != nil {
			return Looked{}, err
		}
	}
	more := len(rows) > MostLooked
	return Looked{Rows: rows[:min(len(rows), MostLooked)], More: more}, nil
}

// latest orders the first candidates by their last visit.
func latest(tx *store.Tx, q query) ([]Row, error) {
	hits, err := findWords(tx, q, cursor{}, candidates)
	if err != nil {
		return nil, err
	}
	found, err := tx.PG().Query(tx.Ctx(), `
		SELECT '', i.id FROM unnest($2::bigint[]) WITH ORDINALITY i (id, place)
		ORDER BY (SELECT t.last_on FROM customer_stats t WHERE t.merchant_id = $1 AND t.customer_id = i.id) DESC NULLS LAST, place LIMIT $3`, tx.MerchantID(), ids(hits), MostLooked+1)
	if err != nil {
		return nil, err
	}
	first, err := pgx.CollectRows(found, pgx.RowToStructByPos[hit])
	if err != nil {
		return nil, err
	}
	return Rows(tx, ids(first))
}
