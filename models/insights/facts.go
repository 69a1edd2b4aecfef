package insights

import (
	"context"
	_ "embed" // the SQL
	"encoding/json"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
)

// Grid is the map of regulars: how many people stand in each of its 25 cells, as of a day.
type Grid struct {
	AsOf      calendar.Date `json:"-"`
	People    int64         `json:"people"` // customers with an order
	Cells     [5][5]Cell    `json:"cells"`  // [recency-1][frequency-1]; 5 is the most recent, the most frequent
	Recency   Scale         `json:"recency"`
	Frequency Scale         `json:"frequency"`
	Monetary  Scale         `json:"monetary"`

	Members map[int64]*[5][5]int64 `json:"members"` // as Cells, by programme: how many of them are members
	Newest  int64                  `json:"newest"`  // membership id: later ones are not among Members

	Held   map[int64]map[string]int64 `json:"held"`   // members by programme and the tier that they hold; "" is what everybody has
	Joined map[int64]int64            `json:"joined"` // by programme: who has ever joined, up to margin below Newest
}

// margin is more memberships than are being written at one moment. They are numbered before they can be seen: of the newest
// so many, some with a lower number may appear after one with a higher.
const margin = 10_000

// Cell is one cell of the map.
type Cell struct {
	People int64 `json:"people"`
	Spend  int64 `json:"spend"` // of the last twelve months, minor units
}

// Scale says how values became classes. Class i is [Cuts[i-1], Cuts[i]); with fewer than five classes, because many share a
// value, they are spread over the five places of the map by ceil(5i/k), and the page says so.
type Scale struct {
	Cuts []int64 `json:"cuts"` // recency: days since 1970-01-01 (calendar.Date); frequency: visits; monetary: minor units
}

// Classes is k, how many classes there really are.
func (s Scale) Classes() int { return len(s.Cuts) + 1 }

// Places are the places of the map, 1 to 5, that the classes took.
func (s Scale) Places() []int {
	k := s.Classes()
	places := make([]int, k)
	for i := range places {
		places[i] = (5*(i+1) + k - 1) / k
	}
	return places
}

// At gives a cell by its classes, 1 to 5.
func (g *Grid) At(recency, frequency int) Cell { return g.Cells[recency-1][frequency-1] }

// Spending is the distribution of the last twelve months' spending: buckets on a logarithmic scale.
type Spending struct {
	AsOf    calendar.Date `json:"-"`
	People  int64         `json:"people"`
	Buckets []Bucket      `json:"buckets"` // ascending, empty ones left out
}

// Bucket is [From, To) of spending, in minor units.
type Bucket struct {
	From   int64 `json:"from"`
	To     int64 `json:"to"`
	People int64 `json:"people"`
	Spend  int64 `json:"spend"`
}

// bounds are the lower bounds of the buckets: 0, 1 and then ten steps to each power of ten, from a hundred of the minor
// unit to a hundred billion.
var bounds = func() []int64 {
	all := []int64{0, 1}
	steps := []int64{100, 125, 160, 200, 250, 315, 400, 500, 630, 800}
	for power := int64(1); power <= 1_000_000_000; power *= 10 {
		for _, s := range steps {
			all = append(all, s*power)
		}
	}
	return all
}()

//go:embed facts.sql
var factsSQL string

// refreshTime bounds one nightly statement.
const refreshTime = 10 * time.Minute

// RefreshFacts computes the facts of everybody as of a business day and stores what has changed. It is called each
// night and after each import; calling it twice changes nothing.
func RefreshFacts(ctx context.Context, db *store.DB, merchantID int64, day calendar.Date) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		if err := alone(tx); err != nil {
			return err
		}
		found, err := facts(tx, day)
		if err != nil {
			return err
		}
		return found.save(tx, day)
	})
}

// alone keeps a second refresh of the shop waiting until this one has committed, and prepares the transaction for joins of
// everybody with everybody's: of a shop that has just been filled the planner believes that it is empty, and would compare
// each with each.
func alone(tx *store.Tx) error {
	if err := tx.AllowLong(refreshTime); err != nil {
		return err
	}
	_, err := tx.PG().Exec(tx.Ctx(), `SELECT set_config('lock_timeout', '0', true), set_config('enable_nestloop', 'off', true),
		pg_advisory_xact_lock(hashtextextended('insights:' || $1::bigint, 0))`, tx.MerchantID())
	return err
}

// refreshed is what the statement tells.
type refreshed struct {
	grid     Grid
	spending Spending
	repeat   repeat
}

// repeat counts the customers who came on one business day only, and those who came again.
type repeat struct {
	Once  int64 `json:"once"`
	Again int64 `json:"again"`
}

func facts(tx *store.Tx, day calendar.Date) (out refreshed, err error) {
	from := day.AddMonths(-12).AddDays(1)
	whole := from
	if from.Day() > 1 {
		whole = from.EndOfMonth().AddDays(1)
	}
	rows, err := tx.PG().Query(tx.Ctx(), factsSQL, tx.MerchantID(), day, from, whole, bounds, margin)
	if err != nil {
		return out, err
	}
	var kind string
	var a, b int
	var n, spend int64
	var tier string
	_, err = pgx.ForEachRow(rows, []any{&kind, &a, &b, &n, &spend, &tier}, func() error {
		out.add(kind, a, b, n, spend)
		out.grid.join(kind, spend, tier, n)
		return nil
	})
	out.sort()
	return out, err
}

func (out *refreshed) add(kind string, a, b int, n, spend int64) {
	switch kind {
	case "cell":
		out.grid.Cells[a-1][b-1] = Cell{n, spend}
		out.grid.People += n
		out.spending.People += n
	case "member":
		out.grid.member(spend, a/10, a%10, n)
	case "newest":
		out.grid.Newest = n
	case "bucket":
		out.spending.Buckets = append(out.spending.Buckets, bucketAt(a, n, spend))
	case "visits":
		if a == 1 {
			out.repeat.Once = n
		} else {
			out.repeat.Again = n
		}
	case "recency":
		out.grid.Recency.Cuts = append(out.grid.Recency.Cuts, n)
	case "frequency":
		out.grid.Frequency.Cuts = append(out.grid.Frequency.Cuts, n)
	case "monetary":
		out.grid.Monetary.Cuts = append(out.grid.Monetary.Cuts, n)
	}
}

func (g *Grid) member(programID int64, recency, frequency int, people int64) {
	if g.Members == nil {
		g.Members = map[int64]*[5][5]int64{}
	}
	if g.Members[programID] == nil {
		g.Members[programID] = &[5][5]int64{}
	}
	g.Members[programID][recency-1][frequency-1] = people
}

// join counts members of a programme.
func (g *Grid) join(kind string, programID int64, tier string, people int64) {
	switch kind {
	case "held":
		if g.Held == nil {
			g.Held = map[int64]map[string]int64{}
		}
		if g.Held[programID] == nil {
			g.Held[programID] = map[string]int64{}
		}
		g.Held[programID][tier] = people
	case "joined":
		if g.Joined == nil {
			g.Joined = map[int64]int64{}
		}
		g.Joined[programID] = people
	}
}

// bucketAt names the bucket that width_bucket numbers from 1; 0 is whoever got more back than they paid in the window.
func bucketAt(i int, people, spend int64) Bucket {
	b := Bucket{People: people, Spend: spend, To: models.MaxMoney * 1000}
	if i > 0 {
		b.From = bounds[i-1]
	} else {
		b.From = -models.MaxMoney * 1000
	}
	if i < len(bounds) {
		b.To = bounds[i]
	}
	return b
}

func (out *refreshed) sort() {
	slices.SortFunc(out.spending.Buckets, func(a, b Bucket) int { return int(max(min(a.From-b.From, 1), -1)) })
	for _, s := range []*Scale{&out.grid.Recency, &out.grid.Frequency, &out.grid.Monetary} {
		slices.Sort(s.Cuts)
	}
}

func (out *refreshed) save(tx *store.Tx, day calendar.Date) error {
	for name, data := range map[string]any{"grid": out.grid, "spending": out.spending, "repeat": out.repeat} {
		if err := SaveSummary(tx, name, day, data); err != nil {
			return err
		}
	}
	return nil
}

// SaveSummary keeps what a night has computed under a name, with its day.
func SaveSummary(tx *store.Tx, name string, day calendar.Date, data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	_, err = tx.PG().Exec(tx.Ctx(), `INSERT INTO fact_summaries (merchant_id, name, as_of, data) VALUES ($1, $2, $3, $4)
		ON CONFLICT (merchant_id, name) DO UPDATE SET as_of = excluded.as_of, data = excluded.data`, tx.MerchantID(), name, day, b)
	return err
}

// Summary reads what was kept under a name into data; ok is false before the first night.
func Summary(tx *store.Tx, name string, data any) (day calendar.Date, ok bool, err error) {
	var text []byte
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT as_of, data FROM fact_summaries WHERE merchant_id = $1 AND name = $2`,
		tx.MerchantID(), name).Scan(&day, &text)
	if models.KindOf(store.Translate(err)) == models.NotFound {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	return day, true, json.Unmarshal(text, data)
}

// ReadGrid reads the map of regulars; one with AsOf zero means that nobody has computed it yet.
func ReadGrid(tx *store.Tx) (g Grid, err error) {
	g.AsOf, _, err = Summary(tx, "grid", &g)
	return g, err
}
