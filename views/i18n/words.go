package i18n

// Words is the whole catalogue of one language, a room for each page. Words with a blank are functions, so that a
// number or a name cannot be forgotten and Korean can choose its particle.
type Words struct {
	Account    Account
	Audit      Audit
	Common     Common
	Email      Email
	Shell      Shell
	Faults     Faults
	VerbFaults Faults
	Gifts      Gifts
	Counter    Counter
	Help       Help
	Consents   Consents
	Customers  Customers
	Merges     Merges
	Home       Home
	Imports    Imports
	Insights   Insights
	Settings   Settings
	Staff      Staff
	Upkeep     Upkeep
	Program    Program
	Public     Public
	Segments   Segments
	Groups     Groups
	SignIn     SignIn
	Setup      Setup
}

var korean = Words{
	Account: koAccount, Audit: koAudit, Common: koCommon, Email: koEmail, Shell: koShell, Faults: koFaults, VerbFaults: koVerbFaults, Gifts: koGifts, Counter: koCounter, Consents: koConsents, Help: koHelp, Program: koProgram, Public: koPublic,
	Customers: koCustomers, Merges: koMerges, Home: koHome, Imports: koImports, Insights: koInsights, Settings: koSettings, Staff: koStaff,
	Segments: koSegments, Groups: koGroups, SignIn: koSignIn, Setup: koSetup, Upkeep: koUpkeep,
}

var english = Words{
	Account: enAccount, Audit: enAudit, Common: enCommon, Email: enEmail, Shell: enShell, Faults: enFaults, VerbFaults: enVerbFaults, Gifts: enGifts, Counter: enCounter, Consents: enConsents, Help: enHelp, Program: enProgram, Public: enPublic,
	Customers: enCustomers, Merges: enMerges, Home: enHome, Imports: enImports, Insights: enInsights, Settings: enSettings, Staff: enStaff,
	Segments: enSegments, Groups: enGroups, SignIn: enSignIn, Setup: enSetup, Upkeep: enUpkeep,
}
