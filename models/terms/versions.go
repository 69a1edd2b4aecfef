package terms

import (
	"iter"
	"slices"
)

// Version gives the version of that number, nil if the timeline has none.
func (t *Timeline) Version(number int) *Program {
	for i := range t.versions {
		if t.versions[i].Program.version == number {
			return t.versions[i].Program
		}
	}
	return nil
}

// Versions are all versions, in the order in which they take force.
func (t *Timeline) Versions() iter.Seq[*Program] {
	return func(yield func(*Program) bool) {
		for i := range t.versions {
			if !yield(t.versions[i].Program) {
				return
			}
		}
	}
}

// Needs is what any of the versions needs: settling may cross several. It is shared: do not change it.
func (t *Timeline) Needs() Needs { return t.needs }

func (n *Needs) widen(more Needs) {
	for _, unit := range more.Units {
		if !slices.Contains(n.Units, unit) {
			n.Units = append(n.Units, unit)
		}
	}
	for _, limit := range more.Limits {
		if !slices.Contains(n.Limits, limit) {
			n.Limits = append(n.Limits, limit)
		}
	}
	n.Track(more)
	n.Orders = n.Orders || more.Orders
	n.Lines = n.Lines || more.Lines
}
