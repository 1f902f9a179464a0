// What a page is for weak eyes, a shaky hand, a keyboard alone and whoever is made ill by movement.
// Each measure returns what is wrong, in words.
window.measures = (() => {
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const LEAST = 24;
  const LEAST_BUTTON = 44;
  const LEAST_RING = 2;
  const SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }";

  const box = (el) => el.getBoundingClientRect();
  const words = (el) => (el.textContent || el.value || el.ariaLabel || "").trim().replace(/\s+/g, " ").slice(0, 40);
  const named = (el) => `${el.tagName.toLowerCase()}${el.id && `#${el.id}`}.${[...el.classList].join(".")} “${words(el)}”`;
  // Only for screen readers: a pixel wide, or far away until it has the focus.
  const isHidden = (el) => {
    const { width, height, right } = box(el);
    return !el.checkVisibility({ visibilityProperty: true }) || width <= 1 || height <= 1 || right < 0;
  };
  const controls = () => [...document.querySelectorAll(CONTROLS)].filter((el) => !isHidden(el));
  const hits = (el, x, y) => {
    const hit = document.elementFromPoint(x, y);
    return !!hit && (el.contains(hit) || [...(el.labels ?? [])].some((label) => label.contains(hit)));
  };

  // Source: WCAG 2.5.8; what stands in a sentence is as high as its line.
  const isInSentence = (el) => {
    if (getComputedStyle(el).display !== "inline") return false;
    const others = el.parentElement.cloneNode(true);
    others.querySelectorAll(CONTROLS).forEach((each) => each.remove());
    return /[\p{L}\p{N}]/u.test(others.textContent);
  };
  const canBeHit = (el) => {
    const sizes = [el, ...(el.labels ?? [])].map(box);
    if (sizes.some(({ width, height }) => width >= LEAST && height >= LEAST)) return true;
    el.scrollIntoView({ block: "center" });
    const { left, top, width, height } = box(el);
    const reach = LEAST / 2 - 0.5;
    return [-reach, reach].every((x) => [-reach, reach].every((y) => hits(el, left + width / 2 + x, top + height / 2 + y)));
  };
  const size = (el) => `${Math.round(box(el).width)} × ${Math.round(box(el).height)} px`;
  const small = () =>
    controls().flatMap((el) => {
      if (el.matches(".button") && box(el).height < LEAST_BUTTON) return [`small button: ${named(el)}, ${size(el)}`];
      return isInSentence(el) || canBeHit(el) ? [] : [`small: ${named(el)}, ${size(el)}`];
    });

  // Source: WCAG 1.4.10 and 1.4.4
  const cut = () => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    const found = [];
    if (wide > 0) {
      const widest = [...document.body.querySelectorAll("*")].reduce((one, two) => (box(two).right > box(one).right ? two : one));
      found.push(`${wide} px wider than the screen: ${named(widest)}`);
    }
    for (const el of document.body.querySelectorAll("*")) {
      const { overflowX, overflowY } = getComputedStyle(el);
      const across = /hidden|clip/.test(overflowX) && el.scrollWidth > el.clientWidth + 1;
      const down = /hidden|clip/.test(overflowY) && el.scrollHeight > el.clientHeight + 1;
      if ((across || down) && !isHidden(el) && el.innerText?.trim()) found.push(`cut: ${named(el)}`);
    }
    return found;
  };
  // Source: WCAG 1.4.12
  const cutWhenSpaced = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SPACING);
    document.adoptedStyleSheets.push(sheet);
    const found = cut().map((each) => `with wide spacing ${each}`);
    document.adoptedStyleSheets.pop();
    return found;
  };

  // Call it after a key was pressed: a browser shows the focus of a keyboard only.
  const ringOf = (el) =>
    Math.max(
      ...["", "::before", "::after"].map((part) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(el, part || null);
        return outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
      }),
    );
  const isCovered = (el) => {
    const { left, top, width, height } = box(el);
    const at = [0.1, 0.5, 0.9];
    return !at.some((x) => at.some((y) => hits(el, left + width * x, top + height * y)));
  };
  // What has the focus is called, and how strong the line around it is.
  const focus = () => {
    const here = document.activeElement;
    const name = here.ariaLabel || here.labels?.[0]?.textContent || here.textContent;
    return [name.trim().replace(/\s+/g, " "), ringOf(here)];
  };
  const unfocused = () =>
    controls().flatMap((el) => {
      if (el.disabled || el.tabIndex < 0) return [];
      el.focus();
      if (document.activeElement !== el) return [`takes no focus: ${named(el)}`];
      if (ringOf(el) < LEAST_RING) return [`focus not seen: ${named(el)}`];
      // Source: WCAG 2.4.11
      return isCovered(el) ? [`covered when it has the focus: ${named(el)}`] : [];
    });

  const moving = () => {
    const found = document.getAnimations().map(({ effect }) => `moves: ${named(effect.target)}`);
    for (const el of document.querySelectorAll("*")) {
      for (const part of [null, "::before", "::after"]) {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(el, part);
        const turns = transitionDuration.split(",").some((each) => parseFloat(each) > 0);
        // What stands inside a player has no style at all.
        const isAnimated = animationName && animationName !== "none";
        if (turns || isAnimated || scrollBehavior === "smooth") found.push(`moves: ${named(el)}`);
      }
    }
    return found;
  };

  // What can be read or operated, also what is folded away behind something that can be seen.
  const isThere = (el) => {
    if (el.checkVisibility({ visibilityProperty: true })) return true;
    const folded = el.parentElement?.closest("details:not([open]), [id]");
    const by = folded?.matches("details") ? folded.querySelector("summary") : document.querySelector(`[aria-controls~="${folded?.id}"]`);
    return !!folded && ((!!by && by !== el && isThere(by)) || isThere(folded));
  };
  const there = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set();
    while (walker.nextNode()) {
      const text = walker.currentNode.data.trim();
      if (text && isThere(walker.currentNode.parentElement)) found.add(text);
    }
    for (const el of document.querySelectorAll(CONTROLS)) if (isThere(el)) found.add(named(el));
    return [...found];
  };
  return { cut, cutWhenSpaced, focus, moving, small, there, unfocused };
})();
