package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"time"

	"dangol/handlers"
	"dangol/models"
	"dangol/models/imports"
	"dangol/models/keys"
)

// counter is the real program behind a socket, and what its tills need: a key, and a connection each. They write
// requests as they go over the wire and read answers, nothing more: pgbench does not do more either.
type counter struct {
	e      *env
	server *httptest.Server
	key    string
	lines  []*line
}

type line struct {
	net.Conn
	in *bufio.Reader
}

func (e *env) openCounter(ctx context.Context, tills int) (*counter, error) {
	program, err := handlers.New(handlers.Deps{
		DB: e.db, Log: slog.New(slog.DiscardHandler), Secret: []byte("bench bench bench bench bench be"), URL: "http://127.0.0.1:8080",
		Desk: &imports.Desk{DB: e.db, Folder: e.dir},
	})
	if err != nil {
		return nil, err
	}
	key, _, err := keys.Make(ctx, e.db, e.merchant, models.Actor{}, keys.Params{Name: "bench", Source: "bench", Scopes: []models.Scope{models.ScopeOrders}})
	if err != nil {
		return nil, err
	}
	c := &counter{e: e, server: httptest.NewServer(program), key: key}
	for range tills {
		conn, err := net.Dial("tcp", c.server.Listener.Addr().String())
		if err != nil {
			c.close()
			return nil, err
		}
		c.lines = append(c.lines, &line{conn, bufio.NewReader(conn)})
	}
	return c, nil
}

func (c *counter) close() {
	for _, l := range c.lines {
		l.Close()
	}
	c.server.Close()
}

// postOne sends one order of some customer, with a number and a key that nobody has used.
func (c *counter) postOne(_ context.Context, till, n int) error {
	number := fmt.Sprintf("%d-%d-%d", till, n, time.Now().UnixNano())
	body := fmt.Sprintf(`{"external_id":%q,"customer":{"id":%d},"currency":"KRW","total":%d}`,
		number, c.e.first+rand.Int64N(int64(c.e.o.customers)), (50+rand.IntN(350))*100)
	_, err := c.lines[till].send(http.MethodPost, "/api/v1/orders", c.key, number, body, http.StatusCreated)
	return err
}

// send makes one request and reads the whole answer, which must have the status.
func (l *line) send(method, path, key, idempotency, body string, want int) ([]byte, error) {
	if _, err := fmt.Fprintf(l, "%s %s HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		method, path, key, idempotency, len(body), body); err != nil {
		return nil, err
	}
	answer, err := http.ReadResponse(l.in, nil)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	told, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != want {
		err = fmt.Errorf("%s %s answers %d: %s", method, path, answer.StatusCode, told)
	}
	return told, err
}
