package customers

import "slices"

// mostLooks bounds how many pages Own looks through.
const mostLooks = 20

// Own narrows a list to customers who were enrolled in the given stores; none means every store. It reads pages until it
// has PageSize rows, so that a page may hold some more, or fewer where the stores have few of many: then Next goes on.
func Own(storeIDs []int64, after string, read func(after string, limit int) (Page, error)) (own Page, err error) {
	if len(storeIDs) == 0 {
		return read(after, 0)
	}
	own.Next = after
	for range mostLooks {
		page, err := read(own.Next, MostRows)
		if err != nil {
			return own, err
		}
		for _, row := range page.Rows {
			if slices.Contains(storeIDs, row.StoreID) {
				own.Rows = append(own.Rows, row)
			}
		}
		if own.Next = page.Next; own.Next == "" || len(own.Rows) >= PageSize {
			break
		}
	}
	return own, nil
}
