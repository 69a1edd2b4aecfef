package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"dangol/models"
	"dangol/models/demo"
	"dangol/models/merchants"
	"dangol/models/people"
)

var demoCommand = command{
	name:    "demo",
	args:    "[--customers N] [--no-serve] [--public]",
	summary: "run the server with an invented shop to look around in",
	help: `
The first start builds a bakery with a year of customers, and a sandbox copy of it whose clock can be moved. It prints one
sign-in a role; the passwords are random and stay in the data folder. Later starts find the shop as it was left.
With --customers another shop of that many people is built, with five orders each.`,
	run: runDemo,
}

func runDemo(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	size := set.Int("customers", 0, "build one more shop, with so many customers")
	idle := set.Bool("no-serve", false, "build and stop")
	public := set.Bool("public", false, "listen on an address that others can reach")
	if err := a.parse(set, args, 0); err != nil {
		return err
	}
	if !*public && !listensHere(a.config.Addr) {
		return fmt.Errorf("%s can be reached by others, and a demo's passwords are printed: start with --public if that is meant", a.config.Addr)
	}
	return a.withDatabase(ctx, func(db *database) error {
		if db.joined() {
			return errors.New("another dangol runs on this data folder")
		}
		signIns, err := a.demoShops(ctx, db)
		if err != nil {
			return err
		}
		if *size > 0 {
			if err := a.buildDemo(ctx, db, demo.Config{Name: fmt.Sprintf("손님 %d명 가게", *size), People: *size, SignIns: signIns}); err != nil {
				return err
			}
		}
		a.printSignIns(signIns)
		if *idle {
			return nil
		}
		site, err := a.site(db)
		if err != nil {
			return err
		}
		return a.serve(ctx, db, site)
	})
}

// listensHere tells whether nobody but this machine can connect.
func listensHere(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	return err == nil && isLoopback(host)
}

// demoShops gives the sign-ins of the demo shop and its sandbox, which are built if they are not there. A database with a
// shop of somebody's own is left alone.
func (a *app) demoShops(ctx context.Context, db *database) ([]demo.SignIn, error) {
	shops, err := merchants.List(ctx, db.DB)
	if err != nil {
		return nil, err
	}
	for _, m := range shops {
		if !m.Demo && !m.Sandbox {
			return nil, fmt.Errorf("%q is a real shop: a demo needs a database of its own (another DANGOL_DATA or DATABASE_URL)", m.Name)
		}
	}
	if len(shops) > 0 {
		return readSignIns(db.folder)
	}
	key, err := secret(db.folder)
	if err != nil {
		return nil, err
	}
	shop, err := demo.Build(ctx, db.DB, demo.Config{Guard: people.NewGuard(key)})
	if err != nil {
		return nil, err
	}
	a.printShop(shop)
	if err := writeSignIns(db.folder, shop.SignIns); err != nil {
		return nil, err
	}
	return shop.SignIns, a.buildDemo(ctx, db, demo.Config{Sandbox: true, SignIns: shop.SignIns})
}

func (a *app) buildDemo(ctx context.Context, db *database, cfg demo.Config) error {
	told := time.Now()
	cfg.Progress = func(done, total int) {
		if time.Since(told) > 10*time.Second {
			told = time.Now()
			fmt.Fprintf(a.out, "  %d of %d customers\n", done, total)
		}
	}
	shop, err := demo.Build(ctx, db.DB, cfg)
	if err == nil {
		a.printShop(shop)
	}
	return err
}

func (a *app) printShop(s demo.Shop) {
	fmt.Fprintf(a.out, "%s: shop %d, %d customers, %d orders, in %s\n", s.Name, s.MerchantID, s.Customers, s.Orders, s.Took.Round(100*time.Millisecond))
}

func (a *app) printSignIns(all []demo.SignIn) {
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nrole\te-mail\tpassword")
	for _, s := range all {
		fmt.Fprintf(table, "%s\t%s\t%s\n", s.Role, s.Email, s.Password)
	}
	table.Flush()
	fmt.Fprintln(a.out)
}

// signInsFile keeps the demo's passwords beside its data, for the next start.
const signInsFile = "demo-sign-ins.json"

func writeSignIns(folder string, all []demo.SignIn) error {
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, signInsFile), text, 0o600)
}

// readSignIns reads them; where the file is gone, dangol user reset makes a new password.
func readSignIns(folder string) (all []demo.SignIn, err error) {
	text, err := os.ReadFile(filepath.Join(folder, signInsFile))
	if errors.Is(err, os.ErrNotExist) {
		return []demo.SignIn{{Role: models.Owner, Email: demo.OwnerEmail, Password: "(dangol user reset " + demo.OwnerEmail + ")"}}, nil
	}
	if err != nil {
		return nil, err
	}
	return all, json.Unmarshal(text, &all)
}
