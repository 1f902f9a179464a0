// As soon as a PIN code is complete, the form is sent to be filled in by it; what depends on the PIN
// (town, state, delivery, ways to pay) is put in place. Without this script a button does the same.
const formOf = (page) => page.querySelector("[name=look_up]")?.form;
const form = formOf(document);
if (form) {
  const { postcode, look_up: button } = form.elements;
  const filledIn = ["town", "state", "found_town", "expected_total"];
  const fresh = "[data-fresh]";
  let asked = postcode.value;
  const look = async () => {
    const typed = new FormData(form);
    typed.set("look_up", "1");
    const answer = await fetch(location.href, { method: "POST", body: typed });
    if (!answer.ok || answer.redirected || asked !== postcode.value) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const boxes = formOf(page).elements;
    for (const name of filledIn) {
      const box = form.elements[name];
      // What was changed while the answer was on its way stays; an address that is kept has no total.
      if (box && box.value === typed.get(name)) box.value = boxes[name].value;
    }
    for (const part of form.querySelectorAll(fresh)) {
      const now = page.querySelector(`[data-fresh=${part.dataset.fresh}]`);
      if (now && !part.contains(document.activeElement)) part.replaceChildren(...now.childNodes);
    }
  };
  button.type = "button";
  button.hidden = true;
  postcode.addEventListener("input", () => {
    // Six digits of any script, with or without blanks
    if (postcode.value === asked || !/^\s*(\p{Nd}[\s-]*){6}$/u.test(postcode.value)) return;
    asked = postcode.value;
    look().catch(() => {});
  });
}
