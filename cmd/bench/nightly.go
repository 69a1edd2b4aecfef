package main

import (
	"context"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/days"
	"dangol/models/store"
	"dangol/models/store/pg"
	"dangol/models/terms"
)

var (
	//go:embed night_points.sql
	nightPoints string
	//go:embed night_tiers.sql
	nightTiers string
	//go:embed floor_night_ends.sql
	floorEnds string
	//go:embed floor_night_holds.sql
	floorHolds string
	//go:embed floor_night_tiers.sql
	floorTiers string
)

// night is what a night finds and the statement that does the same.
type night struct {
	name   string // with a place for how many members there are
	bucket string // of the points that everybody is given before
	every  int    // one member in so many has points due; 0: none
	more   string // what is made beside the points
	floor  string
}

// nights pass in the same shops. That something is due on everybody is the worst night there can be; one member in ten,
// scattered over the tables, is a month's end.
var (
	nights = []night{
		{"points end of %d members, everybody", "available", 1, "", floorEnds},
		{"points end of %d members, one in ten", "available", 10, "", floorEnds},
		{"holds end of %d members, everybody", "pending", 1, "", floorHolds},
	}
	tierNight = night{"tiers are judged of %d members, everybody", "available", 0, nightTiers, floorTiers}
)

// benchNightly closes a day, as the server does at midnight, of a shop on whose members something is due, against one
// statement in another shop with the same members. The default programme has no tiers; they are those that Home proposes.
func benchNightly(ctx context.Context, e *env) (rows []Row, err error) {
	plain := terms.Default(models.TradeUnknown, 12000)
	tiered := terms.Default(models.TradeUnknown, 12000)
	plan, _ := terms.SuggestTiers(12000, nil)
	plan.ReviewDay, plan.AtEnd = 0, true // whatever day it is
	tiered.Tiers = &plan
	for _, each := range []struct {
		document terms.Terms
		nights   []night
	}{{plain, nights}, {tiered, []night{tierNight}}} {
		got, err := e.passNights(ctx, each.document, each.nights)
		if err != nil {
			return nil, err
		}
		rows = append(rows, got...)
	}
	return rows, nil
}

// passNights lets nights pass, one after the other, in two new shops with a programme.
func (e *env) passNights(ctx context.Context, document terms.Terms, nights []night) (rows []Row, err error) {
	pair, err := e.openPair(ctx, document)
	if err != nil {
		return nil, err
	}
	defer pair.conn.Close(ctx)
	for _, n := range nights {
		n.name = fmt.Sprintf(n.name, e.o.customers)
		row, err := pair.pass(ctx, n)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", n.name, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// pair is two shops that are alike: one for the product, one for the floor.
type pair struct {
	e              *env
	conn           *pgx.Conn // the superuser's
	product, floor int64
	today          string // quoted
}

// openPair makes them and their members.
func (e *env) openPair(ctx context.Context, document terms.Terms) (p *pair, err error) {
	p = &pair{e: e}
	if p.conn, err = pgx.Connect(ctx, e.server.URL("dangol", pg.Database)); err != nil {
		return nil, err
	}
	for _, id := range []*int64{&p.product, &p.floor} {
		if *id, err = e.anotherShop(ctx, "night", document); err != nil {
			return nil, err
		}
		if err := p.exec(ctx, *id, night{}, peopleSQL); err != nil {
			return nil, err
		}
	}
	err = store.ReadTx(ctx, e.db, p.product, func(tx *store.Tx) error {
		p.today = "'" + tx.Today().String() + "'"
		return nil
	})
	return p, err
}

// exec runs statements about one of the shops in a transaction.
func (p *pair) exec(ctx context.Context, shop int64, n night, statements string) error {
	every := n.every
	if every == 0 {
		every = p.e.o.customers + 1
	}
	_, err := p.conn.Exec(ctx, "BEGIN;"+strings.NewReplacer(
		":people", strconv.Itoa(p.e.o.customers), ":m", strconv.FormatInt(shop, 10),
		":today", p.today, ":every", strconv.Itoa(every), ":bucket", "'"+n.bucket+"'").Replace(statements)+";COMMIT")
	return err
}

// prepare makes in both shops what the night will find, and leaves yesterday as the day that is to be closed.
func (p *pair) prepare(ctx context.Context, n night) error {
	for _, shop := range []int64{p.floor, p.product} {
		if err := p.exec(ctx, shop, n, nightPoints+n.more+`DELETE FROM business_days WHERE merchant_id = :m;
			INSERT INTO business_days (merchant_id, day, closed_at) VALUES (:m, date :today - 2, now())`); err != nil {
			return err
		}
	}
	return p.e.admin(ctx, `VACUUM ANALYZE`, `CHECKPOINT`)
}

// pass lets one night pass in both shops.
func (p *pair) pass(ctx context.Context, n night) (row Row, err error) {
	if err := p.prepare(ctx, n); err != nil {
		return row, err
	}
	due := p.e.o.customers
	if n.every > 0 {
		due /= n.every
	}
	start, began := p.e.spent(), time.Now()
	if err := p.exec(ctx, p.floor, n, n.floor); err != nil {
		return row, err
	}
	floor, floorUse := time.Since(began), p.e.spent().each(start, due)
	if err := p.e.admin(ctx, `CHECKPOINT`); err != nil {
		return row, err
	}
	start, began = p.e.spent(), time.Now()
	done, err := days.CloseUntil(ctx, p.e.db, p.product)
	took, use := time.Since(began), p.e.spent().each(start, due)
	if err != nil {
		return row, err
	}
	if err := p.same(ctx, due, done); err != nil {
		return row, err
	}
	rate := func(d time.Duration) float64 { return float64(due) / d.Seconds() }
	return Row{Name: n.name, Unit: "members/s", Product: rate(took), Floor: rate(floor), Ratio: rate(took) / rate(floor), Goal: "≥ 0.50",
		Note: fmt.Sprintf("%s, floor %s; %s; floor %s", took.Round(time.Millisecond), floor.Round(time.Millisecond), use, floorUse)}, nil
}

// same is an error unless the day brought to as many members as it should what the statement wrote in the other shop.
func (p *pair) same(ctx context.Context, due int, done days.Done) error {
	if done.Days != 1 || done.Members != due {
		return fmt.Errorf("%d days were closed for %d members, not one for %d", done.Days, done.Members, due)
	}
	const outcome = `SELECT concat_ws(' ', (SELECT sum(available) || ' available, ' || sum(pending) || ' pending, last seq ' || sum(last_seq) FROM accounts WHERE merchant_id = $1),
		(SELECT count(*) || ' entries' FROM entries WHERE merchant_id = $1), (SELECT count(*) || ' uses' FROM lot_uses WHERE merchant_id = $1),
		(SELECT count(*) || ' lots of ' || sum(remaining) FROM lots WHERE merchant_id = $1), (SELECT count(*) || ' tier changes' FROM tier_changes WHERE merchant_id = $1),
		(SELECT string_agg(concat_ws('/', tier_code, graced, settled_to, idle, n), ' ') FROM (
			SELECT tier_code, tier_grace_until > settled_to AS graced, settled_to, next_due IS NULL AS idle, count(*) AS n FROM memberships WHERE merchant_id = $1 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4) g))`
	var product, floor string
	if err := p.conn.QueryRow(ctx, outcome, p.product).Scan(&product); err != nil {
		return err
	}
	if err := p.conn.QueryRow(ctx, outcome, p.floor).Scan(&floor); err != nil {
		return err
	}
	if product != floor {
		return fmt.Errorf("the night wrote\n%s\nthe statement\n%s", product, floor)
	}
	return nil
}
