package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// look is a way of seeing a page.
type look struct {
	language, theme string
	width           int64
}

func parseLooks(text string) (looks []look, err error) {
	for part := range strings.SplitSeq(text, ",") {
		pieces := strings.Split(part, "-")
		if len(pieces) != 3 {
			return nil, fmt.Errorf("a look is language-theme-width, not %q", part)
		}
		width, err := strconv.ParseInt(pieces[2], 10, 64)
		if err != nil {
			return nil, err
		}
		looks = append(looks, look{pieces[0], pieces[1], width})
	}
	return looks, nil
}

func photograph(folder, looks string, wanted *regexp.Regexp) error {
	ways, err := parseLooks(looks)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	server := httptest.NewServer(handler())
	defer server.Close()
	ctx, stop := browser(context.Background())
	defer stop()
	for _, each := range stories() {
		if !wanted.MatchString(each.name) {
			continue
		}
		for _, way := range ways {
			if err := shoot(ctx, server.URL, each.name, way, folder); err != nil {
				return fmt.Errorf("%s: %w", each.name, err)
			}
		}
	}
	return nil
}

func browser(ctx context.Context) (context.Context, context.CancelFunc) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	ctx, stopTab := chromedp.NewContext(ctx)
	return ctx, func() { stopTab(); stopAllocator() }
}

func shoot(ctx context.Context, base, name string, way look, folder string) error {
	address := fmt.Sprintf("%s/story/%s?lang=%s&theme=%s", base, name, way.language, way.theme)
	steps := []chromedp.Action[chromedp.Void]{
		chromedp.EmulateViewport(way.width, height(way)), chromedp.Navigate(address), chromedp.Sleep(250 * time.Millisecond),
	}
	if err := chromedp.Do(ctx, steps...); err != nil {
		return err
	}
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		return err
	}
	file := fmt.Sprintf("%s.%s-%s-%d.png", strings.ReplaceAll(name, "/", "_"), way.language, way.theme, way.width)
	return os.WriteFile(filepath.Join(folder, file), picture, 0o644)
}

func height(way look) int64 {
	if way.width < 640 {
		return 844
	}
	return 800
}
