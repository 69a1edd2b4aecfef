package main

import (
	"context"
	"flag"
	"fmt"

	"dangol/models/store"
)

var migrateCommand = command{
	name:    "migrate",
	summary: "bring the database to this program's schema and grant the program's role its rights",
	help: `
With a PostgreSQL of your own, run it with DATABASE_URL of the role that owns the database, and the server with that of
dangol_app: then the program itself cannot rewrite history.

  CREATE ROLE dangol_owner LOGIN PASSWORD '…';
  CREATE ROLE dangol_app LOGIN PASSWORD '…';
  CREATE DATABASE dangol OWNER dangol_owner;`,
	run: runMigrate,
}

func runMigrate(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	if err := a.parse(set, args, 0); err != nil {
		return err
	}
	d, err := a.findServer(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	applied, err := store.Migrate(ctx, d.ownerURL)
	if err == nil {
		fmt.Fprintf(a.out, "%d migrations applied\n", applied)
	}
	return err
}
