package handlers

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"dangol/handlers/api"
	"dangol/handlers/web"
	"dangol/views/paths"
)

// The table of every route, with who may use it.
//
// To add one: write the handler as a method of *Server in the file of its resource, add its line to the part of that
// resource below, and the same permission by hand to testdata/permissions.csv. The server does not start while the two
// differ; the generated test then tries the route as every role, of this shop and of another.
//
// A permission is web.May("owner admin manager:own"), web.Everybody, web.Public or web.Scoped(scope). "role:own" makes the
// actor carry the stores of the member of staff (web.Request.Actor), by which the verb limits what it finds.

const (
	get  = http.MethodGet
	post = http.MethodPost
)

func (s *Server) routes() []web.Route {
	return slices.Concat(
		s.doorRoutes(),
		s.setupRoutes(),
		s.accountRoutes(),
		s.settingsRoutes(),
		s.importRoutes(),
		s.counterRoutes(),
		s.programRoutes(),
		s.segmentRoutes(),
		s.customerRoutes(),
		s.homeRoutes(),
		api.New(s.DB).Routes(),
	)
}

// doorRoutes are for people who are not signed in.
func (s *Server) doorRoutes() []web.Route {
	return []web.Route{
		{Method: get, Path: paths.SignIn, Handler: s.signInForm, Allow: web.Public},
		{Method: post, Path: paths.SignIn, Handler: s.signIn, Allow: web.Public},
		{Method: get, Path: paths.SecondStep, Handler: s.secondForm, Allow: web.Public},
		{Method: post, Path: paths.SecondStep, Handler: s.second, Allow: web.Public},
		{Method: post, Path: paths.SignOut, Handler: s.signOut, Allow: web.Public},
		{Method: get, Path: paths.Reset, Handler: s.resetForm, Allow: web.Public},
		{Method: post, Path: paths.Reset, Handler: s.reset, Allow: web.Public},
		{Method: get, Path: paths.ResetWith(":token"), Handler: s.resetWithForm, Allow: web.Public},
		{Method: post, Path: paths.ResetWith(":token"), Handler: s.resetWith, Allow: web.Public},
		{Method: get, Path: paths.Invitation(":token"), Handler: s.invitation, Allow: web.Public},
		{Method: post, Path: paths.Invitation(":token"), Handler: s.acceptInvitation, Allow: web.Public},
		{Method: post, Path: paths.Language, Handler: s.setLanguage, Allow: web.Public},
		{Method: post, Path: paths.Theme, Handler: s.setTheme, Allow: web.Public},
		{Method: get, Path: paths.PublicTerms(":code"), Handler: s.publicTerms, Allow: web.Public},
	}
}

// setupRoutes are the first three steps of a new installation. The one-time link is who may: the first step by whoever has
// it, the others by the owner who was made with it.
func (s *Server) setupRoutes() []web.Route {
	return []web.Route{
		{Method: get, Path: paths.Setup(":token"), Handler: s.setup, Allow: web.Public},
		{Method: get, Path: paths.SetupShop(":token"), Handler: s.setupShopForm, Allow: web.Public},
		{Method: post, Path: paths.SetupShop(":token"), Handler: s.setupShop, Allow: web.Public},
		{Method: get, Path: paths.SetupCustomers(":token"), Handler: s.setupCustomersForm, Allow: web.Public},
		{Method: post, Path: paths.SetupCustomers(":token"), Handler: s.setupCustomers, Allow: web.Public, Limits: uploadLimits},
		{Method: get, Path: paths.SetupPromise(":token"), Handler: s.setupPromiseForm, Allow: web.Public},
		{Method: post, Path: paths.SetupPromise(":token"), Handler: s.setupPromise, Allow: web.Public},
		{Method: post, Path: paths.SetupPreview(":token"), Handler: s.previewPromise, Allow: web.Public},
	}
}

// accountRoutes are about one's own login.
func (s *Server) accountRoutes() []web.Route {
	return []web.Route{
		{Method: get, Path: paths.Password, Handler: s.passwordForm, Allow: web.Everybody},
		{Method: post, Path: paths.Password, Handler: s.changePassword, Allow: web.Everybody},
		{Method: get, Path: paths.Sessions, Handler: s.sessionIndex, Allow: web.Everybody},
		{Method: post, Path: paths.Session(":id"), Handler: s.endSession, Allow: web.Everybody},
		{Method: post, Path: paths.Shop, Handler: s.switchShop, Allow: web.Everybody},
		{Method: get, Path: paths.SecondFactor, Handler: s.secondFactor, Allow: web.Everybody},
		{Method: post, Path: paths.SecondFactor, Handler: s.turnOnFactor, Allow: web.Everybody, Again: true},
		{Method: post, Path: paths.SecondFactorOff, Handler: s.turnOffFactor, Allow: web.Everybody, Again: true},
		{Method: post, Path: paths.RecoveryCodes, Handler: s.newRecoveryCodes, Allow: web.Everybody, Again: true},
		{Method: post, Path: paths.SecondFactorRule, Handler: s.ruleFactor, Allow: ruling, Again: true},
	}
}

// importRoutes are about files of customers and purchases.
func (s *Server) importRoutes() []web.Route {
	chiefs := web.May("owner admin")
	return []web.Route{
		{Method: get, Path: paths.Imports, Handler: s.importIndex, Allow: chiefs},
		{Method: post, Path: paths.Imports, Handler: s.importUpload, Allow: chiefs, Limits: uploadLimits},
		{Method: get, Path: paths.NewImport, Handler: s.importNew, Allow: chiefs},
		{Method: get, Path: paths.Import(":id"), Handler: s.importShow, Allow: chiefs},
		{Method: get, Path: paths.ImportProgress(":id"), Handler: s.importProgress, Allow: chiefs},
		{Method: get, Path: paths.ImportMapping(":id"), Handler: s.importMapping, Allow: chiefs},
		{Method: post, Path: paths.ImportMapping(":id"), Handler: s.importChoose, Allow: chiefs},
		{Method: post, Path: paths.ImportRun(":id"), Handler: s.importRun, Allow: chiefs},
		{Method: post, Path: paths.ImportUndo(":id"), Handler: s.importUndo, Allow: chiefs},
		{Method: get, Path: paths.ImportErrors(":id"), Handler: s.importErrors, Allow: chiefs},
	}
}

// counterRoutes are the till's.
func (s *Server) counterRoutes() []web.Route {
	serving := web.May("owner admin manager clerk")
	return []web.Route{
		{Method: get, Path: paths.Counter, Handler: s.counterIdle, Allow: serving},
		{Method: get, Path: paths.Lookup, Handler: s.counterLookup, Allow: serving, Counted: web.Lookups},
		{Method: get, Path: paths.Enrol, Handler: s.counterNew, Allow: serving},
		{Method: post, Path: paths.Enrol, Handler: s.counterEnrol, Allow: serving},
		{Method: post, Path: paths.CounterUndo(":token"), Handler: s.counterUndo, Allow: serving},
		{Method: get, Path: counterPath(""), Handler: s.counterShow, Allow: serving, Counted: web.Lookups},
		{Method: get, Path: counterPath("/shown"), Handler: s.counterTurned, Allow: serving},
		{Method: post, Path: counterPath("/shown"), Handler: s.counterShown, Allow: serving},
		{Method: post, Path: counterPath("/notes"), Handler: s.counterNotes, Allow: serving},
		{Method: get, Path: counterPath("/earn"), Handler: s.counterEarnForm, Allow: serving},
		{Method: post, Path: counterPath("/earn"), Handler: s.counterEarn, Allow: serving},
		{Method: post, Path: counterPath("/earn/preview"), Handler: s.counterEarnPreview, Allow: serving},
		{Method: get, Path: counterPath("/redeem"), Handler: s.counterRedeemForm, Allow: serving},
		{Method: post, Path: counterPath("/redeem"), Handler: s.counterRedeem, Allow: serving},
		{Method: get, Path: counterPath("/coupon"), Handler: s.counterCouponForm, Allow: serving},
		{Method: post, Path: counterPath("/coupon"), Handler: s.counterCoupon, Allow: serving},
		{Method: get, Path: counterPath("/grant"), Handler: s.counterGrantForm, Allow: serving},
		{Method: post, Path: counterPath("/grant"), Handler: s.counterGrant, Allow: serving},
	}
}

// counterPath is the pattern of a step of the till about one customer.
func counterPath(step string) string { return paths.Counter + "/customers/:id" + step }

// programRoutes are the promise: marketers write, owners and admins start it.
func (s *Server) programRoutes() []web.Route {
	reading := web.May("owner admin marketer manager viewer")
	return []web.Route{
		{Method: get, Path: paths.Program, Handler: s.program, Allow: reading},
		{Method: post, Path: paths.Preview, Handler: s.programPreview, Allow: drafting},
		{Method: post, Path: paths.Draft, Handler: s.programDraft, Allow: drafting},
		{Method: get, Path: paths.Publications, Handler: s.publicationNew, Allow: publishing},
		{Method: post, Path: paths.Publications, Handler: s.publish, Allow: publishing},
		{Method: get, Path: paths.Versions, Handler: s.versionIndex, Allow: reading},
		{Method: get, Path: paths.Comparison, Handler: s.versionCompare, Allow: reading},
		{Method: get, Path: paths.Version(":version"), Handler: s.versionShow, Allow: reading},
	}
}

// settingsRoutes are about the shop, who works there, and what is connected to it.
func (s *Server) settingsRoutes() []web.Route {
	chiefs := web.May("owner admin")
	return []web.Route{
		{Method: get, Path: paths.Settings, Handler: s.settings, Allow: web.Everybody},
		{Method: post, Path: paths.Settings, Handler: s.changeShop, Allow: chiefs},
		{Method: get, Path: paths.Staff, Handler: s.staffIndex, Allow: chiefs},
		{Method: post, Path: paths.Invitations, Handler: s.invite, Allow: chiefs, Again: true},
		{Method: get, Path: paths.Member(":id"), Handler: s.memberForm, Allow: chiefs},
		{Method: post, Path: paths.Member(":id"), Handler: s.changeMember, Allow: chiefs, Again: true},
		{Method: post, Path: paths.MemberAccess(":id"), Handler: s.setAccess, Allow: chiefs},
		{Method: get, Path: paths.Keys, Handler: s.keyIndex, Allow: chiefs},
		{Method: post, Path: paths.Keys, Handler: s.makeKey, Allow: chiefs, Again: true},
		{Method: post, Path: paths.Key(":id"), Handler: s.revokeKey, Allow: chiefs, Again: true},
		{Method: get, Path: paths.Refunds, Handler: s.refundIndex, Allow: chiefs},
		{Method: get, Path: paths.Audit, Handler: s.auditIndex, Allow: chiefs},
		{Method: get, Path: paths.Poster, Handler: s.poster, Allow: web.Everybody},
	}
}

// segmentRoutes are the map of regulars, the groups that a condition defines, and gifts to either.
func (s *Server) segmentRoutes() []web.Route {
	reading := web.May("owner admin marketer viewer")
	return []web.Route{
		{Method: get, Path: paths.Segments, Handler: s.segments, Allow: reading},
		{Method: get, Path: paths.SegmentCell, Handler: s.segmentCell, Allow: reading},
		{Method: post, Path: paths.Give, Handler: s.give, Allow: giving},
		{Method: get, Path: paths.Gift(":id"), Handler: s.gift, Allow: reading},
		{Method: get, Path: paths.NewGroup, Handler: s.groupNew, Allow: giving},
		{Method: post, Path: paths.TryGroup, Handler: s.groupTry, Allow: giving},
		{Method: post, Path: paths.Groups, Handler: s.groupCreate, Allow: giving},
		{Method: get, Path: paths.Group(":id"), Handler: s.groupShow, Allow: reading},
		{Method: get, Path: paths.GroupEdit(":id"), Handler: s.groupEdit, Allow: giving},
		{Method: post, Path: paths.Group(":id"), Handler: s.groupChange, Allow: giving},
		{Method: post, Path: paths.GroupRemove(":id"), Handler: s.groupRemove, Allow: giving},
	}
}

// customerRoutes are the people who buy.
func (s *Server) customerRoutes() []web.Route {
	reading := web.May("owner admin marketer manager:own viewer")
	return []web.Route{
		{Method: get, Path: paths.Customers, Handler: s.customerIndex, Allow: reading, Counted: web.Lookups},
		{Method: post, Path: paths.Customers, Handler: s.customerCreate, Allow: tending},
		{Method: get, Path: paths.NewCustomer, Handler: s.customerNew, Allow: tending},
		{Method: get, Path: paths.Customer(":id"), Handler: s.customerShow, Allow: reading, Counted: web.Lookups},
		{Method: get, Path: paths.CustomerEdit(":id"), Handler: s.customerEdit, Allow: tending},
		{Method: post, Path: paths.CustomerEdit(":id"), Handler: s.customerUpdate, Allow: tending},
		{Method: post, Path: paths.CustomerConsents(":id"), Handler: s.customerConsent, Allow: tending},
		{Method: post, Path: paths.CustomerPhone(":id"), Handler: s.customerPhone, Allow: tending, Counted: web.Reveals},
		{Method: get, Path: paths.CustomerGrants(":id"), Handler: s.customerGrantNew, Allow: granting},
		{Method: post, Path: paths.CustomerGrants(":id"), Handler: s.customerGrant, Allow: granting},
		{Method: get, Path: paths.CustomerMerge(":id", "", 0), Handler: s.customerMergeNew, Allow: granting, Counted: web.Lookups},
		{Method: post, Path: paths.CustomerMerge(":id", "", 0), Handler: s.customerMerge, Allow: granting},
		{Method: post, Path: paths.CustomerUnmerge(":id"), Handler: s.customerUnmerge, Allow: granting},
		{Method: get, Path: paths.EntryWhy(":id", ":unit", ":seq"), Handler: s.entryWhy, Allow: reading},
	}
}

// homeRoutes are the first page, the figures, a sandbox's clock, and running again what has failed.
func (s *Server) homeRoutes() []web.Route {
	return []web.Route{
		{Method: get, Path: paths.Home, Handler: s.home, Allow: web.Everybody},
		{Method: get, Path: paths.Search, Handler: s.search, Allow: web.Everybody},
		{Method: get, Path: paths.Help, Handler: s.help, Allow: web.Everybody},
		{Method: get, Path: paths.Insights, Handler: s.insights, Allow: web.May("owner admin marketer viewer")},
		{Method: get, Path: paths.SandboxClock, Handler: s.clock, Allow: publishing},
		{Method: post, Path: paths.SandboxClock, Handler: s.moveClock, Allow: publishing},
		{Method: post, Path: paths.TaskAgain(":id"), Handler: s.taskAgain, Allow: upkeeping},
		{Method: post, Path: paths.CloseDays, Handler: s.closeDays, Allow: upkeeping, Limits: web.Limits{Time: closeTime}},
		{Method: post, Path: paths.Backup, Handler: s.askBackup, Allow: upkeeping},
	}
}

//go:embed testdata/permissions.csv
var permissionsCSV []byte

// Permissions reads permissions.csv: "METHOD path" → public, the six roles, scope.
func Permissions() (map[string][]string, error) {
	rows, err := csv.NewReader(bytes.NewReader(permissionsCSV)).ReadAll()
	if err != nil {
		return nil, err
	}
	table := map[string][]string{}
	for _, row := range rows[1:] {
		table[row[0]+" "+row[1]] = row[2:]
	}
	return table, nil
}

// checkTable holds the table of routes against permissions.csv, both ways.
func checkTable(routes []web.Route) error {
	if err := web.Check(routes); err != nil {
		return err
	}
	declared, err := Permissions()
	if err != nil {
		return err
	}
	for _, r := range routes {
		name := r.Method + " " + r.Path
		if row, there := declared[name]; !there || !slices.Equal(row, r.Allow.Row()) {
			return fmt.Errorf("permissions.csv says %q of route %s, which allows %q", strings.Join(row, ","), name, strings.Join(r.Allow.Row(), ","))
		}
		delete(declared, name)
	}
	for name := range declared {
		return fmt.Errorf("permissions.csv has %s, which is no route", name)
	}
	return nil
}

// Table gives the routes and their permissions without a server, for `dangol routes`.
func Table() []web.Route { return (&Server{}).routes() }
