package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"dangol/handlers"
	"dangol/models/people"
	"dangol/models/store"
	"dangol/models/tasks"
	"dangol/views/paths"
)

var serveCommand = command{
	name:    "serve",
	summary: "run the server",
	help: `
It takes requests until SIGTERM or ^C, then finishes what it has begun, for at most 30 seconds.`,
	run: runServe,
}

// Long work that somebody has asked for begins within taskSweep; taskWidth pieces of it go on side by side.
const (
	taskSweep = time.Second
	taskWidth = 2
)

// drainFor is how long requests that are under way may take after the signal to stop.
const drainFor = 30 * time.Second

func runServe(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	insecure := set.Bool("insecure-http", false, "allow sign-in over plain http on another address than this machine's own")
	if err := a.parse(set, args, 0); err != nil {
		return err
	}
	if err := a.config.plainRefused(); err != nil && !*insecure {
		return err
	}
	return a.withDatabase(ctx, func(db *database) error {
		if db.joined() {
			return errors.New("another dangol runs on this data folder")
		}
		site, err := a.site(db)
		if err != nil {
			return err
		}
		if err := a.inviteOwner(ctx, db.DB); err != nil {
			return err
		}
		return a.serve(ctx, db, site)
	})
}

// site makes what people and tills meet.
func (a *app) site(db *database) (http.Handler, error) {
	key, err := secret(db.folder)
	if err != nil {
		return nil, err
	}
	return handlers.New(handlers.Deps{
		DB:             db.DB,
		Log:            a.log,
		Secret:         key,
		URL:            a.config.URL.String(),
		TrustedProxies: a.config.TrustedProxies,
		Desk:           desk(db),
		Mail:           a.config.SMTPURL != "",
		InsecureHTTP:   a.config.plainRefused() != nil,
	})
}

// inviteOwner prints a one-time link to the set-up wizard as long as there is no shop: nobody else can begin one.
func (a *app) inviteOwner(ctx context.Context, db *store.DB) error {
	var token string
	err := store.InGlobalTx(ctx, db, func(tx *store.Tx) (err error) {
		var furnished bool
		if err := tx.PG().QueryRow(tx.Ctx(), `SELECT EXISTS (SELECT FROM merchants)`).Scan(&furnished); err != nil || furnished {
			return err
		}
		token, err = people.NewLink(tx, people.SetupLink, 0, 0)
		return err
	})
	if err == nil && token != "" {
		fmt.Fprintf(a.out, "Set up your shop, within 24 hours: %s\n", a.config.URL.String()+paths.Setup(token))
	}
	return err
}

// serve runs the listeners until ctx ends or one of them fails.
func (a *app) serve(ctx context.Context, db *database, site http.Handler) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	health := &health{ping: db.Ping}
	servers := []*http.Server{a.server(a.config.Addr, health.before(site))}
	if a.config.MetricsAddr != "" {
		servers = append(servers, a.server(a.config.MetricsAddr, metrics(db)))
	}
	ended := make(chan error, len(servers))
	for _, server := range servers {
		listener, err := net.Listen("tcp", server.Addr)
		if err != nil {
			return err
		}
		go func() { ended <- server.Serve(listener) }()
	}
	if db.server != nil {
		go stopWhenGone(ctx, db.server.Done(), stop)
	}
	var background sync.WaitGroup
	defer background.Wait()
	background.Go(func() { a.keepTime(ctx, db) })
	background.Go(func() { tasks.Work(ctx, db.DB, workers(db), taskSweep, taskWidth, a.log) })
	fmt.Fprintf(a.out, "Dangol is at %s\n", a.config.URL)
	select {
	case err := <-ended:
		stop(err)
	case <-ctx.Done():
	}
	health.stopping.Store(true)
	return errors.Join(shutDown(servers), serious(context.Cause(ctx)))
}

func (a *app) server(addr string, handler http.Handler) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
}

var errDatabaseGone = errors.New("the private PostgreSQL cannot be kept running; its log is postgres.log in the data folder")

func stopWhenGone(ctx context.Context, gone <-chan struct{}, stop context.CancelCauseFunc) {
	select {
	case <-gone:
		stop(errDatabaseGone)
	case <-ctx.Done():
	}
}

func shutDown(servers []*http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), drainFor)
	defer cancel()
	var errs error
	for _, server := range servers {
		errs = errors.Join(errs, server.Shutdown(ctx))
	}
	return errs
}

// serious is nil for an end that was asked for.
func serious(cause error) error {
	if errors.Is(cause, context.Canceled) || errors.Is(cause, http.ErrServerClosed) {
		return nil
	}
	return cause
}
