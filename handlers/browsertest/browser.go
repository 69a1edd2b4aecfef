// Package browsertest drives a real Chromium over the real program: one browser for a test binary, one private tab a test.
// A tab fails its test on any console error, so a script, style or violation of the content security policy cannot hide.
package browsertest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Look is what a page is looked at with.
type Look struct {
	Width  int // CSS pixels; 0: 1280
	Dark   bool
	Locale string // Accept-Language; "": ko
	NoJS   bool
}

// Name says the look in a word, for names of tests and pictures: "390-dark-en".
func (l Look) Name() string {
	theme, script := "light", ""
	if l.Dark {
		theme = "dark"
	}
	if l.NoJS {
		script = "-nojs"
	}
	return fmt.Sprintf("%d-%s-%s%s", l.width(), theme, l.locale(), script)
}

func (l Look) width() int {
	if l.Width == 0 {
		return 1280
	}
	return l.Width
}

func (l Look) locale() string {
	if l.Locale == "" {
		return "ko"
	}
	return l.Locale
}

// Tab is one page, with cookies of its own.
type Tab struct {
	t      testing.TB
	ctx    context.Context
	base   string
	look   Look
	mu     sync.Mutex
	errors []string
	allow  []string
}

var browser = sync.OnceValues(start)

// start opens the browser that all tests of this binary share; the operating system ends it with the binary.
func start() (context.Context, error) {
	ctx, _ := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("hide-scrollbars", true),
	))
	return ctx, chromedp.Do(ctx)
}

// Open gives a new tab on the server at base, for example a httptest.Server's URL.
func Open(t testing.TB, base string, look Look) *Tab {
	t.Helper()
	parent, err := browser()
	if err != nil {
		t.Fatalf("no browser: %v (install chromium)", err)
	}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	ctx, stop := context.WithTimeout(ctx, 4*time.Minute)
	tab := &Tab{t: t, ctx: ctx, base: strings.TrimSuffix(base, "/"), look: look}
	t.Cleanup(func() {
		tab.checkConsole()
		stop()
		cancel()
	})
	tab.must(chromedp.Do(ctx)) // opens the tab, for as long as ctx lives
	tab.listen()
	tab.do(chromedp.EmulateViewport(int64(look.width()), 900))
	tab.set()
	return tab
}

// set makes the tab look as asked.
func (tab *Tab) set() {
	tab.t.Helper()
	scheme := "light"
	if tab.look.Dark {
		scheme = "dark"
	}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}
	_, err := chromedp.Call(tab.ctx, emulation.SetEmulatedMedia, media)
	tab.must(err)
	_, err = chromedp.Call(tab.ctx, network.SetExtraHTTPHeaders,
		network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": tab.look.locale()}})
	tab.must(err)
	_, err = chromedp.Call(tab.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: tab.look.NoJS})
	tab.must(err)
}

// noTransition is what Chromium itself says, now and then, of a page that was left before it knew that motion is not wanted.
const noTransition = "ViewTransition opt-in disabled"

// listen keeps what the console says is wrong.
func (tab *Tab) listen() {
	messages := chromedp.Console(tab.ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			if (m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleException) && !strings.Contains(m.Text, noTransition) {
				tab.mu.Lock()
				tab.errors = append(tab.errors, m.Text+" ("+m.URL+")")
				tab.mu.Unlock()
			}
		}
	}()
}

// Allow lets the console say something: a browser logs every 4xx answer that a test asks for on purpose.
func (tab *Tab) Allow(part string) { tab.allow = append(tab.allow, part) }

func (tab *Tab) checkConsole() {
	tab.mu.Lock()
	defer tab.mu.Unlock()
next:
	for _, e := range tab.errors {
		for _, part := range tab.allow {
			if strings.Contains(e, part) {
				continue next
			}
		}
		tab.t.Errorf("the console says: %s", e)
	}
}

func (tab *Tab) do(steps ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, 15*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		tab.fail(err)
	}
}

func (tab *Tab) must(err error) {
	tab.t.Helper()
	if err != nil {
		tab.fail(err)
	}
}

// fail ends the test with the page as it stands: its address, its text, and its picture where DANGOL_SHOTS says.
func (tab *Tab) fail(err error) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, 5*time.Second)
	defer cancel()
	where, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("location.pathname+location.search+'\\n'+document.body.innerText.slice(0,800)"))
	tab.Shot("failed-" + strings.ReplaceAll(tab.t.Name(), "/", "_"))
	tab.t.Fatalf("%v\nat %s", err, where)
}

// Shot keeps a picture of the whole page as name-look.png in the folder DANGOL_SHOTS; without that folder it does nothing.
func (tab *Tab) Shot(name string) {
	folder := os.Getenv("DANGOL_SHOTS")
	if folder == "" {
		return
	}
	ctx, cancel := context.WithTimeout(tab.ctx, 20*time.Second)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.MkdirAll(folder, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+"-"+tab.look.Name()+".png"), picture, 0o644)
	}
	if err != nil {
		tab.t.Logf("no picture %s: %v", name, err)
	}
}
