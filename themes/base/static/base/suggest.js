// Suggests words and places under the search box while somebody types. Without this script the
// box is a plain form. The list is told to screen readers as a combobox with a list box.
const box = document.querySelector("#q");
if (box) {
  const list = document.createElement("ul");
  let chosen = -1;
  let asked = "";
  let timer;
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels[0].textContent);
  box.form.append(list);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-controls", list.id],
    ["aria-expanded", "false"],
  ]) {
    box.setAttribute(name, value);
  }

  const open = (is) => {
    list.hidden = !is;
    box.setAttribute("aria-expanded", is);
    if (!is) choose(-1);
  };
  const choose = (place) => {
    chosen = place;
    box.removeAttribute("aria-activedescendant");
    [...list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", at === place);
      if (at === place) box.setAttribute("aria-activedescendant", option.id);
    });
  };
  const show = (found) => {
    list.replaceChildren(
      ...found.map(({ text, kind, url }, at) => {
        const option = document.createElement("li");
        const what = document.createElement("small");
        option.id = `suggestion-${at}`;
        option.setAttribute("role", "option");
        option.dataset.url = url;
        what.textContent = kind;
        option.append(text, " ", what);
        return option;
      }),
    );
    choose(-1);
    open(found.length > 0);
  };
  const ask = () => {
    const typed = box.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (!typed) return open(false);
    fetch(`${box.form.action}suggest/?q=${encodeURIComponent(typed)}`)
      .then((answer) => (answer.ok ? answer.json() : { suggestions: [] }))
      .then(({ suggestions }) => typed === asked && document.activeElement === box && show(suggestions))
      .catch(() => {});
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  box.addEventListener("blur", () => open(false));
  box.addEventListener("keydown", (event) => {
    const options = list.children.length;
    // A Hindi keyboard that still composes a letter needs its own keys.
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && options) {
      event.preventDefault();
      open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options + 1;
      choose(((chosen + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    }
  });
  // The box keeps the focus, so that the list is still there when the button is let go.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.url);
  });
}
