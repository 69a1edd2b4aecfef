//go:build unix

package pg

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	superuser = "dangol"
	// Owner is the role that owns the schema and runs migrations.
	Owner = "dangol_owner"
	// App is the role of the running program: it may add to the ledger and change nothing in it.
	App = "dangol_app"
	// Database is the name of the database that Start makes.
	Database = "dangol"

	startPatience = 60 * time.Second // crash recovery included
	stopPatience  = 30 * time.Second
)

// Config says where and how a private server runs.
type Config struct {
	Dir      string            // its folder: data, socket, log and lock live below; made if absent
	Bin      string            // the binaries' folder; empty: FindBin
	Settings map[string]string // beside and above the usual ones
	Log      *slog.Logger      // empty: slog.Default
}

// Server is a running private server. It is restarted when it dies while the program lives.
type Server struct {
	dir, run, bin string
	acc           account
	settings      map[string]string
	log           *slog.Logger
	lock          *os.File
	stop          chan struct{} // closed by Stop
	done          chan struct{} // closed when the child is gone for good
	failed        chan error    // why a start has failed, latest only
}

// Start brings the server up and makes the two roles and the database if they are missing. It returns when the server
// takes connections, after about half a second for a new folder and 0.1 s for an existing one; crash recovery may take
// longer. Errors: ErrNoBinaries, ErrInUse, ErrVersion, or what initdb or postgres said.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	s, err := open(cfg)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(); err != nil {
		s.lock.Close()
		return nil, err
	}
	go s.supervise()
	if err := s.ready(ctx); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

func open(cfg Config) (*Server, error) {
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, bin: cfg.Bin, settings: usual(), log: cfg.Log,
		stop: make(chan struct{}), done: make(chan struct{}), failed: make(chan error, 1)}
	for name, value := range cfg.Settings {
		s.settings[name] = value
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.bin == "" {
		if s.bin, err = FindBin(); err != nil {
			return nil, err
		}
	}
	if s.acc, err = serverAccount(); err != nil {
		return nil, err
	}
	return s, s.makeFolders()
}

func (s *Server) makeFolders() error {
	if err := s.acc.makeDir(s.dir); err != nil {
		return err
	}
	// The folder may have been given through a link; the server's working folder, by which a leftover is known, is the real one.
	real, err := filepath.EvalSymlinks(s.dir)
	if err != nil {
		return err
	}
	s.dir = real
	s.run = socketFolder(real)
	if err := s.acc.makeDir(s.run); err != nil {
		return err
	}
	s.lock, err = lock(s.dir)
	return err
}

// socketFolder is dir/run, unless that is longer than the 107 bytes a socket's path may have.
func socketFolder(dir string) string {
	run := filepath.Join(dir, "run")
	if len(run)+len("/.s.PGSQL.5432") <= 100 {
		return run
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(os.TempDir(), "dangol-"+hex.EncodeToString(sum[:6]))
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// URL gives the connection string for a role and a database of this server.
func (s *Server) URL(role, database string) string { return url(s.run, role, database) }

// URL gives the connection string to the server that another process runs in dir: what a command does when Start says
// ErrInUse.
func URL(dir, role, database string) (string, error) {
	real, err := filepath.Abs(dir)
	if err == nil {
		real, err = filepath.EvalSymlinks(real)
	}
	return url(socketFolder(real), role, database), err
}

func url(run, role, database string) string {
	return fmt.Sprintf("host=%s port=5432 user=%s dbname=%s sslmode=disable", run, role, database)
}

// AdminURL connects as the superuser, to the database every server has.
func (s *Server) AdminURL() string { return s.URL(superuser, "postgres") }

// Done is closed when the server has stopped for good.
func (s *Server) Done() <-chan struct{} { return s.done }

// usual are the settings of a server that shares the machine with the program.
func usual() map[string]string {
	buffers := min(memory()/8, 2<<30)
	if buffers < 128<<20 {
		buffers = 128 << 20
	}
	return map[string]string{
		"listen_addresses":        "",
		"unix_socket_permissions": "0700",
		"max_connections":         "60",
		"shared_buffers":          fmt.Sprintf("%dMB", buffers>>20),
		"work_mem":                "32MB",
		"max_wal_size":            "4GB",
		"random_page_cost":        "1.1",
		"jit":                     "off",
		"log_timezone":            "UTC",
		"timezone":                "UTC",
	}
}

// ready waits until the server answers, then makes roles and database.
func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.AdminURL())
		if err == nil {
			defer conn.Close(context.WithoutCancel(ctx))
			return furnish(ctx, conn)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL in %s did not come up: %w\n%s", s.dir, err, s.logTail())
		case <-s.done:
			return fmt.Errorf("PostgreSQL in %s does not start: %w\n%s", s.dir, <-s.failed, s.logTail())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// furnish makes the roles and the database. The server takes connections through its private socket only, so the roles
// need no passwords; what they separate is what the program itself may do.
func furnish(ctx context.Context, conn *pgx.Conn) error {
	for _, role := range []string{Owner, App} {
		var there bool
		if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)`, role).Scan(&there); err != nil {
			return err
		}
		if there {
			continue
		}
		if _, err := conn.Exec(ctx, `CREATE ROLE `+role+` LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE`); err != nil {
			return err
		}
	}
	var there bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, Database).Scan(&there); err != nil || there {
		return err
	}
	_, err := conn.Exec(ctx, `CREATE DATABASE `+Database+` OWNER `+Owner)
	return err
}

func (s *Server) logTail() string {
	content, _ := os.ReadFile(s.logPath())
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	return strings.Join(lines[max(0, len(lines)-8):], "\n")
}
