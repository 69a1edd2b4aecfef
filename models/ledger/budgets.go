package ledger

import (
	"strings"

	"github.com/jackc/pgx/v5"

	"dangol/models/terms"
)

// A budget is a limit that all members of a programme share. Who may earn by it holds its lock from loading to commit, so
// that it is never passed; programmes without one never come here.

// periodsSince selects the counters of periods that have not ended before a day.
func periodsSince(day string) string {
	return strings.NewReplacer("$day", day+"::text", "$monday", "to_char(date_trunc('week', "+day+"::text::date), 'YYYY-MM-DD')").Replace(
		`(u.period = 'life' OR u.period BETWEEN 'day:' || $day AND 'day:9999' OR u.period BETWEEN 'week:' || $monday AND 'week:9999'
		OR u.period BETWEEN 'month:' || left($day, 7) AND 'month:9999' OR u.period BETWEEN 'year:' || left($day, 4) AND 'year:9999')`)
}

var (
	lockBudgetsSQL  = query("lock_budgets")
	loadBudgetsSQL  = strings.Replace(query("load_budgets"), "{since}", periodsSince("$3"), 1)
	writeBudgetsSQL = query("write_budgets")
)

// queueBudgets locks and reads the shared counters. They come last in the order of locks.
func (l *Loader) queueBudgets(batch *pgx.Batch) {
	if len(l.shared) == 0 || l.who.idle {
		return
	}
	if l.lock != look {
		batch.Queue(lockBudgetsSQL, l.merchantID, l.shared)
	}
	batch.Queue(loadBudgetsSQL, l.merchantID, l.shared, l.since.String()).Query(l.readBudgets)
}

func (l *Loader) readBudgets(rows pgx.Rows) error {
	counters := map[string]*terms.Counters{}
	for _, p := range l.programs {
		counters[p.Code] = &terms.Counters{}
	}
	for rows.Next() {
		var program string
		var use terms.LimitUse
		if err := rows.Scan(&program, &use.Rule, &use.Period, &use.Used); err != nil {
			return err
		}
		if c := counters[program]; c != nil {
			*c = append(*c, use)
		}
	}
	for _, m := range l.members {
		m.Budgets = counters[m.Program.Code]
	}
	return rows.Err()
}

type budgetRows struct {
	rule, period []string
	used         []int64
}

// add notes how each shared counter stands that the outcomes of a member moved. Members share the counters and may have been
// decided in turns, so that none of their outcomes knows how it ended.
func (r *budgetRows) add(m *Member, outcomes []terms.Outcome) {
	for i := range outcomes {
		for _, use := range outcomes[i].Budgets {
			*r.counter(m.Program.Code+"/"+use.Rule, use.Period) = m.Budgets.Now(use)
		}
	}
}

// counter finds the row of a counter, or makes one.
func (r *budgetRows) counter(rule, period string) *int64 {
	for i := range r.rule {
		if r.rule[i] == rule && r.period[i] == period {
			return &r.used[i]
		}
	}
	r.rule, r.period, r.used = append(r.rule, rule), append(r.period, period), append(r.used, 0)
	return &r.used[len(r.used)-1]
}

func (r *budgetRows) queue(batch *pgx.Batch, merchantID int64) {
	if len(r.rule) > 0 {
		batch.Queue(writeBudgetsSQL, merchantID, r.rule, r.period, r.used)
	}
}
