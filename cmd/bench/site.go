package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/jackc/pgx/v5"

	"dangol/handlers"
	"dangol/models/demo"
	"dangol/models/imports"
	"dangol/models/insights"
	"dangol/models/people"
	"dangol/models/previews"
	"dangol/models/segments"
	"dangol/models/store"
	"dangol/models/store/pg"
	"dangol/views/paths"
)

// site is a shop behind a listener, and its owner in front of it.
type site struct {
	db       *store.DB
	merchant int64
	people   []int64    // some of its customers
	standing []standing // where some stand on the map
	program  url.Values // the programme's form as it is shown
	url      string
	cookie   string
	closers  []func()
}

func (s *site) close() {
	for i := len(s.closers) - 1; i >= 0; i-- {
		s.closers[i]()
	}
}

// openSite builds a shop, or takes the largest of a data folder, and signs in to it.
func openSite(ctx context.Context, e *env) (s *site, rows []Row, err error) {
	s = &site{}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	var secret []byte
	var owner demo.SignIn
	if e.o.data != "" {
		secret, owner, err = s.find(ctx, e.o.data)
	} else {
		secret = []byte("bench bench bench bench bench be")
		rows, owner, err = s.build(ctx, e, secret)
	}
	if err != nil {
		return s, nil, err
	}
	night, err := s.night(ctx)
	if err != nil {
		return s, nil, err
	}
	rows = append(rows, Row{Name: "the night's figures", Unit: "s", Product: night.Seconds()})
	if err := s.sample(ctx); err != nil {
		return s, nil, err
	}
	if err := s.serve(secret, e.dir); err != nil {
		return s, nil, err
	}
	if err := s.signIn(ctx, owner); err != nil {
		return s, nil, err
	}
	return s, rows, s.readProgram(ctx)
}

func (s *site) build(ctx context.Context, e *env, secret []byte) ([]Row, demo.SignIn, error) {
	s.db = e.db
	shop, err := demo.Build(ctx, e.db, demo.Config{Name: "bench", People: e.o.customers, Guard: people.NewGuard(secret)})
	if err != nil {
		return nil, demo.SignIn{}, err
	}
	s.merchant = shop.MerchantID
	return []Row{{
		Name: fmt.Sprintf("a shop of %d customers and %d orders is built", shop.Customers, shop.Orders), Unit: "orders/s",
		Product: float64(shop.Orders) / shop.Took.Seconds(), Goal: "1,000,000 customers in 8 min", Note: shop.Took.Round(time.Second).String(),
	}}, shop.SignIns[0], nil
}

// find starts the private server of a folder in which `dangol demo --customers N` has built a shop.
func (s *site) find(ctx context.Context, folder string) (secret []byte, owner demo.SignIn, err error) {
	var signIns []demo.SignIn
	text, err := os.ReadFile(filepath.Join(folder, "demo-sign-ins.json"))
	if err == nil {
		err = json.Unmarshal(text, &signIns)
	}
	if err != nil || len(signIns) == 0 {
		return nil, owner, errors.Join(fmt.Errorf("%s has no demo", folder), err)
	}
	text, err = os.ReadFile(filepath.Join(folder, "secret"))
	if err != nil {
		return nil, owner, err
	}
	dir := filepath.Join(folder, "pg")
	server, err := pg.Start(ctx, pg.Config{Dir: dir})
	switch {
	case err == nil:
		s.closers = append(s.closers, server.Stop)
	case !errors.Is(err, pg.ErrInUse):
		return nil, owner, err
	}
	asOwner, err := pg.URL(dir, pg.Owner, pg.Database)
	if err != nil {
		return nil, owner, err
	}
	if _, err := store.Migrate(ctx, asOwner); err != nil {
		return nil, owner, err
	}
	asApp, err := pg.URL(dir, pg.App, pg.Database)
	if err != nil {
		return nil, owner, err
	}
	if s.db, err = store.Open(ctx, store.Config{URL: asApp}); err != nil {
		return nil, owner, err
	}
	s.closers = append(s.closers, s.db.Close)
	if secret, err = hex.DecodeString(strings.TrimSpace(string(text))); err != nil {
		return nil, owner, err
	}
	err = s.db.Pool().QueryRow(ctx, `SELECT m.id FROM merchants m JOIN staff s ON s.merchant_id = m.id JOIN people p ON p.id = s.person_id AND p.email = $1
		ORDER BY (SELECT max(customer_id) - min(customer_id) FROM customer_stats c WHERE c.merchant_id = m.id) DESC NULLS LAST LIMIT 1`, signIns[0].Email).Scan(&s.merchant)
	return secret, signIns[0], err
}

// night computes what pages read of the last night, and lets the database settle: what has just been recorded is counted
// anew on the home page until it is a little older.
func (s *site) night(ctx context.Context) (time.Duration, error) {
	time.Sleep(16 * time.Second)
	return s.refresh(ctx)
}

// refresh does what each night does for the pages.
func (s *site) refresh(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	err := insights.Refresh(ctx, s.db, s.merchant)
	if err == nil {
		if err = segments.Refresh(ctx, s.db, s.merchant); err == nil {
			err = previews.Refresh(ctx, s.db, s.merchant)
		}
	}
	return time.Since(began), err
}

// sample knows some customers by the places at which they stand among all.
func (s *site) sample(ctx context.Context) error {
	rows, err := s.db.Pool().Query(ctx, `SELECT f.customer_id, f.recency, f.frequency, f.last_on - date '1970-01-01'
		FROM (SELECT (SELECT customer_id FROM customer_facts WHERE merchant_id = $1 AND customer_id >= b.first + (b.last - b.first) * n / 400
				ORDER BY customer_id LIMIT 1) AS id
			FROM (SELECT min(customer_id) AS first, max(customer_id) AS last FROM customer_facts WHERE merchant_id = $1) b, generate_series(0, 399) n) c
		JOIN customer_facts f ON f.merchant_id = $1 AND f.customer_id = c.id ORDER BY f.customer_id * 7919 % 1000`, s.merchant)
	if err != nil {
		return err
	}
	if s.standing, err = pgx.CollectRows(rows, pgx.RowToStructByPos[standing]); err == nil && len(s.standing) == 0 {
		err = errors.New("the shop has no customers")
	}
	for _, p := range s.standing {
		s.people = append(s.people, p.ID)
	}
	return err
}

// serve answers on a port of this machine.
func (s *site) serve(secret []byte, dir string) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.url = "http://" + listener.Addr().String()
	handler, err := handlers.New(handlers.Deps{
		DB: s.db, Log: slog.New(slog.DiscardHandler), Secret: secret, URL: s.url, Desk: &imports.Desk{DB: s.db, Folder: dir},
	})
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	s.closers = append(s.closers, func() { _ = server.Close() })
	return nil
}

// signIn goes through the door, and to the shop if the owner has several. The cookie is kept by hand: a client that is no
// browser does not send it over plain http.
func (s *site) signIn(ctx context.Context, owner demo.SignIn) error {
	for _, step := range []ask{
		{path: paths.SignIn, form: url.Values{"email": {owner.Email}, "password": {owner.Password}}},
		{path: paths.Shop, form: url.Values{"merchant": {strconv.FormatInt(s.merchant, 10)}}},
	} {
		response, err := s.send(ctx, step)
		if err != nil {
			return err
		}
		response.Body.Close()
		if response.StatusCode != http.StatusSeeOther {
			return fmt.Errorf("%s answers %s", step.path, response.Status)
		}
		for _, c := range response.Cookies() {
			if strings.HasSuffix(c.Name, "dangol") {
				s.cookie = c.Name + "=" + c.Value
			}
		}
	}
	return nil
}

func (s *site) send(ctx context.Context, a ask) (*http.Response, error) {
	method, body := http.MethodGet, ""
	if a.form != nil {
		method, body = http.MethodPost, a.form.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, method, s.url+a.path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Cookie", s.cookie)
	if a.form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if a.part {
		r.Header.Set("HX-Request", "true")
		r.Header.Set("HX-Request-Type", "partial")
	}
	return http.DefaultTransport.RoundTrip(r)
}

// ask sends a request and reads the answer to its end.
func (s *site) ask(ctx context.Context, a ask) (status, bytes int, err error) {
	response, err := s.send(ctx, a)
	if err != nil {
		return 0, 0, err
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	return response.StatusCode, int(n), err
}

// read sends a request for a page and takes it apart.
func (s *site) read(ctx context.Context, path string) (*goquery.Document, error) {
	response, err := s.send(ctx, ask{path: path})
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return goquery.NewDocumentFromReader(response.Body)
}
