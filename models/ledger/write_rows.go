package ledger

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/terms"
)

// The rows of a write, by column: unnest makes rows of them again.

type entryRows struct {
	account        []int64
	seq            []int64
	kind, bucket   []string
	points         []int64
	at, occurred   []time.Time
	cause          []string
	order, version []int64
	rule           []string
	reverses       []int64
	why, digest    [][]byte
}

func (r *entryRows) add(e *Entry) {
	r.account = append(r.account, e.AccountID)
	r.seq = append(r.seq, e.Seq)
	r.kind = append(r.kind, string(e.Kind))
	r.bucket = append(r.bucket, string(e.Bucket))
	r.points = append(r.points, e.Points)
	r.at = append(r.at, e.At)
	r.occurred = append(r.occurred, e.OccurredAt)
	r.cause = append(r.cause, e.Cause)
	r.order = append(r.order, e.OrderID)
	r.version = append(r.version, e.Version)
	r.rule = append(r.rule, e.Rule)
	r.reverses = append(r.reverses, e.Reverses)
	r.why = append(r.why, e.Why)
	r.digest = append(r.digest, e.Digest)
}

type lotRows struct {
	account, seq               []int64
	bucket                     []string
	points                     []int64
	earned                     []time.Time
	usable, activates, expires []int32
	cause                      []string
	order                      []int64
	rule                       []string
	awaits                     []string
	cancels                    []int32
}

func (r *lotRows) add(account int64, lot *terms.Lot, order int64) {
	r.account = append(r.account, account)
	r.seq = append(r.seq, lot.Seq)
	r.bucket = append(r.bucket, string(lot.Bucket))
	r.points = append(r.points, lot.Points)
	r.earned = append(r.earned, lot.EarnedAt)
	r.usable = append(r.usable, int32(lot.UsableFrom))
	r.activates = append(r.activates, int32(lot.ActivatesOn))
	r.expires = append(r.expires, int32(lot.ExpiresOn))
	r.cause = append(r.cause, lot.Source)
	r.order = append(r.order, order)
	r.rule = append(r.rule, lot.Rule)
	r.awaits = append(r.awaits, lot.Awaits)
	r.cancels = append(r.cancels, int32(lot.CancelsOn))
}

type accountRows struct {
	id, membership, was                        []int64
	pending, available, reserved, deficit, seq []int64
	at                                         []time.Time
	digest                                     [][]byte
}

func (r *accountRows) add(m *Member, row *account, was int64) {
	a := m.Account(row.unit)
	r.id = append(r.id, row.id)
	r.membership = append(r.membership, m.ID)
	r.was = append(r.was, was)
	r.pending = append(r.pending, a.Pending)
	r.available = append(r.available, a.Available)
	r.reserved = append(r.reserved, a.Reserved)
	r.deficit = append(r.deficit, a.Deficit)
	r.seq = append(r.seq, a.Seq)
	r.at = append(r.at, a.At)
	r.digest = append(r.digest, row.digest)
}

type useRows struct{ account, entry, lot, points, place []int64 }

func (r *useRows) add(account, entry int64, place int, use terms.LotUse) {
	r.account = append(r.account, account)
	r.entry = append(r.entry, entry)
	r.lot = append(r.lot, use.Lot)
	r.points = append(r.points, use.Points)
	r.place = append(r.place, int64(place))
}

type extensionRows struct {
	account, lot []int64
	from, to     []int32
	reason       []string
	at           []time.Time
	digest       [][]byte
}

func (w *writer) extension(m *Member, x *terms.Extension) {
	r := &w.extensions
	r.account = append(r.account, m.AccountID(x.Unit))
	r.lot = append(r.lot, x.Lot)
	r.from = append(r.from, int32(x.From))
	r.to = append(r.to, int32(x.To))
	r.reason = append(r.reason, string(x.Reason))
	r.at = append(r.at, x.At)
	r.digest = append(r.digest, extensionDigest(owner{w.merchantID, m.Code, x.Unit}, x, w.recorded))
}

type tierRows struct {
	membership, seq         []int64
	cause, reason, from, to []string
	amount                  []int64
	windowFrom, windowTo    []int32
	until                   []int32
	at                      []time.Time
	digest                  [][]byte
	readings                []string
}

// tier makes a row of the member's tier history. One event may change a tier for two reasons, so its cause names both.
func (w *writer) tier(m *Member, t *terms.TierChange) {
	r := &w.tiers
	cause := t.Source + "/" + string(t.Reason)
	m.tierSeq++
	m.tierDigest = tierDigest(m.tierDigest, owner{w.merchantID, m.Code, ""}, m.tierSeq, cause, t, w.recorded)
	r.membership = append(r.membership, m.ID)
	r.seq = append(r.seq, m.tierSeq)
	r.cause = append(r.cause, cause)
	r.reason = append(r.reason, string(t.Reason))
	r.from = append(r.from, t.From)
	r.to = append(r.to, t.To)
	r.amount = append(r.amount, t.Amount)
	r.windowFrom = append(r.windowFrom, int32(t.WindowFrom))
	r.windowTo = append(r.windowTo, int32(t.WindowTo))
	r.until = append(r.until, int32(t.Until))
	r.at = append(r.at, t.At)
	r.digest = append(r.digest, m.tierDigest)
	r.readings = append(r.readings, terms.FormatReadings(t.Readings))
}

type limitRows struct {
	rule       []string
	membership []int64
	period     []string
	used       []int64
}

// used notes the last value of each counter that the outcomes moved.
func (w *writer) used(m *Member, outcomes []terms.Outcome) {
	type key struct{ rule, period string }
	last := map[key]int{}
	r := &w.limits
	for i := range outcomes {
		for _, use := range outcomes[i].Used {
			if at, ok := last[key{use.Rule, use.Period}]; ok {
				r.used[at] = use.Used
				continue
			}
			last[key{use.Rule, use.Period}] = len(r.used)
			r.rule = append(r.rule, m.Program.Code+"/"+use.Rule)
			r.membership = append(r.membership, m.ID)
			r.period = append(r.period, use.Period)
			r.used = append(r.used, use.Used)
		}
	}
}

type memberRows struct {
	id                  []int64
	code                []string
	since, until, grace []int32
	floor               []string
	floorUntil          []int32
	settledTo, nextDue  []int32
	tierSeq             []int64
	tierDigest          [][]byte
}

// membership updates the row only when it has changed: most orders of a day change nothing in it.
func (w *writer) membership(m *Member) {
	now := m.memo()
	if now == m.stored {
		return
	}
	m.stored = now
	r := &w.members
	r.id = append(r.id, m.ID)
	r.code = append(r.code, now.tier.Code)
	r.since = append(r.since, int32(now.tier.Since))
	r.until = append(r.until, int32(now.tier.Until))
	r.grace = append(r.grace, int32(now.tier.GraceUntil))
	r.floor = append(r.floor, now.tier.Floor)
	r.floorUntil = append(r.floorUntil, int32(now.tier.FloorUntil))
	r.settledTo = append(r.settledTo, int32(now.settledTo))
	r.nextDue = append(r.nextDue, int32(now.nextDue))
	r.tierSeq = append(r.tierSeq, m.tierSeq)
	r.tierDigest = append(r.tierDigest, m.tierDigest)
}

// queue puts one statement a table into the batch, for the tables that have rows.
func (w *writer) queue(batch *pgx.Batch) {
	e, l, a := &w.entries, &w.lots, &w.accounts
	if len(e.seq) > 0 {
		batch.Queue(writeSQL, w.merchantID, w.recorded,
			e.account, e.seq, e.kind, e.bucket, e.points, e.at, e.occurred, e.cause, e.order, e.version, e.rule, e.reverses, e.why, e.digest,
			l.account, l.seq, l.bucket, l.points, l.earned, l.usable, l.activates, l.expires, l.cause, l.order, l.rule,
			a.id, a.membership, a.was, a.pending, a.available, a.reserved, a.deficit, a.seq, a.at, a.digest, l.awaits, l.cancels,
		).QueryRow(w.allMoved)
	}
	if u := &w.uses; len(u.lot) > 0 {
		batch.Queue(writeUsesSQL, w.merchantID, u.account, u.entry, u.lot, u.points, u.place)
	}
	if x := &w.extensions; len(x.lot) > 0 {
		batch.Queue(writeExtensionsSQL, w.merchantID, w.recorded, x.account, x.lot, x.from, x.to, x.reason, x.at, x.digest)
	}
	if t := &w.tiers; len(t.seq) > 0 {
		batch.Queue(writeTiersSQL, w.merchantID, w.recorded,
			t.membership, t.seq, t.cause, t.reason, t.from, t.to, t.amount, t.windowFrom, t.windowTo, t.until, t.at, t.digest, t.readings)
	}
	if u := &w.limits; len(u.used) > 0 {
		batch.Queue(writeLimitsSQL, w.merchantID, u.rule, u.membership, u.period, u.used)
	}
	w.budgets.queue(batch, w.merchantID)
	if m := &w.members; len(m.id) > 0 {
		batch.Queue(writeMembershipsSQL, w.merchantID,
			m.id, m.code, m.since, m.until, m.grace, m.floor, m.floorUntil, m.settledTo, m.nextDue, m.tierSeq, m.tierDigest)
	}
	w.queueGiven(batch)
}

func (w *writer) allMoved(row pgx.Row) error {
	var moved int
	if err := row.Scan(&moved); err != nil {
		return err
	}
	if moved != len(w.accounts.id) {
		return errMoved
	}
	return nil
}

var (
	writeSQL            = query("write")
	writeUsesSQL        = query("write_uses")
	writeExtensionsSQL  = query("write_extensions")
	writeTiersSQL       = query("write_tiers")
	writeLimitsSQL      = query("write_limits")
	writeMembershipsSQL = query("write_memberships")
)
