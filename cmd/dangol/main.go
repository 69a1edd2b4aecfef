// Command dangol is the whole product: the server and everything that is done beside it. Each command stands in a file of
// its own and in the table below.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"text/tabwriter"
)

// command is one word after the program's name.
type command struct {
	name    string
	args    string // how it is called, after the name
	summary string // one line
	help    string // what a person wants to know beside the flags; may be empty
	run     func(ctx context.Context, a *app, set *flag.FlagSet, args []string) error
}

// commands is the table of all of them, in the order in which help shows them.
var commands = []command{
	serveCommand,
	demoCommand,
	migrateCommand,
	verifyCommand,
	backupCommand,
	restoreCommand,
	merchantCommand,
	programCommand,
	importCommand,
	jobsCommand,
	userCommand,
	keyCommand,
	routesCommand,
	versionCommand,
}

// app is what every command has: the configuration and the person at the terminal.
type app struct {
	config config
	log    *slog.Logger
	out    io.Writer
}

// errUsage says that the command was called wrongly; what is right has been printed.
var errUsage = errors.New("usage")

// garbage is how much of it may stand, in percent of what is alive, before it is collected: a till's order leaves little that
// lives on, and at Go's own 100 a quarter of the program's time went into collecting. GOGC overrides it.
const garbage = 150

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// run is main without the process around it. It returns the exit code: 0, 1 for a failure, 2 for a wrong call.
func run(ctx context.Context, args []string, getenv func(string) string, out, errOut io.Writer) int {
	if len(args) == 0 || isHelp(args[0]) {
		usage(out)
		return 0
	}
	c, ok := find(args[0])
	if !ok {
		fmt.Fprintf(errOut, "dangol: there is no command %q\n\n", args[0])
		usage(errOut)
		return 2
	}
	cfg, err := configFrom(getenv)
	if err == nil {
		a := &app{config: cfg, log: newLog(errOut), out: out}
		err = c.run(ctx, a, a.flags(c), args[1:])
	}
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		return 2
	}
	fmt.Fprintln(errOut, "dangol:", err)
	return 1
}

func isHelp(word string) bool {
	return word == "help" || word == "-h" || word == "-help" || word == "--help"
}

func find(name string) (command, bool) {
	for _, c := range commands {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func usage(w io.Writer) {
	fmt.Fprint(w, "Dangol 단골: loyalty for your regulars.\n\nusage: dangol COMMAND [ARGUMENTS]\n\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range commands {
		fmt.Fprintf(table, "  %s\t%s\n", strings.TrimSpace(c.name+" "+c.args), c.summary)
	}
	table.Flush()
	fmt.Fprintf(w, "\nEach command explains itself with --help. The environment:\n\n%s", environmentHelp)
}

// flags makes the flag set of a command, with help that shows how it is called.
func (a *app) flags(c command) *flag.FlagSet {
	set := flag.NewFlagSet(c.name, flag.ContinueOnError)
	set.SetOutput(a.out)
	set.Usage = func() {
		fmt.Fprintf(a.out, "usage: dangol %s\n\n%s\n", strings.TrimSpace(c.name+" "+c.args), c.summary)
		if c.help != "" {
			fmt.Fprintf(a.out, "\n%s\n", strings.TrimSpace(c.help))
		}
		fmt.Fprintln(a.out)
		set.PrintDefaults()
	}
	return set
}

// parse reads the flags and expects so many words after them.
func (a *app) parse(set *flag.FlagSet, args []string, words int) error {
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return errUsage
	}
	if set.NArg() != words {
		set.Usage()
		return errUsage
	}
	return nil
}
