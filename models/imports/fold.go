package imports

import (
	"strconv"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// job is an import at work: what does not change from chunk to chunk.
type job struct {
	imp     *Import
	program *ledger.Program // nil: nobody is a member of anything
	quiet   *terms.Timeline // record: the programme without its earning rules, which judges tiers and gives nothing
	goods   bool            // items or quantities are told
}

// job prepares the work. Errors: models.Invalid at "program" when the mode needs one and none, or several, run;
// models.Conflict "no_terms" when none of its terms is in force for the mode.
func (imp *Import) job(tx *store.Tx) (*job, error) {
	j := &job{imp: imp, goods: imp.Mapping.Has(Item, Quantity)}
	program, err := programs.One(tx, imp.Options.Program)
	if err != nil && imp.Mode == Record {
		return j, nil // nothing runs, or nobody knows which: purchases are kept all the same
	}
	if err != nil {
		return nil, err
	}
	if imp.Mode == Opening && program.Timeline.At(tx.Now()) == nil {
		return nil, models.Conflicting("no_terms", nil)
	}
	if need := program.Timeline.Needs(); imp.Mode == AsIf {
		for _, limit := range need.Limits { // customers are folded side by side: nobody could say who came first
			if limit.Shared {
				return nil, models.Conflicting("shared_limit", map[string]any{"rule": limit.Rule})
			}
		}
	}
	j.program = program
	if imp.Mode == Record {
		j.quiet, err = quiet(tx, program)
	}
	return j, err
}

// quiet is a programme as it judges tiers at the merchant's now, without anything to earn.
func quiet(tx *store.Tx, program *ledger.Program) (*terms.Timeline, error) {
	inForce := program.Timeline.At(tx.Now())
	if inForce == nil || inForce.Terms().Tiers == nil {
		return nil, nil
	}
	silent := *inForce.Terms()
	silent.Earning, silent.Tiers = nil, silent.Tiers.Quiet()
	compiled, err := terms.Compile(silent, inForce.Version())
	if err != nil {
		return nil, err
	}
	return terms.NewTimeline(tx.Merchant().Zone, terms.TellByFact, terms.Version{From: time.Unix(0, 0).UTC(), Program: compiled}), nil
}

// AllowedModes are the modes in which a file can be brought in now: balances need terms in force; as if, that nothing was
// posted in earnest.
func AllowedModes(tx *store.Tx) ([]Mode, error) {
	var posting bool
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT first_posting_at IS NOT NULL FROM merchants WHERE id = $1`, tx.MerchantID()).Scan(&posting)
	if err != nil {
		return nil, err
	}
	running, err := programs.Running(tx)
	switch {
	case err != nil:
		return nil, err
	case len(running) == 0:
		return []Mode{Record}, nil
	case posting:
		return []Mode{Record, Opening}, nil
	}
	return Modes, nil
}

// posting is what a person's rows do to their membership.
type posting struct {
	person  *person
	member  *ledger.Member
	held    []held // tiers held before, for purchases older than what the member has
	outcome terms.Outcome
	orders  int // that earned, or could have
}

// held is a tier that was held from a moment on.
type held struct {
	from time.Time
	code string
}

// foresee adds to the counts what the import would post, by doing all of it but the writing.
func (imp *Import) foresee(tx *store.Tx) error {
	if imp.Mode == Record {
		return nil
	}
	j, err := imp.job(tx)
	if err != nil {
		return err
	}
	chunks, err := imp.chunks(tx)
	if err != nil {
		return err
	}
	var sum tally
	for _, c := range chunks {
		if err := c.read(tx, imp.ID); err != nil {
			return err
		}
		postings, err := j.imagine(tx, c)
		if err != nil {
			return err
		}
		for i := range postings {
			j.fold(tx, &postings[i])
			sum.add(&postings[i])
		}
		c.people = nil
	}
	imp.Counts.Points, imp.Counts.Early = sum.points, imp.Counts.New-sum.orders
	if imp.Mode == Opening {
		imp.Counts.Early = 0
	}
	if now := j.program.Timeline.At(tx.Now()); now != nil {
		imp.Version = now.Version()
	}
	_, err = tx.PG().Exec(tx.Ctx(), `UPDATE imports SET version = nullif($3, 0) WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), imp.ID, imp.Version)
	return err
}

// imagine gives the members that a chunk would have: those who are there, and those who would be enrolled.
func (j *job) imagine(tx *store.Tx, c *chunk) ([]posting, error) {
	postings, err := j.load(tx, c)
	if err != nil {
		return nil, err
	}
	there := make(map[*person]bool, len(postings))
	for i := range postings {
		there[postings[i].person] = true
	}
	for _, p := range c.people {
		if at, ok := j.joins(tx, p); ok && !there[p] {
			day := calendar.DateOf(at, tx.Merchant().Zone)
			postings = append(postings, posting{person: p, member: &ledger.Member{
				Member: terms.Member{Joined: day, SettledTo: day}, Program: j.program, EnrolledAt: at}})
		}
	}
	return postings, nil
}

// joins says when a person becomes a member by this import, if at all: as if, at the first purchase under the terms;
// with an opening balance, now.
func (j *job) joins(tx *store.Tx, p *person) (time.Time, bool) {
	switch {
	case j.imp.Mode == Opening:
		return tx.Now(), true
	case j.imp.Mode == AsIf:
		for i := range p.rows {
			if j.program.Timeline.At(p.rows[i].placedAt) != nil {
				return p.rows[i].placedAt, true
			}
		}
	}
	return time.Time{}, false
}

// fold lets the rows happen to the member, by the mode.
func (j *job) fold(tx *store.Tx, p *posting) {
	switch j.imp.Mode {
	case AsIf:
		j.foldPurchases(tx, p)
	case Opening:
		j.foldBalances(tx, p)
	case Record:
		j.foldQuietly(tx, p)
	}
}

func (j *job) foldPurchases(tx *store.Tx, p *posting) {
	timeline, events := j.program.Timeline, make([]terms.Event, 0, len(p.person.rows))
	for i := range p.person.rows {
		r := &p.person.rows[i]
		program := timeline.At(r.placedAt)
		if program == nil { // before the terms: it counts towards tiers and earns nothing
			p.member.Note(r.placedOn, "", r.amount)
			continue
		}
		purchase := j.purchase(r)
		if p.isLate(r) {
			purchase.Tier = p.tierAt(program, r.placedAt)
		}
		r.posted = true
		events = append(events, purchase)
	}
	p.orders = len(events)
	p.outcome = timeline.Advance(&p.member.Member, events, tx.Today())
}

func (j *job) purchase(r *planned) *terms.Purchase {
	purchase := &terms.Purchase{Source: r.cause(), At: r.placedAt, Day: r.placedOn, Total: r.amount, Channel: channel}
	if r.hasTime {
		purchase.Minute = terms.MinuteOf(r.placedAt, j.program.Timeline.Zone())
	}
	if j.goods {
		purchase.Lines = []terms.Line{{Quantity: r.quantity, Amount: r.amount}}
	}
	return purchase
}

// foldBalances gives each opening balance as the other system left it, now.
func (j *job) foldBalances(tx *store.Tx, p *posting) {
	events := make([]terms.Event, len(p.person.rows))
	for i := range p.person.rows {
		r := &p.person.rows[i]
		r.posted = true
		events[i] = &terms.Grant{Source: r.opening(), Reason: openingReason, At: tx.Now(), Day: tx.Today(), Points: r.points, Expiry: r.expiresOn}
	}
	p.orders = len(events)
	p.outcome = j.program.Timeline.Advance(&p.member.Member, events, tx.Today())
}

// openingReason is the rule that an opening balance's entry names.
const openingReason = "opening"

// foldQuietly lets recorded purchases count towards the tier that the member has today; nothing is judged anew for the
// days in between, and nothing is earned.
func (j *job) foldQuietly(tx *store.Tx, p *posting) {
	if j.quiet == nil {
		return
	}
	p.member.Settle(tx.Today())
	for i := range p.person.rows {
		p.member.Note(p.person.rows[i].placedOn, "", p.person.rows[i].amount)
	}
	look := &terms.Look{Source: subject(j.imp.ID) + "/" + strconv.Itoa(p.person.number), At: tx.Now(), Day: tx.Today()}
	p.outcome = j.quiet.Advance(&p.member.Member, []terms.Event{look}, tx.Today())
}
