package imports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"dangol/models/store"
)

// Desk is where files are brought in: the database, and the folder in which they lie until they are done with.
type Desk struct {
	DB     *store.DB
	Folder string // DANGOL_DATA/uploads

	// Refresh brings up to date what is computed over all customers, after an import or its undoing. Nil: nothing is.
	Refresh func(ctx context.Context, merchantID int64) error
}

// path is where the file of an import lies. Its name is ours; the uploader's is only shown.
func (d *Desk) path(merchantID, id int64) string {
	return filepath.Join(d.Folder, fmt.Sprintf("%d-%d", merchantID, id))
}

// forget deletes the file of an import that needs it no more.
func (d *Desk) forget(merchantID, id int64) {
	_ = os.Remove(d.path(merchantID, id)) // what is left behind is swept with the next upload
}
