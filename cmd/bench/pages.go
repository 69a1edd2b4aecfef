package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"dangol/views/paths"
)

// page is something that is asked for over and over: how long its slowest answers may take, and the least that the
// database has to do for it.
type page struct {
	name  string
	goal  float64 // ms, 95 of 100
	asks  func(s *site) []ask
	floor string // $1 is the shop, $2 one of the shop's customers
}

// ask is one request; by htmx where a part of a page is asked for.
type ask struct {
	path string
	part bool
	form url.Values // nil: it is a GET
}

// How long a page, a part of one, the counter's search and the preview of a promise may take, in ms.
const (
	pageGoal    = 150
	partGoal    = 60
	lookupGoal  = 100
	previewGoal = 1000
)

const (
	floorList   = `SELECT id, name, phone FROM customers WHERE merchant_id = $1 AND id > $2 ORDER BY id LIMIT 50`
	floorSearch = `SELECT c.id, c.name, c.phone FROM (SELECT customer_id FROM customer_search WHERE merchant_id = $1 AND token >= '김' AND token < '깁' AND $2::bigint > 0
		ORDER BY token, customer_id LIMIT 50) f JOIN customers c ON c.merchant_id = $1 AND c.id = f.customer_id`
	floorCell = `SELECT f.customer_id, c.name, c.phone, f.visits FROM customer_facts f JOIN customers c ON c.merchant_id = $1 AND c.id = f.customer_id
		WHERE f.merchant_id = $1 AND recency = 3 AND frequency = 3 AND $2::bigint > 0 ORDER BY f.last_on DESC, f.customer_id DESC LIMIT 50`
	floorPerson = `SELECT o.id, o.total, o.placed_at FROM customers c JOIN orders o ON o.merchant_id = $1 AND o.customer_id = c.id
		WHERE c.merchant_id = $1 AND c.id = $2 ORDER BY o.business_date DESC, o.id DESC LIMIT 20`
	floorSummary = `SELECT data FROM fact_summaries WHERE merchant_id = $1 AND $2::bigint > 0 AND name = `
)

var pages = []page{
	{"home", pageGoal, whole(paths.Home), floorSummary + `'home'`},
	{"customers, any page of 50", pageGoal, (*site).lists, floorList},
	{"search, one syllable", pageGoal, whole("/customers?q=김", "/customers?q=이", "/customers?q=박"), floorSearch},
	{"search, one initial", pageGoal, whole("/customers?q=ㄱ", "/customers?q=ㅅ", "/customers?q=ㅎ"), floorSearch},
	{"search, a whole name", pageGoal, whole("/customers?q=김하늘", "/customers?q=이서준"), floorSearch},
	{"counter lookup, 4 digits", lookupGoal, (*site).digits, floorSearch},
	{"counter lookup, a name", lookupGoal, inPart("/counter/lookup?q=김", "/counter/lookup?q=하늘", "/counter/lookup?q=ㅎㄴ"), floorSearch},
	{"customer", pageGoal, (*site).persons, floorPerson},
	{"map of regulars", pageGoal, whole(paths.Segments), floorSummary + `'grid'`},
	{"people of a cell, every cell", pageGoal, (*site).cells, floorCell},
	{"more people of a cell, anywhere", partGoal, (*site).places, floorCell},
	{"programme, with histogram", pageGoal, whole(paths.Program), floorSummary + `'spending'`},
	{"programme, another rate", previewGoal, (*site).rates, floorSummary + `'spending'`},
	{"insights", pageGoal, whole(paths.Insights, "/insights?days=90", "/insights?days=365"), floorSummary + `'figures-30'`},
}

func whole(list ...string) func(*site) []ask  { return func(*site) []ask { return asked(list, false) } }
func inPart(list ...string) func(*site) []ask { return func(*site) []ask { return asked(list, true) } }

func asked(list []string, part bool) (all []ask) {
	for _, path := range list {
		all = append(all, ask{path: path, part: part})
	}
	return all
}

// benchPages asks for the pages of a shop of -customers people with five orders each, or of the largest shop below -data,
// signed in over HTTP, one request at a time: first in peace, then while the night's figures are computed again and again.
func benchPages(ctx context.Context, e *env) ([]Row, error) {
	s, rows, err := openSite(ctx, e)
	if err != nil {
		return nil, err
	}
	defer s.close()
	for _, p := range pages {
		row, err := s.measure(ctx, e, p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		rows = append(rows, row)
	}
	beside, err := s.atNight(ctx, e)
	return append(rows, beside...), err
}

func (s *site) measure(ctx context.Context, e *env, p page) (Row, error) {
	took, size, err := s.times(ctx, e, p)
	if err != nil {
		return Row{}, err
	}
	floor, err := s.floor(ctx, e, p)
	if err != nil {
		return Row{}, err
	}
	product := at(took, 95)
	return Row{Name: p.name, Unit: "ms p95", Product: product, Floor: floor, Ratio: floor / product, Goal: fmt.Sprintf("≤ %.0f", p.goal),
		Note: fmt.Sprintf("p50 %.1f, p99 %.1f, worst %.0f ms; %d times, %d kB", at(took, 50), at(took, 99), at(took, 100), len(took), size/1024)}, nil
}

// leastTimes is how often a page is asked for at least, after a few times that are not counted.
const (
	leastTimes = 200
	warmUp     = 5
)

// times asks for a page for as long as a cell takes, and at least leastTimes.
func (s *site) times(ctx context.Context, e *env, p page) (took []time.Duration, size int, err error) {
	asks := p.asks(s)
	until := time.Now().Add(time.Duration(e.o.seconds) * time.Second / 2)
	for n := 0; n < leastTimes+warmUp || time.Now().Before(until); n++ {
		if n%leastTimes == 0 {
			if err := s.forget(ctx); err != nil {
				return nil, 0, err
			}
		}
		began := time.Now()
		status, bytes, err := s.ask(ctx, asks[n%len(asks)])
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("%s answers %d", asks[n%len(asks)].path, status)
		}
		if err != nil || ctx.Err() != nil {
			return nil, 0, err
		}
		if size = bytes; n >= warmUp {
			took = append(took, time.Since(began))
		}
	}
	slices.Sort(took)
	return took, size, nil
}

// forget forgets how often it was searched: nobody else would search so often, and would be stopped.
func (s *site) forget(ctx context.Context) error {
	_, err := s.db.Pool().Exec(ctx, `DELETE FROM attempts WHERE scope LIKE 'lookup:%'`)
	return err
}

// floor is how long the bare query takes, p95 in ms.
func (s *site) floor(ctx context.Context, e *env, p page) (float64, error) {
	var took []time.Duration
	for n := range leastTimes {
		began := time.Now()
		rows, err := s.db.Pool().Query(ctx, p.floor, s.merchant, s.people[n%len(s.people)])
		if err != nil {
			return 0, err
		}
		for rows.Next() {
			rows.RawValues()
		}
		if rows.Close(); rows.Err() != nil {
			return 0, rows.Err()
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	return at(took, 95), nil
}

// atNight measures every page once more beside the night's work.
func (s *site) atNight(ctx context.Context, e *env) (rows []Row, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var night sync.WaitGroup
	var nights []time.Duration
	var failed error
	night.Go(func() {
		for ctx.Err() == nil && failed == nil {
			var took time.Duration
			if took, failed = s.refresh(ctx); failed == nil {
				nights = append(nights, took)
			}
		}
	})
	for _, p := range pages {
		row, err := s.measure(ctx, e, p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		row.Name += ", at night"
		rows = append(rows, row)
	}
	cancel()
	night.Wait()
	if failed != nil && ctx.Err() == nil {
		return nil, failed
	}
	if len(nights) > 0 {
		slices.Sort(nights)
		rows = append(rows, Row{Name: "the night's figures, beside all these", Unit: "s", Product: at(nights, 50) / 1000, Note: fmt.Sprintf("%d times", len(nights))})
	}
	return rows, nil
}
