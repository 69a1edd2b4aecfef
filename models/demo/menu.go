package demo

import (
	"math/rand/v2"

	"dangol/models"
	"dangol/models/terms"
)

// item is something on the board behind the counter. Prices are in won.
type item struct {
	sku, name, category string
	price               int64
	share               int // how often it is asked for
}

var menu = []item{
	{"AMER", "아메리카노", terms.DrinkCategory, 4000, 26},
	{"LATT", "카페라떼", terms.DrinkCategory, 4800, 18},
	{"VLAT", "바닐라라떼", terms.DrinkCategory, 5300, 8},
	{"COLD", "콜드브루", terms.DrinkCategory, 4800, 8},
	{"EARL", "얼그레이", terms.DrinkCategory, 4800, 4},
	{"CITR", "유자차", terms.DrinkCategory, 5200, 4},
	{"SALT", "소금빵", "bread", 3300, 24},
	{"PLAI", "식빵", "bread", 5800, 12},
	{"CROI", "크루아상", "bread", 4200, 12},
	{"REDB", "단팥빵", "bread", 2800, 9},
	{"CIAB", "치아바타", "bread", 4800, 6},
	{"SCON", "얼그레이 스콘", "bread", 3800, 8},
	{"FINA", "휘낭시에", "sweet", 2900, 12},
	{"MADE", "마들렌", "sweet", 2700, 8},
	{"CHEE", "치즈케이크", "sweet", 6800, 5},
	{"WHOL", "생크림케이크 1호", "sweet", 34000, 1},
}

var menuShares = func() (sum int) {
	for _, m := range menu {
		sum += m.share
	}
	return sum
}()

// anything picks what many pick.
func anything(r *rand.Rand) int {
	at, sum := r.IntN(menuShares), 0
	for i, m := range menu {
		if sum += m.share; at < sum {
			return i
		}
	}
	return 0
}

// basket is what somebody buys who has favourites: the first on most visits, the second on many, and now and then more.
func basket(r *rand.Rand, favourites [2]int) []models.OrderLine {
	var picked []int
	if r.IntN(100) < 70 {
		picked = append(picked, favourites[0])
	}
	if r.IntN(100) < 35 {
		picked = append(picked, favourites[1])
	}
	for len(picked) == 0 || r.IntN(100) < 30 {
		picked = append(picked, anything(r))
	}
	return receipt(picked, r)
}

// receipt puts equal items on one line.
func receipt(picked []int, r *rand.Rand) (lines []models.OrderLine) {
	at := map[int]int{}
	for _, i := range picked {
		quantity := 1
		if r.IntN(100) < 12 {
			quantity = 2
		}
		if n, ok := at[i]; ok {
			lines[n].Quantity += quantity
			lines[n].Amount += menu[i].price * int64(quantity)
			continue
		}
		at[i] = len(lines)
		lines = append(lines, models.OrderLine{SKU: menu[i].sku, Name: menu[i].name, Category: menu[i].category,
			Quantity: quantity, Amount: menu[i].price * int64(quantity)})
	}
	return lines
}

func total(lines []models.OrderLine) (sum int64) {
	for _, l := range lines {
		sum += l.Amount
	}
	return sum
}
