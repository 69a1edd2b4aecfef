package imports

// Mode says what an import does with the purchases of a file.
type Mode string

// The modes.
const (
	// Record keeps purchases for statistics and tiers; nobody earns by them.
	Record Mode = "record"
	// Opening posts one balance a customer, as another system left it.
	Opening Mode = "opening"
	// AsIf lets the purchases happen as if the published terms had been in force, from the date that their publication
	// says. Allowed only before the shop's first live posting.
	AsIf Mode = "as_if"
)

// Modes lists the modes, the usual one first.
var Modes = []Mode{Record, Opening, AsIf}

// Valid says whether m is one of Modes.
func (m Mode) Valid() bool { return m == Record || m == Opening || m == AsIf }

// State says where an import stands.
type State string

// The states. A failed import can be run again: it goes on with what is missing.
const (
	Uploaded State = "uploaded" // the file is here
	Checking State = "checking" // the dry run is on its way
	Checked  State = "checked"  // the dry run says what would happen
	Running  State = "running"
	Done     State = "done"
	Failed   State = "failed"
	Undoing  State = "undoing"
	Undone   State = "undone"
)

// next lists what may follow a state.
var next = map[State][]State{
	Uploaded: {Checking},
	Checking: {Checked, Failed, Uploaded},
	Checked:  {Checking, Running},
	Running:  {Done, Failed},
	Failed:   {Checking, Running, Undoing},
	Done:     {Undoing},
	Undoing:  {Undone, Done},
}

// CanBecome says whether a state may follow.
func (s State) CanBecome(to State) bool {
	for _, n := range next[s] {
		if n == to {
			return true
		}
	}
	return false
}
