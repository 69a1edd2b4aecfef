package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"dangol/models"
	"dangol/models/merchants"
	"dangol/models/people"
	"dangol/models/staff"
	"dangol/models/store"
	"dangol/views/paths"
)

var userCommand = command{
	name:    "user",
	args:    "add|reset EMAIL",
	summary: "add somebody to a shop's staff, or make a link for a new password",
	help: `
user add EMAIL   adds a login and lets it into a shop, as --role. Whoever comes first to an installation without a shop gets
                 one, with --owner. The password is read from standard input with --password-stdin; without it the person
                 chooses one by the link that is printed.
user reset EMAIL prints a one-time link for a new password, which works for an hour. With --second-factor it takes the second
                 factor away instead, for who has lost the phone and the recovery codes.`,
	run: runUser,
}

// userFlags are what may stand beside the address.
type userFlags struct {
	merchant *int64
	role     *string
	owner    *bool
	name     *string
	shop     *string
	stdin    *bool
	factor   *bool
}

func runUser(ctx context.Context, a *app, set *flag.FlagSet, args []string) error {
	f := userFlags{
		merchant: set.Int64("merchant", 0, "the shop; may be left out if there is one only"),
		role:     set.String("role", string(models.Clerk), "owner, admin, marketer, manager, clerk or viewer"),
		owner:    set.Bool("owner", false, "the same as --role owner; makes the first shop if there is none"),
		name:     set.String("name", "", "how the person is called"),
		shop:     set.String("shop", "", "the name of the first shop, with --owner"),
		factor:   set.Bool("second-factor", false, "with reset: take the second factor away instead, and end the person's sessions"),
		stdin:    set.Bool("password-stdin", false, "read the password from standard input"),
	}
	words, err := a.words(set, args, one)
	if err != nil {
		return err
	}
	switch words[0] {
	case "add":
		return a.withDatabase(ctx, func(db *database) error { return a.addUser(ctx, db, words[1], f) })
	case "reset":
		return a.withDatabase(ctx, func(db *database) error { return a.resetUser(ctx, db, words[1], *f.factor) })
	}
	set.Usage()
	return errUsage
}

// words parses the flags of a command that has words too, in any order, and expects so many words. A verb decides how many
// follow it.
func (a *app) words(set *flag.FlagSet, args []string, expected func(verb string) int) ([]string, error) {
	var words []string
	for len(args) > 0 {
		if err := set.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, errUsage
		}
		if args = set.Args(); len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	if len(words) == 0 || len(words) != 1+expected(words[0]) {
		set.Usage()
		return nil, errUsage
	}
	return words, nil
}

func one(string) int { return 1 }

func (a *app) addUser(ctx context.Context, db *database, email string, f userFlags) error {
	if *f.owner {
		*f.role = string(models.Owner)
	}
	merchantID, err := a.shopFor(ctx, db, f)
	if err != nil {
		return err
	}
	if !*f.stdin {
		return a.inviteUser(ctx, db, merchantID, email, f)
	}
	hash, err := readPassword(ctx, db, os.Stdin, email, *f.name)
	if err != nil {
		return told(err)
	}
	err = store.InTx(ctx, db.DB, merchantID, func(tx *store.Tx) error {
		_, err := staff.AddNew(tx, people.NewPerson{Email: email, Name: orElse(*f.name, people.NameFrom(email)), Locale: "ko"}, hash, staff.Params{Role: models.Role(*f.role)})
		return err
	})
	if err == nil {
		fmt.Fprintf(a.out, "%s may sign in at %s\n", email, a.config.URL.String()+paths.SignIn)
	}
	return told(err)
}

func (a *app) inviteUser(ctx context.Context, db *database, merchantID int64, email string, f userFlags) error {
	token, err := staff.Invite(ctx, db.DB, merchantID, models.Actor{Role: models.Owner}, staff.InviteParams{
		Email: email, Name: *f.name, Locale: "ko", Params: staff.Params{Role: models.Role(*f.role)},
	})
	if err != nil {
		return told(err)
	}
	if token == "" {
		fmt.Fprintf(a.out, "%s has a login already and may now work here too\n", email)
		return nil
	}
	fmt.Fprintf(a.out, "One-time link for %s, for seven days:\n%s\n", email, a.config.URL.String()+paths.Invitation(token))
	return nil
}

// shopFor finds the shop that is meant: the one that was named, the only one, or the first, which is made for its owner.
func (a *app) shopFor(ctx context.Context, db *database, f userFlags) (int64, error) {
	if *f.merchant != 0 {
		return *f.merchant, nil
	}
	shops, err := merchants.List(ctx, db.DB)
	switch {
	case err != nil:
		return 0, err
	case len(shops) == 1:
		return shops[0].ID, nil
	case len(shops) > 1:
		return 0, fmt.Errorf("there are %d shops; say which with --merchant (dangol merchant list)", len(shops))
	case models.Role(*f.role) != models.Owner || *f.shop == "":
		return 0, errors.New(`there is no shop yet; make it with its owner: dangol user add EMAIL --owner --shop "NAME"`)
	}
	return merchants.Add(ctx, db.DB, models.MerchantParams{Name: *f.shop})
}

func (a *app) resetUser(ctx context.Context, db *database, email string, factor bool) error {
	if factor {
		err := people.ResetFactor(ctx, db.DB, email)
		if err == nil {
			fmt.Fprintf(a.out, "%s signs in with the password alone\n", email)
		}
		return told(err)
	}
	token, err := people.NewReset(ctx, db.DB, email)
	if err != nil {
		return told(err)
	}
	fmt.Fprintf(a.out, "One-time link for a new password, for an hour:\n%s\n", a.config.URL.String()+paths.ResetWith(token))
	return nil
}

// readPassword reads one line. It is never taken from the command line, which other users of the machine can read.
func readPassword(ctx context.Context, db *database, in io.Reader, own ...string) (string, error) {
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && line == "" {
		return "", errors.New("no password on standard input")
	}
	key, err := secret(db.folder)
	if err != nil {
		return "", err
	}
	return people.NewGuard(key).HashPassword(ctx, strings.TrimRight(line, "\r\n"), own...)
}

// told puts an error of the business into words, which stand in the catalogue of the screens.
func told(err error) error {
	fault, ok := errors.AsType[*models.Error](err)
	if !ok {
		return err
	}
	words := english()
	if len(fault.Fields) == 0 {
		return errors.New(words.Fault(fault.Code, fault.Args))
	}
	var all []string
	for _, field := range fault.Fields {
		all = append(all, field.Field+": "+words.Fault(field.Code, field.Args))
	}
	return errors.New(strings.Join(all, "\n"))
}

func orElse(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}
