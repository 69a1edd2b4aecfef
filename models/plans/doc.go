// Package plans keeps paid memberships: it begins them, asks for payment period by period, renews and ends them. It takes
// no money: the shop does, and says so. A period that costs something must be paid for within its days of grace, else the
// plan ends; the price is that of the terms of the day on which the period begins.
package plans
