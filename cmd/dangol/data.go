package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"dangol/models/store"
	"dangol/models/store/pg"
)

// database is the store with whatever has to be closed after it.
type database struct {
	*store.DB
	url      string     // as the program's role
	ownerURL string     // as the role that owns the schema
	folder   string     // the data folder in use
	server   *pg.Server // nil: somebody else's server, or another process's
}

// openDatabase finds the database: DATABASE_URL, or a private server in the data folder, which is started, or joined when
// another dangol runs it. Unless it was joined, missing migrations are applied.
func (a *app) openDatabase(ctx context.Context) (*database, error) {
	d, err := a.findServer(ctx)
	if err != nil {
		return nil, err
	}
	if d.DB, err = d.openStore(ctx, a.log); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

func (a *app) findServer(ctx context.Context) (*database, error) {
	folder, err := a.dataFolder()
	if err != nil {
		return nil, err
	}
	if a.config.DatabaseURL != "" {
		return &database{url: a.config.DatabaseURL, ownerURL: a.config.DatabaseURL, folder: folder}, nil
	}
	dir := filepath.Join(folder, "pg")
	server, err := pg.Start(ctx, pg.Config{Dir: dir, Log: a.log})
	if err != nil && !errors.Is(err, pg.ErrInUse) {
		return nil, err
	}
	d := &database{folder: folder, server: server}
	url, err := pg.URL(dir, pg.App, pg.Database)
	if err != nil {
		return nil, err
	}
	d.url = url
	d.ownerURL, err = pg.URL(dir, pg.Owner, pg.Database)
	return d, err
}

// dataFolder makes the folder and tells when it is not the one that was asked for.
func (a *app) dataFolder() (string, error) {
	wanted, err := filepath.Abs(a.config.Data)
	if err != nil {
		return "", err
	}
	folder := wanted
	if a.config.DatabaseURL == "" {
		if folder, err = pg.Folder(wanted); err != nil {
			return "", err
		}
	}
	if folder != wanted {
		fmt.Fprintf(a.out, "PostgreSQL's user cannot reach %s; the data are in %s\n", wanted, folder)
	}
	return folder, os.MkdirAll(folder, 0o711)
}

// openStore opens the store, migrating first if the schema is older. A joined server belongs to another process, whose
// schema is not changed under its feet.
func (d *database) openStore(ctx context.Context, log *slog.Logger) (*store.DB, error) {
	cfg := store.Config{URL: d.url, Log: log}
	db, err := store.Open(ctx, cfg)
	if !errors.Is(err, store.ErrSchemaOlder) || d.joined() {
		return db, err
	}
	if _, err := store.Migrate(ctx, d.ownerURL); err != nil {
		return nil, fmt.Errorf("migrating (run dangol migrate with DATABASE_URL of the role that owns the schema): %w", err)
	}
	return store.Open(ctx, cfg)
}

// joined tells whether the private server is another process's.
func (d *database) joined() bool { return d.server == nil && d.url != d.ownerURL }

// Close closes the store and stops a server of our own.
func (d *database) Close() {
	if d.DB != nil {
		d.DB.Close()
	}
	if d.server != nil {
		d.server.Stop()
	}
}

// withDatabase runs fn with an open database: what most commands do.
func (a *app) withDatabase(ctx context.Context, fn func(*database) error) error {
	db, err := a.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	return fn(db)
}

// secret gives the installation's own key, made at the first start: 32 bytes that sign what must not be forged.
func secret(folder string) ([]byte, error) {
	path := filepath.Join(folder, "secret")
	if err := makeSecret(path); err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s may be read by others (%s); chmod 600 it, or delete it to have a new one", path, info.Mode().Perm())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != 32 {
		return nil, fmt.Errorf("%s does not hold 64 hexadecimal digits; delete it to have a new one", path)
	}
	return key, nil
}

func makeSecret(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	_, err = fmt.Fprintln(f, hex.EncodeToString(key))
	return errors.Join(err, f.Sync(), f.Close())
}
