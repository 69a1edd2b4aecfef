package people

import (
	"time"

	"dangol/models/limits"
)

// The limits of signing in and of asking for a reset. Those on an account alone never refuse a known device, and slow a
// stranger down long before they refuse, so that nobody can lock somebody else out (OWASP ASVS 5.0, 6.1.1).
var (
	perPlace   = limits.Limit{Scope: "sign_in:place", Max: 10, Window: 15 * time.Minute}    // account and address together
	perDevice  = limits.Limit{Scope: "sign_in:device", Max: 10, Window: 15 * time.Minute}   // account on a known device, which meets no other limit
	perAccount = limits.Limit{Scope: "sign_in:account", Max: 300, Window: 15 * time.Minute} // account, from everywhere unknown
	perAddress = limits.Limit{Scope: "sign_in:address", Max: 100, Window: time.Hour}
	resets     = limits.Limit{Scope: "reset:account", Max: 3, Window: time.Hour}
	resetsFrom = limits.Limit{Scope: "reset:address", Max: 30, Window: time.Hour}
)

// freeTries is how many failures an account has from everywhere before strangers' tries take longer.
const freeTries = 10

// slowDown is how long a stranger's try waits when an account has seen so many failures.
func slowDown(failures int) time.Duration {
	if failures <= freeTries {
		return 0
	}
	return min(5*time.Second, 500*time.Millisecond<<min(failures-freeTries-1, 4))
}
