package occasions

import (
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

// Reward lets the rules of a programme pay for the members' own days of one kind, OnBirthday or OnAnniversary, that fall on
// a day, to at most most members, and tells to how many: the caller goes on until it is fewer. Who joined on the day itself
// gets nothing yet. One runner a merchant at a time.
func Reward(tx *store.Tx, program *ledger.Program, inForce *terms.Program, when terms.When, day calendar.Date, most int) (int, error) {
	gifts, err := ownDays(tx, program.ID, when, day, most)
	if err != nil || len(gifts) == 0 {
		return 0, err
	}
	ids, periods := make([]int64, len(gifts)), map[int64]string{}
	for i, g := range gifts {
		ids[i], periods[g.Membership] = g.Membership, g.Period
	}
	members, err := ledger.Load(tx, []*ledger.Program{program}, day, ledger.Members(ids...))
	if err != nil {
		return 0, err
	}
	changes := make([]ledger.Change, 0, len(members))
	for _, m := range members {
		m.Settle(day)
		outcome := inForce.Happen(&m.Member, &terms.Happening{
			Source: string(when) + ":" + periods[m.ID], Kind: when, At: day.In(tx.Merchant().Zone), Day: day,
		})
		changes = append(changes, ledger.Change{Member: m, Outcomes: []terms.Outcome{outcome}})
	}
	if err := ledger.Write(tx, changes...); err != nil {
		return 0, err
	}
	return len(gifts), noteReward(tx, when, gifts)
}

func ownDays(tx *store.Tx, programID int64, when terms.When, day calendar.Date, most int) ([]gift, error) {
	begins := day.In(tx.Merchant().Zone)
	if when == terms.OnBirthday {
		return birthdaysOf(tx, programID, between(day, day, calendar.Rules{}), begins, rewarded(when), most)
	}
	joined := joinedBefore(day)
	from, until, period := make([]time.Time, len(joined)), make([]time.Time, len(joined)), make([]string, len(joined))
	for i, on := range joined {
		from[i], until[i] = on.In(tx.Merchant().Zone), on.AddDays(1).In(tx.Merchant().Zone)
		period[i] = strconv.Itoa(day.Year())
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT m.id, $6::date, j.period
		FROM unnest($3::timestamptz[], $4::timestamptz[], $5::text[]) AS j (since, before, period)
		JOIN memberships m ON m.merchant_id = $1 AND m.program_id = $2 AND m.enrolled_at >= j.since AND m.enrolled_at < j.before
		WHERE m.left_at IS NULL AND NOT EXISTS (SELECT FROM occasion_issues i
			WHERE i.merchant_id = $1 AND i.membership_id = m.id AND i.occasion = $7 AND i.period = j.period)
		ORDER BY m.id LIMIT $8`, tx.MerchantID(), programID, from, until, period, day, rewarded(when), most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[gift])
}

// longestMember bounds for how many years anniversaries are kept.
const longestMember = 100

// joinedBefore lists the days of earlier years of which a day is the anniversary: who joined on 29 February has it on the
// 28th where there is none.
func joinedBefore(day calendar.Date) (joined []calendar.Date) {
	for years := 1; years <= longestMember; years++ {
		same := calendar.NewDate(day.Year()-years, day.Month(), day.Day())
		for _, on := range []calendar.Date{same, same.AddDays(1)} {
			if on.AddMonths(12*years) == day {
				joined = append(joined, on)
			}
		}
	}
	return joined
}

// rewarded names the rules' rewards of a kind of day among the occasions, whose codes have no colon.
func rewarded(when terms.When) string { return "rules:" + string(when) }

// noteReward writes down for whom the rules have been asked, also where they paid nothing.
func noteReward(tx *store.Tx, when terms.When, gifts []gift) error {
	members, fallsOn, periods := columns(gifts)
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO occasion_issues (merchant_id, membership_id, occasion, period, falls_on)
		SELECT $1, n.member, $2, n.period, n.falls_on FROM unnest($3::bigint[], $4::text[], $5::date[]) AS n (member, period, falls_on)
		ON CONFLICT DO NOTHING`, tx.MerchantID(), rewarded(when), members, periods, fallsOn)
	return err
}
