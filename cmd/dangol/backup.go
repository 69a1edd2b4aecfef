package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"dangol/models/store/backup"
)

var backupCommand = command{
	name:    "backup",
	args:    "FILE",
	summary: "write everything into a file, in one snapshot, while the shops go on",
	help: `
The file holds every shop's rows, customers' names and numbers too: it can be read by its owner only, keep it so. Beside it
keep the file "secret" of the data folder. The server takes one by itself each night, into the data folder's "backups",
where the last seven stay; copy them to another machine.`,
	run: runBackup,
}

var restoreCommand = command{
	name:    "restore",
	args:    "FILE",
	summary: "bring a backup into an empty database",
	help: `
The database must be empty: a new data folder, or a DATABASE_URL whose role owns a database without tables. Nothing is ever
overwritten; a file that is damaged leaves nothing behind. In the end the ledgers are verified, and the exit code is 1 if
anything does not agree.`,
	run: runRestore,
}

func runBackup(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	if err := a.parse(set, args, 1); err != nil {
		return err
	}
	d, err := a.findServer(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	began := time.Now()
	done, err := backup.WriteFile(ctx, d.url, set.Arg(0), began)
	if err == nil {
		fmt.Fprintf(a.out, "%s: %d tables, %d rows in %s\n", set.Arg(0), done.Tables, done.Rows, time.Since(began).Round(time.Millisecond))
	}
	return err
}

func runRestore(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	if err := a.parse(set, args, 1); err != nil {
		return err
	}
	d, err := a.findServer(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	done, err := backup.RestoreFile(ctx, d.ownerURL, set.Arg(0))
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "restored %d tables, %d rows as of %s\n", done.Tables, done.Rows, done.TakenAt.Format(time.RFC3339))
	if d.DB, err = d.openStore(ctx, a.log); err != nil {
		return err
	}
	return a.verify(ctx, d.DB, false)
}
