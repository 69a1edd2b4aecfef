package customers

import (
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Row is one person in a list: who, how loyal, and what is theirs.
type Row struct {
	ID         int64
	Name       string
	Phone      *string // E.164
	Email      *string
	ExternalID *string
	StoreID    int64         // where they were enrolled; 0: unknown
	LastOn     calendar.Date // last business date with an order; zero: none
	Visits     int
	Joined     calendar.Date // first programme joined; zero: in none
	Programs   []RowProgram  // in the order of the shop's programmes; most have one

	mergedInto int64
}

// RowProgram is what a list says of one membership.
type RowProgram struct {
	ProgramID    int64
	MembershipID int64
	Tier         string // code; empty: what everybody has
	Units        []RowUnit

	due bool // a day step is due: what is stored is not what is true now
}

// RowUnit is what a list says of one account, in the unit's smallest part.
type RowUnit struct {
	Unit      string
	Available int64
	Pending   int64
	Expiring  int64         // of Available, within SoonDays
	ExpiresOn calendar.Date // the first last day among them; zero: none
}

// SoonDays is how far ahead "about to expire" looks.
const SoonDays = 30

// Available adds up what can be used of a unit; a customer in one programme with one unit has one number.
func (r *Row) Available(unit string) (sum int64) {
	for _, p := range r.Programs {
		for _, u := range p.Units {
			if u.Unit == unit {
				sum += u.Available
			}
		}
	}
	return sum
}

// Rows reads the rows of the given customers, in the order of ids, in two queries, and settles in memory those on
// whom a day step is due. Customers that are no longer there are left out; for who was merged stands, once, the one who
// goes on.
func Rows(tx *store.Tx, ids []int64) ([]Row, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := basics(tx, ids)
	if err == nil && slices.ContainsFunc(rows, func(r Row) bool { return r.mergedInto != 0 }) {
		ids = heirs(ids, rows)
		rows, err = basics(tx, ids)
	}
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]*Row, len(rows))
	for i := range rows {
		byID[rows[i].ID] = &rows[i]
	}
	if err := addMemberships(tx, ids, byID); err != nil {
		return nil, err
	}
	if err := settle(tx, rows); err != nil {
		return nil, err
	}
	place := make(map[int64]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(rows, func(a, b Row) int { return place[a.ID] - place[b.ID] })
	return rows, nil
}

// heirs puts those who go on in the places of those who were merged into them, each where one stands first.
func heirs(ids []int64, rows []Row) (into []int64) {
	mergedInto := map[int64]int64{}
	for i := range rows {
		mergedInto[rows[i].ID] = rows[i].mergedInto
	}
	for _, id := range ids {
		if heir := mergedInto[id]; heir != 0 {
			id = heir
		}
		if !slices.Contains(into, id) {
			into = append(into, id)
		}
	}
	return into
}

func basics(tx *store.Tx, ids []int64) ([]Row, error) {
	found, err := tx.PG().Query(tx.Ctx(), `
		SELECT c.id, c.name, c.phone, c.email, c.external_id, coalesce(c.store_id, 0), s.last_on, coalesce(s.visits, 0), coalesce(c.merged_into, 0)
		FROM customers c LEFT JOIN customer_stats s ON s.merchant_id = c.merchant_id AND s.customer_id = c.id
		WHERE c.merchant_id = $1 AND c.id = ANY ($2)`, tx.MerchantID(), ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, func(row pgx.CollectableRow) (r Row, err error) {
		err = row.Scan(&r.ID, &r.Name, &r.Phone, &r.Email, &r.ExternalID, &r.StoreID, &r.LastOn, &r.Visits, &r.mergedInto)
		return r, err
	})
}

// addMemberships reads what the customers hold, account by account.
func addMemberships(tx *store.Tx, ids []int64, byID map[int64]*Row) error {
	today := tx.Today()
	found, err := tx.PG().Query(tx.Ctx(), `
		SELECT m.customer_id, m.program_id, m.id, coalesce(m.tier_code, ''), m.enrolled_at,
		       coalesce(m.next_due <= $3, false), coalesce(a.unit, ''), coalesce(a.available, 0), coalesce(a.pending, 0),
		       coalesce(l.points, 0), l.first_on
		FROM memberships m
		LEFT JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
		LEFT JOIN LATERAL (
			SELECT sum(remaining) AS points, min(expires_on) AS first_on FROM lots
			WHERE merchant_id = a.merchant_id AND account_id = a.id AND bucket = 'available' AND remaining > 0 AND expires_on BETWEEN $3 AND $4) l ON true
		WHERE m.merchant_id = $1 AND m.customer_id = ANY ($2) AND m.left_at IS NULL
		ORDER BY m.customer_id, m.program_id, a.unit`, tx.MerchantID(), ids, today, today.AddDays(SoonDays))
	if err != nil {
		return err
	}
	var id int64
	var p RowProgram
	var u RowUnit
	var joined timeOf
	_, err = pgx.ForEachRow(found, []any{&id, &p.ProgramID, &p.MembershipID, &p.Tier, &joined.Time, &p.due, &u.Unit, &u.Available, &u.Pending, &u.Expiring, &u.ExpiresOn}, func() error {
		if r := byID[id]; r != nil {
			r.add(p, u, joined.date(tx))
		}
		return nil
	})
	return err
}

func (r *Row) add(p RowProgram, u RowUnit, joined calendar.Date) {
	if r.Joined.IsZero() || joined < r.Joined {
		r.Joined = joined
	}
	last := len(r.Programs) - 1
	if last < 0 || r.Programs[last].MembershipID != p.MembershipID {
		r.Programs = append(r.Programs, p)
		last++
	}
	if u.Unit != "" {
		r.Programs[last].Units = append(r.Programs[last].Units, u)
	}
}

// settle asks the ledger about members on whom a day step is due, so that a list says what the card says.
func settle(tx *store.Tx, rows []Row) error {
	due := map[int64]*RowProgram{}
	for i := range rows {
		for j := range rows[i].Programs {
			if p := &rows[i].Programs[j]; p.due {
				due[p.MembershipID] = p
			}
		}
	}
	if len(due) == 0 {
		return nil
	}
	running, err := programs.Running(tx)
	if err != nil {
		return err
	}
	members, err := ledger.Peek(tx, running, ledger.Members(slices.Collect(maps.Keys(due))...))
	for _, m := range members {
		due[m.ID].now(m, tx.Today())
	}
	return err
}

// now takes over what is true now.
func (p *RowProgram) now(m *ledger.Member, today calendar.Date) {
	p.Tier = m.Tier.Code
	p.Units = nil
	for i := range m.Accounts {
		a := &m.Accounts[i]
		u := RowUnit{Unit: a.Unit, Available: a.Available, Pending: a.Pending}
		for _, l := range a.Lots {
			if l.Bucket == terms.Available && !l.ExpiresOn.IsZero() && l.ExpiresOn <= today.AddDays(SoonDays) {
				u.Expiring += l.Remaining
				if u.ExpiresOn.IsZero() || l.ExpiresOn < u.ExpiresOn {
					u.ExpiresOn = l.ExpiresOn
				}
			}
		}
		p.Units = append(p.Units, u)
	}
}
