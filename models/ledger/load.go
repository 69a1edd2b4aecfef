package ledger

import (
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
	"dangol/models/terms"
)

// Who selects memberships: by their ids, or those of one customer.
type Who struct {
	source   string // the query that gives them; $2 is arg
	ids      string // the same, if no more than their ids are wanted
	still    string // what may have changed while we waited for a membership's lock
	customer string // the customers who are meant, from FROM on; empty unless one customer is
	few      bool
	idle     bool // nothing will be earned
	arg      any
	err      error
}

// KeepPlans, in a SELECT, lets the rest of the transaction run its statements by plans that are kept and that go from row
// to row by indexes. Where few rows are meant, planning anew would be most of the work; and a plan that was made while a
// table was empty would read all of it for ever after, to hash it, to merge it or to go through it again and again.
const KeepPlans = `set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
	set_config('enable_bitmapscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
	set_config('enable_material', 'off', true), set_config('enable_memoize', 'off', true)`

// Members are memberships by id.
func Members(ids ...int64) Who {
	return Who{source: query("who_members"), ids: "SELECT DISTINCT unnest($2::bigint[]) AS id", still: "true", arg: ids, few: len(ids) < 10}
}

// Idle are the same memberships, for who only settles them: budgets are left alone, and with them those who earn.
func (w Who) Idle() Who {
	w.idle = true
	return w
}

// Of are the memberships of one customer that have not ended; none if no customer is called so. Who was merged means the one
// who goes on. An unreadable phone or e-mail is an error of kind Invalid at "customer".
func Of(ref models.CustomerRef) Who {
	name, arg, err := column(ref)
	// In an order that one index alone has: of a shop without statistics the planner believes that any is as good.
	customer := "FROM customers c WHERE c.merchant_id = $1 AND c." + name + " BETWEEN $2 AND $2 ORDER BY c." + name + " LIMIT 1"
	who := ofCustomers("(SELECT coalesce(c.merged_into, c.id) AS id " + customer + ")")
	who.customer, who.few, who.arg, who.err = customer, true, arg, err
	return who
}

// OfCustomers are the memberships of customers by id that have not ended.
func OfCustomers(ids ...int64) Who {
	who := ofCustomers("(SELECT DISTINCT unnest($2::bigint[]) AS id)")
	who.arg, who.few = ids, len(ids) < 10
	return who
}

// ofCustomers are the memberships of the customers whose ids a query gives.
func ofCustomers(ids string) Who {
	who := strings.ReplaceAll(query("who_customers"), "{customers}", ids)
	return Who{source: who, ids: who, still: "l.left_at IS NULL"}
}

// column names what a reference is about.
func column(ref models.CustomerRef) (name string, arg any, err error) {
	ref, err = stored(ref)
	switch {
	case ref.ID != 0:
		return "id", ref.ID, err
	case ref.ExternalID != "":
		return "external_id", ref.ExternalID, err
	case ref.Phone != "":
		return "phone", ref.Phone, err
	}
	return "email", ref.Email, err
}

// Customer locks nobody and gives the id of the customer that is meant, 0 if there is none: of who was merged, the one who
// goes on.
func Customer(tx *store.Tx, who Who) (id int64, err error) {
	return named(tx, who, "coalesce(c.merged_into, c.id)")
}

// Named is Customer for the very one who is called so, merged or not.
func Named(tx *store.Tx, who Who) (id int64, err error) { return named(tx, who, "c.id") }

func named(tx *store.Tx, who Who, column string) (id int64, err error) {
	if who.err != nil {
		return 0, who.err
	}
	err = tx.PG().QueryRow(tx.Ctx(), "SELECT "+column+" "+who.customer, tx.MerchantID(), who.arg).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return id, err
}

// Lock says what becomes of rows that somebody else has locked.
type Lock string

// The ways to lock.
const (
	Wait Lock = "FOR NO KEY UPDATE"             // for them, as long as lock_timeout allows
	Skip Lock = "FOR NO KEY UPDATE SKIP LOCKED" // leave them out
	look Lock = ""                              // lock nothing
)

// Load locks memberships, and with them their accounts, in the order of their ids, and loads what the engine needs to know
// about them. Events will be posted with business dates from since on; zero is today. Memberships of programmes that are not
// among those given are left out. Errors: models.Invalid for a reference that cannot be read.
func Load(tx *store.Tx, programs []*Program, since calendar.Date, who Who) ([]*Member, error) {
	members, err := load(tx, programs, since, who, Wait)
	if err == nil && len(members) == 0 && who.customer != "" { // they may have been merged while we waited for the lock
		members, err = load(tx, programs, since, who, Wait)
	}
	if err != nil {
		return nil, err
	}
	added, err := addUnits(tx, members)
	if err != nil {
		return nil, err
	}
	if added {
		if members, err = load(tx, programs, since, who, Wait); err != nil {
			return nil, err
		}
	}
	return members, release(tx, members)
}

// LoadOne locks the one member of a programme who is meant, for who moves points now, and reads the clock after that.
// Errors: models.Invalid "unknown" at customer, and for a reference that cannot be read.
func LoadOne(tx *store.Tx, program *Program, who Who) (*Member, error) {
	members, err := Load(tx, []*Program{program}, 0, who)
	if err != nil {
		return nil, err
	}
	if len(members) == 0 {
		return nil, models.InvalidField("customer", "unknown", nil)
	}
	return members[0], tx.Tick()
}

// Peek is Load for looking only: nothing is locked, and each member is settled, in memory, to today. Write refuses it.
func Peek(tx *store.Tx, programs []*Program, who Who) ([]*Member, error) {
	members, err := load(tx, programs, 0, who, look)
	if err == nil {
		err = release(tx, members)
	}
	for _, m := range members {
		m.Settle(tx.Today())
	}
	return members, err
}

// Look is Peek without settling: what is stored of the members, and of their past what the programmes need.
func Look(tx *store.Tx, programs []*Program, who Who) ([]*Member, error) {
	return load(tx, programs, 0, who, look)
}

func load(tx *store.Tx, programs []*Program, since calendar.Date, who Who, lock Lock) ([]*Member, error) {
	loader := NewLoader(tx.MerchantID(), programs, since, tx.Today(), who, lock)
	batch := &pgx.Batch{}
	if who.few {
		batch.Queue(`SELECT ` + KeepPlans)
	}
	if err := loader.Queue(batch); err != nil {
		return nil, err
	}
	if err := tx.PG().SendBatch(tx.Ctx(), batch).Close(); err != nil {
		return nil, err
	}
	return loader.Members(), nil
}

// Loader is Load in two halves, for code that has a batch of its own: Queue puts the statements into it, Members gives
// what they found once the batch has run.
type Loader struct {
	merchantID int64
	programs   []*Program
	needs      terms.Needs
	rules      []string // whose limits are counted by member
	shared     []string // whose limits are shared
	since      calendar.Date
	today      calendar.Date
	who        Who
	lock       Lock
	members    []*Member         // in id order
	owners     map[int64]*Member // by account
	seen       map[int64]bool    // memberships, of whatever programme
	busy       map[int64]bool    // customers, see Busy
}

// NewLoader prepares a Load; see there. Today is the merchant's date.
func NewLoader(merchantID int64, programs []*Program, since, today calendar.Date, who Who, lock Lock) *Loader {
	if since.IsZero() || since > today {
		since = today
	}
	l := &Loader{merchantID: merchantID, programs: programs, since: since, today: today, who: who, lock: lock,
		owners: map[int64]*Member{}, seen: map[int64]bool{}, busy: map[int64]bool{}}
	for _, p := range programs {
		l.add(p)
	}
	return l
}

// add widens what is fetched by what a programme needs.
func (l *Loader) add(p *Program) {
	n := p.Timeline.Needs()
	l.needs.Track(n)
	for _, limit := range n.Limits {
		rules := &l.rules
		if limit.Shared {
			rules = &l.shared
		}
		if rule := p.Code + "/" + limit.Rule; !slices.Contains(*rules, rule) {
			*rules = append(*rules, rule)
		}
	}
}

// Queue puts the statements into a batch. Errors: models.Invalid for a reference that cannot be read.
func (l *Loader) Queue(batch *pgx.Batch) error {
	if l.who.err != nil {
		return l.who.err
	}
	batch.Queue(l.text("load_members"), l.merchantID, l.who.arg).Query(l.readMembers)
	batch.Queue(l.text("load_accounts"), l.merchantID, l.who.arg).Query(l.readAccounts)
	batch.Queue(l.text("load_lots"), l.merchantID, l.who.arg).Query(l.readLots)
	if len(l.rules) > 0 {
		batch.Queue(l.text("load_limits"), l.merchantID, l.who.arg, l.rules, l.since.String()).Query(l.readLimits)
	}
	l.queueBudgets(batch)
	l.queueTracks(batch)
	return nil
}

// Busy reports whether somebody else holds a membership of the customer, so that it was left out by Skip.
func (l *Loader) Busy(customerID int64) bool { return l.busy[customerID] }

// Members gives what was found, in the order of the memberships' ids, with lots in the order of consumption.
func (l *Loader) Members() []*Member {
	for _, m := range l.members {
		for i := range m.Accounts {
			m.Accounts[i].Sort()
		}
	}
	return l.members
}
