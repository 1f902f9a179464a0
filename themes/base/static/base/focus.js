// After a mistake the list of mistakes gets the focus: a keyboard goes on from there, and a screen
// reader reads it. Without this script it is still the first thing in the form.
document.querySelector("[data-focus]")?.focus();
