package browsertest

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// Go opens a path and waits until the page has loaded.
func (tab *Tab) Go(path string) {
	tab.t.Helper()
	tab.do(chromedp.Navigate(tab.base + path))
}

// Path tells where the tab is.
func (tab *Tab) Path() string {
	tab.t.Helper()
	return tab.JS("location.pathname + location.search")
}

// JS evaluates an expression that gives a string.
func (tab *Tab) JS(expression string) string {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, 15*time.Second)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
	tab.must(err)
	return value
}

// See waits until an element that the selector finds is visible.
func (tab *Tab) See(selector string) {
	tab.t.Helper()
	tab.do(chromedp.WaitVisible(chromedp.CSS(selector)))
}

// Gone waits until nothing visible answers to the selector.
func (tab *Tab) Gone(selector string) {
	tab.t.Helper()
	tab.wait(fmt.Sprintf("[...document.querySelectorAll(%q)].every(e => !e.checkVisibility())", selector))
}

// Says waits until the element contains the text.
func (tab *Tab) Says(selector, text string) {
	tab.t.Helper()
	tab.wait(fmt.Sprintf("[...document.querySelectorAll(%q)].some(e => e.innerText.replace(/\\s+/g,' ').includes(%q))", selector, text))
}

// Until waits until an expression is true.
func (tab *Tab) Until(expression string) {
	tab.t.Helper()
	tab.wait(expression)
}

// wait polls from here, so that it works across navigations and with scripts switched off.
func (tab *Tab) wait(expression string) {
	tab.t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		ok, err := chromedp.Run(tab.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if err == nil && ok {
			return
		}
		if time.Now().After(deadline) {
			tab.fail(fmt.Errorf("waited 10 s for %s (%w)", expression, err))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Click clicks the first visible element that the selector finds.
func (tab *Tab) Click(selector string) {
	tab.t.Helper()
	tab.do(chromedp.Click(chromedp.CSS(selector)))
}

// ClickAway clicks and waits for the page that follows.
func (tab *Tab) ClickAway(selector string) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, 15*time.Second)
	defer cancel()
	_, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
	tab.must(err)
}

// Type replaces what stands in a field.
func (tab *Tab) Type(selector, text string) {
	tab.t.Helper()
	tab.See(selector)
	tab.JS(fmt.Sprintf("document.querySelector(%q).value = ''", selector))
	tab.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// Press sends keys to whatever has the focus.
func (tab *Tab) Press(keys string) {
	tab.t.Helper()
	tab.do(chromedp.KeyEvent(keys))
}

// Text gives an element's text, white space folded.
func (tab *Tab) Text(selector string) string {
	tab.t.Helper()
	return strings.Join(strings.Fields(tab.JS(fmt.Sprintf("(document.querySelector(%q)||{}).innerText||''", selector))), " ")
}

// Count tells how many elements the selector finds.
func (tab *Tab) Count(selector string) int {
	tab.t.Helper()
	var n int
	_, _ = fmt.Sscan(tab.JS(fmt.Sprintf("document.querySelectorAll(%q).length", selector)), &n)
	return n
}

// Focused describes the element that has the focus: "input#q", or "body" when focus was lost.
func (tab *Tab) Focused() string {
	tab.t.Helper()
	return tab.JS("document.activeElement.tagName.toLowerCase() + (document.activeElement.id ? '#' + document.activeElement.id : '')")
}

//go:embed axe.min.js
var axe string

const axeRun = `axe.run(document, {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html.slice(0, 160) + ' — ' + n.failureSummary.replace(/\s+/g, ' ').slice(0, 200))}))))`

// Accessible fails the test for every fault that axe finds in the page as it stands.
func (tab *Tab) Accessible() {
	tab.t.Helper()
	if tab.look.NoJS {
		return
	}
	ctx, cancel := context.WithTimeout(tab.ctx, 30*time.Second)
	defer cancel()
	if tab.JS("typeof axe") == "undefined" {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[chromedp.Void](axe))
		tab.must(err)
	}
	found, err := chromedp.Run(ctx, chromedp.Evaluate[string](axeRun, chromedp.EvalAwaitPromise))
	tab.must(err)
	var violations []struct {
		ID, Help string
		Nodes    []string
	}
	tab.must(json.Unmarshal([]byte(found), &violations))
	for _, v := range violations {
		tab.t.Errorf("%s at %s: %s: %s\n  %s", tab.look.Name(), tab.Path(), v.ID, v.Help, strings.Join(v.Nodes, "\n  "))
	}
}

// Fits fails the test when the page is wider than the window or a control's text is cut off.
func (tab *Tab) Fits() {
	tab.t.Helper()
	if wide := tab.JS("document.documentElement.scrollWidth - document.documentElement.clientWidth"); wide != "0" {
		tab.t.Errorf("%s at %s: %s px wider than the window", tab.look.Name(), tab.Path(), wide)
	}
	cut := tab.JS(`[...document.querySelectorAll('button, a.button, .btn, th, label, h1, h2')].filter(e => e.checkVisibility() &&
		getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1 && !e.closest('.visually-hidden, .sr-only')).map(e => e.outerHTML.slice(0, 120)).join('\n')`)
	if cut != "" {
		tab.t.Errorf("%s at %s: cut off:\n%s", tab.look.Name(), tab.Path(), cut)
	}
}
