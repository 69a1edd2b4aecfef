package models

import (
	"slices"
	"time"
)

// Role says what a member of staff may do; the routes table is its meaning.
type Role string

// The roles, from most to least.
const (
	Owner    Role = "owner"
	Admin    Role = "admin"
	Marketer Role = "marketer"
	Manager  Role = "manager" // of own stores
	Clerk    Role = "clerk"   // counter only
	Viewer   Role = "viewer"
)

// Roles lists the roles from most to least.
var Roles = []Role{Owner, Admin, Marketer, Manager, Clerk, Viewer}

// Valid says whether r is one of Roles.
func (r Role) Valid() bool { return slices.Contains(Roles, r) }

// Person is a login. It stands above merchants: one person may work in several shops.
type Person struct {
	ID                int64
	Email             string // lower case
	Name              string
	PasswordHash      *string // Argon2id, PHC form; nil until the invitation is taken up
	PasswordChangedAt *time.Time
	Locale            string // "ko" or "en"
	Theme             string // "system", "light" or "dark"
	SecondFactor      bool   // signing in asks for a code beside the password
	CreatedAt         time.Time
}

// Staff is a person in a merchant, with a role and, where it is bound, stores.
type Staff struct {
	MerchantID int64
	ID         int64
	PersonID   int64
	Role       Role
	StoreIDs   []int64 // empty: every store
	DisabledAt *time.Time
	CreatedAt  time.Time
}

// MayServe says whether the member of staff works in the store.
func (s *Staff) MayServe(storeID int64) bool {
	return len(s.StoreIDs) == 0 || slices.Contains(s.StoreIDs, storeID)
}

// Actor is who does something: a member of staff, an API key, or the program itself (both zero).
type Actor struct {
	StaffID  int64
	Role     Role
	StoreID  int64  // where it happens; 0: unknown
	KeyID    int64  // an API key
	Source   string // whose order numbers: the key's source, "counter", "import"
	StoreIDs []int64
}

// Scope is one thing that an API key may do.
type Scope string

// The scopes of API keys.
const (
	ScopeOrders        Scope = "orders"
	ScopeRedemptions   Scope = "redemptions"
	ScopeCustomersRead Scope = "customers:read"
	ScopeCustomers     Scope = "customers"
	ScopeProgramsRead  Scope = "programs:read"
	ScopePrograms      Scope = "programs"
	ScopePublish       Scope = "publish"
	ScopeSandbox       Scope = "sandbox"
)

// Scopes lists every scope.
var Scopes = []Scope{ScopeOrders, ScopeRedemptions, ScopeCustomersRead, ScopeCustomers, ScopeProgramsRead, ScopePrograms, ScopePublish, ScopeSandbox}

// APIKey is a till's or shop's key. The key itself is shown once; its sha256 is stored.
type APIKey struct {
	MerchantID int64
	ID         int64
	Name       string
	Prefix     string
	Source     string // whose order numbers these are
	Scopes     []Scope
	StoreID    *int64
	CreatedAt  time.Time
	LastUsedAt *time.Time
	RevokedAt  *time.Time
}

// Allows says whether the key carries the scope; customers includes customers:read, programs includes programs:read.
func (k *APIKey) Allows(s Scope) bool {
	if slices.Contains(k.Scopes, s) {
		return true
	}
	switch s {
	case ScopeCustomersRead:
		return slices.Contains(k.Scopes, ScopeCustomers)
	case ScopeProgramsRead:
		return slices.Contains(k.Scopes, ScopePrograms)
	}
	return false
}
