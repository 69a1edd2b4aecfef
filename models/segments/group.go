// Package segments shows the people behind the map of regulars, or of a group that is defined by a condition, and gives
// them something: exactly those who were shown, to the person.
package segments

import (
	"math"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/customers"
	"dangol/models/store"
)

// Cell is a place of the map: classes of recency and frequency, 1 to 5; 5 is the most recent, the most frequent.
type Cell struct {
	Recency   int `json:"r"`
	Frequency int `json:"f"`
}

// Name names a part of the map; the words stand in the catalogues.
type Name string

// The parts of the map, from the best; https://pypi.org/project/rfm calls them so, and others after it.
const (
	Champions    Name = "champions"
	Loyal        Name = "loyal"
	Potential    Name = "potential"
	New          Name = "new"
	Promising    Name = "promising"
	Attention    Name = "attention"
	AboutToSleep Name = "about_to_sleep"
	CantLose     Name = "cant_lose"
	AtRisk       Name = "at_risk"
	Hibernating  Name = "hibernating"
)

// Names lists the parts from the best to the lost.
var Names = []Name{Champions, Loyal, Potential, New, Promising, Attention, AboutToSleep, CantLose, AtRisk, Hibernating}

// NameOf says to which part a cell belongs. Every cell belongs to one.
func NameOf(c Cell) Name {
	switch r, f := c.Recency, c.Frequency; {
	case r <= 2 && f <= 2:
		return Hibernating
	case r <= 2 && f <= 4:
		return AtRisk
	case r <= 2:
		return CantLose
	case r == 3 && f <= 2:
		return AboutToSleep
	case r == 3 && f == 3:
		return Attention
	case r <= 4 && f >= 4:
		return Loyal
	case r == 4 && f == 1:
		return Promising
	case f == 1:
		return New
	case f <= 3:
		return Potential
	}
	return Champions
}

// Group is people of the map, those of one cell or of a named part, or a saved group's.
type Group struct {
	Cell  *Cell `json:"cell,omitempty"`
	Name  Name  `json:"name,omitempty"`
	Saved int64 `json:"saved,omitempty"` // id
}

// cells lists the group's cells, the best first. Errors: models.Invalid at "group".
func (g Group) cells() (all []Cell, err error) {
	for r := 5; r >= 1; r-- {
		for f := 5; f >= 1; f-- {
			c := Cell{r, f}
			if g.Cell != nil && *g.Cell == c || g.Cell == nil && g.Name == NameOf(c) {
				all = append(all, c)
			}
		}
	}
	if len(all) == 0 {
		err = models.InvalidField("group", "unknown", nil)
	}
	return all, err
}

// columns are the cells as two columns for SQL.
func columns(cells []Cell) (recency, frequency []int16) {
	for _, c := range cells {
		recency, frequency = append(recency, int16(c.Recency)), append(frequency, int16(c.Frequency))
	}
	return recency, frequency
}

// Size says how many people a group has, and to how many of them a programme can give something.
type Size struct {
	AsOf    calendar.Date // the night that the map is of; zero: it was never drawn
	People  int64
	Members int64 // in the programme
}

// night is what Count needs of the map as insights has stored it.
type night struct {
	Cells   [5][5]struct{ People int64 }
	Members map[int64][5][5]int64
	Newest  int64
}

// Count counts a group: the people are those of the map's date, to the person, the members those of that night and who has
// joined since. Who has left since is found out by Give, which refuses a number that is not true. The cost does not depend
// on the group. Errors: models.Invalid at "group".
func Count(tx *store.Tx, g Group, programID int64) (s Size, err error) {
	if g.Saved != 0 {
		saved, err := FindSaved(tx, g.Saved)
		if err != nil {
			return s, err
		}
		return saved.size(tx)
	}
	cells, err := g.cells()
	if err != nil {
		return s, err
	}
	var n night
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT as_of, data FROM fact_summaries WHERE merchant_id = $1 AND name = 'grid'`, tx.MerchantID()).Scan(&s.AsOf, &n)
	if models.KindOf(store.Translate(err)) == models.NotFound {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	members := n.Members[programID]
	for _, c := range cells {
		s.People += n.Cells[c.Recency-1][c.Frequency-1].People
		s.Members += members[c.Recency-1][c.Frequency-1]
	}
	recency, frequency := columns(cells)
	var joined int64
	err = tx.PG().QueryRow(tx.Ctx(), joinedSQL, tx.MerchantID(), n.Newest, programID, recency, frequency).Scan(&joined)
	s.Members += joined
	return s, err
}

// Who of these cells has become a member since the night? They are few, whatever the planner guesses of an id it does not
// know: each is looked up by its key, which the LIMIT makes the only way.
const joinedSQL = `WITH joined AS MATERIALIZED (
		SELECT customer_id FROM memberships WHERE merchant_id = $1 AND id > $2 AND program_id = $3 AND left_at IS NULL)
	SELECT count(*) FROM joined j CROSS JOIN LATERAL (
		SELECT f.recency, f.frequency FROM customer_facts f WHERE f.merchant_id = $1 AND f.customer_id = j.customer_id LIMIT 1) f
	WHERE (f.recency, f.frequency) IN (SELECT * FROM unnest($4::smallint[], $5::smallint[]))`

// People reads a page of a group: cell by cell from the best, inside a cell who came last first. A page costs the same
// wherever it stands. Errors: models.Invalid at "group" or "after".
func People(tx *store.Tx, g Group, after string, limit int) (customers.Page, error) {
	if g.Saved != 0 {
		return savedPeople(tx, g.Saved, after, limit)
	}
	cells, err := g.cells()
	if err != nil {
		return customers.Page{}, err
	}
	from, err := parsePlace(after, len(cells))
	if err != nil {
		return customers.Page{}, err
	}
	if limit <= 0 {
		limit = customers.PageSize
	}
	limit = min(limit, customers.MostRows)
	places, err := walk(tx, cells, from, limit+1)
	if err != nil {
		return customers.Page{}, err
	}
	var next string
	if len(places) > limit {
		places = places[:limit]
		next = places[limit-1].String()
	}
	ids := make([]int64, len(places))
	for i, p := range places {
		ids[i] = p.ID
	}
	rows, err := customers.Rows(tx, ids)
	return customers.Page{Rows: rows, Next: next}, err
}

// walk goes through the cells until it has enough: each is a range of one index, already in order.
func walk(tx *store.Tx, cells []Cell, from place, limit int) (all []place, err error) {
	for i := from.Cell; i < len(cells) && len(all) < limit; i++ {
		if from.ID == 0 {
			from = place{Day: tx.Today(), ID: math.MaxInt64}
		}
		rows, err := tx.PG().Query(tx.Ctx(), `SELECT $7::int, last_on, customer_id FROM customer_facts
			WHERE merchant_id = $1 AND recency = $2 AND frequency = $3 AND (last_on, customer_id) < ($4, $5)
			ORDER BY last_on DESC, customer_id DESC LIMIT $6`,
			tx.MerchantID(), cells[i].Recency, cells[i].Frequency, from.Day, from.ID, limit-len(all), i)
		if err != nil {
			return nil, err
		}
		found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[place])
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
		from = place{}
	}
	return all, nil
}
