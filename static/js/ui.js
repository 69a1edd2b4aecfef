// Small manners of the screens. Everything works without this file; it only makes things quicker and kinder.
(() => {
  "use strict"
  const page = document
  const $ = (selector, root = page) => root.querySelector(selector)
  const $$ = (selector, root = page) => [...root.querySelectorAll(selector)]
  const composing = (event) => event.isComposing || event.keyCode === 229
  page.documentElement.classList.add("js")

  // ---- words for screen readers, and where the focus goes
  const say = (text, region = "#announcer") => {
    const place = $("dialog[open] [data-announcer]") ?? $(region)
    if (!place) return
    place.textContent = ""
    setTimeout(() => { place.textContent = text }, 50)
  }
  const focus = (selector) => requestAnimationFrame(() => {
    const place = $(selector)
    if (!place) return
    if (place.tabIndex < 0 && !place.hasAttribute("tabindex")) place.tabIndex = -1
    place.focus({ preventScroll: false })
  })
  const detail = (event) => event.detail?.value ?? event.detail
  page.addEventListener("ui:announce", (event) => say(detail(event)))
  page.addEventListener("ui:alert", (event) => say(detail(event), "#alerter"))
  page.addEventListener("ui:focus", (event) => focus(detail(event)))
  page.addEventListener("ui:close", () => $$("dialog[open]").forEach((dialog) => dialog.close()))

  // ---- dialogs: what lands in #dialog is shown; a link with data-opens shows one already on the page
  const show = (dialog) => { if (dialog && !dialog.open) dialog.showModal() }
  const all = (selector, root) => root.matches?.(selector) ? [root, ...$$(selector, root)] : $$(selector, root)
  const settle = (root) => {
    all("dialog[data-open]", root).forEach(show)
    all("form[data-save]", root).forEach(remember)
    bars()
    all("[data-toast]:not([data-fading])", root).forEach(fade)
    all("[data-keypad]", root).forEach(quieten)
    all("[data-tabs]", root).forEach(unroll)
    wake()
  }
  // A row of tabs that is wider than the screen stands at the one that is open, and fades where there are more.
  function unroll(tabs) {
    const fadeOut = () => tabs.toggleAttribute("data-more", tabs.scrollLeft + tabs.clientWidth < tabs.scrollWidth - 1)
    const open = $("[aria-current]", tabs)
    if (open) tabs.scrollLeft = open.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - open.offsetWidth) / 2
    tabs.addEventListener("scroll", fadeOut, { passive: true })
    fadeOut()
  }
  // htmx says so of every piece that it has put in its place, before it moves the focus to what has autofocus.
  page.addEventListener("htmx:after:process", (event) => { settle(event.target); recover(event.target) })
  // A form that comes back with a fault has replaced the button that was pressed: the focus goes to what is wrong.
  const recover = (root) => requestAnimationFrame(() => {
    if (page.activeElement === page.body) $("[aria-invalid], [role=alert][tabindex]", root)?.focus()
  })
  page.addEventListener("htmx:before:request", (event) => event.target.setAttribute?.("aria-busy", "true"))
  page.addEventListener("htmx:finally:request", (event) => event.target.removeAttribute?.("aria-busy"))

  // A map of links shows which of them stands open beside it, also when only that was fetched.
  page.addEventListener("htmx:after:request", (event) => {
    const link = event.target, map = link.closest?.("[data-map]")
    if (!map || event.detail.ctx.response.status >= 400) return
    $$("[aria-current]", map).forEach((each) => each.removeAttribute("aria-current"))
    link.setAttribute("aria-current", "true")
  })

  page.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]")
    if (opener) { event.preventDefault(); show($(opener.dataset.opens)) }
    const closer = event.target.closest("[data-closes]")
    if (closer) { event.preventDefault(); closer.closest("dialog")?.close() }
    if (event.target.matches("dialog.drawer[open]")) event.target.close()
    $$("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false })
    const copy = event.target.closest("[data-copy]")
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => say(copy.dataset.copied))
    if (event.target.closest("[data-print]")) print()
    const filler = event.target.closest("[data-fill]")
    if (filler) put($(filler.dataset.fill), filler.dataset.value)
    press(event)
  })
  const put = (field, value) => {
    field.value = value
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  // ---- toasts leave after a while, unless somebody is on them
  function fade(toast) {
    toast.dataset.fading = ""
    const seconds = Number(toast.dataset.toast) || 6
    setTimeout(() => {
      if (toast.matches(":hover, :focus-within")) fade(toast)
      else toast.remove()
    }, seconds * 1000)
  }

  // ---- the save bar: shown while a form differs from what was loaded
  const kept = new WeakMap()
  const text = (form) => new URLSearchParams(new FormData(form)).toString()
  function remember(form) { if (!kept.has(form)) kept.set(form, text(form)) }
  const changed = (form) => kept.has(form) && kept.get(form) !== text(form)
  const bars = () => $$("form[data-save]").forEach((form) => {
    const bar = $("[data-savebar]", form)
    const same = !changed(form) && !form.hasAttribute("data-dirty")
    if (bar) bar.hidden = same
    $$("[data-if-changed]", form).forEach((button) => { button.hidden = same })
  })
  for (const kind of ["input", "change"]) page.addEventListener(kind, bars)
  page.addEventListener("reset", () => setTimeout(bars))
  page.addEventListener("submit", (event) => kept.delete(event.target), true)
  addEventListener("beforeunload", (event) => { if ($$("form[data-save]").some(changed)) event.preventDefault() })

  // ---- digits: thousands as they are typed, and our own keypad
  const grouped = (value) => value.replace(/\D/g, "").replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ",")
  page.addEventListener("input", (event) => {
    const field = event.target
    if (!field.matches?.("[data-grouped]") || composing(event)) return
    const fromEnd = field.value.length - field.selectionEnd
    field.value = grouped(field.value)
    field.setSelectionRange?.(field.value.length - fromEnd, field.value.length - fromEnd)
  })
  // Where our keys are, a touch screen need not bring its own for digits.
  function quieten(pad) {
    const field = $(pad.dataset.keypad)
    if (field?.inputMode === "numeric" && matchMedia("(pointer: coarse)").matches) field.inputMode = "none"
  }
  function press(event) {
    const key = event.target.closest("[data-key]")
    const field = key && $(key.closest("[data-keypad]").dataset.keypad)
    if (!field) return
    const value = key.dataset.key
    if (value === "back") put(field, field.value.replace(/[\s,-]*.[\s,-]*$/, ""))
    else put(field, value === "clear" ? "" : field.value + value)
  }

  // ---- keys by place on the board, so that a Hangul keyboard finds them too
  let waitingForPlace = false
  const places = { KeyH: "home", KeyC: "customers", KeyP: "program", KeyT: "counter", KeyI: "insights" }
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]")
  page.addEventListener("keydown", (event) => {
    if (composing(event)) return
    if ((event.metaKey || event.ctrlKey) && event.code === "KeyS") {
      const form = $$("form[data-save]").find((each) => changed(each) || each.contains(page.activeElement))
      if (form) { event.preventDefault(); form.requestSubmit() }
      return
    }
    if ((event.metaKey || event.ctrlKey) && event.code === "KeyK" && $("[data-palette]")) {
      event.preventDefault()
      if (!$("#palette[open]")) $("[data-palette]").click()
      return
    }
    if (event.target.closest?.("[data-palette-box]")) choose(event)
    if (event.key === "Escape") $$("details.menu[open]").forEach((menu) => { menu.open = false; $("summary", menu).focus() })
    if (typing(event.target) || event.metaKey || event.ctrlKey || event.altKey || $("[data-no-shortcuts]")) return
    if (event.code === "Slash" && !event.shiftKey) { const box = $("[data-search]"); if (box) { event.preventDefault(); box.focus(); box.select?.() } }
    if (event.code === "Slash" && event.shiftKey && $("[data-help]")) { location.href = $("[data-help]").href; return }
    if (waitingForPlace && places[event.code]) $(`[data-place="${places[event.code]}"]`)?.click()
    waitingForPlace = event.code === "KeyG"
  })
  // What was found is walked by the arrows; Enter in the box opens the first.
  function choose(event) {
    const box = event.target.closest("[data-palette-box]")
    const stops = [$("input", box), ...$$("#search-results a", box)]
    const at = stops.indexOf(event.target)
    if (event.key === "Enter" && at === 0 && stops.length > 1) { event.preventDefault(); stops[1].click() }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && at >= 0) { event.preventDefault(); stops[(at + step + stops.length) % stops.length].focus() }
  }
  // Enter that ends a Hangul syllable must not send the form.
  page.addEventListener("keydown", (event) => { if (event.key === "Enter" && composing(event)) event.stopImmediatePropagation() }, true)

  // ---- the counter forgets the customer after a quiet minute; a warning first, and a way to stay
  let quiet
  function wake() {
    const limit = $("[data-forget]")
    clearTimeout(quiet)
    if (!limit) return
    quiet = setTimeout(() => {
      const warning = $("#forget-warning")
      if (!warning) return
      warning.hidden = false
      say(warning.textContent.trim())
      quiet = setTimeout(() => { location.href = limit.dataset.home }, 20000)
    }, Number(limit.dataset.forget) * 1000)
  }
  for (const kind of ["pointerdown", "keydown", "input"]) page.addEventListener(kind, () => {
    const warning = $("#forget-warning")
    if (warning) warning.hidden = true
    wake()
  }, { passive: true })

  // ---- sums that follow a ticked box or a slider beside its number
  page.addEventListener("input", (event) => {
    const twin = event.target.dataset?.twin && $(event.target.dataset.twin)
    if (twin && twin.value !== event.target.value) { twin.value = event.target.value; twin.dispatchEvent(new Event("change", { bubbles: true })) }
  })
  // The name of the chosen file in our own words; the browser's own are seen only without scripts.
  page.addEventListener("change", (event) => {
    const place = event.target.dataset?.names && $(event.target.dataset.names)
    if (place) place.textContent = [...event.target.files].map((file) => file.name).join(", ") || place.dataset.none
  })
  // a select that needs no button
  page.addEventListener("change", (event) => { if (event.target.matches?.("[data-submits]")) event.target.form.requestSubmit() })

  addEventListener("offline", () => { const bar = $("#offline"); if (bar) bar.hidden = false })
  addEventListener("online", () => { const bar = $("#offline"); if (bar) bar.hidden = true })
  settle(page.body)
})()
