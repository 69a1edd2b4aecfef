package main

import (
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// health answers those who watch over the process: /healthz while it lives, /readyz while it can serve.
type health struct {
	ping     func(context.Context) error
	stopping atomic.Bool
}

// before puts the two in front of the site.
func (h *health) before(site http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", site)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", h.ready)
	return mux
}

func (h *health) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	switch {
	case h.stopping.Load():
		say(w, http.StatusServiceUnavailable, "stopping")
	case h.ping(ctx) != nil:
		say(w, http.StatusServiceUnavailable, "no database")
	default:
		say(w, http.StatusOK, "ready")
	}
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n")
}
