package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"time"

	"dangol/handlers"
	"dangol/models/demo"
	"dangol/models/imports"
	"dangol/models/people"
)

// page is an address that is asked for over and over, and how long its slowest answers may take.
type page struct {
	name  string
	paths []string
	goal  float64 // ms, 95 of 100
	part  bool    // asked for by htmx
}

var pages = []page{
	{"customers, a page of 50", []string{"/customers"}, 150, false},
	{"search, one syllable", []string{"/customers?q=김", "/customers?q=이", "/customers?q=박"}, 150, false},
	{"search, one initial", []string{"/customers?q=ㄱ", "/customers?q=ㅅ"}, 150, false},
	{"search, a whole name", []string{"/customers?q=김하늘", "/customers?q=이서준"}, 150, false},
	{"counter lookup, 4 digits", []string{"/counter/lookup?q=0000", "/counter/lookup?q=4821", "/counter/lookup?q=7310"}, 100, true},
	{"counter lookup, a name", []string{"/counter/lookup?q=김", "/counter/lookup?q=하늘"}, 100, true},
	{"map of regulars", []string{"/segments"}, 150, false},
	{"people of a cell", []string{"/segments/cell?r=5&f=5", "/segments/cell?r=1&f=1"}, 150, false},
	{"programme, with histogram", []string{"/program"}, 150, false},
	{"home", []string{"/"}, 150, false},
}

// benchPages builds a shop of -customers people with five orders each and asks for its pages, one request at a time.
func benchPages(ctx context.Context, e *env) ([]Row, error) {
	guard := people.NewGuard([]byte("bench bench bench bench bench be"))
	shop, err := demo.Build(ctx, e.db, demo.Config{Name: "bench", People: e.o.customers, Guard: guard})
	if err != nil {
		return nil, err
	}
	rows := []Row{{
		Name: fmt.Sprintf("a shop of %d customers and %d orders is built", shop.Customers, shop.Orders), Unit: "orders/s",
		Product: float64(shop.Orders) / shop.Took.Seconds(), Goal: "1,000,000 customers in 8 min", Note: shop.Took.Round(time.Second).String(),
	}}
	if err := e.admin(ctx, `VACUUM ANALYZE`); err != nil {
		return nil, err
	}
	browser, err := e.owner(ctx, &shop)
	if err != nil {
		return nil, err
	}
	for _, p := range pages {
		row, err := e.ask(ctx, browser, p)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// owner gives a function that asks for a page as the shop's owner.
func (e *env) owner(ctx context.Context, shop *demo.Shop) (func(path string, part bool) (int, int, error), error) {
	site, err := handlers.New(handlers.Deps{
		DB: e.db, Log: slog.New(slog.DiscardHandler), Secret: []byte("bench bench bench bench bench be"), URL: "http://127.0.0.1:8080",
		Desk: &imports.Desk{DB: e.db, Folder: e.dir},
	})
	if err != nil {
		return nil, err
	}
	owner, err := people.FindByEmail(ctx, e.db, demo.OwnerEmail)
	if err != nil {
		return nil, err
	}
	token, err := people.StartSession(ctx, e.db, owner.ID, shop.MerchantID, people.Origin{Address: "127.0.0.1"})
	if err != nil {
		return nil, err
	}
	return func(path string, part bool) (status, bytes int, err error) {
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "__Host-dangol", Value: token})
		if part {
			r.Header.Set("HX-Request", "true")
			r.Header.Set("HX-Request-Type", "partial")
		}
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		n, err := io.Copy(io.Discard, w.Body)
		return w.Code, int(n), err
	}, nil
}

// ask measures one page for half the length of a cell, after three answers that are not counted.
func (e *env) ask(ctx context.Context, browser func(string, bool) (int, int, error), p page) (Row, error) {
	var took []time.Duration
	var size int
	until := time.Now().Add(time.Duration(e.o.seconds) * time.Second / 2)
	for n := 0; n < 20 || time.Now().Before(until); n++ {
		began := time.Now()
		status, bytes, err := browser(p.paths[n%len(p.paths)], p.part)
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("%s answers %d", p.paths[n%len(p.paths)], status)
		}
		if err != nil || ctx.Err() != nil {
			return Row{}, err
		}
		if size = bytes; n >= 3 {
			took = append(took, time.Since(began))
		}
	}
	slices.Sort(took)
	return Row{Name: p.name, Unit: "ms p95", Product: at(took, 95), Goal: fmt.Sprintf("≤ %.0f", p.goal), Note: fmt.Sprintf("p50 %.1f ms, %d kB", at(took, 50), size/1024)}, nil
}
