package main

import (
	"context"
	"flag"
	"fmt"
	"runtime/debug"

	"dangol/models/store"
)

var versionCommand = command{
	name:    "version",
	summary: "say what was built, and the schema it knows",
	run:     runVersion,
}

func runVersion(_ context.Context, a *app, set *flag.FlagSet, args []string) error {
	if err := a.parse(set, args, 0); err != nil {
		return err
	}
	known, err := store.KnownSchema()
	if err == nil {
		fmt.Fprintf(a.out, "dangol %s, schema %d\n", revision(), known)
	}
	return err
}

// revision is the commit this was built from, as the Go tool noted it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	said := map[string]string{}
	for _, s := range info.Settings {
		said[s.Key] = s.Value
	}
	switch {
	case said["vcs.revision"] == "":
		return info.Main.Version
	case said["vcs.modified"] == "true":
		return said["vcs.revision"] + " with changes"
	}
	return said["vcs.revision"]
}
