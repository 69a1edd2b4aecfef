package i18n

// Words is the whole catalogue of one language, a room for each page. Words with a blank are functions, so that a
// number or a name cannot be forgotten and Korean can choose its particle.
type Words struct {
	Common  Common
	Shell   Shell
	Faults  Faults
	Counter Counter
	Public  Public
	SignIn  SignIn
	Setup   Setup
}

var korean = Words{
	Common: koCommon, Shell: koShell, Faults: koFaults, Counter: koCounter, Public: koPublic,
	SignIn: koSignIn, Setup: koSetup,
}

var english = Words{
	Common: enCommon, Shell: enShell, Faults: enFaults, Counter: enCounter, Public: enPublic,
	SignIn: enSignIn, Setup: enSetup,
}
