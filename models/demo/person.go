package demo

import (
	"fmt"
	"math/rand/v2"
	"time"

	"dangol/models"
)

// person is an invented customer with a life of visits.
type person struct {
	models.Customer
	saves  bool // lets points grow, hardly ever uses them
	visits []visit
	random *rand.Rand
}

// visit is one receipt.
type visit struct {
	at    time.Time
	order int64 // its id
	lines []models.OrderLine
}

// source of the demo's orders: what the counter posts itself bears the same.
const source = "counter"

// number names the n-th visit of a person on its receipt.
func (p *person) number(n int) string {
	return fmt.Sprintf("%s-%d-%d", p.visits[n].at.Format("060102"), p.ID, n+1)
}

// maker invents people; the i-th is the same whoever else is made.
type maker struct {
	seed  uint64
	span  span
	sized bool // to a number of orders, with receipts of one line
}

// people invents those from the first-th on, n of them.
func (m *maker) people(first, n int) []*person {
	all := make([]*person, n)
	var sizes []int
	if m.sized {
		sizes = counts(rand.New(rand.NewPCG(m.seed, uint64(first))), n)
	}
	for i := range all {
		r := rand.New(rand.NewPCG(m.seed, uint64(first+i)|1<<40))
		all[i] = m.person(r, first+i)
		if m.sized {
			all[i].live(m.span.exactly(r, sizes[i]), m.sized)
		} else {
			all[i].live(m.span.visits(r, habitOf(r)), m.sized)
		}
	}
	return all
}

func (m *maker) person(r *rand.Rand, i int) *person {
	p := &person{random: r, saves: r.IntN(100) < 55}
	p.Name, p.Phone, p.Locale, p.Source = name(r), phone(i), "ko", source
	return p
}

// live gives the person the visits; who has never come does not know the shop.
func (p *person) live(moments []time.Time, sized bool) {
	r := p.random
	favourites := [2]int{anything(r), anything(r)}
	for _, at := range moments {
		lines := basket(r, favourites)
		if sized {
			lines = []models.OrderLine{{Name: lines[0].Name, Quantity: 1, Amount: total(lines)}}
		}
		p.visits = append(p.visits, visit{at: at, lines: lines})
	}
	if len(moments) == 0 {
		return
	}
	p.CreatedAt = moments[0]
	if r.IntN(100) < 60 {
		birth(r, p.CreatedAt)(&p.Customer)
	}
}
