package ledger

import (
	"embed"
	"strings"
	"sync"

	"dangol/models/store"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

func query(name string) string { return store.Text(sqlFiles, name) }

// loads keeps the texts of the loading statements, one for each way to select members, so that the server's prepared
// statements are found again.
var loads sync.Map // loadKey → string

type loadKey struct {
	name, source string
	lock         Lock
}

// text is a loading statement; parts are names in braces and what stands for them.
func (l *Loader) text(name string, parts ...string) string {
	key := loadKey{name + strings.Join(parts, ""), l.who.source, l.lock}
	if text, ok := loads.Load(key); ok {
		return text.(string)
	}
	text := strings.NewReplacer(append(parts, "{lock}", string(l.lock), "{who}", "("+l.who.source+")", "{ids}", "("+l.who.ids+")", "{still}", l.who.still, "{since}", periodsSince("$4"))...).Replace(query(name))
	loads.Store(key, text)
	return text
}
