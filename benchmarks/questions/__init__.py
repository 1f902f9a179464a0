"""The questions, a module each: `ask(shop, plan)` returns what was measured."""

from benchmarks.questions import adding, buying, kept, memory, pages, queries

QUESTIONS = {
    "pages": pages.ask,
    "kept": kept.ask,
    "adding": adding.ask,
    "buying": buying.ask,
    "queries": queries.ask,
    "memory": memory.ask,
}
