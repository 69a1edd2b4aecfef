package segments

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/conditions"
	"dangol/models/customers"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// outlook is what a condition is asked of, and the codes that it may name.
type outlook struct {
	conditions.People
	tiers, stores []string
}

func look(tx *store.Tx) (o outlook, err error) {
	o.People = conditions.People{MerchantID: tx.MerchantID(), Today: tx.Today(), Zone: tx.Merchant().Zone.String(), Parts: cellsOf}
	running, err := programs.Running(tx)
	if err != nil {
		return o, err
	}
	if len(running) > 0 {
		o.ProgramID = running[0].ID
		o.promise(running[0].Timeline.At(tx.Now()))
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT code FROM stores WHERE merchant_id = $1`, tx.MerchantID())
	if err == nil {
		o.stores, err = pgx.CollectRows(rows, pgx.RowTo[string])
	}
	return o, err
}

// promise takes over what is in force.
func (o *outlook) promise(version *terms.Program) {
	if version == nil {
		return
	}
	o.BaseTier = version.TierOf(&terms.Member{})
	if unit := version.Unit(""); unit != nil {
		o.Unit = unit.Code
	}
	if plan := version.Terms().Tiers; plan != nil {
		for _, tier := range plan.Tiers {
			o.tiers = append(o.tiers, tier.Code)
		}
	}
}

func (o *outlook) exists(f conditions.Field, code string) bool {
	switch f {
	case conditions.Tier:
		return slices.Contains(o.tiers, code)
	case conditions.HomeStore:
		return slices.Contains(o.stores, code)
	case conditions.MapPart:
		return slices.Contains(Names, Name(code))
	default:
		return true
	}
}

// cellsOf are the cells of a part of the map as SQL compares them.
func cellsOf(part string) (cells []int32) {
	all, _ := Group{Name: Name(part)}.cells()
	for _, c := range all {
		cells = append(cells, int32(10*c.Recency+c.Frequency)) //nolint:gosec // two digits
	}
	return cells
}

// Try counts whom a condition means, of how many customers, without saving anything. Errors: as Create.
func Try(tx *store.Tx, c conditions.Condition) (people, all int64, err error) {
	about, err := look(tx)
	if err != nil {
		return 0, 0, err
	}
	if err := faultsOf(c, about).Err(); err != nil {
		return 0, 0, err
	}
	made, err := conditions.Compile(c)
	if err != nil {
		return 0, 0, err
	}
	q := made.SQL(about.People)
	err = tx.PG().QueryRow(tx.Ctx(), "SELECT count(*), (SELECT count(*) FROM customers WHERE merchant_id = $1 AND merged_into IS NULL) FROM "+q.From+" WHERE "+q.Where,
		q.Args...).Scan(&people, &all)
	return people, all, err
}

// countTime bounds one group's counting.
const countTime = 5 * time.Minute

// count writes down who is in the group now: only what has changed since.
func (s *Saved) count(tx *store.Tx, about outlook) error {
	made, err := conditions.Compile(s.Condition)
	if err != nil {
		return err
	}
	if err := tx.AllowLong(countTime); err != nil {
		return err
	}
	q := made.SQL(about.People)
	n := len(q.Args)
	s.CountedAt = tx.Now()
	return tx.PG().QueryRow(tx.Ctx(), numbered(countSQL, q, n),
		append(q.Args, s.ID, about.ProgramID, tx.Now())...).Scan(&s.People, &s.Members, &s.newest)
}

// Who is in the group now? Writes the difference to who was, and how many they are. The places of the condition's own
// arguments come first; :segment, :program and :now follow.
const countSQL = `WITH now AS MATERIALIZED (SELECT c.id FROM :from WHERE :where),
	gone AS (DELETE FROM segment_members g WHERE g.merchant_id = $1 AND g.segment_id = :segment AND NOT EXISTS (SELECT FROM now WHERE now.id = g.customer_id)),
	added AS (INSERT INTO segment_members (merchant_id, segment_id, customer_id) SELECT $1, :segment, id FROM now ORDER BY id ON CONFLICT DO NOTHING)
	UPDATE segments SET people = (SELECT count(*) FROM now), counted_at = :now,
		members = (SELECT count(*) FROM now JOIN memberships m ON m.merchant_id = $1 AND m.program_id = :program AND m.customer_id = now.id AND m.left_at IS NULL),
		newest = (SELECT coalesce(max(id), 0) FROM memberships WHERE merchant_id = $1)
	WHERE merchant_id = $1 AND id = :segment RETURNING people, members, newest`

// numbered puts a condition and the places of three more arguments into a statement of ours.
func numbered(sql string, q conditions.Query, n int) string {
	at := func(i int, kind string) string { return "$" + strconv.Itoa(n+i) + "::" + kind }
	return strings.NewReplacer(":from", q.From, ":where", q.Where,
		":segment", at(1, "bigint"), ":program", at(2, "bigint"), ":now", at(3, "timestamptz")).Replace(sql)
}

// Refresh counts every group of the shop anew; the night and an import call it when the facts are made.
func Refresh(ctx context.Context, db *store.DB, merchantID int64) error {
	var all []Saved
	err := store.ReadTx(ctx, db, merchantID, func(tx *store.Tx) (err error) {
		all, err = AllSaved(tx)
		return err
	})
	for i := 0; i < len(all) && err == nil; i++ {
		err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error { return recount(tx, all[i].ID) })
	}
	return err
}

// recount counts a group; one that was removed meanwhile needs no counting.
func recount(tx *store.Tx, id int64) error {
	s, err := lockSaved(tx, id)
	if models.KindOf(err) == models.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	about, err := look(tx)
	if err != nil {
		return err
	}
	if err := faultsOf(s.Condition, about).Err(); models.KindOf(err) == models.Invalid {
		return nil // it names a tier that is no more: who was in it stays until somebody changes it
	}
	return s.count(tx, about)
}

// size is what was counted, and who of them has joined since.
func (s *Saved) size(tx *store.Tx) (Size, error) {
	size := Size{AsOf: calendar.DateOf(s.CountedAt, tx.Merchant().Zone), People: s.People, Members: s.Members}
	var joined int64
	err := tx.PG().QueryRow(tx.Ctx(), `WITH joined AS MATERIALIZED (
			SELECT customer_id FROM memberships WHERE merchant_id = $1 AND id > $2 AND program_id = $3 AND left_at IS NULL)
		SELECT count(*) FROM joined j CROSS JOIN LATERAL (
			SELECT FROM segment_members g WHERE g.merchant_id = $1 AND g.segment_id = $4 AND g.customer_id = j.customer_id LIMIT 1) g`,
		tx.MerchantID(), s.newest, s.ProgramID, s.ID).Scan(&joined)
	size.Members += joined
	return size, err
}

// savedPeople reads a page of a saved group: the newest customers first.
func savedPeople(tx *store.Tx, id int64, after string, limit int) (customers.Page, error) {
	from := int64(math.MaxInt64)
	if after != "" {
		n, err := strconv.ParseInt(after, 10, 64)
		if err != nil || n <= 0 || strconv.FormatInt(n, 10) != after {
			return customers.Page{}, models.InvalidField("after", "bad_cursor", nil)
		}
		from = n
	}
	if limit <= 0 {
		limit = customers.PageSize
	}
	limit = min(limit, customers.MostRows)
	found, err := tx.PG().Query(tx.Ctx(), `SELECT customer_id FROM segment_members WHERE merchant_id = $1 AND segment_id = $2 AND customer_id < $3
		ORDER BY customer_id DESC LIMIT $4`, tx.MerchantID(), id, from, limit+1)
	if err != nil {
		return customers.Page{}, err
	}
	ids, err := pgx.CollectRows(found, pgx.RowTo[int64])
	if err != nil {
		return customers.Page{}, err
	}
	var next string
	if len(ids) > limit {
		ids = ids[:limit]
		next = strconv.FormatInt(ids[limit-1], 10)
	}
	rows, err := customers.Rows(tx, ids)
	return customers.Page{Rows: rows, Next: next}, err
}

// chooseSaved writes down the members of a saved group as they were last counted, and those of them who have joined since.
func (g *Gift) chooseSaved(tx *store.Tx) (int64, error) {
	if _, err := lockSaved(tx, g.Group.Saved); err != nil {
		return 0, err
	}
	tag, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO give_members (merchant_id, give_id, membership_id)
		SELECT $1, $2, m.id FROM segment_members s
		JOIN memberships m ON m.merchant_id = $1 AND m.program_id = $4 AND m.customer_id = s.customer_id AND m.left_at IS NULL
		WHERE s.merchant_id = $1 AND s.segment_id = $3 ORDER BY m.id`, tx.MerchantID(), g.ID, g.Group.Saved, g.ProgramID)
	return tag.RowsAffected(), err
}
