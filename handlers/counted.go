package handlers

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/limits"
)

// counted holds a route against the limits of what is counted there: by member of staff or key, and by address. A till's
// search by API that finds nobody counts more.
func (s *Server) counted(route *web.Route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if route.Counted == web.Freely {
			return next
		}
		return func(c echo.Context) error {
			ctx, claims := c.Request().Context(), claimsOf(route.Counted, web.Of(c))
			if err := limits.Count(ctx, s.DB, 1, claims...); err != nil {
				return err
			}
			err := next(c)
			if models.KindOf(err) == models.NotFound && web.Of(c).Key != nil {
				if fault := limits.Count(ctx, s.DB, limits.MissCosts-1, claims...); fault != nil {
					return fault
				}
			}
			return err
		}
	}
}

// claimsOf names who is counted, and against what.
func claimsOf(what web.Counted, r *web.Request) []limits.Claim {
	actor := r.Actor()
	staff := fmt.Sprintf("%d/%d", r.MerchantID(), actor.StaffID)
	switch {
	case what == web.Reveals:
		return []limits.Claim{{Limit: limits.Reveals, Subject: staff}, {Limit: limits.RevealsDay, Subject: staff}}
	case r.Key != nil:
		key := fmt.Sprintf("%d/%d", r.MerchantID(), actor.KeyID)
		return []limits.Claim{{Limit: limits.LookupKey, Subject: key}, {Limit: limits.LookupKeyDay, Subject: key}, address(r)}
	}
	return []limits.Claim{{Limit: limits.LookupStaff, Subject: staff}, {Limit: limits.LookupStaffDay, Subject: staff}, address(r)}
}

func address(r *web.Request) limits.Claim {
	return limits.Claim{Limit: limits.LookupAddress, Subject: limits.Subnet(r.Address)}
}
