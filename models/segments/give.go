package segments

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/customers"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/tasks"
	"dangol/models/terms"
)

// GiftKind is what is given.
type GiftKind string

// The kinds.
const (
	Points GiftKind = "points"
	Coupon GiftKind = "coupon"
)

// GiveParams asks for a gift to a group.
type GiveParams struct {
	Group   Group
	Program string   // code; empty: the shop's only programme
	Kind    GiftKind // what
	Unit    string   // points: code; empty: the programme's first
	Points  int64    // points: to each, in the unit's smallest part
	Coupon  string   // coupon: the kind's code
	Words   string   // points: what the customer reads
	Shown   int64    // the number of members that was shown (Size.Members): it must still be true
}

// Gift is a gift to a group and how far it has come.
type Gift struct {
	ID        int64
	ProgramID int64
	Group     Group
	Kind      GiftKind
	Unit      string
	Points    int64
	Coupon    string
	Words     string
	Chosen    int64 // people who were shown when it was decided
	Given     int64
	CreatedAt time.Time
	CreatedBy int64
}

// MostPoints bounds what one person is given at once.
const MostPoints = 1_000_000

// Give decides a gift: it writes down exactly the members of the group that were shown and starts the task that gives to
// them. Errors: models.Invalid with every faulty field; models.Conflict "group_changed" with the number that is true
// now, when it is not the one that was shown; models.ErrClockMoving.
func Give(tx *store.Tx, actor models.Actor, p GiveParams) (Gift, error) {
	if err := tx.Posting(); err != nil {
		return Gift{}, err
	}
	program, err := programs.One(tx, p.Program)
	if err != nil {
		return Gift{}, err
	}
	if err := p.check(program.Timeline.At(tx.Now())); err != nil {
		return Gift{}, err
	}
	g := Gift{ProgramID: program.ID, Group: p.Group, Kind: p.Kind, Unit: p.Unit, Points: p.Points, Coupon: p.Coupon, Words: p.Words,
		Chosen: p.Shown, CreatedAt: tx.Now(), CreatedBy: actor.StaffID}
	if err := g.write(tx); err != nil {
		return Gift{}, err
	}
	if err := firstPosting(tx); err != nil {
		return Gift{}, err
	}
	if _, err := tasks.Create(tx, tasks.Params{Kind: tasks.Give, SubjectID: g.ID, Total: g.Chosen, StaffID: actor.StaffID}); err != nil {
		return Gift{}, err
	}
	return g, audit.Record(tx, actor, "give", "give:"+strconv.FormatInt(g.ID, 10), g)
}

// firstPosting notes that the shop's ledger is in use: from here on nothing is imported "as if".
func firstPosting(tx *store.Tx) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET first_posting_at = $2 WHERE id = $1 AND first_posting_at IS NULL`, tx.MerchantID(), tx.Now())
	return err
}

// check finds every fault; version is what is in force now.
func (p *GiveParams) check(version *terms.Program) error {
	var f models.Faults
	if version == nil {
		f.Add("program", "not_running", nil)
		return f.Err()
	}
	if _, err := p.Group.cells(); err != nil && p.Group.Saved == 0 {
		f.Add("group", "unknown", nil)
	}
	switch p.Kind {
	case Points:
		p.checkPoints(&f, version)
	case Coupon:
		if version.Terms().Coupon(p.Coupon) == nil {
			f.Add("coupon", "unknown", nil)
		}
	default:
		f.Add("kind", "required", nil)
	}
	if p.Shown <= 0 {
		f.Add("shown", "nobody", nil)
	}
	return f.Err()
}

func (p *GiveParams) checkPoints(f *models.Faults, version *terms.Program) {
	unit := version.Unit(p.Unit)
	if unit == nil {
		f.Add("unit", "unknown", nil)
		return
	}
	p.Unit = unit.Code
	if p.Points <= 0 || p.Points > MostPoints {
		f.Add("points", "out_of_range", map[string]any{"most": MostPoints})
	}
	words, ok := models.CleanText(p.Words, models.MaxGrantWords)
	if !ok {
		f.Add("words", "bad_text", map[string]any{"limit": models.MaxGrantWords})
	}
	p.Words = words
}

// write stores the gift and who gets it, and refuses when that is not the number that was shown.
func (g *Gift) write(tx *store.Tx) error {
	group, err := json.Marshal(g.Group)
	if err != nil {
		return err
	}
	err = tx.PG().QueryRow(tx.Ctx(), `INSERT INTO gives (merchant_id, program_id, people, kind, unit, points, coupon_kind, words, chosen, created_at, created_by)
		VALUES ($1, $2, $3, $4, nullif($5, ''), $6, nullif($7, ''), $8, $9, $10, nullif($11::bigint, 0)) RETURNING id`,
		tx.MerchantID(), g.ProgramID, group, g.Kind, g.Unit, g.Points, g.Coupon, g.Words, g.Chosen, g.CreatedAt, g.CreatedBy).Scan(&g.ID)
	if err != nil {
		return err
	}
	chosen, err := g.choose(tx)
	if err == nil && chosen != g.Chosen {
		err = models.Conflicting("group_changed", map[string]any{"shown": g.Chosen, "now": chosen})
	}
	return err
}

// choose writes down who gets the gift and counts them.
func (g *Gift) choose(tx *store.Tx) (int64, error) {
	if g.Group.Saved != 0 {
		return g.chooseSaved(tx)
	}
	cells, err := g.Group.cells()
	if err != nil {
		return 0, err
	}
	recency, frequency := columns(cells)
	tag, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO give_members (merchant_id, give_id, membership_id)
		SELECT $1, $2, m.id FROM unnest($3::smallint[], $4::smallint[]) c (recency, frequency)
		JOIN customer_facts f ON f.merchant_id = $1 AND f.recency = c.recency AND f.frequency = c.frequency
		JOIN memberships m ON m.merchant_id = $1 AND m.program_id = $5 AND m.customer_id = f.customer_id AND m.left_at IS NULL
		ORDER BY m.id`, tx.MerchantID(), g.ID, recency, frequency, g.ProgramID)
	return tag.RowsAffected(), err
}

const giftColumns = `id, program_id, people, kind, coalesce(unit, ''), points, coalesce(coupon_kind, ''), words, chosen, given, created_at, coalesce(created_by, 0)`

// FindGift reads a gift. Errors: models.NotFound.
func FindGift(tx *store.Tx, id int64) (Gift, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+giftColumns+` FROM gives WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), id)
	if err != nil {
		return Gift{}, err
	}
	g, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Gift])
	return g, store.Translate(err)
}

// Gifts lists the newest gifts.
func Gifts(tx *store.Tx, limit int) ([]Gift, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+giftColumns+` FROM gives WHERE merchant_id = $1 ORDER BY id DESC LIMIT $2`, tx.MerchantID(), limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Gift])
}

// Receivers reads a page of those who get a gift, in the order of their memberships. Errors: models.Invalid at "after".
func Receivers(tx *store.Tx, giftID int64, after string, limit int) (customers.Page, error) {
	from, err := strconv.ParseInt("0"+after, 10, 64)
	if err != nil {
		return customers.Page{}, models.InvalidField("after", "bad_cursor", nil)
	}
	if limit <= 0 {
		limit = customers.PageSize
	}
	limit = min(limit, customers.MostRows)
	found, err := tx.PG().Query(tx.Ctx(), `SELECT g.membership_id, m.customer_id FROM give_members g
		JOIN memberships m ON m.merchant_id = g.merchant_id AND m.id = g.membership_id
		WHERE g.merchant_id = $1 AND g.give_id = $2 AND g.membership_id > $3 ORDER BY g.membership_id LIMIT $4`,
		tx.MerchantID(), giftID, from, limit+1)
	if err != nil {
		return customers.Page{}, err
	}
	type receiver struct{ Membership, Customer int64 }
	all, err := pgx.CollectRows(found, pgx.RowToStructByPos[receiver])
	if err != nil {
		return customers.Page{}, err
	}
	var page customers.Page
	if len(all) > limit {
		all = all[:limit]
		page.Next = strconv.FormatInt(all[limit-1].Membership, 10)
	}
	ids := make([]int64, len(all))
	for i, r := range all {
		ids[i] = r.Customer
	}
	page.Rows, err = customers.Rows(tx, ids)
	return page, err
}
